"""Feedback pages say our sentences as they are: a comment of ours is text there, never markup.

nbgrader shows comments as markdown. What a person typed in formgrader stays that; what we said may quote a
student's exception.
"""

from __future__ import annotations

import re
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades

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


def as_markdown(text: str) -> str:
    """Return markdown that shows `text` (CommonMark, section 2.4), its paragraphs as paragraphs."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(_MARKUP.sub(r"\\\1", part) for part in paragraphs if part)
