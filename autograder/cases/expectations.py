"""What a submission must score: `expected.toml`, read, compared with a judgement and written again.

    score = 80.0                      of the points that checks give
    jupyter = "its last cell raises"  of a right one that is not clean in Jupyter: why it is right
    [loses.train]                     one table for each exercise that loses; all others are full
    outcome = "failed"                or error, timeout, not_attempted
    score = 4.5                       what remains of the exercise's points
    checks = ["normalises_returns"]   exactly the hidden checks that cost
    misconception = "two_epochs"      the wrong idea that must be named; "" where none of those known fits

A file that is no submission at all has `outcome = "rejected"` and `message_contains = "..."`. Which
exercises there are, and what each is worth, the assignment says: `Points`.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from autograder.report import ExerciseResult, Judgement, Outcome, Verdict

Points = Mapping[str, float]
"""What each exercise is worth, in the notebook's order; an answer that a person grades is none."""


class ExpectationError(ValueError):
    """An `expected.toml` has an unknown key or contradicts itself, or a judgement contradicts it."""


@dataclass(frozen=True)
class Loss:
    """What one exercise loses: `score` points of it remain; `None` where nobody stated it yet.

    `misconception` is the idea that is named, "" where none may be. Only a person can say which it is.
    """

    outcome: Verdict
    score: float | None = None
    checks: tuple[str, ...] | None = None
    misconception: str | None = None


@dataclass(frozen=True)
class Expectation:
    """The content of an `expected.toml`; a `score` of `None` was not stated yet."""

    score: float | None = None
    outcome: Outcome = Outcome.GRADED
    message_contains: str | None = None
    loses: dict[str, Loss] = field(default_factory=dict)
    why: str | None = None
    jupyter: str | None = None


def read(text: str, points: Points) -> Expectation:
    """Parse an `expected.toml`; raises `ExpectationError` for a key or value without a meaning."""
    data = tomllib.loads(text)
    _only(data, {"score", "outcome", "message_contains", "loses", "why", "jupyter"})
    data["outcome"] = _one_of(Outcome, data.get("outcome", Outcome.GRADED), "outcome")
    loses = {
        exercise: _read_loss(exercise, table, points)
        for exercise, table in data.pop("loses", {}).items()
    }
    expected = Expectation(**data, loses=loses)
    if expected.outcome is Outcome.GRADER_ERROR:
        raise ExpectationError("a fault of ours is nothing to expect")
    if (expected.outcome is Outcome.REJECTED) != (expected.message_contains is not None):
        raise ExpectationError("message_contains belongs to what is rejected, and only there")
    full = sum(points.values())
    if expected.outcome is Outcome.GRADED and not loses and expected.score != full:
        raise ExpectationError(f"what loses nowhere must state score = {full}")
    if expected.jupyter is not None and loses:
        raise ExpectationError("jupyter says why something is right, not what loses")
    return expected


def _read_loss(exercise: str, table: dict[str, Any], points: Points) -> Loss:
    _only(table, {"outcome", "score", "checks", "misconception"})
    if exercise not in points:
        raise ExpectationError(f"unknown exercise '{exercise}'; there are {', '.join(points)}")
    outcome = _one_of(Verdict, table.get("outcome"), f"{exercise}.outcome")
    if outcome is Verdict.PASSED:
        raise ExpectationError(f"{exercise} cannot lose by having passed")
    checks = table.get("checks")
    stated = None if checks is None else tuple(checks)
    return Loss(outcome, table.get("score"), stated, table.get("misconception"))


def _one_of(words: type[StrEnum], value: Any, what: str) -> Any:
    try:
        return words(value)
    except ValueError:
        raise ExpectationError(f"{what} is one of {', '.join(words)}, not {value!r}") from None


def _only(table: dict[str, Any], known: set[str]) -> None:
    if unknown := set(table) - known:
        raise ExpectationError(f"unknown keys {sorted(unknown)}; known are {sorted(known)}")


def differences(expected: Expectation, judgement: Judgement, points: Points) -> list[str]:
    """Every difference between what a submission must score and its judgement; empty = as expected."""
    if judgement.outcome is not expected.outcome:
        return [f"outcome is {judgement.outcome}, expected {expected.outcome}"]
    if expected.outcome is Outcome.REJECTED:
        missing = (expected.message_contains or "").lower() not in judgement.message.lower()
        said = f"message {judgement.message!r} lacks {expected.message_contains!r}"
        return [said] if missing else []
    found = [_number("score", expected.score, judgement.score)]
    judged = {exercise.id: exercise for exercise in judgement.exercises}
    if list(judged) != list(points):
        return [f"judged are the exercises {list(judged)}"]
    for name in points:
        found += _exercise_differences(name, expected.loses.get(name), judged[name])
    return [difference for difference in found if difference]


