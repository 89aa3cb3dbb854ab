"""Claims about what reading a notebook may cost, whatever is in it."""

import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from autograder.course.folder import Course
from autograder.limits import MAX_CELL, MAX_NOTEBOOK, MIB
from autograder.submission import bounded
from autograder.submission.assignment import Assignment
from autograder.submission.bounded import read_plan
from autograder.submission.plan import make_plan
from autograder.submission.read import Rejected, read_notebook

ROOM = MAX_NOTEBOOK - 1000


def notebook(*sources: str, **more: Any) -> bytes:
    """A notebook with these code cells."""
    cells = [{"cell_type": "code", "metadata": {}, "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "cells": cells} | more).encode()


def with_metadata(value: str, version: int = 4) -> bytes:
    """A notebook of one exercise, in any version's layout, with JSON of anybody's choice beside it."""
    cell = {"cell_type": "code", "metadata": {}, "source": "def train(): pass"}
    content = {"nbformat": version, "cells": [cell], "worksheets": [{"cells": [cell]}]}
    text = json.dumps(content | {"metadata": "HERE"})
    return text.replace('"HERE"', value).encode()


def test_a_plan_read_in_a_process_of_its_own_is_the_plan(assignment: Assignment, course: Course):
    """With every cell, script and state."""
    data = course.master.read_bytes()
    assert read_plan(assignment, data) == make_plan(assignment, read_notebook(data))


def test_a_rejection_arrives_as_one(assignment: Assignment):
    """With its sentence."""
    with pytest.raises(Rejected, match="is empty"):
        read_plan(assignment, b"")


WIDE: dict[str, Callable[[], bytes]] = {
    "empty objects in version 3": lambda: with_metadata("[" + "{}," * (ROOM // 3) + "{}]", 3),
    "keys": lambda: with_metadata(json.dumps(dict.fromkeys(map(str, range(300_000))))),
    "one number": lambda: with_metadata("7" * ROOM),
    "bytes that are no UTF-8": lambda: with_metadata('"~"').replace(b"~", b"\xff" * ROOM),
}


@pytest.mark.parametrize("name", WIDE)
def test_the_widest_json_of_20_mb_is_still_read(name: str, assignment: Assignment):
    """It costs memory and time, and less than there is."""
    data = WIDE[name]()
    assert len(data) <= MAX_NOTEBOOK
    assert read_plan(assignment, data).states["train"] == "attempted"


def test_json_that_fills_the_memory_is_rejected(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
):
    """Ten million lists, each deep in others: the process that reads has a limit of its own."""
    # what the process that tests has once used and freed can be had again without asking
    monkeypatch.setattr(bounded, "READ_MEMORY", 64 * MIB)
    tower = "[" * 900 + "]" * 900
    with pytest.raises(Rejected, match="far too much time or memory"):
        read_plan(assignment, with_metadata(f"[{','.join([tower] * (ROOM // 1801))}]"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["a<", "a;", "'''", "\0", "%\n"],
    ids=ascii,
)
def test_the_longest_cells_are_read_within_the_limits(piece: str, assignment: Assignment):
    """Whatever they say in as many characters as there may be."""
    size = (MAX_CELL - 100) // len(piece)
    cells = [f"{piece * size}#{number}" for number in range(2)]
    plan = read_plan(assignment, notebook("def train(): pass", *cells))
    assert len(plan.cells) == len(assignment.setup) + 3


@pytest.mark.parametrize(
    "ending", [lambda: os.kill(os.getpid(), 9), lambda: os._exit(1)], ids=["killed", "exits"]
)
def test_a_reader_that_dies_costs_its_submission_only(
    ending: Callable[[], None], assignment: Assignment, monkeypatch: pytest.MonkeyPatch
):
    """Should a notebook ever crash Python's parser, its student learns that it cannot be read."""
    monkeypatch.setattr(bounded, "read_notebook", lambda _data: ending())
    with pytest.raises(Rejected, match="Clear its outputs"):
        read_plan(assignment, b"{}")


def test_a_reader_that_never_ends_is_ended(assignment: Assignment, monkeypatch: pytest.MonkeyPatch):
    """By the limit on its processor time (setrlimit(2)), here of one second."""

    def endless(_data: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr(bounded, "READ_SECONDS", 1)
    monkeypatch.setattr(bounded, "read_notebook", endless)
    with pytest.raises(Rejected, match="far too much time"):
        read_plan(assignment, b"{}")


def test_a_fault_of_ours_is_no_rejection(assignment: Assignment, monkeypatch: pytest.MonkeyPatch):
    """It carries its traceback to the instructor."""
    monkeypatch.setattr(bounded, "read_notebook", lambda _data: 1 / 0)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        read_plan(assignment, b"{}")
