"""Claims about finding submissions: every layout, nothing read that may not be, nobody mixed up."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.batch.discover import Submission, discover
from autograder.errors import UsageError
from autograder.limits import MAX_NOTEBOOK

PG = "policy_gradient"
FILE = f"{PG}.ipynb"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file below the test's folder, folders included."""

    def write(name: str, content: bytes = b"{}") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write


def found(*paths: Path) -> dict[str, Submission]:
    """What discover finds, by student."""
    submissions = discover(list(paths), PG)
    assert [s.student for s in submissions] == sorted(s.student for s in submissions)
    return {submission.student: submission for submission in submissions}


def test_a_class_folder_has_a_submission_per_student(write: Callable[..., Path], tmp_path: Path):
    """nbgrader's layout; a student without this assignment, a stray file and hidden folders are none."""
    for name in ("ada", "bob"):
        write(f"{name}/{PG}/{FILE}")
    write(f"carol/other/{FILE}")
    write("notes.txt")
    write(f".git/{PG}/{FILE}")
    assert set(found(tmp_path)) == {"ada", "bob"}


@pytest.mark.parametrize("path", ["ada", f"ada/{PG}", f"ada/{PG}/{FILE}"])
def test_one_student_may_be_named_at_any_depth(
    path: str, write: Callable[..., Path], tmp_path: Path
):
    """Her folder, her assignment's folder or her notebook: it is the same submission."""
    notebook = write(f"ada/{PG}/{FILE}")
    assert found(tmp_path / path) == {"ada": Submission("ada", notebook)}


def test_a_student_may_be_named_from_inside_her_folder(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """`.` and a bare file name have no folder in them, and still lie in one."""
    write(f"ada/{PG}/{FILE}")
    monkeypatch.chdir(tmp_path / "ada")
    assert set(found(Path("."))) == {"ada"}
    monkeypatch.chdir(tmp_path / "ada" / PG)
    assert set(found(Path("."))) == set(found(Path(FILE))) == {"ada"}


def test_loose_notebooks_are_named_by_their_files(write: Callable[..., Path], tmp_path: Path):
    """As an LMS delivers them; what the operating system put beside them is no submission."""
    write("ada.ipynb")
    write("Bob Übel (2).ipynb")
    write("._ada.ipynb")
    write(".ipynb_checkpoints/ada-checkpoint.ipynb")
    assert set(found(tmp_path)) == {"ada", "Bob Übel (2)"}


def test_a_stray_notebook_does_not_hide_the_class(write: Callable[..., Path], tmp_path: Path):
    """Files and folders side by side are all found."""
    write("stray.ipynb")
    write(f"ada/{PG}/{FILE}")
    assert set(found(tmp_path)) == {"ada", "stray"}


def test_a_notebook_of_another_name_is_the_submission_where_it_is_the_only_one(
    write: Callable[..., Path], tmp_path: Path
):
    """Students rename files; a copy that some program keeps hidden is not a second one."""
    notebook = write(f"ada/{PG}/my solution.ipynb")
    write(f"ada/{PG}/._my solution.ipynb")
    assert found(tmp_path)["ada"] == Submission("ada", notebook)


@pytest.mark.parametrize(
    ("files", "says"),
    [(["a.ipynb", "b.ipynb"], "more than one notebook"), (["solution.pdf"], "no notebook")],
)
def test_a_folder_without_one_clear_notebook_is_refused_with_a_sentence(
    files: list[str], says: str, write: Callable[..., Path], tmp_path: Path
):
    """The student is told what to submit; nobody guesses which file was meant."""
    for name in files:
        write(f"ada/{PG}/{name}")
    assert says in str(found(tmp_path)["ada"].refusal)


def test_links_are_refused_wherever_they_stand(write: Callable[..., Path], tmp_path: Path):
    """A link may lead to another student's work, or anywhere on the machine."""
    target = write("target/ada.ipynb")
    for name in (f"file/{PG}", "assignment", "class"):
        (tmp_path / "submitted" / name).mkdir(parents=True)
    (tmp_path / "submitted" / "file" / PG / FILE).symlink_to(target)
    (tmp_path / "submitted" / "assignment" / PG).symlink_to(target.parent)
    write(f"whole/{PG}/{FILE}")
    (tmp_path / "submitted" / "student").symlink_to(tmp_path / "whole")
    (tmp_path / "loose.ipynb").symlink_to("nowhere")
    refused = found(tmp_path / "submitted", tmp_path / "loose.ipynb")
    assert set(refused) == {"file", "assignment", "student", "loose"}
    assert all("link" in str(submission.refusal) for submission in refused.values())


def test_a_link_is_not_followed_even_after_it_was_checked(write: Callable[..., Path]):
    """What was a file when it was found may be a link when it is read."""
    notebook = write("ada.ipynb")
    submission = found(notebook)["ada"]
    notebook.unlink()
    notebook.symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="symbolic"):
        submission.read()


