"""What do the checks that students see say of the notebooks that the hidden ones are tried with?

python -m tools.visible [--only NAME...]   run them, print the table and who slipped through

Each right notebook and each one with a mistake runs in a process of its own, from top to bottom, in short
games. A visible check is right where it stops a mistake in its exercise and lets a right solution pass.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

os.environ.update(
    TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", NR_EPISODES="2", LIVE_VIEW="0", MPLBACKEND="agg"
)  # fmt: skip

from autograder.cases.loading import CORRECT, MISTAKES, Case, exercise_points, load_cases
from autograder.course.folder import find_course
from autograder.submission.read import Cell, Rejected, read_notebook

ROOT = Path(__file__).resolve().parent.parent
COURSE = find_course(ROOT, "policy_gradient")
SECONDS = 60  # for one notebook
# Games end early here, and nothing is shown: the checks themselves are as students have them.
SHORT = """
import policy_gradient as _pong
_made = _pong.PongEnv.__init__
def _short(self, *args, **kwargs):
    _made(self, *args, **{"max_steps": 40, **kwargs})
_pong.PongEnv.__init__ = _short
"""
LEFT_OUT = (
    "evaluate_untrained",
    "evaluate_model",
    "evaluate_trained",
    "trained_agent_summary",
    "hand_in",
)


def main() -> int:
    """Do what the command line says; return 1 where a right solution was stopped."""
    parser = argparse.ArgumentParser(description="Try the visible checks with all cases.")
    parser.add_argument("--only", nargs="+", default=[], help="names of cases")
    arguments = parser.parse_args()
    points = exercise_points(COURSE)
    cases = [case for kind in (CORRECT, MISTAKES) for case in load_cases(COURSE, points, kind)]
    cases = [case for case in cases if not arguments.only or case.name in arguments.only]
    _prepare()
    said = {}
    for number, case in enumerate(cases, 1):
        _show(number, len(cases))
        said[case.kind, case.name] = visible(case)
    return report(cases, said, list(points), bool(arguments.only))


def report(cases: list[Case], said: dict, exercises: list[str], verbose: bool) -> int:
    """Print the table; return the exit status."""
    found, missed, passed, stopped = Counter(), Counter(), Counter(), Counter()
    lines = []
    for case in cases:
        for exercise, sentence in said[case.kind, case.name].items():
            wrong = exercise in case.expected.loses
            where = (found if sentence else missed) if wrong else (stopped if sentence else passed)
            where[exercise] += 1
            if (
                verbose
                or (wrong and not sentence)
                or (not wrong and sentence and case.kind == CORRECT)
            ):
                lines.append(f"{case.kind}/{case.name}: {exercise}: {sentence or 'passed'}")
            if (
                case.kind == MISTAKES and not wrong and sentence
            ):  # another exercise's fault, or the check's
                lines.append(f"  beside: {case.name}: {exercise}: {sentence[:160]}")
    print(
        "| exercise | mistakes | stopped | right solutions | stopped |\n|---|---:|---:|---:|---:|"
    )
    for exercise in exercises:
        mistakes, right = found[exercise] + missed[exercise], passed[exercise] + stopped[exercise]
        print(f"| `{exercise}` | {mistakes} | {found[exercise]} | {right} | {stopped[exercise]} |")
    share = found.total() / max(1, found.total() + missed.total())
    print(f"\n{share:.1%} of the mistakes are stopped.\n", *lines, sep="\n")
    return int(any(line.startswith(CORRECT) for line in lines))


def _show(number: int, count: int) -> None:
    if number % 10 == 0 or number == count:
        print(f"{number} of {count}", file=sys.stderr, flush=True)


def _prepare() -> None:
    """Import what every notebook imports; run no operation, since a fork would wait for its threads."""
    sys.path.insert(0, str(COURSE.release))
    import keras  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import tensorflow  # noqa: F401
    import utils  # noqa: F401
    from policy_gradient import PongEnv

    from autograder.worker.shell import shell

    shell()
    exec(SHORT, {})
    PongEnv()


def visible(case: Case) -> dict[str, str]:
    """Return what the visible checks of a case's notebook say, by exercise: nothing where they pass."""
    try:
        cells = read_notebook(case.notebook()).cells
    except Rejected:
        return {}
    hears, says = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        try:
            _run(cells, says)
        finally:
            os._exit(0)
    os.close(says)
    data = _read(hears)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return dict(json.loads(line) for line in data.splitlines() if line.startswith(b"["))


def _read(hears: int) -> bytes:
    """Return what a run says until it ends or its time is over."""
    data, deadline = b"", time.monotonic() + SECONDS
    with os.fdopen(hears, "rb", buffering=0) as stream:
        while select.select([stream], [], [], max(0, deadline - time.monotonic()))[0]:
            piece = stream.read(65536)
            if not piece:
                break
            data += piece
    return data


def _run(cells: list[Cell], says: int) -> None:
    from autograder.worker.cells import Notebook

    with tempfile.TemporaryDirectory(prefix="visible-") as temporary:
        folder = Path(temporary) / "policy_gradient"
        shutil.copytree(COURSE.release, folder)
        os.chdir(folder)
        notebook = Notebook()
        for cell in cells:
            exercise = cell.grade_id if cell.is_check else ""
            if cell.grade_id in LEFT_OUT:
                continue
            notebook.names.setdefault("In", []).append(cell.source)
            raised = notebook.run(cell.grade_id or "cell", cell.source)
            if exercise:
                told = f"{raised[0].type_name}: {raised[0].text}" if raised else ""
                os.write(says, json.dumps([exercise, told]).encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
