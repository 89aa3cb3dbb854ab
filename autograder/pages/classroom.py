"""What the class page shows: who stands where, who needs a look first, what the class got wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from autograder.fault import headline
from autograder.grades.standing import Standing
from autograder.pages import code, ideas, plots, statistics, words
from autograder.pages.ideas import Idea
from autograder.pages.notebooks import Work
from autograder.pages.statistics import CheckStatistics, Distribution, ExerciseStatistics
from autograder.plaintext import one_line
from autograder.report import ExerciseResult, Outcome, Report, State, Verdict

# The page is to open at once: other ideas are in the table to download, other code on the students' pages.
IDEAS = 60
IDEAS_WITH_CODE = 12
_TROUBLES = (
    "could not be graded", "rejected", "look closer", "waits for you", "not handed in", "graded", "excused",
)  # fmt: skip
_TOLD_BY_POINTS = {Verdict.PASSED, Verdict.FAILED}


@dataclass(frozen=True)
class Cell:
    """What stands in a student's row for one exercise or answer; `kind` is the verdict that colours it."""

    points: str
    word: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """A student's row; `status` is one of the words of `_TROUBLES`, `why` a line about it."""

    name: str
    id: str
    page: str
    status: str
    why: str
    score: float | None
    cells: tuple[Cell, ...]
    late: str

    @property
    def order(self) -> tuple[int, float, str]:
        """Its place in the table: troubled ones first, then the lowest scores."""
        return _TROUBLES.index(self.status), self.score or 0.0, self.name


@dataclass(frozen=True)
class IdeaPart:
    """A wrong idea with its students' names and pages, and code side by side."""

    idea: Idea
    students: tuple[tuple[str, str], ...]
    beside: tuple[tuple[str, str, tuple[Markup, ...]], ...]


@dataclass(frozen=True)
class ClassPage:
    """All that the class page shows; `lines` says what each of the `checks` looks at."""

    counts: Mapping[str, int]
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    max_score: float
    distribution: Distribution | None
    distribution_plot: Markup
    exercises: tuple[ExerciseStatistics, ...]
    exercises_plot: Markup
    ideas: tuple[IdeaPart, ...]
    all_ideas: tuple[Idea, ...]
    checks: tuple[CheckStatistics, ...]
    lines: tuple[str, ...]
    has_late: bool

    @property
    def statuses(self) -> tuple[str, ...]:
        """The words that a row may be filtered by."""
        return tuple(status for status in _TROUBLES if self.counts.get(status))


def page(
    standings: Sequence[Standing],
    works: Mapping[str, Work],
    pages: Mapping[str, str],
    lines: Mapping[tuple[str, str], str],
) -> ClassPage:
    """Return the class page; `pages` has each student's page, `lines` what each check looks at."""
    reports = [standing.report for standing in standings if standing.report is not None]
    columns = _columns(reports)
    rows = sorted((_row(each, columns, pages) for each in standings), key=lambda row: row.order)
    max_score = max((report.max_score for report in reports), default=0.0)
    scores = [
        each.final for each in standings if each.final is not None and each.report is not None
    ]
    spread = statistics.distribution(scores, max_score)
    exercises = tuple(statistics.exercises(reports))
    checks = tuple(statistics.checks(reports))
    found = ideas.ranked(standings, works)
    return ClassPage(
        counts=_counts(standings, rows),
        rows=tuple(rows),
        columns=columns,
        max_score=max_score,
        distribution=spread,
        distribution_plot=_histogram(spread),
        exercises=exercises,
        exercises_plot=_verdicts(exercises),
        ideas=_parts(found[:IDEAS], pages),
        all_ideas=tuple(found),
        checks=checks,
        lines=tuple(lines.get((c.exercise, c.id.partition("[")[0]), "") for c in checks),
        has_late=any(row.late for row in rows),
    )


def _columns(reports: Sequence[Report]) -> tuple[str, ...]:
    scored = [part.id for report in reports for part in report.exercises]
    by_hand = [part.id for report in reports for part in report.manual]
    return tuple(dict.fromkeys((*scored, *by_hand)))


