"""Episodes that the checks of `run_episode` have a student's code play, and what really happened in them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.checker import expect
from autograder.checker.channel import StudentError
from autograder.checker.hosted import Refusal
from autograder.checker.student import Student
from checks.policy_gradient.environments import (
    NR_ACTIONS,
    Environment,
    RecordedEnv,
    ScriptedEnv,
    Step,
)
from checks.policy_gradient.notebook import (
    Episode,
    Floats,
    Model,
    StandIn,
    an_episode,
    is_array,
    matched,
    policy,
)
from checks.policy_gradient.policies import IMPOSSIBLE, probabilities, sure_of_each

NOT_CHOSEN = (
    "The actions that env.step was given are not those that select_action chose from the model's policy. "
    "Where does the action come from that you pass to env.step, and how often do you draw before a step?"
)
PLAYED_ON = (
    "env.step was called again after the step that ended the episode. An episode is over when it is "
    "terminated, and also when it is truncated."
)
NOT_PLAYED = (
    "run_episode should play the environment from reset until the episode is over. We saw hardly any step "
    "of it."
)
MOST_ANSWERS = 2
NO_EPISODE = "run_episode should return the episode. Is there a `return episode` at its end?"


class EndsBothWays(ScriptedEnv):
    """A scripted episode whose last step is terminated and truncated: either of them shows the end."""

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play one action."""
        observation, reward, terminated, truncated, info = super().step(action)
        return observation, reward, terminated or truncated, terminated or truncated, info


@dataclass(repr=False)
class Policy:
    """Stands in for select_action and notes what it chose.

    With a generator it draws any action, another one each time it is asked; without one it gives the
    best action for the observation that it is given.

    The first draws after each step come from shuffled sets of all actions: whoever draws again where
    an action does not suit, meets in any six steps behind the first an action that suits and one that
    does not.
    """

    weights: Floats
    model: Model
    rng: np.random.Generator | None = None
    chosen: list[int] = field(default_factory=list)
    stepped: bool = False
    newest: Floats | None = None  # observation
    misled: bool = False  # by another observation
    _set: list[int] = field(default_factory=list)

    def __call__(self, *args: Any, **kwargs: Any) -> tuple[str, int, list[int]]:
        """Answer with an action from 0 to 5."""
        observation = asked_for(self.model, args, kwargs)
        same = self.newest is not None and np.array_equal(observation.ravel(), self.newest.ravel())
        self.misled |= not same
        self.chosen.append(self.best(observation) if self.rng is None else self._draw(self.rng))
        return "action", self.chosen[-1], []

    def _draw(self, rng: np.random.Generator) -> int:
        if not self.stepped:
            return int(rng.integers(NR_ACTIONS))
        self.stepped = False
        self._set = self._set or rng.permutation(NR_ACTIONS).tolist()
        return self._set.pop()

    def best(self, observation: Floats) -> int:
        """Return the action that the policy is sure about."""
        return int(np.argmax(observation.reshape(-1).astype(float) @ self.weights))


def asked_for(model: Model, args: Any, kwargs: Any) -> Floats:
    """Return the observation that select_action was asked about; raise Refusal where it was called oddly."""
    found = matched(args, kwargs, model.is_it, lambda value: is_array(value, size=12800))
    if found is None:
        raise Refusal("select_action wants the model that plays, and then the observation")
    return found[1]  # type: ignore[no-any-return]


