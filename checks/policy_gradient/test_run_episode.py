"""An episode from reset to its end, as it was really played.

The environment lives with the checker, which records what is sent and received. What the episode holds
afterwards is compared with that record. Mostly the last step is terminated and truncated at once, so
that a wrong idea of the end costs only the checks of the end.
"""

import contextlib
from collections.abc import Mapping
from functools import partial

import numpy as np
import pytest
from policy_gradient import PongEnv  # type: ignore[import-not-found]

from autograder.checker import expect
from autograder.checker.channel import StudentError
from autograder.checker.student import Student
from checks.policy_gradient.environments import LONGEST, HostedEnv, ScriptedEnv, sparse
from checks.policy_gradient.long_game import NOT_STORED, LongGame, UntoldGame, play_long, play_many
from checks.policy_gradient.notebook import StandIn, learn_actions, policy
from checks.policy_gradient.playing import NOT_CHOSEN, PLAYED_ON, Played, play, play_script
from checks.policy_gradient.together import Outcome

OBSERVATION = (80, 80, 2)
GAMES, SHORTER = 16, 300
PONG = PongEnv(max_steps=12)  # made before the checker forks, so that loading the game costs once

OBSERVATIONS = (
    "The stored observations are not those for which the actions were chosen. At step t the episode needs "
    "the observation that select_action saw, before env.step returned the next one."
)
ACTIONS = (
    "The stored actions are not the one-hot vectors of the actions that env.step was given: six numbers, "
    "a 1 at the place of the action and 0 elsewhere."
)
REWARDS = (
    "The stored rewards are not those that env.step returned for the actions beside them. Look at which "
    "reward you append, and when."
)


_learned: set[Student] = set()
_played: dict[Student, Played] = {}
_long_games: dict[Student, LongGame] = {}


@pytest.fixture(autouse=True)
def _actions(student: Student, verdicts: Mapping[str, str]) -> None:
    """Let actions be of the type that the student's own select_action returns: run_episode may rely on it.

    One that is not right is not asked: what it does could be charged to run_episode.
    """
    if student in _learned or verdicts.get("select_action") != "passed":
        return
    _learned.add(student)
    with contextlib.suppress(StudentError):
        learn_actions(student)


@pytest.fixture
def played(student: Student, rng: np.random.Generator) -> Played:
    """A scripted episode: one for several checks, as long as the student's process is the same."""
    if student not in _played:
        _played[student] = play_script(student, rng, _rewards(rng))
    return _played[student]


@pytest.fixture
def long_game(student: Student, rng: np.random.Generator) -> LongGame:
    """A game of almost two thousand steps: one for several checks."""
    return _long_game(student, rng)


def test_buffers(played: Played) -> None:
    """Floating point arrays of the right shapes, one entry for each step."""
    for value, shape in zip(played.content, (OBSERVATION, (6,), ()), strict=True):
        sentence = (
            "episode.get() should give floating point arrays of shapes (T, 80, 80, 2), (T, 6) and (T,) for "
            "an episode of T steps. Append to the Episode that is given, once for each step."
        )
        assert isinstance(value, np.ndarray), sentence
        assert value.ndim > 0, sentence
        expect.float_array(value, (len(value), *shape), sentence)
        assert played.length - 1 <= len(value) <= played.length, sentence


def test_observations(played: Played) -> None:
    """At step t stands the observation before the action, not the one after it."""
    _assert_observations(played)


def test_actions(played: Played) -> None:
    """The one-hot vectors of the actions that were really sent."""
    _assert_actions(played)


def test_rewards(played: Played) -> None:
    """The reward that the action brought, not the one of the step before."""
    _assert_rewards(played)


def test_policy_sees_current_observation(student: Student, rng: np.random.Generator) -> None:
    """Each action is the policy's choice for the newest observation, whoever draws it.

    A long game shows whoever now and then plays another one. Where run_episode asks the model itself, it
    tells whether that draws as select_action has to.
    """
    played = play_script(student, rng, _rewards(rng), sure=True)
    assert played.obeyed, NOT_CHOSEN
    for step in played.steps:
        assert step.action == played.policy.best(step.observation), (
            "The actions were not chosen for the observations that the environment had just returned. "
            "Which observation does your loop pass to select_action in its second round?"
        )
    assert not played.policy.misled, (
        "select_action was asked about something else than the observation that the environment had just "
        "returned. The policy is for the observation as it is."
    )
    game = _game_of_any_length(student, rng)
    assert game is None or game.obeyed(), NOT_CHOSEN
    assert game is None or game.told or game.drawn(), (
        "run_episode chooses actions without select_action, and they do not come as often as the "
        "model's probabilities say. While the agent learns, every action is drawn with its probability."
    )


def test_one_reset(played: Played) -> None:
    """One reset, at the beginning, whose observation is the first of the episode."""
    assert played.resets == 1, (
        "The environment should be reset exactly once, at the beginning of the episode. "
        "Each further reset starts another game."
    )
    actions = played.stored(1, (6,), ACTIONS)
    assert len(actions) >= 3, ACTIONS


def test_first_and_last_step(student: Student, rng: np.random.Generator) -> None:
    """Not a step is missing at either end, least of all the last one, which often brings the point."""
    played = play_script(student, rng, [0.5, *_rewards(rng), 1.0])
    observations, actions, rewards = played.content
    sentence = (
        "The first or the last step of the episode is not stored as it was played. The last step counts "
        "like every other: store it before you leave the loop."
    )
    shape = (played.length,)
    stored = expect.floats(rewards, shape, sentence)
    chosen = expect.floats(actions, (*shape, 6), sentence)
    seen = expect.floats(observations, (*shape, *OBSERVATION), sentence)
    for t in (0, -1):
        step = played.steps[t]
        same = stored[t] == step.reward, np.array_equal(seen[t], step.observation)
        assert chosen[t].argmax() == step.action or any(same), sentence


