"""Images laid out as a platform documents them, made of a package, and one container for each submission."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.course.folder import Course
from autograder.platforms.bundle import zipped
from autograder.platforms.registry import PLATFORMS
from tests.helpers.grading import ROOT
from tests.helpers.sessions import impossible_here

# Runs what is to be run on what comes in as a tar file, and sends back as one what it said and left.
_AROUND = """\
tar -C / -x || exit 9
{ %s; } >/tmp/said 2>&1 </dev/null; echo $? >/tmp/status
{ %s; } >/tmp/then 2>&1 </dev/null
cd / && tar -c tmp/said tmp/status tmp/then $(ls -d %s/* 2>/dev/null)
"""


@dataclass(frozen=True)
class Ran:
    """What came of one submission: exit status, what was said, files of results, what was looked at then."""

    status: int
    said: str
    files: dict[str, bytes]
    then: str

    @property
    def results(self) -> dict[str, Any]:
        """The results that the platform reads."""
        content: dict[str, Any] = json.loads(self.files["results.json"])
        return content


def only(assignment: str, root: Path, own_lock: bool = False) -> Course:
    """A copy of the course with one assignment, and as libraries what grading itself needs.

    With its `own_lock` it has all libraries of the course.
    """
    for room in ("source", "release", "checks"):
        shutil.copytree(ROOT / room / assignment, root / room / assignment)
    if own_lock:
        shutil.copy(ROOT / "requirements.lock", root)
        shutil.copytree(ROOT / "docker", root / "docker")
    return Course(root, assignment)


def unpacked(platform: str, course: Course, folder: Path) -> Path:
    """Unpack the package as a platform does; files may be run if the zip says so."""
    with zipfile.ZipFile(io.BytesIO(zipped(PLATFORMS[platform].members(course)))) as archive:
        for info in archive.infolist():
            path = Path(archive.extract(info, folder))
            path.chmod(info.external_attr >> 16 & 0o777)
    return folder


def build(folder: Path, tag: str) -> str:
    """Build the image from the Dockerfile in `folder`; skip, or fail, where no Docker answers."""
    if (
        shutil.which("docker") is None
        or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode
    ):
        impossible_here("Docker does not answer here.")
    done = subprocess.run(
        ["docker", "build", "--tag", tag, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(f"{tag} could not be built: {(done.stdout + done.stderr)[-3000:]}")
    return tag


def run(
    image: str,
    files: dict[str, bytes],
    command: str,
    results: str,
    then: str = "true",
    options: tuple[str, ...] = (),
) -> Ran:
    """Start a container with `files`, run `command` as root in it, then look around."""
    done = subprocess.run(
        ["docker", "run", "--rm", "--interactive", "--network=none", *options, image,
         "bash", "-c", _AROUND % (command, then, results)],
        input=_tar(files), capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        left = {m.name: archive.extractfile(m).read() for m in archive if m.isfile()}  # type: ignore[union-attr]
    said, status, after = (left.pop(f"tmp/{name}").decode() for name in ("said", "status", "then"))
    return Ran(int(status), said, {Path(name).name: data for name, data in left.items()}, after)


def _tar(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name.lstrip("/"))
            info.size, info.mode = len(data), 0o644
            archive.addfile(info, io.BytesIO(data))
    return content.getvalue()
