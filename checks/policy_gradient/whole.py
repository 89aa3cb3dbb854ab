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
import numpy.typing as npt

from autograder.checker import expect
from autograder.checker.channel import StudentError, StudentFault
from autograder.checker.student import Student
from checks.policy_gradient.draws import Chosen
from checks.policy_gradient.environments import NR_ACTIONS, of_pixels
from checks.policy_gradient.long_game import ToldGame
from checks.policy_gradient.notebook import Floats, StandIn, an_episode, new_episode
from checks.policy_gradient.pair import Pair
from checks.policy_gradient.playing import NO_EPISODE
from checks.policy_gradient.training import Returns

PARTS = (
    "build_model",
    "compile_model",
    "select_action",
    "run_episode",
    "discount_rewards",
    "train",
)
UPDATES = 8  # episodes to learn from with Adam
SHORT = 4  # their steps: mostly one batch, whatever its size
# Steps of longer ones, tried one after the other: more than a batch. Whoever takes a mean over each batch
# takes the mean over the episode, too, where batches are equally large, as they are, for each usual size, in
# one of these.
LONG = (36, 64, 60, 100, 80, 96)
TURNS = 18  # their observations, which come in turns
# Standard deviations of the logits, at first and in long episodes: a policy that is surer shows who plays
# unlikely actions too often; one that is less so, who plays the likeliest, and each step teaches something.
SURER, UNSURE = 3.0, 0.6
PIXELS = 640  # of 12800 that are 1 in an observation

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
OTHER_STEPS = (
    "Put together and on the real network, your functions do not learn from a longer game what ours learn "
    "from it, although we started alike. Does each step count as its return says, in every batch?"
)
OTHER_ACTIONS = (
    "Put together, your functions do not draw their actions from what the network as it is then predicts. Do "
    "they ask the model that plays, each time anew, for the observation that they have just got?"
)
NOT_TO_THE_END = (
    "Put together, your functions did not play game {} from one reset to its end, as they do with a model of "
    "one layer."
)


class Fault(Exception):
    """What was seen of a whole that does not work, in a sentence.

    `part` was at work, if one alone was; where that is `sure` to be its doing, nothing need be exchanged.
    """

    def __init__(self, sentence: str, part: str = "", sure: bool = False) -> None:
        super().__init__(sentence)
        self.part, self.sure = part, sure


