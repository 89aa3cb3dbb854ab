"""Play an episode, train on it, and again: one model throughout.

The cell runs once, for a few episodes, with scripted functions in the place of the student's own
(looping.py), which note when they are called and with what. However many rounds it takes, each must be right.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from autograder.checker import expect
from autograder.checker.channel import StudentError
from autograder.checker.student import Student
from autograder.submission.plan import Script
from checks.policy_gradient.looping import Loop, run
from checks.policy_gradient.notebook import Model
from checks.policy_gradient.training import Returns

Scripts = Callable[[str], Script | None]
Verdicts = Mapping[str, str]

CHANGED = (
    "Between the trainings the weights of the model change, so that what was learned is lost. Only train "
    "should change them."
)
LOST = (
    "When the loop is over, the weights of the model are none that it ever had after a training. It should "
    "keep what it has learned."
)
FORGOTTEN = "Between the trainings the loop changes what the optimizer knows of the steps before."
NOT_LEARNED = (
    "train was called, and the model learned nothing from it, though it does when it is left as "
    "compile_model leaves it. Does your loop change what of the model may learn?"
)
NOT_TRAINED = "The model should be trained once for each episode."

_runs: dict[Student, Loop | StudentError] = {}


@pytest.fixture
def loop(
    student: Student,
    reference: Student,
    script: Scripts,
    rng: np.random.Generator,
    verdicts: Verdicts,
) -> Loop:
    """The student's loop after its run: one for all checks, as long as the student's process is the same."""
    if student not in _runs:
        cell = script("training_loop")
        assert cell is not None, "We did not find the training loop in your notebook."
        if verdicts.get("discount_rewards") != "passed":
            student.provide(discount_rewards=Returns(reference))
        try:
            _runs[student] = run(student, cell, rng, verdicts.get("train") == "passed")
        except StudentError as error:
            _runs[student] = error
    done = _runs[student]
    if isinstance(done, StudentError):
        raise done
    return done


def test_trains_on_each_episode(loop: Loop) -> None:
    """Play, train, play, train: each episode is learned from once, before the next is played."""
    played_and_trained = [name for name, _ in loop.calls if name in ("run_episode", "train")]
    rounds = max(loop.enough, loop.rounds)
    assert played_and_trained == ["run_episode", "train"] * rounds, (
        f"With nr_episodes = {loop.asked} the loop should play an episode, train on it, play the next one, "
        "train on that, and so on. Look at how often and in which order yours calls run_episode and train."
    )
    for number, arguments in enumerate(loop.of("train")):
        assert arguments[1] == loop.played(number), (
            "The model should be trained on the episode that was just played, each episode once. "
            "Which episode does your loop pass to train?"
        )
    assert not loop.states.cut_short, (
        "The agent should play whole games, in the notebook's environment. Yours ends them early."
    )
    assert loop.states.same_episodes, (
        "The model should be trained on the episode as it was played: its observations, actions and rewards "
        "were others when train got it."
    )


def test_one_model(loop: Loop) -> None:
    """The same model plays and learns from the first episode to the last, and keeps its optimizer."""
    trained = loop.of("train")
    assert len(trained) >= loop.enough, NOT_TRAINED
    assert len(set(loop.models)) == 1, (
        "One and the same model should play and be trained in all episodes. Is it built once, before "
        "the loop, and passed to run_episode and to train? What was learned is lost with the old model."
    )
    assert not isinstance(loop.model, Model) or loop.model in (loop.given, *loop.models), (
        "After the loop, model should be the one that was trained: it is what is saved and evaluated next."
    )
    states = [state for pair in loop.states.trained for state in pair] + loop.states.played
    assert len({(state.optimizer, state.rate) for state in states}) == 1, (
        "The model should be compiled once, before the loop, and keep its optimizer and its learning rate. "
        "Compiled anew, it has a new optimizer, which knows nothing of the steps before."
    )


def test_nothing_between(loop: Loop) -> None:
    """Between two trainings nobody touches what was learned, and chance goes on."""
    assert len(loop.of("train")) >= loop.enough, NOT_TRAINED
    played, trained = loop.states.played, loop.states.trained
    ended = [after.weights for _, after in trained]
    began = [before.weights for before, _ in trained]
    assert [state.weights for state in played[1 : len(ended) + 1]] == ended[: len(played) - 1], (
        CHANGED
    )
    assert began == [state.weights for state in played[: len(began)]], CHANGED
    moments = [state.moments for state in played]
    left = [after.moments for _, after in trained]
    assert moments[1 : len(left) + 1] == left[: len(moments) - 1], FORGOTTEN
    assert moments[: len(trained)] == [before.moments for before, _ in trained], FORGOTTEN
    learned = [before != after for before, after in zip(began, ended, strict=True)]
    assert all(learned[: loop.trained_itself]), NOT_LEARNED
    last = loop.state
    assert last is None or loop.model not in loop.models or last.weights in ended, LOST
    assert len({state.drawn for state in played}) == len(played), (
        "The generators of random numbers are seeded anew in each round, so that each game draws what the "
        "game before drew. Seed them once, at the beginning, if at all."
    )


def test_gamma(loop: Loop) -> None:
    """Training uses the hyperparameter gamma."""
    trained = loop.of("train")
    assert len(trained) >= loop.enough, NOT_TRAINED
    assert all(arguments[2] == loop.gamma for arguments in trained), (
        "train should be given the gamma that is set among the hyperparameters, whatever its value."
    )


def test_scores(loop: Loop) -> None:
    """The score of every episode is kept, in order."""
    sentence = "After the loop, scores should hold the score of each episode that was played, in their order."
    assert loop.rounds >= loop.enough, sentence
    assert len(loop.of("train")) >= 1, sentence
    if loop.kept is None and loop.stopped:
        return  # it stands in a function that we have stopped
    wanted = [loop.scores[number % len(loop.scores)] for number in range(loop.rounds)]
    expect.close(loop.kept, wanted, sentence)
