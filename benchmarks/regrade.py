"""How long it takes to score a large class anew after its weights changed.

    python -m benchmarks.regrade [--students 1000] GRADED

GRADED is a folder of reports of policy_gradient, of the sample class for instance: students are copied until
there are enough. Everything happens in a copy of the course, whose settings are changed there.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.engines.process import ProcessEngine
from autograder.regrade import judges

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("checks", "source", "release", "docker", "requirements.lock")


def laid_out(folder: Path, assignment: str) -> Course:
    """Copy of the course what grading an assignment needs."""
    for name in PARTS:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name)
        elif path.is_file():
            shutil.copy(path, folder / name)
    return Course(folder, assignment)


def main(arguments: list[str] | None = None) -> int:
    """Measure the command with and without --apply, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.regrade")
    parser.add_argument("graded", type=Path)
    parser.add_argument("--assignment", default="policy_gradient")
    parser.add_argument("--students", type=int, default=1000)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        course = laid_out(Path(name), asked.assignment)
        judge = ProcessEngine(course).digest()
        store = Store(course.root / "graded" / asked.assignment)
        known = Store(asked.graded).all().reports
        for number in range(asked.students):
            original = known[number % len(known)]
            who = {"student": f"{original.student} {number:04}", "judged_by": judge}
            store.write(original.model_copy(update=who))
        judges.keep(store.folder, course, judge)
        text = course.settings.read_text("utf-8")
        weight = re.compile(
            r"(\.checks\]\n\w+ = )([1-9]\d*)$", re.MULTILINE
        )  # of the first checks, doubled
        course.settings.write_text(weight.sub(lambda m: f"{m[1]}{2 * int(m[2])}", text))
        command = [sys.executable, "-m", "autograder", "regrade", "--engine", "process",
                   "--assignment", asked.assignment]  # fmt: skip
        spent = 0.0
        for option in ([], ["--apply"]):
            begin = time.perf_counter()
            done = subprocess.run(
                [*command, *option], cwd=course.root, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise SystemExit(done.stderr)
            seconds = time.perf_counter() - begin
            cpu = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - spent
            spent += cpu
            print(
                f"{' '.join(['regrade', *option])}: {seconds:.1f} s, of processor time {cpu:.1f} s"
            )
            print(
                "".join(line for line in done.stdout.splitlines(True) if "lose, " in line), end=""
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
