"""Notebooks on their way: the scheduler keeps each under a number until it is graded, and looks at none.

What Dask does with a task's arguments is its own business (it pickles them), so no notebook is one: a task
has the number, and the worker fetches the bytes, a second one too, should the first be gone.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from distributed.diagnostics.plugin import SchedulerPlugin

from autograder.limits import MAX_NOTEBOOK

if TYPE_CHECKING:
    from distributed import Scheduler

PUT, GET, DROP, ANSWER = (f"autograder-{what}" for what in ("put", "get", "drop", "answer"))
_MOST = 10_000  # kept at once; clients have as many on their way as there are sessions, twice


class Letters(SchedulerPlugin):  # type: ignore[misc]  # see pyproject.toml
    """Keeps notebooks by number for the clients that put them there, and passes answers on to those."""

    name = "autograder-letters"

    def __init__(self) -> None:
        self._scheduler: Scheduler
        self._kept: dict[str, tuple[str, bytes]] = {}

    async def start(self, scheduler: Scheduler) -> None:
        """Serve clients and workers. What needs no reply goes along with what they say anyway."""
        self._scheduler = scheduler
        scheduler.handlers[GET] = self._get
        scheduler.stream_handlers |= {PUT: self._put, DROP: self._drop, ANSWER: self._answer}

    def remove_client(self, scheduler: Scheduler, client: str) -> None:
        """Forget what a client that is gone has put here."""
        self._kept = {number: kept for number, kept in self._kept.items() if kept[0] != client}

    def _put(self, number: str, notebook: bytes, client: str) -> None:
        """Keep a notebook, unless it is too large, or one too many: then no worker finds it."""
        if len(self._kept) < _MOST and len(notebook) <= MAX_NOTEBOOK + 1:
            self._kept[number] = (client, notebook)

    async def _get(self, number: str) -> bytes | None:
        """Return a notebook, None where nobody waits for its report any more."""
        kept = self._kept.get(number)
        return None if kept is None else kept[1]

    def _drop(self, number: str, client: str) -> None:
        self._kept.pop(number, None)

    def _answer(self, number: str, answer: bytes, worker: str) -> None:
        """Pass a worker's answer on to whoever waits for it; a second one finds nobody."""
        if number in self._kept:
            message = {"op": ANSWER, "number": number, "answer": answer}
            self._scheduler.report(message, client=self._kept[number][0])


async def fetched(scheduler: Any, number: str) -> bytes | None:
    """Return a notebook that is kept."""
    notebook = await getattr(scheduler, GET)(number=number)
    return None if notebook is None else bytes(notebook)


class Answers:
    """A client's side: sends notebooks, and has the answers to them as they come."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._waiting: dict[str, Future[object]] = {}
        client._stream_handlers[ANSWER] = self._answered

    def send(self, number: str, notebook: bytes) -> Future[object]:
        """Send a notebook, ahead of whatever is said to the scheduler next; return its answer to be."""
        self._waiting[number] = Future()
        self._client._send_to_scheduler({"op": PUT, "number": number, "notebook": notebook})
        return self._waiting[number]

    def forget(self, number: str) -> None:
        """Wait no longer for an answer."""
        self._waiting.pop(number, None)
        if self._client.status == "running":  # else all that is kept is gone with the scheduler
            self._client._send_to_scheduler({"op": DROP, "number": number})

    def _answered(self, number: str, answer: bytes) -> None:
        waiting = self._waiting.pop(number, None)
        if waiting is not None and waiting.set_running_or_notify_cancel():
            waiting.set_result(answer)
