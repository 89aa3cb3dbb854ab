"""`ppo.py`: each part of the algorithm is what its source says, and a run can be trusted to go on."""

import math
import subprocess
import sys

import numpy as np
import pytest

from tests.helpers import learning
from tests.helpers.assignment import load_assignment_module

progress = load_assignment_module("progress")


def discounted(values, factor):
    """Return the discounted sum of what follows each value, straight from its definition."""
    return [
        sum(factor**k * value for k, value in enumerate(values[t:])) for t in range(len(values))
    ]


def episodes(steps, games):
    """Return random rewards, values and ends of several games, and the values after them."""
    random = np.random.default_rng(3)
    rewards, values = random.normal(size=(2, steps, games)).astype(np.float32)
    done = (random.random((steps, games)) < 0.2).astype(np.float32)
    return rewards, values, done, random.normal(size=games).astype(np.float32)


def test_the_policy_is_the_network_of_the_exercise(elsewhere):
    """Its layers have the shapes of the summary in the notebook."""
    shapes, parameters = elsewhere(learning.layers_of_policy)
    assert shapes == [(80, 80, 2), (19, 19, 32), (4, 4, 64), (1024,), (128,), (6,)]
    assert parameters == 235_558


def test_advantages_are_the_discounted_errors_of_the_critic(elsewhere):
    """Equation 16 of the paper: a sum over the errors up to the end of the game."""
    gamma, gae_lambda = 0.97, 0.9
    rewards, values, done, last = episodes(steps=40, games=3)
    found = elsewhere(learning.advantages, rewards, values, done, last, gamma, gae_lambda)
    errors = rewards + gamma * (1 - done) * np.vstack((values[1:], last)) - values
    for game in range(3):
        cuts = np.flatnonzero(done[:, game]) + 1
        expected = [
            advantage
            for part in np.split(errors[:, game], cuts)
            for advantage in discounted(part, gamma * gae_lambda)
        ]
        assert found[:, game] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("ratio", "advantage", "moves"),
    [
        (1.0, 1.0, True),
        (1.0, -1.0, True),
        (1.3, 1.0, False),  # likelier already than one update may make it
        (0.7, -1.0, False),
        (1.3, -1.0, True),  # the way back is open
        (0.7, 1.0, True),
    ],
)
def test_the_clipped_objective_gains_nothing_outside_the_interval(
    elsewhere, ratio, advantage, moves
):
    """Its gradient is ratio times advantage, or 0 once the ratio has gone too far."""
    gradient = elsewhere(learning.gradient_of_objective, math.log(ratio), advantage, 0.2)
    assert gradient == pytest.approx(ratio * advantage if moves else 0.0, abs=1e-6)


def test_entropy_is_log_6_for_who_knows_nothing_and_0_for_who_is_sure(elsewhere):
    """It is the mean over the observations, in nats."""
    uniform, sure = [1 / 6] * 6, [0, 0, 1, 0, 0, 0]
    assert elsewhere(learning.entropy, [uniform]) == pytest.approx(math.log(6))
    assert elsewhere(learning.entropy, [sure]) == pytest.approx(0.0, abs=1e-6)
    assert elsewhere(learning.entropy, [uniform, sure]) == pytest.approx(math.log(6) / 2)


def test_many_games_at_once_show_what_pong_env_shows(elsewhere):
    """Pixel for pixel, reward for reward, beyond the end of each game."""
    differences, ended = elsewhere(learning.compare_games, steps=1800)
    assert differences == 0
    assert ended >= 3


def test_what_goes_well_becomes_more_probable(elsewhere, tmp_path):
    """One update with an advantage for a single action raises its probability."""
    before, after = elsewhere(learning.learn_from_praise, tmp_path, praised=4)
    assert after > before + 0.001


def test_a_run_leaves_agent_curve_and_settings(elsewhere, tmp_path):
    """The curve has a row for each report, and the last row has been tried with argmax."""
    rows, _ = elsewhere(learning.train, tmp_path, updates=10)
    assert [row["steps"] for row in rows] == [320, 640]
    assert str(progress.read_rows(tmp_path / "learning_curve.csv")) == str(rows)
    assert -21 <= rows[-1]["argmax_score"] <= 21
    assert {path.name for path in tmp_path.iterdir()} == {
        "checkpoints",
        "learning_curve.csv",
        "learning_curve.png",
        "pong.h5",
        "settings.json",
    }


def test_the_same_seed_gives_the_same_weights(elsewhere, tmp_path):
    """And another seed gives others."""
    runs = [
        elsewhere(learning.train, tmp_path / name, updates=5, seed=seed)[1]
        for name, seed in (("first", 1), ("second", 1), ("third", 2))
    ]
    first, second, third = (np.concatenate([weight.ravel() for weight in run]) for run in runs)
    assert np.array_equal(first, second)
    assert not np.array_equal(first, third)


def test_an_interrupted_run_goes_on_where_it_was(elsewhere, tmp_path):
    """With the weights of its last row, until all steps are done, each row once."""
    _, stopped = elsewhere(learning.train, tmp_path, updates=15, interrupt_after=2)
    rows, restored = elsewhere(learning.begin, tmp_path, updates=15)
    assert len(rows) == 2
    assert all(np.array_equal(*pair) for pair in zip(stopped, restored, strict=True))
    rows, _ = elsewhere(learning.train, tmp_path, updates=15)
    assert [row["steps"] for row in rows] == [320, 640, 960]


def test_a_folder_holds_one_run(elsewhere, tmp_path):
    """Other settings are refused in a sentence that names the file to look at."""
    elsewhere(learning.begin, tmp_path, updates=15)
    sentence = elsewhere(learning.begin, tmp_path, updates=15, seed=2)
    assert "other settings" in sentence
    assert "settings.json" in sentence


@pytest.mark.heavy
def test_too_few_steps_are_refused_in_a_sentence(tmp_path):
    """Less than one update trains nothing: exit status 2."""
    command = [sys.executable, learning.ASSIGNMENT / "ppo" / "ppo.py", "--steps", "100"]
    result = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 2
    assert "--steps must be at least 2048" in result.stderr
    assert not list(tmp_path.iterdir())
