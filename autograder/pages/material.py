"""What the pages of a class are made from: reports, standings, notebooks, the assignment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.batch.discover import NoSubmission
from autograder.batch.store import Found
from autograder.course.folder import Course
from autograder.grades.collected import Entry
from autograder.grades.standing import Standing
from autograder.pages import notebooks, sections, words
from autograder.pages.notebooks import Work
from autograder.plaintext import one_line
from autograder.report import Outcome
from autograder.submission.assignment import Assignment, load_assignment


@dataclass(frozen=True)
class Material:
    """What all pages of a class are made from.

    `works` has the notebooks that were found, by student; `headings` where each exercise is explained;
    `entries` what became of everything that an LMS handed out; `remarks` are lines that the class page begins
    with.
    """

    course: Course
    assignment: Assignment
    standings: Sequence[Standing]
    works: Mapping[str, Work]
    headings: Mapping[str, str]
    entries: Sequence[Entry] = ()
    remarks: Sequence[str] = ()

    @property
    def title(self) -> str:
        """What people call the assignment."""
        return self.assignment.settings.title


def gather(
    course: Course,
    found: Found,
    paths: Sequence[Path],
    standings: Sequence[Standing],
    entries: Sequence[Entry] = (),
) -> Material:
    """Return the material of a class whose submissions lie in `paths`, or in submitted/ where none is named.

    Raises UsageError where one of `paths` holds no submission; that submitted/ is missing is no mistake.
    """
    assignment = load_assignment(course)
    try:
        works = notebooks.find(paths or [course.root / "submitted"], assignment, found.reports)
    except NoSubmission:
        if paths:
            raise
        works = {}
    unreadable = [
        f"{one_line(name)} among the reports is no report of this version and is left out."
        for name in found.unreadable
    ]
    return Material(
        course=course,
        assignment=assignment,
        standings=standings,
        works={  # what one handed in for a group is the work of all its members
            each.student: works[each.report.student]
            for each in standings
            if each.report is not None and each.report.student in works
        },
        headings=sections.headings(course.master),
        entries=entries,
        remarks=unreadable,
    )


def without_code(material: Material) -> list[str]:
    """Return the names of those who were graded and whose notebook was not found."""
    return [
        words.name(each)
        for each in material.standings
        if each.report is not None
        and each.report.outcome is Outcome.GRADED
        and each.student not in material.works
    ]
