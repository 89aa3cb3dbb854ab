"""Claims about PrairieLearn's package, in containers laid out as it documents; not on PrairieLearn itself."""

import json
from collections.abc import Callable

import pytest

from autograder.cases.loading import ATTACKS, Case, exercise_points, load_cases
from autograder.course.folder import Course
from tests.helpers import intruder, platform_image
from tests.helpers.grading import LIGHT, ROOT, Notebooks
from tests.helpers.platform_image import Ran

pytestmark = [pytest.mark.container, pytest.mark.slow]

DATA = {"params": {}, "correct_answers": {"key": "SECRET"}, "submitted_answers": {}}
LIMITS = ("--memory=1g", "--memory-swap=1g", "--pids-limit=1024")
COURSE = Course(ROOT, LIGHT)
LIGHT_ATTACKS = load_cases(COURSE, exercise_points(COURSE), ATTACKS)

Grade = Callable[..., Ran]


@pytest.fixture(scope="module")
def grade(tmp_path_factory: pytest.TempPathFactory) -> Grade:
    """Grades uploads for the small assignment: the image has the libraries, /grade what judges."""
    course = platform_image.only(LIGHT, tmp_path_factory.mktemp("course"))
    folder = platform_image.unpacked("prairielearn", course, tmp_path_factory.mktemp("package"))
    image = platform_image.build(folder / "image", "autograder-prairielearn-test")
    tests = folder / "questions" / LIGHT / "tests"
    info = json.loads((tests.parent / "info.json").read_text())
    start = info["externalGradingOptions"]["entrypoint"]
    brought = {
        f"/grade/tests/{path.relative_to(tests)}": path.read_bytes()
        for path in tests.rglob("*")
        if path.is_file()
    }

    def grade(uploaded: dict[str, bytes], **more: bytes) -> Ran:
        files = {f"/grade/student/{name}": data for name, data in uploaded.items()}
        files |= brought | {"/grade/data/data.json": json.dumps(DATA).encode()}
        files |= {f"/grade/tests/{name}": data for name, data in more.items()}
        run = f"chmod +x {start} && {start}"  # as PrairieLearn does
        return platform_image.run(image, files, run, "/grade/results", options=LIMITS)

    return grade


def test_a_right_notebook_earns_its_whole_share(grade: Grade, light_notebooks: Notebooks):
    """Points for every test, and one file of results, in a folder that the grader made."""
    ran = grade({f"{LIGHT}.ipynb": light_notebooks.solved()})
    assert (ran.status, list(ran.files)) == (0, ["results.json"])
    assert (ran.results["gradable"], ran.results["score"]) == (True, 1.0)
    assert all(test["points"] == test["max_points"] > 0 for test in ran.results["tests"])
    assert sum(test["points"] for test in ran.results["tests"]) == pytest.approx(80)


@pytest.mark.exhaustive
@pytest.mark.parametrize("case", LIGHT_ATTACKS, ids=lambda case: case.name)
def test_attacks_earn_what_they_compute(grade: Grade, case: Case):
    """As in every engine."""
    ran = grade({f"{LIGHT}.ipynb": case.notebook()})
    assert ran.results["score"] * 80 == pytest.approx(case.expected.score)


def test_student_code_reaches_nothing_of_the_platforms(grade: Grade, light_notebooks: Notebooks):
    """Neither the checks, twice there, nor the question's data, nor the results."""
    read = ["/grade", "/grade/tests", "/grade/tests/course/checks", "/grade/data/data.json",
            "/grade/student", f"/opt/autograder/course/checks/{LIGHT}/seed.key",
            "/opt/autograder/course/checks", "/opt/autograder/course/source"]  # fmt: skip
    written = ["/grade/results/results.json", "/grade/tests/run.sh", "/tmp/left"]
    notebook = light_notebooks.solved(plain_returns=intruder.tries(read, written))
    ran = grade({f"{LIGHT}.ipynb": notebook})
    said = ran.results["tests"][0]["message"]
    assert intruder.opened(said) == [intruder.OPEN_TO_ALL], said
    assert ran.results["score"] == 0.5
    assert "SECRET" not in ran.files["results.json"].decode()


@pytest.mark.parametrize("uploaded", [{}, {"a.png": b"\x89"}, {"a.ipynb": b"{"}], ids=str)
def test_what_is_no_notebook_is_not_gradable(grade: Grade, uploaded: dict[str, bytes]):
    """Which costs the student no attempt; the sentence says what to do."""
    ran = grade(uploaded)
    assert (ran.status, ran.results["gradable"]) == (0, False)
    assert "Please s" in ran.results["format_errors"][0]


def test_a_fault_of_ours_leaves_no_results(grade: Grade, light_notebooks: Notebooks):
    """A check that breaks: the job has failed there, and students are not told what the check says."""
    broken = b"def test_by_hand(student):\n    raise KeyError('SECRET')\n"
    path = f"course/checks/{LIGHT}/test_plain_returns.py"
    ran = grade({f"{LIGHT}.ipynb": light_notebooks.solved()}, **{path: broken})
    assert (ran.status, ran.files) == (1, {})
    assert "has no score" in ran.said
    assert "SECRET" not in ran.said
