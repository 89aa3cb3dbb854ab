"""Real runs of ``autograder grade`` that are hurt on purpose, and what must hold of them afterwards."""

from __future__ import annotations

import csv
import dataclasses
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from jsonschema import Draft202012Validator

from autograder import report
from autograder.cases import student_edits
from samples import corpus
from samples.corpus import ASSIGNMENT, ROOT

SEED = 1
LIGHT = "returns_warmup"
# One exercise of the release filled in: cheap, and most with a score of its own.
_FILLED_IN = {
    ASSIGNMENT: (
        "correct/returns_backwards",
        "mistakes/off_by_one",
        "correct/returns_by_accumulate",
        "mistakes/gamma_ignored",
        "mistakes/returns_in_reverse_order",
        "mistakes/greedy_action",
        "mistakes/discounts_forwards",
    ),
    LIGHT: (
        "correct/returns_by_accumulate",
        "mistakes/gamma_ignored",
        "mistakes/gamma_hard_coded",
        "mistakes/returns_in_reverse_order",
        "mistakes/discounts_forwards",
        "mistakes/last_reward_lost",
    ),
}
_REJECTED = ("empty", "pdf", "list")
# Right, and long enough at work for somebody to kill its process.
_SLOW = """\"\"\"Thinks before it answers.\"\"\"
# base: release

# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    import time

    time.sleep(0.1)
    weights = [gamma**k for k in range(len(rewards))]
    return np.array([np.dot(rewards[t:], weights[: len(rewards) - t]) for t in range(len(rewards))], float)
"""
KINDS = 11
_DIFFERS = {"seconds": 0.0, "engine": "", "judged_by": ""}


def lay_out(folder: Path, number: int, assignment: str = ASSIGNMENT) -> Path:
    """Write a class of so many notebooks, named for what is in them; each costs well under a second."""
    folder.mkdir(parents=True, exist_ok=True)
    names = _FILLED_IN[assignment]
    contents = {name.partition("/")[2]: _filled_in(name, assignment) for name in names}
    if assignment == LIGHT:
        contents["slow"] = corpus.build_case(_SLOW, LIGHT)
    contents |= {case.name: case.notebook() for case in corpus.choose(_REJECTED)}
    contents["untouched"] = student_edits.dump(corpus.base_notebook("release", assignment))
    kinds = list(contents)
    for index in range(number):
        kind = kinds[index % KINDS]
        (folder / f"{index:02}-{kind}.ipynb").write_bytes(contents[kind])
    return folder


def _filled_in(case: str, assignment: str) -> bytes:
    path = corpus.cases_of(assignment) / case / "edits.py"
    edits = student_edits.parse(path.read_text(encoding="utf-8"))
    released = dataclasses.replace(edits, base="release")
    notebooks = partial(corpus.base_notebook, assignment=assignment)
    return student_edits.dump(student_edits.apply(released, notebooks))


class Grading:
    """One `autograder grade` as a process of its own, with its output in a file beside the reports."""

    def __init__(
        self,
        submissions: Path,
        out: Path,
        engine: str,
        workers: int = 2,
        log: Path | None = None,
        env: dict[str, str] | None = None,
        assignment: str = ASSIGNMENT,
    ) -> None:
        self.out, self.engine, self.env = out / assignment, engine, env
        self.log = log or out.with_name(f"{out.name}.log")
        command = [
            sys.executable, "-m", "autograder", "grade", str(submissions), f"--out={out}",
            f"--assignment={assignment}", f"--engine={engine}", f"--workers={workers}", f"--seed={SEED}",
        ]  # fmt: skip
        with self.log.open("a") as said:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
        self.started = time.monotonic()

    def finish(self) -> int:
        """Wait for the end; return the exit status, negative for a signal."""
        return self.process.wait(timeout=900)

    def said(self) -> str:
        """Return all that it, and runs before it with the same reports, have printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def reports(self) -> list[Path]:
        """Return the reports that lie there by now."""
        return sorted(self.out.glob("*.json"))

    def until(self, reports: int) -> bool:
        """Wait for so many reports; tell whether the process was still at work then."""
        while self.process.poll() is None:
            if len(self.reports()) >= reports:
                return True
            time.sleep(0.005)
        return False

    def containers(self) -> list[str]:
        """Return the containers of this run that are running."""
        label = f"label=autograder.host-pid={self.process.pid}"
        return self.docker("ps", "--quiet", "--no-trunc", "--filter", label).split()

    def docker(self, *arguments: str) -> str:
        """Run the container engine's client against the engine of this run; return what it prints."""
        command = ["docker", *arguments]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env=self.env
        ).stdout

    def sessions(self) -> list[psutil.Process]:
        """Return the first process of each session, the warm parent, in no order."""
        if self.engine == "docker":
            return [p for name in self.containers() for p in self._first_of(name)]
        found = [p for own in _processes(self.process.pid) for p in children(own, recursive=True)]
        inside = {p.pid: p for p in those(found, _runs_sandbox)}
        return those(inside.values(), lambda p: p.ppid() not in inside)

    def _first_of(self, container: str) -> list[psutil.Process]:
        """Return the first process of a container; none where it has ended meanwhile."""
        with suppress(subprocess.CalledProcessError):
            pid = int(self.docker("inspect", "--format", "{{.State.Pid}}", container))
            return _processes(pid) if pid else []
        return []


