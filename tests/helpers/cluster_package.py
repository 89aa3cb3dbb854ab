"""Slurm's package as an ordinary user has it: unpacked, installed, and a class to grade beside it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.report import Report
from tests.helpers import platform_image, tiny_course

ORDINARY = "nobody"
SLOW = "def double(number):\n    import time\n    time.sleep({seconds})\n    return 2 * number  # {student}"


def user() -> str:
    """Who grades: nobody with privileges."""
    return ORDINARY if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def as_user(*command: str | Path, folder: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a command as that user, with variables that no installation depends on."""
    whose = {"user": ORDINARY, "extra_groups": []} if os.getuid() == 0 else {}
    usual: dict[str, Any] = {"env": {"PATH": os.environ["PATH"], "HOME": str(folder)}}
    return subprocess.run(
        list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False,
        **(usual | more | whose),
    )  # fmt: skip


def given_to_user(folder: Path) -> None:
    """Make that user the owner of all that is in a folder."""
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.lchown(path, pwd.getpwnam(ORDINARY).pw_uid, -1)


@contextmanager
def installed() -> Iterator[Path]:
    """Unpack the package of the tiny course, and run its installation as that user; yield the folder."""
    # Of all temporary folders, pytest's are closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="autograder-test-", dir="/tmp"))
    try:
        package = platform_image.unpacked("slurm", tiny_course.write(folder / "c"), folder / "p")
        folder.chmod(0o755)
        given_to_user(package)
        done = as_user("sh", "install.sh", folder=package)
        if done.returncode:
            pytest.skip(f"The package cannot be installed here: {done.stderr.strip()[-300:]}")
        yield package
    finally:
        shutil.rmtree(folder)


def hand_in(folder: Path, number: int, seconds: float = 0.0) -> list[str]:
    """Lay out notebooks, all different and right, each of which takes so long; return whose they are."""
    students = [f"student-{index:03}" for index in range(number)]
    for student in students:
        path = folder / student / tiny_course.NAME / f"{tiny_course.NAME}.ipynb"
        path.parent.mkdir(parents=True)
        source = SLOW.format(seconds=seconds, student=student)
        path.write_bytes(tiny_course.notebook(double=source))
    return students


def judged(found: list[Report]) -> dict[str, tuple[str, float | None]]:
    """What came of each student."""
    return {report.student: (report.engine, report.score) for report in found}
