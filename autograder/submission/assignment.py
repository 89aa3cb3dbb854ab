"""The assignment as master notebook and assignment.toml state it together: exercises, points, given cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course.checks import checks_in
from autograder.course.folder import Course
from autograder.course.markers import SOLUTION_SUFFIX
from autograder.course.settings import CheckSettings, ExerciseSettings, Settings, load_settings
from autograder.errors import ReleaseError, SettingsError
from autograder.submission.read import Cell, Notebook, Rejected, read_notebook


@dataclass(frozen=True)
class Exercise:
    """One exercise: its points, the master's solution cell, that cell as students get it, its checks.

    `earlier` is the cell as earlier releases had it, where that was something else. `seconds` is the time
    that all its checks may take together, where it has a limit of its own. `why` says why its points are
    split so.
    """

    id: str
    points: float
    solution: Cell
    scaffold: str
    checks: Mapping[str, CheckSettings]
    seconds: float | None = None
    earlier: tuple[str, ...] = ()
    why: str = ""

    @property
    def scaffolds(self) -> tuple[str, ...]:
        """The cell as students get it, and as they got it before: whoever has one of these wrote nothing."""
        return (self.scaffold, *self.earlier)


@dataclass(frozen=True)
class Question:
    """An answer, in words or in code, that a person grades, and its cell's text as students get it.

    nbgrader's name for its cell is "manually graded": it carries points and is the student's own.
    """

    id: str
    points: float
    released: str


@dataclass(frozen=True)
class Assignment:
    """All exercises and questions in the notebook's order, and all the master's code cells.

    `earlier` are the code cells of releases that came before: a notebook made from one of them is no other
    file, and what was given there is no student's own.
    """

    name: str
    settings: Settings
    exercises: tuple[Exercise, ...]
    questions: tuple[Question, ...]
    cells: tuple[Cell, ...]
    earlier: tuple[Cell, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all exercises and questions."""
        return (*(e.id for e in self.exercises), *(q.id for q in self.questions))

    @property
    def max_score(self) -> float:
        """The points of all exercises and questions together."""
        return sum(e.points for e in self.exercises) + sum(q.points for q in self.questions)

    @property
    def setup(self) -> tuple[Cell, ...]:
        """The given cells that grading runs before anything else, in the notebook's order."""
        return tuple(cell for cell in self.cells if cell.grade_id in self.settings.given)


def load_assignment(course: Course) -> Assignment:
    """Read the settings, the master notebook, the release that students got and those before it.

    Raises SettingsError where assignment.toml has no meaning beside the notebook and the hidden checks,
    ReleaseError where master or release is missing, or the release is not of this master.
    """
    settings = load_settings(course)
    try:
        master = read_notebook(course.master.read_bytes())
        released = read_notebook(course.released.read_bytes())
        earlier = tuple(cell for path in course.earlier for cell in _earlier_cells(path))
        assignment = _joined(course, settings, master, released, earlier)
    except (OSError, KeyError, Rejected) as error:
        raise ReleaseError(
            f"The master notebook of {course.assignment} and its release cannot be read together "
            f"({error!r}): run 'autograder release'."
        ) from error
    _refuse_strangers(course, assignment)
    return assignment


def _earlier_cells(path: Path) -> list[Cell]:
    try:
        return read_notebook(path.read_bytes()).cells
    except (OSError, Rejected) as error:
        raise ReleaseError(
            f"{path} cannot be read ({error}): put a notebook there as it was released, or remove the file."
        ) from error


def _joined(
    course: Course,
    settings: Settings,
    master: Notebook,
    released: Notebook,
    earlier: tuple[Cell, ...],
) -> Assignment:
    scaffolds = {cell.grade_id: cell.source for cell in released.cells}
    solutions = {cell.grade_id: cell for cell in master.cells}
    texts = {cell.grade_id: cell.source for cell in (*released.answers, *released.cells)}
    exercises = []
    for check in (cell for cell in master.cells if cell.is_check and not cell.is_solution):
        own = settings.exercises.get(check.grade_id, ExerciseSettings())
        name = check.grade_id + SOLUTION_SUFFIX
        points = check.points if own.points is None else own.points
        before = {cell.source: None for cell in earlier if cell.grade_id == name}
        before.pop(scaffolds[name], None)
        parts = solutions[name], scaffolds[name], own.checks, own.seconds, tuple(before), own.why
        exercises.append(Exercise(check.grade_id, points, *parts))
    questions = []
    by_hand = [
        cell for cell in (*master.answers, *master.cells) if cell.is_check and cell.is_solution
    ]
    for answer in by_hand:
        own = settings.exercises.get(answer.grade_id, ExerciseSettings())
        points = answer.points if own.points is None else own.points
        questions.append(Question(answer.grade_id, points, texts[answer.grade_id]))
    return Assignment(
        course.assignment,
        settings,
        tuple(exercises),
        tuple(questions),
        tuple(master.cells),
        earlier,
    )


def _refuse_strangers(course: Course, assignment: Assignment) -> None:
    """Raise where the settings name what is not there, or leave out what is."""
    where = f"checks/{course.assignment}/{course.settings.name}"
    exercises = {exercise.id for exercise in assignment.exercises}
    for name in assignment.settings.exercises.keys() - set(assignment.ids):
        raise SettingsError(
            f"{where}: exercises.{name} has no check cell in the master notebook: remove it, or write one "
            f"of {', '.join(sorted(assignment.ids))}."
        )
    grade_ids = {cell.grade_id for cell in assignment.cells}
    for name in assignment.settings.given:
        if name not in grade_ids:
            raise SettingsError(
                f"{where}: given names the cell '{name}', but no code cell of the master has that grade id."
            )
    for path in sorted(course.checks.glob("test_*.py")):
        if path.stem.removeprefix("test_") not in exercises:
            raise SettingsError(
                f"checks/{course.assignment}/{path.name} belongs to no exercise of the master notebook: "
                f"name it after one, test_<exercise>.py, or without test_ where checks share it."
            )
    for exercise in assignment.exercises:
        _refuse_uncounted(course, exercise, where)
    for question in assignment.questions:
        own = assignment.settings.exercises.get(question.id, ExerciseSettings())
        for key in sorted(own.model_fields_set - {"points", "why"}):
            raise SettingsError(
                f"{where}: exercises.{question.id}.{key} has no meaning, for a person grades "
                f"{question.id}, and no check does: remove it."
            )


def _refuse_uncounted(course: Course, exercise: Exercise, where: str) -> None:
    """Raise where a check has no weight, or a weight no check: a slip of the pen would move points."""
    path = course.checks / f"test_{exercise.id}.py"
    checks = [check.name for check in checks_in(path)]
    table = f"exercises.{exercise.id}.checks"
    for name in checks:
        if name not in exercise.checks:
            raise SettingsError(
                f"{where}: {table}.{name} is missing: say what test_{name} of {path.name} weighs."
            )
    for name in exercise.checks:
        if name not in checks:
            raise SettingsError(
                f"{where}: {table}.{name} gives a weight, but {path.name} has no test_{name}: remove it, or "
                "mend its name."
            )
    if not checks:
        raise SettingsError(f"{path.name} holds no hidden check for {exercise.id}: write one.")
