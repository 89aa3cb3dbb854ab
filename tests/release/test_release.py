"""A release is a folder and a zip, made by nbgrader, the same each time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.errors import ReleaseError
from autograder.release.generate import check_release, make_release
from tests.helpers import small_course

ROOT = small_course.ROOT
FILES = ("figures/a.svg", "small.ipynb", "utils.py")


def small(course: Path, spoil: Callable[[NotebookNode], object] = lambda _: None) -> Path:
    """A course folder whose master may be spoiled first."""
    notebook = small_course.master()
    spoil(notebook)
    return small_course.write(course, notebook)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def released_cells(course: Path) -> dict[str, NotebookNode]:
    """The cells of the small release by id."""
    notebook = nbformat.read(course / "release" / "small" / "small.ipynb", as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def generate_assignment(course: Path, assignment: str) -> subprocess.CompletedProcess[str]:
    """Run nbgrader as an instructor does, in the course folder of an activated environment."""
    bin_folder = str(Path(sys.executable).parent)
    environment = os.environ | {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(course),
    }
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment]
    return subprocess.run(
        command, cwd=course, env=environment, check=False, capture_output=True, text=True
    )


def test_release_shows_the_scaffold_and_drops_what_is_the_teachers(tmp_path: Path) -> None:
    """Solutions, outputs, counts, our metadata are gone; what nbgrader needs is there."""

    def run_once(notebook: NotebookNode) -> None:
        notebook.cells[4].outputs.append(new_output("stream", text="[1.75 1.5 1.]"))
        notebook.cells[4].execution_count = 4

    course = small(tmp_path, run_once)
    make_release(course, "small")
    cells = released_cells(course)
    assert cells["returns-solution"].source == small_course.SCAFFOLD
    assert cells["plot"].outputs == []
    assert cells["plot"].execution_count is None
    assert "autograder" not in cells["imports"].metadata
    assert cells["returns"].metadata.nbgrader.points == 5
    assert cells["returns"].metadata.editable is False
    assert len(cells["returns-solution"].metadata.nbgrader.checksum) == 32


def test_release_holds_the_support_files_and_no_litter(tmp_path: Path) -> None:
    """Caches, checkpoints and what running the master leaves behind stay with the master."""
    course = small(tmp_path)
    for litter in ("__pycache__/a.pyc", ".ipynb_checkpoints/b.ipynb", "pong.keras", ".DS_Store"):
        path = course / "source" / "small" / litter
        path.parent.mkdir(exist_ok=True)
        path.write_text("litter")
    result = make_release(course, "small")
    assert result.files == FILES
    assert set(contents(result.folder)) == set(FILES)


def test_release_leaves_nothing_else_in_the_course(tmp_path: Path) -> None:
    """No gradebook is touched, no scratch folder stays."""
    course = small(tmp_path)
    make_release(course, "small")
    assert {path.name for path in course.iterdir()} == {"nbgrader_config.py", "release", "source"}


def test_zip_has_one_folder_with_the_released_files(tmp_path: Path) -> None:
    """An LMS unpacks one folder, named like the assignment, with the very bytes of the release."""
    result = make_release(small(tmp_path), "small")
    with zipfile.ZipFile(result.archive) as archive:
        assert archive.namelist() == [f"small/{file}" for file in FILES]
        packed = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        modes = {entry.external_attr >> 16 for entry in archive.infolist()}
    assert packed == {f"small/{name}": data for name, data in contents(result.folder).items()}
    assert modes == {0o100644}


def test_same_master_gives_same_bytes(tmp_path: Path) -> None:
    """Two releases, in two places, with other dates and modes of the sources: no bit differs."""
    first, second = small(tmp_path / "first"), small(tmp_path / "second" / "deeper")
    helper = second / "source" / "small" / "utils.py"
    os.utime(helper, (1e9, 1e9))
    helper.chmod(0o700)
    make_release(first, "small")
    make_release(second, "small")
    assert contents(first / "release") == contents(second / "release")
    assert (second / "release/small/utils.py").stat().st_mode & 0o777 == 0o644


def test_release_replaces_the_one_before(tmp_path: Path) -> None:
    """A file that the master lost does not live on in the release."""
    course = small(tmp_path)
    make_release(course, "small")
    (course / "source" / "small" / "utils.py").unlink()
    assert make_release(course, "small").files == ("figures/a.svg", "small.ipynb")


def test_failed_release_leaves_the_one_before(tmp_path: Path) -> None:
    """A leak names its cell and stops everything; students keep what they had."""
    course = small(tmp_path)
    make_release(course, "small")
    before = contents(course / "release")

    def leak(notebook: NotebookNode) -> None:
        notebook.cells[0].source += "\n`returns = np.zeros(len(rewards))`"

    small(course, leak)
    with pytest.raises(ReleaseError, match=r"^cell 'text' shows `returns = np\.zeros"):
        make_release(course, "small")
    assert contents(course / "release") == before


def test_cell_without_an_id_is_refused(tmp_path: Path) -> None:
    """Jupyter would invent another id at each reading, and no two releases would be alike."""
    course = small(tmp_path)
    path = course / "source" / "small" / "small.ipynb"
    path.write_text(path.read_text().replace('"id": "plot",', ""))
    with pytest.raises(ReleaseError, match="cells without an id"):
        make_release(course, "small")


def test_marker_in_a_support_file_is_refused(tmp_path: Path) -> None:
    """Files are copied as they are: a solution in one of them would be released."""
    course = small(tmp_path)
    helper = course / "source" / "small" / "utils.py"
    helper.write_text("### START CODE ###\nx = 1\n### END CODE ###\n")
    with pytest.raises(ReleaseError, match=r"utils\.py holds the marker"):
        make_release(course, "small")


def test_solution_in_a_support_file_is_refused(tmp_path: Path) -> None:
    """A line of a solution in a program beside the notebook is named, wherever it stands there."""
    course = small(tmp_path)
    helper = course / "source" / "small" / "utils.py"
    line = "returns[t] = rewards[t] + gamma * following"
    helper.write_text(f"def helper(rewards, gamma):\n    if gamma:\n        {line}\n")
    with pytest.raises(ReleaseError, match=r"utils\.py shows `returns\[t\] = .*` of the solution"):
        make_release(course, "small")


def test_unknown_assignment_is_refused(tmp_path: Path) -> None:
    """A typing error in the assignment's name says where its master was looked for."""
    course = small(tmp_path)
    with pytest.raises(ReleaseError, match=r"there is no master notebook in .*/source/smal$"):
        make_release(course, "smal")


