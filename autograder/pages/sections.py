"""Where in the notebook an exercise is explained: the heading above its cell, as the master has it."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

from autograder.course.markers import SOLUTION_SUFFIX
from autograder.plaintext import one_line

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$", re.MULTILINE)
_SECTION = 2  # the level of headings below the notebook's title


def headings(master: Path) -> dict[str, str]:
    """Return, by exercise and question, the section that its cell stands in, where there is one.

    That is the last heading of the second level above it, or of the first: the exercise's own heading, a
    level deeper, would only say its name once more.
    """
    found: dict[str, str] = {}
    heading = ""
    for cell in nbformat.read(master, as_version=4).cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.cell_type == "markdown":
            for signs, title in _HEADING.findall(cell.source):
                heading = title if len(signs) <= _SECTION else heading
        if heading and name:
            found.setdefault(name.removesuffix(SOLUTION_SUFFIX), one_line(heading.replace("`", "")))
    return found
