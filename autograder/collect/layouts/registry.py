"""The layouts, found by what they recognise: most names win, and half of all names are the least.

A layout is a module with a NAME, `recognised(tree, asked) -> int` and `found(tree, asked)`. A folder around
everything, as archives have it, is looked through.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from autograder.collect import names
from autograder.collect.layouts import (
    blackboard,
    brightspace,
    canvas,
    exchange,
    folders,
    gradescope,
    moodle,
    nbgrader,
)
from autograder.collect.piece import Asked, Finding, Stray
from autograder.collect.tree import Tree

LAYOUTS: tuple[ModuleType, ...] = (
    gradescope, moodle, blackboard, canvas, brightspace, exchange, nbgrader,
)  # fmt: skip
ELSE = folders
_WRAPPERS = 6


def recognise(tree: Tree, asked: Asked) -> tuple[ModuleType, Tree]:
    """Return the layout, and the tree in which it is to be read."""
    for _ in range(_WRAPPERS):
        if layout := known(tree, asked):
            return layout, tree
        tops = tree.tops()
        inner = tree.inside(next(iter(tops))) if len(tops) == 1 else None
        if (
            inner is None
            or not inner.files
            or (is_one_student(inner, asked) and not known(inner, asked))
        ):
            break
        tree = inner
    return ELSE, tree


def known(tree: Tree, asked: Asked) -> ModuleType | None:
    """Return the LMS's layout that the names at the top are of; None where they are of none."""
    tops = tree.tops()
    counts = [layout.recognised(tree, asked) for layout in LAYOUTS]
    best = max(counts)
    return LAYOUTS[counts.index(best)] if best and best * 2 >= len(tops) else None


def is_one_student(tree: Tree, asked: Asked) -> bool:
    """Tell whether a folder is what one student handed in, rather than a class.

    It is where one notebook lies in it, or several that are all called as the assignment is.
    """
    loose = [top for top, files in tree.tops().items() if len(files[0].path.parts) == 1]
    stems = [stem for top in loose if (stem := names.notebook_stem(top)) is not None]
    archives = any(top.casefold().endswith(".zip") for top in loose)
    usual = names.alike(asked.assignment)
    called = bool(stems) and all(names.alike(stem).startswith(usual) for stem in stems)
    return called or (len(stems) == 1 and not archives)


def findings(layout: ModuleType, tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what each file is, every one of them: also rubbish, and what the layout has no word for."""
    seen = set()
    for finding in layout.found(tree, asked):
        seen.add(finding.file.path)
        yield finding
    for file in tree.files:
        if file.path in seen:
            continue
        if why := file.rubbish:
            top, work = file.path.parts[0], names.notebook_stem(file.path.name) is not None
            yield Stray(file, why, unplaced=work and why == names.HIDDEN and top.startswith("."))
        else:
            yield Stray(
                file, file.refusal or f"It is no name as {layout.NAME} gives them.", unplaced=True
            )
