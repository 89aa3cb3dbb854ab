"""What each test needs, as a mark, and which tests run in one process where several run side by side.

A grading session costs seconds and half a gigabyte, so all tests of an engine go to one process, and so do
those of one file. What takes longest is started first.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

from autograder.engines.registry import ENGINES

# A test that asks for one of these fixtures has TensorFlow loaded somewhere.
HEAVY = {"elsewhere", "executed", "untouched", "warm", "worker_parent"}
# Where a session is shared by tests of several files.
SHARING = ("tests/corpus/test_cases.py", "tests/engine/")
# Where no test shares anything with another, and each takes long.
ALONE = "tests/corpus/test_differential.py"
# Where one image is built for the tests of several files.
TOGETHER = ("tests/student/",)
# The longest groups, longest first: nobody waits at the end for one that was begun last.
LONGEST = (
    "bubblewrap",
    "docker",
    "process",
    "tests/platforms/test_gradescope.py",
    "tests/platforms/test_prairielearn.py",
    "tests/batch/test_faults.py",
    "tests/clusters/test_dask.py",
    "tests/clusters/test_kubernetes.py",
    "tests/clusters/test_slurm.py",
    "tests/student/",
    "tests/assignment/test_ppo.py",
    "tests/unit/test_docs.py",
)


class ByGroup(LoadScopeScheduling):
    """Gives each process whole groups, in their order; xdist's own groups are lost on this pytest."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def mark(item: pytest.Item) -> None:
    """Mark a test with what it needs."""
    if "docker" in _parameters(item.nodeid):
        item.add_marker(pytest.mark.container)
    if not HEAVY.isdisjoint(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.heavy)


def longest_first(items: list[pytest.Item]) -> None:
    """Put tests in the order in which their groups are to begin."""
    places = {name: place for place, name in enumerate(LONGEST)}
    for item in items:
        places.setdefault(group(item.nodeid), len(places))
    items.sort(key=lambda item: places[group(item.nodeid)])


def group(nodeid: str) -> str:
    """Return the engine whose sessions a test shares with others, else its folder or its file."""
    if nodeid.startswith(SHARING):
        for name in _parameters(nodeid):
            if name in ENGINES:
                return name
    for folder in TOGETHER:
        if nodeid.startswith(folder):
            return folder
    return nodeid if nodeid.startswith(ALONE) else nodeid.partition("::")[0]


def _parameters(nodeid: str) -> list[str]:
    """Return the parts of what stands in brackets behind a test's name."""
    return nodeid.partition("[")[2].rstrip("]").split("-")
