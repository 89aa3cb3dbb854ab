"""What the tests about reading notebooks share: the real assignment, and how its notebooks are planned."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from autograder.course.folder import Course
from autograder.submission.assignment import Assignment, load_assignment
from autograder.submission.plan import Plan, make_plan
from autograder.submission.read import read_notebook


@pytest.fixture(scope="module")
def assignment(course: Course) -> Assignment:
    """The real assignment."""
    return load_assignment(course)


@pytest.fixture
def solved(course: Course) -> dict[str, Any]:
    """The master as a submission, a fresh copy for each test."""
    return dict(json.loads(course.master.read_text()))


@pytest.fixture
def released(course: Course) -> dict[str, Any]:
    """The untouched release, a fresh copy for each test."""
    return dict(json.loads(course.released.read_text()))


@pytest.fixture
def plan(assignment: Assignment) -> Callable[[dict[str, Any]], Plan]:
    """Makes the plan of a notebook given as JSON."""
    return lambda notebook: make_plan(assignment, read_notebook(json.dumps(notebook).encode()))
