"""The assignment as the master notebook states it: exercises, points, given cells."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.course import Course
from autograder.errors import ReleaseError
from autograder.submission.read import Cell, Rejected, code_cells

SOLUTION_SUFFIX = "_solution"


@dataclass(frozen=True)
class Exercise:
    """One exercise: its id, its points, the master's solution cell and that cell as students get it."""

    id: str
    points: float
    solution: Cell
    scaffold: str


@dataclass(frozen=True)
class Assignment:
    """All exercises in the notebook's order, and all the master's code cells."""

    name: str
    exercises: tuple[Exercise, ...]
    cells: tuple[Cell, ...]

    @property
    def max_score(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def setup(self) -> tuple[Cell, ...]:
        """The given cells that grading runs before anything else."""
        return tuple(cell for cell in self.cells if cell.runs_in_grading)


def load_assignment(course: Course) -> Assignment:
    """Read the master notebook and the release that students got.

    Raises ReleaseError where one of them is missing, or the release is not of this master.
    """
    try:
        cells = tuple(code_cells(course.master.read_bytes()))
        released = code_cells((course.release / course.master.name).read_bytes())
        exercises = _exercises(cells, {cell.grade_id: cell.source for cell in released})
    except (OSError, KeyError, Rejected) as error:
        raise ReleaseError(
            f"The master notebook of {course.assignment} and its release cannot be read together "
            f"({error!r}): run 'autograder release'."
        ) from error
    return Assignment(course.assignment, exercises, cells)


def _exercises(cells: tuple[Cell, ...], scaffolds: dict[str, str]) -> tuple[Exercise, ...]:
    by_id = {cell.grade_id: cell for cell in cells}
    return tuple(
        Exercise(
            cell.grade_id,
            cell.points,
            by_id[cell.grade_id + SOLUTION_SUFFIX],
            scaffolds[cell.grade_id + SOLUTION_SUFFIX],
        )
        for cell in cells
        if cell.is_check
    )
