"""What nbgrader's gradebook is to hold of one student: scores by grade cell, comments by solution cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.course.markers import SOLUTION_SUFFIX
from autograder.grades.standing import Member, Standing
from autograder.outputs import sentences
from autograder.plaintext import spelled
from autograder.report import ManualResult, Outcome, State, Visibility
from autograder.submission.assignment import Assignment

Penalty = Callable[[float], float]


@dataclass(frozen=True)
class Mark:
    """A grade cell's automatic score; None where a person gives the points, who has to look `by_hand`."""

    auto_score: float | None
    by_hand: bool = False


@dataclass(frozen=True)
class Entry:
    """All that is entered for a student; manual scores, comments and extra credit are not among it.

    `penalty` says what is taken off a score for being late; None leaves that to nbgrader.
    """

    student: str
    marks: Mapping[str, Mark]
    comments: Mapping[str, str | None]
    member: Member | None = None
    penalty: Penalty | None = None


@dataclass(frozen=True)
class _Words:
    """The sentences for each solution cell, in their order."""

    by_cell: dict[str, list[str]] = field(default_factory=dict)

    def add(self, cell: str, *sentences: str) -> None:
        self.by_cell.setdefault(cell, []).extend(s for s in sentences if s)


def problem(standing: Standing) -> str | None:
    """Return why nothing can be entered for a student; None where something can."""
    if standing.excused:
        return "excused, which nbgrader has no word for: its page shows no score for them"
    if standing.raw is not None:
        return None
    if standing.report is None:
        return "nothing was handed in"
    if standing.report.outcome is Outcome.GRADER_ERROR:
        return "a fault of ours while it was graded: run 'autograder grade' again, it is no zero"
    return None


def entry(
    assignment: Assignment,
    standing: Standing,
    beside: bool = False,
    shown: Collection[Visibility] = sentences.AT_ONCE,
    penalty: Penalty | None = None,
) -> Entry:
    """Return what is entered for a student for whom there is no `problem`.

    The scores of the cells add up to the standing's `raw`. A question is left to a person unless its place
    in the notebook is as it was released; where the notebook has text `beside` it, a person looks all the
    same, for an answer may stand there.
    """
    report, words = standing.report, _Words()
    marks = {exercise.id: Mark(0.0) for exercise in assignment.exercises}
    marks |= {question.id: Mark(0.0) for question in assignment.questions}
    for result in report.exercises if report else ():
        marks[result.id] = Mark(result.score)
        words.add(result.id + SOLUTION_SUFFIX, *sentences.of_exercise(result, shown))
    for answer in report.manual if report else ():
        marks[answer.id] = _of_answer(answer, beside)
    for name, points in standing.decided.items():
        if name in marks:
            marks[name] = Mark(points.points)
    exercises = {exercise.id: exercise.id + SOLUTION_SUFFIX for exercise in assignment.exercises}
    cells = exercises | {question.id: question.id for question in assignment.questions}
    _of_the_whole(list(exercises.values()), cells, standing, words)
    comments = {cell: _text(words.by_cell.get(cell, [])) for cell in cells.values()}
    return Entry(standing.student, marks, comments, standing.member, penalty)


def _of_answer(answer: ManualResult, beside: bool) -> Mark:
    if answer.state is State.ATTEMPTED or beside:
        return Mark(None, by_hand=True)
    return Mark(0.0)


def _of_the_whole(
    exercises: Sequence[str], cells: Mapping[str, str], standing: Standing, words: _Words
) -> None:
    """Add why the score is what it is: to the cell that it is about, else to the first.

    Why a notebook was rejected is said in each exercise.
    """
    report = standing.report
    if report is not None and report.outcome is Outcome.REJECTED:
        for cell in exercises:
            words.add(cell, report.message)
    first = exercises[0] if exercises else next(iter(cells.values()))
    words.add(first, report.note if report else "")
    for reason in standing.reasons:
        about = reason.partition(": ")[0]
        words.add(cells[about] if about in standing.decided and about in cells else first, reason)


def _text(several: list[str]) -> str | None:
    """Return one comment; what nobody sees in a student's words is spelled out, as no database takes it."""
    return spelled("\n\n".join(dict.fromkeys(several))) or None
