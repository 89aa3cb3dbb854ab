"""`nbgrader export` as a table that is safe to open: its own columns, each name one cell and no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from autograder import files
from autograder.plaintext import spreadsheet_cell, told_apart

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score",
)  # fmt: skip


class PlainExport(ExportPlugin):  # type: ignore[misc]
    """nbgrader's plugin, which writes names between commas as they are."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to `to`, else to grades.csv; raises NotWritten."""
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow(COLUMNS)
        for row in self._rows(gradebook):
            cells = ("" if row[name] is None else row[name] for name in COLUMNS)
            table.writerow(
                [spreadsheet_cell(told_apart(c)) if isinstance(c, str) else c for c in cells]
            )
        path = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", path)
        files.write(path, text.getvalue())

    def _rows(self, gradebook: Gradebook) -> Iterator[dict[str, Any]]:
        """Yield every student in every assignment asked for; without a submission 0, as nbgrader has it."""
        for assignment in gradebook.assignments:
            for student in gradebook.students:
                if self._is_asked_for(assignment.name, student.id):
                    about = {
                        key: getattr(student, key) for key in ("last_name", "first_name", "email")
                    }
                    yield {
                        "assignment": assignment.name, "duedate": assignment.duedate,
                        "student_id": student.id, "max_score": assignment.max_score,
                        **about, **_scores(gradebook, assignment.name, student.id),
                    }  # fmt: skip

    def _is_asked_for(self, assignment: str, student: str) -> bool:
        students, assignments = map(str, self.student), map(str, self.assignment)
        return (not self.student or student in students) and (
            not self.assignment or assignment in assignments
        )


def _scores(gradebook: Gradebook, assignment: str, student: str) -> dict[str, Any]:
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        zeros = dict.fromkeys(("raw_score", "late_submission_penalty", "score"), 0.0)
        return {"timestamp": None, **zeros}
    penalty = submission.late_submission_penalty
    return {
        "timestamp": submission.timestamp,
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty),
    }
