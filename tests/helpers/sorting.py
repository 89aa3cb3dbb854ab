"""What each test needs, as a mark, and which tests belong in one process when several run side by side.

A grading session costs seconds and half a gigabyte, so all tests of an engine go to one process
(`--dist loadgroup`), and so do those of one file. What takes longest is started first.
"""

from __future__ import annotations

import pytest

from autograder.engines.registry import ENGINES

# A test that asks for one of these fixtures has TensorFlow loaded somewhere.
HEAVY = {"elsewhere", "executed", "untouched", "warm", "worker_parent"}
# The longest groups, longest first: nobody waits at the end for one that was begun last.
LONGEST = (
    "bubblewrap",
    "docker",
    "process",
    "tests/batch/test_faults.py",
    "tests/assignment/test_ppo.py",
    "tests/unit/test_docs.py",
)


def mark(item: pytest.Item) -> None:
    """Mark a test with what it needs, and with the group that runs in one process."""
    if "docker" in _parameters(item):
        item.add_marker(pytest.mark.container)
    if not HEAVY.isdisjoint(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.heavy)
    item.add_marker(pytest.mark.xdist_group(_group(item)))


def longest_first(items: list[pytest.Item]) -> None:
    """Put tests in the order in which their groups are to begin."""
    places = {name: place for place, name in enumerate(LONGEST)}
    for item in items:
        places.setdefault(_group(item), len(places))
    items.sort(key=lambda item: places[_group(item)])


def _group(item: pytest.Item) -> str:
    """Return the engine whose sessions a test shares with others, else its file."""
    if "warm_on" in getattr(item, "fixturenames", ()):
        return next((name for name in ENGINES if name in _parameters(item)), "process")
    return item.location[0]


def _parameters(item: pytest.Item) -> list[object]:
    """Return what a test was called with, as far as it is text."""
    callspec = getattr(item, "callspec", None)
    return [
        value for value in (callspec.params.values() if callspec else ()) if isinstance(value, str)
    ]
