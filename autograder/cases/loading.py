"""A case: a submission that lies beside an assignment's hidden checks as what its student changed.

    checks/<assignment>/cases/<kind>/<trick>/edits.py        student_edits.py says how it is written
                                             expected.toml   expectations.py says what may stand in it

The kinds are `correct`, `mistakes` and `attacks`. The notebook is built from the master when it is asked
for, so no case goes stale when the master changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.cases import expectations, student_edits
from autograder.cases.expectations import Expectation, Points
from autograder.cases.student_edits import EditError, Notebook
from autograder.course.content import CASES
from autograder.course.folder import Course
from autograder.course.markers import GIVEN
from autograder.errors import AutograderError
from autograder.report import Verdict
from autograder.submission.assignment import load_assignment

CORRECT, MISTAKES, ATTACKS = KINDS = ("correct", "mistakes", "attacks")
SOLVED, RELEASE = student_edits.BASES


class CaseError(AutograderError):
    """A case is malformed: its file says so, a part is missing, its base does not exist."""


@dataclass(frozen=True)
class Case:
    """One case; its name, unique in its assignment, is also its student's id."""

    assignment: str
    kind: str
    name: str
    why: str
    expected: Expectation
    expected_file: Path
    build: Callable[[], bytes]

    def notebook(self) -> bytes:
        """The submitted file, the same bytes every time. Raises `CaseError` where the edits do not fit."""
        try:
            return self.build()
        except EditError as error:
            raise CaseError(f"{self.kind}/{self.name}: {error}") from error

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return self.expected_file.parent

    @property
    def hangs(self) -> bool:
        """Whether some code of it never ends, so that grading waits as long as limits allow."""
        return Verdict.TIMEOUT in (loss.outcome for loss in self.expected.loses.values())


def cases_folder(course: Course) -> Path:
    """The folder of an assignment's cases."""
    return course.checks / CASES


def exercise_points(course: Course) -> Points:
    """What each of an assignment's exercises is worth, in the notebook's order."""
    return {each.id: each.points for each in load_assignment(course).exercises}


def case_folders(course: Course, kind: str) -> list[Path]:
    """The folders of all cases of a kind, sorted; what begins with _ or . is none."""
    return sorted((cases_folder(course) / kind).glob("[!_.]*"))


def load_cases(course: Course, points: Points, kind: str | None = None) -> list[Case]:
    """All cases of one kind or of every kind, sorted; `points` are those of `exercise_points`.

    Raises `CaseError` naming the bad one.
    """
    folders = [path for each in ([kind] if kind else KINDS) for path in case_folders(course, each)]
    return [_load_case(course, points, folder) for folder in folders]


def _load_case(course: Course, points: Points, folder: Path) -> Case:
    """One folder with `edits.py` and `expected.toml`."""
    expected_file = folder / "expected.toml"
    try:
        text = (folder / "edits.py").read_text(encoding="utf-8")
        why = student_edits.parse(text).why
        expected = expectations.read(expected_file.read_text(encoding="utf-8"), points)
    except (OSError, SyntaxError, TypeError, ValueError) as error:
        raise CaseError(f"{folder.relative_to(course.root)}: {error}") from error
    build = partial(build_case, text, course)
    kind = folder.parent.name
    return Case(course.assignment, kind, folder.name, why, expected, expected_file, build)


def build_case(text: str, course: Course) -> bytes:
    """The notebook that an `edits.py` with this text describes."""
    edits = student_edits.parse(text)
    return student_edits.dump(student_edits.apply(edits, partial(base_notebook, course)))


def base_notebook(course: Course, base: str) -> Notebook:
    """What edits start from: the `solved` master or the untouched `release`, read anew.

    Sources are single strings. What only the release's making needs is gone: the `autograder`
    metadata and the marks on given lines.
    """
    path = course.master if base == SOLVED else course.released
    if not path.exists():
        raise CaseError(f"{path.relative_to(course.root)} is missing, cases are built from it")
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        lines = "".join(cell["source"]).split("\n")
        cell["source"] = "\n".join(line.removesuffix(GIVEN).rstrip() for line in lines)
        cell["metadata"].pop("autograder", None)
    return notebook
