"""The workflow with which GitHub Actions grades in a course's own, private repository, on every push."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.course.folder import Course
from autograder.platforms.bundle import Member, script

_TEMPLATE = "github.yml"
_ASSIGNMENT = b"@ASSIGNMENT@"


def members(course: Course) -> Iterator[Member]:
    """Yield the workflow: what judges lies in the repository already."""
    content = script(_TEMPLATE).content.replace(_ASSIGNMENT, course.assignment.encode())
    yield Member(f".github/workflows/grade-{course.assignment}.yml", content)


def advice(course: Course) -> Iterator[str]:
    """Yield what to do with it, a sentence each."""
    yield "Unpack it in the course folder, which is a private repository that students cannot read."
    yield "Put this package's wheel into its folder wheels, from which the workflow installs it."
    yield "Take the line /submitted/ out of .gitignore there."
    yield f"Push submitted/<student>/{course.assignment}/: the artifact of the run has the reports."
