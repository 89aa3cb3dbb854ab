"""What the notebook tells about REINFORCE and PPO is what was measured, and the files are there to see."""

import nbformat
import pytest

from tests.assignment import load_assignment_module
from tools import agent, reinforce

EPISODES = 250

rows = reinforce.read(reinforce.FIGURES / "reinforce.csv")
progress = load_assignment_module("progress")


@pytest.fixture(scope="module")
def text():
    """Return the cell of the notebook that explains why the score barely improves."""
    notebook = nbformat.read(reinforce.ASSIGNMENT / "policy_gradient.ipynb", as_version=4)
    (cell,) = (cell for cell in notebook.cells if "figures/reinforce.csv" in cell.source)
    return cell.source


def as_told(number, digits=1):
    """Return a number as the text writes it, with a true minus sign."""
    return f"{number:,.{digits}f}".replace("-", "\N{MINUS SIGN}")


def test_at_least_five_whole_runs_were_made():
    """Each with a seed of its own, and every episode of it is in the table, once."""
    seeds = {row[0] for row in rows}
    assert len(seeds) >= 5
    assert [row[:2] for row in rows] == [
        (seed, episode) for seed in sorted(seeds) for episode in range(1, EPISODES + 1)
    ]
    assert all(0 < steps <= 2000 and -21 <= score <= 21 for _, _, steps, score in rows)


def test_no_two_runs_are_the_same():
    """Another seed, other games."""
    assert len({tuple(run) for run in reinforce.scores(rows)}) == len(reinforce.scores(rows))


@pytest.mark.parametrize(
    "name",
    [
        "first episodes",
        "last episodes",
        "last episodes of the worst seed",
        "last episodes of the best seed",
    ],
)
def test_the_text_tells_the_means_of_the_table(text, name):
    """To one decimal."""
    assert as_told(reinforce.summary(rows)[name]) in text


def test_the_text_tells_the_best_single_game(text):
    """And of how many."""
    best = as_told(reinforce.summary(rows)["best score"], digits=0)
    assert f"No single game of all {len(rows):,} ended better than {best}." in text


def test_the_text_tells_what_ppo_reaches_in_as_many_steps(text):
    """The row of its learning curve that is nearest to the steps of 250 games, and its last row."""
    curve = progress.read_rows(agent.TRAINED / "learning_curve.csv")
    steps = reinforce.summary(rows)["steps of all episodes of a seed"]
    same = min(curve, key=lambda row: abs(row["steps"] - steps))
    assert f"After {same['steps']:,} steps" in text
    for number in (same["score"], curve[-1]["score"], curve[-1]["argmax_score"]):
        assert as_told(number) in text
