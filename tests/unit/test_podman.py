"""Claims about Podman, which CI does not have: it is told nothing that it refuses.

Podman 5.4 without root has graded a course for real (docs/deployment.md); here a script stands in for it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.folder import Course
from autograder.engines.docker import CONFINEMENT, DockerEngine
from tests.helpers import tiny_course

PROGRAM = """#!/bin/sh
if [ "$1" = --version ]; then echo "$SAYS"; else printf '%s\\n' "$@" >"$ASKED"; echo '{}'; fi
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course to grade."""
    return tiny_course.write(tmp_path / "course")


@pytest.mark.parametrize(
    ("program", "says", "knows_files"),
    [
        ("docker", "Docker version 28.2.2, build e6534b4", True),
        ("podman", "podman version 5.4.2", False),
        ("docker", "podman version 5.4.2", False),
    ],
    ids=["docker", "podman", "podman called docker"],
)
def test_a_limit_on_files_is_asked_of_docker_alone(
    program: str, says: str, knows_files: bool, course: Course, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    """Podman knows no such option of a tmpfs and would start no container; all else is the same."""
    asked = tmp_path / "asked"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / program).write_text(PROGRAM)
    (tmp_path / "bin" / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("SAYS", says)
    monkeypatch.setenv("ASKED", str(asked))
    assert DockerEngine(course).probe() == {}
    options = asked.read_text().splitlines()
    assert ("nr_inodes" in asked.read_text()) == knows_files
    same = {option for option in CONFINEMENT if not option.startswith("--tmpfs")}
    assert same <= set(options)
    assert [
        o for o in options if o.startswith("--tmpfs=/tmp:size=128m,") and o.endswith("mode=1777")
    ]
