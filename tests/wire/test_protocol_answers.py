"""Claims about legal answers: a worker may say anything at all, and a check gets what it can work with."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checker.channel import Play, StudentError, WorkerLost
from autograder.checker.student import Remote, Student
from autograder.course.folder import Course
from autograder.protocol.codec import Handle
from autograder.protocol.messages import Answer, Ask, Raised, Request
from autograder.worker.extension import of_module
from autograder.worker.main import Worker
from autograder.worker.wire import Wire
from checks.policy_gradient.environments import RecordedEnv, ScriptedEnv
from checks.policy_gradient.notebook import (
    Episode,
    Model,
    learner,
    new_episode,
    new_model,
    policy,
    tiny_model,
)
from tests.helpers.hostile import ANSWERS, OBEYED, crossed
from tests.wire.test_protocol import NAMES, VALUES

HANDLES = st.builds(
    Handle, st.sampled_from(["model", "episode", "env", "object", ""]), st.integers(0, 3)
)
ANY = VALUES | HANDLES | st.lists(HANDLES | VALUES, max_size=3)
FIELDS = ("type_name", "text", "cell", "line", "errno")
TROUBLES = st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES) | VALUES, max_size=60)


class Stub:
    """Stands in for a channel: asks what it is told to, and answers each request with one value."""

    idle = True

    def __init__(self, value: Any = None, asks: list[Ask] | None = None) -> None:
        self._value, self._asks = value, asks or []
        self.answers: list[Answer] = []

    def request(self, request: Request, seconds: float, play: Play) -> Any:
        """Do as Channel.request does; all that crosses is encoded for real."""
        crossed([request.args, request.kwargs])
        for ask in self._asks:
            answer = play(Ask(ask.target, crossed(ask.args), crossed(ask.kwargs)))
            crossed([answer.value, answer.error])
            self.answers.append(answer)
        return crossed(self._value)


def student_of(stub: Stub) -> Student:
    """The checker's side of a worker that is a stub."""
    return Student(stub, lambda: 1.0)  # type: ignore[arg-type]


def arrays(value: Any) -> bool:
    """Whether it is a list of arrays."""
    return isinstance(value, list) and all(isinstance(item, np.ndarray) for item in value)


def troubles(value: Any) -> bool:
    """Whether it is a short list of what cells raised, each with its own types."""
    wanted = (str, str, str, int, int)
    return len(value) <= 50 and all(
        isinstance(each, Raised) and tuple(map(type, vars(each).values())) == wanted
        for each in value
    )


MODEL, EPISODE = Handle("model", 0), Handle("episode", 0)
X = np.zeros((2, 3), np.float32)
# What a check may call, and whether what comes of it is of the kind that its docstring promises.
CALLS: dict[str, tuple[Callable[[Student], Any], Callable[[Any], bool]]] = {
    "policy": (lambda s: policy(s, X), lambda v: type(v) is Model),
    "learner": (lambda s: learner(s, X, 0.1), lambda v: type(v) is Model),
    "new_model": (lambda s: new_model(s, X), lambda v: type(v) is Model),
    "episode": (lambda s: new_episode(s, X, X, X), lambda v: type(v) is Episode),
    "with_arguments": (
        lambda s: s.with_arguments("f", X),
        lambda v: type(v) is tuple and len(v) == 2 and type(v[1]) is list,
    ),
    "cell_errors": (lambda s: s.cell_errors("cell", "1"), troubles),
    "run_cell": (lambda s: s.run_cell("cell", "1"), lambda v: v is None),
    "tidy_up": (lambda s: s.tidy_up(), lambda v: v is None),
    "provide": (lambda s: s.provide(f=len), lambda v: v is None),
    "weights": (lambda s: Model(s, MODEL).weights(), arrays),
    "descend": (lambda s: Model(s, MODEL).descend(X, X, X, rate=0.1), arrays),
    "learn": (lambda s: Model(s, MODEL).learn(X, X, X, 0.1), arrays),
    "fit": (lambda s: Model(s, MODEL).fit(X, X, X), arrays),
    "optimizer_steps": (lambda s: Model(s, MODEL).optimizer_steps([X]), arrays),
    "steps_taken": (lambda s: Model(s, MODEL).steps_taken(), lambda v: v is None or type(v) is int),
    "tiny_model": (tiny_model, lambda v: type(v) is Model),
    "each": (lambda s: s.each("f", [[X]]), lambda v: type(v) is list and len(v) == 1),
    "set_weights": (lambda s: Model(s, MODEL).set_weights([X]), lambda v: v is None),
    "get": (lambda s: Episode(s, EPISODE).get(), lambda v: type(v) is tuple and len(v) == 3),
}
HEARSAY: dict[str, Callable[[Student], Any]] = {
    "a function": lambda s: s.train(X, gamma=0.9),
    "once": lambda s: s.once("build_model"),
    "repeated": lambda s: s.repeated("select_action", 3, X),
    "predict": lambda s: Model(s, MODEL).predict(X),
    "loss_value": lambda s: Model(s, MODEL).loss_value(X, X, X),
    "score": lambda s: Episode(s, EPISODE).score(),
    "penalties": lambda s: Model(s, MODEL).penalties(),
    "output": lambda s: Model(s, MODEL).output(X),
    "read": lambda s: s.ask("read", "scores"),
    "defines": lambda s: s.ask("defines", "train"),
    "has": lambda s: s.ask("has", "train"),
}


