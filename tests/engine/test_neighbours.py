"""Claims about who is graded beside whom, and after whom: nobody notices the others.

The neighbours are attacks of the corpus, graded for real by the batch: each loses its own exercises, as
its expected.toml says, and an honest submission keeps everything.
"""

import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from autograder.batch import local
from autograder.batch.discover import Submission
from autograder.batch.job import Job
from autograder.batch.store import Store
from autograder.cases import expectations
from autograder.engines.base import Engine, Session
from autograder.engines.docker import DockerEngine
from autograder.report import Outcome, Report
from samples import corpus
from tests.helpers.grading import ASSIGNMENT, SEED, Notebooks, Warm
from tests.helpers.sessions import ON_THE_KERNEL

# One student each: the attacks of the corpus that make up the notebook.
BOMBS = {
    "processor": ["processor_in_several_threads"],
    "memory": ["memory_in_a_list"],
    "threads": ["threads_without_end"],
    "disk_and_output": ["prints_without_end", "disk_full_of_bytes"],
}
ENGINES = pytest.mark.parametrize("engine", ON_THE_KERNEL, indirect=True)


def edits(name: str) -> str:
    """The text of an attack's edits.py."""
    (case,) = corpus.choose([name])
    return (case.folder / "edits.py").read_text(encoding="utf-8")


def notebook(names: list[str]) -> bytes:
    """One notebook with the changed cells of all these attacks."""
    first, *others = map(edits, names)
    return corpus.build_case(first + "".join("\n# %% " + e.split("\n# %% ", 1)[1] for e in others))


def expected(names: list[str]) -> expectations.Expectation:
    """What such a notebook must score: each attack loses what it loses alone."""
    alone = [case.expected for case in corpus.choose(names)]
    losses = {exercise: loss for each in alone for exercise, loss in each.loses.items()}
    score = 100.0 - sum(100.0 - each.score for each in alone if each.score is not None)
    return replace(alone[0], score=score, loses=losses)


def grade(engine: Engine, notebooks: dict[str, bytes], folder: Path) -> dict[str, Report]:
    """Grade all at once, each in a session of its own; return the reports by student."""
    submissions = []
    for student, content in notebooks.items():
        path = folder / f"{student}.ipynb"
        path.write_bytes(content)
        submissions.append(Submission(student, path))
    reports: list[Report] = []
    job = Job(
        assignment=ASSIGNMENT, engine=engine, judged_by=engine.digest(), max_score=100.0,
        seed_for=lambda sha256: SEED, workers=len(submissions),
    )  # fmt: skip
    local.grade(job, submissions, Store(folder / "reports"), reports.append)
    return {report.student: report for report in reports}


@ENGINES
def test_an_honest_submission_among_four_bombs_keeps_everything(
    warm: Warm, notebooks: Notebooks, tmp_path: Path
):
    """Five sessions side by side; each bomb costs its own exercises, as it does alone."""
    bombs = {student: notebook(names) for student, names in BOMBS.items()}
    reports = grade(warm.engine, {**bombs, "honest": notebooks.solved()}, tmp_path)
    assert set(reports) == {*BOMBS, "honest"}
    points = corpus.points(ASSIGNMENT)
    right = expectations.Expectation(sum(points.values()))
    assert expectations.differences(right, reports["honest"], points) == []
    for student, names in BOMBS.items():
        differences = expectations.differences(expected(names), reports[student], points)
        assert differences == [], (student, differences)
        assert reports[student].outcome is Outcome.GRADED


@ENGINES
def test_a_second_submission_finds_nothing_of_the_first(warm: Warm):
    """The same notebook twice: it leaves marks everywhere, and would be right where it found any."""
    (case,) = corpus.choose(["marks_for_the_next_process"])
    session = warm.session
    for _ in range(2):
        assert corpus.compare(case, warm.grade(case.notebook(), corpus.SEED)) == []
    assert warm.session is session


@ENGINES
@pytest.mark.parametrize(
    "name",
    [
        "disk_full_of_names",
        "storm_of_processes_while_being_killed",
        "timers_and_threads_that_go_on",
    ],
)
def test_nothing_of_a_submission_is_left_in_its_session(
    name: str, warm: Warm, notebooks: Notebooks, unless: Callable[[bool, str], None]
):
    """No process, no file, no shared memory, as seen from outside the session."""
    unless(psutil.Process().uids().real == 0, "only root sees into a session from outside")
    assert warm.grade(notebooks.released()).score == 0
    before = at_rest(warm)
    assert before[0] >= 2  # the checker and the reference: this looks in the right place
    (case,) = corpus.choose([name])
    assert corpus.compare(case, warm.grade(case.notebook(), corpus.SEED)) == []
    assert at_rest(warm) == before


def at_rest(warm: Warm) -> tuple[int, list[str]]:
    """What there is of a session once nothing moves any more: whoever graded ends after the report."""
    readings = [traces(warm.engine, warm.session)]
    while len(readings) < 10 or len({str(reading) for reading in readings[-10:]}) > 1:
        time.sleep(0.05)
        readings.append(traces(warm.engine, warm.session))
    return readings[-1]


def traces(engine: Engine, session: Session) -> tuple[int, list[str]]:
    """The number of a session's processes, and the files in the folders that anybody may write to."""
    parent = warm_parent(engine, session)
    root = Path(f"/proc/{parent.pid}/root")
    folders = [root / folder for folder in ("tmp", "dev/shm", "dev/mqueue", "var/tmp")]
    files = [path.name for folder in folders if folder.is_dir() for path in folder.iterdir()]
    return len(parent.children(recursive=True)), sorted(files)


def warm_parent(engine: Engine, session: Session) -> psutil.Process:
    """The process that forks all others of a session, as this machine numbers it."""
    if isinstance(engine, DockerEngine):
        arguments = [str(argument) for argument in session._process.args]
        (name,) = [a.removeprefix("--name=") for a in arguments if a.startswith("--name=")]
        inspect = ["docker", "inspect", "--format={{.State.Pid}}", name]
        return psutil.Process(int(subprocess.run(inspect, capture_output=True, check=True).stdout))
    process = psutil.Process(session._process.pid)
    while process.name() == "bwrap":
        (process,) = process.children()
    return process
