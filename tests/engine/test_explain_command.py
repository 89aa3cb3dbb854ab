"""Claims about `autograder explain` as an instructor meets it, and about the notebook that it writes."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.report import Verdict
from tests.helpers import kernels, tiny_course
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.tiny_course import NAME, checked

CHECKS = '''\
import numpy as np
from autograder.checker import expect

SECRET = "words of the hidden source"

def test_many_numbers(student, rng):
    """Twice each of some numbers."""
    for size in (3, 300):
        numbers = rng.normal(size=size)
        expect.close(student.double(numbers), 2 * numbers, "Not twice the numbers.")

def test_left_alone(student):
    """The numbers stay what they are."""
    expect.close(student.with_arguments("double", np.ones(2))[1][0], [1, 1], "Not left alone.")
'''
EXERCISES = [checked(CHECKS)]
WRONG = "def double(number):\n    print('ben was here')\n    return number + 2"
MARKUP = "<img src=x onerror=alert(1)>"


class Class:
    """A course in which three handed in; `run` runs a command in it."""

    def __init__(self, root: Path, run: Run) -> None:
        self.course = Course(root, NAME)
        self.run = run

    def grade(self) -> None:
        """Lay it out and grade it."""
        tiny_course.write(self.course.root, EXERCISES)
        hostile = f"def double(number):\n    # {MARKUP}\n    raise ValueError('{MARKUP}\\n# %%')"
        for name, source in {"ben": WRONG, "eve": hostile}.items():
            self.hand_in(name, tiny_course.notebook(EXERCISES, double=source))
        self.hand_in("zed", b"no notebook")
        assert self.run("grade", "submitted", "--engine", "process")[0] == 0

    def path(self, student: str) -> Path:
        """Where a student's notebook lies."""
        return self.course.root / "submitted" / student / NAME / f"{NAME}.ipynb"

    def hand_in(self, student: str, data: bytes) -> None:
        """Put a notebook where it is looked for."""
        self.path(student).parent.mkdir(parents=True, exist_ok=True)
        self.path(student).write_bytes(data)

    @property
    def store(self) -> Store:
        """The reports."""
        return Store(self.course.root / "graded" / NAME)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the course lies once one test has graded it."""
    return tmp_path_factory.mktemp("graded") / "course"


@pytest.fixture
def made(tmp_path: Path, run: Run, graded: Path, monkeypatch: pytest.MonkeyPatch) -> Class:
    """The class, a copy of its own for each test."""
    if not graded.exists():
        graded.mkdir()
        monkeypatch.chdir(graded)
        Class(graded, run).grade()
    root = tmp_path / "course"
    shutil.copytree(graded, root)
    monkeypatch.chdir(root)
    return Class(root, run)


def test_the_calls_of_what_did_not_pass_are_shown(made: Class):
    """With the line of the rubric, the words for the student, what was printed; no report changes."""
    path = made.store.path("ben")
    before = path.read_bytes()
    status, output, errors = made.run("explain", "ben")
    assert (status, errors) == (0, "")
    for said in (
        "ben: double.many_numbers: failed, as in the report",
        "  Twice each of some numbers",
        "  The student reads: Not twice the numbers.",
        "     WRONG: wanted float64 (3,) [",
        "       3 of 3 numbers differ, most at [",
        "       | ben was here",
        "  It ended at test_double.py, line 10: expect.close(",
        "Passed: double.left_alone. Name one to see its calls.",
    ):
        assert said in output
    assert path.read_bytes() == before
    assert b"transcript" not in before


def test_a_check_that_passed_is_shown_where_it_is_named(made: Class):
    """And nothing of the others."""
    _, output, _ = made.run("explain", "ben", "double.left_alone")
    assert "ben: double.left_alone: passed, as in the report" in output
    assert "right: wanted float64 (2,) [1., 1.]" in output
    assert "many_numbers" not in output


def test_a_verdict_that_is_another_one_today_is_pointed_out(made: Class):
    """As is a judge that has changed since the report was made."""
    report = made.store.read("ben")
    assert report is not None
    report.exercises[0].checks[1].outcome = Verdict.TIMEOUT
    made.store.write(report.model_copy(update={"judged_by": "sha256:before"}))
    _, output, errors = made.run("explain", "ben", "double.left_alone")
    assert "passed THIS TIME, but timeout in the report" in output
    assert "have changed since this report was made" in errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bne"], "There is no report on bne in graded/tiny: there are ben."),
        (["ben", "triple"], "tiny has no exercise 'triple': it has double."),
        (["ben", "double.few"], "double has no check 'few': it has many_numbers, left_alone."),
        (["ben", "double.many_numbers[3]"], "double has no check 'many_numbers[3]': it has many_"),
        (["zed"], "The submission of zed was rejected, so no check has seen it: This file"),
        (["ben", "--submitted", "elsewhere"], "that was graded is not in elsewhere: name the folder"),
 (["ben", "--shell", "--notebook", "x.ipynb"], "--notebook and --shell are two things"),
        (["ben", "--out", "elsewhere"], "is no folder of reports: run 'autograder grade'"),
    ],
)  # fmt: skip
def test_what_cannot_be_explained_is_refused_with_what_there_is(
    made: Class, arguments: list[str], said: str
):
    """In one sentence, which says what to do instead."""
    status, output, errors = made.run("explain", *arguments)
    assert (status, output) == (2, "")
    assert said in errors
    assert is_one_sentence(errors)


def test_a_notebook_that_has_changed_since_is_refused(made: Class):
    """What is explained is what was graded, to the byte."""
    with made.path("ben").open("ab") as file:
        file.write(b"\n")
    status, _, errors = made.run("explain", "ben")
    assert status == 2
    assert "is not what was graded: the file has changed since" in errors


def written(made: Class, student: str) -> nbformat.NotebookNode:
    """The notebook about a student's checks."""
    status, output, _ = made.run("explain", student, "--notebook", "appeal.ipynb")
    assert status == 0
    assert "Written: appeal.ipynb" in output
    notebook = nbformat.read(made.course.root / "appeal.ipynb", as_version=4)
    nbformat.validate(notebook)
    return notebook


def test_the_notebook_repeats_the_calls_in_plain_jupyter(made: Class, tmp_path: Path):
    """In another folder, without the package: the same inputs, large ones too, and what came then."""
    notebook = written(made, "ben")
    kernels.execute(notebook, tmp_path, {"PYTHONPATH": ""})
    calls = [cell for cell in notebook.cells if "# Expected: " in cell.source]
    assert len(calls) == 1  # the check ended with its first call
    (printed, shown) = calls[0].outputs
    assert printed.text == "ben was here\n"
    came = ast.literal_eval(shown.data["text/plain"].removeprefix("array(").removesuffix(")"))
    said = calls[0].source.splitlines()[0].partition("[")[2].rstrip("]").split(",")
    assert came == pytest.approx([float(number) for number in said])


def test_the_notebook_holds_neither_source_nor_names_of_the_checks(made: Class):
    """Only their line in the rubric; and no text of a student's is markup."""
    notebook = written(made, "eve")
    text = nbformat.writes(notebook)
    assert "Twice each of some numbers" in text
    for hidden in ("many_numbers", "test_", "expect.", "words of the hidden source", "SECRET"):
        assert hidden not in text
    markdown = [cell.source for cell in notebook.cells if cell.cell_type != "code"]
    assert MARKUP in text
    assert MARKUP not in "".join(markdown)
    for cell in notebook.cells:
        assert not cell.get("outputs")
        if cell.cell_type == "code":
            compile(cell.source, "cell", "exec")
