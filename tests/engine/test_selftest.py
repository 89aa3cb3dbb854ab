"""Claims about `autograder selftest`: what is wrong with checks is said before they judge a class."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import selftest as command
from autograder.course.folder import Course
from autograder.course.new import new_assignment
from autograder.engines.process import ProcessEngine
from autograder.engines.registry import Choice
from autograder.release.generate import make_release
from tests.helpers import tiny_course
from tests.helpers.command import Run, is_one_sentence

NAME = "first_steps"
CHECKS = f"checks/{NAME}/test_running_mean.py"
WELL = "the master earns every point of its checks, the release none.\n"

Rewrite = Callable[[str, str], int]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `autograder new` writes, with its release, which takes seconds to make."""
    root = tmp_path_factory.mktemp("course")
    new_assignment(root, NAME)
    make_release(root, NAME)
    return root


@pytest.fixture
def course(written: Path, tmp_path: Path) -> Course:
    """A copy of it, in the folder in which `run` runs commands."""
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    return Course(tmp_path, NAME)


@pytest.fixture
def rewrite(course: Course) -> Rewrite:
    """`rewrite(old, new)` changes the hidden checks; returns the line in which the new text ends."""

    def rewrite(old: str, new: str) -> int:
        path = course.root / CHECKS
        before, found, after = path.read_text().partition(old)
        assert found
        path.write_text(before + new + after)
        return (before + new).count("\n") + 1

    return rewrite


def selftest(run: Run) -> tuple[int, str, str]:
    """Run the command on the engine that is there on every machine."""
    return run("selftest", "--engine", "process")


@pytest.mark.usefixtures("course")
def test_a_new_assignment_is_well(run: Run):
    """One sentence, and status 0."""
    assert selftest(run) == (0, f"{NAME}: {WELL}", "")


def test_what_was_passed_over_is_said_where_no_engine_was_asked_for(
    course: Course, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """A container engine that does not answer, say: the class would be graded in something weaker."""
    choice = Choice(ProcessEngine(course), "process: The Docker engine does not answer.")
    monkeypatch.setattr(command, "choose", lambda course, asked_for: choice)
    said = f"{NAME}, tried with process: The Docker engine does not answer.\n{NAME}: {WELL}"
    assert run("selftest") == (0, said, "")


def test_a_check_that_the_master_fails_is_named_with_its_line_and_the_seed(
    rewrite: Rewrite, run: Run
):
    """Once for each seed; the student's sentence says what was expected."""
    line = rewrite("[2.0, 3.0, 5.0]", "[2.0, 3.0, 6.0]") - 2  # where the call of it begins
    status, output, errors = selftest(run)
    assert status == 1
    assert errors == f"autograder: Not ready to grade a class: {NAME}. See above.\n"
    assert output.splitlines() == [
        f"{NAME}: running_mean, the check values_by_hand (test_running_mean.py, line {line}, seed {seed}): "
        "the master's solution ends as failed. For 2, 4, 9 the means up to each place are 2, 3 and 5. "
        "Yours are not."
        for seed in range(3)
    ]


def test_a_check_that_fails_for_some_inputs_only_is_found_with_its_seed(rewrite: Rewrite, run: Run):
    """Among a class it would cost some of the students points, and others not."""
    key = Path("checks", NAME, "seed.key")
    key.write_text("17" * 32)  # with which one of the three seeds draws a number below -1
    line = rewrite(
        "rng.normal(size=1)\n", 'rng.normal(size=1)\n    assert number > -1, "Too low."\n'
    )
    status, output, _ = selftest(run)
    assert status == 1
    (said,) = output.splitlines()
    assert f"one_number (test_running_mean.py, line {line - 1}, seed " in said
    assert said.endswith("ends as failed. Too low.")


def test_a_check_that_breaks_is_named_with_what_it_raised_and_where(rewrite: Rewrite, run: Run):
    """It is no failure of the master's; once, for another seed would say the same."""
    line = rewrite("number = rng.normal(size=1)", 'number = rng.normal(size="1" + 1)')
    status, output, errors = selftest(run)
    assert status == 1
    assert is_one_sentence(errors)
    assert output == (
        f'{NAME}: The master was not graded: TypeError: can only concatenate str (not "int") to str '
        f"({CHECKS}, line {line}, in test_one_number)\n"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("import nothing_of_this_name", "No module named 'nothing_of_this_name'"),
        ("EMPTY = {}['key']", "KeyError: 'key'"),
        ("def (", "invalid syntax"),
    ],
)
def test_a_file_of_checks_that_cannot_be_imported_is_named_with_its_line(
    text: str, says: str, rewrite: Rewrite, run: Run
):
    """In one sentence that has the cause in it; no session is had."""
    line = rewrite("import numpy as np", f"import numpy as np\n{text}")
    status, output, errors = selftest(run)
    assert (status, output) == (1, "")
    assert is_one_sentence(errors.rstrip() + ".\n")
    assert says in errors
    assert "test_running_mean.py" in errors
    assert f"line {line}" in errors or f":{line}:" in errors


def test_a_release_with_the_solution_in_it_is_found(course: Course, run: Run):
    """Whoever hands in that solution would count as not having begun."""
    shutil.copy(course.master, course.released)
    status, output, _ = selftest(run)
    assert status == 1
    assert output.startswith(f"{NAME}: running_mean: the release holds the master's solution")
    assert "autograder release" in output


def test_a_release_that_is_not_what_the_master_gives_is_found(course: Course, run: Run):
    """What students have is judged, not what they would get; the checks are tried all the same."""
    course.master.write_text(course.master.read_text().replace("# ", "# New: ", 1))
    status, output, errors = selftest(run)
    assert status == 1
    assert output == (
        f"{NAME}: release/{NAME}/{NAME}.ipynb differs from what the master gives now: run 'autograder "
        "release'.\n"
    )
    assert errors == f"autograder: Not ready to grade a class: {NAME}. See above.\n"


def test_a_missing_release_is_one_sentence(course: Course, run: Run):
    """With the command that makes it, as for whoever grades without one."""
    shutil.rmtree(course.release)
    tiny_course.write(course.root)
    Path("ada.ipynb").write_text("{}")
    for name in ("selftest", "grade"):
        arguments = ["ada.ipynb"] if name == "grade" else []
        status, output, errors = run(name, *arguments, "--assignment", NAME)
        assert (status, output) == (1, "")
        assert is_one_sentence(errors)
        assert "'autograder release'" in errors


def test_all_assignments_of_a_course_are_tried(course: Course, run: Run):
    """Also after one that is not well; the last sentence names those that are not."""
    wrong = "def test_a(student):\n    assert student.double(1) == 3\n"
    tiny_course.write(course.root, [tiny_course.checked(wrong)])
    status, output, errors = selftest(run)
    assert status == 1
    assert f"{NAME}: {WELL}" in output
    assert f"{tiny_course.NAME}: double, the check a (test_double.py, line 2, seed 0)" in output
    assert errors == f"autograder: Not ready to grade a class: {tiny_course.NAME}. See above.\n"
