"""Submissions made from the master, and sessions that grade them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from autograder.course.folder import Course
from autograder.engines.base import Engine, Session
from autograder.errors import EngineError
from autograder.report import ExerciseResult, Judgement, Outcome, Verdict

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = "policy_gradient"
LIGHT = "returns_warmup"  # needs NumPy alone: most claims about sessions are made with it
SEED = 7


class Notebooks:
    """Submissions made on the fly from the master or the release."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def solved(self, **sources: str) -> bytes:
        """Return the master, with other sources in the solution cells of the exercises named."""
        return self._with(self._course.master, sources)

    def released(self, **sources: str) -> bytes:
        """Return the release as students get it, but for the solution cells of the exercises named."""
        return self._with(self._course.released, sources)

    def _with(self, path: Path, sources: dict[str, str]) -> bytes:
        notebook = nbformat.read(path, as_version=4)
        for exercise, source in sources.items():
            (cell,) = [c for c in notebook.cells if _grade_id(c) == f"{exercise}_solution"]
            cell.source = source
        return nbformat.writes(notebook).encode()


def _grade_id(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def exercise(judgement: Judgement, name: str) -> ExerciseResult:
    """The result of one exercise."""
    (found,) = [each for each in judgement.exercises if each.id == name]
    return found


def lost(judgement: Judgement) -> dict[str, Verdict]:
    """The exercises that did not pass, and how."""
    assert judgement.outcome is Outcome.GRADED, (judgement.message, judgement.fault)
    return {e.id: e.outcome for e in judgement.exercises if e.outcome is not Verdict.PASSED}


def messages(judgement: Judgement, name: str) -> list[str]:
    """What the student reads about an exercise."""
    found = exercise(judgement, name)
    return [text for text in (found.message, *(c.message for c in found.checks)) if text]


class Warm:
    """A grading session that is started when it is first needed, and replaced after it broke."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._session: Session | None = None

    def grade(self, notebook: bytes, seed: int = SEED) -> Judgement:
        """Return the judgement; the session is ended where it broke or where a fault of ours came up."""
        try:
            judgement = self.session.grade(notebook, seed)
        except EngineError:
            self.kill()
            raise
        if judgement.outcome is Outcome.GRADER_ERROR:
            self.kill()
        return judgement

    @property
    def session(self) -> Session:
        """The running session."""
        self._session = self._session or self.engine.start()
        return self._session

    def kill(self) -> None:
        """End the session at once."""
        session, self._session = self._session, None
        if session is not None:
            session.kill()

    def close(self) -> None:
        """End the session."""
        session, self._session = self._session, None
        if session is not None:
            session.close()