Order = npt.NDArray[np.int64]


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
        self._first = own == right  # before parts were exchanged
        self._pair = Pair(student, reference, rng, real="build_model" in right)
        self._rate = float(rng.uniform(1e-4, 4e-4))
        self._gamma = float(rng.uniform(0.8, 0.99))
        self._games = self._samples = 0
        self._episode: Any = None
        self._chosen = Chosen()
        self._told: list[int] = []  # actions, by our select_action in the last game
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
        for number in range(1, UPDATES + 1):
            self._learn(self._play(SHORT), number)
        self._learn_slowly()
        self._pair.sharpen()
        self._part = "build_model"
        self._pair.assert_same()
        self._play(SHORT)

    def _stand_in(self) -> None:
        if "discount_rewards" not in self._own:
            self._student.provide(discount_rewards=Returns(self._reference))
        if "select_action" not in self._own:
            self._student.ask("assign", "select_action", StandIn(self._any_action))

    def _any_action(self, *args: Any, **kwargs: Any) -> tuple[str, int, list[int]]:
        self._told.append(int(self._rng.integers(NR_ACTIONS)))
        return "action", self._told[-1], []

    def _build(self) -> None:
        """Have the two models built and compiled, with equal weights."""
        built = None
        if self._pair.real and "build_model" in self._own:
            self._part = "build_model"
            once = self._first
            built = self._student.once("build_model") if once else self._called("build_model")
        self._pair.begin(built)
        if "compile_model" in self._own:
            self._called("compile_model", self._pair.theirs, self._rate)
        else:
            self._pair.theirs.compile("Adam", self._rate)
        self._pair.theirs.ask("quicken")
        self._samples = self._pair.theirs.samples()
        self._pair.unsure(of_pixels(self._pixels(TURNS)), SURER)

    def _pixels(self, count: int) -> npt.NDArray[np.int64]:
        """Return which pixels of so many observations are 1, (count, PIXELS); no two have one in common."""
        return self._rng.permutation(12800)[: count * PIXELS].reshape(count, PIXELS)

    def _play(self, steps: int, turns: int | None = None) -> Lesson:
        """Have a game played; check that it was played to its end, with actions that the policy draws."""
        self._games += 1
        rewards = self._rng.laplace(size=steps)
        pixels = self._pixels(turns or steps)
        seen, order = of_pixels(pixels), np.resize(np.arange(turns or steps), steps)
        self._told.clear()
        if "run_episode" in self._own:
            game = ToldGame(seen, rewards)
            returned = self._called("run_episode", game, self._pair.theirs)
            self._episode = an_episode(returned, NO_EPISODE)
            if not game.over or game.resets != 1:
                raise Fault(NOT_TO_THE_END.format(self._games), "run_episode")
            self._look_at(game.actions, seen, order)
            return Lesson(seen[order], np.eye(NR_ACTIONS)[game.actions], rewards)
        actions = np.eye(NR_ACTIONS, dtype=np.float32)[self._drawn(seen, order)]
        stored = rewards.astype(np.float32)
        self._episode = new_episode(self._student, pixels[order], actions, stored)
        return Lesson(seen[order], actions, rewards)

    def _drawn(self, seen: Floats, order: Order) -> list[int]:
        """Return actions as our run_episode gets them, for the observations in this order."""
        if "select_action" not in self._own:
            return list(map(int, self._rng.integers(NR_ACTIONS, size=len(order))))
        answers = [self._called("select_action", self._pair.theirs, seen[place]) for place in order]
        actions = [expect.integer(answer, OTHER_ACTIONS) for answer in answers]
        assert all(action in range(NR_ACTIONS) for action in actions), OTHER_ACTIONS
        self._look_at(actions, seen, order)
        return actions

    def _look_at(self, actions: list[int], seen: Floats, order: Order) -> None:
        """Check that the actions may be drawn from the policy for the observations, in this order.

        Where our select_action was asked, they must be its answers: as they came, or one of two.
        """
        told = self._told
        if told:
            if actions not in (told, told[::2], told[1::2]):
                raise Fault(OTHER_ACTIONS)
            return
        predicted = np.asarray(self._pair.ours.predict(seen), float)
        for action, place in zip(actions, order, strict=True):
            self._chosen.look(predicted[place], action)
        if self._chosen.refuted:
            raise Fault(OTHER_ACTIONS)

    def _learn(self, lesson: Lesson, number: int) -> None:
        """Have both learn from the episode; check that both learned the same."""
        before = self._pair.weights
        self._pair.follow(*self._arrays(lesson), self._rate)
        if "train" not in self._own:
            self._pair.set(self._pair.mirror)
            return
        self._train(len(lesson.rewards), number)
        apart = self._pair.apart()
        one_batch = self._pair.theirs.steps_taken() == number
        if not apart.same if one_batch else not apart.alike:
            frozen = all(map(np.array_equal, self._pair.weights, before))
            raise Fault((FROZEN if frozen else OTHER_UPDATE).format(number))
        if not one_batch:
            self._pair.set(self._pair.weights)

    def _learn_slowly(self) -> None:
        """Have both go down the gradient in long episodes; check that both go the same way in one of them.

        However `train` divides the episode into batches, and whether it takes a mean or a sum over them.
        """
        self._pair.unsure(of_pixels(self._pixels(TURNS)), UNSURE)
        for number, length in enumerate(LONG, UPDATES + 1):
            lesson = self._play(length, TURNS)
            if "train" not in self._own:
                return
            rate = self._pair.descend(*self._arrays(lesson))
            self._pair.theirs.compile("SGD", rate, "sum")
            self._pair.theirs.ask("quicken")
            self._train(length, number)
            if self._pair.apart().parallel:
                return
            self._pair.set(self._pair.weights)  # ours has gone far, to show the way
        raise Fault(OTHER_STEPS)

    def _arrays(self, lesson: Lesson) -> tuple[Floats, Floats, Floats]:
        """Return what `fit` should learn from an episode: observations, targets and sample weights."""
        returns = np.asarray(self._reference.discount_rewards(lesson.rewards, self._gamma))
        weights = (returns - returns.mean()) / returns.std()
        return lesson.observations, lesson.actions.astype(np.float32), weights

    def _train(self, steps: int, number: int) -> None:
        """Have the student's `train` learn from the last episode; check from how many samples it learned."""
        before = self._samples
        self._called("train", self._pair.theirs, self._episode, self._gamma)
        self._samples = self._pair.theirs.samples()
        if self._samples not in (before, before + steps):
            raise Fault(OTHER_SAMPLES.format(number), "train", sure=True)
        self._pair.look()

    def _called(self, part: str, *args: Any) -> Any:
        """Call a function of the student's; raise Fault where it raises."""
        self._part = part
        try:
            return getattr(self._student, part)(*args)
        except StudentError as error:
            raise Fault("", part) from error
