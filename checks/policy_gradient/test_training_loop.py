"""Play an episode, train on it, and again: one model throughout.

The cell runs for two episodes with scripted functions in the place of the student's own, which note when
they are called and with what.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import pytest

from autograder.checker import expect
from autograder.checker.channel import WorkerLost
from autograder.checker.hosted import Refusal
from autograder.checker.student import Student
from autograder.submission.plan import Script
from checks.policy_gradient.environments import RecordedEnv, ScriptedEnv
from checks.policy_gradient.notebook import Episode, Model, linear_model, new_episode

MOST_CALLS, MOST_ARGUMENTS = 500, 10
Scripts = Callable[[str], Script | None]


@dataclass(repr=False)
class Loop:
    """The scripted functions and what they saw: their calls in order, each with its arguments.

    Kept are arguments that a verdict may need: handles and numbers, not arrays of any size.
    """

    models: list[Model]
    episodes: list[Episode]
    scores: list[float]
    calls: list[tuple[str, list[Any]]] = field(default_factory=list)

    def build_model(self, *args: Any, **kwargs: Any) -> Model:
        """Return the next model."""
        return self.models[min(self._note("build_model", args, kwargs), len(self.models)) - 1]

    def compile_model(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: the models are compiled."""
        self._note("compile_model", args, kwargs)

    def run_episode(self, *args: Any, **kwargs: Any) -> Episode:
        """Return the next episode."""
        return self.episodes[min(self._note("run_episode", args, kwargs), len(self.episodes)) - 1]

    def train(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing but note it."""
        self._note("train", args, kwargs)

    def of(self, name: str) -> list[list[Any]]:
        """Return the arguments of each call of the function `name`."""
        return [arguments for called, arguments in self.calls if called == name]

    def _note(self, name: str, args: Any, kwargs: dict[str, Any]) -> int:
        if len(self.calls) >= MOST_CALLS:
            raise Refusal("the loop calls its functions far too often for two episodes")
        telling = (a for a in (*args, *kwargs.values()) if isinstance(a, Model | Episode | float))
        self.calls.append((name, list(islice(telling, MOST_ARGUMENTS))))
        return len(self.of(name))


@pytest.fixture
def gamma(rng: np.random.Generator) -> float:
    """The hyperparameter of this run."""
    return float(rng.uniform(0.5, 0.9))


@pytest.fixture
def loop(student: Student, script: Scripts, rng: np.random.Generator, gamma: float) -> Loop:
    """The student's loop after two episodes."""
    loop = _scripted(student, rng)
    student.provide(
        build_model=loop.build_model,
        compile_model=loop.compile_model,
        run_episode=loop.run_episode,
        train=loop.train,
    )
    env = RecordedEnv(ScriptedEnv(rng, [0.0, 1.0], "terminated"))
    for name, value in {
        "nr_episodes": 2,
        "learning_rate": 0.01,
        "gamma": gamma,
        "env": env,
        "model": loop.models[0],  # built in a given cell before the loop
    }.items():
        student.ask("assign", name, value)
    cell = script("training_loop")
    assert cell is not None, "We did not find the training loop in your notebook."
    student.run_script(cell)
    return loop


def test_trains_on_each_episode(loop: Loop) -> None:
    """Play, train, play, train: each episode is learned from once, before the next is played."""
    played_and_trained = [name for name, _ in loop.calls if name in ("run_episode", "train")]
    assert played_and_trained == ["run_episode", "train"] * 2, (
        "With nr_episodes = 2 the loop should play an episode, train on it, play the second episode and "
        "train on that. Look at how often and in which order yours calls run_episode and train."
    )
    for arguments, episode in zip(loop.of("train"), loop.episodes, strict=False):
        assert _among(arguments, episode), (
            "The model should be trained on the episode that was just played, each episode once. "
            "Which episode does your loop pass to train?"
        )


def test_one_model(loop: Loop) -> None:
    """The same model plays and learns from the first episode to the last."""
    using = [*loop.of("run_episode"), *loop.of("train")]
    assert len(loop.of("train")) >= 2, "The model should be trained once for each episode."
    assert all(_among(arguments, loop.models[0]) for arguments in using), (
        "One and the same model should play and be trained in all episodes. Is it built once, before "
        "the loop, and passed to run_episode and to train?"
    )
    # None where the given cell builds it, one where the loop's own cell does, as in earlier releases.
    assert len(loop.of("build_model")) <= 1, (
        "The model should be built once, before the loop. What was learned is lost with the old model."
    )


def test_gamma(loop: Loop, gamma: float) -> None:
    """Training uses the hyperparameter gamma."""
    assert len(loop.of("train")) >= 2, "The model should be trained once for each episode."
    assert all(_among(arguments, gamma) for arguments in loop.of("train")), (
        "train should be given the gamma that is set among the hyperparameters, whatever its value."
    )


def test_scores(loop: Loop, student: Student) -> None:
    """The score of every episode is kept, in order."""
    sentence = "After the loop, scores should hold the score of each episode that was played, in their order."
    assert len(loop.of("run_episode")) == 2, sentence
    assert len(loop.of("train")) >= 1, sentence
    scores = expect.items(student.ask("read", "scores"), 2, sentence)
    expect.close(scores, loop.scores, sentence)


def _scripted(student: Student, rng: np.random.Generator) -> Loop:
    """Return two models, so that a second one would be noticed, and two episodes of different scores."""
    weights, bias = np.zeros((12800, 6), np.float32), np.zeros(6, np.float32)
    models = [linear_model(student, weights, bias) for _ in range(2)]
    scores = [float(score) for score in rng.permutation(np.arange(-20, 21))[:2]]
    episodes = [
        new_episode(
            student,
            (rng.random((2, 80, 80, 2)) < 0.05).astype(np.float32),
            np.eye(6, dtype=np.float32)[rng.integers(6, size=2)],
            np.array([0.0, score], np.float32),
        )
        for score in scores
    ]
    if models[0] == models[1] or episodes[0] == episodes[1]:
        raise WorkerLost("it gave two things one name")  # no verdict could tell them apart
    return Loop(models, episodes, scores)


def _among(arguments: list[Any], thing: Model | Episode | float) -> bool:
    """Tell whether `thing` is one of the arguments, which may be anything."""
    return any(argument == thing for argument in arguments if type(argument) is type(thing))
