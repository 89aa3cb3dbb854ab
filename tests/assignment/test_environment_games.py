"""Games of `PongEnv`: the emulator's own, the same for the same actions, each for itself."""

import gymnasium
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.pong import Follower, PongEnv, module, play, random_actions, same

SEEDS = st.none() | st.integers(0, 2**63 - 1)


@pytest.fixture(scope="module")
def envs():
    """Return three environments: the emulator takes an eighth of a second to read its ROM."""
    return [PongEnv(render_mode="rgb_array") for _ in range(3)]


def actions(size):
    """Return a strategy for lists of at most so many actions."""
    return st.lists(st.integers(0, 5), min_size=1, max_size=size)


def follow_the_ball():
    """Return the actions of a game in which the paddle follows the ball, up to 1000 steps."""
    env, choose = PongEnv(max_steps=1000), Follower()
    observation, _ = env.reset()
    chosen, over = [], False
    while not over:
        chosen.append(choose(observation))
        observation, _, terminated, truncated, _ = env.step(chosen[-1])
        over = terminated or truncated
    return chosen


@pytest.mark.parametrize(
    "choose", [lambda: random_actions(2000), lambda: [3] * 2000, follow_the_ball]
)
def test_a_step_is_four_frames_of_the_original_game(choose):
    """Rewards, frames and the end are those of PongNoFrameskip-v4, four frames at a time."""
    chosen = choose()
    original = gymnasium.make("PongNoFrameskip-v4", obs_type="grayscale")
    screen, _ = original.reset(seed=1)
    steps = play(PongEnv(), chosen)
    assert np.array_equal(steps[0][0][:, :, 0], module.shrink(screen))
    for action, (observation, reward, terminated, _) in zip(chosen, steps[1:], strict=False):
        frames = [original.step(action) for _ in range(4)]
        assert reward == sum(frame[1] for frame in frames)
        assert terminated == frames[-1][2]
        assert np.array_equal(observation[:, :, 0], module.shrink(frames[-1][0]))
    assert steps[-1][2] or len(steps) == len(chosen) + 1


def test_whoever_wins_21_points_first_ends_the_game():
    """The game is over in the step that brings one side's 21st point, and in no step before it."""
    *before, last = play(PongEnv(max_steps=None), random_actions(2000))
    points = [reward for _, reward, *_ in before if reward]
    assert not any(terminated for _, _, terminated, _ in before)
    assert last[2]
    assert points.count(last[1]) == 20
    assert points.count(-last[1]) < 21
    assert set(points) == {-1.0, 1.0}


@settings(max_examples=20)
@given(chosen=actions(60), seeds=st.tuples(SEEDS, SEEDS))
def test_the_same_actions_give_the_same_game_whatever_the_seed(envs, chosen, seeds):
    """Two environments play the same game, and so does one after a reset."""
    games = [
        play(envs[0], chosen, seeds[0]),
        play(envs[0], chosen, seeds[1]),
        play(envs[1], chosen),
    ]
    assert same(games[0], games[1])
    assert same(games[0], games[2])


def test_a_whole_game_is_the_same_again(envs):
    """In a new environment, and in one that has played another game to its end."""
    play(envs[0], random_actions(2000, seed=5))
    assert same(play(envs[0], random_actions(2000)), play(PongEnv(), random_actions(2000)))


@settings(max_examples=20)
@given(moves=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5)), max_size=90))
def test_environments_do_not_disturb_each_other(envs, moves):
    """Games that are played in turns, in any order, are those that each plays alone."""
    games = [[(env.reset()[0], 0.0, False, False)] for env in envs]
    for number, action in moves:
        games[number].append(envs[number].step(action)[:4])
        envs[number].render()
    for number, game in enumerate(games):
        alone = play(envs[0], [action for mover, action in moves if mover == number])
        assert same(game, alone)


@settings(max_examples=20)
@given(chosen=actions(40))
def test_an_observation_belongs_to_whoever_got_it(envs, chosen):
    """It stays what it was while the game goes on, and writing into it changes nothing in the game."""
    env = envs[0]
    expected = play(env, chosen)
    observation, _ = env.reset()
    for action, (following, *_) in zip(chosen, expected[1:], strict=True):
        kept = observation.copy()
        latest = env.step(action)[0]
        assert np.array_equal(observation, kept)
        observation[...] = 7.0
        assert np.array_equal(latest, following)
        observation = latest
