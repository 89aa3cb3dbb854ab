"""Claims about the image: who may read and write what in it, and what it does without."""

import subprocess
from pathlib import Path

import pytest

from autograder.course.folder import Course
from autograder.engines.docker import CONFINEMENT, DockerEngine
from tests.helpers.grading import ROOT
from tests.helpers.sessions import usable

pytestmark = pytest.mark.container


def docker(*command: str) -> str:
    """Run docker; return its output, or fail with what it said."""
    done = subprocess.run(
        ["docker", *command], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def image(course: Course) -> str:
    """The image's name; seconds where `make image` has built its layers before."""
    engine = usable("docker", course)
    assert isinstance(engine, DockerEngine)
    return engine.image


@pytest.fixture
def shell(image):
    """Run a command in a container as the docker engine starts it, as root or as another user."""

    def run(command: str, user: str = "0") -> str:
        options = ("--rm", *CONFINEMENT, f"--user={user}", "--entrypoint=sh")
        return docker("run", *options, image, "-c", command)

    return run


# The warm parent reads these by their names.
OPEN = {"assignment.toml", "worker.py", "worker_model.py", "worker_quick.py", "worker_stand_in.py"}


@pytest.mark.parametrize("user", ["0", "1000", "20001"])
def test_only_the_trusted_user_reads_secrets(shell, user):
    """Root cannot either: it comes without the capability to pass over permissions."""
    secrets = shell("find /opt/course/checks /opt/course/source -type f", user="900").split()
    assert len(secrets) > 10
    tried = (
        f"for file in {' '.join(secrets)}; do head -c 1 $file >/dev/null 2>&1 && echo $file; done"
    )
    assert {Path(name).name for name in shell(f"{tried}; true", user=user).split()} == OPEN
    assert shell("ls /opt/course/checks/* /opt/course/source 2>/dev/null || true", user=user) == ""


def test_trusted_user_owns_nothing_else_that_others_may_reach(shell):
    """Of the checks' folder the way to these files, and of the solutions nothing."""
    assert "__pycache__" in shell("find /opt/course -user 900", user="900")
    reached = shell("find /opt/course -user 900 -perm /077 -printf '%m %f\\n'", user="900")
    modes = dict(line.split()[::-1] for line in reached.splitlines())
    assert modes == {"checks": "711", "policy_gradient": "711"} | dict.fromkeys(OPEN, "644")


def test_everything_else_is_open_to_read_and_closed_to_write(shell):
    """Workers run as users whom the image does not know."""
    secrets = r"\( -path /opt/course/source -o -path /opt/course/checks \) -prune"
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


def test_build_stops_at_another_rom(image):
    """One changed byte, and the image is not built."""
    rom = "/opt/venv/lib/python3*/site-packages/ale_py/roms/pong.bin"
    spoil = f"printf x >> $(echo {rom}); python /opt/docker/verify_rom.py || echo stopped"
    said = docker("run", "--rm", "--network=none", "--entrypoint=sh", image, "-c", spoil)
    assert said.endswith("stopped")
    assert "pong.bin has SHA-256" in said
    assert "MD5" in said
