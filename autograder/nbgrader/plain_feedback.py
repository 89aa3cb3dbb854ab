"""Our sentences where people read them: whole in formgrader, as text on feedback pages.

Formgrader shows an automatic comment in a small field. So it stands below the check cell as well, as what was
printed there. On feedback pages nbgrader shows comments as markdown: what a person typed stays that, and what
we said is text, since it may quote a student's exception.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import GetGrades

from autograder.course.markers import SOLUTION_SUFFIX

_WIDTH = 100  # what was printed is not wrapped on nbgrader's pages
_WAITS = "This answer has not been graded yet: its points are still to come."
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&:\"'=^@/])")


class GetPlainGrades(GetGrades):  # type: ignore[misc]
    """nbgrader's own, for a comment of ours in which every sign of markdown stands for itself."""

    def _get_comment(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        comment = self.gradebook.find_comment(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        ours = comment.auto_comment
        plain = None if ours is None else as_markdown(ours)
        cell.metadata.nbgrader["comment"] = (
            plain if comment.manual_comment is None else comment.manual_comment
        )

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        """Have a page say of an answer that nobody has graded yet that the 0 beside it is none.

        Below a check cell stand the sentences that the page has as a comment.
        """
        super()._get_score(cell, resources)
        meta = cell.metadata["nbgrader"]
        if cell.cell_type == "code" and not meta.get("solution"):
            cell.outputs = []
        grade = self.gradebook.find_grade(
            meta["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        if grade.auto_score is None and grade.manual_score is None:
            self.log.warning("%s of %s has not been graded yet.", meta["grade_id"], self.student_id)
            meta["comment"] = "\n\n".join(filter(None, (meta.get("comment"), _WAITS)))


def say(notebook: NotebookNode, comments: Mapping[str, str | None]) -> None:
    """Have each check cell show what is said of its exercise; `comments` are by solution cell."""
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.cell_type == "code" and (text := comments.get(name + SOLUTION_SUFFIX)):
            lines = [textwrap.fill(line, _WIDTH) for line in text.splitlines()]
            cell.outputs = [new_output("stream", name="stdout", text="\n".join([*lines, ""]))]


def as_markdown(text: str) -> str:
    """Return markdown that shows `text` (CommonMark, section 2.4), its paragraphs as paragraphs."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(_MARKUP.sub(r"\\\1", part) for part in paragraphs if part)
