"""Runs notebooks from top to bottom, each in a process of its own, and hears what their visible checks say.

The cells are those that a student has. Games end early, nothing is shown, and what is no check runs its
TensorFlow functions eagerly, since nobody waits for a training here. The checks run as students have them:
of a notebook with a mistake those of the exercises that are wrong, and of a right one all, but where nothing
but solutions differ from our own: there those whose check calls a solution that differs.
"""

from __future__ import annotations

import functools
import json
import os
import re
import selectors
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.cases.loading import MISTAKES, Case, base_notebook
from autograder.course.folder import find_course
from autograder.submission.assignment import SOLUTION_SUFFIX
from autograder.submission.read import Cell, Rejected, read_notebook

ROOT = Path(__file__).resolve().parents[2]
COURSE = find_course(ROOT, "policy_gradient")
SIDE_BY_SIDE = 2
SECONDS = 90  # in which a notebook says nothing
HANGS, DIES = "This cell does not end.", "The kernel died in this cell."
SETTINGS = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "NR_EPISODES": "2",
    "LIVE_VIEW": "0",
    "MPLBACKEND": "agg",
    # Notebooks run side by side: threads of one would only wait for those of another.
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
# Which solutions a check calls beside the exercise's own, as visible/__init__.py has it.
NEEDS = {"run_episode": {"select_action"}, "train": {"discount_rewards"}}
LEFT_OUT = (
    "trained_agent_summary",
    "small_game",
    "go_on",
    "evaluate_untrained",
    "evaluate_model",
    "evaluate_trained",
    "hand_in",
)
SHORT_GAMES = """
import policy_gradient as _pong
_step = _pong.PongEnv.step
def _short(self, action):
    observation, reward, terminated, truncated, info = _step(self, action)
    truncated = truncated or not terminated and self._steps == 32
    self._running = not (terminated or truncated)
    return observation, reward, terminated, truncated, info
_pong.PongEnv.step = _short
"""
# A check cell is known by what stands in it: some tools lose nbgrader's metadata.
CHECK = re.compile(r"^check\(\"(\w+)\", globals\(\)\)", re.MULTILINE)

_BUILT: dict[tuple[str, str], list[Cell]] = {}

Said = dict[str, str]
"""What the check of each exercise said: nothing where it passed."""


def prepare() -> None:
    """Import what every notebook imports; run no operation, since a fork would wait for its threads."""
    os.environ.update(SETTINGS)
    sys.path.insert(0, str(COURSE.release))
    import keras  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import tensorflow  # noqa: F401
    import utils  # noqa: F401
    from policy_gradient import PongEnv

    from autograder.worker.shell import shell

    shell()
    exec(SHORT_GAMES, {})
    PongEnv()


@dataclass
class _Run:
    """A notebook that runs, and what was heard of it so far."""

    case: Case
    pid: int
    hears: int
    deadline: float
    heard: bytes = b""
    timed_out: bool = False
    said: Said = field(default_factory=dict)

    def read(self) -> bool:
        """Read what there is; tell whether more may come."""
        piece = os.read(self.hears, 65536)
        self.heard += piece
        self.deadline = time.monotonic() + SECONDS
        return bool(piece)

    def end(self) -> Said:
        """End its processes; return what its checks said."""
        os.close(self.hears)
        os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        said: Said = {}
        for line in self.heard.splitlines():
            exercise, text = json.loads(line)
            said[exercise] = (HANGS if self.timed_out else DIES) if text is None else text
        return said


def run_all(cases: list[tuple[Case, set[str]]]) -> Iterator[tuple[Case, Said]]:
    """Run the notebook of each case, two side by side; yield what the checks of these exercises said.

    A case comes as soon as it has ended.
    """
    waiting = [*reversed(cases)]
    with selectors.DefaultSelector() as selector:
        while waiting or selector.get_map():
            while waiting and len(selector.get_map()) < SIDE_BY_SIDE:
                run = _start(*waiting.pop())
                selector.register(run.hears, selectors.EVENT_READ, run)
            ready = {key.fd for key, _ in selector.select(timeout=1)}
            for key in [*selector.get_map().values()]:
                run = key.data
                run.timed_out = time.monotonic() > run.deadline
                if run.timed_out or (key.fd in ready and not run.read()):
                    selector.unregister(key.fd)
                    yield run.case, run.end()


