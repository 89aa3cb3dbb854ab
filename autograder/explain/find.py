"""What is to be explained: a student's report, the very bytes that it is about, and which of its checks."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.batch import reading
from autograder.batch.discover import discover
from autograder.batch.reading import HandedIn
from autograder.batch.several import settle
from autograder.batch.store import Store
from autograder.course.checks import Check, checks_in
from autograder.course.folder import Course
from autograder.errors import UsageError
from autograder.plaintext import one_line, told_apart
from autograder.report import Outcome, Report
from autograder.submission.assignment import Assignment

_LISTED = 20


@dataclass(frozen=True)
class Wanted:
    """Which checks are wanted: all, those of an exercise, or one; a check with parameters is several."""

    exercise: str = ""
    check: str = ""

    def takes(self, exercise: str, check: str) -> bool:
        """Tell whether a check, by its id in a report, is among those wanted."""
        if self.exercise not in ("", exercise):
            return False
        return self.check in ("", check, check.partition("[")[0])


def wanted(course: Course, assignment: Assignment, what: str) -> Wanted:
    """Return what `EXERCISE.CHECK`, `EXERCISE` or nothing means. Raises UsageError with those that exist."""
    if not what:
        return Wanted()
    exercise, _, check = what.partition(".")
    known = [each.id for each in assignment.exercises]
    if exercise in [question.id for question in assignment.questions]:
        raise UsageError(
            f"{exercise} is an answer that a person grades: no check looks at it, so there is nothing to "
            "explain."
        )
    if exercise not in known:
        raise UsageError(
            f"{course.assignment} has no exercise {one_line(exercise, 60)!r}: it has {', '.join(known)}."
        )
    names = [each.name for each in checks_of(course, exercise)]
    if check and check.partition("[")[0] not in names:
        raise UsageError(
            f"{exercise} has no check {one_line(check, 60)!r}: it has {', '.join(names)}."
        )
    return Wanted(exercise, check)


def checks_of(course: Course, exercise: str) -> list[Check]:
    """Return the checks of an exercise, each with the line that the rubric has for it."""
    return checks_in(course.checks / f"test_{exercise}.py")


def report_of(store: Store, student: str) -> Report:
    """Return a student's report. Raises UsageError where there is none, or none that can be explained."""
    report = store.read(student)
    if report is None:
        raise UsageError(
            f"There is no report on {told_apart(student, 60)} in {one_line(str(store.folder))}"
            f"{_others(store, student)}"
        )
    if report.outcome is Outcome.REJECTED:
        raise UsageError(
            f"The submission of {told_apart(student, 60)} was rejected, so no check has seen it: "
            f"{one_line(report.message, 600)}"
        )
    if report.submission_sha256 is None:
        raise UsageError(
            f"What {told_apart(student, 60)} handed in could not be read, through no fault of theirs, so no "
            "check has seen it: run 'autograder grade' again."
        )
    return report


def notebook_of(
    report: Report, assignment: Assignment, paths: Sequence[Path], default: Path
) -> bytes:
    """Return the bytes that a report is about, from `paths` or from the folder `default` where none is named.

    Raises UsageError where they are not there, or are others now.
    """
    student = told_apart(report.student, 60)
    others = False
    for handed_in in _handed_in(report.student, assignment, paths or [default]):
        if handed_in.notebook is not None and handed_in.sha256 == report.submission_sha256:
            return handed_in.notebook
        others = True
    where = one_line(", ".join(map(str, paths or [default])), 200)
    if others:
        raise UsageError(
            f"What {student} has in {where} is not what was graded: the file has changed since. Name the "
            "folder of the graded one with --submitted, or grade this one with 'autograder grade'."
        )
    raise UsageError(
        f"The notebook of {student} that was graded is not in {where}: name the folder that it lies in with "
        "--submitted."
    )


def _handed_in(student: str, assignment: Assignment, paths: Sequence[Path]) -> Iterator[HandedIn]:
    for path in paths:
        if not path.exists():
            continue
        own = [each for each in discover([path], assignment.name) if each.student == student]
        for entry in settle(own, assignment):
            yield reading.handed_in(entry)


def _others(store: Store, student: str) -> str:
    names = [report.student for report in store.all().reports]
    if not names:
        return ": the folder holds no report. Run 'autograder grade', or name another with --out."
    close = difflib.get_close_matches(student, names, 3, 0.6) or names[:_LISTED]
    more = " and others" if len(close) == _LISTED < len(names) else ""
    return f": there are {', '.join(told_apart(each, 40) for each in close)}{more}."
