"""Claims about the results that Gradescope and PrairieLearn take: points, words and visibilities."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import report
from autograder.errors import UsageError
from autograder.outputs.registry import OUTPUTS
from autograder.report import (
    CheckResult,
    ExerciseResult,
    ManualResult,
    Report,
    State,
    Verdict,
    Visibility,
    exercise_result,
)
from tests.helpers.fake_engine import whole

OF_ONE = [name for name, output in OUTPUTS.items() if output.one_report]
MARKUP = "<script>alert(1)</script>\x1b[31m\u202e\ud800"


def check(name: str, outcome: Verdict = Verdict.PASSED, **more: Any) -> CheckResult:
    """A check's result, of weight 1 if nothing else is said."""
    return CheckResult(id=name, outcome=outcome, **({"weight": 1.0} | more))


def exercise(*checks: CheckResult, name: str = "train", worth: float = 10.0) -> ExerciseResult:
    """An exercise with these checks."""
    return exercise_result(name, worth, checks)


def graded(*exercises: ExerciseResult, manual: list[ManualResult] | None = None) -> Report:
    """The report of ada, who did these exercises."""
    return whole(report.graded(exercises, manual or []))


def made(name: str, content: Report) -> dict[str, Any]:
    """The results as the platform reads them."""
    results: dict[str, Any] = json.loads(OUTPUTS[name].make([content]))
    return results


LOST = check("mean", Verdict.FAILED, weight=3, message="Your mean is not 0.")
HIDDEN = check("gamma", Verdict.FAILED, message="HIDDEN", visibility="hidden")
LATER = check("steps", Verdict.PASSED, visibility="after_due_date")


@pytest.mark.parametrize("name", OF_ONE)
@pytest.mark.parametrize("count", [0, 2])
def test_results_are_made_of_exactly_one_report(name: str, count: int):
    """A class has no results.json."""
    with pytest.raises(UsageError, match=f"these are {count} reports"):
        OUTPUTS[name].make([graded()] * count)


@pytest.mark.parametrize("name", OF_ONE)
def test_a_fault_of_ours_makes_no_results(name: str):
    """Least of all a zero."""
    with pytest.raises(UsageError, match="a fault of ours"):
        OUTPUTS[name].make([whole(report.grader_error("KeyError", 10.0))])


def test_gradescope_gets_the_score_and_every_check_with_its_visibility():
    """The words of the report are Gradescope's."""
    results = made("gradescope", graded(exercise(check("loss"), LOST), exercise(HIDDEN, LATER)))
    assert results["score"] == 7.5
    tests = [(t["name"], t["score"], t["max_score"], t["visibility"]) for t in results["tests"]]
    assert tests == [
        ("train: loss", 2.5, 2.5, "visible"),
        ("train: mean", 0.0, 7.5, "visible"),
        ("train: gamma", 0.0, 5.0, "hidden"),
        ("train: steps", 5.0, 5.0, "after_due_date"),
    ]
    assert [t["status"] for t in results["tests"]] == ["passed", "failed", "failed", "passed"]
    assert results["tests"][1]["output"] == "Your mean is not 0."


def test_what_is_visible_tells_nothing_of_what_is_hidden_beside_it():
    """A hidden check that fails takes points and words of visible ones: neither is told."""
    follows = check("rate", Verdict.FAILED, charged_to="gamma", message="since gamma has ...")
    content = graded(exercise(check("loss"), HIDDEN, follows))
    for name in ("gradescope", "prairielearn"):
        told = [
            test
            for test in made(name, content)["tests"]
            if test.get("visibility") != "hidden" and "not shown" not in test["name"]
        ]
        assert len(told) == 2
        assert "gamma" not in json.dumps(told)
        assert all(test.get("max_score", test.get("max_points", 0)) == 0 for test in told)
    assert "gamma" not in OUTPUTS["feedback"].make([content])


def test_every_visibility_is_one_that_gradescope_knows():
    """The vocabulary is its own."""
    known = {"hidden", "after_due_date", "after_published", "visible"}
    assert {each.value for each in Visibility} == known


def test_gradescope_takes_all_that_is_said_as_text():
    """Every format is named, so none is guessed; what the grader prints is the instructor's alone."""
    results = made("gradescope", graded(exercise(check("a", Verdict.FAILED, message=MARKUP))))
    formats = [value for key, value in results.items() if key.endswith("_format")]
    formats += [value for key, value in results["tests"][0].items() if key.endswith("_format")]
    assert formats == ["text"] * 5
    assert results["stdout_visibility"] == "hidden"


@pytest.mark.parametrize("name", ["gradescope", "prairielearn"])
def test_what_hides_or_steers_is_spelled_out(name: str):
    """Terminal colours, directions and half characters of a student's are text like any other."""
    text = OUTPUTS[name].make([graded(exercise(check("a", Verdict.FAILED, message=MARKUP)))])
    said = json.loads(text)["tests"][0]
    assert "<script>alert(1)</script><U+001B>[31m<U+202E><U+D800>" in said.values()
    assert text.isascii()


