"""What one grading session is started with: folders and identities. No secret is among it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.sandbox import identity


@dataclass(frozen=True)
class SessionConfig:
    """`own_uids` tells whether the trusted side and each worker get users of their own.

    `worker_uids` are those of the workers, taken in turn. With `only_walls` the session says which
    walls hold here and grades nothing.
    """

    course: Course
    own_uids: bool
    scratch: Path
    worker_uids: range
    only_walls: bool = False


def from_arguments(arguments: list[str]) -> SessionConfig:
    """Read the command line that an engine writes."""
    parser = argparse.ArgumentParser(prog="autograder.sandbox", description=__doc__)
    parser.add_argument("--course", type=Path, required=True)
    parser.add_argument("--assignment", required=True)
    parser.add_argument("--scratch", type=Path, default=Path("/tmp"))
    parser.add_argument("--walls", action="store_true")
    options = parser.parse_args(arguments)
    course = Course(options.course.resolve(), options.assignment)
    own_uids = identity.can_change(course.runtime(), course.secrets())
    uids = identity.session_uids()
    return SessionConfig(course, own_uids, options.scratch, uids, options.walls)
