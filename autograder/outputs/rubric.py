"""The rubric: what each hidden check looks at and what it is worth, as a Markdown table.

Exercises, points and weights come from the master notebook and assignment.toml, the rest from the checks'
source, which is parsed and never run: a check's line is the first line of its docstring.
"""

from __future__ import annotations

from collections.abc import Iterator

from autograder.course.checks import checks_in
from autograder.course.folder import Course
from autograder.course.settings import CheckSettings
from autograder.errors import AutograderError
from autograder.submission.assignment import Exercise, load_assignment


class RubricError(AutograderError):
    """The file that holds the table is not as the rubric needs it."""


def table(course: Course) -> str:
    """Return the table, a row per exercise, check and question. Raises SettingsError, ReleaseError."""
    assignment = load_assignment(course)
    rows = ["| exercise and its checks | what they look at | points |", "|---|---|---:|"]
    for exercise in assignment.exercises:
        rows += _exercise(course, exercise)
    for question in assignment.questions:
        rows.append(
            f"| **{question.id}** | An answer that a person grades | **{question.points:g}** |"
        )
    return "\n".join(rows)


def mark(assignment: str) -> str:
    """Return the name of the two comments between which this assignment's table stands."""
    return f"rubric {assignment}"


def has_place(text: str, mark: str) -> bool:
    """Tell whether one of the two comments called `mark` is there, rightly placed or not."""
    return any(comment in text for comment in _comments(mark))


def inserted(text: str, content: str, mark: str) -> str:
    """Return `text` with `content` between the two comments called `mark`.

    Raises RubricError unless each of the two stands there once, the beginning first.
    """
    first, last = _comments(mark)
    before, begin, rest = text.partition(first)
    _, end, after = rest.partition(last)
    if not (begin and end) or first in rest or last in after:
        raise RubricError(f"The file needs one '{first}' and after it one '{last}'.")
    return f"{before}{first}\n{content}\n{last}{after}"


def _comments(mark: str) -> tuple[str, str]:
    return f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"


def _exercise(course: Course, exercise: Exercise) -> Iterator[str]:
    total = sum(check.weight for check in exercise.checks.values())
    why = f" {_cell(exercise.why)} " if exercise.why else " "
    yield f"| **{exercise.id}** |{why}| **{exercise.points:g}** |"
    for check in checks_in(course.checks / f"test_{exercise.id}.py"):
        settings = exercise.checks[check.name]
        points = round(exercise.points * settings.weight / total, 2)
        yield f"| {check.name} | {_cell(check.line + _unless(settings))} | {points:g} |"


def _unless(settings: CheckSettings) -> str:
    """Say when a check counts nothing, or is not even tried."""
    if settings.last:
        return "; tried and counted only where the exercise is right by itself"
    if settings.unless:
        return f"; counts nothing where one of these fails: {', '.join(settings.unless)}"
    return ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
