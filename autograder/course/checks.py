"""The hidden checks of an exercise as their source says, which is parsed here and never run."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import SettingsError


@dataclass(frozen=True)
class Check:
    """One hidden check: its name, and in a line what it looks at: its docstring's first."""

    name: str
    line: str


def checks_in(path: Path) -> list[Check]:
    """Return the checks in a file, in its order. Raises SettingsError where it cannot be read."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(
            f"checks/{path.parent.name}/{path.name} is missing: every exercise has its hidden checks there."
        ) from None
    except (OSError, SyntaxError, ValueError) as error:
        raise SettingsError(f"The hidden checks in {path.name} cannot be read: {error}.") from error
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [_check(node) for node in functions if node.name.startswith("test_")]


def _check(node: ast.FunctionDef) -> Check:
    name = node.name.removeprefix("test_")
    docstring = ast.get_docstring(node) or name.replace("_", " ").capitalize()
    return Check(name, docstring.splitlines()[0].removesuffix("."))
