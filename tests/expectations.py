"""What a submission must score: `expected.toml`, read, compared with a report and written again.

    score = 80.0                      of 100
    [loses.train]                     one table for each exercise that loses; all others are full
    outcome = "failed"                or error, timeout, not_attempted
    score = 4.5                       what remains of the exercise's points
    checks = ["normalises_returns"]   exactly the hidden checks that do not pass

A file that is no submission at all has `outcome = "rejected"` and `message_contains = "..."`.
"""

import json
import tomllib
from dataclasses import dataclass, field
from typing import Any

EXERCISES = (
    "build_model",
    "compile_model",
    "select_action",
    "run_episode",
    "discount_rewards",
    "train",
    "training_loop",
)
LOST = ("failed", "error", "timeout", "not_attempted")

Report = dict[str, Any]


class ExpectationError(ValueError):
    """An `expected.toml` has an unknown key or contradicts itself, or a report contradicts it."""


@dataclass(frozen=True)
class Loss:
    """What one exercise loses: `score` points of it remain; `None` where nobody stated it yet."""

    outcome: str
    score: float | None = None
    checks: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Expectation:
    """The content of an `expected.toml`; a `score` of `None` was not stated yet."""

    score: float | None = None
    outcome: str = "graded"
    message_contains: str | None = None
    loses: dict[str, Loss] = field(default_factory=dict)
    why: str | None = None


def read(text: str) -> Expectation:
    """Parse an `expected.toml`; raises `ExpectationError` for a key or value without a meaning."""
    data = tomllib.loads(text)
    _only(data, {"score", "outcome", "message_contains", "loses", "why"})
    loses = {
        exercise: _read_loss(exercise, table) for exercise, table in data.pop("loses", {}).items()
    }
    expected = Expectation(**data, loses=loses)
    if expected.outcome not in ("graded", "rejected"):
        raise ExpectationError(f"unknown outcome '{expected.outcome}'")
    if (expected.outcome == "rejected") != (expected.message_contains is not None):
        raise ExpectationError("message_contains belongs to what is rejected, and only there")
    if expected.outcome == "graded" and not loses and expected.score != 100.0:
        raise ExpectationError("what loses nowhere must state score = 100.0")
    return expected


def _read_loss(exercise: str, table: dict[str, Any]) -> Loss:
    _only(table, {"outcome", "score", "checks"})
    if exercise not in EXERCISES:
        raise ExpectationError(f"unknown exercise '{exercise}'")
    if table.get("outcome") not in LOST:
        raise ExpectationError(f"{exercise} must lose with one of {', '.join(LOST)}")
    checks = table.get("checks")
    return Loss(table["outcome"], table.get("score"), None if checks is None else tuple(checks))


def _only(table: dict[str, Any], known: set[str]) -> None:
    if unknown := set(table) - known:
        raise ExpectationError(f"unknown keys {sorted(unknown)}; known are {sorted(known)}")


def differences(expected: Expectation, report: Report) -> list[str]:
    """Every difference between what a submission must score and its report; empty = as expected."""
    if report["outcome"] != expected.outcome:
        return [f"outcome is {report['outcome']}, expected {expected.outcome}"]
    if expected.outcome == "rejected":
        message = report.get("message") or ""
        missing = (expected.message_contains or "").lower() not in message.lower()
        return [f"message {message!r} lacks {expected.message_contains!r}"] if missing else []
    found = [_number("score", expected.score, report["score"])]
    reported = {exercise["id"]: exercise for exercise in report["exercises"]}
    if set(reported) != set(EXERCISES):
        return [f"the report has the exercises {sorted(reported)}"]
    for name in EXERCISES:
        found += _exercise_differences(name, expected.loses.get(name), reported[name])
    return [difference for difference in found if difference]


def _exercise_differences(name: str, loss: Loss | None, exercise: Report) -> list[str]:
    """Differences of one exercise; `loss` is `None` where it must be full."""
    outcome, score, checks = "passed", exercise["max_score"], ()
    if loss is not None:
        outcome, score, checks = loss.outcome, loss.score, loss.checks
    found = [_number(f"{name}: score", score, exercise["score"])]
    if exercise["outcome"] != outcome:
        found.append(f"{name}: outcome is {exercise['outcome']}, expected {outcome}")
    if checks is None:
        found.append(f"{name}: nobody stated the checks that do not pass; regenerate does")
    elif set(checks) != set(not_passed(exercise)):
        found.append(f"{name}: {not_passed(exercise)} do not pass, expected {sorted(checks)}")
    return found


def _number(what: str, expected: float | None, actual: float) -> str:
    if expected is None:
        return f"{what} is {actual}, nobody stated it; regenerate does"
    return "" if abs(expected - actual) < 1e-6 else f"{what} is {actual}, expected {expected}"


def not_passed(exercise: Report) -> list[str]:
    """Ids of an exercise's checks that do not pass, sorted."""
    return sorted(check["id"] for check in exercise["checks"] if check["outcome"] != "passed")


def from_report(expected: Expectation, report: Report, ceiling: bool = False) -> Expectation:
    """The expectation with real scores and checks in place of stated ones.

    A machine fills in numbers, a person says what they are about: raises `ExpectationError` where
    other exercises lose than `expected` says, and under a `ceiling` (an attack's score) where the
    report's score lies above the stated one.
    """
    if report["outcome"] != expected.outcome:
        raise ExpectationError(f"outcome is {report['outcome']}, expected {expected.outcome}")
    if expected.outcome == "rejected":
        return expected
    losing = {e["id"]: e for e in report["exercises"] if e["score"] < e["max_score"]}
    if set(losing) != set(expected.loses):
        raise ExpectationError(f"{sorted(losing)} lose, expected {sorted(expected.loses)}")
    if ceiling and expected.score is not None and report["score"] > expected.score + 1e-6:
        raise ExpectationError(f"an attack gains: {report['score']}, at most {expected.score}")
    loses = {
        name: Loss(losing[name]["outcome"], losing[name]["score"], tuple(not_passed(losing[name])))
        for name in EXERCISES
        if name in losing
    }
    return Expectation(report["score"], loses=loses, why=expected.why)


def write(expected: Expectation) -> str:
    """The text of an `expected.toml`, the inverse of `read`."""
    lines = [f"why = {json.dumps(expected.why)}"] if expected.why else []
    if expected.outcome == "rejected":
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
    return "\n".join(lines) + "\n"
