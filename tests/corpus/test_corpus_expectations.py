"""Claims about `expected.toml`: what it says is compared, and what it cannot mean is refused."""

from pathlib import Path

import pytest

from autograder import report
from autograder.cases import expectations
from autograder.cases.expectations import Expectation, ExpectationError
from autograder.cases.loading import Case
from autograder.report import CheckResult, ExerciseResult, Judgement, Verdict
from samples import corpus
from samples.corpus import ASSIGNMENT

POINTS = corpus.points(ASSIGNMENT)


def judgement_of(case: Case) -> Judgement:
    """A judgement that is exactly what a case with complete expectations states."""
    exercises = []
    for name in POINTS:
        loss = case.expected.loses.get(name)
        outcome = loss.outcome if loss else Verdict.PASSED
        names = (loss.checks or ()) if loss else ()
        checks = [CheckResult(id=check, outcome=outcome, weight=1) for check in names]
        score = POINTS[name] if loss is None or loss.score is None else loss.score
        exercises.append(
            ExerciseResult(
                id=name, score=score, max_score=POINTS[name], outcome=outcome, checks=checks
            )
        )
    return report.graded(exercises).model_copy(update={"score": case.expected.score})


def changed(judgement: Judgement, name: str, **values: object) -> Judgement:
    """The judgement with other values in one exercise."""
    exercises = [
        each.model_copy(update=values) if each.id == name else each for each in judgement.exercises
    ]
    return judgement.model_copy(update={"exercises": exercises})


def case_of(kind: str, expected: Expectation, file: Path = Path("expected.toml")) -> Case:
    """A case that nobody handed in."""
    return Case(ASSIGNMENT, kind, "x", "", expected, file, bytes)


@pytest.mark.parametrize(
    "text",
    [
        "outcome = 'grader_error'",
        "score = 90.0\n[loses.train]\noutcome = 'passed'",
        "points = 100.0",
        "score = 90.0",
        "score = 100.0\n[loses.tarin]\noutcome = 'failed'",
        "score = 90.0\n[loses.train]\noutcome = 'wrong'",
        "score = 90.0\n[loses.train]\noutcome = 'failed'\npoints = 3",
        "score = 100.0\noutcome = 'lost'",
        "outcome = 'rejected'",
        "score = 100.0\nmessage_contains = 'JSON'",
    ],
)
def test_an_expectation_without_a_meaning_fails(text: str):
    """An unknown key or a contradiction is never ignored."""
    with pytest.raises(ExpectationError):
        expectations.read(text, POINTS)


def test_comparing_finds_what_scored_otherwise():
    """Each part of an expectation is really compared."""
    text = 'score = 64.0\n[loses.train]\noutcome = "failed"\nscore = 4.0\nchecks = ["a", "b"]\n'
    case = case_of("mistakes", expectations.read(text, POINTS))
    right = judgement_of(case)
    assert corpus.compare(case, right) == []
    for change in ({"score": 4.5}, {"outcome": Verdict.ERROR}, {"checks": []}):
        assert len(corpus.compare(case, changed(right, "train", **change))) == 1
    other = changed(right, "build_model", score=9.0, outcome=Verdict.FAILED)
    assert len(corpus.compare(case, other)) == 2
    assert corpus.compare(case, right.model_copy(update={"score": 65.0}))
    assert corpus.compare(case, right.model_copy(update={"exercises": right.exercises[1:]}))
    assert corpus.compare(case, report.rejected("no notebook", 100.0))


def test_regenerating_fills_in_scores_and_keeps_the_claim(tmp_path):
    """Numbers come from the report; which exercises lose was said by a person."""
    file = tmp_path / "expected.toml"
    claim = expectations.read('[loses.train]\noutcome = "failed"\n', POINTS)
    case = case_of("mistakes", claim, file)
    text = 'score = 64.0\n[loses.train]\noutcome = "failed"\nscore = 4.0\nchecks = ["b"]\n'
    complete = expectations.read(text, POINTS)
    judgement = judgement_of(case_of("mistakes", complete))
    assert corpus.regenerate(case, judgement) == []
    assert expectations.read(file.read_text(), POINTS) == complete
    file.unlink()
    other = changed(judgement, "build_model", score=9.0, outcome=Verdict.FAILED)
    assert "build_model" in corpus.regenerate(case, other)[0]
    assert not file.exists()


def test_regenerating_never_raises_an_attacks_score(tmp_path):
    """That an attack gains is a finding, not a new expectation."""
    text = 'score = 85.0\n[loses.train]\noutcome = "failed"\n'
    case = case_of("attacks", expectations.read(text, POINTS), tmp_path / "expected.toml")
    gained = text.replace("85", "90") + 'score = 5.0\nchecks = ["b"]\n'
    judgement = judgement_of(case_of("attacks", expectations.read(gained, POINTS)))
    assert "gains" in corpus.regenerate(case, judgement)[0]
    assert not case.expected_file.exists()


@pytest.mark.parametrize(
    ("stated", "named", "differs"),
    [
        ("two_epochs", "two_epochs", False),
        ("two_epochs", None, False),
        ("two_epochs", "no_softmax", True),
        ("", "two_epochs", True),
        ("", None, False),
    ],
)
def test_only_a_wrong_name_is_a_difference(stated: str, named: str | None, differs: bool):
    """On a busy machine there may be no time to ask; how many ideas are named, the certificate counts."""
    text = f'score = 64.0\n[loses.train]\noutcome = "failed"\nscore = 4.0\nmisconception = "{stated}"\n'
    case = case_of("mistakes", expectations.read(text + 'checks = ["a"]\n', POINTS))
    found = corpus.compare(case, changed(judgement_of(case), "train", misconception=named))
    assert bool(found) == differs
