"""A cluster as the machine meets it that grades a class: an engine whose sessions are on other machines.

So all that grading here rests on holds there, too: the queue, second tries, what is put off, faults that come
again and again, reports that are kept. Only this machine has names, reports and the secret of the seeds.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.batch.retry import WAIT
from autograder.course.folder import Course
from autograder.engines.base import Engine, Postponed, Session
from autograder.errors import AutograderError, EngineError
from autograder.remote import answer as answers
from autograder.remote.answer import About, Answer
from autograder.remote.certificates import CLIENT, Credentials
from autograder.remote.library import configure, tls_address
from autograder.report import Judgement

if TYPE_CHECKING:
    from autograder.remote.letters import Answers

CONNECT_SECONDS = 20.0
_LOOK_SECONDS = 1.0  # between two looks at whether there is still somebody to wait for
_TRIES = 3  # on workers that can have no session
_LEAST_LANES = 16  # submissions on their way, so that workers which come later have work, too
_PLAIN = (
    "dask",
    "msgpack",
)  # bytes and plain data: nothing that comes from a worker is unpickled here


class OtherJudge(AutograderError):
    """A worker judges with other checks, another package or other libraries than the others."""


class RemoteSession:
    """A place in the cluster's queue: what is graded through it is graded by whichever worker is free."""

    def __init__(
        self, client: Any, waiting: Answers, about: About, problem: Callable[[], str | None]
    ) -> None:
        self._client, self._waiting = client, waiting
        self._about, self._problem = about, problem
        self._awaited: Future[object] | None = None
        self._ended = threading.Event()

    def grade(
        self, notebook: bytes, seed: int, explain: bool = False, can_wait: bool = False
    ) -> Judgement:
        """See Session. Raises EngineError where no worker can grade it, OtherJudge for other checks."""
        for _ in range(_TRIES):
            answer = self._asked(notebook, seed, can_wait)
            if answer.about != self._about:
                raise OtherJudge(_differs(answer.about, self._about))
            if answer.kind == "postponed":
                raise Postponed
            if answer.judgement is not None:
                return answer.judgement
            if answer.kind == "broken":
                break
        raise EngineError(answer.sentence)

    def close(self) -> None:
        """End: a worker keeps its own sessions warm."""
        self._ended.set()
        awaited = self._awaited
        if awaited is not None:
            awaited.cancel()

    kill = close

    def _asked(self, notebook: bytes, seed: int, can_wait: bool) -> Answer:
        from autograder.remote import sessions

        if self._client.status != "running" and (problem := self._problem()):
            raise EngineError(problem)
        number = secrets.token_hex(16)
        key = f"autograder-grade-{number}"  # what stands before the number, Dask knows the usual time of
        try:
            self._awaited = self._waiting.send(number, notebook)
            task = self._client.submit(sessions.grade, number, seed, can_wait, key=key, pure=False)
            return answers.read(self._result(self._awaited, task))
        finally:
            self._awaited = None
            self._waiting.forget(number)

    def _result(self, awaited: Future[object], task: Any) -> object:
        """Return what came back. Raises EngineError where there is no worker for too long, no scheduler."""
        alone_since: float | None = None
        without_answer = 0  # looks at a task that is done
        while not self._ended.is_set():
            try:
                return awaited.result(timeout=_LOOK_SECONDS)
            except TimeoutError:
                without_answer += task.status == "finished"
                if task.status in ("error", "cancelled", "lost") or without_answer > 1:
                    raise EngineError("The cluster has lost what it was to grade.") from None
                problem = self._problem()
                alone_since = (alone_since or time.monotonic()) if problem else None
                if alone_since is not None and time.monotonic() - alone_since > WAIT:
                    raise EngineError(str(problem)) from None
            except CancelledError:
                break
        raise EngineError("Grading was ended.")


