"""What a student changed in a notebook, written as percent cells, and how it is applied.

An `edits.py` opens with a docstring (why the case exists), may choose its base and strip its
metadata in comments, and goes on with one directive per change:

    # base: release                          start from the untouched release, not the solved master
    # metadata: stripped                     hand it in as Colab saves it: no ids, no grade ids

    # %% replace train_solution              the cell with this grade id gets the source below
    # %% after imports                       a new code cell behind (or: before) that cell
    # %% delete train_solution               the cell is gone
    # %% reset train_solution                the cell is as the release has it: never touched
    # %% move train_solution before imports  the cell stands elsewhere
    # %% set train_solution                  the cell, as JSON, gets what the literal below says
    # %% set notebook                        the same for the whole notebook: its metadata, its format

What is set is a Python literal: a dictionary goes into the one that is there, all else takes its place.
A directive that ends with `[commented]` has each source line behind a comment sign, for cells that
are not plain Python: magics, a syntax error. Whatever is not in this list fails.
"""

import ast
import copy
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Notebook = dict[str, Any]
Cell = dict[str, Any]

DIRECTIVE = "# %% "
COMMENTED = "[commented]"
BASES = ("solved", "release")
WITH_SOURCE = ("replace", "after", "before", "set")
WITHOUT_SOURCE = ("delete", "reset")


class EditError(ValueError):
    """An `edits.py` says something that has no meaning here."""


@dataclass(frozen=True)
class Edit:
    """One directive: what to do (`verb`), to which grade id, with which source or place."""

    verb: str
    grade_id: str
    source: str = ""
    place: tuple[str, str] | None = None


@dataclass(frozen=True)
class Edits:
    """A parsed `edits.py`."""

    why: str
    base: str = "solved"
    stripped: bool = False
    changes: list[Edit] = field(default_factory=list)


def parse(text: str) -> Edits:
    """Read an `edits.py`; raises `EditError` for whatever is not in this module's list."""
    why = ast.get_docstring(ast.parse(text))
    if not why:
        raise EditError("edits.py must open with a docstring that says why the case exists")
    head, *bodies = f"\n{text}".split(f"\n{DIRECTIVE}")
    options = _options(head)
    return Edits(
        why=" ".join(why.split()),
        base=options.get("base", "solved"),
        stripped="metadata" in options,
        changes=[_edit(body) for body in bodies],
    )


def _options(head: str) -> dict[str, str]:
    """Comments between the docstring and the first directive: `# name: value`."""
    docstring = ast.parse(head).body[0]
    lines = [line for line in head.splitlines()[docstring.end_lineno :] if line.strip()]
    options = dict(line.removeprefix("# ").partition(": ")[::2] for line in lines)
    allowed = {"base": BASES, "metadata": ("stripped",)}
    for name, value in options.items():
        if value not in allowed.get(name, ()):
            raise EditError(f"unknown option '# {name}: {value}'")
    return options


def _edit(body: str) -> Edit:
    """One directive with the source below it; `body` starts behind the directive's mark."""
    header, _, source = body.partition("\n")
    words = header.split()
    commented = words[-1:] == [COMMENTED]
    words = words[:-1] if commented else words
    source = _uncomment(source) if commented else source.strip("\n")
    match words:
        case [verb, grade_id] if verb in WITH_SOURCE and source.strip():
            return Edit(verb, grade_id, source)
        case [verb, grade_id] if verb in WITHOUT_SOURCE and not source.strip():
            return Edit(verb, grade_id)
        case ["move", grade_id, "before" | "after" as side, other] if not source.strip():
            return Edit("move", grade_id, place=(side, other))
    raise EditError(f"cannot read the directive '{DIRECTIVE}{header}'")


def _uncomment(source: str) -> str:
    """Take the comment sign off every line."""
    lines = source.strip("\n").splitlines()
    if not all(line.startswith("#") for line in lines):
        raise EditError(f"a {COMMENTED} cell has a line that is not commented")
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)


def dump(notebook: Notebook) -> bytes:
    """Serialise a notebook the way nbformat does."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def grade_id(cell: Cell) -> str | None:
    """The nbgrader grade id of a cell, `None` where it has none."""
    found: str | None = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return found


def apply(edits: Edits, notebooks: Callable[[str], Notebook]) -> Notebook:
    """The notebook that a student with these edits hands in; raises `EditError`.

    `notebooks` gives the notebook of each base by its name; what it gives is not changed.
    """
    notebook = copy.deepcopy(notebooks(edits.base))
    for number, edit in enumerate(edits.changes, start=1):
        _change(notebook, edit, f"added-{number}", notebooks)
    if edits.stripped:
        strip_metadata(notebook)
    return notebook


def _change(
    notebook: Notebook, edit: Edit, new_id: str, notebooks: Callable[[str], Notebook]
) -> None:
    """Carry out one edit in place."""
    cells: list[Cell] = notebook["cells"]
    if edit.verb == "set":
        whole = edit.grade_id == "notebook"
        _merge(notebook if whole else cells[find(cells, edit.grade_id)], _literal(edit.source))
        return
    index = find(cells, edit.grade_id)
    if edit.place is not None:
        cell = cells.pop(index)
        cells.insert(_insertion(cells, *edit.place), cell)
    elif edit.verb == "replace":
        cells[index]["source"] = edit.source
    elif edit.verb == "reset":
        released = notebooks("release")["cells"]
        cells[index]["source"] = released[find(released, edit.grade_id)]["source"]
    elif edit.verb == "delete":
        del cells[index]
    else:
        cells.insert(_insertion(cells, edit.verb, edit.grade_id), _code_cell(new_id, edit.source))


def _literal(source: str) -> dict[str, Any]:
    """The dictionary that is written there."""
    try:
        value = ast.literal_eval(source)
    except (SyntaxError, ValueError) as error:
        raise EditError(f"what is set must be a literal: {error}") from error
    if not isinstance(value, dict):
        raise EditError("what is set must be a dictionary")
    return value


def _merge(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Put `new` into `old`, dictionaries into dictionaries."""
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(key), dict):
            _merge(old[key], value)
        else:
            old[key] = value


def find(cells: list[Cell], wanted: str) -> int:
    """The index of the cell with this grade id; raises `EditError` unless there is one."""
    found = [number for number, cell in enumerate(cells) if grade_id(cell) == wanted]
    if len(found) != 1:
        raise EditError(f"{len(found)} cells have the grade id '{wanted}'")
    return found[0]


def _insertion(cells: list[Cell], side: str, wanted: str) -> int:
    """Where a cell goes; behind those that were already added after the same cell."""
    index = find(cells, wanted)
    if side == "before":
        return index
    index += 1
    while index < len(cells) and cells[index].get("id", "").startswith("added-"):
        index += 1
    return index


def _code_cell(cell_id: str, source: str) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell_id,
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def strip_metadata(notebook: Notebook) -> None:
    """Leave what Colab leaves: format 4.0, ids of its own in the metadata, no grade ids."""
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {
        "colab": {"provenance": []},
        "kernelspec": {"display_name": "Python 3", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id", None)
        cell["metadata"] = {"id": hashlib.sha256(str(number).encode()).hexdigest()[:12]}
