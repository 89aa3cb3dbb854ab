"""What a student who has solved everything runs: the master notebook's own cells, and its modules."""

from __future__ import annotations

import sys
from typing import Any

from autograder.course.folder import find_course
from autograder.submission.assignment import SOLUTION_SUFFIX
from autograder.submission.read import Cell, read_notebook
from benchmarks.nbgrader_course import ASSIGNMENT, ROOT

COURSE = find_course(ROOT, ASSIGNMENT)
FOLDER = COURSE.master.parent
TRAINING_LOOP = f"training_loop{SOLUTION_SUFFIX}"


def cells() -> tuple[Cell, ...]:
    """Return the master's code cells, top to bottom."""
    return tuple(read_notebook(COURSE.master.read_bytes()).cells)


def import_modules() -> None:
    """Make `policy_gradient` and `utils` importable, as they are beside a notebook."""
    for folder in (FOLDER / "ppo", FOLDER):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))


def solutions(*given: str) -> dict[str, Any]:
    """Return the names that imports, all solutions and these given cells define; nothing is trained."""
    import_modules()
    namespace: dict[str, Any] = {}
    for cell in cells():
        if cell.grade_id in ("imports", *given) or (
            cell.is_solution and cell.grade_id != TRAINING_LOOP
        ):
            exec(compile(cell.source, cell.grade_id, "exec"), namespace)
    return namespace
