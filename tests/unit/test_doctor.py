"""Claims about the doctor: it sees what is there, and has a remedy for what is not."""

import re
import shutil
from importlib import metadata
from pathlib import Path

import pytest

from autograder.engines import process
from autograder.sandbox import probe
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.grading import ASSIGNMENT, ROOT


def lines_of(output: str) -> dict[str, tuple[bool, str]]:
    """What the doctor found: by name, whether all is well, and its sentence."""
    found = re.findall(r"^(ok  |MISS) ([\w -]+): (.+)$", output, flags=re.MULTILINE)
    assert len(found) == len(output.splitlines())
    return {name: (mark == "ok  ", sentence) for mark, name, sentence in found}


def test_the_doctor_finds_the_course_well(run: Run):
    """Python, the libraries, the master and the release are all there."""
    _, output, _ = run("doctor", "--assignment", ASSIGNMENT)
    found = lines_of(output)
    for name in ("python", "tensorflow", "ale_py", "nbgrader", "pytest", "master", "release"):
        assert found[name][0], found[name]
    assert found["master"][1] == "7 exercises, 100 points"


def test_the_doctor_says_what_confines_student_code_in_every_engine_that_works(run: Run):
    """As a session there probes it, and what would be better."""
    _, output, _ = run("doctor", "--assignment", ASSIGNMENT)
    found = lines_of(output)
    working = [name for name in ("docker", "bubblewrap", "process") if found[name][0]]
    assert working
    for name in working:
        well, sentence = found[f"{name} confinement"]
        assert well, sentence
        for each in probe.MECHANISMS:
            assert each.name in sentence
            assert not each.required or f"{each.name} (" not in sentence


REMEDIES = {
    "docker": "install",
    "bubblewrap": "install",
    "process": "--engine process",
    "release": "run 'autograder release'",
    "master": "run 'autograder release'",
    "tensorflow": "run 'make setup'",
}


def test_the_doctor_has_a_remedy_for_each_missing_thing(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """In a course without a release, on a machine without anything; then nothing can be graded."""

    def nothing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    for folder in ("source", "checks"):
        shutil.copytree(ROOT / folder / ASSIGNMENT, tmp_path / folder / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(process, "inside_container", lambda: False)
    monkeypatch.setattr(metadata, "version", nothing)
    status, output, errors = run("doctor")
    found = lines_of(output)
    assert status == 1
    assert is_one_sentence(errors)
    for name, remedy in REMEDIES.items():
        well, sentence = found[name]
        assert not well
        assert re.search(remedy, sentence), sentence
