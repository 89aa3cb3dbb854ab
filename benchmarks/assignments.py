"""What each assignment of the course costs, side by side: a session's start, and one right submission.

    python -m benchmarks.assignments [--rounds 5] [--checkout OTHER]

Sessions are containers, one assignment after the other in each round, so that a machine that becomes slower
becomes slower for all. With --checkout the same is measured of another checkout of this project in the same
rounds, and the ratio of the two is printed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from autograder.course.folder import assignments
from benchmarks.machine import facts

ROOT = Path(__file__).resolve().parent.parent
SUBMISSIONS = 10
# Runs in a process of its own, so that either checkout imports its own package.
PROGRAM = """
import json, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from autograder.course.folder import Course
from autograder.engines.docker import DockerEngine
from benchmarks.measure import Container
course = Course(Path(sys.argv[1]), sys.argv[2])
engine = DockerEngine(course)
engine.build(quiet=True)
started = time.perf_counter()
session = engine.start()
start = time.perf_counter() - started
container = Container()
ready = container.cpu()
notebook = course.master.read_bytes()
session.grade(notebook, 0)
before, started = container.cpu(), time.perf_counter()
for seed in range(int(sys.argv[3])):
    session.grade(notebook, seed)
wall = time.perf_counter() - started
cost = container.cpu() - before
session.close()
count = int(sys.argv[3])
print(json.dumps({"start": start, "start_cpu": ready, "cpu": cost / count, "wall": wall / count}))
"""


def measure(checkout: Path, assignment: str) -> dict[str, float]:
    """Return seconds: a session's start, wall and CPU, and a submission's CPU and wall."""
    command = [sys.executable, "-c", PROGRAM, str(checkout), assignment, str(SUBMISSIONS)]
    ended = subprocess.run(command, cwd=checkout, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run this module's command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.assignments")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--checkout", type=Path, help="another checkout to measure beside this one")
    parser.add_argument("--assignment", help="one assignment in place of all")
    options = parser.parse_args(arguments)
    names = [options.assignment] if options.assignment else assignments(ROOT)
    checkouts = {"here": ROOT} | ({"there": options.checkout} if options.checkout else {})
    found: dict[tuple[str, str], list[dict[str, float]]] = {}
    for number in range(options.rounds):
        for name in names:
            for place, checkout in checkouts.items():
                found.setdefault((name, place), []).append(measure(checkout.resolve(), name))
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
    print(
        "| assignment | checkout | session ready, s | start, CPU s | a submission, CPU s | wall s |"
    )
    print("|---|---|---:|---:|---:|---:|")
    for (name, place), rounds in found.items():
        medians = [
            statistics.median(each[key] for each in rounds)
            for key in ("start", "start_cpu", "cpu", "wall")
        ]
        print(f"| {name} | {place} | {' | '.join(f'{value:.2f}' for value in medians)} |")
    if options.checkout:
        for name in names:
            pairs = zip(found[name, "here"], found[name, "there"], strict=True)
            ratios = [here["cpu"] / there["cpu"] for here, there in pairs]
            print(
                f"{name}: a submission costs {statistics.median(ratios):.3f} times what it does there"
            )
    machine = facts()
    print(
        f"\nMedians of {options.rounds} rounds of {SUBMISSIONS} submissions, {machine['date']}: "
        f"{machine['processor']}, {machine['cores']} cores, load {machine['load_average']} at the end."
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
