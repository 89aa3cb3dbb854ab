"""A master that would show students its solution does not become a release."""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from autograder.errors import ReleaseError
from autograder.nbgrader.preprocessors import StripSolutions
from autograder.release import leaks, statements
from tests.helpers import small_course

LINE = "returns[t] = rewards[t] + gamma * following"
SHORT = "for t in reversed(range(len(rewards))):"
TEXT, IMPORTS, SOLUTION, CHECK, PLOT = range(5)

Spoil = Callable[[NotebookNode], object]


def released(master: NotebookNode) -> NotebookNode:
    """The master as it stands after stripping."""
    stripped, _ = StripSolutions().preprocess(copy.deepcopy(master), {})
    return stripped


def encoded(text: str) -> str:
    """`text` as an attachment holds it."""
    return base64.b64encode(text.encode()).decode()


def append(position: int, text: str) -> Spoil:
    """Add a line at the end of a cell's source."""

    def spoil(notebook: NotebookNode) -> None:
        notebook.cells[position].source += f"\n{text}"

    return spoil


def mark(position: int, **metadata: object) -> Spoil:
    """Add to a cell's metadata."""
    return lambda notebook: notebook.cells[position].metadata.update(metadata)


def attach(text: str) -> Spoil:
    """Attach a text file to the markdown cell."""
    attachments = {"hint.txt": {"text/plain": encoded(text)}}
    return lambda notebook: notebook.cells[TEXT].update(attachments=attachments)


def add(cell: NotebookNode) -> Spoil:
    """Add a cell at the end."""
    return lambda notebook: notebook.cells.append(cell)


SURVIVORS: dict[str, tuple[Spoil, str]] = {
    "behind the region of its own cell": (
        append(SOLUTION, f"{LINE}  # again"),
        f"cell 'returns_solution' shows `{LINE}` of the solution: take it out",
    ),
    "spelled another way": (
        append(SOLUTION, "returns[ t ]=(rewards[t]\n   + gamma*following)"),
        f"cell 'returns_solution' shows `{LINE}` of the solution: take it out",
    ),
    "a short statement in code": (
        append(SOLUTION, "following = (returns)[t]"),
        "cell 'returns_solution' shows `following = returns[t]` of the solution: take it out",
    ),
    "a header with another block": (
        append(SOLUTION, "for t in reversed(range(len(rewards))):\n    print(t)"),
        f"cell 'returns_solution' shows `{SHORT}` of the solution: take it out",
    ),
    "in a comment": (
        append(PLOT, f"# {LINE}"),
        f"cell 'plot' shows `{LINE}` of the solution: take it out",
    ),
    "in a string": (
        append(CHECK, f"print('''{LINE}''')"),
        f"cell 'returns' shows `{LINE}` of the solution: take it out",
    ),
    "in markdown": (
        append(TEXT, f"```python\n{LINE}\n```"),
        f"cell 'text' shows `{LINE}` of the solution: take it out",
    ),
    "in a cell that nbgrader does not know": (
        add(new_code_cell(LINE, id="stray")),
        f"cell 'stray' shows `{LINE}` of the solution: take it out",
    ),
    "in a cell of magics": (
        add(new_code_cell(f"%time x\n{LINE}", id="magic")),
        f"cell 'magic' shows `{LINE}` of the solution: take it out",
    ),
    "in the metadata of a cell": (
        mark(PLOT, note={"old": [LINE]}),
        f"cell 'plot' shows `{LINE}` of the solution in its metadata: take it out",
    ),
    "in an attachment": (
        attach(f"The answer:\n{LINE}\n"),
        f"cell 'text' shows `{LINE}` of the solution in an attachment of it: take it out",
    ),
    "in a data URI": (
        append(TEXT, f'<a href="data:text/plain;base64,{encoded(LINE)}">hint</a>'),
        f"cell 'text' shows `{LINE}` of the solution: take it out",
    ),
    "in the metadata of the notebook": (
        lambda notebook: notebook.metadata.update(note=LINE),
        f"the notebook's metadata show `{LINE}` of the solution: take it out",
    ),
    "as a copy in a locked cell": (
        append(PLOT, f"rewards, gamma = [1], 1\n{small_course.COPY}"),
        "cell 'plot' repeats the solution of cell 'returns_solution', from "
        "`returns = np.zeros(len(rewards))` on: take it out",
    ),
}

LEFTOVERS: dict[str, tuple[Spoil, str]] = {
    "an output": (
        lambda notebook: notebook.cells[PLOT].outputs.append(new_output("stream", text="1")),
        "cell 'plot' has an output: nbgrader's ClearOutput must run before the release is checked",
    ),
    "an execution count": (
        lambda notebook: notebook.cells[PLOT].update(execution_count=3),
        "cell 'plot' has an execution count: nbgrader's ClearOutput must run before this check",
    ),
    "the marker of given lines": (
        append(PLOT, "x = 1  # given"),
        "cell 'plot' has the marker `# given` outside a region, where it does nothing: remove it",
    ),
    "the grader's metadata": (
        mark(IMPORTS, autograder={"run": True}),
        "cell 'imports' has the metadata 'autograder', which are for the teacher: remove them",
    ),
    "a tag": (
        mark(PLOT, tags=["hide-input", "ask-in-exam"]),
        "cell 'plot' has the tag 'ask-in-exam', which students would see: remove it",
    ),
    "the state of widgets": (
        lambda notebook: notebook.metadata.update(widgets={}),
        "the notebook's metadata hold the state of widgets, which are outputs: clear all outputs "
        "and save the master",
    ),
}

