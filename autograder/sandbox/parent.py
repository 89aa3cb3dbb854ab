"""The warm parent: imports the assignment's libraries once, then forks checker, reference and workers.

It runs nothing of those libraries (threads that they start would not survive a fork), and never holds a
secret: it reads no submission, no check and no solution, so no fork inherits any. What the checks ask of a
worker, worker.py, belongs to the untrusted side and is loaded here. Before it starts, it probes the
confinement of student code, and ends where that does not hold. It obeys the checker's commands of one byte
(protocol/control.py).
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import socket
import sys
import traceback
from collections.abc import Callable

from autograder.course.modules import load_worker_module, make_importable
from autograder.protocol.control import ENDED, HOW, KILL, PRINTED, REMAINS, SIZES, STARTED
from autograder.sandbox import confine, descriptors, privileges, probe, reaper, scratch
from autograder.sandbox.config import SessionConfig
from autograder.sandbox.leftovers import Leftovers
from autograder.sandbox.running import Running
from autograder.worker.extension import Extension, of_module
from autograder.worker.shell import shell

# What grading itself imports. Each costs a fork nothing, since it is there already.
_PRELOAD = (
    "numpy",
    "IPython.display",
    "pytest",
    "autograder.checker.main",
    "autograder.worker.main",
)


def run(config: SessionConfig) -> int:
    """Serve one grading session on standard input and output until the host closes it."""
    reaper.adopt_orphans()
    prepare(config)
    held = probe.held(config)
    if config.only_probe:
        print(json.dumps(held))
        return 0
    if problem := probe.missing(held):
        print(problem, file=sys.stderr)
        return 1
    extension = _preload(config)
    control, checkers_control = socket.socketpair()
    reference, checkers_reference = socket.socketpair()
    # Wrong solutions of our own: checker/naming/wrong.py.
    wrong, checkers_wrong = socket.socketpair()
    checkers = (checkers_control, checkers_reference, checkers_wrong)
    trusted = {
        _fork(lambda: _reference(config, extension, reference), keep=(reference,)),
        _fork(lambda: _reference(config, extension, wrong), keep=(wrong,)),
        _fork(lambda: _checker(config, *checkers), keep=checkers, keep_standard=True),
    }
    for ours in (reference, wrong, *checkers):
        ours.close()
    host = os.dup(0)
    descriptors.silence()
    try:
        _Parent(config, extension, control, trusted, host).obey()
    finally:
        reaper.kill_all_but(set())
    return 0


def prepare(config: SessionConfig) -> None:
    """Give the session a scratch file system where it may mount one; give up what it needs no more."""
    if privileges.has(privileges.SYS_ADMIN):
        with contextlib.suppress(OSError):  # probe.py notices
            scratch.mount(config.scratch)
    privileges.keep_only(privileges.KILL, privileges.SETGID, privileges.SETUID)


def _preload(config: SessionConfig) -> Extension:
    """Import what a notebook and the checks need; return what the assignment adds to its workers."""
    sys.path.insert(0, str(config.course.release))
    for name in (*_PRELOAD, *config.settings.libraries):
        _import(name, config)
    shell()
    make_importable(config.course)
    extension = of_module(load_worker_module(config.course))
    gc.collect()
    gc.freeze()  # keep the collector from touching, and so copying, the pages that forks share
    gc.set_threshold(20_000, 20, 50)
    return extension


def _import(name: str, config: SessionConfig) -> None:
    try:
        importlib.import_module(name)
    except ImportError as error:
        sys.exit(
            f"checks/{config.course.assignment}/{config.course.settings.name}: libraries names {name}, "
            f"which cannot be imported here ({error}): install it, or remove it from the list."
        )


class _Parent:
    """Starts one worker at a time, listens to what it prints, and ends it.

    `host` is the host's end of the session, standard input: it is never read here, but once the host is
    gone, however it ended, the session is over in the middle of a submission.
    """

    def __init__(
        self,
        config: SessionConfig,
        extension: Extension,
        control: socket.socket,
        trusted: set[int],
        host: int,
    ) -> None:
        self._config, self._extension = config, extension
        self._control, self._trusted = control, trusted
        self._host = host
        self._leftovers = Leftovers(config.scratch, trusted)
        self._leftovers.remember()
        self._worker: Running | None = None
        self._number = 0

    def obey(self) -> None:
        """Do what the checker asks for until it or the host is gone (protocol/control.py has the table)."""
        while command := self._next_command():
            if command == HOW:
                self._control.sendall(self._worker.ending().value if self._worker else b"r")
                continue
            if command == PRINTED:
                count, first = self._worker.printed() if self._worker else (0, b"")
                self._control.sendall(SIZES.pack(count, len(first)) + first)
                continue
            remains = self._end_worker()
            if command == KILL:
                self._control.sendall(REMAINS if remains else ENDED)
            else:
                self._start_worker(REMAINS if remains else STARTED)

    def _next_command(self) -> bytes:
        while True:
            poll = select.poll()
            poll.register(self._host, 0)  # a hang-up is told without asking (poll(2))
            poll.register(self._control, select.POLLIN)
            if self._worker and self._worker.output >= 0:
                poll.register(self._worker.output, select.POLLIN)
            ready = dict(poll.poll())
            if self._host in ready:
                return b""
            if self._worker and self._worker.output in ready:
                self._worker.listen()
            if self._control.fileno() in ready:
                return self._control.recv(1)

    def _start_worker(self, answer: bytes) -> None:
        self._number += 1
        ours, workers = socket.socketpair()
        listening, printing = os.pipe()
        pid = _fork(
            lambda: _worker(self._config, self._extension, self._number, workers),
            keep=(workers,),
            output=printing,
        )
        self._worker = Running(pid, listening)
        socket.send_fds(self._control, [answer], [ours.fileno()])
        for end in (ours, workers):
            end.close()
        os.close(printing)

    def _end_worker(self) -> bool:
        """Leave nothing of the worker, no process and no file; tell whether anything remains all the same."""
        if self._worker is None:
            return False
        if (
            self._config.own_uids
        ):  # its user's processes are its own: kill(2) reaches all of them at once
            confine.wipe(self._config, self._number)
        reaper.kill_all_but(self._trusted)
        confine.wipe(self._config, self._number)
        self._worker.close()
        self._worker = None
        return self._leftovers.found()


def _fork(
    body: Callable[[], None],
    keep: tuple[socket.socket, ...],
    keep_standard: bool = False,
    output: int | None = None,
) -> int:
    """Run `body` in a fork that inherits no descriptor but those of `keep`; return its pid.

    What it prints goes to the pipe `output`, or nowhere, unless it may `keep_standard`.
    """
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        if not keep_standard:
            descriptors.silence(output)
        descriptors.close_all_but({end.fileno() for end in keep})
        body()
        status = 0
    except SystemExit as leave:  # its sentence, which the exit below would swallow
        print(leave.code, file=sys.stderr, flush=True)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)  # never back into the parent's stack, its exit handlers or its buffers


def _checker(
    config: SessionConfig, control: socket.socket, reference: socket.socket, wrong: socket.socket
) -> None:
    from autograder.checker.main import serve

    confine.trusted(config)
    serve(config.course, config.limits, control, reference, wrong)


def _reference(config: SessionConfig, extension: Extension, end: socket.socket) -> None:
    from autograder.worker.main import serve

    confine.trusted(config)
    serve(end, extension)


def _worker(config: SessionConfig, extension: Extension, number: int, end: socket.socket) -> None:
    from autograder.worker.main import serve

    confine.untrusted(config, number)
    serve(end, extension)