def _exercise_differences(name: str, loss: Loss | None, exercise: ExerciseResult) -> list[str]:
    """Differences of one exercise; `loss` is `None` where it must be full."""
    loss = loss or Loss(Verdict.PASSED, exercise.max_score, (), "")
    found = [_number(f"{name}: score", loss.score, exercise.score)]
    if exercise.outcome is not loss.outcome:
        found.append(f"{name}: outcome is {exercise.outcome}, expected {loss.outcome}")
    if loss.checks is None:
        found.append(f"{name}: nobody stated the checks that do not pass; regenerate does")
    elif set(loss.checks) != set(not_passed(exercise)):
        found.append(f"{name}: {not_passed(exercise)} do not pass, expected {sorted(loss.checks)}")
    found.append(_idea(name, loss.misconception, exercise))
    return found


def _idea(name: str, expected: str | None, exercise: ExerciseResult) -> str:
    """Say that another idea was named than expected; "" where it is right, or nobody stated any.

    None at all is no difference: there may have been no time to ask on a busy machine. How many are named on
    one that is not, the certificate counts.
    """
    named = exercise.misconception
    if not named or expected in (None, named):
        return ""
    return f"{name}: the idea named is {named}, expected {expected or 'none'}"


def _number(what: str, expected: float | None, actual: float | None) -> str:
    if expected is None or actual is None:
        return f"{what} is {actual}, nobody stated it; regenerate does"
    return "" if abs(expected - actual) < 1e-6 else f"{what} is {actual}, expected {expected}"


def not_passed(exercise: ExerciseResult) -> list[str]:
    """Names of an exercise's checks that cost something, without parameters, sorted.

    What is charged to another check, and what is not tried because of one, costs nothing.
    """
    failed = (check for check in exercise.checks if check.outcome is not Verdict.PASSED)
    costly = [check.id for check in failed if check.weight and check.charged_to is None]
    return sorted({name.partition("[")[0] for name in costly})


def from_judgement(
    expected: Expectation, judgement: Judgement, points: Points, ceiling: bool = False
) -> Expectation:
    """The expectation with real scores and checks in place of stated ones.

    A machine fills in numbers, a person says what they are about: raises `ExpectationError` where
    other exercises lose than `expected` says, and under a `ceiling` (an attack's score) where the
    judgement's score lies above the stated one.
    """
    if judgement.outcome is not expected.outcome:
        raise ExpectationError(f"outcome is {judgement.outcome}, expected {expected.outcome}")
    if expected.outcome is Outcome.REJECTED:
        return expected
    losing = {e.id: e for e in judgement.exercises if e.score < e.max_score}
    if set(losing) != set(expected.loses):
        raise ExpectationError(f"{sorted(losing)} lose, expected {sorted(expected.loses)}")
    assert judgement.score is not None
    if ceiling and expected.score is not None and judgement.score > expected.score + 1e-6:
        raise ExpectationError(f"an attack gains: {judgement.score}, at most {expected.score}")
    loses = {
        name: Loss(
            losing[name].outcome,
            losing[name].score,
            tuple(not_passed(losing[name])),
            expected.loses[name].misconception,
        )
        for name in points
        if name in losing
    }
    return replace(expected, score=judgement.score, loses=loses)


def write(expected: Expectation) -> str:
    """The text of an `expected.toml`, the inverse of `read`."""
    said = {"why": expected.why, "jupyter": expected.jupyter}
    lines = [f"{name} = {json.dumps(text)}" for name, text in said.items() if text]
    if expected.outcome is Outcome.REJECTED:
        lines += [
            'outcome = "rejected"',
            f"message_contains = {json.dumps(expected.message_contains)}",
        ]
    if expected.score is not None:
        lines.append(f"score = {float(expected.score)}")
    for name, loss in expected.loses.items():
        lines += ["", f"[loses.{name}]", f"outcome = {json.dumps(loss.outcome)}"]
        if loss.score is not None:
            lines.append(f"score = {float(loss.score)}")
        if loss.checks is not None:
            lines += ["checks = [", *(f"    {json.dumps(check)}," for check in loss.checks), "]"]
        if loss.misconception is not None:
            lines.append(f"misconception = {json.dumps(loss.misconception)}")
    return "\n".join(lines) + "\n"
