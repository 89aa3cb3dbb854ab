"""A release holds what git tracks, and names what it leaves out: litter, or a forgotten figure."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.release.generate import check_release, make_release
from tests.helpers import small_course

FILES = ("figures/a.svg", "small.ipynb", "utils.py")
STRAY = ("checkpoints/1/weights.bin", "checkpoints/2/weights.bin", "figures/new.svg", "model.keras")
LEFT_OUT = ("checkpoints/", "figures/new.svg", "model.keras")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed here")


def git(folder: Path, *arguments: str) -> None:
    """Run git there, as nobody in particular."""
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def litter(course: Path, *names: str) -> None:
    """Leave files beside the master."""
    for name in names:
        path = course / "source" / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("left behind\n")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course in a repository, all of it added."""
    folder = small_course.write(tmp_path / "course", small_course.master())
    git(folder, "init")
    git(folder, "add", ".")
    return folder


def test_what_git_does_not_track_is_left_out_and_named(course: Path) -> None:
    """A folder without a single tracked file by its own name, whatever is in it."""
    litter(course, *STRAY, "__pycache__/utils.pyc", ".ipynb_checkpoints/small.ipynb")
    result = make_release(course, "small")
    assert result.files == FILES
    assert result.left_out == LEFT_OUT
    assert {path.name for path in result.folder.iterdir()} >= {"figures", "small.ipynb", "utils.py"}
    assert not (result.folder / "model.keras").exists()


def test_nothing_is_left_out_where_all_is_tracked(course: Path) -> None:
    """A file that was added counts, before the commit too."""
    litter(course, "figures/new.svg")
    git(course, "add", ".")
    result = make_release(course, "small")
    assert result.left_out == ()
    assert "figures/new.svg" in result.files


def test_what_git_ignores_is_left_out_and_named(course: Path) -> None:
    """Also where the master was not added yet; then other new files are released."""
    git(course, "rm", "-r", "--cached", "source")
    (course / ".gitignore").write_text("*.keras\n")
    litter(course, "model.keras", "figures/new.svg")
    result = make_release(course, "small")
    assert result.left_out == ("model.keras",)
    assert "figures/new.svg" in result.files


def test_a_stray_notebook_is_neither_released_nor_checked(course: Path) -> None:
    """A copy for trying things out does not stop the release."""
    litter(course, "Untitled.ipynb")
    result = make_release(course, "small")
    assert result.files == FILES
    assert result.left_out == ("Untitled.ipynb",)


def test_a_stray_file_does_not_make_the_release_stale(course: Path) -> None:
    """Whoever ran the master has changed nothing of the release."""
    make_release(course, "small")
    litter(course, *STRAY, "Untitled.ipynb")
    assert check_release(course, "small") == []


def test_a_course_that_git_ignores_is_released_whole(tmp_path: Path) -> None:
    """A folder inside somebody's repository, but not in it: no word of git's is about it."""
    git(tmp_path, "init")
    (tmp_path / ".gitignore").write_text("*\n")
    course = small_course.write(tmp_path / "course", small_course.master())
    litter(course, "model.keras")
    result = make_release(course, "small")
    assert "model.keras" in result.files
    assert result.left_out == ()


def test_without_git_all_is_released(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed, nobody can say what it tracks."""
    litter(course, "figures/new.svg")
    monkeypatch.setenv("PATH", "")
    assert "figures/new.svg" in make_release(course, "small").files


def test_a_hook_of_gits_does_not_lead_astray(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`release --check` may run before each commit; git's variables then speak of another folder."""
    litter(course, "model.keras")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert make_release(course, "small").left_out == ("model.keras",)


def test_odd_names_are_told_apart(course: Path) -> None:
    """Blanks, umlauts and line feeds are parts of names."""
    litter(course, "a b.txt", "ü.txt", "c\nd.txt")
    git(course, "add", ".")
    litter(course, "e\nf.txt")
    result = make_release(course, "small")
    assert {"a b.txt", "ü.txt", "c\nd.txt"} <= set(result.files)
    assert result.left_out == ("e\nf.txt",)