def _counts(standings: Sequence[Standing], rows: Sequence[Row]) -> dict[str, int]:
    counts = {status: sum(row.status == status for row in rows) for status in _TROUBLES}
    return counts | {
        "students": len(standings),
        "handed in": sum(standing.report is not None for standing in standings),
        "late": sum(bool(row.late) for row in rows),
    }


def _row(standing: Standing, columns: Sequence[str], pages: Mapping[str, str]) -> Row:
    status, why = _status(standing)
    return Row(
        name=words.name(standing),
        id=standing.student,
        page=pages[standing.student],
        status=status,
        why=one_line(why, 300),
        score=standing.final,
        cells=tuple(_cells(standing, columns)),
        late=words.late(standing),
    )


def _status(standing: Standing) -> tuple[str, str]:
    report = standing.report
    if standing.excused:
        return "excused", "; ".join(standing.reasons)
    if report is None:
        return "not handed in", ""
    if report.outcome is Outcome.GRADER_ERROR:
        return "could not be graded", headline(report.fault) if report.fault else report.message
    if report.outcome is Outcome.REJECTED:
        return "rejected", report.message
    if report.breach:
        return "look closer", f"{report.breach}. The score counts what was computed, no more."
    due = _due(standing, report)
    if due:
        return "waits for you", f"your decision on {', '.join(due)}"
    fault = report.advice_fault
    unnamed = f"no idea behind it could be named: {headline(fault)}" if fault else ""
    return "graded", "; ".join(filter(None, (report.note, unnamed, *standing.reasons)))


def _due(standing: Standing, report: Report) -> list[str]:
    return [
        part.id
        for part in report.manual
        if part.state is State.ATTEMPTED and part.id not in standing.decided
    ]


def _cells(standing: Standing, columns: Sequence[str]) -> list[Cell]:
    report = standing.report
    scored = {part.id: part for part in report.exercises} if report else {}
    by_hand = {part.id: part for part in report.manual} if report else {}
    cells = []
    for name in columns:
        if name in standing.decided:
            cells.append(Cell(words.points(standing.decided[name].points), "by hand"))
        elif name in scored:
            cells.append(_scored(scored[name]))
        elif name in by_hand:
            cells.append(Cell("", words.STATES[by_hand[name].state]))
        else:
            cells.append(Cell(""))
    return cells


def _scored(part: ExerciseResult) -> Cell:
    word = "" if part.outcome in _TOLD_BY_POINTS else words.SHORT[part.outcome]
    return Cell(words.points(part.score), word, part.outcome.value)


def _histogram(spread: Distribution | None) -> Markup:
    if spread is None:
        return Markup("")
    lower = spread.edges[:-1]
    labels = [f"{left:g} to {right:g}" for left, right in zip(lower, spread.edges[1:], strict=True)]
    said = ", ".join(f"{label}: {n}" for label, n in zip(labels, spread.students, strict=True))
    return plots.bars(f"Students by score. {said}", labels, {"students": spread.students})


def _verdicts(exercises: Sequence[ExerciseStatistics]) -> Markup:
    if not exercises:
        return Markup("")
    series = {
        word: [each.ended.verdicts[verdict] for each in exercises]
        for verdict, word in words.SHORT.items()
    }
    said = "; ".join(f"{each.id}: {each.ended.passed} of {each.ended.count}" for each in exercises)
    names = [each.id.replace("_", " ") for each in exercises]
    return plots.stacked(f"How each exercise ended. Passed: {said}", names, series)


def _parts(found: Sequence[Idea], pages: Mapping[str, str]) -> tuple[IdeaPart, ...]:
    parts = []
    for number, idea in enumerate(found):
        students = tuple((words.name(each), pages[each.student]) for each in idea.students)
        shown = idea.beside if number < IDEAS_WITH_CODE and len(idea.beside) > 1 else ()
        beside = tuple(
            (words.name(who), pages[who.student], tuple(code.lines(cell.source)))
            for who, cell in shown
        )
        parts.append(IdeaPart(idea, students, beside))
    return tuple(parts)
