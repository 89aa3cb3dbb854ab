"""Notebooks on their way: the scheduler keeps each under a number until it is graded, and looks at none.

What Dask does with a task's arguments is its own business (it pickles them), so no notebook is one: a task
has the number, and the worker fetches the bytes, a second one too, should the first be gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from distributed.diagnostics.plugin import SchedulerPlugin

from autograder.limits import MAX_NOTEBOOK

if TYPE_CHECKING:
    from distributed import Scheduler

PUT, GET, DROP = "autograder_put", "autograder_get", "autograder_drop"
_MOST = 10_000  # kept at once; clients have as many on their way as there are sessions, twice


class Letters(SchedulerPlugin):  # type: ignore[misc]  # distributed has no types here
    """Keeps notebooks by number for the clients that put them there."""

    name = "autograder-letters"

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, bytes]] = {}

    async def start(self, scheduler: Scheduler) -> None:
        """Answer clients and workers."""
        scheduler.handlers |= {PUT: self._put, GET: self._get, DROP: self._drop}

    def remove_client(self, scheduler: Scheduler, client: str) -> None:
        """Forget what a client that is gone has put here."""
        self._kept = {number: kept for number, kept in self._kept.items() if kept[0] != client}

    async def _put(self, number: str, notebook: bytes, client: str) -> bool:
        """Keep a notebook; tell whether there was room for it."""
        if len(self._kept) >= _MOST or len(notebook) > MAX_NOTEBOOK + 1:
            return False
        self._kept[number] = (client, notebook)
        return True

    async def _get(self, number: str) -> bytes | None:
        """Return a notebook, None where nobody waits for its report any more."""
        kept = self._kept.get(number)
        return None if kept is None else kept[1]

    async def _drop(self, number: str) -> None:
        self._kept.pop(number, None)


async def put(scheduler: Any, number: str, notebook: bytes, client: str) -> bool:
    """Have a notebook kept; tell whether it is."""
    return bool(await getattr(scheduler, PUT)(number=number, notebook=notebook, client=client))


async def get(scheduler: Any, number: str) -> bytes | None:
    """Return a notebook that is kept."""
    notebook = await getattr(scheduler, GET)(number=number)
    return None if notebook is None else bytes(notebook)


async def drop(scheduler: Any, number: str) -> None:
    """Have a notebook forgotten."""
    await getattr(scheduler, DROP)(number=number)
