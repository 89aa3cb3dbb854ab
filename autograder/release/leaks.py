"""Nothing of the solution is left: a second look at the release, next to its master.

A statement of a solution region that students would see is a leak, wherever it stands: in code, in
markdown, in a comment, in metadata, in an attachment. Three things are none:

- a statement that gives nothing away, such as `pass`, `import`, `return x`, `done = False`;
- one that locked cells of the master show on purpose, as long as no locked cell shows three
  quarters of a region or more;
- a call that only repeats a signature, such as `scale(values, factor)`.

A sentence of a sample answer that students would see is a leak as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from autograder.course.markers import END, GIVEN, START
from autograder.errors import ReleaseError
from autograder.release import answers, layout, statements
from autograder.release.cells import is_answer, is_graded, is_locked, is_solution, name_of
from autograder.release.statements import Statement

TEACHER_METADATA = ("autograder", "execution", "ExecuteTime")
DISPLAY_TAGS = {"hide-cell", "hide-input", "hide-output", "raises-exception"}
"""The tags that say how a cell is shown; any other may be a note of the teacher's to himself."""

_NBGRADER_REGION = re.compile(r"(BEGIN|END) SOLUTION")
_TELLING_WORDS = 5
_COPIED_SHARE = 0.75


def faults_of_master(master: NotebookNode) -> list[str]:
    """A sentence for each region or solution cell that nbgrader and we would not agree about."""
    return [
        f"{name_of(cell, number)} {fault}"
        for number, cell in enumerate(master.cells, start=1)
        for fault in _region_faults(cell)
    ]


def find_leaks(master: NotebookNode, release: NotebookNode) -> list[str]:
    """A sentence for each thing in the release that students must not see."""
    solutions = _solutions(master)
    secrets = _secrets(master, solutions)
    told = _answers(master)
    found = [f"the notebook's metadata {leak}" for leak in _notebook_leaks(release, secrets, told)]
    for number, cell in enumerate(release.cells, start=1):
        leaks = [*_leftovers(cell), *_survivors(cell, secrets, told), *_copies(cell, solutions)]
        found += [f"{name_of(cell, number)} {leak}" for leak in leaks]
    return found


def find_leaks_beside(master: NotebookNode, files: Mapping[str, str]) -> list[str]:
    """A sentence for each thing that a file which students get beside the notebook gives away."""
    secrets, told = _secrets(master, _solutions(master)), _answers(master)
    found = []
    for name, text in files.items():
        code = {entry.key for entry in statements.in_code(text)} if name.endswith(".py") else set()
        shown = _Texts([text])
        found += [
            f"{name} shows `{_short(secret)}` of the solution: take it out"
            for secret in secrets
            if secret.key in code or shown.show(secret)
        ]
        found += [f"{name} {leak}" for leak in shown.told(told)]
    return found


def _region_faults(cell: NotebookNode) -> Iterator[str]:
    has_region = _has_region(cell)
    if _NBGRADER_REGION.search(cell.source):
        yield f"has nbgrader's own solution markers, which we do not strip: use `{START}`"
    if has_region and not is_solution(cell):
        yield "has a solution region, but nbgrader does not know it as a solution: make it one"
    if is_solution(cell) and not has_region:
        yield f"is a solution cell without a region: put the solution between `{START}` and `{END}`"
    if answers.may_hold_answer(cell.source) and not is_answer(cell):
        yield (
            "has a marker of an answer, but nbgrader does not know it as one: make it a markdown cell "
            "that is a 'Manually graded answer'"
        )
    if is_answer(cell) and not is_graded(cell):
        yield "is an answer that nobody grades: make it a 'Manually graded answer' in nbgrader's toolbar"
    if cell.cell_type == "raw" and (
        cell.metadata.get("nbgrader", {}).get("solution") or is_graded(cell)
    ):
        yield "is a raw cell, which nobody can solve or grade: make it a code or a markdown cell"
    if cell.cell_type == "markdown" and is_graded(cell) and not is_answer(cell):
        yield (
            "is markdown that has points, but students cannot write in it: make it a 'Manually graded "
            "answer' in nbgrader's toolbar"
        )


def _has_region(cell: NotebookNode) -> bool:
    if cell.cell_type == "code":
        try:
            return layout.may_hold_region(cell.source) and bool(
                layout.regions(layout.read(cell.source))
            )
        except (ReleaseError, SyntaxError):
            return True
    return any(line.strip() in (START, END) for line in cell.source.split("\n"))


def _solutions(master: NotebookNode) -> dict[str, list[Statement]]:
    """The telling statements of the region of each solution cell."""
    solutions = {}
    for number, cell in enumerate(master.cells, start=1):
        if is_solution(cell):
            found = {entry.key: entry for entry in statements.solution_of(cell.source)}
            telling = [entry for entry in found.values() if not entry.trivial]
            solutions[name_of(cell, number)] = telling
    return solutions