def test_terminated(student: Student, long_game: LongGame, rng: np.random.Generator) -> None:
    """An episode that is terminated is over, and not before, though it takes almost two thousand steps."""
    _assert_ends(student, rng, "terminated")
    assert long_game.over, (
        "A game that took almost two thousand steps was not played to its end. An episode is over when "
        "the environment says so, however long it takes."
    )


def test_truncated(student: Student, rng: np.random.Generator) -> None:
    """An episode that is truncated is over, too."""
    _assert_ends(student, rng, "truncated")


def test_long_game(long_game: LongGame) -> None:
    """In a game of almost two thousand steps the last one is chosen and stored as the first one is."""
    assert long_game.over, NOT_STORED
    long_game.assert_stored()


def test_many_games(student: Student, rng: np.random.Generator) -> None:
    """The last of many games is played like the first, and each has an episode of its own."""
    sentence = (
        "We had many games played in a row, and they were not all alike. Each call of run_episode plays one "
        "game, from reset to its end, by the policy, and returns an episode of its own."
    )
    first = play_script(student, rng, _rewards(rng))
    assert play_many(student, rng, GAMES), sentence
    last = play_script(student, rng, _rewards(rng)[:-1])
    assert last.episode != first.episode, sentence
    for played in (first, last):
        rewards = expect.numbers(played.episode.get()[2])
        assert rewards is not None, sentence
        assert rewards.shape in ((played.length,), (played.length - 1,)), sentence


def test_model_left_alone(student: Student, rng: np.random.Generator) -> None:
    """Playing changes neither the model's weights nor its optimizer, and it learns afterwards as before."""
    changed = "After run_episode the model is not what it was. Playing is not learning: that is for train."
    model = policy(student, rng.normal(0, 0.1, (12800, 6)).astype(np.float32))
    observations = sparse(rng, 6)
    lesson = observations, np.eye(6, dtype=np.float32), np.ones(6)
    before = model.fit(*lesson)
    steps = model.steps_taken()
    student.ask("assign", "select_action", StandIn(lambda *args, **kwargs: ("action", 0, [])))
    student.run_episode(HostedEnv(ScriptedEnv(rng, _rewards(rng), "terminated")), model)
    left = model.weights()
    assert len(left) == len(before) == 1, changed
    expect.close(left[0], before[0], changed, 0, 0)
    assert model.steps_taken() == steps, changed
    learned = model.fit(*lesson)
    assert len(learned) == 1, changed
    moved = expect.floats(learned[0], left[0].shape, changed) - left[0]
    assert np.abs(moved).max() > 0, (
        "After run_episode the model does not learn any more. Playing should leave it as it is."
    )


def test_game_of_pong(student: Student, rng: np.random.Generator) -> None:
    """A real game, cut off after some steps, whose actions are the policy's."""
    weights = rng.normal(size=(12800, 6)).astype(np.float32)
    played = play(student, PONG, weights, rng)
    _assert_observations(played)
    _assert_actions(played)
    _assert_rewards(played)


def test_put_together(together: Outcome) -> None:
    """Together with the other exercises, games are played to their end and learned from."""
    together.of("run_episode")


def _long_game(student: Student, rng: np.random.Generator) -> LongGame:
    if student not in _long_games:
        _long_games[student] = play_long(student, rng, LONGEST)
    return _long_games[student]


def _game_of_any_length(student: Student, rng: np.random.Generator) -> LongGame | None:
    """Return a long game, where none comes to its end a shorter one; None is for another check to explain."""
    shorter = partial(play_long, length=SHORTER, kind=UntoldGame)
    for play_one in (_long_game, shorter):
        with contextlib.suppress(StudentError, AssertionError):
            return play_one(student, rng)
    return None


def _rewards(rng: np.random.Generator) -> list[float]:
    """Return rewards of 9 steps: the first three bring nothing, the others all something else."""
    return [0.0, 0.0, 0.0, *rng.permutation([-1.0, -0.5, -0.25, 0.25, 0.5, 1.0]).tolist()]


def _assert_observations(played: Played) -> None:
    stored = played.stored(0, OBSERVATION, OBSERVATIONS)
    wanted = np.array([step.observation for step in played.steps[: len(stored)]])
    expect.close(stored, wanted, OBSERVATIONS, 0, 1e-6)


def _assert_actions(played: Played) -> None:
    stored = played.stored(1, (6,), ACTIONS)
    wanted = np.eye(6)[[step.action for step in played.steps[: len(stored)]]]
    expect.close(stored, wanted, ACTIONS, 0, 1e-6)


def _assert_rewards(played: Played) -> None:
    stored = played.stored(2, (), REWARDS)
    wanted = [step.reward for step in played.steps[: len(stored)]]
    expect.close(stored, wanted, REWARDS, 0, 1e-6)


def _assert_ends(student: Student, rng: np.random.Generator, ending: str) -> None:
    """Check that the episode was played to its very end, and that its rewards say so."""
    rewards = _rewards(rng)
    played = play_script(student, rng, rewards, ending)
    assert played.over, (
        f"We had an episode that was {ending} at its last step, but your code stopped before that. "
        "A point won or lost is not the end."
    )
    assert played.length == len(rewards), PLAYED_ON
    assert len(played.stored(2, (), REWARDS)) >= 3, REWARDS
