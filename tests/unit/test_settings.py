"""Claims about assignment.toml beside the master notebook: what has no meaning there is refused by name."""

import shutil
from pathlib import Path

import pytest

from autograder.course.folder import Course
from autograder.errors import SettingsError
from autograder.submission.assignment import load_assignment
from tests.helpers.grading import LIGHT


@pytest.fixture
def copied(light_course: Course, tmp_path: Path) -> Course:
    """The small assignment, whose last exercise in assignment.toml is the answer that a person grades."""
    for folder in ("source", "release", "checks"):
        shutil.copytree(light_course.root / folder / LIGHT, tmp_path / folder / LIGHT)
    return Course(tmp_path, LIGHT)


@pytest.mark.parametrize(
    ("added", "key", "remedy"),
    [
        ("seconds = 5", "exercises.why_baseline.seconds", "remove it"),
        ("checks = {}", "exercises.why_baseline.checks", "remove it"),
        (
            "[exercises.why_baseline.checks]\nby_hand = 1",
            "exercises.why_baseline.checks",
            "remove it",
        ),
        ("[exercises.plain_retruns]", "exercises.plain_retruns", "write one of plain_returns"),
        (
            "[exercises.plain_returns.checks.other]\nweight = 1",
            "exercises.plain_returns.checks.other",
            "mend its name",
        ),
    ],
    ids=[
        "seconds of an answer",
        "no checks of an answer",
        "checks of an answer",
        "exercise",
        "check",
    ],
)
def test_settings_of_what_is_not_there_are_refused_by_name(
    added: str, key: str, remedy: str, copied: Course
):
    """Whoever set it would believe in it; the sentence says what to do."""
    load_assignment(copied)
    text = copied.settings.read_text()
    assert text.endswith("[exercises.why_baseline]\npoints = 20\n")
    copied.settings.write_text(f"{text}{added}\n")
    with pytest.raises(SettingsError) as caught:
        load_assignment(copied)
    said = str(caught.value)
    assert said.startswith(f"checks/{LIGHT}/assignment.toml: {key} ")
    assert remedy in said
