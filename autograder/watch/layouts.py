"""Which layout a folder has."""

from __future__ import annotations

from pathlib import Path

from autograder.watch.arrival import Layout
from autograder.watch.exchange import INBOUND, Exchange
from autograder.watch.shared import SharedFolder


def layout_of(folder: Path, assignment: str) -> Layout:
    """Return how submissions lie in a folder: as in an exchange if its name is `inbound`, else by student."""
    if folder.absolute().name == INBOUND:
        return Exchange(folder, assignment)
    return SharedFolder(folder, assignment)
