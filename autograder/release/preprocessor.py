"""The hook by which nbgrader strips and checks the release: see nbgrader_config.py.

`StripSolutions` stands where nbgrader has ClearSolutions, which deletes the markers and knows one
stub for all regions. `RefuseLeaks` comes last and sees what students will.
"""

from __future__ import annotations

import copy
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

from autograder.errors import ReleaseError
from autograder.release import leaks, scaffold

Resources = dict[str, Any]

_MASTER = "autograder_master"


class StripSolutions(NbGraderPreprocessor):  # type: ignore[misc]
    """Reduce each solution region to its scaffold and drop what is for the teacher alone."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Strip `nb` in place; raises `ReleaseError` that names the cell."""
        resources[_MASTER] = copy.deepcopy(nb)
        for number, cell in enumerate(nb.cells, start=1):
            if cell.cell_type == "code":
                cell.source = _strip(cell.source, leaks.name_of(cell, number))
            for key in leaks.TEACHER_METADATA:
                cell.metadata.pop(key, None)
        _refuse(leaks.faults_of_master(resources[_MASTER]))
        return nb, resources


class RefuseLeaks(NbGraderPreprocessor):  # type: ignore[misc]
    """Stop the release where the finished notebook still shows something of the master's."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Return `nb` as it is; raises `ReleaseError` that names the first cell with a leak."""
        _refuse(leaks.find_leaks(resources[_MASTER], nb))
        return nb, resources


PREPROCESSORS = [
    IncludeHeaderFooter,
    InstantiateTests,
    LockCells,
    StripSolutions,
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
"""nbgrader's own list with our two; checksums are computed again after hidden tests are gone."""


def _strip(source: str, name: str) -> str:
    try:
        return scaffold.strip(source)
    except ReleaseError as error:
        raise ReleaseError(f"{name}: {error}") from error


def _refuse(faults: list[str]) -> None:
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise ReleaseError(faults[0] + more)
