"""What each test needs, as a mark, and which tests belong in one process when several run side by side.

A grading session costs seconds and half a gigabyte, so all tests of an engine go to one process
(`--dist loadgroup`), and so do those of one file. What takes longest is started first.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from autograder.engines.registry import ENGINES

# A test that asks for one of these fixtures has TensorFlow loaded somewhere.
HEAVY = {"elsewhere", "warm", "worker_parent"}
# The longest groups, longest first: nobody waits at the end for one that was begun last.
LONGEST = (
    "bubblewrap",
    "docker",
    "process",
    "tests/batch/test_faults.py",
    "tests/assignment/test_ppo.py",
    "tests/unit/test_docs.py",
)


def sort_out(items: list[pytest.Item]) -> None:
    """Mark the tests and put them in the order in which their groups are to begin."""
    groups: dict[str, int] = {name: place for place, name in enumerate(LONGEST)}
    for item in items:
        for mark in _needs(item):
            item.add_marker(mark)
        item.add_marker(pytest.mark.xdist_group(_group(item)))
        groups.setdefault(_group(item), len(groups))
    items.sort(key=lambda item: groups[_group(item)])


def _needs(item: pytest.Item) -> Iterable[str]:
    if "docker" in _parameters(item):
        yield "container"
    if not HEAVY.isdisjoint(getattr(item, "fixturenames", ())):
        yield "heavy"


def _group(item: pytest.Item) -> str:
    """Return the engine whose sessions a test shares with others, else its file."""
    if "warm_on" in getattr(item, "fixturenames", ()):
        return next((name for name in ENGINES if name in _parameters(item)), "process")
    return item.nodeid.partition("::")[0]


def _parameters(item: pytest.Item) -> list[object]:
    """Return what a test was called with, as far as it is text."""
    callspec = getattr(item, "callspec", None)
    return [
        value for value in (callspec.params.values() if callspec else ()) if isinstance(value, str)
    ]
