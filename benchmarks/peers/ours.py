"""This autograder under the same attacks: our own cases as one class, an honest student after each.

It is graded as `autograder grade` grades a class, in one lane, sessions replaced as they are there. After
every report the processes of the grading session are counted.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from autograder.batch import local
from autograder.batch.discover import Submission
from autograder.batch.job import Job
from autograder.batch.store import Store
from autograder.cases import student_edits
from autograder.cases.loading import Case
from autograder.course.folder import find_course
from autograder.engines.base import Engine
from autograder.engines.docker import DockerEngine
from autograder.engines.registry import ENGINES as MAKERS
from autograder.report import Outcome, Report
from samples import corpus
from samples.corpus import ASSIGNMENT, ROOT

ENGINES = ("docker", "bubblewrap")
SEED = 7
HONEST, HONEST_SCORE = "discount_rewards", 15.0  # who comes after an attack solved this alone
MAX_SCORE = 100.0
GRACE = 5.0  # seconds after which what still runs counts as left behind
Result = dict[str, Any]
Keyed = tuple[Case, tuple[str, ...]]


def keys(system: str, names: set[str]) -> list[Keyed]:
    """Return the named cases, each with what its result depends on."""
    digest = MAKERS[system](find_course(ROOT, ASSIGNMENT)).digest()
    cases = corpus.choose(sorted(names))
    return [(case, (f"{system}-{case.name}", digest, case.notebook().hex())) for case in cases]


def attempts(system: str, todo: list[Keyed], record: Callable[[Case, Result], None]) -> None:
    """Grade the cases, an honest student before the first and behind each; `record` what came of each."""
    if not todo:
        return
    engine = _engine(system)
    job = Job(
        engine=engine,
        assignment=ASSIGNMENT,
        judged_by=engine.digest(),
        max_score=MAX_SCORE,
        seed_for=lambda sha256: SEED,
        force=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        submissions = list(_class(Path(folder), [case for case, _ in todo]))
        watch = _Watch(system, {case.name: case for case, _ in todo}, record)
        local.grade(job, submissions, Store(Path(folder) / "reports"), watch.finished)


class _Watch:
    """Sees the reports as they come: an attack's, then that of the honest student behind it."""

    def __init__(
        self, system: str, cases: dict[str, Case], record: Callable[[Case, Result], None]
    ) -> None:
        self._system, self._cases, self._record = system, cases, record
        self._usual: int | None = None
        self._attack: dict[str, Any] = {}
        self._left = 0

    def finished(self, report: Report) -> None:
        """Take the next report."""
        content = report.model_dump(mode="json")
        case = self._cases.get(content["student"])
        if case is not None:
            self._attack, self._left = content, self._count_left()
        elif self._usual is None:
            self._usual = _processes(self._system)
        else:
            self._record(
                self._cases[self._attack["student"]],
                judged(self._cases[self._attack["student"]], self._attack, content, self._left),
            )

    def _count_left(self) -> int:
        """Return how many more processes there are than usual, after a time of grace."""
        deadline = time.monotonic() + GRACE
        while (more := _processes(self._system) - (self._usual or 0)) > 0:
            if time.monotonic() > deadline:
                return more
            time.sleep(0.2)
        return 0


def judged(case: Case, attack: dict[str, Any], honest: dict[str, Any], left: int) -> Result:
    """Return the verdict on a case's report and on that of the honest student behind it."""
    earned, score = case.expected.score, attack["score"]
    if case.expected.outcome == Outcome.REJECTED:
        gained, lost = score is not None, attack["outcome"] != Outcome.REJECTED
    else:
        gained = (score or 0.0) > earned + 1e-6
        lost = score is None or score < earned - 1e-6
    verdict = "G" * gained + "X" * (lost or honest["score"] != HONEST_SCORE) + "L" * (left > 0)
    return {
        "outcome": verdict or "-",
        "score": score,
        "earned": earned,
        "bystander": honest["score"],
        "left": left,
    }


def _class(folder: Path, cases: list[Case]) -> Iterator[Submission]:
    """Yield the submissions in their order, written to `folder`."""
    honest = folder / "honest.ipynb"
    honest.write_bytes(_honest())
    yield Submission("honest", honest)
    for number, case in enumerate(cases):
        path = folder / f"{case.name}.ipynb"
        path.write_bytes(case.notebook())
        yield Submission(case.name, path)
        yield Submission(f"honest-{number}", honest)


def _honest() -> bytes:
    """Return a notebook in which one exercise is solved and the others were never touched."""
    others = [name for name in corpus.points(ASSIGNMENT) if name != HONEST]
    changes = [student_edits.Edit("reset", f"{name}_solution") for name in others]
    edits = student_edits.Edits("", changes=changes)
    return student_edits.dump(student_edits.apply(edits, corpus.base_notebook))


def _processes(system: str) -> int:
    """Return how many processes the grading sessions of this process have."""
    if system == "bubblewrap":
        return len(psutil.Process().children(recursive=True))
    label = f"label=autograder.host-pid={os.getpid()}"
    return sum(len(_docker("top", each)) - 1 for each in _docker("ps", "-q", "--filter", label))


def _docker(*arguments: str) -> list[str]:
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


def _engine(system: str) -> Engine:
    engine = MAKERS[system](find_course(ROOT, ASSIGNMENT))
    if isinstance(engine, DockerEngine):
        engine.build()
    return engine
