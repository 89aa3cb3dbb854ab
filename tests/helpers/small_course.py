"""A master of five cells, small enough to spoil in one line per test."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parents[2]

SOLUTION = """\
def discount_rewards(rewards, gamma):
    ### START CODE ###
    # room for the returns
    returns = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = rewards[t] + gamma * following
        following = returns[t]
    ### END CODE ###
    return returns"""

SCAFFOLD = """\
def discount_rewards(rewards, gamma):
    ### START CODE ###
    # room for the returns
    returns = ...
    following = ...
    ...:
        returns[t] = ...
        following = ...
    ### END CODE ###
    return returns"""

COPY = "\n".join(line[4:] for line in SOLUTION.split("\n")[3:8])
"""The solution's five statements, as somebody would paste them elsewhere."""


def master() -> NotebookNode:
    """A master that releases without a complaint: text, imports, solution, check, plot."""
    cells = [
        new_markdown_cell("# Returns\nWrite `discount_rewards(rewards, gamma)`.", id="text"),
        code("imports", "import numpy as np", locked=True),
        code("returns_solution", SOLUTION, solution=True),
        code("returns", "assert len(discount_rewards([1], 1)) == 1", grade=True, points=5),
        code("plot", "returns = discount_rewards(np.ones(3), 0.5)\nprint(returns)", locked=True),
    ]
    cells[1].metadata["autograder"] = {"run": True}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def save(course: Path, notebook: NotebookNode) -> None:
    """Write the master."""
    nbformat.write(notebook, course / "source" / "small" / "small.ipynb")


def settings(course: Path, text: str) -> None:
    """Write the assignment's settings."""
    path = course / "checks" / "small" / "assignment.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def write(course: Path, notebook: NotebookNode) -> Path:
    """Lay out a course folder with that master, a helper and the project's configuration."""
    source = course / "source" / "small"
    source.mkdir(parents=True, exist_ok=True)
    save(course, notebook)
    (source / "utils.py").write_text("x = 1\n")
    (source / "figures").mkdir(exist_ok=True)
    (source / "figures" / "a.svg").write_text("<svg/>\n")
    (course / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    return course


ANSWER = """\
Why are rewards discounted? Answer in two sentences.

<!-- START ANSWER -->
A reward that comes late depends on many actions besides this one.
Discounting therefore makes the estimate less noisy.
<!-- END ANSWER -->"""

PLACEHOLDER = """\
Why are rewards discounted? Answer in two sentences.

<!-- START ANSWER -->
*Write your answer here.*
<!-- END ANSWER -->"""


def answer(source: str = ANSWER) -> NotebookNode:
    """A markdown cell in which students write, and which a person grades."""
    flags = {"grade": True, "locked": False, "solution": True, "points": 4}
    meta = code("why", "", **flags).metadata
    return new_markdown_cell(source, id="why", metadata=meta)


def code(grade_id: str, source: str, **flags: int) -> NotebookNode:
    """A code cell with nbgrader's metadata, whose flags are all false but those given."""
    meta = {"grade": False, "locked": flags.get("grade", False), "solution": False, "task": False}
    meta |= {"grade_id": grade_id, "schema_version": 3} | flags
    return new_code_cell(
        source, id=grade_id.replace("_", "-"), metadata={"nbgrader": meta}, execution_count=None
    )