def _start(case: Case, exercises: set[str]) -> _Run:
    hears, says = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        try:
            _run(_cells(case, exercises), says)
        finally:
            os._exit(0)
    os.close(says)
    _wait_for_session(pid)
    return _Run(case, pid, hears, time.monotonic() + SECONDS)


def _wait_for_session(pid: int) -> None:
    """Wait until a child leads a process group, so that it can be ended with all that it starts."""
    while os.getpgid(pid) != pid:
        time.sleep(0.001)


def _run(cells: list[tuple[Cell, str]], says: int) -> None:
    """Run cells, and say of each check what it said; null before it has ended."""
    from autograder.worker.cells import Notebook

    with tempfile.TemporaryDirectory(prefix="visible-") as temporary:
        folder = Path(temporary) / "policy_gradient"
        shutil.copytree(COURSE.release, folder)
        os.chdir(folder)
        notebook = Notebook()
        for cell, exercise in cells:
            notebook.names.setdefault("In", []).append(cell.source)
            _run_eagerly(not exercise)
            if exercise:
                os.write(says, json.dumps([exercise, None]).encode() + b"\n")
            raised = notebook.run(cell.grade_id or "cell", cell.source)
            if exercise:
                told = f"{raised[0].type_name}: {raised[0].text}" if raised else ""
                os.write(says, json.dumps([exercise, told]).encode() + b"\n")


def needed(case: Case) -> set[str]:
    """Return the exercises of which the visible check is tried with a case."""
    try:
        cells = cells_of(case)
    except Rejected:
        return set()
    found = {check[1] for cell in cells if (check := CHECK.search(cell.source))}
    return found & (case.expected.loses.keys() if case.kind == MISTAKES else _touched(cells, found))


def _touched(cells: list[Cell], exercises: set[str]) -> set[str]:
    """Return the exercises with another solution than ours, and those whose checks call one of them.

    Where other cells have changed, too, these are all exercises below the first change.
    """
    sources = [cell.source for cell in cells]
    solved = {exercise: _solved()[f"{exercise}{SOLUTION_SUFFIX}"] for exercise in exercises}
    changed = {exercise for exercise, source in solved.items() if source not in sources}
    others = [source for source in _solved().values() if source not in solved.values()]
    same = len(sources) == len(_solved()) and all(source in sources for source in others)
    if not changed:
        return exercises
    if not same:
        known = set(_solved().values())
        first = next((n for n, source in enumerate(sources) if source not in known), 0)
        return {check[1] for source in sources[first:] if (check := CHECK.search(source))}
    return changed | {exercise for exercise, needs in NEEDS.items() if changed & needs}


def cells_of(case: Case) -> list[Cell]:
    """Return the cells of a case's notebook, which is built once."""
    key = case.kind, case.name
    if key not in _BUILT:
        _BUILT[key] = read_notebook(case.notebook()).cells
    return _BUILT[key]


def _cells(case: Case, exercises: set[str]) -> list[tuple[Cell, str]]:
    """Return the cells up to the last check of these exercises, each with what it checks, or ""."""
    wanted = []
    for cell in cells_of(case):
        found = CHECK.search(cell.source)
        exercise = found[1] if found else ""
        if cell.grade_id not in LEFT_OUT and (not exercise or exercise in exercises):
            wanted.append((cell, exercise))
    while wanted and not wanted[-1][1]:
        wanted.pop()
    return wanted


@functools.cache
def _solved() -> dict[str, str]:
    """Return the sources of the solved notebook's cells by their names."""
    cells = base_notebook(COURSE, "solved")["cells"]
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in cells
        if cell["cell_type"] == "code"
    }


def _run_eagerly(wanted: bool) -> None:
    """Switch the tracing of functions off, or on; it takes most of the time of a short training."""
    import tensorflow

    tensorflow.config.run_functions_eagerly(wanted)
