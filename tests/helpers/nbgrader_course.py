"""A course folder in which a test runs nbgrader's own commands, as an instructor does."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.course.folder import Course
from tests.helpers import jupyter_server
from tests.helpers.grading import LIGHT, ROOT

CONFIG = "nbgrader_config.py"
IN_TIME = "2026-11-20 12:00:00 UTC"


def _environment() -> dict[str, str]:
    here, path = Path(sys.executable).parent, os.environ.get("PYTHONPATH", "")
    return os.environ | {
        "JUPYTER_NO_CONFIG": "1",  # neither this machine's extensions nor this user's settings
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), path))),
        "PATH": f"{here}{os.pathsep}{os.environ['PATH']}",
    }


def lay_out(root: Path) -> Course:
    """Copy the light assignment, without its cases, and the project's configuration."""
    course = Course(root, LIGHT)
    real = Course(ROOT, LIGHT)
    shutil.copytree(real.source, course.source)
    shutil.copytree(real.release, course.release)
    shutil.copytree(
        real.checks, course.checks, ignore=shutil.ignore_patterns("cases", "__pycache__")
    )
    shutil.copy(ROOT / CONFIG, root)
    return course


def hand_in(course: Course, student: str, notebook: bytes, when: str = IN_TIME) -> Path:
    """Put a notebook where nbgrader looks for it; return its path."""
    path = course.root / "submitted" / student / course.assignment / course.master.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(notebook)
    path.with_name("timestamp.txt").write_text(when)
    return path


@contextmanager
def formgrader(folder: Path) -> Iterator[tuple[str, str]]:
    """Start a Jupyter server in a course folder; yield its address, and the token that opens it."""
    port, token = jupyter_server.free_port(), secrets.token_hex(8)
    options = {
        "ServerApp.root_dir": folder, "ServerApp.port": port, "ServerApp.port_retries": 0,
        "ServerApp.ip": "127.0.0.1", "IdentityProvider.token": token, "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "ServerApp.jpserver_extensions": "nbgrader.server_extensions.formgrader=True",
    }  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "jupyter",
        "server",
        *(f"--{k}={v}" for k, v in options.items()),
    ]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=_environment(), stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        jupyter_server.wait_for(f"{address}/api/status?token={token}", server)
        yield address, token
    finally:
        server.terminate()
        server.wait()


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an nbgrader command."""
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=folder, check=False, capture_output=True,
        text=True, errors="replace", env=_environment(),
    )  # fmt: skip


def nbgrader(folder: Path, *arguments: str) -> str:
    """Run an nbgrader command that must go well; return what it says."""
    finished = run(folder, *arguments)
    said = finished.stdout + finished.stderr
    assert finished.returncode == 0, said
    return said


def autograde(course: Course, *arguments: str, engine: str = "process") -> str:
    """Run `nbgrader autograde`; return what it says."""
    return nbgrader(
        course.root, "autograde", course.assignment, f"--SandboxGrading.engine={engine}", *arguments
    )


def autograder(course: Course, *arguments: str) -> str:
    """Run a command of ours in the course's folder, which must go well; return what it says."""
    finished = subprocess.run(
        [sys.executable, "-m", "autograder", *arguments], cwd=course.root, check=False,
        capture_output=True, text=True, errors="replace", env=_environment(),
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout
