"""What one grading session is started with: folders, limits and identities. No secret is among it."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

from autograder.course.content import readable
from autograder.course.folder import Course
from autograder.course.settings import Limits, Settings, load_settings
from autograder.sandbox import identity


@dataclass(frozen=True)
class SessionConfig:
    """`own_uids` tells whether the trusted side and each worker get users of their own.

    `worker_uids` are those of the workers, taken in turn. With `only_probe` the session says which
    mechanisms of confinement hold here, and grades nothing.
    """

    course: Course
    settings: Settings
    limits: Limits
    own_uids: bool
    scratch: Path
    worker_uids: range
    only_probe: bool = False

    def readable(self) -> tuple[Path, ...]:
        """Return what of the course a worker may read: released files, and their compiled form."""
        files = readable(self.course, self.settings)
        return (*files, self.course.release / "__pycache__")


def from_arguments(arguments: list[str]) -> SessionConfig:
    """Read the command line that an engine writes. Raises SettingsError."""
    parser = argparse.ArgumentParser(prog="autograder.sandbox", description=__doc__)
    parser.add_argument("--course", type=Path, required=True)
    parser.add_argument("--assignment", required=True)
    parser.add_argument("--scratch", type=Path, default=Path("/tmp"))
    parser.add_argument("--limits", type=json.loads, default={})
    parser.add_argument("--probe", action="store_true")
    options = parser.parse_args(arguments)
    return make(
        Course(options.course.resolve(), options.assignment),
        options.scratch,
        options.limits,
        options.probe,
    )


def make(
    course: Course, scratch: Path, limits: dict[str, float] | None = None, only_probe: bool = False
) -> SessionConfig:
    """Return the configuration of a session here; `limits` take the place of those in the settings."""
    settings = load_settings(course)
    return SessionConfig(
        course=course,
        settings=settings,
        limits=Limits(**(settings.limits.model_dump() | (limits or {}))),
        own_uids=identity.can_change(course.runtime(), course.secrets()),
        scratch=scratch,
        worker_uids=identity.session_uids(),
        only_probe=only_probe,
    )
