"""Claims about commands in a course of several assignments: what is good for all is done for all."""

from typing import Any

import pytest

from autograder import doctor
from autograder.cli import image as image_command
from autograder.cli import release as release_command
from autograder.course.folder import Course
from autograder.release.generate import ReleaseResult
from tests.helpers import small_class
from tests.helpers.command import Run


@pytest.fixture
def done(small: Course, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was done to the assignments `other` and `small` of a course, all of it faked."""
    small_class.lay_out(small.root, "other")
    done: list[Any] = []
    made = ReleaseResult(small.release, (), small.release, left_out=("draft.png", "runs/"))

    class Docker:
        def __init__(self, course: Course) -> None:
            self.course = course

        def no_engine(self) -> None:
            """It answers."""

        def problem(self) -> None:
            """The image is there."""

        def build(self, quiet: bool = False) -> str:
            """Note what was asked for."""
            done.append((self.course.assignment, quiet))
            return "image"

    monkeypatch.setattr(
        release_command, "make_release", lambda root, name: done.append(name) or made
    )
    monkeypatch.setattr(
        release_command, "check_release", lambda root, name: done.append(name) or []
    )
    monkeypatch.setattr(doctor, "examine", lambda course: done.append(course.assignment) or [])
    monkeypatch.setattr(doctor, "can_grade", lambda findings: True)
    monkeypatch.setattr(image_command, "DockerEngine", Docker)
    return done


@pytest.mark.parametrize("command", [["release"], ["release", "--check"], ["doctor"]], ids=" ".join)
def test_what_is_good_for_all_assignments_is_done_for_all(
    command: list[str], done: list[Any], run: Run
):
    """Unless one is named; one that is not there is said."""
    assert run(*command)[0] == 0
    assert done == ["other", "small"]
    assert run(*command, "--assignment", "small")[0] == 0
    assert done == ["other", "small", "small"]
    assert run(*command, "--assignment", "none")[0] == 2


def test_a_release_names_what_it_left_out(done: list[Any], run: Run):
    """Among the errors, for a figure that somebody forgot to add would be missed by every student."""
    status, output, errors = run("release", "--assignment", "small")
    assert status == 0
    assert errors == "left out: draft.png, runs/, which git does not track\n"
    assert "draft.png" not in output


def test_images_are_built_for_all_assignments_quietly_where_asked(done: list[Any], run: Run):
    """Quiet means that nothing is said where all is well."""
    status, output, _ = run("image", "build")
    assert (status, output) == (0, "Built image\nBuilt image\n")
    assert run("image", "build", "--assignment", "small", "--quiet") == (0, "", "")
    assert done == [("other", False), ("small", False), ("small", True)]