def test_special_files_are_refused_without_being_opened(tmp_path: Path):
    """A pipe would block whoever reads it; a folder with a notebook's name is none."""
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    refused = found(tmp_path / "pipe.ipynb", tmp_path / "folder.ipynb")
    assert all("ordinary file" in str(submission.refusal) for submission in refused.values())


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path):
    """Without reading it; a file that grew later is read up to the limit only."""
    with (tmp_path / "ada.ipynb").open("wb") as file:
        file.truncate(MAX_NOTEBOOK)
    fitting = found(tmp_path)["ada"]
    assert fitting.refusal is None
    os.truncate(tmp_path / "ada.ipynb", 4 * MAX_NOTEBOOK)
    assert "20 MB" in str(found(tmp_path)["ada"].refusal)
    assert len(fitting.read()) == MAX_NOTEBOOK + 1


def test_two_submissions_of_one_student_are_wrong_usage(write: Callable[..., Path]):
    """One would overwrite the other's report."""
    first, second = write("monday/ada.ipynb"), write("tuesday/ada.ipynb")
    with pytest.raises(UsageError, match="both of the student 'ada'"):
        discover([first.parent, second.parent], PG)


def test_the_same_submission_named_twice_is_one(write: Callable[..., Path], tmp_path: Path):
    """A folder and a file in it overlap harmlessly."""
    notebook = write("ada.ipynb")
    assert len(discover([tmp_path, notebook], PG)) == 1


def become(folder: Path, kind: str) -> None:
    """What was a notebook in `folder` is something else now."""
    notebook = folder / "ada.ipynb"
    notebook.unlink()
    if kind == "pipe":
        os.mkfifo(notebook)
    elif kind == "folder":
        notebook.mkdir()
    elif kind == "link to a device":
        notebook.symlink_to("/dev/zero")


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to a device", "nothing"])
def test_what_is_no_file_any_more_is_not_read(
    kind: str, write: Callable[..., Path], tmp_path: Path
):
    """It was a notebook when it was found; nobody waits for a writer, or reads without end."""
    submission = found(write("ada.ipynb"))["ada"]
    become(tmp_path, kind)
    with pytest.raises(OSError):  # noqa: PT011 - the kernel says it in several ways
        submission.read()


@pytest.mark.parametrize("closed", ["ada", f"ada/{PG}"])
def test_a_folder_that_nobody_may_enter_costs_its_student_only(closed: str, open_folder: Path):
    """Who unpacks a class as an ordinary user meets such permissions; the others are found."""
    for student in ("ada", "bob"):
        (open_folder / student / PG).mkdir(parents=True)
        (open_folder / student / PG / FILE).write_bytes(b"{}")
    (open_folder / closed).chmod(0)
    submissions = as_nobody(lambda: [(s.student, s.refusal) for s in discover([open_folder], PG)])
    (open_folder / closed).chmod(0o755)
    (ada, refusal), bob = submissions
    assert (ada, bob) == ("ada", ["bob", None])
    assert "permissions" in refusal


def as_nobody(function: Callable[[], Any]) -> Any:
    """What a function returns in a fork that is not root, as JSON has it."""
    results, end = os.pipe()
    if os.fork() == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            os.write(end, json.dumps(function()).encode())
        finally:
            os._exit(0)
    os.close(end)
    with os.fdopen(results, "rb") as file:
        answer = json.loads(file.read())
    os.wait()
    return answer


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_path_without_submissions_is_wrong_usage(name: str, tmp_path: Path):
    """The sentence names the path, so that the typing error in it is seen."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=name):
        discover([tmp_path / name], PG)


def test_a_file_that_is_no_notebook_is_left_to_the_grader(write: Callable[..., Path]):
    """Its student gets a sentence about it in the report."""
    assert found(write("ada.pdf"))["ada"].refusal is None


def test_odd_names_are_students_too(write: Callable[..., Path], tmp_path: Path):
    """Spaces, other scripts, markup, a newline, and bytes that are no text."""
    names = ["a b", "陳大文", "<b>", "new\nline", "-rf", "=1+1", os.fsdecode(b"caf\xe9")]
    for name in names:
        write(f"{name}/{PG}/{FILE}")
    assert set(found(tmp_path)) == set(names)
