"""Claims about seeds: what the checks draw can be repeated, and cannot be foreseen."""

from pathlib import Path

import numpy as np

from autograder.course.folder import Course
from autograder.course.seeds import KEY, Seeds


def test_the_same_seed_and_check_give_the_same_inputs(course: Course):
    """So the same submission gets the same report."""
    first, second = (Seeds(course.checks).for_check(7, "test_train.py::test_x") for _ in range(2))
    assert np.array_equal(first.random(9), second.random(9))
    assert Seeds(course.checks).for_notebook(7) == Seeds(course.checks).for_notebook(7)


def test_every_check_and_every_seed_draws_inputs_of_its_own(course: Course):
    """No check's inputs tell of another's."""
    seeds = Seeds(course.checks)
    drawn = {seeds.for_check(seed, check).random() for seed in (7, 8) for check in ("a", "b")}
    assert len(drawn) == 4


def test_who_lacks_the_hidden_checks_foresees_nothing(course: Course, tmp_path: Path):
    """With the seed of a report and all of the source: another key, other inputs, another seed."""
    (tmp_path / KEY).write_text("00" * 32)
    real, guessed = Seeds(course.checks), Seeds(tmp_path)
    assert real.for_check(7, "a").random() != guessed.for_check(7, "a").random()
    assert real.for_notebook(7) != guessed.for_notebook(7)


def test_a_notebooks_seed_is_one_that_every_library_takes(course: Course):
    """31 bits, never negative."""
    seeds = [Seeds(course.checks).for_notebook(seed) for seed in range(200)]
    assert 0 <= min(seeds) <= max(seeds) < 2**31
