"""Mutants: the master's notebook with one small mistake in one of its solutions, made by a machine.

Only the lines between the markers are mutated, once in each mutant. What a mutation leaves as it was, in
the syntax tree, is no mutant; nor is what another one has made already, or what is no Python any more.
"""

from __future__ import annotations

import ast
import difflib
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.cases.loading import SOLVED, base_notebook
from autograder.cases.student_edits import dump, find
from autograder.certificate.errors import CertificateError
from autograder.certificate.operators import OWN, Operator
from autograder.course.folder import Course
from autograder.course.markers import SOLUTION_SUFFIX
from autograder.release import magics
from autograder.release.statements import region_rows
from autograder.submission.assignment import load_assignment

UNCHANGED, DOUBLE, NO_PYTHON = DROPPED = ("unchanged", "double", "no_python")
"""Why a mutation makes no mutant: the same syntax tree, that of an earlier mutant, none at all."""


@dataclass(frozen=True)
class Mutant:
    """One mutant: `line` stands in `row` of the solution's cell, in place of `original`; names are unique."""

    name: str
    exercise: str
    operator: str
    row: int
    original: str
    line: str
    source: str


@dataclass(frozen=True)
class Mutants:
    """All mutants of an assignment, in the notebook's order, and how many mutations made none, by reason."""

    made: tuple[Mutant, ...]
    dropped: dict[str, int]


def make_mutants(course: Course) -> Mutants:
    """Make every mutant of an assignment's solutions. Raises CertificateError without cosmic-ray."""
    operators = _operators()
    cells = base_notebook(course, SOLVED)["cells"]
    made: list[Mutant] = []
    dropped = dict.fromkeys(DROPPED, 0)
    for exercise in load_assignment(course).exercises:
        source = cells[find(cells, exercise.id + SOLUTION_SUFFIX)]["source"]
        found: list[Mutant] = []
        seen = {ast.dump(magics.parse(source)): UNCHANGED}
        for name, operator in operators.items():
            for number, mutated in enumerate(_mutations(source, operator), 1):
                if reason := _useless(mutated, seen):
                    dropped[reason] += 1
                else:
                    label = f"{exercise.id}.{name.partition('/')[2]}.{number}"
                    found.append(_mutant(label, exercise.id, name, source, mutated))
        made += sorted(found, key=lambda mutant: mutant.row)
    return Mutants(tuple(made), dropped)


def notebook(course: Course, mutant: Mutant) -> bytes:
    """Return the mutant as a student would hand it in: all other exercises are the master's."""
    content = base_notebook(course, SOLVED)
    cell = content["cells"][find(content["cells"], mutant.exercise + SOLUTION_SUFFIX)]
    cell["source"] = mutant.source
    return dump(content)


def _operators() -> dict[str, Operator]:
    """Return every operator that needs no names to be told, cosmic-ray's own first."""
    try:
        from cosmic_ray import plugins
    except ImportError as error:
        raise CertificateError(
            f"Mutants are made with the package cosmic-ray, which is not there ({error}): run 'pip install "
            "cosmic-ray' in the environment of this command."
        ) from error
    classes = {name: plugins.get_operator(name) for name in sorted(plugins.operator_names())}
    return {name: made() for name, made in classes.items() if not made.arguments()} | OWN


def _mutations(source: str, operator: Operator) -> Iterator[str]:
    """Yield the source with each of the operator's mutations that lies between the markers."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code

    logging.getLogger("parso").setLevel(logging.WARNING)
    rows = region_rows(source, magics.parse(source))
    nodes = ast_nodes(get_ast(source))
    places = [place for node in nodes for place in operator.mutation_positions(node)]
    for occurrence, ((first, _), (last, _)) in enumerate(places):
        if rows.issuperset(range(first, last + 1)):
            yield mutate_code(source, operator, occurrence)


def _useless(mutated: str, seen: dict[str, str]) -> str | None:
    """Return why a mutation makes no mutant, None where it does; `seen` are the syntax trees before it."""
    try:
        tree = ast.dump(magics.parse(mutated))
    except SyntaxError:
        return NO_PYTHON
    reason = seen.get(tree)
    seen.setdefault(tree, DOUBLE)
    return reason


def _mutant(name: str, exercise: str, operator: str, source: str, mutated: str) -> Mutant:
    """Return the mutant with the lines that differ, one behind the other and without their indentation."""
    old, new = source.split("\n"), mutated.split("\n")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    (_, first, _, begin, _), (_, _, last, _, end) = changes[0], changes[-1]
    lines = _joined(old[first:last]), _joined(new[begin:end])
    return Mutant(name, exercise, operator, first + 1, *lines, source=mutated)


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(line.split()) for line in lines)
