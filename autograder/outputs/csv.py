"""scores.csv: a row per student, a column per exercise, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path
from typing import Any

from autograder import files
from autograder.plaintext import one_line, told_apart

_FORMULA = ("=", "+", "-", "@")
_FORMULA_INSIDE = re.compile(r"""([,;|][\s"']*)(?=[=+@-])""")


def write_scores(reports: list[dict[str, Any]], path: Path) -> None:
    """Write the table of all `reports` to `path` (RFC 4180), whole or not at all; raises NotWritten."""
    exercises = list(dict.fromkeys(e["id"] for r in reports for e in r["exercises"]))
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["student", "outcome", "score", "max_score", *exercises, "message"])
    for report in reports:
        scores = {exercise["id"]: exercise["score"] for exercise in report["exercises"]}
        table.writerow(
            [
                _cell(told_apart(report["student"])),
                report["outcome"],
                "" if report["score"] is None else report["score"],
                report["max_score"],
                *(scores.get(exercise, "") for exercise in exercises),
                _cell(one_line(report["message"], 300)),
            ]
        )
    files.write(path, text.getvalue())


def _cell(text: str) -> str:
    """Return a line that no spreadsheet takes for a formula (CWE-1236): a quote stands before its sign.

    Also behind what some spreadsheet takes for the end of a cell, whatever separates ours.
    """
    line = _FORMULA_INSIDE.sub(r"\1'", text)
    folded = unicodedata.normalize("NFKC", line).lstrip()  # full-width signs count as signs
    return f"'{line}" if folded.startswith(_FORMULA) else line
