"""What an assignment can be packaged for: the registry of platforms.

A platform is a module with two functions: `members(course)` yields the files of its package, `advice(course)`
what to do with them there, a sentence each. Where several machines grade one class, both take the number of
`shards`, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.platforms import github, gradescope, kubernetes, prairielearn, slurm
from autograder.platforms.bundle import Member


@dataclass(frozen=True)
class Platform:
    """One platform: the files of its package, what to do there, whose it is, if it is many machines."""

    members: Callable[..., Iterator[Member]]
    advice: Callable[..., Iterator[str]]
    is_secret: bool = True  # hidden checks and solutions are in it
    is_cluster: bool = False


PLATFORMS = {
    "github": Platform(github.members, github.advice, is_secret=False),
    "gradescope": Platform(gradescope.members, gradescope.advice),
    "prairielearn": Platform(prairielearn.members, prairielearn.advice),
    "kubernetes": Platform(kubernetes.members, kubernetes.advice, is_cluster=True),
    "slurm": Platform(slurm.members, slurm.advice, is_cluster=True),
}