def _secrets(master: NotebookNode, solutions: dict[str, list[Statement]]) -> list[Statement]:
    """The statements of all solutions but those that students may see elsewhere."""
    public: set[str] = set()
    for cell in master.cells:
        if is_solution(cell):
            public |= statements.signature_calls(cell.source)
        if is_locked(cell):
            public |= {entry.key for entry in statements.outside_regions(cell.source)}
    return [entry for found in solutions.values() for entry in found if entry.key not in public]


def _answers(master: NotebookNode) -> dict[str, list[str]]:
    """The sentences of the sample answers in each answer cell."""
    return {
        name_of(cell, number): list(answers.sentences(cell.source))
        for number, cell in enumerate(master.cells, start=1)
        if is_answer(cell)
    }


def _survivors(
    cell: NotebookNode, secrets: list[Statement], told: dict[str, list[str]]
) -> Iterator[str]:
    """What the cell gives away of a solution: as code, as text, in metadata or an attachment."""
    code = {entry.key for entry in statements.in_code(cell.source)} if _is_code(cell) else set()
    places = {
        "": _Texts([cell.source]),
        " in its metadata": _Texts(_strings(cell.metadata)),
        " in an attachment of it": _Texts(_strings(cell.get("attachments", {}))),
        " in an output of it": _Texts(_strings(cell.get("outputs", []))),
    }
    for secret in secrets:
        for where, texts in places.items():
            if (where == "" and secret.key in code) or texts.show(secret):
                yield f"shows `{_short(secret)}` of the solution{where}: take it out"
    for where, texts in places.items():
        yield from texts.told(told, where)


def _copies(cell: NotebookNode, solutions: dict[str, list[Statement]]) -> Iterator[str]:
    """Solutions that a locked cell, whose single lines count as given, shows nearly in full."""
    if not is_locked(cell):
        return
    shown = {entry.key for entry in statements.in_code(cell.source)}
    for owner, solution in solutions.items():
        shared = [entry for entry in solution if entry.key in shown]
        if shared and len(shared) >= _COPIED_SHARE * len(solution):
            yield f"repeats the solution of {owner}, from `{_short(shared[0])}` on: take it out"


def _leftovers(cell: NotebookNode) -> Iterator[str]:
    """What nbgrader or our stripping should have taken away."""
    if cell.get("outputs"):
        yield "has an output: nbgrader's ClearOutput must run before the release is checked"
    if cell.get("execution_count") is not None:
        yield "has an execution count: nbgrader's ClearOutput must run before this check"
    if _is_code(cell) and any(line.rstrip().endswith(GIVEN) for line in cell.source.split("\n")):
        yield f"has the marker `{GIVEN}` outside a region, where it does nothing: remove it"
    for key in TEACHER_METADATA:
        if key in cell.metadata:
            yield f"has the metadata {key!r}, which are for the teacher: remove them"
    for tag in cell.metadata.get("tags", []):
        if tag not in DISPLAY_TAGS:
            yield f"has the tag {tag!r}, which students would see: remove it"


def _notebook_leaks(
    release: NotebookNode, secrets: list[Statement], told: dict[str, list[str]]
) -> Iterator[str]:
    if "widgets" in release.metadata:
        yield "hold the state of widgets, which are outputs: clear all outputs and save the master"
    texts = _Texts(_strings(release.metadata))
    for secret in secrets:
        if texts.show(secret):
            yield f"show `{_short(secret)}` of the solution: take it out"
    yield from ("tell" + leak.removeprefix("tells") for leak in texts.told(told))


class _Texts:
    """What can be read in one place of the release, also what base64 hides."""

    def __init__(self, texts: Iterable[str]) -> None:
        plain = [found for text in texts for found in statements.decoded(text)]
        self._code = [statements.words(text) for text in plain]
        self._prose = [answers.words(text) for text in plain]

    def show(self, secret: Statement) -> bool:
        """Whether a text contains the statement; the shortest ones mean nothing in prose."""
        words = secret.words
        return len(words.split()) >= _TELLING_WORDS and any(words in text for text in self._code)

    def told(self, answers_of: dict[str, list[str]], where: str = "") -> Iterator[str]:
        """Yield what to say of each sentence of a sample answer that a text contains."""
        for owner, sentences in answers_of.items():
            for sentence in sentences:
                if any(answers.words(sentence) in text for text in self._prose):
                    yield f"tells '{_cut(sentence)}' of the answer of {owner}{where}: take it out"


def _strings(value: Any) -> Iterator[str]:
    """Every string, keys too, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _is_code(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "code")


def _short(statement: Statement) -> str:
    first, *more = statement.text.split("\n")
    return _cut(first + "..." * bool(more))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
