"""Docker as the tests of the students' image use it: its answers, an image, and what goes away again."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.helpers.grading import ROOT
from tests.helpers.sessions import impossible_here


def docker(*command: str, **options: object) -> str:
    """Run docker in the course folder; return its output, or fail with what it said."""
    return run("docker", *command, **options)


def run(*command: str, **options: object) -> str:
    """Run a command in the course folder; return its output, or fail with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return str(done.stdout).strip()


def need_docker() -> None:
    """Skip, or fail where an engine is promised, unless Docker answers."""
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
    ):
        impossible_here("Docker does not answer here.")


def built(name: str, dockerfile: str, context: str) -> str:
    """Return the image of that name, built where it is not current."""
    need_docker()
    docker("build", "--tag", name, "--file", dockerfile, context)
    return name


def compose() -> list[str]:
    """Return the command of whichever compose is here; else skip, or fail, with the reason."""
    need_docker()
    plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    if plugin.returncode == 0:
        return ["docker", "compose"]
    if shutil.which("docker-compose") is None:
        impossible_here("Compose is not installed here: apt-get install docker-compose.")
    return ["docker-compose"]


@contextmanager
def network() -> Iterator[str]:
    """Yield the name of a network of its own."""
    name = f"autograder-test-{secrets.token_hex(4)}"
    docker("network", "create", name)
    try:
        yield name
    finally:
        docker("network", "rm", name)


def wait_for_line(container: str, part: str, seconds: float = 120) -> str:
    """Return the first line with `part` that a container prints; fails with all of its log."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for line in log(container).splitlines():
            if part in line:
                return line.strip()
        time.sleep(0.5)
    raise AssertionError(f"{container} did not say {part!r}: {log(container)}")


def log(container: str) -> str:
    """Return all that a container printed."""
    return subprocess.run(
        ["docker", "logs", container],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    ).stdout  # fmt: skip
