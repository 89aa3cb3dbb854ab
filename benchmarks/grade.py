"""What grading one right submission costs: ours, ours with a container for each, and nbgrader's.

    python -m benchmarks.grade [--rounds N] [--notebooks N] [--out FILE]
    python -m benchmarks.grade --table [--out FILE]       print an earlier run's tables again
    python -m benchmarks.grade --readme                   put the committed results into README.md

The systems take turns, round by round, on the same notebooks, so that a machine that grows busy does so
for all of them. README.md beside this file says what is counted, and what is not equal.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from autograder.cases import student_edits
from autograder.course.folder import find_course
from autograder.engines.base import Engine
from autograder.engines.docker import DockerEngine
from autograder.outputs.rubric import inserted
from benchmarks import machine, tables
from benchmarks.measure import Clock, Container, Cost, daemon_cpu
from benchmarks.nbgrader_course import ASSIGNMENT, ROOT, Course
from samples import corpus
from samples.corpus import points

RESULTS = Path(__file__).with_name("results") / "grade.json"
# Right solutions that nbgrader can grade too: metadata whole, no cell that hangs or ends the process.
NOTEBOOKS = (
    "sequential_model",
    "returns_by_accumulate",
    "train_with_epsilon",
    "action_by_cumulative_sum",
    "types_and_docstrings",
    "compile_with_objects",
)
SEED = 1


class NotComparable(RuntimeError):
    """A right submission did not get all points, so what it cost says nothing."""


@dataclass
class Measured:
    """All costs of one system: of its start, and of each submission."""

    starts: list[Cost] = field(default_factory=list)
    each: list[Cost] = field(default_factory=list)
    checks: int = 0

    def plain(self) -> dict[str, Any]:
        """Return the medians, and beside them every value that they are made of."""
        everything = {"starts": _plain(self.starts), "each": _plain(self.each)}
        medians = {"start": median(self.starts), "each": median(self.each)}
        return {"checks": self.checks} | medians | {"measured": everything}


def main() -> int:
    """Measure, write the results and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grade")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--notebooks", type=int, default=len(NOTEBOOKS))
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    if options.readme:
        readme = ROOT / "README.md"
        table = tables.summary(json.loads(RESULTS.read_text()))
        readme.write_text(inserted(readme.read_text(), table, "benchmark"))
        return 0
    if not options.table:
        results = measure(options.rounds, NOTEBOOKS[: options.notebooks])
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n")
    print(tables.everything(json.loads(options.out.read_text())))
    return 0


def measure(rounds: int, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the results of so many rounds on the named notebooks; one more round goes before as a warm-up.

    Raises NotComparable where a right solution lost points, EngineError where Docker cannot be used.
    """
    engine = DockerEngine(find_course(ROOT, ASSIGNMENT))
    engine.build()
    notebooks = {case.name: case.notebook() for case in corpus.choose(names)}
    with tempfile.TemporaryDirectory() as folder:
        lean = Course(Path(folder) / "lean", notebooks, lean=True)
        first = dict(list(notebooks.items())[:1])
        whole = Course(Path(folder) / "whole", first, lean=False)
        _round(engine, first, lean, whole)  # fills the disk cache and compiles bytecode
        systems: dict[str, Measured] = {}
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
            for name, measured in _round(engine, notebooks, lean, whole).items():
                _add(systems.setdefault(name, Measured()), measured)
    return {
        "machine": machine.facts(engine.image),
        "rounds": rounds,
        "notebooks": names,
        "systems": {name: measured.plain() for name, measured in systems.items()},
        "exercises": {name: median(costs) for name, costs in _exercises(engine, rounds).items()},
    }


def _round(
    engine: Engine, notebooks: dict[str, bytes], lean: Course, whole: Course
) -> dict[str, Measured]:
    """Return what one round cost, system by system in turn."""
    alone = [_session(engine, [content]) for content in notebooks.values()]
    return {
        "warm": _session(engine, list(notebooks.values())),
        "container": Measured(
            each=[_sum(one.starts[0], one.each[0]) for one in alone], checks=alone[0].checks
        ),
        "nbgrader_lean": _nbgrader(lean),
        "nbgrader_whole": _nbgrader(whole),
    }


def _session(engine: Engine, notebooks: list[bytes], full_marks: bool = True) -> Measured:
    """Grade notebooks in one session; what it took to start and end it is its start's cost."""
    daemon, starting = daemon_cpu(), Clock()
    session = engine.start()
    start, container, measured = starting.cost(), Container(), Measured()
    start_cpu = start.cpu + container.cpu()
    for notebook in notebooks:
        clock, before = Clock(), container.cpu()
        judgement = session.grade(notebook, SEED)
        cost = clock.cost()
        measured.each.append(Cost(cost.cpu + container.cpu() - before, cost.wall, container.peak()))
        measured.checks = sum(len(exercise.checks) for exercise in judgement.exercises)
        if full_marks and judgement.score != judgement.max_score:
            raise NotComparable(
                f"a right submission got {judgement.score}: {judgement.message or judgement.fault}"
            )
    ending = Clock()
    session.close()
    end = ending.cost()  # only now the docker client's own CPU is known
    cpu = start_cpu + end.cpu + daemon_cpu() - daemon
    measured.starts.append(Cost(cpu, start.wall + end.wall))
    return measured


def _nbgrader(course: Course) -> Measured:
    """Return the cost of one `nbgrader autograde`, split into its start and each submission."""
    start, total, number = course.start_after_grading()
    each = Cost((total.cpu - start.cpu) / number, (total.wall - start.wall) / number, total.peak)
    return Measured([start], [each], len(points(ASSIGNMENT)))


def _exercises(engine: Engine, rounds: int) -> dict[str, list[Cost]]:
    """Return what notebooks cost in which only one exercise was attempted, none of them, and all."""
    names = tuple(points(ASSIGNMENT))
    wanted = {"none": (), "all": names} | {name: (name,) for name in names}
    notebooks = [_attempting(exercises) for exercises in wanted.values()]
    _, *costs = _session(engine, [notebooks[1], *notebooks * rounds], full_marks=False).each
    return {name: costs[number :: len(wanted)] for number, name in enumerate(wanted)}


def _attempting(exercises: tuple[str, ...]) -> bytes:
    """Return the solved master with every other exercise as it was released."""
    others = [name for name in points(ASSIGNMENT) if name not in exercises]
    edits = [student_edits.Edit("reset", f"{name}_solution") for name in others]
    changed = student_edits.apply(student_edits.Edits("", changes=edits), corpus.base_notebook)
    return student_edits.dump(changed)


def _add(to: Measured, more: Measured) -> None:
    to.starts += more.starts
    to.each += more.each
    to.checks = more.checks


def _sum(one: Cost, other: Cost) -> Cost:
    return Cost(one.cpu + other.cpu, one.wall + other.wall, other.peak)


def _plain(costs: list[Cost]) -> list[dict[str, float]]:
    plain = [{k: v for k, v in asdict(cost).items() if v is not None} for cost in costs]
    return [{k: round(v, 3) for k, v in cost.items()} for cost in plain]


def median(costs: list[Cost]) -> dict[str, float]:
    """Return the median of every figure that all of `costs` have; nothing where there are none."""
    plain = _plain(costs)
    names = plain[0] if plain else {}
    return {name: round(statistics.median(cost[name] for cost in plain), 3) for name in names}


if __name__ == "__main__":
    raise SystemExit(main())
