"""Claims about the students' image: what is in it, and what a student who returns finds."""

import hashlib
import json
import os
import re
import secrets
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers import browser, jupyter_server
from tests.helpers.containers import built, compose, docker, need_docker, run, wait_for_line
from tests.helpers.grading import ROOT

pytestmark = pytest.mark.container

IMAGE = "autograder-student"
OWNER = 1234  # of a work folder, a user whom the image does not know
NOTEBOOK = "policy_gradient/policy_gradient.ipynb"


@pytest.fixture(scope="module")
def image() -> str:
    """The image; most of its layers are the grading image's."""
    return built(IMAGE, "docker/student/Dockerfile", ".")


def tracked(folder: str) -> set[str]:
    """The files of a folder that git knows."""
    return set(run("git", "ls-files", folder).splitlines())


def digests(image: str, where: str) -> dict[str, str]:
    """The SHA-256 of each file there, by path."""
    script = f"find {where} -xdev -type f -exec sha256sum {{}} +"
    said = docker(
        "run", "--rm", "--network=none", "--user=root", "--entrypoint=sh", image, "-c", script
    )
    return {line[66:]: line[:64] for line in said.splitlines()}


def digest(path: str) -> str:
    """A file's SHA-256."""
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()


def test_the_builder_is_sent_nothing_that_students_must_not_see():
    """.dockerignore lets in what the recipe copies: no checks, masters, keys, submissions or grades."""
    need_docker()
    sent = f"autograder-test-context-{secrets.token_hex(4)}"
    subprocess.run(
        ["docker", "build", "--tag", sent, "--file", "-", "."], cwd=ROOT, check=True,
        input=b"FROM scratch\nCOPY . /context/\n", capture_output=True,
    )  # fmt: skip
    container = docker("create", sent, "nothing")
    try:
        archive = subprocess.run(["docker", "export", container], capture_output=True, check=True)
        names = subprocess.run(
            ["tar", "--list"], input=archive.stdout, capture_output=True, check=True
        ).stdout.decode().split("\n")  # fmt: skip
    finally:
        docker("rm", container)
        docker("rmi", sent)
    files = {name.removeprefix("context/") for name in names if name.startswith("context/")}
    allowed = re.compile(r"requirements\.lock|docker/[^/]+\.(sh|py)|docker/student/.+|release/.+")
    files = {name for name in files if name and not name.endswith("/")}
    assert {"requirements.lock", f"release/{NOTEBOOK}", "docker/student/start.py"} <= files
    assert [name for name in files if not allowed.fullmatch(name)] == []
    assert not any(name.endswith((".zip", ".key", ".pyc")) for name in files)


def test_the_image_holds_the_release_and_nothing_else_of_the_course(image: str):
    """No file of checks/ or source/ under any name, but those that are released as they are."""
    found = digests(image, "/opt/release /opt/student /opt/docker /home /root /srv /tmp /var/tmp")
    released = {f"/opt/{name}": digest(name) for name in tracked("release")}
    assert {
        path: value for path, value in found.items() if path.startswith("/opt/release/")
    } == released
    hidden = {
        digest(name)
        for name in tracked("checks") | tracked("source")
        if (ROOT / name).stat().st_size
    }
    assert (hidden - set(released.values())).isdisjoint(found.values())
    everything = docker(
        "run", "--rm", "--network=none", "--user=root", "--entrypoint=find", image, "/", "-xdev",
        "(", "-name", "seed.key", "-o", "-name", "assignment.toml", "-o", "-name", "checker", ")",
    )  # fmt: skip
    assert everything == ""


def test_whoever_works_in_it_is_an_ordinary_user(image: str):
    """And finds nothing that lends privileges, and every library compiled."""
    compiled = (
        "import importlib.util as util, os\n"
        "names = 'jupyterlab', 'jupyterhub', 'tensorflow'\n"
        "compiled = [util.cache_from_source(util.find_spec(name).origin) for name in names]\n"
        "print(*map(os.path.exists, compiled))"
    )
    script = f'id -u; find / -xdev -type f -perm /6000 2>/dev/null; python -c "{compiled}"'
    said = docker(
        "run", "--rm", "--network=none", "--entrypoint=sh", image, "-c", f"{script} || true"
    )
    assert said.splitlines() == ["1000", "True True True"]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A student's folder on the host, of a user whom the image does not know where this one may give it."""
    folder = tmp_path / "work"
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(folder, OWNER, OWNER)
    return folder


