"""The two processes of a cluster: its scheduler, and a worker that holds warm sessions."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.errors import EngineError
from autograder.remote.certificates import SCHEDULER, WORKER, Credentials
from autograder.remote.library import configure, tls_address
from autograder.remote.sessions import NAME, Sessions

_PAUSE = 2.0  # seconds between two tries to reach the scheduler

Say = Callable[[str], None]


def scheduler(certificates: Path, host: str, port: int, say: Say) -> None:
    """Be a scheduler until a signal ends it. Raises EngineError where the port cannot be had."""
    configure()
    security = Credentials(certificates, SCHEDULER).security()
    asyncio.run(_scheduler(security, host, port, say))


def worker(address: str, certificates: Path, sessions: Sessions, threads: int, say: Say) -> None:
    """Grade for the scheduler at an address until a signal ends it; whoever loses it looks for it again.

    Raises EngineError where no session can be had.
    """
    tls_address(address)
    configure()
    security = Credentials(certificates, WORKER).security()
    try:
        sessions.warm()
        asyncio.run(_worker(address, security, sessions, threads, say))
    finally:
        sessions.kill()
    if sessions.failed.is_set():
        raise EngineError(
            "No session can be had here any more, so this worker has left the cluster."
        )


async def _scheduler(security: Any, host: str, port: int, say: Say) -> None:
    from distributed import Scheduler

    from autograder.remote.letters import Letters

    ended = _at_signals()
    try:
        made = Scheduler(
            host=host,
            port=port,
            protocol="tls",
            security=security,
            plugins=[Letters()],
            dashboard=False,
            dashboard_address="127.0.0.1:0",
        )
        async with made:
            say(f"Scheduling at {made.address}. Ctrl-C ends it.")
            await ended.wait()
    except OSError as error:
        raise EngineError(f"The scheduler cannot listen at {host}:{port}: {error}") from None


async def _worker(address: str, security: Any, sessions: Sessions, threads: int, say: Say) -> None:
    ended = _at_signals()
    while not ended.is_set() and not sessions.failed.is_set():
        try:
            await _one_membership(address, security, sessions, threads, say, ended)
        except (OSError, TimeoutError) as error:
            say(f"The scheduler {address} does not answer: {error}")
        if not ended.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), _PAUSE)


async def _one_membership(
    address: str, security: Any, sessions: Sessions, threads: int, say: Say, ended: asyncio.Event
) -> None:
    """Be a worker from here to the loss of the scheduler, a signal, or the loss of all sessions."""
    from distributed import Worker

    made = Worker(
        address, nthreads=threads, security=security, plugins=(_plugin(sessions),), memory_limit=0,
        dashboard_address="127.0.0.1:0", death_timeout=60, protocol="tls",
    )  # fmt: skip
    try:
        async with made:
            say(f"Grading for {address} with {threads} warm sessions. Ctrl-C ends it.")
            waiting = [
                asyncio.ensure_future(made.finished()),
                asyncio.ensure_future(ended.wait()),
                asyncio.ensure_future(_until(sessions.failed.is_set)),
            ]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in waiting:
                task.cancel()
    finally:
        if made.status.name not in ("closed", "failed"):
            await made.close(timeout=5, nanny=False)
    if not ended.is_set():
        say(f"The scheduler {address} is lost, and looked for again.")


def _plugin(sessions: Sessions) -> Any:
    from distributed.diagnostics.plugin import WorkerPlugin

    class Holder(WorkerPlugin):  # type: ignore[misc]  # distributed has no types here
        """Lets the task find this worker's sessions."""

        name = NAME

    holder = Holder()
    holder.sessions = sessions
    return holder


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.2)


def _at_signals() -> asyncio.Event:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    return ended
