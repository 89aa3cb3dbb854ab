"""Claims about nbgrader's other commands: in a course folder of ours they do what nbgrader's manual says."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest

from autograder.course.folder import Course
from tests.helpers import nbgrader_course
from tests.helpers.grading import LIGHT, Notebooks
from tests.helpers.nbgrader_course import nbgrader

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course that belongs to an exchange, as a configuration of nbgrader's says."""
    folder = tmp_path_factory.mktemp("course")
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    course = nbgrader_course.lay_out(folder)
    with (folder / nbgrader_course.CONFIG).open("a") as config:
        config.write(f'c.Exchange.root = "{exchange}"\nc.CourseDirectory.course_id = "returns"\n')
        config.write(f'c.Exchange.cache = "{exchange}/cache"\n')
        config.write('c.SandboxGrading.engine = "process"\n')
    return course


def test_validate_runs_a_masters_own_visible_checks(course: Course):
    """The instructor's notebook, which is right."""
    said = nbgrader(course.root, "validate", str(course.master))
    assert "Success! Your notebook passes all the tests." in said


def test_an_assignment_goes_through_the_exchange_into_the_gradebook(
    course: Course, tmp_path: Path, light_notebooks: Notebooks
):
    """Generated, released, fetched, submitted, collected, autograded and exported, all by nbgrader."""
    nbgrader(course.root, "generate_assignment", LIGHT, "--force")
    nbgrader(course.root, "release_assignment", LIGHT)
    (tmp_path / nbgrader_course.CONFIG).write_text(
        "c = get_config()\n"
        + "".join(
            line
            for line in (course.root / nbgrader_course.CONFIG).read_text().splitlines(True)
            if "Exchange" in line or "course_id" in line
        )
    )
    nbgrader(tmp_path, "fetch_assignment", LIGHT)
    (tmp_path / LIGHT / f"{LIGHT}.ipynb").write_bytes(light_notebooks.solved())
    nbgrader(tmp_path, "submit", LIGHT)
    nbgrader(course.root, "collect", LIGHT)
    (student,) = (folder.name for folder in (course.root / "submitted").iterdir())
    nbgrader(course.root, "autograde", LIGHT)
    nbgrader(course.root, "export", "--to", "grades.csv")
    (row,) = csv.DictReader((course.root / "grades.csv").read_text().splitlines())
    assert (row["student_id"], row["assignment"]) == (student, LIGHT)
    assert (row["raw_score"], row["max_score"]) == ("80.0", "100.0")


def test_zip_collect_unpacks_what_an_lms_handed_out(course: Course, light_notebooks: Notebooks):
    """Into the folders from which nbgrader and we grade."""
    archive = course.root / "downloaded" / LIGHT / "archive" / "all.zip"
    archive.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w") as file:
        for student in ("ada", "ben"):
            file.writestr(f"hw_{student}_{LIGHT}.ipynb", light_notebooks.released())
    named = rf".*hw_(?P<student_id>[a-z]+)_(?P<file_id>{LIGHT})\.ipynb"
    nbgrader(course.root, "zip_collect", LIGHT, f"--FileNameCollectorPlugin.named_regexp={named}")
    for student in ("ada", "ben"):
        assert (course.root / "submitted" / student / LIGHT / f"{LIGHT}.ipynb").is_file()
