"""An attack without the rest of its notebook: what it does not touch is as released, and costs nothing.

A session takes a third of the time for it. That the rest keeps its points is seen where the whole
notebook is graded.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from autograder.cases import student_edits
from autograder.cases.expectations import Loss
from autograder.cases.loading import Case
from autograder.cases.student_edits import Edits
from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.report import Verdict
from samples import corpus

SOLUTION = "_solution"


def alone(case: Case) -> Case | None:
    """Return the case with the exercises that it solves in its own way, and no other one.

    None where that would be another case: it changes more than solutions, or spoils what it leaves alone.
    """
    edits = student_edits.parse((case.folder / "edits.py").read_text(encoding="utf-8"))
    solved = {
        edit.grade_id.removesuffix(SOLUTION)
        for edit in edits.changes
        if edit.verb == "replace" and edit.grade_id.endswith(SOLUTION)
    }
    points = corpus.points(case.assignment)
    plain = all(edit.verb in ("replace", "after", "before") for edit in edits.changes)
    if (
        edits.base != "solved"
        or edits.stripped
        or not plain
        or not set(case.expected.loses) <= solved
    ):
        return None
    settings = load_settings(Course(corpus.ROOT, case.assignment)).exercises
    others = {
        name: Loss(Verdict.NOT_ATTEMPTED, 0.0, tuple(settings[name].checks))
        for name in points
        if name not in solved
    }
    assert case.expected.score is not None
    score = case.expected.score - sum(points[name] for name in others)
    expected = replace(case.expected, score=score, loses=case.expected.loses | others)
    build = partial(_build, replace(edits, base="release"), case.assignment)
    return replace(case, expected=expected, build=build)


def _build(edits: Edits, assignment: str) -> bytes:
    notebooks = partial(corpus.base_notebook, assignment=assignment)
    return student_edits.dump(student_edits.apply(edits, notebooks))