@dataclass(eq=False, repr=False)
class WatchedEnv(RecordedEnv):
    """A recorded environment that also notes whether somebody ever stepped on after the end.

    `choices` has the action of each step beside what the policy had answered since the step before.
    """

    policy: Policy = field(kw_only=True)
    played_on: bool = False
    choices: list[tuple[int, list[int]]] = field(default_factory=list)
    _answers_before: int = 0

    def reset(self) -> tuple[Any, dict[str, Any], list[Floats], list[float]]:
        """Start an episode; the record starts anew."""
        self.choices.clear()
        self._answers_before = len(self.policy.chosen)
        started = super().reset()
        self.policy.newest = started[0]
        return started

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play one action; raise Refusal where the episode is over."""
        self.played_on |= self.over
        result = super().step(action)
        answers = self.policy.chosen[self._answers_before :]
        self._answers_before += len(answers)
        self.choices.append((self.steps[-1].action, answers))
        self.policy.stepped, self.policy.newest = True, result[0]
        return result


@dataclass(repr=False)
class Played:
    """A finished episode: what the student's code stored, and what was really sent and received."""

    episode: Episode
    steps: list[Step]
    resets: int
    over: bool
    content: tuple[Any, Any, Any]
    policy: Policy
    obeyed: bool  # whether the actions were the policy's

    @property
    def length(self) -> int:
        """The number of steps that were really played."""
        return len(self.steps)

    def stored(self, which: int, shape: tuple[int, ...], sentence: str) -> expect.Floats:
        """Return observations (0), actions (1) or rewards (2) as stored, cut to the steps really played.

        One step too few is another check's business.
        """
        value = self.content[which]
        assert isinstance(value, np.ndarray), sentence
        assert value.ndim == 1 + len(shape), sentence
        length = min(len(value), self.length)
        assert length >= self.length - 1, sentence
        return expect.floats(value[:length], (length, *shape), sentence)


def play_script(
    student: Student,
    rng: np.random.Generator,
    rewards: list[float],
    ending: str = "both",
    sure: bool = False,
) -> Played:
    """Have the student's code play a scripted episode that ends as told, and return what happened.

    The policy is drawn from at random, or `sure` of one action for each observation.
    """
    kind = EndsBothWays if ending == "both" else ScriptedEnv
    env = kind(rng, rewards, "truncated" if ending == "both" else ending)
    seen = [env.reset()[0], *(env.step(0)[0] for _ in rewards[:-1])]
    return play(student, env, sure_of_each(rng, seen), None if sure else rng)


def play(
    student: Student, env: Environment, weights: Floats, rng: np.random.Generator | None
) -> Played:
    """Have the student's code play `env` with a linear model of these weights, (12800, 6)."""
    model = policy(student, weights)
    chooser = Policy(weights, model, rng)
    watched = WatchedEnv(env, policy=chooser)
    student.ask("assign", "select_action", StandIn(chooser))
    try:
        returned = student.run_episode(watched, model)
    except StudentError:
        assert not watched.played_on, PLAYED_ON
        raise
    steps = list(watched.steps)
    assert len(steps) >= 3, NOT_PLAYED
    episode = an_episode(returned, NO_EPISODE)
    obeyed = _all_chosen(watched)
    return Played(episode, steps, watched.resets, watched.over, episode.get(), chooser, obeyed)


def _all_chosen(watched: WatchedEnv) -> bool:
    """Tell whether the actions sent are answers of the policy, none of them hand-picked.

    Who asks until an answer suits, plays a policy of their own. So there are at most MOST_ANSWERS for a
    step, and the action is always the first of them, a second draw may go elsewhere; or always the last,
    and then there are as many for each step but the first, since who draws again only where the first
    answer does not suit, has now one and now two.
    Where nobody asked, the student's code may have asked the model itself. These policies are all but
    sure, so that none of its actions can be an unlikely one.
    """
    chooser = watched.policy
    if not chooser.chosen:
        return all(
            probabilities(chooser.weights, step.observation)[step.action] > IMPOSSIBLE
            for step in watched.steps
        )
    counts = [len(answers) for _, answers in watched.choices]
    if not all(1 <= count <= MOST_ANSWERS for count in counts):
        return False
    first, last = (
        all(action == answers[place] for action, answers in watched.choices) for place in (0, -1)
    )
    return first or (last and len(set(counts[1:])) == 1)
