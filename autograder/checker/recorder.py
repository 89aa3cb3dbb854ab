"""Keeps what each check of a submission did, as bounded text, while that submission is explained.

Of a check's calls the first and the last are kept: where there are thousands, the last one failed. Nothing
here is at work in ordinary grading.
"""

from __future__ import annotations

import ast
import linecache
import time
import traceback
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType, FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.checker import expect
from autograder.checker.literal import NotPlain, expressions
from autograder.checker.shown import MOST, cut, difference, shown
from autograder.checker.student import Student
from autograder.plaintext import spelled
from autograder.protocol import transcript
from autograder.protocol.messages import Answer, Ask
from autograder.protocol.transcript import Call, Comparison, Place, Transcript
from autograder.report import CheckResult, Judgement

FIRST, LAST = 12, 12  # calls of a check
_ASKS, _COMPARISONS, _ARGUMENTS = 6, 12, 10  # of a call
_VALUES = 12  # names in the statement in which a check ended
_CHECK_SIZE, _TOTAL_SIZE = 60_000, 4_000_000  # characters of JSON
_CELLS = 100
_SECONDS = 2.0  # in which the calls of a check are written as Python: the check's own time goes on meanwhile
_WANTED = {
    "floats": "numbers of the shape {shape}",
    "float_array": "an array of floating point numbers of the shape {shape}",
    "integer": "an integer",
    "items": "a list or tuple of {count} items",
}


class Recorder:
    """The transcripts of one submission. `sources` are its cells' by their names."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._left = _TOTAL_SIZE
        self._cells: dict[str, Call] = {}  # of the last worker
        self._start()

    def begin(self) -> None:
        """Begin another check."""
        self._start()
        expect.compared.set(self._compared)

    def _start(self) -> None:
        self._first: list[Call] = []
        self._last: deque[Call] = deque(maxlen=LAST)
        self._count, self._spent = 0, 0.0
        self._check = Transcript()
        self._comparison: Comparison | None = None

    def fresh_worker(self) -> None:
        """Forget how the cells ran in the worker before, but for those that it did not survive."""
        fatal = ("lost", "timeout")
        self._cells = {name: c for name, c in self._cells.items() if c.outcome in fatal}

    def cell(self, name: str) -> Call:
        """Return the record of a cell that runs before any check calls anything."""
        call = Call("run_cell", spelled(name)[:200], [])
        if len(self._cells) < _CELLS:
            self._cells[name] = call
        return call

    def call(self, operation: str, args: list[Any], kwargs: dict[str, Any]) -> Call:
        """Return the record of a check's call, which is about to be made."""
        call = _described(operation, args, kwargs)
        started = time.monotonic()
        if self._spent < _SECONDS:
            _make_replay(call, args, kwargs)
        else:
            call.why_not = "there are too many calls to write all of them down"
        self._spent += time.monotonic() - started
        self._count += 1
        if len(self._first) < FIRST:
            self._first.append(call)
        else:
            self._last.append(call)
        return call

    def provided(self, names: list[str]) -> None:
        """Note functions that stand in for the notebook's."""
        self._check.stand_ins += [name for name in names if name not in self._check.stand_ins]

    def passed_through(self, call: Call, places: Any) -> None:
        """Note the lines of the notebook that an exception passed through, as the worker tells them."""
        for place in places[-12:] if isinstance(places, list) else []:
            match place:
                case (str(cell), int(line), str(function)):
                    source = self._line(cell, line)
                    names = (spelled(name)[:100] for name in (cell, function))
                    call.traceback.append(Place(next(names), line, next(names), source))

    def asked(self, call: Call, ask: Ask, answer: Answer) -> None:
        """Note what student code asked for, and what it was answered."""
        if len(call.asks) == _ASKS:
            call.asks_left_out += 1
            return
        said = [shown(value, 150) for value in ask.args[:4]]
        said += [f"{name}={shown(value, 150)}" for name, value in list(ask.kwargs.items())[:4]]
        came = f"refused: {answer.error}" if answer.error is not None else shown(answer.value, 200)
        call.asks.append(cut(spelled(f"{ask.target}({', '.join(said)}) -> {came}"), 600))

    def explained(
        self, result: CheckResult, error: BaseException | None, item: pytest.Item
    ) -> CheckResult:
        """Return a check's result with its transcript; `error` is what ended it, None where it passed."""
        more = {}
        if error is not None:
            more["where"] = place(error, item)
            self._note_end(error, item)
        more["transcript"] = transcript.packed(self._bounded())
        return result.model_copy(update=more)

    @property
    def calls(self) -> list[Call]:
        """The calls of this check that are kept."""
        return [*self._first, *self._last]

    def with_cells(self, judgement: Judgement) -> Judgement:
        """Return the judgement with what the notebook's cells raised and printed when they ran."""
        return judgement.model_copy(update={"cells": self.packed_cells()})

    def packed_cells(self) -> str:
        """Return the transcript of those cells of the last worker that raised or printed."""
        loud = [call for call in self._cells.values() if call.printed or call.outcome != "returned"]
        cells = Transcript(calls=loud[:FIRST], gap=FIRST, left_out=max(0, len(loud) - FIRST))
        return transcript.packed(cells)

    def _line(self, cell: str, line: int) -> str:
        lines = self._sources.get(cell, "").splitlines()
        return cut(spelled(lines[line - 1]).strip(), 200) if 0 < line <= len(lines) else ""

    def _compared(self, value: Any, wanted: expect.Floats, rtol: float, atol: float) -> None:
        self._comparison = Comparison(
            shown(value),
            shown(wanted),
            f"rtol {rtol:g}, atol {atol:g}",
            cut(difference(value, wanted, rtol, atol), 300),
        )
        self._note(self._comparison)

    def _note(self, comparison: Comparison) -> None:
        """Put a comparison behind the call that came last; the last takes the place of one too many."""
        made = [*self._first[-1:], *self._last]
        last = made[-1] if made else None
        noted = self._check.comparisons if last is None else last.comparisons
        if len(noted) == _COMPARISONS:
            noted.pop()
            if last is not None:
                last.comparisons_left_out += 1
        noted.append(comparison)

    def _note_end(self, error: BaseException, item: pytest.Item) -> None:
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        of_expect = [f for f in frames if f.f_code.co_filename == expect.__file__]
        if isinstance(error, AssertionError) and of_expect:
            name, values = of_expect[0].f_code.co_name, of_expect[0].f_locals
            if name == "close" and self._comparison is not None:
                self._comparison.failed = True
            elif name in _WANTED:
                wanted = _WANTED[name].format_map(values)
                self._note(Comparison(shown(values.get("value")), wanted, failed=True))
        for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
            if _is_of_checks(frame.f_code.co_filename, item):
                if (statement := _statement(frame, line)) is not None:
                    self._check.statement = cut(ast.unparse(statement), 300)
                    self._check.values = dict(_named(frame, statement, str(error)))
                return

    def _bounded(self) -> Transcript:
        """Return the transcript, without those calls in its middle for which there is no room."""
        made = self._check
        room = min(_CHECK_SIZE, self._left) - transcript.size(made)
        first, last = [], deque[Call]()
        for call in reversed(self._last):
            if (room := room - transcript.size(call)) < 0:
                break
            last.appendleft(call)
        for call in self._first if room > 0 else []:
            if (room := room - transcript.size(call)) < 0:
                break
            first.append(call)
        made.calls, made.gap = [*first, *last], len(first)
        made.left_out = self._count - len(made.calls)
        self._left = max(0, self._left - transcript.size(made))
        return made


