"""What one student's page shows: code with sentences at its lines, points by check, what to read again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from autograder.grades.standing import Points, Standing
from autograder.pages import code, drawings, words
from autograder.pages.notebooks import ShownCell, Work
from autograder.pages.visible import Shared
from autograder.plaintext import spelled
from autograder.report import CheckResult, ExerciseResult, ManualResult, Outcome, State, Verdict

_AT_A_LINE = re.compile(r"\(line (\d+) of the cell (.+)\)\.?$")  # checker/sentences.py says it so
_NO_FILE = "The notebook that was graded was not found, so its code is not shown."
_NO_CELL = "This exercise is in no cell of the notebook."
_AS_RELEASED = "The cell is as it was released."


@dataclass(frozen=True)
class CheckRow:
    """A check: how many points it decides, and to which one they are charged if to another."""

    id: str
    worth: float
    charged_to: str | None
    misconception: str


@dataclass(frozen=True)
class Sentence:
    """What checks said, and which of them said just this."""

    text: str
    checks: tuple[CheckRow, ...]


@dataclass(frozen=True)
class Line:
    """A line of code, and what was said about it."""

    code: Markup
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class ExercisePart:
    """One exercise on a student's page.

    `free` are sentences that cost nothing, since another one has the same cause; `misconception` is the name
    of the idea that `message` explains; `wordless` are checks that did not pass and say nothing; `plots` have
    a title each. `score` is None where it may not be shown yet.
    """

    id: str
    score: float | None
    max_score: float
    verdict: Verdict
    message: str
    misconception: str
    sentences: tuple[Sentence, ...]
    free: tuple[Sentence, ...]
    plots: tuple[tuple[str, Markup], ...]
    lines: tuple[Line, ...]
    first_line: int
    cell: int | None
    no_code: str
    passed: tuple[CheckRow, ...]
    wordless: tuple[CheckRow, ...]
    read_again: str
    decided: Points | None
    unseen: int

    @property
    def is_right(self) -> bool:
        """Whether nothing is lost, so that a reader may pass over it."""
        return self.score is not None and self.score >= self.max_score


@dataclass(frozen=True)
class ManualPart:
    """One answer that a person grades."""

    id: str
    max_score: float
    state: str
    is_due: bool
    text: str
    decided: Points | None
    read_again: str


@dataclass(frozen=True)
class StudentPage:
    """All that a student's page shows; `total` is empty where it may not be shown yet."""

    name: str
    id: str
    total: str
    max_score: float
    late: str
    message: str
    note: str
    reasons: tuple[str, ...]
    breach: str
    exercises: tuple[ExercisePart, ...]
    manual: tuple[ManualPart, ...]

    @property
    def due(self) -> tuple[tuple[int, str], ...]:
        """The answers that wait for a person, each with its number among all."""
        return tuple((n, part.id) for n, part in enumerate(self.manual, 1) if part.is_due)


def page(
    standing: Standing, shared: Shared | None, work: Work | None, headings: Mapping[str, str]
) -> StudentPage:
    """Return a student's page; `shared` is the report as its reader may see it, None where there is none."""
    report = shared.report if shared else None
    return StudentPage(
        name=words.name(standing),
        id=standing.student,
        total=_total(standing, shared),
        max_score=report.max_score if report else 0.0,
        late=words.late(standing),
        message=spelled(report.message) if report else "Nothing was handed in.",
        note=spelled(report.note) if report else "",
        reasons=() if shared and shared.later else tuple(map(spelled, standing.reasons)),
        breach=spelled(report.breach or "") if report else "",
        exercises=tuple(
            _exercise(each, standing, shared, work, headings) for each in shared.report.exercises
        ) if shared else (),
        manual=tuple(
            _manual(each, standing, work, headings) for each in (report.manual if report else [])
        ),
    )  # fmt: skip


def _total(standing: Standing, shared: Shared | None) -> str:
    if standing.excused:
        return "excused"
    if shared is None:
        return "nothing handed in" if standing.final is None else words.points(standing.final)
    if shared.report.outcome is Outcome.GRADER_ERROR and standing.final is None:
        return "no score yet"
    return "" if shared.later else words.points(standing.final)


