"""A notebook that repeats a check's calls in plain Jupyter: what came beside what was wanted, and no check.

No name of a hidden check is in it and no line of its source, only its line in the rubric. Whatever a student
wrote or printed stands in code cells alone, as code or as a comment, so none of it is markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import nbformat
from nbformat import v4

from autograder.explain.explained import ExplainedCheck
from autograder.plaintext import one_line, spelled
from autograder.protocol.transcript import Call, Comparison
from autograder.submission.plan import Plan

_HEAD = """\
import base64
import zlib

import numpy as np


def unpacked(text, dtype, shape):
    \"\"\"Return the array that was too large to be spelled out.\"\"\"
    data = zlib.decompress(base64.b64decode(text))
    return np.frombuffer(data, dtype).reshape(shape).copy()"""
_ABOUT = """\
# {title}: what the checks asked

First come the cells of the notebook as they run while it is graded, then each call that a check made, with
its inputs and with what was wanted. The notebook's random numbers are others here than they were then.

Whoever runs this runs the notebook's code, with nothing to confine it: read it first."""
_COMMENT = 400  # characters of a line


def made(title: str, plan: Plan, checks: Sequence[ExplainedCheck]) -> str:
    """Return the notebook's text: the cells that grading runs, then the calls of the checks."""
    cells = [v4.new_markdown_cell(_ABOUT.format(title=title)), v4.new_code_cell(_HEAD)]
    cells += [v4.new_code_cell(cell.source) for cell in plan.cells]
    for check in checks:
        cells += _check(check)
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    text: str = nbformat.writes(notebook)
    return f"{text}\n"


def _check(check: ExplainedCheck) -> Iterator[nbformat.NotebookNode]:
    yield v4.new_markdown_cell(f"## {check.exercise}: {check.line}")
    transcript = check.transcript
    if transcript is None or not transcript.calls:
        yield v4.new_code_cell("\n".join(["# It called nothing.", *_comment(check.result.message)]))
        return
    for number, call in enumerate(transcript.calls, 1):
        said = []
        if number == 1:
            said = [
                f"The course's own {name} stood in for the notebook's while this was graded."
                for name in transcript.stand_ins
            ]
        if number == transcript.gap + 1 and transcript.left_out:
            said.append(f"{transcript.left_out} calls before this one are left out.")
        yield v4.new_code_cell("\n".join([*_comment(*said), *_call(call)]))
    if check.result.message:
        yield v4.new_code_cell("\n".join(_comment(f"Said about it: {check.result.message}")))


def _call(call: Call) -> Iterator[str]:
    yield from _comment(f"It {call.outcome}: {call.result}")
    for each in call.comparisons:
        yield from _comparison(each, call.result)
    if call.replay:
        yield call.replay
        return
    name = call.function or call.operation
    yield from _comment(f"Left out, for {call.why_not}: {name}({', '.join(call.arguments)})")


def _comparison(each: Comparison, result: str) -> Iterator[str]:
    if each.came != result:
        yield from _comment(f"Looked at: {each.came}")
    within = f", within {each.within}" if each.within else ""
    yield from _comment(f"Expected{'' if each.failed else ', and right'}: {each.wanted}{within}")
    if each.difference:
        yield from _comment(each.difference)


def _comment(*texts: str) -> list[str]:
    """Return lines that are comments whatever stands in them."""
    return [f"# {one_line(spelled(text), _COMMENT)}" for text in texts if text]
