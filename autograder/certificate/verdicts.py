"""What the reports on one case or mutant say: whether it came out as it must, and if not, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.cases.expectations import not_passed
from autograder.cases.loading import ATTACKS, CORRECT
from autograder.certificate.record import Fault, Finding
from autograder.certificate.trials import Trial
from autograder.fault import headline
from autograder.report import ExerciseResult, Outcome, Report

_NEGLIGIBLE = 1e-6  # points


@dataclass(frozen=True)
class Tried:
    """A case or mutant with its report for each seed; `equivalent` says why a mutant is no mistake."""

    trial: Trial
    reports: tuple[Report, ...]
    equivalent: str | None = None

    @property
    def wrong(self) -> frozenset[str]:
        """The exercises that must lose here."""
        return frozenset() if self.equivalent is not None else self.trial.wrong

    @property
    def scores(self) -> list[float | None]:
        """The score with each seed, `None` where something of ours broke."""
        return [report.score for report in self.reports]

    @property
    def full(self) -> bool:
        """Whether no point was lost: with every seed, where nothing is wrong, and else with any of them."""
        at_worst = any if self.wrong else all
        return at_worst(is_full(report) for report in self.reports)

    @property
    def gained(self) -> bool:
        """Whether an attack scored more than it may, with any seed."""
        most = self.trial.allowed
        return most is not None and any((s or 0.0) > most + _NEGLIGIBLE for s in self.scores)


def is_full(report: Report) -> bool:
    """Tell whether no point was lost."""
    graded = report.outcome is Outcome.GRADED
    return graded and not any(lost(exercise) for exercise in report.exercises)


def lost(exercise: ExerciseResult) -> bool:
    """Tell whether an exercise has lost a point."""
    return exercise.score < exercise.max_score - _NEGLIGIBLE


def findings(tried: Tried) -> list[Finding]:
    """Return what must not be, each thing once, with the first seed that showed it."""
    found: dict[tuple[Fault, str], Finding] = {}
    for report in tried.reports:
        for fault, about, sentence in _of_report(tried, report):
            where = f"{sentence} (seed {report.seed})"
            trial = tried.trial
            found.setdefault(
                (fault, about),
                Finding(fault=fault, kind=trial.kind, name=trial.name, sentence=where),
            )
    return list(found.values())


def _of_report(tried: Tried, report: Report) -> Iterator[tuple[Fault, str, str]]:
    """Yield what is wrong with one report: the fault, the exercise it is about, a sentence."""
    trial = tried.trial
    if report.outcome is Outcome.GRADER_ERROR:
        yield Fault.NOT_GRADED, "", f"could not be graded: {headline(report.fault or '')}"
        return
    if report.outcome is Outcome.REJECTED and not trial.rejected:
        yield Fault.NOT_GRADED, "", f"was refused: {report.message}"
        return
    if trial.allowed is not None and (report.score or 0.0) > trial.allowed + _NEGLIGIBLE:
        yield Fault.GAINED, "", f"scored {report.score:g}, and may score {trial.allowed:g} at most"
    for exercise in report.exercises:
        yield from _of_exercise(tried, exercise)


def _of_exercise(tried: Tried, exercise: ExerciseResult) -> Iterator[tuple[Fault, str, str]]:
    trial, name = tried.trial, exercise.id
    if lost(exercise) and name not in tried.wrong:
        fault = Fault.LOST_ELSEWHERE
        if tried.equivalent is not None and name in trial.wrong:
            fault = Fault.EQUIVALENT_LOST
        elif trial.kind == CORRECT:
            fault = Fault.RIGHT_LOST
        checks = ", ".join(not_passed(exercise))
        yield fault, name, f"lost in {name}, which is right there, to {checks or 'no check'}"
    if trial.kind != ATTACKS and name in tried.wrong and not lost(exercise):
        yield Fault.WRONG_FULL, name, f"kept all points of {name}, which is wrong there"
    if misnamed(tried, exercise):
        expected = trial.ideas.get(name) or "none that is known"
        sentence = f"in {name} the idea {exercise.misconception} was named, and it is {expected}"
        yield Fault.MISNAMED, name, sentence


def misnamed(tried: Tried, exercise: ExerciseResult) -> bool:
    """Tell whether an idea was named that is not behind an exercise; of a mutant nobody says which is."""
    idea = exercise.misconception
    if idea is None or (exercise.id in tried.wrong and exercise.id not in tried.trial.ideas):
        return False
    return idea != tried.trial.ideas.get(exercise.id, "")


def unsteady(all_tried: Sequence[Tried]) -> dict[str, list[float | None]]:
    """Return the scores of what does not score the same with every seed, by kind and name."""
    return {
        f"{each.trial.kind}/{each.trial.name}": each.scores
        for each in all_tried
        if len(set(each.scores)) > 1
    }