def _exercise(
    result: ExerciseResult,
    standing: Standing,
    shared: Shared,
    work: Work | None,
    headings: Mapping[str, str],
) -> ExercisePart:
    cell = work.cells.get(result.id) if work else None
    decided = standing.decided.get(result.id)
    worth = shared.worths[result.id]
    passed, wordless, costing, free = _sorted(result)
    at_lines, elsewhere = _placed(result.id, _sentences(costing, worth), cell)
    lines = _lines(cell, at_lines)
    score = decided.points if decided else result.score
    lost = score < result.max_score
    return ExercisePart(
        id=result.id,
        score=None if result.id in shared.later else score,
        max_score=result.max_score,
        verdict=result.outcome,
        message=spelled(result.message),
        misconception=spelled(result.misconception or ""),
        sentences=elsewhere,
        free=_sentences(free, worth),
        plots=tuple(
            plot for check in (*costing, *free, *wordless) for plot in drawings.drawn(check)
        ),
        lines=lines,
        first_line=code.first_line(cell.source) if cell else 1,
        cell=cell.number if cell else None,
        no_code="" if lines else _why_no_code(work, cell),
        passed=_rows(passed, worth),
        wordless=_rows(wordless, worth),
        read_again=headings.get(result.id, "") if lost else "",
        decided=decided,
        unseen=shared.unseen.get(result.id, 0),
    )


def _sorted(result: ExerciseResult) -> tuple[list[CheckResult], ...]:
    """Return the checks that passed, that failed without a word, whose failure costs, whose costs nothing."""
    passed: list[CheckResult] = []
    wordless: list[CheckResult] = []
    costing: list[CheckResult] = []
    free: list[CheckResult] = []
    for check in result.checks:
        tried = check.outcome is not Verdict.NOT_ATTEMPTED
        if check.outcome is Verdict.PASSED:
            passed.append(check)
        elif not check.message:
            wordless.append(check)
        elif check.weight and check.charged_to is None and tried:
            costing.append(check)
        else:
            free.append(check)
    return passed, wordless, costing, free


def _rows(checks: Sequence[CheckResult], worth: Mapping[str, float]) -> tuple[CheckRow, ...]:
    return tuple(
        CheckRow(each.id, worth[each.id], each.charged_to, each.misconception or "")
        for each in checks
    )


def _sentences(checks: Sequence[CheckResult], worth: Mapping[str, float]) -> tuple[Sentence, ...]:
    """Return each sentence once, with all checks that said it."""
    said: dict[str, list[CheckResult]] = {}
    for check in checks:
        said.setdefault(spelled(check.message), []).append(check)
    return tuple(Sentence(text, _rows(who, worth)) for text, who in said.items())


def _placed(
    exercise: str, sentences: Sequence[Sentence], cell: ShownCell | None
) -> tuple[dict[int, list[Sentence]], tuple[Sentence, ...]]:
    """Return the sentences that name a line of the exercise's cell, by that line, and the others."""
    at_lines: dict[int, list[Sentence]] = {}
    elsewhere = []
    count = cell.source.count("\n") + 1 if cell else 0
    for sentence in sentences:
        where = _AT_A_LINE.search(sentence.text)
        if where and where[2] == exercise and 1 <= int(where[1]) <= count:
            at_lines.setdefault(int(where[1]), []).append(sentence)
        else:
            elsewhere.append(sentence)
    return at_lines, tuple(elsewhere)


def _lines(cell: ShownCell | None, at_lines: Mapping[int, list[Sentence]]) -> tuple[Line, ...]:
    """Return the cell's lines; none where it is as released and nothing is said about a line of it."""
    if cell is None or (cell.untouched and not at_lines):
        return ()
    shown = code.lines(cell.source)
    first = code.first_line(cell.source)
    last = first + len(shown) - 1
    placed: dict[int, list[Sentence]] = {}
    for number, sentences in at_lines.items():  # the last one stands for all that were cut off
        placed.setdefault(min(max(number, first), last), []).extend(sentences)
    return tuple(
        Line(line, tuple(placed.get(number, ()))) for number, line in enumerate(shown, first)
    )


def _why_no_code(work: Work | None, cell: ShownCell | None) -> str:
    if work is None:
        return _NO_FILE
    return _NO_CELL if cell is None else _AS_RELEASED


def _manual(
    result: ManualResult, standing: Standing, work: Work | None, headings: Mapping[str, str]
) -> ManualPart:
    decided = standing.decided.get(result.id)
    attempted = result.state is State.ATTEMPTED
    text = work.answers.get(result.id, "") if work and attempted else ""
    return ManualPart(
        id=result.id,
        max_score=result.max_score,
        state=words.STATES[result.state],
        is_due=attempted and decided is None and not standing.excused,
        text=spelled(text),
        decided=decided,
        read_again="" if attempted else headings.get(result.id, ""),
    )
