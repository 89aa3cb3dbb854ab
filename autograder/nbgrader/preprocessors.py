"""How nbgrader strips and checks a release: PREPROCESSORS stand in nbgrader_config.py.

`StripSolutions` stands where nbgrader has ClearSolutions, which deletes the markers and knows one
stub for all regions. `SetPoints` follows assignment.toml. `StandAlone` has the notebook work where it comes
without its neighbours. `RefuseLeaks` comes last and sees what students will.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ComputeChecksums,
    IncludeHeaderFooter,
    InstantiateTests,
    LockCells,
    NbGraderPreprocessor,
    SaveCells,
)

from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.errors import ReleaseError
from autograder.release import alone, answers, exercises, leaks, scaffold
from autograder.release.cells import is_answer, is_graded, name_of

Resources = dict[str, Any]

_MASTER = "autograder_master"


class StripSolutions(NbGraderPreprocessor):  # type: ignore[misc]
    """Reduce each solution to its scaffold, each answer to a placeholder; drop what is the teacher's."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Strip `nb` in place; raises `ReleaseError` that names the cell."""
        master = resources[_MASTER] = copy.deepcopy(nb)
        for number, cell in enumerate(nb.cells, start=1):
            if cell.cell_type == "code":
                cell.source = _changed(scaffold.strip, cell.source, name_of(cell, number))
            elif is_answer(cell):
                cell.source = _changed(answers.strip, cell.source, name_of(cell, number))
                _drop_unused_attachments(cell)
            for key in leaks.TEACHER_METADATA:
                cell.metadata.pop(key, None)
        _refuse(leaks.faults_of_master(master))
        _refuse(exercises.faults(master))
        return nb, resources


class SetPoints(NbGraderPreprocessor):  # type: ignore[misc]
    """Give each graded cell the points that assignment.toml gives it; without that, leave its own."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Change `nb` in place; raises `ReleaseError` where the two do not fit together."""
        points = _points(resources)
        for number, cell in enumerate(nb.cells, start=1):
            if not is_graded(cell):
                continue
            meta = cell.metadata.nbgrader
            wanted = points.pop(meta.get("grade_id"), None)
            if wanted is not None and wanted != meta.get("points"):
                meta.points = int(wanted) if wanted.is_integer() else wanted
            if "points" not in meta:
                raise ReleaseError(
                    f"{name_of(cell, number)} is graded, but has no points: set them in nbgrader's toolbar "
                    "or in assignment.toml"
                )
        for missing in points:
            raise ReleaseError(
                f"assignment.toml has an exercise {missing!r}, but no graded cell of the master has this id: "
                "give one of them this grade id, or remove the exercise"
            )
        return nb, resources


class StandAlone(NbGraderPreprocessor):  # type: ignore[misc]
    """Put pictures into the notebook, and the address of what lies beside it (assignment.toml)."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Change `nb` in place; raises `ReleaseError` that names the cell."""
        course = _course(resources)
        address = (
            load_settings(course).release.address if course and course.settings.exists() else ""
        )
        folder = Path(resources["metadata"]["path"])
        for number, cell in enumerate(nb.cells, start=1):
            if cell.cell_type == "code":
                cell.source = alone.with_address(cell.source, address)
            elif not is_answer(cell):
                cell.source = _changed(
                    lambda source: alone.with_pictures(source, folder),
                    cell.source,
                    name_of(cell, number),
                )
        return nb, resources


class RefuseLeaks(NbGraderPreprocessor):  # type: ignore[misc]
    """Stop the release where the finished notebook still shows something of the master's."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Return `nb` as it is; raises `ReleaseError` that names the first cell with a leak."""
        _refuse(leaks.find_leaks(resources[_MASTER], nb))
        _refuse(exercises.repeated(resources[_MASTER]))
        return nb, resources


PREPROCESSORS = [
    IncludeHeaderFooter,
    InstantiateTests,
    LockCells,
    StripSolutions,
    SetPoints,
    StandAlone,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
    RefuseLeaks,
]
"""nbgrader's own list with our four. Points are part of a checksum, and checksums are computed again
after hidden tests are gone."""


def _changed(change: Callable[[str], str], source: str, name: str) -> str:
    try:
        return change(source)
    except ReleaseError as error:
        raise ReleaseError(f"{name}: {error}") from error


def _drop_unused_attachments(cell: NotebookNode) -> None:
    """A picture that only the sample answer showed would still be in the file."""
    attachments = cell.get("attachments", {})
    for name in list(attachments):
        if f"attachment:{name}" not in cell.source:
            del attachments[name]
    if not attachments:
        cell.pop("attachments", None)


def _course(resources: Resources) -> Course | None:
    """The course in which nbgrader releases a master, and the assignment; None for another notebook."""
    notebook = resources.get("nbgrader", {})
    name = notebook.get("assignment")
    if not name or notebook.get("notebook") != name:
        return None
    # nbgrader tells where the notebook lies: <course>/source/<assignment>.
    return Course(Path(resources["metadata"]["path"]).resolve().parents[1], name)


def _points(resources: Resources) -> dict[str, float | None]:
    """The points of each exercise in assignment.toml; nothing where a notebook has no such file."""
    course = _course(resources)
    if course is None or not course.settings.exists():
        return {}
    return {id_: exercise.points for id_, exercise in load_settings(course).exercises.items()}


def _refuse(faults: list[str]) -> None:
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise ReleaseError(faults[0] + more)
