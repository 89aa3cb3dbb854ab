"""What an instructor sets on a platform, since no package can: points, and how long grading may take."""

from __future__ import annotations

import math

from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.engines.base import START_SECONDS
from autograder.submission.assignment import load_assignment


def automatic_points(course: Course) -> tuple[float, float]:
    """Return the points that are given here, and those that a person gives."""
    assignment = load_assignment(course)
    automatic = sum(exercise.points for exercise in assignment.exercises)
    return automatic, sum(question.points for question in assignment.questions)


def longest_seconds(course: Course) -> float:
    """Return how long the longest submission may take: two tries, each in a fresh session."""
    return 2 * (START_SECONDS + load_settings(course).limits.session)


def longest_minutes(course: Course) -> int:
    """Return the same in minutes."""
    return math.ceil(longest_seconds(course) / 60)
