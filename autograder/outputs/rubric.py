"""The rubric: what each hidden check looks at and what it is worth, as a Markdown table.

Exercises and points come from the master notebook, the rest from the checks' source, which is parsed
and never run: a check's line is the first line of its docstring, its share is its `weight`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course.folder import Course
from autograder.errors import AutograderError
from autograder.submission.assignment import Exercise, load_assignment


class RubricError(AutograderError):
    """A check, or the file that holds the table, is not as the rubric needs it."""


@dataclass(frozen=True)
class Check:
    """One hidden check: its name, what it looks at, and its weight beside the others."""

    name: str
    line: str
    weight: float


def table(course: Course) -> str:
    """Return the table, a row per exercise and one per check; raise RubricError where it cannot be made."""
    rows = ["| exercise and its checks | what they look at | points |", "|---|---|---:|"]
    for exercise in load_assignment(course).exercises:
        rows += _exercise(exercise, checks(course.checks / f"test_{exercise.id}.py"))
    return "\n".join(rows)


def checks(path: Path) -> list[Check]:
    """Return the checks in a file, in its order; raise RubricError where the file cannot be read so."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError) as error:
        raise RubricError(f"The hidden checks in {path.name} cannot be read: {error}.") from error
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [_check(node, path) for node in functions if node.name.startswith("test_")]


def inserted(text: str, content: str, mark: str = "rubric") -> str:
    """Return `text` with `content` between the two comments called `mark`.

    Raises RubricError unless each of the two stands there once, the beginning first.
    """
    first, last = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    before, begin, rest = text.partition(first)
    _, end, after = rest.partition(last)
    if not (begin and end) or first in rest or last in after:
        raise RubricError(f"The file needs one '{first}' and after it one '{last}'.")
    return f"{before}{first}\n{content}\n{last}{after}"


def _exercise(exercise: Exercise, found: list[Check]) -> Iterator[str]:
    total = sum(check.weight for check in found)
    if not total:
        raise RubricError(f"There is no hidden check for {exercise.id}.")
    yield f"| **{exercise.id}** | | **{exercise.points:g}** |"
    for check in found:
        points = round(exercise.points * check.weight / total, 2)
        yield f"| {check.name} | {check.line} | {points:g} |"


def _check(node: ast.FunctionDef, path: Path) -> Check:
    name = node.name.removeprefix("test_")
    docstring = ast.get_docstring(node) or name.replace("_", " ").capitalize()
    line = docstring.splitlines()[0].removesuffix(".").replace("|", "\\|")
    return Check(name, line, _weight(node, path))


def _weight(node: ast.FunctionDef, path: Path) -> float:
    """Read ``@pytest.mark.weight(n)``; any other decorator could change what a check is worth."""
    weight = 1.0
    for decorator in node.decorator_list:
        match decorator:
            case ast.Call(ast.Attribute(attr="weight"), [ast.Constant(int() | float() as n)], []):
                weight = float(n)
            case _:
                raise RubricError(
                    f"{path.name}, {node.name}: the rubric knows no decorator "
                    f"'{ast.unparse(decorator)}', only pytest.mark.weight(n)."
                )
    return weight
