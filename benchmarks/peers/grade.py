"""Grades a submission with a peer, as instructors do it, and reads what the peer says about it.

`nbgrader autograde` grades a class of two in one go: the attacker, and behind him in the alphabet a student
whose solution is right. `otter run` grades the attacker alone, in a container of its own that ends with it.
"""

from __future__ import annotations

import base64
import json
import sqlite3
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.peers import course, image
from samples.corpus import ASSIGNMENT, FILE

SECONDS = 240.0  # for one submission, or for nbgrader's class of two
ATTACKER, BYSTANDER = "mallory", "zoe"
HONEST = '"""The right solution."""\n'
_CONFIG = """\
c = get_config()
c.CourseDirectory.ignore = [".*", "__pycache__"]
c.Execute.timeout = 60  # for a cell; 30 as it comes
c.Execute.iopub_timeout = 60  # for its output; 4 as it comes, which a busy machine exceeds
"""
_SCORES = """
    SELECT submitted_assignment.student_id,
           SUM(COALESCE(grade.manual_score, grade.auto_score) + COALESCE(grade.extra_credit, 0))
    FROM grade
    JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
    JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
    GROUP BY submitted_assignment.student_id
"""
_FEEDBACK = f"feedback/{ATTACKER}/{ASSIGNMENT}/{ASSIGNMENT}.html"
SCRIPT = b"<script>attack("  # what an attack puts into its output to be run by a browser


@dataclass(frozen=True)
class Graded:
    """What a peer made of one submission: None where it gave no score."""

    score: float | None
    bystander: float | None = None
    left: list[str] = field(default_factory=list)
    script: bool = False
    killed: bool = False
    output: str = ""


def nbgrader(name: str, text: str) -> Graded:
    """Grade the notebook of these edits with `nbgrader autograde`, in the image `name`."""
    honest = course.nbgrader_submission(HONEST + '# %% after imports\n"nothing else"\n')
    files = _course(name) | {
        f"submitted/{ATTACKER}/{ASSIGNMENT}/{FILE}": _text(course.nbgrader_submission(text)),
        f"submitted/{BYSTANDER}/{ASSIGNMENT}/{FILE}": _text(honest),
    }
    commands = ["autograde", *(["generate_feedback"] if SCRIPT in text.encode() else [])]
    told = image.answer(
        name,
        {
            "system": "nbgrader",
            "files": files,
            "commands": [["nbgrader", command, ASSIGNMENT] for command in commands],
            "seconds": SECONDS,
            "results": ["gradebook.db", _FEEDBACK],
        },
    )  # fmt: skip
    scores = _gradebook(told["results"].get("gradebook.db"))
    page = base64.b64decode(told["results"].get(_FEEDBACK, ""))
    return Graded(
        score=scores.get(ATTACKER),
        bystander=scores.get(BYSTANDER, 0.0) or 0.0,
        left=told["left"],
        script=SCRIPT in page,
        killed=told["killed"],
        output=told["output"],
    )


def otter(name: str, text: str) -> Graded:
    """Grade the notebook of these edits with `otter run`, in the image `name`."""
    told = image.answer(
        name,
        {
            "system": "otter",
            "files": {
                "autograder.zip": base64.b64encode(course.otter_zip()).decode(),
                FILE: _text(course.otter_submission(text)),
            },
            "commands": [["otter", "run", "-a", "autograder.zip", FILE]],
            "seconds": SECONDS,
            "results": ["results.json"],
        },
    )
    content = base64.b64decode(told["results"].get("results.json", ""))
    return Graded(
        score=_gradescope_score(content),
        left=told["left"],
        killed=told["killed"],
        output=told["output"],
    )


@cache
def _course(name: str) -> dict[str, str]:
    """Return the files of an nbgrader course whose assignment was generated."""
    source = f"source/{ASSIGNMENT}"
    files = {f"{source}/{helper}": _text(course.helper(helper)) for helper in course.HELPERS}
    files |= {f"{source}/{FILE}": _text(course.nbgrader_source())}
    files |= {"nbgrader_config.py": _text(_CONFIG)}
    told = image.answer(
        name,
        {
            "system": "nbgrader",
            "files": files,
            "commands": [["nbgrader", "generate_assignment", ASSIGNMENT]],
            "seconds": SECONDS,
            "results": ["gradebook.db"],
        },
    )
    if "gradebook.db" not in told["results"]:
        raise image.ContainerError(f"nbgrader generated no assignment: {told['output']}")
    return files | told["results"]


def _gradebook(content: str | None) -> dict[str, float | None]:
    """Return the students' points; empty where the gradebook is gone or is no database."""
    if content is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gradebook.db"
        path.write_bytes(base64.b64decode(content))
        try:
            with sqlite3.connect(path) as database:
                return dict(database.execute(_SCORES).fetchall())
        except sqlite3.Error:
            return {}


def _gradescope_score(content: bytes) -> float | None:
    """Return the points in a `results.json`; None where there is none, or where it says that none came."""
    try:
        results: dict[str, Any] = json.loads(content)
        if any(test["name"] == "Autograder Failed" for test in results["tests"]):
            return None
        if "score" in results:
            return float(results["score"])
        return float(sum(test.get("score", 0.0) for test in results["tests"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _text(content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    return base64.b64encode(data).decode()
