"""The package for a Slurm cluster: an array job, each task of which grades a share of a class as its user."""

from __future__ import annotations

from collections.abc import Iterator

from autograder import limits
from autograder.course.folder import Course
from autograder.platforms.bundle import COMMAND_LOCK, Member, command, judging, script, text

SHARDS = 4
CPUS = 4  # sessions side by side in one task: more of them share what starting the task costs


def members(course: Course, shards: int = SHARDS) -> Iterator[Member]:
    """Yield the files of the package."""
    job = text("slurm_grade.sh").replace("@LAST@", str(shards - 1)).replace("@SHARDS@", str(shards))
    job = job.replace("@CPUS@", str(CPUS)).replace("@MEMORY@", limits.CONTAINER_MEMORY.upper())
    yield Member("grade.sbatch", job.encode())
    yield script("slurm_install.sh", "install.sh")
    yield script(COMMAND_LOCK)
    yield from command(course)
    yield from judging(course)


def advice(course: Course, shards: int = SHARDS) -> Iterator[str]:
    """Yield what to do with it, a sentence each."""
    yield "Unpack it in a folder of yours that all nodes see, and close that to others: chmod 700."
    yield "There, on a node that may download: sh install.sh"
    yield "Lay out what your LMS hands out first: 'autograder collect' makes the folder submitted."
    yield f"sbatch grade.sbatch submitted graded: {shards} tasks with {CPUS} sessions each."
    yield "When all have ended, 'autograder report' and 'autograder export' read the folder graded."