class Cluster:
    """The engine: `name` and judge are the workers'."""

    def __init__(self, client: Any, address: str, about: About, threads: int) -> None:
        from autograder.remote.letters import Answers

        self._client, self._address, self._about = client, address, about
        self._waiting = Answers(client)
        self.name = about.engine
        self.threads = threads

    @property
    def lanes(self) -> int:
        """How many submissions are on their way at once: the next lies at a worker when one is done."""
        return max(_LEAST_LANES, 2 * self.threads)

    def problem(self, asked_for: bool = True) -> str | None:
        """See Engine."""
        if self._client.status != "running":
            return f"The scheduler {self._address} does not answer."
        if not self._client.scheduler_info(n_workers=-1)["workers"]:
            return (
                f"The scheduler {self._address} has no worker: 'autograder dask worker' starts one."
            )
        return None

    def probe(self) -> dict[str, bool]:
        """See Engine: each worker probes its own when it starts a session."""
        return {}

    def digest(self) -> str:
        """See Engine."""
        return self._about.judged_by

    def start(self) -> Session:
        """See Engine."""
        if problem := self.problem():
            raise EngineError(problem)
        return RemoteSession(self._client, self._waiting, self._about, self.problem)  # type: ignore[return-value]


@contextmanager
def connected(
    address: str, certificates: Path, course: Course, engines: dict[str, Callable[[Course], Engine]]
) -> Iterator[Cluster]:
    """Yield the cluster of a scheduler, whose workers all judge as this machine's course folder says.

    Raises UsageError for an address without TLS, EngineError where nobody answers or no worker is there,
    OtherJudge where a worker has other checks.
    """
    tls_address(address)
    configure()
    security = Credentials(certificates, CLIENT).security()
    try:
        client = _client_class()(
            address, security=security, timeout=CONNECT_SECONDS, set_as_default=False, deserializers=_PLAIN
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise EngineError(
            f"The scheduler {address} does not answer with a certificate of this authority: {error}"
        ) from None
    client._timeout = WAIT  # from here on, for a scheduler that is started again
    try:
        yield _cluster(client, address, course, engines)
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=10)


def _client_class() -> type[Any]:
    """Return Dask's client, but for one thing: it unpickles nothing, exceptions of tasks included."""
    from distributed import Client

    class PlainClient(Client):  # type: ignore[misc]  # see pyproject.toml
        """Leaves packed what a worker sends of an exception; results are bound by `deserializers`."""

        async def _ensure_connected(self, timeout: float | None = None) -> None:
            await super()._ensure_connected(timeout=timeout)
            if self.scheduler_comm is not None:
                self.scheduler_comm.comm.deserialize = False

    return PlainClient


def _cluster(
    client: Any, address: str, course: Course, engines: dict[str, Callable[[Course], Engine]]
) -> Cluster:
    from autograder.remote import sessions

    asked = [
        client.submit(
            sessions.about, workers=[each], key=f"autograder-about-{secrets.token_hex(8)}"
        )
        for each in client.scheduler_info(n_workers=-1)["workers"]
    ]
    if not asked:
        raise EngineError(_no_worker(address))
    found = []
    for future in asked:
        # One that is busy for long, or gone by now, is looked at when it answers: each answer says by whom.
        with contextlib.suppress(TimeoutError, CancelledError):
            found.append(answers.read_about(future.result(timeout=CONNECT_SECONDS)))
    if not found:
        raise EngineError(
            f"No worker of the scheduler {address} answers: all are busy, or none is well."
        )
    if found[0].engine not in engines:
        raise OtherJudge(
            f"A worker grades with '{found[0].engine}', which is no engine of this version."
        )
    judge = engines[found[0].engine](course).digest()
    ours = About(assignment=course.assignment, judged_by=judge, engine=found[0].engine)
    for about in found:
        if about != ours:
            raise OtherJudge(_differs(about, ours))
    return Cluster(client, address, ours, sum(client.nthreads().values()))


def _no_worker(address: str) -> str:
    return f"The scheduler {address} has no worker: 'autograder dask worker' starts one."


def _differs(about: About, ours: About) -> str:
    if about.assignment != ours.assignment:
        return f"A worker of the cluster grades '{about.assignment}', not '{ours.assignment}'."
    if about.engine != ours.engine:
        return f"Workers of the cluster grade with {about.engine} and with {ours.engine}: take one engine."
    return (
        "A worker of the cluster judges with other checks, another version of this package or, outside "
        "containers, other libraries than this machine: bring both up to date, and start the worker anew."
    )
