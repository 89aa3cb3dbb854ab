"""The training loop as it ran: scripted functions in the place of the student's own, and what they saw."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.checker.channel import StudentError, WorkerLost
from autograder.checker.hosted import Refusal
from autograder.checker.student import Student
from autograder.protocol.codec import Opaque
from autograder.submission.plan import Script
from checks.policy_gradient.environments import HostedEnv, ScriptedEnv
from checks.policy_gradient.notebook import (
    LOSS,
    MEAN,
    Episode,
    Function,
    Model,
    StandIn,
    State,
    States,
    is_number,
    matched,
    new_episode,
    policy,
)

EPISODES = 4  # that differ, and come in turns; after them comes a long one
LONG = 1900  # its steps
OWN = 6  # times that the student's own train is called, if at all
# A loop that goes on is stopped, as Jupyter's stop button does it.
MOST_ROUNDS, MOST_SECONDS = 300, 5.0
MOST_CALLS = 2000
ROUNDS = 2  # show that what was stopped is a loop
STEPS, PIXELS = 6, 600  # of an episode; no two steps share a pixel
LEARNING_RATE = 0.01


# Nobody waits, and whatever name a student calls gamma by has its value.
_PREPARE = """
__import__("time").sleep = lambda seconds: None
_own = globals().get("gamma")
_same = [name for name, value in globals().items() if type(value) is type(_own) is float and value == _own]
for _name in ["gamma", *_same]:
    globals()[_name] = {!r}
"""


@dataclass(repr=False)
class Loop:
    """What the loop did: its calls in order, each with the arguments that a verdict needs.

    Of `run_episode` that is the model; of `train` the model, the episode and gamma, as they have to stand.
    """

    given: Model
    own_train: Function | None
    right: bool  # whether it is
    episodes: list[Episode]
    scores: list[float]
    gamma: float
    asked: int  # rounds
    calls: list[tuple[str, list[Any]]] = field(default_factory=list)
    stopped: bool = False
    wanted: Any = None  # afterwards: the notebook's `nr_episodes`,
    kept: Any = None  # its `scores`,
    model: Any = None  # its `model`,
    state: State | None = None  # and the state of that
    states: States = field(default_factory=States)
    _started: float = field(default_factory=time.monotonic)

    def of(self, name: str) -> list[list[Any]]:
        """Return what was kept of the arguments of each call of the function `name`."""
        return [arguments for called, arguments in self.calls if called == name]

    @property
    def models(self) -> list[Model]:
        """The models that played and were trained, in order."""
        used = [*self.of("run_episode"), *self.of("train")]
        return [value for arguments in used for value in arguments if isinstance(value, Model)]

    @property
    def rounds(self) -> int:
        """The number of episodes that were played."""
        return len(self.of("run_episode"))

    @property
    def enough(self) -> int:
        """How many rounds the loop should take at least; a student may set nr_episodes for a try."""
        wanted = self.wanted if is_number(self.wanted) else self.asked
        return min(max(1, int(wanted)), ROUNDS if self.stopped else self.asked)

    @property
    def trained_itself(self) -> int:
        """How many of the first trainings were the student's own train's, which is right."""
        return OWN if self.right and self.own_train is not None else 0

    def played(self, number: int) -> Episode:
        """Return the episode that was played in the round `number`, from 0 on."""
        return self.episodes[number % len(self.episodes)]

    def note(self, name: str, *arguments: Any) -> None:
        """Remember a call."""
        if len(self.calls) >= MOST_CALLS:
            raise Refusal("the loop calls its functions far too often")
        self.calls.append((name, list(arguments)))

    def build_model(self, *args: Any, **kwargs: Any) -> tuple[Any, Any, Any]:
        """Have a new model built."""
        self.note("build_model")
        return "build", np.zeros((12800, 6), np.float32), None

    def compile_model(self, *args: Any, **kwargs: Any) -> tuple[Any, Any, Any]:
        """Have a model compiled."""
        found = matched(args, kwargs, _is_model, lambda value: not _is_model(value))
        if found is None:
            raise Refusal("compile_model wants a model, and then the learning rate")
        self.note("compile_model")
        rate = float(found[1]) if is_number(found[1]) else LEARNING_RATE
        return "compile", found[0], [LOSS, MEAN, "Adam", rate]

    def run_episode(self, *args: Any, **kwargs: Any) -> tuple[Any, Any, Any]:
        """Return the next episode, or stop the loop."""
        late = self.rounds >= ROUNDS and time.monotonic() - self._started > MOST_SECONDS
        if late or self.rounds >= MOST_ROUNDS:
            self.stopped = True
            return "stop", None, None
        found = matched(args, kwargs, _is_environment, _is_model)
        if found is None:
            raise Refusal("run_episode wants an environment, and then a model")
        self.note("run_episode", found[1])
        return "play", self.played(self.rounds - 1), None

    def train(self, *args: Any, **kwargs: Any) -> tuple[Any, Any, Any]:
        """Have the model trained."""
        found = matched(args, kwargs, _is_model, _is_episode)
        if found is None:
            raise Refusal("train wants a model, an episode, and then gamma")
        numbers = [*args[2:3], *filter(is_number, kwargs.values())]
        gamma: Any = kwargs.get("gamma", numbers[0] if numbers else None)
        self.note("train", *found, float(gamma) if is_number(gamma) else None)
        return "train", (found[0], found[1]), (self._who(found[1]), self.own_train)

    def _who(self, episode: Episode) -> str:
        """Return who trains: the student's "own" train where it is right, "ours", or, later, "nobody"."""
        if len(self.of("train")) > OWN or episode == self.episodes[-1]:
            return "nobody"
        return "own" if self.right else "ours"

    def evaluate(self, *args: Any, **kwargs: Any) -> tuple[Any, Any, Any]:
        """Return the score of a game that nobody played."""
        return "return", -21.0, []

    def show(self, *args: Any, **kwargs: Any) -> tuple[Any, Any, Any]:
        """Show nothing."""
        return "return", None, [None] * 99


