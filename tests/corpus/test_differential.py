"""Right in Jupyter is right here: every right submission is also run from top to bottom in a real kernel.

Where no cell raises there and every visible check passes, the score here is full, or the notebook stands
among the mistakes.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.folder import Course
from samples import corpus
from samples.corpus import Case
from tests.helpers import kernels
from tests.helpers.grading import ROOT, SEED, Warm

RIGHT = corpus.load_cases("correct")


@pytest.mark.exhaustive
@pytest.mark.heavy
@pytest.mark.parametrize("case", RIGHT, ids=lambda case: f"{case.assignment}-{case.name}")
def test_what_is_clean_in_a_kernel_scores_in_full(
    case: Case, warm_on: Callable[..., Warm], tmp_path: Path
):
    """The very same bytes, once in Jupyter and once graded."""
    notebook = case.notebook()
    run = kernels.run(Course(ROOT, case.assignment), notebook, tmp_path / "student")
    graded = warm_on("bubblewrap", case.assignment).grade(notebook, SEED)
    lost = {e.id: e.outcome for e in graded.exercises if e.score < e.max_score}
    told = [*run.raised, *run.failed_checks]  # what is not clean there may lose here or not
    assert told or lost == {}
