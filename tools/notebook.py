"""Opens the notebooks in JupyterLab as students do, in a container where an engine answers: `make notebook`.

python -m tools.notebook [--say]     --say: only say which way it would take

Work is kept in work/, and no file in it is replaced. Python's own library is all that it needs, but where no
container engine answers: then it calls JupyterLab of .venv.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "work"
IMAGE = "autograder-student"
RECIPE = "docker/student/Dockerfile"
# What compose.yaml says of the same container (tests/student holds them together).
OPTIONS = (
    "--memory=4g",
    "--pids-limit=512",
    "--cap-drop=ALL",
    "--cap-add=CHOWN",
    "--cap-add=KILL",
    "--cap-add=SETGID",
    "--cap-add=SETUID",
    "--security-opt=no-new-privileges:true",
    "--init",
)


def main(arguments: list[str]) -> int:
    """Start JupyterLab and wait until it ends; return the exit status."""
    port = os.environ.get("STUDENT_PORT") or "8888"
    way, commands = ways(port)
    print(f"JupyterLab {way}. Your work is kept in {WORK}. Ctrl-C ends it.", flush=True)
    if arguments == ["--say"]:
        return 0
    if problem := taken(port):
        print(problem, file=sys.stderr)
        return 1
    WORK.mkdir(exist_ok=True)  # an engine would make it root's
    interrupted: list[int] = []
    # The command gets Ctrl-C as well, and needs some seconds to stop its container: wait for it.
    signal.signal(signal.SIGINT, lambda number, frame: interrupted.append(number))
    for command in commands:
        status = subprocess.Popen(command, cwd=ROOT).wait()
        if interrupted:
            return 0
        if status:
            return status
    return 0


def ways(port: str) -> tuple[str, list[list[str]]]:
    """Return how JupyterLab is started here, in words and in commands."""
    if answers("docker", "info"):
        if answers("docker", "compose", "version"):
            return "in a container (docker compose)", [compose("docker", "compose")]
        if shutil.which("docker-compose"):
            return "in a container (docker-compose)", [compose("docker-compose")]
        return "in a container (docker run)", by_hand("docker", port, "--user=root")
    if answers("podman", "info"):
        # Without root, root in there is who started it, and so is whoever owns work/.
        return "in a container (podman run)", by_hand("podman", port, "--user=root")
    python = ROOT / ".venv" / "bin" / "python"
    start = ROOT / "docker" / "student" / "start.py"
    how = "of .venv, since no container engine answers"
    return how, [["make", "setup"], [str(python), str(start), "--here", str(ROOT)]]


def answers(*command: str) -> bool:
    """Tell whether a program is there and succeeds."""
    if not shutil.which(command[0]):
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def compose(*program: str) -> list[str]:
    """Return the command that builds what is not current, and starts it."""
    return [*program, "up", "--build", "student"]


def by_hand(program: str, port: str, *more: str) -> list[list[str]]:
    """Return the same without compose: the image, then a container of it."""
    run = [
        program, "run", "--rm", "--interactive", *OPTIONS, *more,
        f"--publish=127.0.0.1:{port}:8888", f"--env=STUDENT_PORT={port}",
        f"--volume={WORK}:/home/student/work", IMAGE,
    ]  # fmt: skip
    return [[program, "build", "--tag", IMAGE, "--file", RECIPE, "."], run]


def taken(port: str) -> str | None:
    """Return one sentence where something listens at the port already, or where it is no port."""
    try:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(("127.0.0.1", int(port)))
    except (OSError, ValueError, OverflowError):
        return f"Port {port} cannot be used, another program may have it: STUDENT_PORT=8889 make notebook"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
