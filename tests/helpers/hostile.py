"""A student's process that answers with anything that the protocol allows."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checker.channel import Play, StudentError, StudentTimeout, WorkerLost
from autograder.protocol import codec
from autograder.protocol.codec import CodecError, Handle, Opaque, decode, encode
from autograder.protocol.messages import Ask, Raised, Request

LAYERS = [(7, 7, 2, 32), (32,), (7, 7, 32, 64), (64,), (1024, 128), (128,), (128, 6), (6,)]
DEEP: Any = 1.0
for _ in range(codec.MAX_DEPTH - 6):
    DEEP = [DEEP]
LARGE: list[Any] = [
    "long " * 100_000,
    [0.5] * 50_000,
    [[1, 2, 3]] * 5000,
    np.ones((2,) * 8),
    np.zeros(2**20, np.float32),
    np.zeros((0, 2**20), "<f8"),
    np.zeros(3, "|b1"),
    dict.fromkeys(map(str, range(1000))),
    DEEP,
]
OBEYED = (
    "seed",
    "assign",
    "run_cell",
    "defines",
    "has",
    "tidy_up",
    "trace",
    "traced",
    "provide",
    "keep",
    "learn_actions",
    "light_episodes",
    "compile_with",
    "quicken",
    "restart",
)


class Babble:
    """Stands at a worker's end of the boundary; mostly answers plausibly, often with nonsense.

    It also calls the checker back, as student code may: environments, stand-ins and names of nothing.
    """

    idle = True

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._numpy = np.random.default_rng(seed)
        self._provided: list[str] = []

    def request(self, request: Request, seconds: float, play: Play) -> Any:
        """Answer one request, as Channel.request does: what cannot cross loses the worker."""
        try:
            return self._answered(request, play)
        except CodecError as error:
            raise WorkerLost(str(error)) from error

    def _answered(self, request: Request, play: Play) -> Any:
        crossed(request.args), crossed(request.kwargs)
        if request.operation in OBEYED:
            self._provided += [request.args[0]] if request.operation == "provide" else []
            if self._random.random() < 0.02:
                return crossed(self._nonsense())
            return [] if request.operation == "run_cell" else True
        for _ in range(self._random.choice((0, 0, 3, 30))):
            play(self._ask())
        fault = self._random.random()
        if fault < 0.04:
            raise StudentError(Raised("ValueError", "no", "your cell", 1))
        if fault < 0.05:
            raise self._random.choice((StudentTimeout(1.0), WorkerLost("gone")))
        plausible = fault < 0.8
        return crossed(self._plausible(request) if plausible else self._nonsense())

    def close(self) -> None:
        """Hang up."""

    def _ask(self) -> Ask:
        environment = f"env.{self._random.choice(('0', '1', '77', '²', ''))}"
        target = self._random.choice(
            [
                *self._provided,
                f"{environment}.reset",
                f"{environment}.step",
                "env",
                "open",
                "stand_in.0.called",
                "stand_in.3.called",
                "stand_in.0.untold",
            ]
        )
        arguments = [
            self._random.choice(ARGUMENTS)(self)
            for _ in range(self._random.choice((0, 1, 1, 2, 3)))
        ]
        keywords = {"gamma": self._nonsense()} if self._random.random() < 0.2 else {}
        return Ask(target, crossed(arguments), crossed(keywords))

    def _plausible(self, request: Request) -> Any:
        name = request.args[0] if request.operation.startswith("call") else request.operation
        return ANSWERS.get(name, Babble._nonsense)(self, request)

    def _nonsense(self, request: object = None, depth: int = 0) -> Any:
        kind = self._random.randrange(13 if depth < 3 else 10)
        if kind >= 10:
            inner = [self._nonsense(None, depth + 1) for _ in range(self._random.randrange(4))]
            return [inner, tuple(inner), {"a": inner}][kind - 10]
        dtype = self._random.choice(("<f8", "<f4", "<f2", "|b1", "|i1", "<u8", "<i8"))
        shape = self._random.choice(
            [(), (0,), (3,), (6,), (2, 6), (12800,), (9, 80, 80, 2), *LAYERS]
        )
        return (
            None,
            self._random.choice((True, 0, -1, 5, 2**64 - 1, -(2**63))),
            self._random.choice((0.5, float("nan"), float("inf"), -1e300)),
            self._random.choice(("text", "\ud800\u202e\x1b[31m", "1.5")),
            b"bytes",
            self._numpy.random(shape).astype(dtype)[()],  # a scalar where it has no shape
            np.full(shape, self._random.choice((np.nan, 0, 1))).astype("<f4"),
            Handle(
                self._random.choice(("model", "episode", "object", "env")),
                self._random.randrange(3),
            ),
            Opaque("Anything"),
            self._random.choice(LARGE),
        )[kind]

    def _policy(self, request: Request) -> Any:
        """Probabilities for however many observations were sent."""
        return self._numpy.dirichlet(np.ones(6), len(request.args[2]))

    def _weights(self, request: Request) -> Any:
        small = [(12800, 6), (6,)], [(12800, 6)], [(8, 6)]
        shapes = self._random.choice([LAYERS, LAYERS[:-1], *small])
        return [self._numpy.normal(size=shape).astype(np.float32) for shape in shapes]

    def _draws(self, request: Request) -> Any:
        many = request.args[1]
        if request.operation == "call_with_arguments":
            return self._random.randrange(6), many
        count = many if isinstance(many, int) else len(many)
        drawn = [self._random.randrange(6) for _ in range(count)]
        return [self._nonsense(), *drawn[1:]] if self._random.random() < 0.2 else drawn

    def _content(self, request: Request) -> Any:
        length = self._random.choice((0, 8, 9, 9, 9, 10))
        content = (
            np.ones((length, 80, 80, 2), np.float32),
            np.eye(6, dtype=np.float32)[self._numpy.integers(6, size=length)],
            np.zeros(length, np.float32),
        )
        return tuple(self._nonsense() if self._random.random() < 0.1 else part for part in content)

    def _returns(self, request: Request) -> Any:
        if request.operation == "call_each":
            return [np.cumsum(rewards[::-1])[::-1] for rewards, _ in request.args[1]]
        returns = np.cumsum(np.asarray(request.args[1][0], float)[::-1])[::-1]
        return (returns, request.args[1]) if request.operation == "call_with_arguments" else returns

    def _steps(self, request: Request) -> Any:
        steps = request.args[1]
        return [self._numpy.normal(size=np.shape(step)) for step in [*steps, steps[-1]]]


ANSWERS: dict[str, Callable[[Babble, Request], Any]] = {
    "build_model": lambda self, request: Handle("model", 0),
    "small_model": lambda self, request: Handle("model", 1),
    "new_model": lambda self, request: Handle("model", 3),
    "tiny_model": lambda self, request: Handle("model", 4),
    "network": lambda self, request: Handle("model", 5),
    "run_episode": lambda self, request: Handle("episode", 0),
    "episode": lambda self, request: Handle("episode", 1),
    "select_action": Babble._draws,
    "predict": lambda self, request: self._numpy.dirichlet(np.ones(6), len(request.args[1])),
    "discount_rewards": Babble._returns,
    "do": lambda self, request: DONE.get(request.args[1], Babble._nonsense)(self, request),
    **dict.fromkeys(("descend", "learn", "fit", "follow"), Babble._weights),
    "optimizer_steps": Babble._steps,
    "actions_and_rewards": lambda self, request: Babble._content(self, request)[1:],
    "samples": lambda self, request: self._random.randrange(9),
    "state_of": lambda self, request: tuple(self._random.randrange(3) for _ in range(5)),
    "untold": lambda self, request: [
        tuple(self._random.randrange(3) for _ in range(self._random.choice((3, 6))))
        for _ in range(self._random.randrange(9))
    ],
    "read": lambda self, request: [1.0, 2.0],
}
# What a model or an episode answers, by what it is asked for.
DONE: dict[str, Callable[[Babble, Request], Any]] = {
    "get_weights": Babble._weights,
    "set_weights": lambda self, request: None,
    "optimizer.iterations.numpy": lambda self, request: np.int64(self._random.randrange(9)),
    "get": Babble._content,
    "score": lambda self, request: 0.0,
    "__call__": Babble._policy,
    "compute_loss": lambda self, request: self._random.random(),
    "losses": lambda self, request: [],
}
ARGUMENTS: list[Callable[[Babble], Any]] = [
    Babble._nonsense,
    lambda self: Handle("model", 0),
    lambda self: Handle("episode", 1),
    lambda self: self._random.randrange(6),
    lambda self: np.zeros((80, 80, 2), np.float32),
    lambda self: np.zeros(12),
    lambda self: 0.9,
]


def crossed(value: Any) -> Any:
    """Return the value as it arrives on the other side of the boundary."""
    return decode(encode(value)[4:])
