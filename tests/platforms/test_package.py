"""Claims about packages for other platforms: what is in them, and what runs there, without a container."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.course.folder import Course
from autograder.errors import ReleaseError
from autograder.platforms import grade_one
from autograder.platforms.bundle import zipped
from autograder.platforms.handed_in import find
from autograder.platforms.registry import PLATFORMS
from tests.helpers import tiny_course
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.grading import ROOT
from tests.helpers.tiny_course import NAME

# Those that start the grader themselves, of which a package has all that grades.
GRADING = [name for name, platform in PLATFORMS.items() if platform.is_secret]
# Where one submission at a time is graded; the others are clusters (tests/clusters).
ONE_BY_ONE = [name for name in GRADING if not PLATFORMS[name].is_cluster]
# What `autograder grade` needs of a course beside what judges: what an image of it follows from.
FOR_IMAGES = {"requirements.lock", "docker/prepare.sh", "docker/after-install.sh"}
BROKEN = "def test_doubles(student):\n    raise KeyError('of our own')\n"
LITTER = (
    "submitted/ada/a.ipynb", "graded/a.json", ".git/a", "gradebook.db", "source/other/other.ipynb",
    "checks/other/test_a.py", "checks/tiny/cases/attacks/a/edits.py", "checks/tiny/certificate.json",
    "release/other/other.ipynb", "release/tiny/solution.h5", "docker/after-install.sh", "docker/notes.md",
)  # fmt: skip


@pytest.fixture
def littered(tmp_path: Path) -> Course:
    """A course with much in its folder that no package may hold."""
    files = {"shared.py": "", "worker.py": ""}
    course = tiny_course.write(tmp_path / "course", files=files)
    for name in (*LITTER, "docker/prepare.sh", "release/tiny/given.py"):
        (course.root / name).parent.mkdir(parents=True, exist_ok=True)
        (course.root / name).touch()
    return course


def opened(platform: str, course: Course) -> zipfile.ZipFile:
    """The package as its reader opens it."""
    return zipfile.ZipFile(io.BytesIO(zipped(PLATFORMS[platform].members(course))))


@pytest.mark.parametrize("platform", GRADING)
def test_a_package_has_what_judges_one_assignment_and_nothing_else(platform: str, littered: Course):
    """No submission, no other assignment, no case: what the checks are tried with is no student's to meet."""
    names = {name.rpartition("course/")[2] for name in opened(platform, littered).namelist()
             if "course/" in name and "course/autograder/" not in name}  # fmt: skip
    assert names - (FOR_IMAGES if PLATFORMS[platform].is_cluster else set()) == {
        "source/tiny/tiny.ipynb", "release/tiny/tiny.ipynb", "release/tiny/given.py",
        "checks/tiny/assignment.toml", "checks/tiny/seed.key", "checks/tiny/shared.py",
        "checks/tiny/test_double.py", "checks/tiny/worker.py",
    }  # fmt: skip


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_same_course_makes_the_same_bytes(platform: str, littered: Course):
    """Whenever it is made, and whoever touched a file."""
    first = zipped(PLATFORMS[platform].members(littered))
    os.utime(littered.master, (1, 1))
    littered.settings.chmod(0o600)
    assert zipped(PLATFORMS[platform].members(littered)) == first


@pytest.mark.parametrize("platform", GRADING)
def test_scripts_can_be_run_and_nothing_else(platform: str, littered: Course):
    """The zip says so itself."""
    modes = {
        i.filename: i.external_attr >> 16 & 0o777 for i in opened(platform, littered).infolist()
    }
    starts = {name for name, mode in modes.items() if mode == 0o755}
    closes = {"close.sh"} if platform in ONE_BY_ONE else set()
    assert {Path(name).name for name in starts} >= {"install.sh"} | closes
    assert all(Path(name).suffix in (".sh", "") for name in starts)
    assert set(modes.values()) == {0o755, 0o644}


def test_gradescopes_zip_has_its_two_scripts_at_its_root(littered: Course):
    """Where Gradescope looks for them."""
    assert {"setup.sh", "run_autograder"} <= set(opened("gradescope", littered).namelist())


