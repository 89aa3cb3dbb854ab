"""What a page shows of a student's notebook: the cell of each exercise, and the answers in words.

Reports do not hold code. A notebook belongs to a report where its SHA-256 is the report's, and only one
that was graded is read here: grading has read those very bytes before, in a process of its own with limits
on its time and memory (submission/bounded.py), and rejected what exhausted that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.batch import reading
from autograder.batch.discover import discover
from autograder.batch.several import settle
from autograder.report import Outcome, Report
from autograder.submission.assignment import Assignment
from autograder.submission.read import Notebook, Rejected, read_notebook
from autograder.submission.recognise import Recogniser


@dataclass(frozen=True)
class ShownCell:
    """A cell: its number among the notebook's code cells, its source, whether it is as it was released."""

    number: int
    source: str
    untouched: bool


@dataclass(frozen=True)
class Work:
    """What one student wrote: the cell of each exercise that has one, the text of each answer."""

    cells: Mapping[str, ShownCell] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


def find(
    paths: Sequence[Path], assignment: Assignment, reports: Sequence[Report]
) -> dict[str, Work]:
    """Return, by student, the work that each report is about, as far as `paths` hold its very bytes.

    Raises UsageError where a path does not exist or two notebooks are one student's.
    """
    wanted = {r.student: r.submission_sha256 for r in reports if r.outcome is Outcome.GRADED}
    recogniser = Recogniser(assignment)
    found = {}
    for entry in settle(discover(list(paths), assignment.name), assignment):
        digest = wanted.get(entry.student)
        if digest is None:
            continue
        handed_in = reading.handed_in(entry)
        if handed_in.notebook is not None and handed_in.sha256 == digest:
            found[entry.student] = of(handed_in.notebook, assignment, recogniser)
    return found


def of(data: bytes, assignment: Assignment, recogniser: Recogniser | None = None) -> Work:
    """Return the work in a notebook; nothing where it cannot be read."""
    recogniser = recogniser or Recogniser(assignment)
    try:
        notebook = read_notebook(data)
    except Rejected:
        return Work()
    cells = recogniser.recognise(notebook.cells)
    own = {
        exercise.id: recogniser.own_cell(exercise.id, cells) for exercise in assignment.exercises
    }
    shown = {
        name: ShownCell(each.number, each.cell.source, each.untouched)
        for name, each in own.items()
        if each is not None
    }
    answers = {question.id: _answer(question.id, notebook) for question in assignment.questions}
    return Work(shown, {name: text for name, text in answers.items() if text})


def _answer(question: str, notebook: Notebook) -> str:
    cells = (*notebook.answers, *notebook.cells)
    return "\n\n".join(cell.source for cell in cells if cell.grade_id == question)
