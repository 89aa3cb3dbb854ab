"""What the notebook tells about REINFORCE and PPO is what was measured, and the files are there to see."""

import nbformat
import pytest

from tests.helpers.assignment import load_assignment_module
from tests.helpers.text import as_told
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


def test_the_text_tells_the_means_of_the_table(text):
    """To one decimal, each in its place."""
    first, last, worst, best = (
        as_told(reinforce.summary(rows)[name])
        for name in (
            "first episodes",
            "last episodes",
            "last episodes of the worst seed",
            "last episodes of the best seed",
        )
    )
    assert (
        f"The first 25 games of a run ended at {first} on the average, the last 25 at {last}; "
        f"the best run reached {best}, the worst {worst}."
    ) in text


def test_the_text_tells_in_how_many_runs_nothing_was_gained(text):
    """It promises no progress where there was none."""
    lower = reinforce.summary(rows)["runs that ended lower"]
    assert f"{lower} of the 5 runs ended lower than they began" in text


def test_the_text_tells_the_best_single_game(text):
    """And of how many."""
    best = as_told(reinforce.summary(rows)["best score"], digits=0)
    assert f"No single game of all {len(rows):,} ended better than {best}." in text


def test_the_text_tells_what_ppo_reaches_in_as_many_steps(text):
    """The row of its learning curve that is nearest to the steps of 250 games, and its last row."""
    curve = progress.read_rows(agent.TRAINED / "learning_curve.csv")
    steps = reinforce.summary(rows)["steps of all episodes of a seed"]
    same = min(curve, key=lambda row: abs(row["steps"] - steps))
    assert (
        f"After {same['steps']:,} steps, about as many as your 250 games have, its score was "
        f"{as_told(same['score'])}; at the end of its 4 million steps it was "
        f"{as_told(curve[-1]['score'])}."
    ) in text


def test_the_text_tells_the_settings_of_the_run(text):
    """As they are kept beside the agent."""
    settings = agent.read_json("settings.json")
    assert settings["steps"] == 4_000_000
    assert f"| {settings['games']} games at the same time |" in text
    assert f"{settings['horizon']} steps of each game, three times" in text
    assert settings["epochs"] == 3
    assert f"{settings['clip']:.0%} more or less probable".replace("%", " %") in text