@pytest.mark.parametrize("platform", GRADING)
def test_a_package_names_no_host(platform: str, littered: Course):
    """Where libraries come from is the platform's business, and each must have its hash."""
    archive = opened(platform, littered)
    for name in archive.namelist():
        if name.endswith((".sh", ".sbatch", "run_autograder", "Dockerfile", ".lock")):
            text = archive.read(name).decode()
            assert not re.search(
                r"://|index-url|find-links|trusted-host|\bcurl\b|\bwget\b", text
            ), name
    (script,) = [n for n in archive.namelist() if n.rpartition("/")[2] == "install.sh"]
    assert "--require-hashes" in archive.read(script).decode()


def test_prairielearns_image_holds_no_secret(littered: Course):
    """It is pushed to a registry; what judges comes with the question."""
    names = [n for n in opened("prairielearn", littered).namelist() if n.startswith("image/")]
    assert set(names) == {"image/Dockerfile", "image/install.sh", "image/requirements.lock",
                          "image/docker/prepare.sh"}  # fmt: skip


def test_prairielearns_question_is_what_its_documentation_asks_for(littered: Course):
    """An external grader without a network, whose entry point is in the question's own folder."""
    archive = opened("prairielearn", littered)
    info = json.loads(archive.read("questions/tiny/info.json"))
    asked = info["externalGradingOptions"]
    assert info["gradingMethod"] == "External"
    assert (asked["enabled"], asked["enableNetworking"]) == (True, False)
    assert f"questions/tiny/{asked['entrypoint'].removeprefix('/grade/')}" in archive.namelist()
    assert 0 < asked["timeout"] <= 600
    assert "<pl-external-grader-results>" in archive.read("questions/tiny/question.html").decode()


@pytest.mark.parametrize("platform", GRADING)
def test_what_is_not_released_yet_cannot_be_packaged(platform: str, littered: Course):
    """With what to do about it."""
    littered.released.unlink()
    with pytest.raises(ReleaseError, match="'autograder release'"):
        zipped(PLATFORMS[platform].members(littered))


def test_the_command_says_what_it_made_and_what_to_set(small: Course, run: Run):
    """The file is its maker's alone, for it holds the solutions."""
    status, said, _ = run("package", "gradescope")
    path = Path("dist/small-gradescope.zip")
    assert status == 0
    assert said.startswith("dist/small-gradescope.zip: ")
    assert "give it to nobody" in said
    assert "Autograder points: " in said
    assert path.stat().st_mode & 0o777 == 0o600
    assert run("package", "gradescope", "--to", "again.zip")[0] == 0
    assert Path("again.zip").read_bytes() == path.read_bytes()


def test_checks_that_are_not_visible_are_told_for_they_hide_the_total(small: Course, run: Run):
    """Gradescope's rule, said before the first student wonders."""
    settings = small.settings.read_text()
    assert "no total" not in run("package", "gradescope")[1]
    for visibility, said in (("after_due_date", "no total."), ("hidden", "no total at all.")):
        table = f'{{ weight = 1, visibility = "{visibility}" }}'
        small.settings.write_text(settings.replace("values = 1", f"values = {table}"))
        assert said in run("package", "gradescope")[1]


def test_without_its_key_an_assignment_is_not_packaged(small: Course, run: Run):
    """One sentence, before anything is written."""
    (small.checks / "seed.key").unlink()
    status, _, errors = run("package", "gradescope")
    assert (status, is_one_sentence(errors)) == (1, True)
    assert not Path("dist").exists()


def test_githubs_zip_is_a_workflow_and_holds_no_secret(littered: Course):
    """What judges lies in the course's own repository; the command says that the zip is nobody's secret."""
    archive = opened("github", littered)
    assert archive.namelist() == [".github/workflows/grade-tiny.yml"]
    text = archive.read(".github/workflows/grade-tiny.yml").decode()
    assert "@" not in re.sub(r"uses: \S+@v\d+$", "", text, flags=re.MULTILINE)
    assert (littered.checks / "seed.key").read_text() not in text


def test_the_command_says_that_a_workflow_is_no_secret(small: Course, run: Run):
    """It goes into a repository; where to, and what it needs there."""
    status, said, _ = run("package", "github")
    assert status == 0
    assert "Nothing secret is in it." in said
    assert "private repository" in said


# What runs on a platform


def graded(course: Course, folder: Path, platform: str = "gradescope") -> tuple[int, Path]:
    """Grade the folder as a platform's script does; return status and the file of results."""
    results = folder.parent / "results.json"
    words = ["--course", course.root, "--submission", folder, "--results", results]
    return grade_one.main([platform, *map(str, words)]), results