def test_failure_of_nbgrader_itself_is_told_in_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not our finding but nbgrader's: its reason is in the sentence, and nothing else is printed."""

    def hidden_without_an_end(notebook: NotebookNode) -> None:
        notebook.cells[3].source += "\n### BEGIN HIDDEN TESTS"

    course = small(tmp_path, hidden_without_an_end)
    with pytest.raises(ReleaseError) as caught:
        make_release(course, "small")
    assert str(caught.value) == (
        "nbgrader could not generate small: RuntimeError: No end hidden tests statement found "
        "('nbgrader generate_assignment small' shows more)"
    )
    assert capfd.readouterr() == ("", "")


def test_check_finds_nothing_in_a_fresh_release(tmp_path: Path) -> None:
    """Neither the release nor what opening it leaves behind is a difference."""
    course = small(tmp_path)
    folder = make_release(course, "small").folder
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "small-checkpoint.ipynb").write_text("{}")
    assert check_release(course, "small") == []


def test_check_names_every_stale_file(tmp_path: Path) -> None:
    """One sentence each for a file that changed, is missing, or comes from nowhere."""
    course = small(tmp_path)
    folder = make_release(course, "small").folder
    (folder / "utils.py").write_text("x = 2\n")
    (folder / "figures" / "a.svg").unlink()
    (folder / "notes.txt").write_text("mine")
    before = contents(course)
    assert check_release(course, "small") == [
        "release/small/figures/a.svg is missing",
        "release/small/notes.txt is not made from the master",
        "release/small/utils.py differs from what the master gives now",
    ]
    assert contents(course) == before


def test_committed_release_is_current() -> None:
    """What students download is what the master gives now: run `make release` where it is not."""
    assert check_release(ROOT, "policy_gradient") == []


def test_plain_nbgrader_gives_the_same_release(tmp_path: Path) -> None:
    """An instructor who only knows `nbgrader generate_assignment` gets our very bytes."""
    course = tmp_path / "course"
    shutil.copytree(ROOT / "source", course / "source")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    done = generate_assignment(course, "policy_gradient")
    assert done.returncode == 0, done.stderr
    theirs = contents(course / "release" / "policy_gradient")
    shutil.rmtree(course / "release")
    assert contents(make_release(course, "policy_gradient").folder) == theirs


def test_plain_nbgrader_refuses_a_leak_too(tmp_path: Path) -> None:
    """The guard is part of the configuration, not of our command."""

    def leak(notebook: NotebookNode) -> None:
        notebook.cells[4].metadata.tags = ["for the exam"]

    course = small(tmp_path, leak)
    done = generate_assignment(course, "small")
    assert done.returncode == 1
    assert "ReleaseError: cell 'plot' has the tag 'for the exam'" in done.stderr
    assert not (course / "release" / "small").exists()
