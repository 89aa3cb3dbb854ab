"""A second solution, in other words, is not released, wherever its author left it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from autograder.errors import ReleaseError
from autograder.nbgrader.preprocessors import RefuseLeaks, StripSolutions
from autograder.release.generate import make_release
from tests.helpers import small_course

IN_OTHER_WORDS = """\
def discount_rewards(values, discount):
    sums, last = [], 0
    while values:
        last = values.pop() + discount * last
        sums.insert(0, last)
    return sums"""
SCRIPT = """\
total = 0
### START CODE ###
for reward in rewards:
    total = total + discount(reward)
    history.append(total)
### END CODE ###
print(total)"""
RENAMED = """\
s = 1
for r in all_rewards:
    s = s + discount(r)
    log.append(s)"""
SOLUTION, CHECK, PLOT = 2, 3, 4

Spoil = Callable[[NotebookNode], object]


def add(cell: NotebookNode) -> Spoil:
    """Add a cell at the end."""
    return lambda master: master.cells.append(cell)


def stray(source: str) -> Spoil:
    """Add a code cell that nbgrader does not know."""
    return add(new_code_cell(source, id="stray"))


def append(position: int, source: str) -> Spoil:
    """Add to a cell's source."""

    def spoil(master: NotebookNode) -> None:
        master.cells[position].source += f"\n{source}"

    return spoil


def as_script(master: NotebookNode) -> None:
    """Make the exercise a script, without a function."""
    master.cells[SOLUTION].source = SCRIPT
    master.cells[CHECK].source = "assert total"
    master.cells[PLOT].source = "print(total)"


def unmarked(master: NotebookNode) -> None:
    """Forget that the solution's cell is one, and its markers."""
    cell = master.cells[SOLUTION]
    del cell.metadata["nbgrader"]
    cell.source = IN_OTHER_WORDS


def beside_its_markers(master: NotebookNode) -> None:
    """Put the solution behind the region instead of into it."""
    lines = IN_OTHER_WORDS.split("\n")
    lines[1:1] = ["    ### START CODE ###", "    # your code", "    ### END CODE ###"]
    master.cells[SOLUTION].source = "\n".join(lines)


DEFINED = (
    "cell 'stray' defines discount_rewards, which students write in cell 'returns_solution': take it "
    "out, or give it another name"
)
REFUSED: dict[str, tuple[Spoil, str]] = {
    "in a cell that nbgrader does not know": (stray(IN_OTHER_WORDS), DEFINED),
    "behind a magic": (stray(f"%%time\n%matplotlib inline\n{IN_OTHER_WORDS}"), DEFINED),
    "in a cell that is no Python": (stray(f"{IN_OTHER_WORDS}\n...:\n"), DEFINED),
    "inside another function": (
        stray("def f():\n    " + IN_OTHER_WORDS.replace("\n", "\n    ")),
        DEFINED,
    ),
    "as a lambda": (stray("discount_rewards = lambda r, g: r"), DEFINED),
    "as a coroutine": (stray(f"async {IN_OTHER_WORDS}"), DEFINED),
    "as a class": (stray("class discount_rewards:\n    pass"), DEFINED),
    "in a raw cell": (add(new_raw_cell(IN_OTHER_WORDS, id="stray")), DEFINED),
    "in a fence of markdown": (
        add(new_markdown_cell(f"Look:\n```python\n{IN_OTHER_WORDS}\n```", id="stray")),
        DEFINED,
    ),
    "in a locked cell": (append(PLOT, IN_OTHER_WORDS), DEFINED.replace("stray", "plot")),
    "in a check cell": (append(CHECK, IN_OTHER_WORDS), DEFINED.replace("stray", "returns")),
    "behind the region of its own cell": (
        append(SOLUTION, IN_OTHER_WORDS),
        "cell 'returns_solution' defines discount_rewards again outside its region, where students see "
        "it: take it out",
    ),
    "in its own cell, without markers and metadata": (
        unmarked,
        "cell 'returns' grades an exercise without a solution: make the cell with the solution a "
        "solution cell of nbgrader's, with the id 'returns_solution' and the solution between "
        "`### START CODE ###` and `### END CODE ###`",
    ),
    "beside its markers": (
        beside_its_markers,
        "cell 'returns_solution' has nothing to write in its region: put the solution between "
        "`### START CODE ###` and `### END CODE ###`",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_second_solution_of_a_function_is_refused(spoil: Spoil, sentence: str) -> None:
    """Its statements may all be others: that it defines the exercise's function is enough."""
    master = small_course.master()
    spoil(master)
    with pytest.raises(ReleaseError) as caught:
        StripSolutions().preprocess(master, {})
    assert str(caught.value) == sentence


@pytest.mark.parametrize("where", ["stray", "locked", "behind the region"])
def test_a_script_with_other_names_is_refused(where: str) -> None:
    """An exercise without a function is known by the shape of its statements."""
    master = small_course.master()
    as_script(master)
    spoils = {
        "stray": (stray(RENAMED), "stray"),
        "locked": (append(PLOT, RENAMED), "plot"),
        "behind the region": (append(SOLUTION, RENAMED), "returns_solution"),
    }
    spoil, name = spoils[where]
    spoil(master)
    nb, resources = StripSolutions().preprocess(copy.deepcopy(master), {})
    with pytest.raises(ReleaseError) as caught:
        RefuseLeaks().preprocess(nb, resources)
    assert str(caught.value) == (
        f"cell '{name}' repeats most of the solution of cell 'returns_solution' with other names: take "
        "it out"
    )


HARMLESS: dict[str, Spoil] = {
    "a signature in the text": add(
        new_markdown_cell('```python\ndef discount_rewards(r, g):\n    """..."""\n```', id="a")
    ),
    "a method of that name": stray("class A:\n    def discount_rewards(self):\n        return 1"),
    "a call": stray("print(discount_rewards([1], 0.5))"),
    "a function of another name": stray("def helper(x):\n    return x + 1"),
    "a line of a script": lambda master: (as_script(master), append(PLOT, "log.append(s)")(master)),
}


@pytest.mark.parametrize("spoil", HARMLESS.values(), ids=HARMLESS)
def test_what_is_no_solution_is_released(spoil: Spoil) -> None:
    """The guard does not stand in the way of an honest master."""
    master = small_course.master()
    spoil(master)
    RefuseLeaks().preprocess(*StripSolutions().preprocess(master, {}))


def test_a_second_solution_in_a_program_beside_the_notebook_is_refused(tmp_path: Path) -> None:
    """Files are released as they are."""
    course = small_course.write(tmp_path, small_course.master())
    (course / "source" / "small" / "solve.py").write_text(IN_OTHER_WORDS)
    with pytest.raises(ReleaseError, match=r"^solve\.py defines discount_rewards, which students"):
        make_release(course, "small")
