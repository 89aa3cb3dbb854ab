"""Claims about the report: its schema says all that may be in it, and points follow from checks."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from autograder import report
from autograder.report import (
    CheckResult,
    ExerciseResult,
    ManualResult,
    NotAReport,
    Outcome,
    Report,
    State,
    Verdict,
    exercise_result,
)
from tests.helpers.fake_engine import whole

VALIDATOR = Draft202012Validator(report.schema())


def example() -> Report:
    """A report with every verdict and every state in it."""
    checks = [
        CheckResult(id=verdict, outcome=verdict, weight=1, message="a sentence", misconception="m")
        for verdict in Verdict
    ]
    exercises = [exercise_result("a", 10.0, checks), exercise_result("b", 5.0, checks, "Not yet.")]
    manual = [ManualResult(id=state, max_score=2, state=state) for state in State]
    return whole(report.graded(exercises, manual))


def as_data(content: Report) -> dict[str, Any]:
    """What stands in a report's file."""
    data: dict[str, Any] = json.loads(report.write(content))
    return data


def places(content: Any) -> Iterator[dict[str, Any]]:
    """Every object in a report."""
    if isinstance(content, dict):
        yield content
    for inner in content.values() if isinstance(content, dict) else content:
        if isinstance(inner, dict | list):
            yield from places(inner)


def changed(change: Any) -> Iterator[dict[str, Any]]:
    """Copies of the example, each with one object changed."""
    data = as_data(example())
    for number in range(len(list(places(data)))):
        content = copy.deepcopy(data)
        yield from change(content, list(places(content))[number])


def test_the_schema_is_a_schema():
    """Of the draft that it names."""
    Draft202012Validator.check_schema(report.schema())


def test_the_schema_file_is_made_of_the_classes():
    """`python -m autograder.report > autograder/report.schema.json` makes it anew."""
    assert report.SCHEMA_FILE.read_text(encoding="utf-8") == report.schema_text()


@pytest.mark.parametrize(
    "content",
    [
        example(),
        whole(report.graded([])),
        whole(report.rejected("It is empty.", 100.0)),
        whole(report.grader_error("It broke.", 100.0), submission_sha256=None),
    ],
    ids=["graded", "without exercises", "rejected", "grader error"],
)
def test_the_schema_takes_what_we_write(content: Report):
    """Every kind of report; and what was written is read as what it was."""
    VALIDATOR.validate(as_data(content))
    assert report.read(report.write(content)) == content


def test_a_key_that_is_not_known_is_valid_and_kept():
    """In the report, in an exercise, in a check, in an answer: who added it finds it again."""

    def add(content: dict[str, Any], place: dict[str, Any]) -> Iterator[dict[str, Any]]:
        place["added"] = {"by": ["another", 1]}
        yield content

    seen = list(changed(add))
    for content in seen:
        VALIDATOR.validate(content)
        assert as_data(report.read(json.dumps(content))) == content
    assert len(seen) == 1 + 2 + 2 * len(Verdict) + len(State)


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
        {"schema": 1}, {"outcome": "perfect"}, {"score": -1}, {"score": "many"}, {"seed": 1.5},
        {"seconds": -1}, {"submission_sha256": "0"}, {"student": None}, {"exercises": {}},
        {"manual": [{"id": "a", "max_score": 1, "state": "lost"}]},
    ],
    ids=str,
)  # fmt: skip
def test_wrong_values_make_no_report(change: dict[str, Any]):
    """Types, signs and the closed lists of outcomes: neither by the schema nor for who reads it."""
    data = as_data(example()) | change
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(NotAReport, match=next(iter(change))):
        report.read(json.dumps(data))


@pytest.mark.parametrize("text", ["", "[]", "1", "{}", "[" * 100_000, '{"schema": 1}', b"\xff"])
def test_what_is_no_report_is_said_to_be_none(text: str | bytes):
    """In one sentence."""
    with pytest.raises(NotAReport, match=r"^This is no report of version 2: [^\n]+\.$"):
        report.read(text)


CHECKS = st.lists(
    st.builds(
        CheckResult,
        id=st.just("check"),
        outcome=st.sampled_from(Verdict),
        weight=st.integers(1, 8).map(float) | st.floats(0.1, 10),
    ),
    min_size=1,
    max_size=9,
)


def check(outcome: Verdict, weight: float = 1) -> CheckResult:
    """A check that ended so."""
    return CheckResult(id=outcome, outcome=outcome, weight=weight)


@given(CHECKS, st.sampled_from([0.0, 5.0, 15.0, 20.0, 100.0]))
def test_points_follow_from_the_weights_of_what_passed(checks: list[CheckResult], most: float):
    """All of them for all, none for none, and never more or less than there are."""
    exercise = exercise_result("a", most, checks)
    outcomes = {check.outcome for check in checks}
    assert 0 <= exercise.score <= most
    if outcomes == {Verdict.PASSED}:
        assert exercise.score == most
    if Verdict.PASSED not in outcomes:
        assert exercise.score == 0
    assert (exercise.outcome is Verdict.PASSED) == (outcomes == {Verdict.PASSED})


def test_partial_credit_is_the_share_of_the_weights():
    """A check of weight 2 counts twice; two decimals."""
    checks = [check(Verdict.PASSED, 2), check(Verdict.FAILED)]
    assert exercise_result("x", 20.0, checks).score == 13.33


def test_a_check_of_weight_0_costs_nothing_and_marks_nothing_as_failed():
    """It is shown, that is all."""
    exercise = exercise_result("x", 20.0, [check(Verdict.FAILED, 0), check(Verdict.PASSED)])
    assert (exercise.score, exercise.outcome) == (20.0, Verdict.PASSED)
    assert len(exercise.checks) == 2


def test_the_first_check_that_did_not_pass_names_the_outcome():
    """It is what the student should look at first."""
    outcomes = [Verdict.PASSED, Verdict.TIMEOUT, Verdict.FAILED]
    assert exercise_result("x", 20.0, list(map(check, outcomes))).outcome is Verdict.TIMEOUT


def test_what_a_person_grades_counts_among_the_points_that_there_are():
    """And brings none by itself."""
    exercise = ExerciseResult(id="a", score=7, max_score=10, outcome=Verdict.FAILED, checks=[])
    essay = ManualResult(id="b", max_score=5, state=State.ATTEMPTED)
    judgement = report.graded([exercise], [essay])
    assert (judgement.score, judgement.max_score) == (7, 15)


def test_a_graders_fault_has_no_score():
    """It is never a zero; a file that is no notebook is one."""
    assert report.grader_error("It broke.", 100.0).score is None
    assert report.rejected("", 100.0).score == 0.0


@given(st.text())
def test_the_text_of_a_report_is_seen_for_what_it_is(words: str):
    """No character in it moves a cursor, hides or turns lines around; it says the same when read."""
    content = whole(report.rejected(words, 100.0), words)
    text = report.write(content)
    assert report.read(text) == content
    assert not [c for c in text if not c.isprintable() and c != "\n"]


def test_other_scripts_are_readable_in_a_report():
    """Names are no escapes."""
    assert '"陳 Übel"' in report.write(whole(report.rejected("", 100.0), "陳 Übel"))


def test_what_of_ours_broke_is_not_told_to_the_student():
    """It may quote a hidden check; it stands in a field of its own, for the instructor."""
    told = report.grader_error("assert secret == 42", 100.0)
    assert told.outcome is Outcome.GRADER_ERROR
    assert told.fault == "assert secret == 42"
    assert "secret" not in told.message
