"""Right in Jupyter is right here: every right submission is also run from top to bottom in a real kernel.

What is clean there (no cell raises, every visible check passes) is right, and test_cases.py holds that the
same bytes score in full here. What is not clean and right all the same, says why in its expected.toml.
"""

from pathlib import Path

import pytest

from autograder.cases.loading import Case
from autograder.course.folder import Course
from samples import corpus
from tests.helpers import kernels
from tests.helpers.grading import ROOT

RIGHT = corpus.load_cases("correct")


@pytest.mark.exhaustive
@pytest.mark.heavy
@pytest.mark.parametrize("case", RIGHT, ids=lambda case: f"{case.assignment}-{case.name}")
def test_what_is_right_here_is_right_in_a_kernel(case: Case, tmp_path: Path):
    """Or its expected.toml says why it is right although Jupyter objects; it has to object then."""
    run = kernels.run(Course(ROOT, case.assignment), case.notebook(), tmp_path / "student")
    told = [*run.raised, *run.failed_checks]
    assert (told == []) is (case.expected.jupyter is None), told
