"""The zip that is uploaded to Gradescope as an assignment's autograder."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.platforms.advice import automatic_points, longest_minutes
from autograder.platforms.bundle import Member, installation, judging, script
from autograder.report import Visibility

MOST_MINUTES = 40  # the longest time-out that Gradescope takes


def members(course: Course) -> Iterator[Member]:
    """Yield the files of the zip."""
    yield script("setup.sh")
    yield script("run_autograder.sh", "run_autograder")
    yield script("close.sh")
    yield from installation(course)
    yield from judging(course)


def advice(course: Course) -> Iterator[str]:
    """Yield what to set on Gradescope, a sentence each."""
    automatic, by_hand = automatic_points(course)
    yield f"Autograder points: {automatic:g}."
    if by_hand:
        yield f"Turn manual grading on: a person gives the other {by_hand:g}."
    minutes = longest_minutes(course)
    yield (
        f"Time-out: {min(minutes, MOST_MINUTES)} minutes. Gradescope gives 0 points where a submission takes "
        "longer, be it through a fault of ours."
    )
    hidden = [
        check.visibility
        for exercise in load_settings(course).exercises.values()
        for check in exercise.checks.values()
        if check.visibility is not Visibility.VISIBLE
    ]
    if hidden:
        never = " at all" if Visibility.HIDDEN in hidden else ""
        yield (
            f"{len(hidden)} checks are not visible at once: until all are, Gradescope shows students no total"
            f"{never}."
        )
