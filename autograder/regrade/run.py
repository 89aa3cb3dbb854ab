"""Judges reports anew, without overwriting any; takes the new ones over when asked to, and keeps the old."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from autograder import files
from autograder.batch.job import Job
from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.engines.base import Engine
from autograder.regrade import changes, judges
from autograder.regrade.changes import Change
from autograder.regrade.rescore import rescored
from autograder.report import Outcome, Report
from autograder.submission.assignment import load_assignment

NEW, EARLIER = "regraded", "earlier"  # folders below the reports
_WRITERS = 16
GradeThem = Callable[[Sequence[str], Store], Sequence[Report]]


@dataclass(frozen=True)
class Regraded:
    """What came of it: every report that a change reached, and the students whose notebook was not found."""

    changes: list[Change] = field(default_factory=list)
    run_again: int = 0
    not_found: list[str] = field(default_factory=list)


def regrade(
    course: Course,
    job: Job,
    store: Store,
    known: Sequence[Report],
    make: Callable[[Course], Engine] | None,
    again: GradeThem,
) -> Regraded:
    """Return what changes for each of the `known` reports that today's judge did not make.

    Nothing is overwritten. Where only scoring changed, scores are made from the verdicts. `again` grades the
    notebooks of students into a store of their own, where a second call finds them graded; it returns those
    that it found. `make` makes an engine like the job's, None where none can be made.
    """
    assignment = load_assignment(course)

    @cache
    def is_scoring_alone(judged_by: str) -> bool:
        known = make and judges.settings_before(store.folder, course, judged_by, make)
        return known is not None

    old = {r.student: r for r in known if r.judged_by != job.judged_by}
    new: dict[str, Report] = {}
    for student, report in old.items():
        made = None
        if is_scoring_alone(report.judged_by):
            made = rescored(report, assignment, job.judged_by)
        if made is not None:
            new[student] = made
    waiting = [student for student in old if student not in new]
    if waiting:
        graded = again(waiting, Store(store.folder / NEW))
        new |= {report.student: report for report in graded}
    found = [changes.change(old[student], new[student]) for student in old if student in new]
    found.sort(key=lambda each: (each.difference, each.student))
    missing = [student for student in waiting if student not in new]
    return Regraded(found, len(waiting) - len(missing), missing)


def apply(store: Store, job: Job, course: Course, taken: Sequence[Change]) -> Path:
    """Put the new reports in place of the old ones, which are kept; return the folder that they lie in."""
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    earlier = Store(store.folder / EARLIER / moment)
    with store.held([each.student for each in taken]):
        with ThreadPoolExecutor(
            _WRITERS
        ) as pool:  # a disk takes its time for each, and many at once
            list(pool.map(lambda each: _take_over(each, store, earlier), taken))
        judges.keep(store.folder, course, job.judged_by)
    for each in taken:
        with contextlib.suppress(OSError):
            (store.folder / NEW / store.path(each.student).name).unlink(missing_ok=True)
    return earlier.folder


def _take_over(change: Change, store: Store, earlier: Store) -> None:
    _keep(store.path(change.student), earlier.path(change.student), change.old, earlier)
    store.write(change.new)


def _keep(path: Path, kept: Path, old: Report, earlier: Store) -> None:
    """Keep a report under another name: the same file where links are possible, else a copy."""
    try:
        os.link(path, kept)
    except OSError:
        earlier.write(old)


def is_fault(change: Change) -> bool:
    """Tell whether a fault of ours would take the place of a score: that is never taken over."""
    return change.new.outcome is Outcome.GRADER_ERROR and change.old.score is not None


def write_table(store: Store, found: Sequence[Change]) -> Path:
    """Write the table of all changes beside the reports; return its path."""
    path = store.folder / "regrade.csv"
    files.write(path, changes.table(found))
    return path
