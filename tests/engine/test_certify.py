"""Claims about `autograder certify` on a new assignment: an instructor has it for nothing."""

import re
from pathlib import Path

from autograder.cases.loading import cases_folder
from autograder.course.folder import Course
from autograder.course.new import new_assignment
from autograder.release.generate import make_release
from tests.helpers.command import Run
from tests.helpers.grading import ROOT

NAME = "first_steps"
PAGE = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")


def shown(language: str) -> str:
    """The first block of this language on the page, without its indentation."""
    block = re.search(rf"^( *)```{language}\n(.*?)^\1```$", PAGE, re.MULTILINE | re.DOTALL)
    assert block
    return "".join(line.removeprefix(block[1]) for line in block[2].splitlines(keepends=True))


def test_whoever_follows_the_page_has_a_case_and_all_mutants_graded(run: Run):
    """The case that the page shows loses as it says, and no mutant of the skeleton keeps all points."""
    course = Course(Path.cwd(), NAME)
    new_assignment(course.root, NAME)
    make_release(course.root, NAME)
    folder = cases_folder(course) / "mistakes" / "sums"
    folder.mkdir(parents=True)
    (folder / "edits.py").write_text(shown("python"))
    (folder / "expected.toml").write_text(shown("toml"))
    status, output, errors = run("certify", "--engine", "process", "--workers", "1")
    assert (status, errors) == (0, ""), output
    assert (
        f"{NAME}: Certified: none of 0 right solutions lost a point, each of 1 mistakes" in output
    )
