"""The small game: Pong's form, without chance in it but for where a ball comes."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

from tests.helpers.assignment import load_assignment_module

pytestmark = pytest.mark.slow

catch = load_assignment_module("catch")
STAY, UP, DOWN = 0, 2, 3


def play(env, choose, seed=1):
    """Play an episode; return its observations and its rewards."""
    observation, _ = env.reset(seed=seed)
    observations, rewards, over = [observation], [], False
    while not over:
        observation, reward, over, _, _ = env.step(choose(observation))
        observations.append(observation)
        rewards.append(reward)
    return np.array(observations), np.array(rewards)


def towards_the_ball(observation):
    """Somebody who has understood the game."""
    rows, columns = np.nonzero(observation[:, :, 0])
    ball, paddle = rows[columns < 70].mean(), rows[columns >= 70].mean()
    return STAY if abs(ball - paddle) < catch.MOVE / 2 else UP if ball < paddle else DOWN


def test_it_is_an_environment_as_gymnasium_wants_it():
    """With the spaces of Pong."""
    env = catch.CatchEnv()
    check_env(env, skip_render_check=True)
    assert env.observation_space == gym.spaces.Box(0.0, 1.0, (80, 80, 2), np.float32)
    assert env.action_space.n == 6


def test_every_ball_can_be_caught():
    """Who goes to where the ball is catches all of them, in every game."""
    for seed in range(20):
        assert play(catch.CatchEnv(), towards_the_ball, seed)[1].sum() == catch.BALLS


def test_chance_catches_six_of_twenty():
    """A score of about -8, as the notebook says: the mean of 200 games is as near as a tenth of a ball."""
    rng, env = np.random.default_rng(5), catch.CatchEnv()
    scores = [play(env, lambda _: int(rng.integers(6)), seed)[1].sum() for seed in range(200)]
    assert -9 < np.mean(scores) < -7


def test_an_episode_has_twenty_balls_of_four_steps():
    """Each ends with a reward of 1 or -1, all other steps have none."""
    _, rewards = play(catch.CatchEnv(), lambda _: STAY)
    assert len(rewards) == catch.BALLS * catch.FLIGHT
    assert set(rewards[catch.FLIGHT - 1 :: catch.FLIGHT]) == {1, -1}
    assert np.count_nonzero(rewards) == catch.BALLS


def test_the_second_frame_is_the_one_before():
    """As in Pong; right after the reset both are the first."""
    observations, _ = play(catch.CatchEnv(), lambda _: UP)
    np.testing.assert_array_equal(observations[1:, :, :, 1], observations[:-1, :, :, 0])
    np.testing.assert_array_equal(observations[0, :, :, 1], observations[0, :, :, 0])


@pytest.mark.parametrize(("actions", "moved"), [((2, 4), -8), ((3, 5), 8), ((0, 1), 0)])
def test_two_actions_each_move_the_paddle_up_down_and_not_at_all(actions, moved):
    """As in Pong, too."""
    for action in actions:
        env = catch.CatchEnv()
        before, _ = env.reset(seed=1)
        after = env.step(action)[0]
        rows = [np.nonzero(frames[:, 70, 0])[0][0] for frames in (before, after)]
        assert rows[1] - rows[0] == moved


def test_the_same_seed_gives_the_same_game():
    """And another one another."""
    first, again, other = (play(catch.CatchEnv(), lambda _: UP, seed)[0] for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_what_is_handed_out_is_the_callers():
    """An observation that somebody writes into changes no later one."""
    env = catch.CatchEnv()
    observation, _ = env.reset(seed=1)
    observation[...] = 7
    assert env.step(STAY)[0].max() == 1


def test_before_the_reset_and_after_the_end_no_step_is_played():
    """The sentence says what to call."""
    env = catch.CatchEnv()
    for _ in range(2):
        with pytest.raises(gym.error.ResetNeeded, match="call reset"):
            env.step(STAY)
        play(env, lambda _: STAY)


@pytest.mark.parametrize("action", [6, -1, 1.0, "2", np.zeros(6)])
def test_what_is_no_action_is_refused(action):
    """As Pong refuses it."""
    env = catch.CatchEnv()
    env.reset()
    with pytest.raises(gym.error.InvalidAction):
        env.step(action)
