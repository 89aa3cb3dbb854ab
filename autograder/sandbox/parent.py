"""The warm parent: imports TensorFlow once, then forks the checker, the reference and every worker.

It runs no TensorFlow operation (the runtime's threads would not survive a fork), and never holds a
secret: it reads no submission, no check and no solution, so no fork inherits any. It obeys two one-byte
commands that the checker sends over a socket:

=====  =================================================  ==========================================
``W``  kill the worker there is and fork a fresh one      answers ``w`` and passes the worker's socket
``K``  kill the worker and whatever it started            answers ``k``
=====  =================================================  ==========================================
"""

from __future__ import annotations

import gc
import importlib
import os
import socket
import sys
from collections.abc import Callable
from typing import NoReturn

from autograder.sandbox import confine, reaper
from autograder.sandbox.config import SessionConfig

# What notebooks of this assignment import. Each costs a worker nothing, since it is there already.
_PRELOAD = (
    "numpy",
    "tensorflow",
    "tensorflow.keras.layers",
    "tensorflow.keras.models",
    "keras",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "IPython.core.inputtransformer2",
    "IPython.display",
    "gymnasium",
    "ale_py",
    "pytest",
    "nbformat",
    "autograder.checker.main",
    "autograder.worker.main",
)


def run(config: SessionConfig) -> int:
    """Serve one grading session on standard input and output until the host closes it."""
    reaper.adopt_orphans()
    _preload(config)
    control, checkers_control = socket.socketpair()
    reference, checkers_reference = socket.socketpair()
    trusted = {
        _fork(lambda: _reference(config, reference), keep=(reference,)),
        _fork(
            lambda: _checker(config, checkers_control, checkers_reference),
            keep=(checkers_control, checkers_reference),
            keep_standard=True,
        ),
    }
    for ours in (reference, checkers_control, checkers_reference):
        ours.close()
    confine.silence()
    try:
        _obey(config, control, trusted)
    finally:
        reaper.kill_all_but(set())
    return 0


def _preload(config: SessionConfig) -> None:
    sys.path.insert(0, str(config.course.release))
    for name in _PRELOAD:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # keep the collector from touching, and so copying, the pages that forks share


def _obey(config: SessionConfig, control: socket.socket, trusted: set[int]) -> None:
    number = 0
    while command := control.recv(1):
        _end_worker(config, number, trusted)
        if command == b"K":
            control.sendall(b"k")
            continue
        number += 1
        ours, workers = socket.socketpair()
        _fork(lambda number=number, end=workers: _worker(config, number, end), keep=(workers,))  # type: ignore[misc]
        socket.send_fds(control, [b"w"], [ours.fileno()])
        ours.close()
        workers.close()


def _end_worker(config: SessionConfig, number: int, trusted: set[int]) -> None:
    """Leave nothing of worker `number`: no process, no file."""
    if config.own_uids:
        confine.wipe(config, number)
        reaper.kill_all_but(trusted)
    else:  # the same user as ours: only its descent tells a process of the worker's
        reaper.kill_all_but(trusted)
        confine.wipe(config, number)


def _fork(
    body: Callable[[], None], keep: tuple[socket.socket, ...], keep_standard: bool = False
) -> int:
    """Run `body` in a fork that inherits no descriptor but those of `keep`; return its pid."""
    pid = os.fork()
    if pid:
        return pid
    _run_fork(body, keep, keep_standard)


def _run_fork(
    body: Callable[[], None], keep: tuple[socket.socket, ...], keep_standard: bool
) -> NoReturn:
    status = 1
    try:
        confine.close_descriptors({end.fileno() for end in keep})
        if not keep_standard:
            confine.silence()
        body()
        status = 0
    finally:
        os._exit(status)  # never back into the parent's stack, its exit handlers or its buffers


def _checker(config: SessionConfig, control: socket.socket, reference: socket.socket) -> None:
    from autograder.checker.main import serve

    confine.trusted(config)
    serve(config.course, control, reference)


def _reference(config: SessionConfig, end: socket.socket) -> None:
    from autograder.worker.main import serve

    confine.trusted(config)
    serve(end)


def _worker(config: SessionConfig, number: int, end: socket.socket) -> None:
    from autograder.worker.main import serve

    confine.untrusted(config, number)
    serve(end)