@pytest.fixture
def start(work: Path, tmp_path: Path, image: str) -> Iterator[Callable[[], str]]:
    """`docker compose up student` with that folder: returns the address; what is there already is stopped."""
    override = tmp_path / "override.yaml"
    volumes = {"volumes": [f"{work}:/home/student/work"]}
    override.write_text(json.dumps({"services": {"student": volumes}}))  # every JSON is YAML
    project = f"autograder-test-{secrets.token_hex(4)}"
    base = [*compose(), "-p", project, "-f", "compose.yaml", "-f", str(override)]
    variables = os.environ | {"STUDENT_PORT": str(jupyter_server.free_port())}

    def start() -> str:
        if running := run(*base, "ps", "-q", "student", env=variables):
            run(*base, "stop", env=variables)
            assert docker("inspect", "--format={{.State.ExitCode}}", running) == "0", (
                "it was killed"
            )
            run(*base, "down", env=variables)
        run(*base, "up", "-d", "student", env=variables)
        container = run(*base, "ps", "-q", "student", env=variables)
        return wait_for_line(container, "http://")

    yield start
    run(*base, "down", env=variables)


def ask(address: str, path: str, **options: object) -> dict[str, object]:
    """Ask the server's REST interface, with the address's token."""
    base, _, token = address.partition("/lab?token=")
    request = urllib.request.Request(f"{base}/api/{path}", **options)  # type: ignore[arg-type]
    request.add_header("Authorization", f"token {token}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return dict(json.load(answer))


def test_work_stays_on_the_host_and_is_never_replaced(start: Callable[[], str], work: Path):
    """Write in Jupyter, leave, look at the host, come back: all is as it was left."""
    address = start()
    assert address.startswith("http://127.0.0.1:")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        ask(f"{address}0", f"contents/{NOTEBOOK}", data=b"{}", method="PUT")
    given = {entry["name"] for entry in ask(address, "contents")["content"]}  # type: ignore[index, union-attr]
    assert given == {path.name for path in (ROOT / "release").iterdir() if path.is_dir()}

    content = json.loads((work / NOTEBOOK).read_text())
    content["cells"][0]["source"] = "A week of work."
    body = json.dumps({"type": "notebook", "format": "json", "content": content}).encode()
    ask(address, f"contents/{NOTEBOOK}", data=body, method="PUT")
    (work / "policy_gradient" / "utils.py").unlink()

    address = start()
    assert json.loads((work / NOTEBOOK).read_text())["cells"][0]["source"] == ["A week of work."]
    assert (work / "policy_gradient" / "utils.py").read_bytes() == (
        ROOT / "release/policy_gradient/utils.py"
    ).read_bytes()
    assert ask(address, f"contents/{NOTEBOOK}")["writable"] is True
    owners = {path.stat().st_uid for path in (work, *work.rglob("*"))}
    assert owners == {OWNER if os.geteuid() == 0 else os.geteuid()}


@pytest.mark.browser
def test_the_address_opens_jupyterlab_with_the_course_in_it(
    start: Callable[[], str], unless: Callable[[bool, str], None]
):
    """In a browser, without a question in the way."""
    unless(not browser.missing(), str(browser.missing()))
    address = start()
    host = address.partition("/lab")[0]
    with browser.page(lambda url: url.startswith((host, "data:", "blob:")), 1280, 800) as page:
        page.goto(address)
        page.get_by_text("policy_gradient", exact=True).first.dblclick(timeout=60_000)
        page.get_by_text("policy_gradient.ipynb", exact=True).first.dblclick(timeout=60_000)
        page.locator("h1").first.wait_for(timeout=60_000)  # of the notebook's first cell
        if picture := os.environ.get("STUDENT_SCREENSHOT"):
            page.screenshot(path=picture)
        assert page.locator(".jp-Dialog, .jp-toast").count() == 0
