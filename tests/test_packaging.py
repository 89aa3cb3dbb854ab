"""Lock files, Makefile, Dockerfile and the image that it builds keep their promises."""

import re
import shutil
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from autograder.engines.docker import WALL

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text()


def locked(lock: str) -> dict[str, set[str]]:
    """The versions of each package in a lock file; two where they depend on the platform."""
    versions = defaultdict(set)
    for line in re.findall(r"^([^\s#-].*?) *\\?$", (ROOT / lock).read_text(), flags=re.MULTILINE):
        requirement = Requirement(line)
        versions[requirement.name].add(str(requirement.specifier).removeprefix("=="))
    return dict(versions)


def test_the_documented_command_has_every_wall():
    """docker/README.md shows what engines/docker.py does, option by option."""
    shown = (ROOT / "docker" / "README.md").read_text().split()
    assert set(WALL) <= set(shown)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_file_names_no_index_and_no_host(lock):
    """Where packages come from is the machine's business."""
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock):
    """Without the hash of every file, --require-hashes would refuse the whole lock."""
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    loose = [b for b in blocks if "==" not in b.split("\n")[0] or "--hash=sha256:" not in b]
    assert not loose


def test_both_locks_agree_on_what_runs_in_the_image():
    """Notebooks behave on the instructor's machine as they do in the image."""
    image, everything = (locked(lock) for lock in LOCKS)
    assert {name: everything.get(name) for name in image} == image


def test_every_declared_dependency_is_locked():
    """A dependency added to pyproject.toml needs `make lock`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [d for extra in project["optional-dependencies"].values() for d in extra]
    for lock, dependencies in zip(LOCKS, (project["dependencies"], extras), strict=True):
        versions = locked(lock)
        for dependency in map(Requirement, dependencies):
            assert dependency.name in versions, lock
            assert all(map(dependency.specifier.contains, versions[dependency.name])), lock


def test_image_starts_from_debian_alone():
    """One base, and stages built on it."""
    stages = re.findall(r"^FROM (\S+) AS (\S+)$", DOCKERFILE, flags=re.MULTILINE)
    assert len(stages) == len(re.findall(r"^FROM", DOCKERFILE, flags=re.MULTILINE))
    bases = {base for base, _ in stages} - {stage for _, stage in stages}
    assert bases == {"debian:trixie-slim"}


def test_image_downloads_nothing_unpinned():
    """Debian's signed packages and hashed wheels: no other download, no package built from source."""
    commands = DOCKERFILE.replace("\\\n", " ")
    assert not re.search(r"\b(curl|wget|git|npm)\b|^ADD|://", commands, flags=re.MULTILINE)
    installs = re.findall(r"pip\b[^&\n]* install [^&\n]*", commands)
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    assert "--only-binary :all:" in installs[0]


def test_dockerfile_builds_with_the_legacy_builder():
    """Neither heredocs nor mounts nor --chmod, which only BuildKit knows."""
    assert not re.search(r"<<|--mount|--chmod|--link|^# *syntax", DOCKERFILE, flags=re.MULTILINE)


def test_build_context_is_what_the_dockerfile_copies():
    """Everything is left out but that: no submission, no grade, no environment, no history."""
    rules = (ROOT / ".dockerignore").read_text().splitlines()
    assert next(rule for rule in rules if not rule.startswith("#")) == "*"
    copied = re.findall(r"^COPY (?!--from)(\S+) \S+$", DOCKERFILE, flags=re.MULTILINE)
    assert sorted(rule[1:] for rule in rules if rule.startswith("!")) == sorted(copied)


def test_help_lists_every_target():
    """`make help` is how a newcomer finds the rest."""
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):(?!=)", makefile, flags=re.MULTILINE))
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^  make (\S+) +\S", shown.stdout, flags=re.MULTILINE)) == targets
    assert targets == set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[1].split())


