"""Claims about faults of ours in the middle of a batch: one report each, none torn, nothing graded twice.

The runs are real, of a real engine; benchmarks/faults.py does the same at random moments, many times.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.course.folder import Course
from benchmarks import disturbed_runs
from tests.helpers.grading import LIGHT
from tests.helpers.proxy import Proxy
from tests.helpers.sessions import usable

pytestmark = pytest.mark.container

NUMBER = disturbed_runs.KINDS
GONE_SECONDS = 120.0  # an engine may be slow to collect what has ended
Grade = Callable[..., disturbed_runs.Grading]
Reports = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def students(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small class."""
    return disturbed_runs.lay_out(tmp_path_factory.mktemp("class"), NUMBER, LIGHT)


@pytest.fixture(scope="module")
def grade(students: Path, light_course: Course) -> Grade:
    """`grade(out)` starts a real `autograder grade` of the class with one session."""
    return lambda out, engine="docker", **more: disturbed_runs.Grading(
        students, out, usable(engine, light_course).name, workers=1, assignment=LIGHT, **more
    )


@pytest.fixture(scope="module")
def calm(grade: Grade, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of a run that nothing disturbed."""
    grading = grade(tmp_path_factory.mktemp("calm") / "out")
    assert grading.finish() == 0, grading.said()
    assert len(grading.reports()) == NUMBER
    return grading.out


@pytest.fixture
def expected(calm: Path) -> Reports:
    """What every run must come to."""
    return disturbed_runs.contents(calm)


@pytest.fixture
def small_disk(tmp_path: Path, unless: Callable[[bool, str], None]) -> Iterator[Path]:
    """A file system of its own with room for a few reports, and for the trial that comes before them."""
    unless(os.geteuid() == 0, "only root may mount a small file system to fill")
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=72k", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    unless(mounted.returncode == 0, f"no file system can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def remount(folder: Path, options: str) -> None:
    """Change what the small disk allows."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def finished(
    grading: disturbed_runs.Grading, expected: Reports, before: dict[str, tuple[int, int]]
) -> None:
    """See that a run ended well: all reports as they must be, and those from before not written again."""
    assert grading.finish() == 0, grading.said()
    assert list(disturbed_runs.complaints(grading.out, expected)) == []
    now = disturbed_runs.marks(grading.reports())
    assert {name: now[name] for name in before} == before


def gone(sessions: list[psutil.Process]) -> None:
    """Wait for the end of a killed run's sessions; fail where one stays."""
    assert sessions
    _, alive = psutil.wait_procs(sessions, GONE_SECONDS)
    assert alive == [], "a session outlived its run"


def failed_with(grading: disturbed_runs.Grading) -> str:
    """Return the one sentence with which a run failed."""
    assert grading.finish() == 1, grading.said()
    assert "Traceback" not in grading.said()
    return grading.said().strip().splitlines()[-1]


def test_a_process_that_ends_while_it_is_looked_at_is_not_listed():
    """Between being listed and being asked for its command line a session's process may end."""
    with subprocess.Popen(["sleep", "1000"]) as child:
        ended = psutil.Process(child.pid)
        child.kill()
    alive = psutil.Process()
    assert disturbed_runs.those([ended, alive], lambda process: bool(process.cmdline())) == [alive]
    assert disturbed_runs.children(ended, recursive=True) == []
    assert disturbed_runs._processes(child.pid) == []


