"""Reads a notebook in a process of its own, which a hostile one may exhaust or even crash.

JSON can be deep and wide, and source can keep Python's parser busy for minutes in code that no signal
interrupts: so a fork does all that, under setrlimit(2), and hands back the finished plan.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import time
import traceback
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from autograder.limits import MIB, READ_MEMORY, READ_SECONDS
from autograder.report import State
from autograder.submission.assignment import Assignment
from autograder.submission.plan import Plan, PlannedCell, Script, make_plan
from autograder.submission.read import Rejected, read_notebook

_TOO_MUCH = (
    "This notebook takes far too much time or memory to read. Clear its outputs (Kernel, Restart and "
    "Clear Outputs), keep data out of your code cells, save it and submit it again."
)
_LONGEST_ANSWER = 32 * MIB
_TIMEOUT = 6 * READ_SECONDS  # wall time, on a machine that has much else to do


def read_plan(assignment: Assignment, data: bytes, provided: frozenset[str] = frozenset()) -> Plan:
    """Return what grading runs of the notebook in `data`; `provided` names are there before its cells.

    Raises Rejected with a sentence for the student, also where reading exceeds READ_SECONDS of processor
    time or READ_MEMORY bytes; RuntimeError, with its traceback, for a fault of ours.
    """
    answers, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answers)
        _answer(assignment, data, provided, end)
    os.close(end)
    try:
        answer = _received(answers)
    finally:
        os.close(answers)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if "fault" in answer:
        raise RuntimeError(f"a notebook could not be read:\n{answer['fault']}")
    if "rejected" in answer:
        raise Rejected(answer["rejected"])
    return Plan(
        tuple(map(_cell, answer["cells"])),
        {exercise: _script(script) for exercise, script in answer["scripts"].items()},
        {name: State(state) for name, state in answer["states"].items()},
    )


def _answer(assignment: Assignment, data: bytes, provided: frozenset[str], end: int) -> NoReturn:
    """Be the process that reads: bound it, write its answer to `end`, and leave."""
    try:
        _bound()
        answer = _planned(assignment, data, provided)
        with os.fdopen(end, "w", encoding="ascii") as file:
            json.dump(answer, file)
    finally:
        os._exit(0)


def _bound() -> None:
    gc.disable()  # what is read here goes with the process
    warnings.simplefilter("ignore")  # Python's parser has an opinion on every odd escape
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (READ_SECONDS, READ_SECONDS))
    memory = _private_memory() + READ_MEMORY
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _private_memory() -> int:
    """Return what setrlimit(2) counts as data of this process, in bytes (VmData of proc(5))."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData"))


def _planned(assignment: Assignment, data: bytes, provided: frozenset[str]) -> dict[str, Any]:
    try:
        return asdict(make_plan(assignment, read_notebook(data), provided))
    except Rejected as rejected:
        return {"rejected": str(rejected)}
    except MemoryError:
        return {"rejected": _TOO_MUCH}
    except Exception as error:  # ours, and nobody's zero
        return {"fault": "".join(traceback.format_exception(error))}


def _cell(plain: dict[str, Any]) -> PlannedCell:
    return PlannedCell(plain["name"], plain["source"], tuple(plain["binds"]))


def _script(plain: dict[str, Any]) -> Script:
    needs = ((_cell(cell), tuple(names)) for cell, names in plain["needs"])
    return Script(_cell(plain["cell"]), tuple(needs))


def _received(answers: int) -> dict[str, Any]:
    """Return what the process answered; that it is too much where it ended, or is not ready, before."""
    deadline = time.monotonic() + _TIMEOUT
    text = b""
    while any(select.select([answers], [], [], max(0.0, deadline - time.monotonic()))):
        piece = os.read(answers, MIB)
        if not piece or len(text) > _LONGEST_ANSWER:
            break
        text += piece
    try:
        answer: dict[str, Any] = json.loads(text)
    except ValueError:
        return {"rejected": _TOO_MUCH}
    return answer
