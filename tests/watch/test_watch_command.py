"""Claims about `autograder watch` as a process: killed at any moment, ended by a signal, on real sessions."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.course.folder import Course
from tests.helpers import platform_image, small_class
from tests.helpers.grading import LIGHT, ROOT, Notebooks
from tests.helpers.watching import has, notebook, until

pytestmark = pytest.mark.slow

KILLS = 12
# The command with sessions that take a moment, and a word for each notebook that they are given.
FAKE = """\
import time
from autograder.cli import main, watch
from autograder.engines.registry import Choice
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.watching import judged

def behave(content, call):
    with open("graded", "ab") as file:
        file.write(content + b"\\n")
    time.sleep(0.05)
    return judged(content)

watch.choose = lambda course, asked_for: Choice(FakeEngine(behave), "fake")
main.main()
"""
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the command in the folder of a course; whatever runs at the end is killed."""
    processes = []

    def start(*words: str, fake: bool = True, course: Path = tmp_path) -> "subprocess.Popen[str]":
        module = ["-c", FAKE] if fake else ["-m", "autograder"]
        process = subprocess.Popen(
            [sys.executable, *module, "watch", *words],
            cwd=course,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


def until_it_watches(process: "subprocess.Popen[str]") -> str:
    """Read what it says first."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "watching" in line, line + process.stdout.read()
    return line


def test_killed_again_and_again_it_answers_everybody_once(tmp_path: Path, start: Start):
    """With no time to say goodbye, in the middle of whatever it does: feedback of all, one line each."""
    small_class.lay_out(tmp_path)
    shared, chance = tmp_path / "shared", random.Random(7)
    shared.mkdir()
    seen: dict[Path, int] = {}
    for number in range(KILLS):
        for which in range(4):
            student = shared / f"s{number}-{which}" / "small"
            student.mkdir(parents=True)
            (student / "a.ipynb").write_bytes(notebook(student.parent.name))
        process = start("shared")
        until_it_watches(process)
        time.sleep(chance.uniform(0.4, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for feedback in shared.glob("*/small/a.feedback.txt"):
            assert feedback.read_text().endswith("\n")  # whole
            assert seen.setdefault(feedback, feedback.stat().st_ino) == feedback.stat().st_ino
    start("shared")
    until(lambda: len(list(shared.glob("*/small/a.feedback.txt"))) == 4 * KILLS, 30)
    time.sleep(1)
    assert all(path.stat().st_ino == inode for path, inode in seen.items())
    with sqlite3.connect(tmp_path / "watched" / "small" / "answers.sqlite") as journal:
        rows = journal.execute("SELECT place, answer FROM answers").fetchall()
    assert sorted(rows) == sorted((f"{path.parent.parent.name}/small", "graded")
                                  for path in shared.glob("*/small/a.feedback.txt"))  # fmt: skip
    assert not list(shared.rglob("*.draft"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_cleanly(tmp_path: Path, start: Start, number: signal.Signals):
    """Status 0, and a word on what becomes of the rest."""
    small_class.lay_out(tmp_path)
    (tmp_path / "shared").mkdir()
    process = start("shared")
    until_it_watches(process)
    time.sleep(0.3)
    process.send_signal(number)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert said.rstrip().endswith("is answered when watching starts again.")


def test_two_of_them_do_not_answer_the_same(tmp_path: Path, start: Start):
    """The second says so and ends; with answers of its own it may run."""
    small_class.lay_out(tmp_path)
    (tmp_path / "shared").mkdir()
    until_it_watches(start("shared"))
    second = start("shared")
    said, _ = second.communicate(timeout=20)
    assert second.returncode == 1
    assert "Another 'autograder watch'" in said
    until_it_watches(start("shared", "--out", "elsewhere"))


def test_the_daily_number_is_the_assignments_own(tmp_path: Path, start: Start):
    """As assignment.toml says."""
    course = small_class.lay_out(tmp_path)
    course.settings.write_text("submissions.per_day = 1\n" + course.settings.read_text())
    shared = tmp_path / "shared"
    shared.mkdir()
    start("shared")
    (shared / "ada.ipynb").write_bytes(notebook("one"))
    until(has(shared / "ada.feedback.txt", "one"), 20)
    (shared / "ada.ipynb").write_bytes(notebook("two"))
    until(has(shared / "ada.feedback.txt", "1 of your notebooks was graded today"), 20)


def test_real_sessions_answer(tmp_path: Path, start: Start, light_notebooks: Notebooks):
    """Also the one behind a notebook that ended its process."""
    course: Course = platform_image.only(LIGHT, tmp_path / "course")
    shared = tmp_path / "shared"
    shared.mkdir()
    process = start(str(shared), "--engine", "process", fake=False, course=course.root)
    until_it_watches(process)
    dies = "def plain_returns(rewards, gamma):\n    import os\n    os._exit(1)"
    for student, content, said in (
        ("ada", light_notebooks.solved(), "80 of 80 points"),
        ("bob", light_notebooks.solved(plain_returns=dies), "40 of 80 points"),
        ("eve", light_notebooks.released(), "0 of 80 points"),
    ):
        (shared / f"{student}.ipynb").write_bytes(content)
        until(has(shared / f"{student}.feedback.txt", said), 30)
    reports = (course.root / "watched" / LIGHT).glob("*.json")
    assert {json.loads(path.read_text())["engine"] for path in reports} == {"process"}


def test_ended_in_the_middle_of_a_submission_it_answers_that_one_next_time(
    tmp_path: Path, start: Start, light_notebooks: Notebooks
):
    """It waits for no student's loop, and leaves no half answer."""
    course: Course = platform_image.only(LIGHT, tmp_path / "course")
    shared = tmp_path / "shared"
    shared.mkdir()
    hangs = "def plain_returns(rewards, gamma):\n    while True:\n        pass"
    (shared / "ada.ipynb").write_bytes(light_notebooks.solved(plain_returns=hangs))
    words = (str(shared), "--engine", "process")
    process = start(*words, fake=False, course=course.root)
    until_it_watches(process)
    assert process.stdout is not None
    assert "ada: arrived." in process.stdout.readline()
    time.sleep(3)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert [path.name for path in shared.iterdir()] == ["ada.ipynb"]
    start(*words, fake=False, course=course.root)
    until(has(shared / "ada.feedback.txt", "40 of 80 points"), 60)
