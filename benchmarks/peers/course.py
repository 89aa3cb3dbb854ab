"""The same assignment for both peers: five of the seven exercises, the same tests, the same notebooks.

What students get, and what they hand in, is our own notebook without the cells that only look and without
the two exercises that train for long. An exercise is all or nothing, in both: its visible check cell and
its hidden test have to pass. nbgrader has them in one grade cell, Otter as two cases of a test file.
"""

from __future__ import annotations

import ast
import io
import json
import zipfile
from functools import cache
from pathlib import Path
from pprint import pformat
from typing import Any

from autograder.cases import student_edits
from samples import corpus

Cell = dict[str, Any]
Notebook = dict[str, Any]

POINTS = {
    "build_model": 20,
    "compile_model": 10,
    "select_action": 15,
    "run_episode": 20,
    "discount_rewards": 15,
}
MAX_SCORE = sum(POINTS.values())
HELPERS = (
    "policy_gradient.py",
    "utils.py",
    *(
        f"visible/{path.name}"
        for path in sorted((corpus.ROOT / "source" / corpus.ASSIGNMENT / "visible").glob("*.py"))
    ),
)
_SOLUTIONS = tuple(f"{name}_solution" for name in POINTS)
_KEPT = ("imports", *_SOLUTIONS, *POINTS)
_HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
_MARK = "# %% "


def changed_exercises(text: str) -> set[str]:
    """Return the peers' exercises whose solution is not the master's in a notebook with these edits.

    Raises EditError where the edits leave nothing in the peers' notebook changed.
    """
    edits = student_edits.parse(text)
    touched = {edit.grade_id for edit in edits.changes if edit.verb in ("replace", "delete")}
    added = any(edit.verb in ("after", "before") for edit in edits.changes)
    if edits.stripped or not (added or touched & {*_KEPT}):
        raise student_edits.EditError("these edits change nothing that the peers grade")
    if edits.base == "release":
        return set(POINTS)
    return {name for name in POINTS if f"{name}_solution" in touched}


def nbgrader_source() -> bytes:
    """Return the instructor's notebook for nbgrader, hidden tests in its grade cells."""
    notebook = _lean(json.loads(student_edits.dump(corpus.base_notebook("solved"))))
    for cell in notebook["cells"]:
        name = student_edits.grade_id(cell)
        if name in POINTS:
            cell["source"] += "\n" + _HIDDEN.format(hidden_tests()[name])
            cell["metadata"]["nbgrader"]["points"] = POINTS[name]
    return student_edits.dump(notebook)


def nbgrader_submission(text: str) -> bytes:
    """Return the notebook that a student with these edits hands in to nbgrader."""
    return student_edits.dump(_lean(json.loads(corpus.build_case(text))))


def otter_submission(text: str) -> bytes:
    """Return the notebook that a student with these edits hands in to Otter."""
    notebook = _lean(json.loads(corpus.build_case(text)))
    for cell in notebook["cells"]:
        name = student_edits.grade_id(cell)
        if name in POINTS:
            cell["source"] = f'grader.check("{name}")'
        elif name == "imports":
            cell["source"] += "\nimport otter\n\ngrader = otter.Notebook()"
        cell["metadata"] = {}
    return student_edits.dump(notebook)


def otter_files() -> dict[str, str]:
    """Return what `autograder.zip` holds: tests, the helper modules, no settings."""
    files = {"otter_config.json": "{}"}
    files |= {f"files/{name}": helper(name) for name in HELPERS}
    return files | {f"tests/{name}.py": _test_file(name) for name in POINTS}


def otter_zip() -> bytes:
    """Return Otter's configuration file `autograder.zip`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in otter_files().items():
            file.writestr(name, text)
    return content.getvalue()


def helper(name: str) -> str:
    """Return one of the modules that students get beside the notebook."""
    return (corpus.ROOT / "source" / corpus.ASSIGNMENT / name).read_text(encoding="utf-8")


@cache
def hidden_tests() -> dict[str, str]:
    """Return the hidden test of each exercise."""
    text = Path(__file__).with_name("hidden_tests.py").read_text(encoding="utf-8")
    blocks = [block.partition("\n") for block in text.split(f"\n{_MARK}")[1:]]
    return {name: source.strip() for name, _, source in blocks}


def doctest(source: str) -> str:
    """Return top-level statements as doctest examples that print nothing."""
    lines = source.splitlines()
    examples = []
    for statement in ast.parse(source).body:
        own = [line for line in lines[statement.lineno - 1 : statement.end_lineno] if line.strip()]
        examples += [f">>> {own[0]}", *(f"... {line}" for line in own[1:])]
    return "\n".join(examples) + "\n"


def _test_file(name: str) -> str:
    """Return Otter's test file of an exercise, in the format that `otter assign` writes."""
    cells = corpus.base_notebook("solved")["cells"]
    source = cells[student_edits.find(cells, name)]["source"]
    imported, _, called = source.rpartition("\n")
    # It says that all is well, which a doctest would compare.
    visible = f"{imported}\nwith __import__('contextlib').redirect_stdout(None):\n    {called}"
    cases = [
        {"code": doctest(source), "hidden": hidden, "locked": False}
        for source, hidden in ((visible, False), (hidden_tests()[name], True))
    ]
    suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": name, "points": POINTS[name], "all_or_nothing": True, "suites": [suite]}
    return f"OK_FORMAT = True\n\ntest = {pformat(test, sort_dicts=False)}\n"


def _lean(notebook: Notebook) -> Notebook:
    """Return the notebook with the cells that the peers grade, and those that the student added."""
    notebook["cells"] = [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and (student_edits.grade_id(cell) or "imports") in _KEPT
    ]
    return notebook