def place(error: BaseException, item: pytest.Item) -> str:
    """Return the innermost line of the checks' own files that an exception passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _is_of_checks(frame.filename, item)]
    return f"{Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else item.path.name


def _is_of_checks(filename: str, item: pytest.Item) -> bool:
    return Path(filename).is_relative_to(item.path.parent)


def _described(operation: str, args: list[Any], kwargs: dict[str, Any]) -> Call:
    function, rest, kwargs = _taken_apart(operation, args, kwargs)
    texts = [shown(value) for value in rest[:_ARGUMENTS]]
    texts += [f"{name}={shown(value)}" for name, value in list(kwargs.items())[:_ARGUMENTS]]
    if len(rest) > _ARGUMENTS:
        texts.append(f"and {len(rest) - _ARGUMENTS} more")
    return Call(operation, function, texts)


def _taken_apart(
    operation: str, args: list[Any], kwargs: dict[str, Any]
) -> tuple[str, list[Any], dict[str, Any]]:
    """Return the function that an operation calls, empty where it does something else, and its arguments."""
    if not (operation.startswith("call") and args):
        return "", args, kwargs
    function, *rest = args
    if operation == "call":
        rest, kwargs = rest
    elif operation == "call_with_arguments":
        (rest,) = rest
    return cut(str(function), 200), rest, kwargs


def _make_replay(call: Call, args: list[Any], kwargs: dict[str, Any]) -> None:
    try:
        call.replay = _replay(call.operation, *_taken_apart(call.operation, args, kwargs))
    except NotPlain as reason:
        call.why_not = str(reason)


def _replay(operation: str, function: str, args: list[Any], kwargs: dict[str, Any]) -> str:
    """Return the expression that makes a call once more. Raises NotPlain where there is none."""
    if not all(name.isidentifier() for name in (function, *kwargs)):
        raise NotPlain("it does more than call a function with plain data")
    if operation in ("call", "call_with_arguments"):
        names = [f"{name}=" for name in kwargs]
        written = expressions([*args, *kwargs.values()])
        heads = [""] * len(args) + names
        return f"{function}({', '.join(map(''.join, zip(heads, written, strict=True)))})"
    if operation == "call_once":
        return f"{function}()"
    if operation == "call_repeatedly":
        count, inside = args
        return f"[{function}({', '.join(expressions(inside))}) for _ in range({int(count)})]"
    if operation == "call_each":
        (many,) = expressions(args)
        return f"[{function}(*each) for each in {many}]"
    if operation == "call_in_turns":
        turns, many = expressions(args)
        return f"[{function}(*{many}[turn]) for turn in {turns}]"
    raise NotPlain("it does more than call a function with plain data")


def _statement(frame: FrameType, line: int) -> ast.stmt | None:
    """Return the innermost statement at a line of the checks."""
    tree = ast.parse("".join(linecache.getlines(frame.f_code.co_filename)))
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return min(around, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)


def _named(frame: FrameType, statement: ast.stmt, sentence: str) -> Iterator[tuple[str, str]]:
    """Yield the names in a statement and what they are, but for functions and the check's own sentence."""
    names = dict.fromkeys(n.id for n in ast.walk(statement) if isinstance(n, ast.Name))
    values = frame.f_locals
    uninteresting = (Student, FunctionType, ModuleType, type, np.random.Generator)
    told = [n for n in names if n in values and not isinstance(values[n], uninteresting)]
    for name in told[:_VALUES]:
        if not (isinstance(values[name], str) and values[name] == sentence):
            yield name, shown(values[name], MOST // 2)
