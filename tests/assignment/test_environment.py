"""`PongEnv` as Gymnasium knows it: its interface, its limits, and sentences for wrong use."""

import subprocess
import sys
import warnings

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.assignment import ASSIGNMENT
from tests.helpers.pong import FIELD, Follower, PongEnv, play, random_actions, same, things

ACTIONS = st.lists(st.integers(0, 5), min_size=1, max_size=25)


def play_well(env):
    """Return (steps, terminated, truncated) of an episode, stopped after 2100 steps."""
    observation, _ = env.reset()
    choose = Follower()
    steps, terminated, truncated = 0, False, False
    while not (terminated or truncated or steps == 2100):
        observation, _, terminated, truncated, _ = env.step(choose(observation))
        steps += 1
    return steps, terminated, truncated


def test_gymnasium_accepts_the_environment():
    """Gymnasium's own checker finds no error and nothing to warn of."""
    gymnasium.register("checked-pong", PongEnv)  # it can only make another one of what has a name
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(gymnasium.make("checked-pong", render_mode="rgb_array").unwrapped)


def test_spaces_are_those_of_the_assignment():
    """Observations are 80 x 80 x 2 numbers from 0 to 1, actions the numbers 0 to 5."""
    env = PongEnv()
    assert env.observation_space == gymnasium.spaces.Box(0, 1, (80, 80, 2), np.float32)
    assert env.action_space == gymnasium.spaces.Discrete(6)


def test_an_episode_is_truncated_after_2000_steps():
    """A game that takes longer than 2000 steps is cut off there."""
    assert play_well(PongEnv()) == (2000, False, True)


def test_without_a_limit_a_game_goes_on():
    """With max_steps=None the same game is still running after 2100 steps."""
    assert play_well(PongEnv(max_steps=None)) == (2100, False, False)


def test_a_game_that_ends_with_the_limit_is_terminated_not_truncated():
    """Where the last point falls in the last step allowed, the game is over by its own rules."""
    length = len(play(PongEnv(), [2] * 2000)) - 1
    last = play(PongEnv(max_steps=length), [2] * 2000)[-1]
    assert last[2:] == (True, False)


def test_a_limit_one_step_shorter_truncates():
    """One step less, and the same game is truncated."""
    length = len(play(PongEnv(), [2] * 2000)) - 1
    last = play(PongEnv(max_steps=length - 1), [2] * 2000)[-1]
    assert last[2:] == (False, True)


@settings(max_examples=10)
@given(max_steps=st.integers(1, 25), actions=ACTIONS)
def test_an_episode_is_truncated_in_the_last_step_allowed_and_not_before(max_steps, actions):
    """Whatever is played, and again after a reset."""
    env = PongEnv(max_steps=max_steps)
    for _ in range(2):
        steps = play(env, actions)[1:]
        assert len(steps) == min(max_steps, len(actions))
        assert [step[3] for step in steps] == [n == max_steps for n in range(1, len(steps) + 1)]


def test_a_step_needs_a_running_episode():
    """Before the first reset and after the end, step asks for reset."""
    env = PongEnv(max_steps=1)
    with pytest.raises(gymnasium.error.ResetNeeded, match="reset"):
        env.step(0)
    env.reset()
    env.step(0)
    with pytest.raises(gymnasium.error.ResetNeeded, match="reset"):
        env.step(0)


@pytest.mark.parametrize("action", [6, -1, 1.0, [0, 0, 1, 0, 0, 0], np.eye(6)[2], None])
def test_a_step_refuses_what_is_no_action(action):
    """A one-hot vector or a number outside 0 to 5 is refused with a sentence."""
    env = PongEnv()
    env.reset()
    with pytest.raises(gymnasium.error.InvalidAction, match="from 0 to 5"):
        env.step(action)


@pytest.mark.parametrize("kind", [np.int64, np.int32, np.uint8, np.intp])
def test_a_step_takes_numbers_of_numpy(kind):
    """`np.argmax` and `np.random.choice` return such numbers."""
    numbers = [kind(action) for action in random_actions(30)]
    assert same(play(PongEnv(), numbers), play(PongEnv(), random_actions(30)))


@pytest.mark.parametrize("arguments", [{"max_steps": 0}, {"render_mode": "human"}])
def test_impossible_settings_are_refused(arguments):
    """An episode without a step and a window that does not exist cannot be asked for."""
    with pytest.raises(ValueError, match=next(iter(arguments))):
        PongEnv(**arguments)


def test_render_gives_the_screen_in_colour():
    """The picture for watching is the emulator's screen, and nothing without a render mode."""
    env = PongEnv(render_mode="rgb_array")
    env.reset()
    env.step(0)
    assert env.render().shape == (210, 160, 3)
    assert env.render().dtype == np.uint8
    assert (things(env.render()) == FIELD).mean() > 0.9
    silent = PongEnv()
    silent.reset()
    assert silent.render() is None


def test_nothing_is_written_to_the_terminal_and_no_tensorflow_imported():
    """The emulator's banner would cost points in a notebook, and TensorFlow seconds."""
    program = (
        "import sys, policy_gradient, utils; policy_gradient.PongEnv().reset();"
        "sys.exit('tensorflow' in sys.modules or 'keras' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ASSIGNMENT, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
