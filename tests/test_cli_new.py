"""Claims about `autograder new`: an assignment to start from, in its place, over nothing that is there."""

from pathlib import Path

import pytest

from autograder.course.folder import Course, assignments
from autograder.course.settings import load_settings
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.small_class import SMALL

NAME = "first_steps"
WRITTEN = {
    f"source/{NAME}/{NAME}.ipynb",
    f"checks/{NAME}/assignment.toml",
    f"checks/{NAME}/test_running_mean.py",
    f"checks/{NAME}/seed.key",
}
OF_A_COURSE = {"nbgrader_config.py", ".gitignore"}


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by their path from there."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_course_begins_in_an_empty_folder(run: Run, tmp_path: Path):
    """Each file that was written is named, and then what to do next."""
    status, output, errors = run("new", NAME)
    assert (status, errors) == (0, "")
    assert set(files(tmp_path)) == WRITTEN | OF_A_COURSE
    *wrote, last = output.splitlines()
    assert {line.removeprefix("wrote ") for line in wrote} == set(files(tmp_path))
    assert "autograder release" in last
    assert load_settings(Course(tmp_path, NAME)).title == "First steps"


def test_in_a_course_it_goes_into_that_course(
    small: Course, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """Also from a folder inside it; what the course has already stays as it is."""
    (small.root / ".gitignore").write_text("of the course\n")
    before = files(small.root)
    monkeypatch.chdir(small.checks)
    assert run("new", NAME)[0] == 0
    assert assignments(small.root) == [NAME, SMALL]
    after = files(small.root)
    assert set(after) - set(before) == WRITTEN | {"nbgrader_config.py"}
    assert before.items() <= after.items()


@pytest.mark.parametrize("folder", ["source", "checks", "release"])
def test_a_name_that_is_taken_is_refused(folder: str, run: Run, tmp_path: Path):
    """Whatever is there of it, it is somebody's work; nothing is written."""
    (tmp_path / folder / NAME).mkdir(parents=True)
    (tmp_path / folder / NAME / "notes.txt").write_text("mine")
    status, output, errors = run("new", NAME)
    assert (status, output) == (2, "")
    assert is_one_sentence(errors)
    assert f"{folder}/{NAME} is there already" in errors
    assert files(tmp_path) == {f"{folder}/{NAME}/notes.txt": b"mine"}


@pytest.mark.parametrize(
    "name", ["1st", "first steps", "first-steps", "a.b", "class", "étude", "../up", "/tmp/x", ""]
)
def test_a_name_that_python_cannot_import_is_refused(name: str, run: Run, tmp_path: Path):
    """The sentence says which names can be; nothing is written, here or above."""
    above = set(tmp_path.parent.iterdir())
    status, output, errors = run("new", name)
    assert (status, output) == (2, "")
    assert is_one_sentence(errors)
    assert "letters, digits and _" in errors
    assert files(tmp_path) == {}
    assert set(tmp_path.parent.iterdir()) == above


def test_every_assignment_has_a_key_of_its_own(run: Run, tmp_path: Path):
    """Who knows one course's inputs knows nothing of another's."""
    for name in (NAME, "second_steps"):
        assert run("new", name)[0] == 0
    first, second = (tmp_path / "checks" / name / "seed.key" for name in (NAME, "second_steps"))
    assert first.read_text() != second.read_text()
