"""Forks of the test's own process, which try what they are to be kept from."""

import errno
import json
import os
import traceback
from collections.abc import Callable
from typing import Any

REPORT = 200  # the descriptor on which a fork reports; what closes descriptors must keep it


def in_fork(body: Callable[[], Any]) -> Any:
    """Run `body` in a fork; return what it returned, or the name of the exception that it raised."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _report(body, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(answer)


def _report(body: Callable[[], Any], writing: int) -> None:
    """Never return: what runs here must not go on with the tests."""
    try:
        os.dup2(writing, REPORT)
        try:
            answer = body()
        except BaseException as error:
            answer = _name(error)
        os.write(REPORT, json.dumps(answer).encode())
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def attempt(body: Callable[[], Any]) -> str:
    """What trying it comes to: "done", or the error's name."""
    try:
        body()
    except OSError as error:
        return _name(error)
    return "done"


def _name(error: BaseException) -> str:
    return errno.errorcode.get(getattr(error, "errno", None) or 0, type(error).__name__)
