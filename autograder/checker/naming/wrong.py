"""The process in which wrong solutions answer: the master, with one function of it wrong at a time.

It is trusted: what runs in it are the course's own files. It lives as long as its session and keeps every
answer, so that each wrong solution is asked once for all submissions, and only when one needs it.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from autograder.checker.channel import Channel
from autograder.checker.naming.catalogue import WRONG, Catalogue, MisconceptionError
from autograder.checker.naming.look import Asked, Look, Stopped, answer, packed, unpacked
from autograder.checker.student import Student
from autograder.submission.assignment import Assignment
from autograder.submission.plan import reference_plan

MASTERS = ""  # the name of the idea that is right
_SECONDS = 20.0  # for one request: our own code, which may prepare a library first
_MEMORY = """
_answers_of_ideas = {}


def remember_answer(exercise, idea, look, answer):
    _answers_of_ideas.setdefault(exercise, {})[f"{idea} {look}"] = answer


def remembered_answers(exercise):
    return _answers_of_ideas.get(exercise, {})
"""


def own_names(source: str, stem: str) -> str:
    """Return a file's source with names of its own for all that it defines, so that no file changes another.

    All run in one namespace, the notebook's, whose functions they call. What is imported keeps its name.
    """
    tree = ast.parse(source)
    defined = {name for node in tree.body for name in _defined(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in defined:
            node.name = _own(stem, node.name)
        elif isinstance(node, ast.Name) and node.id in defined:
            node.id = _own(stem, node.id)
        elif isinstance(node, ast.Global):
            node.names = [_own(stem, each) if each in defined else each for each in node.names]
    return ast.unparse(tree)


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (
            each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)
        )


def _own(stem: str, name: str) -> str:
    return f"_{stem}__{name}"


class OutOfTime(Exception):
    """There was no time left to name an idea."""


class WrongSolutions:
    """Asks them. `deadline` is when, by time.monotonic, nobody may be asked any more."""

    def __init__(
        self, channel: Channel, assignment: Assignment, catalogue: Catalogue, reference: Student
    ) -> None:
        self._catalogue = catalogue
        self._student = Student(channel, lambda: min(_SECONDS, self._left()))
        self._plan = reference_plan(assignment)
        self._asked = Asked(self._student, reference, self._plan.scripts.get)
        self._answers: dict[str, Any] = {}
        self._exercise = ""
        self.deadline = 0.0

    def begin(self, exercise: str) -> None:
        """Make ready to be asked about an exercise. Raises MisconceptionError where a file does not run."""
        self._exercise = exercise
        if not self._has("remember_answer"):
            self._run("the master", [cell.source for cell in self._plan.cells])
            self._run("the memory", [_MEMORY])
        mark = f"_ready_for_{exercise}"
        if not self._has(mark):
            files = self._catalogue.files_of(exercise, WRONG)
            for path in files:
                self._run(path.name, [own_names(path.read_text("utf-8"), path.stem)])
            defined = f"_master_{exercise} = globals().get({exercise!r})\n{mark} = True"
            self._run(mark, [defined])
        known = self._student.ask("call", "remembered_answers", [exercise], {})
        self._answers = {key: unpacked(each) for key, each in known.items()}

    def answer(self, idea: str, question: Look) -> Any:
        """Return what a wrong solution answers, the MASTERS own where `idea` is that."""
        key = f"{idea} {question.name}"
        if key not in self._answers:
            self._answers[key] = self._ask(idea, question)
            told = [self._exercise, idea, question.name, packed(self._answers[key])]
            self._student.ask("call", "remember_answer", told, {})
        return self._answers[key]

    def _ask(self, idea: str, question: Look) -> Any:
        chosen = self._chosen(idea)
        self._student.tidy_up()
        self._run(chosen, [f"{self._exercise} = {chosen}"])
        self._student.ask("seed", 0)
        came = answer(question, self._asked, right=idea == MASTERS)
        if isinstance(came, Stopped) and came.gone:
            raise OutOfTime(f"{chosen} did not answer {question.name}")
        self._student.tidy_up()
        return came

    def _chosen(self, idea: str) -> str:
        """Return what the function of an idea is called over there."""
        for each in self._catalogue.of(self._exercise, WRONG):
            if each.name == idea:
                return _own(each.file.stem, idea)
        return f"_master_{self._exercise}"

    def _has(self, name: str) -> bool:
        return self._student.ask("has", name) is True

    def _run(self, name: str, sources: Sequence[str]) -> None:
        for source in sources:
            for raised in self._student.cell_errors(f"misconceptions: {name}", source):
                said = replace(raised, cell="")
                raise MisconceptionError(
                    f"{name}: {said.type_name}: {said.text} (line {said.line})"
                )

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise OutOfTime("the time for naming ideas is over")
        return left
