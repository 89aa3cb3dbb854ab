"""Claims about Gradescope's zip, in a container laid out as it documents; not on Gradescope itself."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.cases.loading import ATTACKS, Case, exercise_points, load_cases
from autograder.course.folder import Course
from tests.helpers import intruder, platform_image
from tests.helpers.grading import ASSIGNMENT, LIGHT, ROOT, Notebooks
from tests.helpers.platform_image import Ran

pytestmark = [pytest.mark.container, pytest.mark.slow]

# What Gradescope does with a zip: its documentation, and its own image's Dockerfile.
DOCKERFILE = """\
FROM debian:trixie-slim
COPY source /autograder/source
RUN cp /autograder/source/run_autograder /autograder/run_autograder \\
    && chmod +x /autograder/run_autograder \\
    && mkdir -p /autograder/submission /autograder/results \\
    && apt-get update \\
    && bash /autograder/source/setup.sh
WORKDIR /autograder
"""
METADATA = {
    "id": 17,
    "users": [{"email": "ada@example.org", "id": 1, "name": "Ada"}],
    "assignment": {"title": "Homework", "total_points": "100.0"},
    "previous_submissions": [{"score": 1.0, "results": {"tests": [{"output": "SECRET"}]}}],
}
SMALLEST = ("--memory=768m", "--memory-swap=768m", "--cpus=0.5")  # Gradescope's own at first
COURSE = Course(ROOT, LIGHT)
LIGHT_ATTACKS = load_cases(COURSE, exercise_points(COURSE), ATTACKS)
NO_LANDLOCK = {
    "defaultAction": "SCMP_ACT_ALLOW",
    "syscalls": [
        {"names": ["landlock_create_ruleset"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38}
    ],
}

GREEDY = """\
def plain_returns(rewards, gamma):
    kept = []
    while True:
        kept.append(np.ones(10**7))