@pytest.mark.parametrize(("call", "promised"), CALLS.values(), ids=CALLS)
@given(value=ANY | TROUBLES)
@settings(max_examples=25)
def test_what_a_check_relies_on_is_of_its_kind(
    call: Callable[[Student], Any], promised: Callable[[Any], bool], value: Any
):
    """Or the worker is lost: it is our own code over there that makes these."""
    try:
        found = call(student_of(Stub(value)))
    except (WorkerLost, StudentError):
        return
    assert promised(found)


@pytest.mark.parametrize("call", HEARSAY.values(), ids=HEARSAY)
@given(value=ANY)
@settings(max_examples=25)
def test_all_else_arrives_as_plain_values_and_handles(call: Callable[[Student], Any], value: Any):
    """Nothing that the worker names becomes anything but a value or something that lives over there."""
    pending = [call(student_of(Stub(value)))]
    while pending:
        found = pending.pop()
        if isinstance(found, list | tuple | dict):
            pending += found.values() if isinstance(found, dict) else found
        else:
            assert isinstance(found, Remote) or crossed([found])


TARGETS = st.text() | st.sampled_from(
    ["env.0.reset", "env.0.step", "env.1.step", "env.0.env", "env.0.__init__", "env.-1.step",
     "env.00.step", "env.²", "env.0.step.x", "env", "policy", "policy.__call__", "__class__", ""]
)  # fmt: skip
KEYWORDS = st.dictionaries(NAMES | st.sampled_from(["action", "self", "gamma"]), ANY, max_size=2)
ASKS = st.builds(Ask, TARGETS, st.lists(ANY | st.integers(-1, 6), max_size=3), KEYWORDS)


@given(st.lists(ASKS, max_size=12))
def test_every_question_gets_an_answer_that_crosses(asks: list[Ask]):
    """Or a refusal in words; the record of what was played stays one of whole steps."""
    environment = RecordedEnv(ScriptedEnv(np.random.default_rng(0), [0.5] * 4, "terminated"))
    stub = Stub(None, [Ask("env.0.reset", [], {}), *asks])
    student = student_of(stub)
    student.provide(policy=lambda observation: 3)
    student.run_episode(environment)
    assert all(answer.error is None or len(answer.error) <= 500 for answer in stub.answers)
    for step in environment.steps:
        assert type(step.action) is int
        assert 0 <= step.action < 6
        assert type(step.reward) is float
        assert step.observation.shape == step.next_observation.shape == (80, 80, 2)


def test_every_operation_of_a_worker_is_one_that_the_hostile_one_knows(
    monkeypatch: pytest.MonkeyPatch, course: Course
):
    """What is added to the worker's table has to be lied about in the test of the hidden checks too."""
    monkeypatch.syspath_prepend(str(course.release))
    from checks.policy_gradient import worker  # imports Keras: not while tests are collected

    operations = set(Worker(Wire(None), of_module(worker))._operations)  # type: ignore[arg-type]
    calls = {name for name in operations if name.startswith("call")}
    assert operations - calls <= {*OBEYED, *ANSWERS}
