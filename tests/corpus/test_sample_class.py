"""Claims about `make grade`: real submissions are graded alone, else a sample class elsewhere."""

import re
import subprocess
from pathlib import Path

import pytest

from autograder.batch.discover import discover
from samples import corpus, sample_class

MAKEFILE = corpus.ROOT / "Makefile"
NOTEBOOK = f"{corpus.ASSIGNMENT}/{corpus.FILE}"


def test_the_sample_class_has_all_kinds_of_students(tmp_path: Path):
    """Right solutions, mistakes, an attack, a file that is no notebook; a stranger is gone from it."""
    (tmp_path / "submitted" / "stranger").mkdir(parents=True)
    assert sample_class.write(tmp_path / "submitted") == 12
    kinds = {case.kind for case in corpus.choose(sample_class.STUDENTS.values())}
    assert kinds == {"correct", "mistakes", "attacks", "broken"}
    assert {path.name for path in (tmp_path / "submitted").iterdir()} == set(sample_class.STUDENTS)
    assert len(list((tmp_path / "submitted").glob(f"*/{NOTEBOOK}"))) == 12


@pytest.mark.parametrize("name", [f"marie/{NOTEBOOK}", "marie.ipynb", f"amina/{NOTEBOOK}"])
def test_real_submissions_are_graded_and_never_meet_the_sample(name: str, tmp_path: Path):
    """However they lie there, also where a student is called as one of the sample's; nothing is written."""
    notebook = tmp_path / "submitted" / name
    notebook.parent.mkdir(parents=True)
    notebook.write_text("her own")
    assert sample_class.to_grade(tmp_path, corpus.ASSIGNMENT) == tmp_path
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [notebook]
    assert notebook.read_text() == "her own"


def test_submissions_that_cannot_be_told_apart_are_never_passed_over_for_the_sample(tmp_path: Path):
    """Two files of one student: grading says so, where a graded sample would look like success (fault 7)."""
    for name in ("marie.ipynb", f"marie/{NOTEBOOK}"):
        notebook = tmp_path / "submitted" / name
        notebook.parent.mkdir(parents=True, exist_ok=True)
        notebook.write_text("her own")
    assert sample_class.to_grade(tmp_path, corpus.ASSIGNMENT) == tmp_path
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    "there", [[], ["submitted"], ["submitted/.gitkeep", "submitted/ada/other"]]
)
def test_without_a_submission_the_sample_class_is_graded_elsewhere(
    there: list[str], tmp_path: Path
):
    """`submitted` stays as it is: missing, empty, or with another assignment's notebooks."""
    for name in there:
        (tmp_path / name).mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    folder = sample_class.to_grade(tmp_path, corpus.ASSIGNMENT)
    assert folder == tmp_path / "build" / "sample"
    assert len(list(folder.glob(f"submitted/*/{NOTEBOOK}"))) == 12
    assert [path for path in sorted(tmp_path.rglob("*")) if "build" not in path.parts] == before


def test_another_assignment_has_no_sample(tmp_path: Path):
    """Its submissions are what is asked for; the sample's would be graded by the wrong checks."""
    assert sample_class.to_grade(tmp_path, "another") == tmp_path
    assert list(tmp_path.iterdir()) == []


def recipe(*variables: str) -> list[str]:
    """The commands that `make grade` would show and run, in an environment that is ready."""
    command = ["make", "--dry-run", "--old-file=.venv/.ready", "grade", *variables]
    ended = subprocess.run(
        command, cwd=corpus.ROOT, capture_output=True, text=True, check=True
    )  # fmt: skip
    return ended.stdout.splitlines()


def test_make_grade_grades_the_assignment_that_is_named():
    """All its commands get it."""
    commands = [line for line in recipe("ASSIGNMENT=another") if "autograder" in line]
    assert len(commands) == 3
    assert all("--assignment another" in line for line in commands)


def test_make_grade_shows_what_matters_and_everything_when_asked():
    """The builder's output and the release's lines are for V=1, and so are the commands themselves."""
    quiet, loud = "\n".join(recipe()), "\n".join(recipe("V=1"))
    assert "image build --assignment policy_gradient --quiet" in quiet
    assert re.search("autograder release .* >/dev/null$", quiet, re.MULTILINE)
    assert "quiet" not in loud
    assert not re.search("autograder release .*/dev/null", loud)
    target = MAKEFILE.read_text().partition("\ngrade:")[2].partition("\n\n")[0]
    lines = [line for line in target.split("\n")[1:] if line.startswith("\t") and line[1] != " "]
    assert all(line.startswith("\t$(Q)") for line in lines)


@pytest.mark.parametrize("assignment", sample_class.CLASSES)
def test_every_assignment_with_a_class_has_one_that_can_be_found(assignment: str, tmp_path: Path):
    """Each student's notebook lies where grading looks for it."""
    count = sample_class.write(tmp_path / "submitted", assignment)
    assert len(discover([tmp_path / "submitted"], assignment)) == count > 5