"""

Grade = Callable[..., Ran]


def build(course: Course, folder: Path) -> str:
    """Build the image as Gradescope does when a zip is uploaded."""
    platform_image.unpacked("gradescope", course, folder / "source")
    (folder / "Dockerfile").write_text(DOCKERFILE)
    return platform_image.build(folder, f"autograder-gradescope-test:{course.assignment}")


def grader(image: str) -> Grade:
    """Grade what a student uploaded, by the names of the files."""

    def grade(uploaded: dict[str, bytes], then: str = "true", options: Any = ()) -> Ran:
        files = {f"/autograder/submission/{name}": data for name, data in uploaded.items()}
        files["/autograder/submission_metadata.json"] = json.dumps(METADATA).encode()
        run = "/autograder/run_autograder"
        return platform_image.run(image, files, run, "/autograder/results", then, options)

    return grade


@pytest.fixture(scope="module")
def grade(tmp_path_factory: pytest.TempPathFactory) -> Grade:
    """Grades uploads for the small assignment, each in a container of its own."""
    course = platform_image.only(LIGHT, tmp_path_factory.mktemp("course"))
    return grader(build(course, tmp_path_factory.mktemp("image")))


def lost(ran: Ran) -> dict[str, list[str]]:
    """The checks that cost points, by exercise."""
    found: dict[str, list[str]] = {}
    for test in ran.results["tests"]:
        exercise, _, check = test["name"].partition(": ")
        if test["score"] < test["max_score"]:
            found.setdefault(exercise, []).append(check.replace(" ", "_"))
    return found


def test_a_right_notebook_of_any_name_earns_all_points(grade: Grade, light_notebooks: Notebooks):
    """Where Gradescope gives least. Nothing but results.json is left, which says what is left to do."""
    ran = grade({"My homework (1).IPYNB": light_notebooks.solved()}, options=SMALLEST)
    assert (ran.status, ran.said) == (0, "The submission was graded.\n")
    assert list(ran.files) == ["results.json"]
    assert ran.results["score"] == 80.0
    assert lost(ran) == {}
    assert "a person reads and grades your answer" in ran.results["output"]


def test_what_is_wrong_costs_and_says_why(grade: Grade, light_notebooks: Notebooks):
    """One exercise as it was released, the other right."""
    notebook = light_notebooks.solved(plain_returns="def plain_returns(rewards, gamma):\n    pass")
    ran = grade({f"{LIGHT}.ipynb": notebook})
    assert ran.results["score"] == 40.0
    assert set(lost(ran)) == {"plain_returns"}
    assert all(test["output"] for test in ran.results["tests"] if test["status"] == "failed")


@pytest.mark.parametrize("case", LIGHT_ATTACKS, ids=lambda case: case.name)
def test_attacks_earn_what_they_compute(grade: Grade, case: Case):
    """As in every engine."""
    ran = grade({f"{LIGHT}.ipynb": case.notebook()})
    assert ran.results["score"] == case.expected.score
    assert {name: sorted(checks) for name, checks in lost(ran).items()} == {
        name: sorted(loss.checks or ()) for name, loss in case.expected.loses.items()
    }


def test_student_code_reaches_nothing_of_the_platforms(grade: Grade, light_notebooks: Notebooks):
    """Not the checks, twice there; not earlier results, nor the results that are being made."""
    read = ["/autograder", "/autograder/source", "/autograder/source/course/checks",
            "/autograder/submission", "/autograder/submission_metadata.json",
            "/opt/autograder/course/checks", "/opt/autograder/course/source",
            f"/opt/autograder/course/checks/{LIGHT}/seed.key",
            f"/opt/autograder/course/source/{LIGHT}/{LIGHT}.ipynb", "/root", "/proc/1/environ"]  # fmt: skip
    written = ["/autograder/results/results.json", "/autograder/run_autograder",
               "/opt/autograder/course/autograder/report.py", "/tmp/left", "/etc/passwd"]  # fmt: skip
    notebook = light_notebooks.solved(plain_returns=intruder.tries(read, written))
    ran = grade({f"{LIGHT}.ipynb": notebook})
    said = ran.results["tests"][0]["output"]
    assert intruder.opened(said) == [intruder.OPEN_TO_ALL], said
    assert ran.results["score"] == 40.0
    assert "SECRET" not in ran.files["results.json"].decode()


def test_permissions_alone_keep_others_out(grade: Grade, light_notebooks: Notebooks):
    """Another user, whom nothing else confines, reads no secret and writes in common folders alone."""
    as_other = "setpriv --reuid=20001 --regid=20001 --clear-groups --inh-caps=-all"
    looks = (
        f"{as_other} find /autograder /opt/autograder/course -type f -readable"
        " -not -path '/opt/autograder/course/autograder/*'; "
        f"{as_other} find / -xdev -writable -not -type l -not -path '/proc/*' -not -path '/dev/*'"
    )
    ran = grade({f"{LIGHT}.ipynb": light_notebooks.solved()}, then=looks)
    lines = [line for line in ran.then.splitlines() if not line.endswith("Permission denied")]
    assert set(lines) == {
        f"/opt/autograder/course/release/{LIGHT}/{LIGHT}.ipynb",
        "/run/lock",
        "/tmp",
        "/var/tmp",
    }


def test_an_upload_without_a_notebook_is_zero_with_a_sentence(grade: Grade):
    """A picture, and what macOS adds to a zip."""
    ran = grade({"photo.png": b"\x89PNG", "__MACOSX/._a.ipynb": b"x", ".a.ipynb": b"x"})
    assert (ran.status, ran.results["score"], ran.results["tests"]) == (0, 0.0, [])
    assert ran.results["output"].startswith("There is no notebook in this submission.")


def test_of_two_notebooks_the_one_that_was_worked_on_counts(
    grade: Grade, light_notebooks: Notebooks
):
    """The other is as it was released, and the results say so."""
    ran = grade({"a.ipynb": light_notebooks.released(), "in/b.ipynb": light_notebooks.solved()})
    assert ran.results["score"] == 80.0
    assert "b.ipynb was graded, since the others are as they were" in ran.results["output"]


@pytest.mark.parametrize("content", [b"", b"{", b"\x00" * 5000, b"[" * 10**6])
def test_garbage_is_zero_with_a_sentence(grade: Grade, content: bytes):
    """Whatever it is, it is a student's file and no fault of the grader."""
    ran = grade({"a.ipynb": content})
    assert (ran.status, ran.results["score"]) == (0, 0.0)
    assert "Please s" in ran.results["output"]


def test_memory_without_end_costs_its_exercise_alone(grade: Grade, light_notebooks: Notebooks):
    """The platform's limit is one for all: the kernel ends the worker first, and grading goes on."""
    ran = grade({"a.ipynb": light_notebooks.solved(plain_returns=GREEDY)}, options=SMALLEST)
    assert (ran.status, ran.results["score"]) == (0, 40.0)


def test_where_code_cannot_be_confined_nothing_is_written(
    grade: Grade, light_notebooks: Notebooks, tmp_path: Path
):
    """A kernel without Landlock: no results, which would be a score, and a word for the instructor."""
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps(NO_LANDLOCK))
    options = (f"--security-opt=seccomp={profile}",)
    ran = grade({"a.ipynb": light_notebooks.solved()}, options=options)
    assert (ran.status, ran.files) == (1, {})
    assert "this submission has no score" in ran.said
    assert "student code cannot be confined" in ran.said


@pytest.mark.exhaustive
@pytest.mark.heavy
def test_the_big_assignment_is_graded_too(notebooks: Notebooks, tmp_path: Path):
    """With all libraries of the course, which take minutes to install."""
    course = platform_image.only(ASSIGNMENT, tmp_path / "course", own_lock=True)
    grade = grader(build(course, tmp_path / "image"))
    wrong = notebooks.solved(discount_rewards="def discount_rewards(rewards, gamma):\n    pass")
    for notebook, score in ((notebooks.solved(), 100.0), (wrong, 85.0)):
        assert grade({"a.ipynb": notebook}).results["score"] == score
