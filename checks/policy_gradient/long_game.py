"""A game of a thousand steps and more, played without the checker hearing of each step as it is taken.

It costs a check little, shows whether somebody stops too early, and gives enough draws to tell a policy
that is drawn from apart from one that is nearly drawn from.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from autograder.checker import expect
from autograder.checker.channel import StudentError
from autograder.checker.hosted import Hosted, Refusal
from autograder.checker.student import Student
from checks.policy_gradient.draws import Draws
from checks.policy_gradient.environments import LONGEST, NR_ACTIONS, checked
from checks.policy_gradient.notebook import Floats, StandIn, an_episode, policy, seeds_anew
from checks.policy_gradient.playing import NO_EPISODE, PLAYED_ON, asked_for
from checks.policy_gradient.policies import table

OBSERVATIONS = 3  # that come in turns, the last of them twice in a row
STEPS = 6  # of each of many games
ANSWERS = 500  # of select_action, told at once
SEEDED = (
    "run_episode seeds the generator of random numbers, so that each game draws what the game before drew. "
    "Seed it once, at the beginning of the notebook, if at all."
)
NOT_STORED = (
    "Of a long game, the episode does not hold the observations, actions and rewards of all its steps. Look "
    "at what is "
    "stored in the last of them."
)


@dataclass(eq=False, repr=False)
class ToldGame(Hosted):
    """A game that is over with the last of its rewards, told ahead, and what was played in it.

    Its observations come in turns.
    """

    kind: ClassVar[str] = "env"
    methods: ClassVar[tuple[str, ...]] = ("limit", "reset", "step")

    observations: Floats
    rewards: Floats
    actions: list[int] = field(default_factory=list)
    resets: int = 0
    over: bool = True
    played_on: bool = False

    def limit(self) -> int:
        """Return after how many steps an episode is truncated."""
        return LONGEST

    def reset(self) -> tuple[Any, dict[str, Any], list[Floats] | None, Floats]:
        """Start a game; tell all of it ahead but for its last step."""
        self.over = False
        self.resets += 1
        self.actions.clear()
        return self.observations[0], {}, list(self.observations), self.rewards[:-1]

    def step(self, *actions: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Take note of the whole game, of which this is the last step."""
        if self.over:
            self.played_on = True
            raise Refusal("env.step was called although the game was over: reset it first")
        if len(actions) != len(self.rewards):
            raise Refusal("the game is played one step after the other")
        self.actions = [checked(action) for action in actions]
        self.over = True
        return self.observations[0], float(self.rewards[-1]), True, False, {}


@dataclass(eq=False, repr=False)
class LongGame(ToldGame):
    """A long one, in which for each observation the policy has a favourite action.

    It has a probability of `sure`; the others are equally likely.
    """

    favourites: list[int] = field(kw_only=True)
    sure: float = field(kw_only=True)
    told: list[int] = field(default_factory=list)  # actions, by select_action's stand-in
    stored: tuple[Any, Any, Any] = None, None, None  # actions, rewards and misplaced observations

    def assert_stored(self) -> None:
        """Check that the episode holds what was played."""
        actions, rewards, misplaced = self.stored
        assert misplaced == 0, NOT_STORED
        expect.close(actions, np.eye(NR_ACTIONS)[self.actions], NOT_STORED, 0, 1e-6)
        expect.close(rewards, self.rewards, NOT_STORED, 0, 1e-6)

    def obeyed(self) -> bool:
        """Tell whether what was played is what was told: the only answer to a step, or one of two."""
        count = len(self.actions)
        ways = (self.told, self.told[::2], self.told[1::2])
        return not self.told or self.actions in [way[:count] for way in ways]

    def drawn(self) -> bool:
        """Tell whether the actions may be drawn from the policy: see draws.py."""
        if len(self.actions) != len(self.rewards):
            return False
        wanted = np.full(NR_ACTIONS, (1 - self.sure) / (NR_ACTIONS - 1))
        wanted[0] = self.sure
        # Counted from the favourite on, actions of all observations come from one distribution.
        favourites = np.resize(self.favourites, len(self.actions))
        draws = Draws(wanted)
        draws.look(((np.array(self.actions) - favourites) % NR_ACTIONS).tolist())
        return not draws.refuted