@pytest.mark.parametrize(
    ("engine", "reports"), [("docker", 0), ("docker", NUMBER // 2), ("bubblewrap", NUMBER - 2)]
)
def test_a_killed_run_is_finished_by_the_next(
    engine: str, reports: int, grade: Grade, expected: Reports, tmp_path: Path
):
    """What was graded is not graded again, and no session of the killed run lives on."""
    killed = grade(tmp_path / "out", engine)
    killed.until(reports)
    while not (sessions := killed.sessions()):
        time.sleep(0.1)
    assert disturbed_runs.kill(disturbed_runs.hosts, killed, 0.0)
    assert killed.finish() == -signal.SIGKILL
    before = disturbed_runs.marks(killed.reports())
    assert len(before) < NUMBER
    finished(grade(tmp_path / "out", engine), expected, before)
    gone(sessions)
    assert killed.containers() == []


@pytest.mark.parametrize(
    "kill",
    [
        disturbed_runs.kill_container,
        lambda *grading: disturbed_runs.kill(disturbed_runs.parents, *grading),
        lambda *grading: disturbed_runs.kill(disturbed_runs.checkers, *grading),
        lambda *grading: disturbed_runs.kill(disturbed_runs.wrong_solutions, *grading),
        lambda *grading: disturbed_runs.kill(disturbed_runs.workers, *grading),
    ],
    ids=["container", "warm parent", "checker", "wrong solutions", "worker"],
)
def test_a_session_that_is_killed_costs_nobody_a_grade(
    kill: Callable[..., bool], grade: Grade, expected: Reports, tmp_path: Path
):
    """Nor does a worker: the same run grades the rest, and what was under way, in a fresh one."""
    grading = grade(tmp_path / "out")
    grading.until(3)
    assert kill(grading, 0.0)
    finished(grading, expected, disturbed_runs.marks(grading.reports()[:3]))
    assert grading.containers() == []


def test_a_session_ends_with_its_run_though_its_checker_does_not_answer(
    grade: Grade, tmp_path: Path
):
    """Nobody is left to close it, and a submission that hangs must not keep it."""
    killed = grade(tmp_path / "out")
    killed.until(1)
    sessions = killed.sessions()
    for checker in disturbed_runs.checkers(killed):
        checker.suspend()
    assert disturbed_runs.kill(disturbed_runs.hosts, killed, 0.0)
    gone(sessions)
    killed.finish()


def test_a_full_disk_is_said_in_a_sentence_and_costs_no_report(
    small_disk: Path, grade: Grade, expected: Reports
):
    """No half report is left; once there is room, the same command does the rest and no more."""
    full = grade(small_disk / "out", log=small_disk.with_suffix(".log"))
    sentence = failed_with(full)
    assert "The disk is full" in sentence
    assert "run the same command again" in sentence
    assert 0 < len(full.reports()) < NUMBER
    assert {path.suffix for path in full.out.iterdir() if path.is_file()} == {".json"}
    before = disturbed_runs.marks(full.reports())
    remount(small_disk, "size=16m")
    finished(grade(small_disk / "out", log=small_disk.with_suffix(".log")), expected, before)


def test_a_folder_that_takes_nothing_is_said_before_a_session_is_started(
    small_disk: Path, grade: Grade
):
    """With what to do about it, and nobody is graded for nothing."""
    (small_disk / "out" / LIGHT).mkdir(parents=True)
    remount(small_disk, "ro")
    grading = grade(small_disk / "out", log=small_disk.with_suffix(".log"))
    assert "write elsewhere" in failed_with(grading)
    assert grading.reports() == []


def test_what_lies_in_a_reports_place_and_is_none_is_graded_again(
    grade: Grade, calm: Path, expected: Reports, tmp_path: Path
):
    """Half a report, garbage, one of an older version, a draft; all others stay as they are."""
    folder = tmp_path / "out" / LIGHT
    shutil.copytree(calm, folder)
    half, garbage, older, *others = sorted(folder.glob("*.json"))
    half.write_bytes(half.read_bytes()[:-20])
    garbage.write_bytes(bytes(range(256)))
    older.write_text(json.dumps(json.loads(older.read_bytes()) | {"schema": 0}))
    (folder / f".{half.name}.01234567.draft").write_bytes(b"{")
    finished(grade(tmp_path / "out"), expected, disturbed_runs.marks(others))


def test_two_runs_into_one_folder_do_not_disturb_each_other(
    grade: Grade, expected: Reports, tmp_path: Path
):
    """Both end well; every report is whole, and that of an undisturbed run."""
    runs = [grade(tmp_path / "out"), grade(tmp_path / "out")]
    for grading in runs:
        assert grading.finish() == 0, grading.said()
    finished(runs[0], expected, {})


def test_a_daemon_that_is_away_for_some_seconds_is_waited_for(
    grade: Grade, expected: Reports, tmp_path: Path
):
    """The run says so, starts its sessions again once it is back, and nobody gets an error of ours."""
    with Proxy(tmp_path / "docker.sock", disturbed_runs.daemon_socket()) as proxy:
        environment = os.environ | {"DOCKER_HOST": f"unix://{proxy.path}"}
        grading = grade(tmp_path / "out", env=environment)
        grading.until(3)
        before = disturbed_runs.marks(grading.reports())
        proxy.away(5.0)
        finished(grading, expected, before)
    assert "does not answer" in grading.said()
    assert "It is back" in grading.said()
