"""The extra without points: what its cell does, and that its text tells what was measured."""

import re

import nbformat
import pytest

from tests.helpers import extra as helper
from tests.helpers.text import as_told
from tools import extra, reinforce

rows = extra.read(reinforce.FIGURES / "extra.csv")


@pytest.fixture(scope="module")
def text():
    """Return the cell of the notebook that tells what we saw."""
    notebook = nbformat.read(reinforce.ASSIGNMENT / "policy_gradient.ipynb", as_version=4)
    (cell,) = (cell for cell in notebook.cells if cell.id == "extra-seen")
    return cell.source


def test_five_whole_runs_were_made():
    """Each with a seed of its own, and every episode of it is in the table, once."""
    assert [row[:2] for row in rows] == [
        (seed, episode) for seed in range(1, 6) for episode in range(1, extra.EPISODES + 1)
    ]


def test_the_text_has_the_numbers_of_each_run(text):
    """Scores and entropies of the first and the last games, as they are in figures/extra.csv."""
    told = re.findall(r"^\| (\d) \| (.+) \| (.+) \| (.+) \| (.+) \|$", text, re.MULTILINE)
    assert told == [
        (str(seed), as_told(first), as_told(last), as_told(early, 2), as_told(late, 2))
        for seed, (first, last, early, late) in extra.summary(rows).items()
    ]


def test_the_text_tells_of_the_run_that_won_a_game(text):
    """And no other one did."""
    assert {row[0]: row[3] for row in rows if row[3] > 0}.keys() == {3}
    best = max(row[3] for row in rows)
    assert f"even won a game by {best:.0f} points" in text


def test_the_text_tells_how_far_the_run_had_come_that_collapsed(text):
    """It ended where it began, and had been better in between."""
    first, last, *_ = extra.summary(rows)[1]
    best = extra.smoothed(extra.by_seed(rows)[1]).max()
    assert last < first < best
    assert f"{extra.SMOOTH} games in a row had a mean of {as_told(best)}" in text


@pytest.mark.heavy
def test_it_plays_and_trains_and_plots(elsewhere):
    """A line for each episode where nobody watches, and both curves."""
    found = elsewhere(helper.played, 2)
    assert found["lines"] == 2
    assert found["plotted"] == [2, 2]
    assert found["trained"] == 2


@pytest.mark.heavy
def test_stopped_it_plots_what_there_is(elsewhere):
    """Nothing that was seen is lost, and no traceback frightens."""
    found = elsewhere(helper.played, 3, stops_at=2)
    assert "Stopped after 1 episodes." in found["said"]
    assert found["plotted"] == [1, 1]


@pytest.mark.heavy
def test_without_their_function_nothing_is_played(elsewhere):
    """A notebook can be run from top to bottom by who leaves the extra out."""
    assert elsewhere(helper.without).startswith("Nothing to play yet")


@pytest.mark.heavy
def test_the_entropy_is_log_6_where_all_actions_are_alike_and_0_where_one_is_certain(elsewhere):
    """As the text says."""
    alike, certain = elsewhere(helper.entropies)
    assert alike == pytest.approx(1.7918, abs=1e-3)
    assert certain == pytest.approx(0, abs=1e-6)
