"""What the pages of a class are made from: reports, standings, notebooks, the assignment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.batch.discover import NoSubmission
from autograder.batch.store import Found
from autograder.course.folder import Course
from autograder.grades import collected, decisions
from autograder.grades.collected import Entry
from autograder.grades.roster import read_roster
from autograder.grades.standing import Standing
from autograder.grades.standings import standings
from autograder.pages import notebooks, sections, words
from autograder.pages.notebooks import Work
from autograder.plaintext import one_line
from autograder.report import Outcome
from autograder.submission.assignment import Assignment, load_assignment


@dataclass(frozen=True)
class Sources:
    """Where everything lies beside the reports; what is not named is not there.

    `submissions` are what was graded; `roster`, `decisions` and `collected` are files of grades/.
    """

    submissions: Sequence[Path] = ()
    roster: Path | None = None
    decisions: Path | None = None
    collected: Path | None = None


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


def gather(course: Course, found: Found, sources: Sources) -> Material:
    """Return the material of a class: submissions lie in submitted/ where `sources` names none.

    Raises UsageError where what is named there cannot be used; that submitted/ is missing is no mistake.
    """
    assignment = load_assignment(course)
    paths = sources.submissions or [course.root / "submitted"]
    try:
        works = notebooks.find(paths, assignment, found.reports)
    except NoSubmission:
        if sources.submissions:
            raise
        works = {}
    known = [each.id for each in assignment.exercises]
    known += [each.id for each in assignment.questions]
    by_hand = sources.decisions or course.root / decisions.NAME
    entries = collected.read(sources.collected) if sources.collected else []
    unreadable = [
        f"{one_line(name)} among the reports is no report of this version and is left out."
        for name in found.unreadable
    ]
    everybody = standings(
        course,
        found.reports,
        read_roster(sources.roster) if sources.roster else None,
        decisions.read_decisions(by_hand, course.assignment, known)
        if sources.decisions or by_hand.is_file()
        else None,
        entries,
    )
    return Material(
        course=course,
        assignment=assignment,
        standings=everybody,
        works={  # what one handed in for a group is the work of all its members
            each.student: works[each.report.student]
            for each in everybody
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