@pytest.fixture
def uploaded(tmp_path: Path) -> Path:
    """The folder with what a student uploaded."""
    folder = tmp_path / "submission"
    folder.mkdir()
    return folder


def test_the_package_grades_alone(littered: Course, uploaded: Path, tmp_path: Path):
    """With its own files of this package and no others: what grading imports is all there."""
    opened("gradescope", littered).extractall(tmp_path / "source")
    (uploaded / "a.ipynb").write_bytes(tiny_course.notebook())
    done = subprocess.run(
        [sys.executable, "-m", grade_one.__name__, "gradescope", "--course", tmp_path / "source" / "course",
         "--submission", uploaded, "--results", tmp_path / "results.json"],
        env={"PYTHONPATH": str(tmp_path / "source" / "course"), "PATH": os.environ["PATH"]},
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((tmp_path / "results.json").read_text())["score"] == 10.0


@pytest.mark.parametrize("platform", ONE_BY_ONE)
def test_a_fault_of_ours_leaves_no_results_not_even_old_ones(
    platform: str, tmp_path: Path, uploaded: Path, capsys: pytest.CaptureFixture[str]
):
    """A platform takes any file for the student's score; what broke is told where only instructors read."""
    course = tiny_course.write(tmp_path / "c", [tiny_course.checked(BROKEN)])
    (uploaded / "a.ipynb").write_bytes(tiny_course.notebook())
    (tmp_path / "results.json").write_text('{"score": 10}')
    status, results = graded(course, uploaded, platform)
    assert (status, results.exists()) == (1, False)
    assert ("of our own" in capsys.readouterr().out) == (platform == "gradescope")


def test_an_unexpected_fault_leaves_no_results_either(
    tmp_path: Path, uploaded: Path, monkeypatch: pytest.MonkeyPatch
):
    """Whatever is raised, nothing is written."""
    course = tiny_course.write(tmp_path / "c")
    monkeypatch.setattr(grade_one, "find", lambda *_: 1 / 0)
    (uploaded.parent / "results.json").write_text('{"score": 10}')
    with pytest.raises(ZeroDivisionError):
        graded(course, uploaded)
    assert not (uploaded.parent / "results.json").exists()


@pytest.mark.parametrize(
    "name",
    [
        "homework.ipynb",
        "tiny (1).ipynb",
        "tiny.ipynb.json",
        "TINY.IPYNB",
        "tiny.ipynb.txt",
        "a/b/ü.ipynb",
    ],
)
def test_the_notebook_is_found_whatever_it_is_called(name: str, uploaded: Path):
    """Browsers and mail rename; a zip or a repository has folders."""
    (uploaded / name).parent.mkdir(parents=True, exist_ok=True)
    (uploaded / name).write_text("{}")
    found = find(uploaded, NAME, "ada")
    assert (found.path, found.refusal) == (uploaded / name, None)


@pytest.mark.parametrize(
    "name", [".ipynb_checkpoints/a.ipynb", "__MACOSX/a.ipynb", "._a.ipynb", ".git/a.ipynb", "a.py"]
)
def test_what_programs_leave_beside_a_notebook_is_none(name: str, uploaded: Path):
    """The copies of Jupyter and macOS."""
    (uploaded / name).parent.mkdir(parents=True, exist_ok=True)
    (uploaded / name).write_text("{}")
    assert "no notebook" in str(find(uploaded, NAME, "ada").refusal)


def test_links_are_not_followed(uploaded: Path):
    """Neither a file's nor a folder's: what they lead to is not the student's."""
    (uploaded / "a.ipynb").symlink_to(ROOT / "source" / "policy_gradient" / "policy_gradient.ipynb")
    assert "is a link" in str(find(uploaded, NAME, "ada").refusal)
    (uploaded / "a.ipynb").unlink()
    (uploaded / "folder").symlink_to(ROOT / "source")
    assert "no notebook" in str(find(uploaded, NAME, "ada").refusal)


def test_thousands_of_notebooks_are_refused_unread(uploaded: Path):
    """Each would be read in a process of its own."""
    for number in range(60):
        (uploaded / f"{number}.ipynb").touch()
    assert "more than 50 notebooks" in str(find(uploaded, NAME, "ada").refusal)