def those(
    processes: Iterable[psutil.Process], holds: Callable[[psutil.Process], bool]
) -> list[psutil.Process]:
    """Return the processes of which `holds` is true; one that ends while it is asked is not there."""
    found = []
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            if holds(process):
                found.append(process)
    return found


def children(process: psutil.Process, recursive: bool = False) -> list[psutil.Process]:
    """Return what a process has started and what of that is there; nothing where it has ended itself."""
    with suppress(psutil.NoSuchProcess):
        return list(process.children(recursive))
    return []


def clients(grading: Grading) -> list[psutil.Process]:
    """Return what the run started itself: clients of the container engine, or bwrap."""
    return [p for own in _processes(grading.process.pid) for p in children(own)]


def checkers(grading: Grading) -> list[psutil.Process]:
    """Return the checkers: the third trusted process of each session."""
    return [p[2] for parent in grading.sessions() if len(p := _trusted(parent)) > 2]


def wrong_solutions(grading: Grading) -> list[psutil.Process]:
    """Return the processes in which wrong solutions of ours answer: each session's second trusted one."""
    return [p[1] for parent in grading.sessions() if len(p := _trusted(parent)) > 2]


def references(grading: Grading) -> list[psutil.Process]:
    """Return the references: the first trusted process of each session."""
    return [p[0] for parent in grading.sessions() if (p := _trusted(parent))]


def judges(grading: Grading) -> list[psutil.Process]:
    """Return the checkers' forks, each of which grades a submission."""
    return [fork for checker in checkers(grading) for fork in children(checker)]


def workers(grading: Grading) -> list[psutil.Process]:
    """Return the processes that run student code."""
    return [
        worker
        for parent in grading.sessions()
        for worker in those(children(parent), lambda process: not _is_trusted(process))
    ]


def hosts(grading: Grading) -> list[psutil.Process]:
    """Return `autograder grade` itself."""
    return _processes(grading.process.pid)


def parents(grading: Grading) -> list[psutil.Process]:
    """Return the warm parents."""
    return grading.sessions()


def kill(found: Callable[[Grading], list[psutil.Process]], grading: Grading, pick: float) -> bool:
    """Kill one of a run's processes of a kind, as soon as there is one; False where the run ended first.

    `pick`, from 0 to 1, chooses among several.
    """
    while grading.process.poll() is None:
        with suppress(psutil.NoSuchProcess, subprocess.CalledProcessError):
            if victims := sorted(found(grading), key=lambda process: process.pid):
                victims[int(pick * len(victims))].send_signal(signal.SIGKILL)
                return True
        time.sleep(0.01)
    return False


def kill_container(grading: Grading, pick: float) -> bool:
    """Kill one of a run's containers through its engine; False where the run ended first."""
    while grading.process.poll() is None:
        with suppress(subprocess.CalledProcessError):
            if names := sorted(grading.containers()):
                grading.docker("kill", names[int(pick * len(names))])
                return True
        time.sleep(0.01)
    return False


def marks(reports: list[Path]) -> dict[str, tuple[int, int]]:
    """Return what changes when a report is written again: its inode and its time."""
    return {path.name: ((s := path.stat()).st_ino, s.st_mtime_ns) for path in reports}


def contents(out: Path) -> dict[str, dict[str, Any]]:
    """Return all reports by student, without what differs between equal runs, on whatever engine."""
    found = (json.loads(path.read_bytes()) for path in out.glob("*.json"))
    return {content["student"]: content | _DIFFERS for content in found}


def complaints(out: Path, expected: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield what does not hold of a finished run's folder: reports as in the undisturbed run, none torn."""
    names = sorted(path.name for path in out.iterdir())
    beside = ("collected.csv", "judges", "scores.csv")
    wanted = sorted([*(f"{student}.json" for student in expected), *beside])
    if names != wanted:
        yield f"the folder differs: {sorted(set(names) ^ set(wanted))}"
    validator = Draft202012Validator(report.schema())
    found = contents(out)
    for student, content in found.items():
        yield from (f"{student}: {error.message[:200]}" for error in validator.iter_errors(content))
        if content != expected.get(student):
            yield f"{student}: another report than in the undisturbed run: {_brief(content)}"
    with (out / "scores.csv").open(encoding="utf-8", newline="") as table:
        rows = {row["student"]: row["score"] for row in csv.DictReader(table)}
    if rows != {student: str(content["score"]) for student, content in found.items()}:
        yield "scores.csv is not the table of the reports"


def _brief(content: dict[str, Any]) -> str:
    return f"{content['outcome']} {content['score']} {content['message'][:200]}"


def _trusted(parent: psutil.Process) -> list[psutil.Process]:
    return sorted(those(children(parent), _is_trusted), key=lambda process: process.pid)


def _is_trusted(process: psutil.Process) -> bool:
    """Workers have users of their own, far beyond those of people and services."""
    return bool(process.uids().real < 2**16)


def _runs_sandbox(process: psutil.Process) -> bool:
    return "autograder.sandbox" in process.cmdline() and process.name() != "bwrap"


def _processes(pid: int) -> list[psutil.Process]:
    """Return the process with this id, if there is one."""
    with suppress(psutil.NoSuchProcess):
        return [psutil.Process(pid)]
    return []


def daemon_socket() -> str:
    """Return the path of the socket on which the container engine listens."""
    command = ["docker", "context", "inspect", "--format", "{{.Endpoints.docker.Host}}"]
    host = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return host.strip().removeprefix("unix://")
