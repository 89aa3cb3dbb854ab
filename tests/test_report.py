"""Claims about the report: its schema says all that may be in it, and points follow from checks."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from autograder import report
from autograder.report import CheckResult, ExerciseResult

OUTCOMES = [report.PASSED, report.FAILED, report.ERROR, report.TIMEOUT, report.NOT_ATTEMPTED]
VALIDATOR = Draft202012Validator(report.schema())


def complete(part: dict[str, Any]) -> dict[str, Any]:
    """A whole report with this part about the exercises."""
    return part | {
        "schema": report.SCHEMA_VERSION,
        "assignment": "policy_gradient",
        "student": "ada",
        "submission_sha256": "0" * 64,
        "image": "sha256:" + "0" * 64,
        "seed": 0,
        "seconds": 1.5,
    }


def example() -> dict[str, Any]:
    """A report with every outcome in it."""
    checks = [CheckResult(o, o, 1.0, "a sentence", misconception="m") for o in OUTCOMES]
    left_alone = ExerciseResult("b", 5.0, checks, "Not yet.", all_as=report.NOT_ATTEMPTED)
    return complete(report.graded([ExerciseResult("a", 10.0, checks), left_alone]))


def places(content: Any) -> Iterator[dict[str, Any]]:
    """Every object in a report."""
    if isinstance(content, dict):
        yield content
    for inner in content.values() if isinstance(content, dict) else content:
        if isinstance(inner, dict | list):
            yield from places(inner)


def changed(change: Any) -> Iterator[dict[str, Any]]:
    """Copies of the example, each with one object changed."""
    for number in range(len(list(places(example())))):
        content = copy.deepcopy(example())
        yield from change(content, list(places(content))[number])


def test_the_schema_is_a_schema():
    """Of the draft that it names."""
    Draft202012Validator.check_schema(report.schema())


@pytest.mark.parametrize(
    "content",
    [
        example(),
        complete(report.graded([])),
        complete(report.without_score(report.REJECTED, "It is empty.", 100.0)),
        complete(report.grader_error("It broke.", 100.0)) | {"submission_sha256": None},
    ],
    ids=["graded", "without exercises", "rejected", "grader error"],
)
def test_the_schema_takes_what_we_write(content: dict[str, Any]):
    """Every kind of report."""
    VALIDATOR.validate(content)


def test_the_schema_refuses_a_key_that_it_does_not_know():
    """In the report, in an exercise and in a check: what nobody reads must not be written."""

    def add(content: dict[str, Any], place: dict[str, Any]) -> Iterator[dict[str, Any]]:
        place["points"] = 1
        yield content

    for content in changed(add):
        with pytest.raises(ValidationError, match="points"):
            VALIDATOR.validate(content)


def test_the_schema_refuses_a_report_with_a_key_missing():
    """Every key is always there, so that no reader needs a default."""

    def remove(content: dict[str, Any], place: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for key in list(place):
            value = place.pop(key)
            yield content
            place[key] = value

    for content in changed(remove):
        assert not VALIDATOR.is_valid(content)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2}, {"outcome": "perfect"}, {"score": -1}, {"score": "100"}, {"seed": 1.5},
        {"seconds": -1}, {"submission_sha256": "0"}, {"student": None}, {"exercises": {}},
    ],
    ids=str,
)  # fmt: skip
def test_the_schema_refuses_wrong_values(change: dict[str, Any]):
    """Types, signs and the closed lists of outcomes."""
    assert not VALIDATOR.is_valid(example() | change)


CHECKS = st.lists(
    st.builds(
        CheckResult,
        st.just("check"),
        st.sampled_from(OUTCOMES),
        st.integers(1, 8).map(float) | st.floats(0.1, 10),
    ),
    min_size=1,
    max_size=9,
)


@given(CHECKS, st.sampled_from([0.0, 5.0, 15.0, 20.0, 100.0]))
def test_points_follow_from_the_weights_of_what_passed(checks: list[CheckResult], most: float):
    """All of them for all, none for none, and never more or less than there are."""
    exercise = ExerciseResult("a", most, checks)
    outcomes = {check.outcome for check in checks}
    assert 0 <= exercise.score <= most
    if outcomes == {report.PASSED}:
        assert exercise.score == most
    if report.PASSED not in outcomes:
        assert exercise.score == 0
    assert (exercise.outcome == report.PASSED) == (outcomes == {report.PASSED})


def test_partial_credit_is_the_share_of_the_weights():
    """A check of weight 2 counts twice; two decimals."""
    checks = [CheckResult("a", report.PASSED, 2), CheckResult("b", report.FAILED, 1)]
    assert ExerciseResult("x", 20.0, checks).score == 13.33


def test_the_first_check_that_did_not_pass_names_the_outcome():
    """It is what the student should look at first."""
    outcomes = [report.PASSED, report.TIMEOUT, report.FAILED]
    checks = [CheckResult(outcome, outcome, 1) for outcome in outcomes]
    assert ExerciseResult("x", 20.0, checks).outcome == report.TIMEOUT


def test_a_graders_fault_has_no_score():
    """It is never a zero; a file that is no notebook is one."""
    assert report.grader_error("It broke.", 100.0)["score"] is None
    assert report.without_score(report.REJECTED, "", 100.0)["score"] == 0.0


@given(st.text())
def test_the_text_of_a_report_is_seen_for_what_it_is(words: str):
    """No character in it moves a cursor, hides or turns lines around; it says the same when read."""
    content = complete(report.without_score(report.REJECTED, words, 100.0)) | {"student": words}
    text = report.text(content)
    assert json.loads(text) == content
    assert not [c for c in text if not c.isprintable() and c != "\n"]


def test_other_scripts_are_readable_in_a_report():
    """Names are no escapes."""
    content = complete(report.without_score(report.REJECTED, "", 100.0)) | {"student": "陳 Übel"}
    assert '"陳 Übel"' in report.text(content)


def test_what_of_ours_broke_is_not_told_to_the_student():
    """It may quote a hidden check; it stands in a field of its own, for the instructor."""
    told = report.grader_error("assert secret == 42", 100.0)
    assert told["fault"] == "assert secret == 42"
    assert "secret" not in told["message"]
