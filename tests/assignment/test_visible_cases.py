"""What `python -m tools.visible` says of a few whole notebooks, run as students run them."""

import subprocess
import sys

import pytest

from tests.helpers.grading import ROOT

CASES = (
    "loop_in_main",
    "greedy_action",
    "two_epochs",
    "endless_recursion",
    "loop_recompile_same",
)


@pytest.fixture(scope="module")
def ran():
    """The command, with these cases only, none of which is remembered from before."""
    return subprocess.run(
        [sys.executable, "-m", "tools.visible", "--anew", "--only", *CASES],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_all_mistakes_are_stopped_and_nothing_right(ran):
    """So its exit status is that of success."""
    assert ran.returncode == 0, ran.stdout + ran.stderr[-2000:]
    assert (
        "3 of 3 mistakes are stopped, 100.0%; 0 exercises of 2 right notebooks are." in ran.stdout
    )


def test_a_right_notebook_passes_all_seven(ran):
    """From top to bottom, with the loop."""
    passed = [line for line in ran.stdout.splitlines() if "/loop_in_main: " in line]
    assert len(passed) == 7
    assert all(line.endswith(": passed") for line in passed)


def test_what_a_check_says_is_shown(ran):
    """With the case and the exercise that it was said of."""
    assert "mistakes/two_epochs: train: NotYet: " in ran.stdout