@dataclass(eq=False, repr=False)
class UntoldGame(LongGame):
    """The same, shorter, and step by step, as it is played by whoever does not look ahead."""

    def reset(self) -> tuple[Any, dict[str, Any], list[Floats] | None, Floats]:
        """Start a game; tell nothing ahead."""
        first, info, *_ = super().reset()
        return first, info, [], self.rewards[:0]

    def step(self, *actions: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play one action."""
        if self.over or len(actions) != 1:
            return super().step(*actions)
        self.actions.append(checked(actions[0]))
        played = len(self.actions)
        self.over = played == len(self.rewards)
        seen = self.observations[played % len(self.observations)]
        return seen, float(self.rewards[played - 1]), self.over, False, {}


@dataclass(eq=False, repr=False)
class ManyGames(ToldGame):
    """The same short game again and again, and the actions that were played in each."""

    games: list[list[int]] = field(default_factory=list)

    def reset(self) -> tuple[Any, dict[str, Any], list[Floats] | None, Floats]:
        """Start a game; its observations need be told but once."""
        first, info, turns, rewards = super().reset()
        return first, info, turns if self.resets == 1 else None, rewards

    def step(self, *actions: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Take note of a whole game, of which this is the last step."""
        result = super().step(*actions)
        self.games.append([*self.actions])
        return result

    def all_alike(self, answered: int, drawn: set[int]) -> bool:
        """Tell whether all games were played as the answer said, or all by who draws from two actions.

        These are equally likely: a right one plays but one of them in half of the games with a probability
        below 1e-11.
        """
        actions = {action for game in self.games for action in game}
        if actions == {answered}:
            return True
        later = self.games[len(self.games) // 2 :]
        same = actions == {action for game in later for action in game} == drawn
        return same and len(set(map(tuple, self.games))) > 1  # else each began with the same seed


def play_many(student: Student, rng: np.random.Generator, count: int) -> bool:
    """Have the student's code play so many games; tell whether all were played alike, by the policy.

    select_action answers with one action, and the model draws from two others: either may be played, by
    whoever asks it, but not now this and now that.
    """
    answered, *drawn = rng.permutation(NR_ACTIONS)[:3].tolist()
    weights, observations = table(rng, 60 * np.eye(NR_ACTIONS)[[drawn] * STEPS].sum(axis=1))
    games = ManyGames(observations, rng.normal(size=STEPS))
    model = policy(student, weights)

    def choose(*args: Any, **kwargs: Any) -> tuple[str, int, list[int]]:
        asked_for(model, args, kwargs)
        return "action", answered, [answered] * 99

    student.ask("assign", "select_action", StandIn(choose))

    def play() -> None:
        returned = student.repeated("run_episode", count // 2, games, model)
        for each in returned if isinstance(returned, list) else [None]:
            an_episode(each, NO_EPISODE)

    assert not seeds_anew(student, rng, model, play), SEEDED
    return len(games.games) == count and games.all_alike(answered, set(drawn))


def play_long(
    student: Student, rng: np.random.Generator, length: int, kind: type[LongGame] = LongGame
) -> LongGame:
    """Have the student's code play a game of so many steps, and return what was played."""
    sure = rng.uniform(0.72, 0.78)
    favourites = rng.permutation(NR_ACTIONS)[:OBSERVATIONS]
    ahead = np.log(5 * sure / (1 - sure))
    weights, observations = table(rng, ahead * np.eye(NR_ACTIONS)[favourites])
    rewards = rng.choice([0.0, 0.0, 0.0, 1.0, -1.0], length)
    turns = [*range(OBSERVATIONS), OBSERVATIONS - 1]
    game = kind(
        observations[turns], rewards, favourites=favourites[turns].tolist(), sure=float(sure)
    )
    model = policy(student, weights)

    def choose(*args: Any, **kwargs: Any) -> tuple[str, int, list[int]]:
        asked_for(model, args, kwargs)
        first, *more = rng.integers(NR_ACTIONS, size=ANSWERS).tolist()
        game.told += [first, *reversed(more)]  # the order in which they are given
        return "action", first, more

    student.ask("assign", "select_action", StandIn(choose))
    student.ask("light_episodes", True)
    try:
        returned = student.run_episode(game, model)
    except StudentError:
        student.ask("light_episodes", False)
        assert not game.played_on, PLAYED_ON
        raise
    student.ask("light_episodes", False)
    game.stored = an_episode(returned, NO_EPISODE).actions_and_rewards()
    return game