def run(student: Student, script: Script, rng: np.random.Generator, right: bool) -> Loop:
    """Run the cell with the loop, and return what it did; raise StudentError with what it raised.

    Where the student's own `train` is `right`, it trains. What it returns, a loop may use in any case.
    """
    loop = _scripted(student, rng, _read(student, "train"), right)
    for name, function in {
        "build_model": loop.build_model,
        "compile_model": loop.compile_model,
        "run_episode": loop.run_episode,
        "train": loop.train,
        "evaluate": loop.evaluate,
        "create_frame": loop.show,
        "update_frame": loop.show,
    }.items():
        student.ask("assign", name, StandIn(function, loop.states))
    for name, value in {
        "nr_episodes": loop.asked,
        "learning_rate": LEARNING_RATE,
        "model": loop.given,
        "env": HostedEnv(ScriptedEnv(rng, [0.0, 1.0], "terminated")),
    }.items():
        student.ask("assign", name, value)
    student.run_cell("no waiting", _PREPARE.format(loop.gamma))
    try:
        student.run_script(script)
    except StudentError:
        if not loop.stopped:
            raise
    loop.states.hear(student.ask("untold"))
    loop.wanted, loop.kept = _read(student, "nr_episodes"), _read(student, "scores")
    loop.model = _read(student, "model")
    if isinstance(loop.model, Model):
        loop.state = loop.model.state()
    return loop


def _scripted(student: Student, rng: np.random.Generator, own_train: Any, right: bool) -> Loop:
    """Return a loop that has not run yet, with episodes of different scores."""
    others = rng.permutation([*range(-20, 0), *range(1, 21)])  # from 0 nobody learns
    scores = [-21.0, *map(float, others[: EPISODES - 1])]
    episodes = [
        new_episode(
            student,
            rng.choice(12800, (STEPS, PIXELS), replace=False),
            np.eye(6, dtype=np.float32)[rng.integers(6, size=STEPS)],
            np.append(np.zeros(STEPS - 1, np.float32), np.float32(score)),
        )
        for score in scores
    ]
    long = np.zeros(LONG, np.float32)
    long[-1] = scores[0]
    nowhere = np.zeros((LONG, 0), np.int64)
    episodes.append(
        new_episode(student, nowhere, np.eye(6, dtype=np.float32)[np.zeros(LONG, int)], long)
    )
    scores.append(scores[0])
    if len(set(episodes)) < len(episodes):
        raise WorkerLost("it gave two things one name")  # no verdict could tell them apart
    given = policy(student, np.zeros((12800, 6), np.float32))
    own = own_train if isinstance(own_train, Function) else None
    gamma, asked = float(rng.uniform(0.5, 0.9)), int(rng.integers(22, 30))
    return Loop(given, own, right, episodes, scores, gamma, asked)


def _read(student: Student, name: str) -> Any:
    """Return a variable of the notebook, None where there is none."""
    try:
        return student.ask("read", name)
    except StudentError:
        return None


def _is_model(value: Any) -> bool:
    return isinstance(value, Model)


def _is_episode(value: Any) -> bool:
    return isinstance(value, Episode)


def _is_environment(value: Any) -> bool:
    """Tell whether `value` is ours, or may be one that the student made: that crosses as a name only."""
    return isinstance(value, HostedEnv | Opaque)
