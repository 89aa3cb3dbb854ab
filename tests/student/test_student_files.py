"""Claims about what is copied for a student: all that is missing, and never over a file that is there."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.helpers.grading import ROOT

FOLDER = ROOT / "docker" / "student"


def load(name: str) -> ModuleType:
    """A module of the folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


release_files = load("release_files")


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """What a container runs."""
    monkeypatch.syspath_prepend(FOLDER)
    return load("start")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Two files, and what working in the folder leaves behind."""
    folder = tmp_path / "release"
    for name in ("pong/pong.ipynb", "pong/visible/looks.py", "pong/__pycache__/looks.pyc",
                 "pong/.ipynb_checkpoints/pong.ipynb", "pong.zip"):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"released {name}")
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Where a student works, empty."""
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def copied(release: Path, work: Path) -> list[str]:
    """What is copied, by name."""
    return [path.as_posix() for path in release_files.copy_missing(release, work)]


def test_everything_released_is_copied_and_nothing_else(release: Path, work: Path):
    """Neither caches nor the zip."""
    assert copied(release, work) == ["pong/pong.ipynb", "pong/visible/looks.py"]
    assert (work / "pong/pong.ipynb").read_text() == "released pong/pong.ipynb"
    assert sorted(path.name for path in work.rglob("*") if path.is_file()) == [
        "looks.py", "pong.ipynb",
    ]  # fmt: skip


def test_a_students_file_stays_and_a_deleted_one_comes_back(release: Path, work: Path):
    """Also where the course has released another one since."""
    copied(release, work)
    (work / "pong/pong.ipynb").write_text("a week of work")
    (work / "pong/visible/looks.py").unlink()
    (release / "pong/pong.ipynb").write_text("released anew")
    assert copied(release, work) == ["pong/visible/looks.py"]
    assert (work / "pong/pong.ipynb").read_text() == "a week of work"


@pytest.mark.parametrize("kind", ["folder", "dangling link", "file for a folder"])
def test_whatever_bears_the_name_already_stays(release: Path, work: Path, kind: str):
    """The other files are copied all the same."""
    (work / "pong").mkdir()
    if kind == "folder":
        (work / "pong/pong.ipynb").mkdir()
    elif kind == "dangling link":
        (work / "pong/pong.ipynb").symlink_to(work / "elsewhere")
    else:
        (work / "pong/visible").write_text("mine")
    one = "pong/pong.ipynb" if kind == "file for a folder" else "pong/visible/looks.py"
    assert copied(release, work) == [one]
    assert not (work / "elsewhere").exists()


def test_half_a_file_does_not_stay(release: Path, work: Path, monkeypatch: pytest.MonkeyPatch):
    """It would count as the student's own the next time."""

    def full(content: object, draft: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(release_files.shutil, "copyfileobj", full)
        with pytest.raises(OSError, match="No space"):
            copied(release, work)
    assert [path for path in work.rglob("*") if path.is_file()] == []
    assert len(copied(release, work)) == 2


def test_a_folder_that_takes_no_files_ends_in_one_sentence(tmp_path: Path):
    """Where the work folder is a file, for instance, also for root."""
    (tmp_path / "release").mkdir()
    (tmp_path / "work").write_text("")
    done = subprocess.run(
        [sys.executable, FOLDER / "start.py", "--here", tmp_path], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("The folder with your work takes no files (")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("table", "inside"),
    [("0 0 4294967295", False), ("0 1000 1\n1 100000 65536", True)],
)
def test_root_without_power_outside_stays_who_it_is(
    start: ModuleType, tmp_path: Path, table: str, inside: bool
):
    """With a rootless engine, root in the container is the very user who started it."""
    (tmp_path / "uid_map").write_text(table)
    assert start.in_user_namespace(tmp_path / "uid_map") is inside
