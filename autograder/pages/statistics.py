"""What a class's scores and checks come to in numbers.

How well a check separates is told by two measures of classical test theory. The discrimination index is the
share of passes among the best 27 % of the class less that among the worst 27 % (T. L. Kelley, "The selection
of upper and lower groups for the validation of test items", Journal of Educational Psychology 30, 1939).
The point-biserial correlation is that of passing with the score without the check's own points, the
corrected item-total correlation (L. Crocker and J. Algina, "Introduction to Classical and Modern Test
Theory", 1986, chapter 14).
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.pages.visible import worths
from autograder.report import CheckResult, ExerciseResult, Outcome, Report, Verdict

GROUP = 0.27
FEWEST = 10  # students; with fewer both measures say more about chance than about a check
_BINS = 10


@dataclass(frozen=True)
class Distribution:
    """The scores of those who have one: how many in each tenth of the points, the last with its end."""

    count: int
    edges: tuple[float, ...]
    students: tuple[int, ...]
    mean: float
    median: float
    quartiles: tuple[float, float]
    deviation: float


@dataclass(frozen=True)
class Ended:
    """How often a check, or an exercise, ended in which way; only submissions that were graded count."""

    verdicts: dict[Verdict, int]

    @property
    def count(self) -> int:
        """In how many submissions it was tried."""
        return sum(self.verdicts.values())

    @property
    def passed(self) -> int:
        """In how many it passed."""
        return self.verdicts[Verdict.PASSED]

    @property
    def share(self) -> float:
        """The share of those in which it passed: what test theory calls its difficulty."""
        return self.passed / self.count if self.count else 0.0


@dataclass(frozen=True)
class ExerciseStatistics:
    """One exercise: how it ended, and the mean of its points."""

    id: str
    ended: Ended
    mean: float
    max_score: float


@dataclass(frozen=True)
class CheckStatistics:
    """One check: how it ended, and how well it separates; None where that cannot be told."""

    exercise: str
    id: str
    points: float
    ended: Ended
    index: float | None
    correlation: float | None


def distribution(scores: Sequence[float], max_score: float) -> Distribution | None:
    """Return how the scores are spread over `max_score` points; None where there is none."""
    if not scores:
        return None
    top = max_score or 1.0
    bins = [0] * _BINS
    for score in scores:
        bins[max(0, min(_BINS - 1, int(score / top * _BINS + 1e-9)))] += 1
    lower, median, upper = _quartiles(scores)
    return Distribution(
        count=len(scores),
        edges=tuple(round(top * number / _BINS, 2) for number in range(_BINS + 1)),
        students=tuple(bins),
        mean=statistics.fmean(scores),
        median=median,
        quartiles=(lower, upper),
        deviation=statistics.pstdev(scores),
    )


def _quartiles(scores: Sequence[float]) -> tuple[float, float, float]:
    if len(scores) == 1:
        return scores[0], scores[0], scores[0]
    lower, median, upper = statistics.quantiles(scores, n=4, method="inclusive")
    return lower, median, upper


def exercises(reports: Sequence[Report]) -> list[ExerciseStatistics]:
    """Return every exercise in the reports' order."""
    found: dict[str, list[ExerciseResult]] = {}
    for report in _graded(reports):
        for exercise in report.exercises:
            found.setdefault(exercise.id, []).append(exercise)
    return [
        ExerciseStatistics(
            name,
            _ended([each.outcome for each in results]),
            statistics.fmean(each.score for each in results),
            max(each.max_score for each in results),
        )
        for name, results in found.items()
    ]


def checks(reports: Sequence[Report]) -> list[CheckStatistics]:
    """Return every check, the one that fewest passed first."""
    found: dict[tuple[str, str], list[tuple[CheckResult, float, float]]] = {}
    for report in _graded(reports):
        for exercise in report.exercises:
            worth = worths(exercise)
            # What a check is worth in the rubric, whatever was charged to which in this report.
            total = sum(check.weight for check in exercise.checks)
            for check in exercise.checks:
                share = exercise.max_score * check.weight / total if total else 0.0
                own = worth[check.id] if check.outcome is Verdict.PASSED else 0.0
                rest = (report.score or 0.0) - own
                found.setdefault((exercise.id, check.id), []).append((check, share, rest))
    result = [_check(*name, tried) for name, tried in found.items()]
    return sorted(result, key=lambda each: each.ended.share)


def _graded(reports: Sequence[Report]) -> list[Report]:
    return [report for report in reports if report.outcome is Outcome.GRADED]


def _check(
    exercise: str, name: str, tried: Sequence[tuple[CheckResult, float, float]]
) -> CheckStatistics:
    passed = [float(check.outcome is Verdict.PASSED) for check, _, _ in tried]
    rest = [points for _, _, points in tried]
    return CheckStatistics(
        exercise,
        name,
        max(share for _, share, _ in tried),
        _ended([check.outcome for check, _, _ in tried]),
        discrimination_index(passed, rest),
        point_biserial(passed, rest),
    )


def _ended(outcomes: Sequence[Verdict]) -> Ended:
    return Ended({verdict: outcomes.count(verdict) for verdict in Verdict})


def discrimination_index(passed: Sequence[float], scores: Sequence[float]) -> float | None:
    """Return the share of passes among the best less that among the worst; None for a class too small.

    Where scores are equal at the edge of a group, those who have them count in it with equal shares: no order
    of students decides.
    """
    if len(passed) < FEWEST:
        return None
    size = GROUP * len(passed)
    return _share_of(passed, scores, size, best=True) - _share_of(passed, scores, size, best=False)


def _share_of(
    passed: Sequence[float], scores: Sequence[float], size: float, *, best: bool
) -> float:
    """Return the share of passes among the `size` students at one end."""
    left, passes = size, 0.0
    for score in sorted(set(scores), reverse=best):
        tied = [each for each, own in zip(passed, scores, strict=True) if own == score]
        taken = min(left, len(tied))
        passes += taken * statistics.fmean(tied)
        left -= taken
        if left <= 0:
            break
    return passes / size


def point_biserial(passed: Sequence[float], scores: Sequence[float]) -> float | None:
    """Return the correlation of passing with the score; None for few students, or where all are alike."""
    if len(passed) < FEWEST or len(set(passed)) < 2 or len(set(scores)) < 2:
        return None
    return statistics.correlation(passed, scores)