REGION = "### START CODE ###\nx = 1\n### END CODE ###"
MISUNDERSTANDINGS: dict[str, tuple[Spoil, str]] = {
    "a region in a given cell": (
        append(PLOT, REGION),
        "cell 'plot' has a solution region, but nbgrader does not know it as a solution: "
        "make it one",
    ),
    "a region in markdown": (
        append(TEXT, REGION),
        "cell 'text' has a solution region, but nbgrader does not know it as a solution: "
        "make it one",
    ),
    "a solution without a region": (
        lambda notebook: notebook.cells[SOLUTION].update(source="x = 1"),
        "cell 'returns_solution' is a solution cell without a region: put the solution between "
        "`### START CODE ###` and `### END CODE ###`",
    ),
    "nbgrader's own markers": (
        append(PLOT, "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
        "cell 'plot' has nbgrader's own solution markers, which we do not strip: "
        "use `### START CODE ###`",
    ),
    "a region that is not closed": (
        append(SOLUTION, "### START CODE ###"),
        "cell 'returns_solution': the region that line 11 opens is not closed: "
        "add `### END CODE ###`",
    ),
    "a solution that is not Python": (
        append(SOLUTION, "x = = 1"),
        "cell 'returns_solution': line 11 is not Python (invalid syntax), so its region cannot "
        "be stripped",
    ),
}


def test_a_healthy_master_has_no_leak() -> None:
    """Without this, every test below might pass for a wrong reason."""
    master = small_course.master()
    release = released(master)
    assert release.cells[SOLUTION].source == small_course.SCAFFOLD
    assert leaks.find_leaks(master, release) == []


@pytest.mark.parametrize(("spoil", "sentence"), SURVIVORS.values(), ids=SURVIVORS.keys())
def test_a_statement_of_the_solution_that_survives_is_found(spoil: Spoil, sentence: str) -> None:
    """Wherever the master itself shows a line of its solution, exactly that is reported."""
    master = small_course.master()
    spoil(master)
    assert leaks.find_leaks(master, released(master)) == [sentence]


@pytest.mark.parametrize(("spoil", "sentence"), LEFTOVERS.values(), ids=LEFTOVERS.keys())
def test_a_leftover_is_found(spoil: Spoil, sentence: str) -> None:
    """What another preprocessor should have removed is reported, and nothing else."""
    master = small_course.master()
    release = released(master)
    spoil(release)
    assert leaks.find_leaks(master, release) == [sentence]


@pytest.mark.parametrize(
    ("spoil", "sentence"), MISUNDERSTANDINGS.values(), ids=MISUNDERSTANDINGS.keys()
)
def test_a_master_that_nbgrader_reads_otherwise_is_refused(spoil: Spoil, sentence: str) -> None:
    """Stripping stops where regions and nbgrader's metadata do not agree."""
    master = small_course.master()
    spoil(master)
    with pytest.raises(ReleaseError) as caught:
        released(master)
    assert str(caught.value) == sentence


def test_stripping_that_does_nothing_is_caught() -> None:
    """The guard does not trust the stripper: an unstripped master is one leak per statement."""
    master = small_course.master()
    found = leaks.find_leaks(master, copy.deepcopy(master))
    assert len([leak for leak in found if "of the solution" in leak]) == 4


@pytest.mark.parametrize("shown", ["returns = np.zeros(len(rewards))", "following = returns[t]"])
def test_a_single_line_of_given_code_may_recur_in_a_solution(shown: str) -> None:
    """What a locked cell shows on purpose is no secret, in whichever cell it stands."""
    master = small_course.master()
    append(PLOT, shown)(master)
    append(SOLUTION, shown)(master)
    assert leaks.find_leaks(master, released(master)) == []


def test_a_given_line_of_the_region_may_stand_elsewhere() -> None:
    """Marking a line as given takes it off the list of secrets."""
    master = small_course.master()
    append(SOLUTION, LINE)(master)
    solution = master.cells[SOLUTION]
    solution.source = solution.source.replace(LINE, f"{LINE}  # given", 1)
    assert leaks.find_leaks(master, released(master)) == []


@pytest.mark.parametrize("scaffold", ["...:\n    {}", "...: {}", "try:\n    {}\n...:\n    ..."])
def test_survivors_are_found_in_scaffolds_that_are_not_python(scaffold: str) -> None:
    """Scaffolds do not parse as a whole: the guard reads them line by line."""
    keys = {entry.key for entry in statements.in_code("x = f(1)")}
    found = {entry.key for entry in statements.in_code(scaffold.format("x = (f)(1)  # so"))}
    assert keys <= found
