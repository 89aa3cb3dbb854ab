"""Blackboard: `<assignment>_<user>_attempt_<yyyy-mm-dd-hh-mm-ss>_<file>`, and a `.txt` about each attempt.

The word for attempt is translated. Assignment and user may hold underscores themselves: the `.txt` names the
user, and where there is none, the assignment must be the same for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import PurePosixPath

from autograder.collect.archive import pieces
from autograder.collect.piece import Asked, Finding, Piece, Stray, Who
from autograder.collect.times import told
from autograder.collect.tree import File, Tree, Unreadable

NAME = "Blackboard"
_FILE = re.compile(
    r"(?P<head>.+?_.+?)_(?P<attempt>[^\W\d_]+)_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))",
    re.DOTALL,
)
_NAME = re.compile(r"[^\n:]+:\s*(?P<name>[^\n]*?)\s*\((?P<user>[^()\n]+)\)\s*(?:\n|$)")
_UNSURE = (
    "Where the assignment's name ends and the student's begins is not clear: keep the .txt file that "
    "Blackboard adds, or rename the file to the student's id."
)


def recognised(tree: Tree, asked: Asked) -> int:
    """Return how many of the top names are of this layout."""
    return sum(bool(_FILE.fullmatch(top)) for top in tree.tops())


def found(tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what each file is; what is of no student is left to the caller."""
    tops = {t: (m, files[0]) for t, files in tree.tops().items() if (m := _FILE.fullmatch(t))}
    named = {
        match["head"]: who
        for match, file in tops.values()
        if match["about"] and (who := _about(match["head"], file))
    }
    heads = {match["head"] for match, _ in tops.values()} - named.keys()
    known = {head[: -len(who.id) - 1] for head, who in named.items()}
    assignments = known or {head.rpartition("_")[0] for head in heads}
    if len(assignments) == 1:
        (start,) = assignments
        named |= {h: Who(h[len(start) + 1 :]) for h in heads if h.startswith(f"{start}_")}
    for match, file in tops.values():
        who = named.get(match["head"])
        if who is None:
            yield Stray(file, _UNSURE, unplaced=True)
            continue
        inside = PurePosixPath(match["file"] or "about this attempt.txt")
        yield Piece(file, who, inside, _time(match["time"], asked.zone))


def _about(head: str, file: File) -> Who | None:
    """Return whom Blackboard's own text names, if it is one that the file's name ends in."""
    try:
        text = b"".join(pieces(file, 4096)).decode("utf-8", errors="replace").lstrip("\ufeff")
    except Unreadable:
        return None
    match = _NAME.match(text.replace("\r\n", "\n"))
    if match is None or not head.endswith(f"_{match['user']}"):
        return None
    return Who(match["user"], match["name"])


def _time(text: str, zone: tzinfo) -> datetime | None:
    return told(text, ("%Y-%m-%d-%H-%M-%S",), zone)
