"""Makes the certificate from what was tried and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.batch.job import Job
from autograder.cases.expectations import not_passed
from autograder.cases.loading import (
    ATTACKS,
    CORRECT,
    KINDS,
    MISTAKES,
    case_folders,
    exercise_points,
)
from autograder.certificate.equivalent import Equivalent as Listed
from autograder.certificate.mutants import Mutants
from autograder.certificate.record import (
    ByExercise,
    Caught,
    Certificate,
    Equivalent,
    Exercises,
    Fault,
    Finding,
    Ideas,
    Result,
    Row,
)
from autograder.certificate.trials import MUTANTS, Trial
from autograder.certificate.verdicts import Tried, findings, lost, misnamed, unsteady
from autograder.checker.naming.catalogue import load
from autograder.course.content import course_digest
from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.report import Outcome, Report, Verdict
from autograder.submission.assignment import load_assignment

EQUIVALENT = "equivalent mutants"
ROWS = (CORRECT, MISTAKES, MUTANTS, EQUIVALENT, ATTACKS)

Reports = Mapping[str, Sequence[Report]]
"""By a trial's `student`: its report with each seed."""


@dataclass(frozen=True)
class Conditions:
    """How everything was graded, and what was left out of it, by kind and with the reason."""

    job: Job
    seeds: tuple[int, ...]
    left_out: Mapping[str, str]


def make(
    course: Course,
    conditions: Conditions,
    trials: Sequence[Trial],
    reports: Reports,
    mutants: Mutants,
    listed: Listed,
) -> Certificate:
    """Return the certificate; everything in `trials` must have its reports."""
    tried = [
        Tried(
            trial, tuple(reports[trial.student]), listed.why(trial.mutant) if trial.mutant else None
        )
        for trial in trials
    ]
    found = [finding for each in tried for finding in findings(each)]
    varying = unsteady(tried)
    return Certificate(
        assignment=course.assignment,
        engine=conditions.job.engine.name,
        judged_by=conditions.job.judged_by,
        course=course_digest(course, load_settings(course)),
        seeds=list(conditions.seeds),
        cases={kind: len(case_folders(course, kind)) for kind in KINDS},
        left_out=dict(conditions.left_out),
        dropped=mutants.dropped,
        matrix=list(_matrix(tried)),
        exercises=_exercises(tried),
        ideas=_ideas(tried, len(load(course.checks, [*exercise_points(course)]).ideas)),
        by_exercise=[
            _by_exercise(exercise.id, list(exercise.checks), tried)
            for exercise in load_assignment(course).exercises
        ],
        faults=_named(found),
        unsteady=len(varying),
        results=[_result(each) for each in tried],
        equivalent=list(_equivalent(tried)),
        unsteady_scores=varying,
        findings=found,
    )


def _row_of(tried: Tried) -> str:
    return EQUIVALENT if tried.equivalent is not None else tried.trial.kind


def _matrix(tried: Sequence[Tried]) -> Iterator[Row]:
    for kind in ROWS:
        rows = [each for each in tried if _row_of(each) == kind]
        full = sum(each.full for each in rows)
        gained = sum(each.gained for each in rows)
        yield Row(kind=kind, trials=len(rows), full=full, lost=len(rows) - full, gained=gained)


def _exercises(tried: Sequence[Tried]) -> Exercises:
    """Count exercises, not submissions: a mistake in one of them must not cost another one."""
    count = Exercises()
    for each in tried:
        if each.trial.kind == ATTACKS:
            continue
        for name, has_lost in _losses(each).items():
            right = name not in each.wrong
            key = f"{'right' if right else 'wrong'}_{'lost' if has_lost else 'full'}"
            setattr(count, key, getattr(count, key) + 1)
    return count


def _ideas(tried: Sequence[Tried], known: int) -> Ideas:
    """Count the wrong exercises of mistakes by whether the idea behind them was named."""
    count = Ideas(known=known)
    for each in tried:
        if each.trial.kind != MISTAKES or not known:
            continue
        for results in zip(*(report.exercises for report in each.reports), strict=True):
            attempted = any(result.outcome is not Verdict.NOT_ATTEMPTED for result in results)
            if results[0].id in each.wrong and attempted:
                wanted = each.trial.ideas.get(results[0].id)
                count.exercises += 1
                count.misnamed += any(misnamed(each, result) for result in results)
                count.named += bool(wanted) and all(r.misconception == wanted for r in results)
    return count


def _losses(tried: Tried) -> dict[str, bool]:
    """Return which exercises have lost, at worst: a wrong one that kept its points once has kept them."""
    worst: dict[str, bool] = {}
    for report in tried.reports:
        for exercise in report.exercises:
            now, name = lost(exercise), exercise.id
            before = worst.get(name, now)
            worst[name] = (before and now) if name in tried.wrong else (before or now)
    return worst


def _by_exercise(name: str, checks: list[str], tried: Sequence[Tried]) -> ByExercise:
    count = ByExercise(id=name, checks={check: Caught() for check in checks})
    for each in tried:
        if each.trial.mutant and each.trial.mutant.exercise == name and each.equivalent is not None:
            count.equivalent += 1
        if each.trial.kind not in (MISTAKES, MUTANTS) or name not in each.wrong:
            continue
        found = int(_losses(each).get(name, each.trial.rejected))
        if each.trial.kind == MISTAKES:
            count.mistakes += 1
            count.mistakes_found += found
        else:
            count.mutants += 1
            count.mutants_found += found
        _count_checks(count, _not_passed(each.reports[0]).get(name, []))
    return count


def _count_checks(count: ByExercise, caught: list[str]) -> None:
    for check in caught:
        count.checks[check].caught += 1
        count.checks[check].alone += len(caught) == 1


def _not_passed(report: Report) -> dict[str, list[str]]:
    """Return the checks that did not pass, by the exercises that lost."""
    return {exercise.id: not_passed(exercise) for exercise in report.exercises if lost(exercise)}


def _named(found: Sequence[Finding]) -> dict[Fault, list[str]]:
    """Return the cases and mutants in which each fault was found, by kind and name."""
    names: dict[Fault, dict[str, None]] = {fault: {} for fault in Fault}
    for finding in found:
        names[finding.fault][f"{finding.kind}/{finding.name}"] = None
    return {fault: list(each) for fault, each in names.items()}


def _result(tried: Tried) -> Result:
    first = tried.reports[0]
    graded = first.outcome is Outcome.GRADED
    return Result(
        kind=tried.trial.kind,
        name=tried.trial.name,
        why=tried.trial.why,
        scores=tried.scores,
        max_score=sum(e.max_score for e in first.exercises) if graded else first.max_score,
        loses=_not_passed(first),
        seconds=round(sum(report.seconds for report in tried.reports), 3),
    )


def _equivalent(tried: Sequence[Tried]) -> Iterator[Equivalent]:
    for each in tried:
        mutant = each.trial.mutant
        if mutant is not None and each.equivalent is not None:
            yield Equivalent(
                name=mutant.name, original=mutant.original, line=mutant.line, why=each.equivalent
            )
