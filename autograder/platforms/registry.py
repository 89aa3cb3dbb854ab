"""What an assignment can be packaged for: the registry of platforms.

A platform is a module with two functions: `members(course)` yields the files of its package, `advice(course)`
what to do with them there, a sentence each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.course.folder import Course
from autograder.platforms import github, gradescope, prairielearn
from autograder.platforms.bundle import Member


@dataclass(frozen=True)
class Platform:
    """One platform: the files of its package, what to do there, and who may have the package."""

    members: Callable[[Course], Iterator[Member]]
    advice: Callable[[Course], Iterator[str]]
    is_secret: bool = True  # hidden checks and solutions are in it


PLATFORMS = {
    "github": Platform(github.members, github.advice, is_secret=False),
    "gradescope": Platform(gradescope.members, gradescope.advice),
    "prairielearn": Platform(prairielearn.members, prairielearn.advice),
}
