"""Claims about the record that tells CI whether everything must run again."""

import re
from pathlib import Path

import pytest

from autograder.course.content import course_files, package_files
from autograder.course.folder import Course
from autograder.course.settings import load_settings
from tests.helpers.grading import ROOT
from tools import verified


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder whose record is fresh; the path of one of its folders."""
    for name in verified.PATHS:
        path = tmp_path / name
        path = path if path.suffix else path / "a.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a = 1\n")
    (tmp_path / ".ci").mkdir()
    monkeypatch.setattr(verified, "ROOT", tmp_path)
    monkeypatch.setattr(verified, "RECORD", tmp_path / ".ci" / "verified")
    assert verified.main(["--write"]) == 0
    return tmp_path / "autograder" / "worker"


def test_what_has_not_changed_is_verified(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Also where Python and pytest have left their caches, which a clean clone lacks."""
    for name in ("__pycache__/a.pyc", ".pytest_cache/README.md"):
        (folder / name).parent.mkdir()
        (folder / name).write_bytes(b"x")
    assert verified.main(["--check"]) == 0
    assert "has passed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.py").write_text("a = 2\n"),
        lambda folder: (folder / "b.py").write_text(""),
        lambda folder: (folder / "a.py").unlink(),
        lambda folder: (folder / "a.py").rename(folder / "b.py"),
        lambda folder: verified.RECORD.unlink(),
    ],
    ids=["edited", "added", "removed", "renamed", "no record"],
)
def test_what_has_changed_is_named(change, folder: Path, capsys: pytest.CaptureFixture[str]):
    """And the status says that everything must run."""
    change(folder)
    assert verified.main(["--check"]) == 1
    assert "autograder/worker" in capsys.readouterr().out


def test_a_file_of_the_record_that_has_changed_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    """As a folder is."""
    (folder.parent / "limits.py").write_text("a = 2\n")
    assert verified.main(["--check"]) == 1
    assert "autograder/limits.py" in capsys.readouterr().out


def test_whatever_decides_a_score_beside_the_master_is_in_the_record(
    course: Course, light_course: Course
):
    """The grading half of the package, the checks, and what the image is made from."""
    deciding = {*package_files(), *map(Path, ("requirements.lock", "autograder/engines/container"))}
    deciding |= {path.relative_to(ROOT) for path in (ROOT / "docker").iterdir()}
    for each in (course, light_course):
        files = course_files(each, load_settings(each))
        deciding |= {path for path in files if path.parts[0] == "checks"}
    assert Path("autograder/course/seeds.py") in deciding
    assert Path("checks/returns_warmup/seed.key") in deciding
    left_out = [path for path in deciding if not any(map(path.is_relative_to, verified.PATHS))]
    assert left_out == []


def test_ci_says_whether_the_record_holds():
    """And runs the tests, for which a missing engine is a failure there."""
    script = (ROOT / ".ci" / "run").read_text()
    assert re.search(r"^\S+ -m tools.verified --check \|\| true\nmake test$", script, re.MULTILINE)
    assert "export AUTOGRADER_REQUIRE_DOCKER=1" in script


def test_every_path_of_the_record_is_there():
    """One that was renamed would be the digest of nothing."""
    assert [name for name in verified.PATHS if not (ROOT / name).exists()] == []
