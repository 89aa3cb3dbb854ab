"""A student's functions put together: they play and train on the real network, beside the reference.

The checker drives: it has an episode played, has the model trained on it, and has the reference's
network take the same step from what the environment really sent and received. With one batch an update
is one step of Adam, whatever the order of the samples, so the weights must agree after each. Where an
exercise is not right by itself, ours stands in for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checker import expect
from autograder.checker.channel import StudentError, StudentFault
from autograder.checker.student import Student, made
from checks.policy_gradient.environments import NR_ACTIONS
from checks.policy_gradient.long_game import ToldGame
from checks.policy_gradient.network import (
    LAYERS,
    NO_MODEL,
    as_theirs,
    glorot,
    in_our_order,
)
from checks.policy_gradient.notebook import (
    Floats,
    Model,
    StandIn,
    a_model,
    an_episode,
    new_episode,
    new_model,
)
from checks.policy_gradient.playing import NO_EPISODE
from checks.policy_gradient.training import Returns
from checks.policy_gradient.updates import Apart

PARTS = (
    "build_model",
    "compile_model",
    "select_action",
    "run_episode",
    "discount_rewards",
    "train",
)
UPDATES, SHORT = (
    8,
    6,
)  # episodes to learn from, and their steps: mostly one batch, whatever its size
LONG = 34  # steps of the last one: more than a batch
PIXELS = 640  # of 12800 that are 1
# An innocent's actions are that much less likely than uniform ones with a probability of 1e-10 (Ville's
# inequality for the likelihood ratio).
UNLIKELY = 1e10

OTHER_SAMPLES = (
    "Put together, your functions do not learn once from each step of the game that was just played: in "
    "update {} the network was trained on another number of steps."
)
FROZEN = (
    "Together, your functions do not learn: after {} updates the network still predicts what it predicted "
    "before the first."
)
OTHER_UPDATE = (
    "Put together and on the real network, your functions do not take the path that ours take: after update "
    "{} the weights of the network are others, although we started alike and learned from the same episode."
)
OTHER_ACTIONS = (
    "Put together, your functions play actions that the network as it is then all but excludes. Do they ask "
    "the model that plays, each time anew, for the observation that they have just got?"
)
NOT_TO_THE_END = (
    "Put together, your functions did not play game {} from one reset to its end, as they do with a model of "
    "one layer."
)
OTHER_NETWORK = (
    "After the training the model has other weights than before, not just other numbers in them."
)
OTHER_PREDICTION = (
    "When all had been played and learned, your network predicted something else than ours with the same "
    "weights. Does it compute the same at the hundredth call as at the first?"
)


class Fault(Exception):
    """What was seen of a whole that does not work, in a sentence.

    `part` was at work, if one alone was; where that is `sure` to be its doing, nothing need be exchanged.
    """

    def __init__(self, sentence: str, part: str = "", sure: bool = False) -> None:
        super().__init__(sentence)
        self.part, self.sure = part, sure


@dataclass(repr=False)
class Lesson:
    """What was played: observations (T, 80, 80, 2), one-hot actions (T, 6), rewards (T,)."""

    observations: Floats
    actions: Floats
    rewards: Floats


class Whole:
    """One run. Parts in `own` are the student's, ours stand in for the others.

    The network is the real one where the student's build_model is right: ours would tell it to all others.
    """

    def __init__(
        self,
        student: Student,
        reference: Student,
        rng: np.random.Generator,
        own: frozenset[str],
        right: frozenset[str],
    ) -> None:
        self._student, self._reference, self._rng, self._own = student, reference, rng, own
        self._right, self._real = right, "build_model" in right
        self._rate = float(rng.uniform(1e-4, 4e-4))
        self._gamma = float(rng.uniform(0.8, 0.99))
        self._games = 0
        self._episode: Any = None
        self._part = ""  # of the student's that was called last

    def run(self) -> None:
        """Play and learn. Raises Fault with what was seen, StudentFault with what stopped it."""
        try:
            self._run()
        except (
            AssertionError
        ) as failed:  # what came back is no model, no episode, has other weights
            raise Fault(str(failed), self._part) from None
        except StudentFault as lost:
            lost.part = self._part  # type: ignore[attr-defined]
            raise

    def _run(self) -> None:
        self._student.tidy_up()
        self._stand_in()
        self._build()
        for number in range(1, UPDATES + 2):
            self._learn(self._play(SHORT if number <= UPDATES else LONG), number)
        for _ in range(2):
            self._set(self._sharp())
            lesson = self._play(SHORT)
            if {"select_action", "run_episode"} <= self._own and self._evidence(lesson) > np.log(
                UNLIKELY
            ):
                raise Fault(OTHER_ACTIONS)
        self._assert_same_network()

    def _stand_in(self) -> None:
        if "discount_rewards" not in self._own:
            self._student.provide(discount_rewards=Returns(self._reference))
        if "select_action" not in self._own:
            any_action = StandIn(
                lambda *args, **kwargs: ("action", int(self._rng.integers(NR_ACTIONS)), [])
            )
            self._student.ask("assign", "select_action", any_action)

    def _build(self) -> None:
        """Make the two models, compiled and with equal weights."""
        if self._real:
            self._ours = self._reference.once("build_model")
            self._model = self._network()
            start = [glorot(self._rng, shape) for _, *shapes in LAYERS for shape in shapes]
        else:
            start = [self._rng.normal(0, 0.02, (12800, NR_ACTIONS)).astype(np.float32)]
            self._model = new_model(self._student, start[0])
            self._ours = new_model(self._reference, start[0])
        self._set(start)
        if "compile_model" in self._own:
            self._called("compile_model", self._model, self._rate)
        else:
            self._model.ask("compile_adam", self._rate)
        self._ours.ask("restart")
        self._model.ask("quicken")

    def _network(self) -> Model:
        if "build_model" not in self._own:
            return made(Model, self._student.ask("network", self._ours.ask("do", "to_json")))
        self._part = "build_model"
        first = self._own == self._right  # before parts were exchanged
        built = self._student.once("build_model") if first else self._called("build_model")
        model = a_model(built, NO_MODEL)
        in_our_order(model.weights())
        return model

    def _set(self, weights: list[Floats]) -> None:
        """Give both models these weights."""
        self._weights = self._mirror = [np.asarray(each, np.float32) for each in weights]
        theirs = self._weights
        if self._real:
            theirs = as_theirs(self._model.weights(), self._weights)
        self._model.set_weights(theirs)
        self._ours.set_weights(self._weights)

    def _sharp(self) -> list[Floats]:
        """Return weights with which the network is all but sure, of different actions."""
        place = -2 if self._real else 0
        weights = list(self._weights)
        spread = 30 if self._real else 0.3
        weights[place] = self._rng.normal(0, spread, weights[place].shape).astype(np.float32)
        return weights

    def _play(self, steps: int) -> Lesson:
        """Have a game played; check that it was played to its end."""
        self._games += 1
        rewards = self._rng.normal(size=steps)
        pixels = self._rng.random((steps, 12800)).argpartition(PIXELS, axis=1)[:, :PIXELS]
        flat = np.zeros((steps, 12800), np.float32)
        np.put_along_axis(flat, pixels, 1, axis=1)
        seen = flat.reshape(-1, 80, 80, 2)
        if "run_episode" in self._own:
            game = ToldGame(seen, rewards)
            returned = self._called("run_episode", game, self._model)
            self._episode = an_episode(returned, NO_EPISODE)
            if not game.over or game.resets != 1:
                raise Fault(NOT_TO_THE_END.format(self._games), "run_episode")
            return Lesson(seen, np.eye(NR_ACTIONS)[game.actions], rewards)
        actions = np.eye(NR_ACTIONS, dtype=np.float32)[self._rng.integers(NR_ACTIONS, size=steps)]
        self._episode = new_episode(self._student, pixels, actions, rewards.astype(np.float32))
        return Lesson(seen, actions, rewards)

    def _evidence(self, lesson: Lesson) -> float:
        """Return the logarithm of how much likelier the actions were if all had been equally likely."""
        chosen = (self._predicted(lesson) * lesson.actions).sum(axis=1)
        return float(-np.log(NR_ACTIONS * np.maximum(chosen, 1e-30)).sum())

    def _learn(self, lesson: Lesson, number: int) -> None:
        """Have both learn from the episode; check that both learned the same."""
        returns = np.asarray(self._reference.discount_rewards(lesson.rewards, self._gamma))
        weights = (returns - returns.mean()) / returns.std()
        ours = self._mirror
        arrays = lesson.observations, lesson.actions.astype(np.float32), weights
        self._mirror = self._ours.ask("follow", *arrays, self._rate)
        if "train" not in self._own:
            self._set(self._mirror)
            return
        before, seen = self._weights, self._model.samples()
        self._called("train", self._model, self._episode, self._gamma)
        if self._model.samples() not in (seen, seen + len(weights)):
            raise Fault(OTHER_SAMPLES.format(number), "train", sure=True)
        self._weights = self._looked_at()
        apart = Apart(self._weights, before, self._mirror, ours)
        one_batch = len(weights) <= SHORT and self._model.steps_taken() == number
        if not apart.same if one_batch else not apart.alike:
            frozen = all(map(np.array_equal, self._weights, before))
            raise Fault((FROZEN if frozen else OTHER_UPDATE).format(number))
        if not one_batch:
            self._mirror = self._weights
            self._ours.set_weights(self._mirror)

    def _predicted(self, lesson: Lesson) -> Floats:
        predicted = self._ours.predict(lesson.observations.astype(np.float32))
        return np.asarray(predicted, float)

    def _looked_at(self) -> list[Floats]:
        """Return the weights of the student's model, in our order."""
        weights = self._model.weights()
        if self._real:
            return in_our_order(weights)
        assert [each.shape for each in weights] == [(12800, NR_ACTIONS)], OTHER_NETWORK
        return [expect.floats(weights[0], weights[0].shape, OTHER_NETWORK)]

    def _assert_same_network(self) -> None:
        observations = (self._rng.random((1, 80, 80, 2)) < 0.05).astype(np.float32)
        self._part = "build_model"
        expect.close(
            self._model.predict(observations),
            self._ours.predict(observations),
            OTHER_PREDICTION,
            1e-2,
            1e-3,
        )

    def _called(self, part: str, *args: Any) -> Any:
        """Call a function of the student's; raise Fault where it raises."""
        self._part = part
        try:
            return getattr(self._student, part)(*args)
        except StudentError as error:
            raise Fault("", part) from error
