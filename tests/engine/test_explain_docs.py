"""The claim of docs/appeals.md: whoever grades the notebook that it shows reads what it shows."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.course.folder import Course
from tests.helpers.command import Run
from tests.helpers.grading import LIGHT, ROOT, Notebooks

PAGE = (ROOT / "docs" / "appeals.md").read_text("utf-8")


def but_for_numbers(text: str) -> str:
    """The inputs follow from the notebook's digest, so another master makes others."""
    return re.sub(r"-?\d+(\.\d*)?", "N", text).strip()


def test_the_appeal_goes_as_the_page_says(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """What the terminal shows, the cell of the notebook that it writes, what is answered in the shell."""
    (source,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (cell,) = re.findall(r"^```\n(# It .*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (walk,) = re.findall(r"^```\n(farid: .*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    path = tmp_path / "submitted" / "farid" / LIGHT / f"{LIGHT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(Notebooks(Course(ROOT, LIGHT)).solved(plain_returns=source.rstrip()))
    (command,) = re.findall(r"^`autograder (explain .*?)` says:$", PAGE, re.MULTILINE)
    for name in ("checks", "source", "release"):
        (tmp_path / name).symlink_to(ROOT / name)
    about = ("--assignment", LIGHT, "--engine", "process")
    assert run("grade", "submitted", *about)[0] == 0
    status, output, _ = run(*command.split())
    assert status == 0
    assert but_for_numbers(output) == but_for_numbers(walk)
    notebook = nbformat.read(tmp_path / "appeal.ipynb", as_version=4)
    shown = [but_for_numbers(each.source) for each in notebook.cells]
    assert but_for_numbers(cell) in shown
    (typed,) = re.findall(r"^```\n(>>> .*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^>>> (.*\n)", typed, re.MULTILINE)
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(lines)))
    status, output, _ = run("explain", "farid", "--assignment", LIGHT, "--shell")
    assert status == 0
    assert output.removesuffix(">>> ") == re.sub(r"^>>> .*\n", ">>> ", typed, flags=re.MULTILINE)
