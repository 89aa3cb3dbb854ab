"""Claims about the doctor: it sees what is there, and has a remedy for what is not."""

import re
import shutil
from importlib import metadata
from pathlib import Path

import pytest

from autograder import doctor
from autograder.course.folder import Course
from autograder.course.seeds import KEY
from autograder.doctor import Finding, can_grade
from autograder.engines import process
from autograder.sandbox import probe
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.grading import ASSIGNMENT, ROOT


def lines_of(output: str) -> dict[str, tuple[bool, str]]:
    """What the doctor found: by name, whether all is well, and its sentence."""
    found = re.findall(r"^(ok  |MISS) ([\w -]+): (.+)$", output, flags=re.MULTILINE)
    assert len(found) == len(output.splitlines())
    return {name: (mark == "ok  ", sentence) for mark, name, sentence in found}


@pytest.mark.slow
def test_the_doctor_finds_the_course_well(run: Run):
    """Python, the libraries, the master and the release are all there."""
    _, output, _ = run("doctor", "--assignment", ASSIGNMENT)
    found = lines_of(output)
    for name in ("python", "tensorflow", "ale_py", "nbgrader", "pytest", "master", "release"):
        assert found[name][0], found[name]
    assert found["master"][1] == "7 exercises, 100 points"


@pytest.mark.slow
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
    "key": "run 'autograder new-key",
}


@pytest.mark.slow
def test_the_doctor_has_a_remedy_for_each_missing_thing(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """In a course without release and key, on a machine without anything; then nothing can be graded."""

    def nothing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    for folder in ("source", "checks"):
        shutil.copytree(ROOT / folder / ASSIGNMENT, tmp_path / folder / ASSIGNMENT)
    (tmp_path / "checks" / ASSIGNMENT / KEY).unlink()
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


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda key: key.unlink(), "is missing"),
        (lambda key: key.write_text("no key"), "cannot be read"),
    ],
    ids=["missing", "unusable"],
)
def test_the_doctor_has_a_remedy_for_a_key_that_is_missing_or_unusable(
    spoil, says: str, small: Course, monkeypatch: pytest.MonkeyPatch
):
    """Without it nothing is graded, whatever engine there is."""
    monkeypatch.setattr(doctor, "ENGINES", {})
    assert {finding.name: finding.well for finding in doctor.examine(small)}["key"]
    spoil(small.checks / KEY)
    key = {finding.name: finding for finding in doctor.examine(small)}["key"]
    assert not key.well
    assert says in key.sentence
    assert "autograder new-key --assignment small" in key.sentence


@pytest.mark.parametrize("name", ["key", "process", "process confinement"])
def test_grading_needs_a_key_and_an_engine_that_confines(name: str):
    """One of them missing is enough to say that nothing can be graded."""
    needed = ("key", "process", "process confinement")
    assert can_grade([Finding(each, True, "") for each in needed])
    assert not can_grade([Finding(each, each != name, "") for each in needed])