def test_prairielearn_gets_a_share_and_points_for_every_test():
    """One test without points would hide those of all."""
    results = made("prairielearn", graded(exercise(check("loss"), LOST), exercise(check("x"))))
    assert results["score"] == pytest.approx(12.5 / 20)
    assert [(t["points"], t["max_points"]) for t in results["tests"]] == [
        (2.5, 2.5),
        (0.0, 7.5),
        (10.0, 10.0),
    ]


def test_prairielearn_gets_nothing_of_what_students_may_not_see_but_points_of_the_exercise():
    """It has no hidden tests: neither name, verdict nor sentence of one is in the results."""
    content = graded(exercise(check("loss"), LOST, HIDDEN, LATER))
    results = made("prairielearn", content)
    assert [t["name"] for t in results["tests"]] == [
        "train: loss",
        "train: mean",
        "train: all checks, also those that are not shown",
    ]
    assert [t["points"] for t in results["tests"]] == [0, 0, content.score]
    assert [t["max_points"] for t in results["tests"]] == [0, 0, 10]
    assert not {"HIDDEN", "gamma", "steps"} & set(json.dumps(results).replace('"', " ").split())


def test_feedback_says_what_was_earned_and_what_went_wrong():
    """In plain words, the same ones whenever they are made."""
    content = graded(exercise(check("loss"), LOST), exercise(check("x"), name="play"))
    said = OUTPUTS["feedback"].make([content])
    assert said.splitlines()[0].endswith(": 12.5 of 20 points that are given automatically.")
    assert "train: 2.5 of 10 points.\n  - train: mean: Your mean is not 0.\n" in said
    assert "play: 10 of 10 points. All of it is right.\n" in said
    later = content.model_copy(update={"seconds": 99.0})
    assert OUTPUTS["feedback"].make([later]) == said


def test_feedback_tells_nothing_of_what_is_hidden_and_no_sum_that_would():
    """Points of an exercise minus those of its visible checks are the hidden ones'."""
    content = graded(exercise(LOST, HIDDEN), exercise(check("x"), name="play"))
    said = OUTPUTS["feedback"].make([content])
    assert said.startswith(f"{content.assignment}: graded.\n")
    assert "Your mean is not 0." in said
    assert "play: 10 of 10 points." in said
    assert not {"HIDDEN", "gamma"} & set(said.replace(":", " ").split())
    assert "of 10 points" not in said.partition("play")[0]


def test_an_answer_in_words_takes_nothing_from_the_share():
    """A person gives its points, on the platform."""
    manual = [ManualResult(id="why", max_score=20.0, state=State.ATTEMPTED)]
    content = graded(exercise(check("loss")), manual=manual)
    assert made("prairielearn", content)["score"] == 1.0
    assert made("gradescope", content)["score"] == 10.0
    for name, key in (("gradescope", "output"), ("prairielearn", "message")):
        said = made(name, content)[key]
        assert said == "why: a person reads and grades your answer (20 points)."


def test_a_rejected_notebook_is_zero_on_gradescope_and_not_gradable_on_prairielearn():
    """With the sentence that says what to do."""
    content = whole(report.rejected("Please save it in Jupyter.", 10.0))
    results = made("gradescope", content)
    assert (results["score"], results["output"], results["tests"]) == (
        0.0,
        "Please save it in Jupyter.",
        [],
    )
    results = made("prairielearn", content)
    assert results["gradable"] is False
    assert results["format_errors"] == ["Please save it in Jupyter."]
    assert "score" not in results


def test_prairielearn_gets_no_more_than_it_takes_and_is_told_what_was_cut():
    """Half of a file would be nobody's result."""
    checks = [
        check(f"c{n}", Verdict.FAILED, message=f"Short {n}." if n else "ü" * 2**20)
        for n in range(40)
    ]
    text = OUTPUTS["prairielearn"].make([graded(exercise(*checks))])
    assert len(text) <= 1_000_000
    said = [test["message"] for test in json.loads(text)["tests"]]
    assert said[0].endswith("(cut: PrairieLearn takes 1 MB)")
    assert said[1:] == [f"Short {n}." for n in range(1, 40)]


results_of_checks = st.lists(
    st.builds(
        check,
        st.text("abc", min_size=1, max_size=3),
        st.sampled_from(Verdict),
        weight=st.sampled_from([0.0, 0.5, 1.0, 3.0, 7.0]),
        charged_to=st.sampled_from([None, None, "other"]),
    ),
    min_size=1,
    max_size=15,
)


@given(results_of_checks, st.sampled_from([0.0, 5.0, 15.0, 33.0]))
def test_points_of_checks_add_up_to_the_exercise(checks: list[CheckResult], worth: float):
    """To the cent, whatever is rounded: nobody finds a total that is not the sum of its parts."""
    content = exercise(*checks, worth=worth)
    tests = made("gradescope", graded(content))["tests"]
    assert round(sum(test["score"] for test in tests), 2) == content.score
    counted = any(c.weight and not c.charged_to for c in checks)
    assert round(sum(test["max_score"] for test in tests), 2) == (worth if counted else 0.0)
    assert all(test["score"] >= 0 and test["max_score"] >= 0 for test in tests)
