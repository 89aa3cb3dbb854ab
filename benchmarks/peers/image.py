"""The container in which the peers run: its image, with the libraries as locked, and its walls."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tempfile
from pathlib import Path
from shutil import copytree
from typing import Any

from samples.corpus import ROOT

MEMORY = "3g"
PROCESSES = 512
SPACE = "768m"
_CONTEXT = Path(__file__).with_name("container")
_NAME = "policy-gradient-peers"
# These limits are ours, for the machine's sake: neither peer has any by default. The capabilities are
# those that the harness needs to be another user's, to start it and to end what it left.
_WALL = (
    "--network=none",
    "--read-only",
    f"--tmpfs=/tmp:size={SPACE},mode=1777,exec",
    "--cap-drop=ALL",
    *(f"--cap-add={name}" for name in ("SETUID", "SETGID", "KILL", "CHOWN", "DAC_OVERRIDE")),
    "--security-opt=no-new-privileges",
    f"--memory={MEMORY}",
    f"--memory-swap={MEMORY}",
    f"--pids-limit={PROCESSES}",
    "--log-driver=none",
)
# Otter asks for a wrapt that is older than the one in our lock; all else is as locked.
_NOT_HELD = ("wrapt",)
_MARGIN = 60.0


class ContainerError(RuntimeError):
    """The image cannot be built, or a container ended without an answer."""


def build() -> str:
    """Build the image where that is missing; return its name. Raises ContainerError."""
    name = f"{_NAME}:{_digest()}"
    if _docker("image", "inspect", name).returncode == 0:
        return name
    with tempfile.TemporaryDirectory() as folder:
        context = copytree(_CONTEXT, Path(folder) / "context")
        (context / "constraints.txt").write_text(_constraints())
        command = ["docker", "build", "--tag", name, str(context)]
        if subprocess.run(command, check=False).returncode:
            raise ContainerError("The peers' image could not be built: see above.")
    return name


def answer(image: str, job: dict[str, Any]) -> dict[str, Any]:
    """Run one job of container/harness.py in a container of its own. Raises ContainerError."""
    name = f"{_NAME}-{hashlib.sha256(json.dumps(job).encode()).hexdigest()[:12]}"
    command = ["docker", "run", "--rm", "--interactive", f"--name={name}", *_WALL, image]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=job["seconds"] + _MARGIN,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ContainerError("the container did not answer in time") from None
    finally:
        _docker("kill", name)
    try:
        plain: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        words = done.stderr.decode(errors="replace")[-500:]
        raise ContainerError(f"the container ended without an answer: {words}") from None
    return plain


def versions(image: str) -> dict[str, str]:
    """Return the versions of what runs in the image."""
    names = ("nbgrader", "otter-grader", "ipykernel", "nbclient", "numpy")
    code = (
        "import json, platform; from importlib.metadata import version; "
        f"print(json.dumps({{n: version(n) for n in {names}}} | "
        "{'python': platform.python_version()}))"
    )
    done = _docker("run", "--rm", "--network=none", "--entrypoint=python", image, "-c", code)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def _constraints() -> str:
    """Return the lock's versions without hashes, less those that a peer cannot live with."""
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    held = [line.split()[0] for line in lines if re.match(r"[a-zA-Z0-9]", line) and ";" not in line]
    return "".join(f"{line}\n" for line in held if line.split("==")[0] not in _NOT_HELD)


def _digest() -> str:
    files = (path for path in sorted(_CONTEXT.rglob("*")) if path.suffix != ".pyc")
    parts = [path.read_bytes() for path in files if path.is_file()]
    return hashlib.sha256(b"\0".join([*parts, _constraints().encode()])).hexdigest()[:16]


def _docker(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["docker", *arguments], capture_output=True, check=False)
