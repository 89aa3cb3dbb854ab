"""A course that `nbgrader autograde` grades by itself: the same notebooks, none of our checks.

nbgrader runs the tests that a notebook brings along. Here these are the assignment's own visible check
cells: six functions, a real Pong episode of 30 steps, two short fits, and the training loop. That is far
less than the hidden checks look at.

The lean course leaves out all that only looks (plots, whole games, the evaluation) and plays short
episodes in the training loop, which is the least work that nbgrader can do on these notebooks. The whole
course is the notebook as students have it. Both train for two episodes and show no live view, through the
environment variables that the notebook documents.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

from benchmarks.measure import Cost, run

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "policy_gradient"
FILE = f"{ASSIGNMENT}.ipynb"
SHORT_EPISODES = "env = PongEnv(max_steps=30)"
# Of the given cells.
_NEEDED = ("imports", "create_environment", "hyperparameters", "training_model")
_CONFIG = """\
c = get_config()
c.Execute.timeout = 600
c.CourseDirectory.ignore = [".*", "__pycache__", "pong.keras"]
"""
Notebook = dict[str, Any]


class Course:
    """An nbgrader course in `folder`, with one submission for each name of `notebooks`."""

    def __init__(self, folder: Path, notebooks: dict[str, bytes], lean: bool) -> None:
        self._folder, self._students, self._lean = folder, sorted(notebooks), lean
        source = folder / "source" / ASSIGNMENT
        shutil.copytree(
            ROOT / "source" / ASSIGNMENT, source, ignore=shutil.ignore_patterns("__pycache__")
        )
        self._write(source / FILE, (source / FILE).read_bytes())
        for student, content in notebooks.items():
            self._write(folder / "submitted" / student / ASSIGNMENT / FILE, content)
        (folder / "nbgrader_config.py").write_text(_CONFIG)
        self._nbgrader("generate_assignment", ASSIGNMENT)

    def start_after_grading(self) -> tuple[Cost, Cost, int]:
        """Grade every submission in one call, then call again with nothing left to do.

        Returns the cost of the second call, which is what a start costs, that of the first, and the number
        of submissions. Raises RuntimeError unless every submission got all points.
        """
        total = self._nbgrader("autograde", ASSIGNMENT, "--force")
        scores = self._scores()
        if sorted(scores) != self._students or set(scores.values()) != {100}:
            raise RuntimeError(f"nbgrader did not give all points to all: {scores}")
        return self._nbgrader("autograde", ASSIGNMENT), total, len(scores)

    def _write(self, path: Path, content: bytes) -> None:
        notebook: Notebook = json.loads(content)
        if self._lean:
            notebook["cells"] = [lean for cell in notebook["cells"] for lean in _lean(cell)]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook))

    def _nbgrader(self, *arguments: str) -> Cost:
        return run(
            [sys.executable, "-m", "nbgrader", *arguments], self._folder, self._environment()
        )

    def _environment(self) -> dict[str, str]:
        """Return variables that keep it out of the user's own folders, and let Python cache bytecode."""
        environment = os.environ | {
            "NR_EPISODES": "2",
            "LIVE_VIEW": "0",
            "MPLBACKEND": "agg",
            "HOME": str(self._folder),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return environment

    def _scores(self) -> dict[str, float]:
        """Return each student's points out of nbgrader's gradebook."""
        query = """
            SELECT submitted_assignment.student_id, SUM(grade.auto_score) FROM grade
            JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
            JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
            GROUP BY submitted_assignment.student_id
        """
        with sqlite3.connect(self._folder / "gradebook.db") as database:
            return dict(database.execute(query).fetchall())


def _lean(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cell, shortened where that saves work; nothing where it only looks."""
    nbgrader = cell["metadata"].get("nbgrader", {})
    if cell["cell_type"] == "markdown":
        return []
    if nbgrader.get("grade_id") == "create_environment":
        return [cell | {"source": SHORT_EPISODES}]
    given = nbgrader and not nbgrader["grade"] and not nbgrader["solution"]
    return [] if given and nbgrader["grade_id"] not in _NEEDED else [cell]
