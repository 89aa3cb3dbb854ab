"""Claims about the record that tells CI whether everything must run again."""

import re
from pathlib import Path

import pytest

from tests.helpers.grading import ROOT
from tools import verified


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder whose record is fresh; the path of one of its folders."""
    for name in verified.FOLDERS:
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.py").write_text("a = 1\n")
    (tmp_path / ".ci").mkdir()
    monkeypatch.setattr(verified, "ROOT", tmp_path)
    monkeypatch.setattr(verified, "RECORD", tmp_path / ".ci" / "verified")
    assert verified.main(["--write"]) == 0
    return tmp_path / "autograder" / "worker"


def test_what_has_not_changed_is_verified(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Also where Python has left its caches, which a clean clone lacks."""
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_bytes(b"x")
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


def test_ci_runs_everything_unless_the_record_holds():
    """And a missing engine is a failure there."""
    script = (ROOT / ".ci" / "run").read_text()
    assert re.search(
        r"if \S+ -m tools.verified --check; then make test; else make test-all; fi", script
    )
    assert "export AUTOGRADER_REQUIRE_DOCKER=1" in script


def test_every_folder_of_the_record_is_there():
    """A folder that was renamed would be the digest of nothing."""
    assert [name for name in verified.FOLDERS if not (ROOT / name).is_dir()] == []
