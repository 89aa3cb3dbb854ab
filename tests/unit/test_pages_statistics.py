"""Claims about the numbers of the class page, each reckoned by hand."""

from __future__ import annotations

import pytest

from autograder import report
from autograder.pages import statistics
from autograder.report import Report, Verdict
from tests.helpers.fake_engine import whole
from tests.helpers.paged_class import check

RIGHT, WRONG = Verdict.PASSED, Verdict.FAILED


def of_outcomes(name: str, *outcomes: Verdict) -> Report:
    """A report with one exercise of 10 points and a check for each outcome."""
    checks = [check(f"c{number}", outcome) for number, outcome in enumerate(outcomes)]
    return whole(report.graded([report.exercise_result("e", 10.0, checks)]), name)


def test_scores_fall_into_tenths_of_the_points():
    """A score at an edge belongs to the tenth above it, full points to the last."""
    spread = statistics.distribution([0, 9.99, 10, 55, 100, 100], 100)
    assert spread is not None
    assert spread.students == (2, 1, 0, 0, 0, 1, 0, 0, 0, 2)
    assert (spread.median, spread.mean) == (32.5, pytest.approx(45.83, abs=0.01))
    assert spread.quartiles == (9.9925, 88.75)


def test_nobodys_scores_have_no_distribution():
    """And one student's are all the same number."""
    assert statistics.distribution([], 100) is None
    alone = statistics.distribution([70], 100)
    assert alone is not None
    assert (alone.median, alone.quartiles, alone.deviation) == (70, (70, 70), 0)


def test_a_check_that_only_the_best_pass_separates_fully():
    """Of ten students the best and the worst 2.7 are compared."""
    passed = [1.0] * 5 + [0.0] * 5
    assert statistics.discrimination_index(passed, list(range(10, 0, -1))) == pytest.approx(1)
    assert statistics.discrimination_index(passed, list(range(10))) == pytest.approx(-1)


def test_no_order_of_equals_decides_how_well_a_check_separates():
    """Where all scores are equal, best and worst pass alike."""
    passed = [1.0, 0.0] * 10
    assert statistics.discrimination_index(passed, [5.0] * 20) == pytest.approx(0)


def test_the_correlation_is_the_point_biserial_one():
    """(M1 - M0) / s * sqrt(p q), with the deviation of all (Crocker and Algina, 1986)."""
    passed = [1.0] * 4 + [0.0] * 6
    scores = [9.0, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    by_hand = (7.5 - 2.5) / 2.8722813 * (0.4 * 0.6) ** 0.5
    assert statistics.point_biserial(passed, scores) == pytest.approx(by_hand)


def test_few_students_and_equal_ones_tell_nothing_of_a_check():
    """Below ten, or where everybody passed, there is no number rather than a wrong one."""
    assert statistics.discrimination_index([1.0] * 9, list(range(9))) is None
    assert statistics.point_biserial([1.0] * 9, list(range(9))) is None
    assert statistics.point_biserial([1.0] * 12, list(range(12))) is None


def test_checks_are_counted_where_submissions_were_graded_the_hardest_first():
    """A rejected notebook says nothing of a check; a check's own points are not in the score beside it."""
    reports = [of_outcomes(f"s{n}", RIGHT, WRONG if n else RIGHT) for n in range(10)]
    reports.append(whole(report.rejected("no", 10.0), "lena"))
    hard, easy = statistics.checks(reports)
    assert (hard.id, hard.ended.passed, hard.ended.count) == ("c1", 1, 10)
    assert (easy.id, easy.ended.share, easy.points) == ("c0", 1.0, 5.0)
    assert hard.correlation is None  # without its own points all have the same score
    (exercise,) = statistics.exercises(reports)
    assert (exercise.mean, exercise.ended.passed) == (5.5, 1)