def docker(*command: str) -> str:
    """Run docker; return its output, or fail with what it said."""
    done = subprocess.run(
        ["docker", *command], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def engine(unless) -> None:
    """A Docker engine that answers."""
    info = ["docker", "info"]
    found = (
        shutil.which("docker")
        and not subprocess.run(info, capture_output=True, check=False).returncode
    )
    unless(found, "no Docker engine answers, and the image must be looked into")


@pytest.fixture(scope="module")
def image(engine) -> str:
    """The image's id; seconds where `make image` has built its layers before."""
    return docker("build", "--quiet", "--file", "docker/Dockerfile", ".")


@pytest.fixture
def shell(image):
    """Run a command in a container as the docker engine starts it, as root or as another user."""

    def run(command: str, user: str = "0") -> str:
        options = ("--rm", *WALL, f"--user={user}", "--entrypoint=sh")
        return docker("run", *options, image, "-c", command)

    return run


@pytest.mark.parametrize("user", ["0", "1000", "20001"])
@pytest.mark.parametrize("secret", ["source", "autograder/checks"])
def test_only_the_trusted_user_reads_secrets(shell, user, secret):
    """Root cannot either: it comes without the capability to pass over permissions."""
    assert shell(f"ls /opt/course/{secret}/policy_gradient", user="900")
    assert shell(f"cd /opt/course/{secret} 2>/dev/null || echo closed", user=user) == "closed"


def test_trusted_user_owns_nothing_that_others_may_read(shell):
    """Neither the checks nor the solutions, nor their bytecode."""
    assert shell("find /opt/course -user 900 -perm /077", user="900") == ""
    assert "__pycache__" in shell("find /opt/course -user 900", user="900")


def test_everything_else_is_open_to_read_and_closed_to_write(shell):
    """Workers run as users whom the image does not know."""
    secrets = r"\( -path /opt/course/source -o -path /opt/course/autograder/checks \) -prune"
    closed = f"find /opt {secrets} -o ! -type l \\( ! -perm -o=r -o -perm /022 \\) -print"
    assert shell(closed) == ""


def test_nothing_in_the_image_lends_privileges(shell):
    """No file with a setuid or setgid bit."""
    assert shell("find / -xdev -type f -perm /6000 -print 2>/dev/null || true") == ""


def test_image_has_no_compiler_and_no_installer(shell):
    """What a student could build or fetch something with stayed in the stage that built the image."""
    assert shell("for p in gcc cc pip pip3 curl wget; do command -v $p || true; done") == ""
    assert (
        shell("python -c 'import pip' 2>&1 | tail -1")
        == "ModuleNotFoundError: No module named 'pip'"
    )
    assert shell("ls /var/lib/apt/lists") == ""


def test_every_module_of_the_course_is_compiled(shell):
    """A session that starts on a read-only disk would compile it again and again."""
    script = (
        "import importlib.util, pathlib;"
        "print([str(p) for p in pathlib.Path('/opt/course').rglob('*.py')"
        " if not pathlib.Path(importlib.util.cache_from_source(p)).exists()])"
    )
    assert shell(f'python -c "{script}"', user="900") == "[]"


def test_hosts_side_of_the_package_is_not_in_the_image(shell):
    """The command line and the engines stay where no student code runs."""
    assert (
        shell("ls /opt/course/autograder | grep -E '^(cli|engines|batch|outputs|release)$' || true")
        == ""
    )


def test_build_stops_at_another_rom(image):
    """One changed byte, and the image is not built."""
    rom = "/opt/venv/lib/python3*/site-packages/ale_py/roms/pong.bin"
    spoil = f"printf x >> $(echo {rom}); python /opt/verify_rom.py || echo stopped"
    said = docker("run", "--rm", "--network=none", "--entrypoint=sh", image, "-c", spoil)
    assert said.endswith("stopped")
    assert "pong.bin has SHA-256" in said
    assert "MD5" in said


@pytest.fixture
def context(engine, tmp_path) -> Iterator[set[str]]:
    """What Docker takes of a course folder, secrets and submissions included."""
    for name in (
        "submitted/ada/a.ipynb", "graded/a.json", ".venv/a", ".git/a", "gradebook.db", "tests/a.py",
        "source/other/a.ipynb", "source/policy_gradient/a.py", "autograder/cli/main.py",
        "autograder/checks/a.py", "autograder/checks/__pycache__/a.pyc",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shutil.copy(ROOT / ".dockerignore", tmp_path)
    (tmp_path / "Dockerfile").write_text("FROM debian:trixie-slim\nCOPY . /context\n")
    built = docker("build", "--quiet", "--file", str(tmp_path / "Dockerfile"), str(tmp_path))
    listed = docker(
        "run", "--rm", "--network=none", built, "find", "/context", "-type", "f", "-printf", r"%P\n"
    )
    yield set(listed.split())
    docker("image", "rm", built)


def test_submissions_and_grades_never_reach_the_builder(context):
    """A student's name in an image layer would be there for good."""
    assert context == {"source/policy_gradient/a.py", "autograder/checks/a.py"}
