"""Answers in markdown that a person grades: the sample answer goes, a line to write in comes.

What stands between `<!-- START ANSWER -->` and `<!-- END ANSWER -->`, each on a line of its own, is the
sample answer. The question may stand in the same cell, outside the markers. Both markers stay, since they
tell where students write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.course.markers import ANSWER_END, ANSWER_START
from autograder.errors import ReleaseError

PLACEHOLDER = "*Write your answer here.*"

_MARKER = re.compile(r"<!-*\s*(START|END)\s+ANSWER\s*-*>", re.IGNORECASE)
_MARKERS = {"START": ANSWER_START, "END": ANSWER_END}
# Where one sentence of an answer ends: at a full stop, a blank line, or before an item of a list.
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?:;])\s+|\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)")
_WORD = re.compile(r"[^\W_]+")
_TELLING_WORDS = 5


def may_hold_answer(source: str) -> bool:
    """Whether something in `source` is, or looks like, a marker of an answer."""
    return bool(_MARKER.search(source))


def strip(source: str) -> str:
    """The cell's markdown with a placeholder for each sample answer.

    Raises `ReleaseError`, whose sentence names the line, where a marker is misspelled, nested or without
    its partner, and where there is none: then nobody can tell an answer from a question.
    """
    lines = source.split("\n")
    found = _answers(lines)
    if not found:
        raise ReleaseError(
            f"this answer has no markers: put the sample answer between the lines `{ANSWER_START}` and "
            f"`{ANSWER_END}`; what stands there is not released"
        )
    for answer in reversed(found):
        lines[answer.start : answer.stop] = [PLACEHOLDER]
    return "\n".join(lines)


def sentences(source: str) -> Iterator[str]:
    """Yield the sentences of all sample answers that are long enough to be recognised elsewhere."""
    lines = source.split("\n")
    for answer in _answers(lines):
        for sentence in _BETWEEN_SENTENCES.split("\n".join(lines[answer.start : answer.stop])):
            if len(words(sentence).split()) >= _TELLING_WORDS:
                yield " ".join(sentence.split())


def words(text: str) -> str:
    """The words of `text` between single blanks: neither capitals, signs nor line breaks matter."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _answers(lines: list[str]) -> list[range]:
    """The indices of the lines between each pair of markers."""
    found: list[range] = []
    opened = 0
    for row, line in enumerate(lines, start=1):
        marker = _marker(line, row)
        if marker == ANSWER_START and opened:
            raise ReleaseError(
                f"line {row} opens an answer inside the one that line {opened} opens"
            )
        if marker == ANSWER_END and not opened:
            raise ReleaseError(
                f"line {row} closes an answer, but none is open: add `{ANSWER_START}`"
            )
        if marker == ANSWER_END:
            found.append(range(opened, row - 1))
        if marker:
            opened = row if marker == ANSWER_START else 0
    if opened:
        raise ReleaseError(f"the answer that line {opened} opens is not closed: add `{ANSWER_END}`")
    return found


def _marker(line: str, row: int) -> str:
    """The marker that a line is, or "" where it is none; raises `ReleaseError` for a near miss."""
    near = _MARKER.search(line)
    if near is None:
        return ""
    marker = _MARKERS[near[1].upper()]
    if line.rstrip() != marker:
        raise ReleaseError(f"line {row}: write exactly `{marker}`, on a line of its own")
    return marker
