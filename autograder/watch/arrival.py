"""One submission that has arrived, and how to tell that all of it is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from autograder.batch.discover import Submission, of_notebooks
from autograder.watch.safe_files import Spot

SETTLED = 0.25  # seconds for which nothing of it has changed
PATIENCE = 30.0  # seconds after which what is still half a notebook is all that will come
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)


@dataclass(frozen=True)
class Arrival:
    """A submission as it lies there.

    `key` names the place where it lies, `version` what lies there; both together are answered once.
    `state` changes with every change of its files, `complete` says whether all that belongs to it is there;
    `remark` is for whoever watches.
    """

    key: str
    version: str
    student: str
    spot: Spot
    names: tuple[str, ...]
    state: str
    complete: bool = True
    remark: str = ""

    def chosen(self, assignment: str) -> Submission:
        """Return the notebook that counts, or why none does."""
        found = [self.spot.path / name for name in self.names]
        return of_notebooks(self.student, self.spot.path, found, assignment)


IsAnswered = Callable[[str, str], bool]


class Layout(Protocol):
    """How submissions lie in a folder, and where their students look for feedback."""

    def arrivals(self, is_answered: IsAnswered) -> Iterator[Arrival]:
        """Yield what lies there now, the older ones first where that can be told.

        What `is_answered`, by key and version, may be left out. Raises OSError where the folder is away.
        """

    def put(self, arrival: Arrival, notebook: Path, text: str) -> Path | None:
        """Put feedback where the student finds it; return where, None where that is nowhere.

        `notebook` is what was graded or refused. Raises OSError.
        """


def is_whole(content: bytes) -> bool:
    """Tell whether this may be all of a notebook: text of JSON in which all that was opened is closed.

    It is looked at and not parsed: a student's JSON can exhaust whoever parses it. No part of a notebook
    that lacks its end is whole, since the first brace closes last.
    """
    text = _STRING.sub(b"", content).strip()
    return (
        text.endswith(b"}")
        and text.count(b"{") == text.count(b"}")
        and text.count(b"[") == text.count(b"]")
        and b'"' not in text
    )
