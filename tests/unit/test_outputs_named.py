"""Claims about what is made of a named idea: its sentence is the first, and what checks said is begun."""

import csv
import io
import json
from typing import Any

import pytest

from autograder import report
from autograder.certificate import make, page, record
from autograder.certificate.trials import Trial
from autograder.certificate.verdicts import Tried, findings
from autograder.grades.standing import of_report
from autograder.outputs import jsonl, sentences
from autograder.outputs.registry import OUTPUTS
from autograder.outputs.terminal import remarks
from autograder.pages import ideas
from autograder.pages.visible import Moment, shared
from autograder.report import (
    CheckResult,
    ExerciseResult,
    Report,
    Verdict,
    Visibility,
    exercise_result,
)
from tests.helpers.fake_engine import whole

IDEA = "You square the number. Read again: Doubling."
LONG = "That is not twice the number. Look at the operator. Is it the right one?"


def failed(name: str, message: str, **more: Any) -> CheckResult:
    """A check that did not pass."""
    return CheckResult(id=name, outcome=Verdict.FAILED, weight=1, message=message, **more)


def named(*checks: CheckResult, idea: str | None = "squares") -> ExerciseResult:
    """An exercise whose idea is known."""
    update = {"misconception": idea, "message": IDEA if idea else ""}
    return exercise_result("double", 10.0, checks).model_copy(update=update)


def of(exercise: ExerciseResult, **more: Any) -> Report:
    """The report on a student who did this exercise."""
    return whole(report.graded([exercise]).model_copy(update=more))


RESULT = named(
    failed("values", LONG), failed("zero", "Twice 0 is 0. Is it not?"), failed("again", LONG)
)


def test_the_ideas_sentence_is_the_first_and_the_others_are_begun():
    """Once each, and not more than a few."""
    assert sentences.of_exercise(RESULT) == (
        IDEA,
        "What its checks saw of it: That is not twice the number. Twice 0 is 0.",
    )
    many = named(*(failed(f"check_{n}", f"Number {n} is wrong.") for n in range(9)))
    assert sentences.of_exercise(many)[1].endswith("Number 2 is wrong. And 6 more.")


def test_without_an_idea_checks_say_all_of_it():
    """As ever."""
    assert sentences.of_exercise(named(failed("values", LONG), idea=None)) == (LONG,)


def test_what_a_student_may_not_see_is_not_begun_either():
    """Of a hidden check not even the first sentence."""
    result = named(failed("values", LONG, visibility=Visibility.HIDDEN))
    assert sentences.of_exercise(result)[0] == IDEA
    assert "twice" not in " ".join(sentences.of_exercise(result)[1:])


def test_tables_have_the_names():
    """A column for spreadsheets, a key for scripts."""
    head, row = csv.reader(io.StringIO(OUTPUTS["csv"].make([of(RESULT)])))
    assert row[head.index("misconceptions")] == "double: squares"
    line = json.loads(jsonl.make([of_report(of(RESULT))]))
    assert line["misconceptions"] == {"double": "squares"}


def test_platforms_get_the_sentence_and_of_checks_the_first_one():
    """Gradescope shows the one above, the others at their checks."""
    results = json.loads(OUTPUTS["gradescope"].make([of(RESULT)]))
    assert IDEA in results["output"]
    assert results["tests"][0]["output"] == "That is not twice the number."


def test_the_class_page_puts_those_together_who_share_an_idea():
    """Whichever checks found it, and whatever was shown to each."""
    other = named(failed("zero", "Twice 0 is 0. Is it not?"))
    standings = [of_report(of(each)) for each in (RESULT, other)]
    (idea,) = ideas.ranked(standings, {})
    assert (idea.key.misconception, idea.key.sentence, len(idea.students)) == ("squares", IDEA, 2)


def test_a_fault_of_naming_is_told_the_instructor_alone():
    """The score stands; a student reads nothing of it."""
    judged = of(RESULT, advice_fault="Traceback\nZeroDivisionError: division by zero")
    (line,) = remarks([judged])
    assert "no idea behind it could be named" in line.plain
    assert "ZeroDivisionError" in line.plain
    assert shared(judged, Moment.PUBLISHED).report.advice_fault is None


def test_a_report_of_before_is_read():
    """What is new in a report is optional."""
    content = json.loads(report.write(of(RESULT)))
    del content["advice_fault"]
    for exercise in content["exercises"]:
        del exercise["misconception"]
    assert report.read(json.dumps(content)).exercises[0].misconception is None


@pytest.mark.parametrize(
    ("wrong", "stated", "idea", "fault"),
    [
        ({"double"}, {"double": "squares"}, "squares", False),
        ({"double"}, {"double": "adds"}, "squares", True),
        ({"double"}, {"double": ""}, "squares", True),
        (set(), {}, "squares", True),
        ({"double"}, {}, "squares", False),
        ({"double"}, {"double": "adds"}, None, False),
    ],
    ids=["right", "another", "none fits", "nothing is wrong", "nobody said", "not named"],
)
def test_the_certificate_finds_what_is_named_wrongly(
    wrong: set[str], stated: dict[str, str], idea: str | None, fault: bool
):
    """An idea that is another than stated, or any where nothing is wrong; to name none is no fault."""
    result = named(failed("values", LONG), idea=idea)
    trial = Trial("mistakes", "case", "Why.", frozenset(wrong), lambda: b"", ideas=stated)
    found = {each.fault for each in findings(Tried(trial, (of(result),)))}
    assert (record.Fault.MISNAMED in found) == fault


def test_the_certificate_counts_what_is_named():
    """Of the exercises that are wrong in a mistake, how many rightly."""
    right, none = (Trial("mistakes", n, "", frozenset({"double"}), lambda: b"", ideas={"double": "squares"})
                   for n in "ab")  # fmt: skip
    tried = [
        Tried(right, (of(RESULT),)),
        Tried(none, (of(named(failed("values", LONG), idea=None)),)),
    ]
    count = make._ideas(tried, 3)
    assert (count.known, count.exercises, count.named, count.misnamed) == (3, 2, 1, 0)
    summary = record.Summary.model_construct(ideas=count)
    assert page.named(summary) == (
        "Of 2 wrong exercises in mistakes the idea behind it was named rightly in 1 (50%), wrongly in 0; "
        "3 ideas are known."
    )
