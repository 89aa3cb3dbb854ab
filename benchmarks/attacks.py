"""Attacks, tried on this autograder and on two others: who gains, who breaks, what is left behind.

    python -m benchmarks.attacks [--systems NAME...] [--only IDEA...]   try what was not tried yet
    python -m benchmarks.attacks --table                                print the table of the last run
    python -m benchmarks.attacks --readme                               put it into README.md beside this file

Each result goes to build/attacks.jsonl as soon as it is there, so an interrupted run goes on where it was:
only what has changed since, the notebook or what grades it, is tried again. At its end the results go to
results/attacks.json, beside those of the systems that were not asked for. README.md beside this file says
what is counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder.cases.loading import Case
from autograder.outputs.rubric import inserted
from benchmarks import attack_tables, machine
from benchmarks.peers import course, grade, ideas, image, ours
from benchmarks.peers.ideas import Idea, Notebook
from samples.corpus import ROOT

RESULTS = Path(__file__).with_name("results") / "attacks.json"
README = Path(__file__).with_name("README.md")
PROGRESS = ROOT / "build" / "attacks.jsonl"
CONTROLS = {
    "right": Notebook(grade.HONEST + '# %% after imports\n"nothing else"\n', course.MAX_SCORE),
    "untouched": Notebook('"""Untouched."""\n# base: release\n# %% after imports\n"no"\n', 0),
}
PEERS: dict[str, Callable[[str, str], grade.Graded]] = {
    "nbgrader": grade.nbgrader,
    "otter": grade.otter,
}
SYSTEMS = (*ours.ENGINES, *PEERS)
Result = dict[str, Any]


class NotComparable(RuntimeError):
    """A peer does not give a right solution all points, or an untouched one none."""


def main() -> int:
    """Try, write the results and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks")
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=SYSTEMS)
    parser.add_argument(
        "--only", nargs="+", metavar="IDEA", help="only these ideas, and no results"
    )
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    if not (options.table or options.readme):
        earlier = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        chosen = [idea for idea in ideas.load() if not options.only or idea.name in options.only]
        alone = {} if options.only else ideas.ours_only()
        results = attempt(chosen, alone, options.systems, earlier)
        if options.only:
            print(attack_tables.letters(results))
            return 0
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    table = attack_tables.everything(json.loads(RESULTS.read_text()))
    if options.readme:
        README.write_text(inserted(README.read_text(), table, "attacks"))
    else:
        print(table)
    return 0


def attempt(
    chosen: list[Idea], alone: dict[str, str], systems: tuple[str, ...], earlier: Result
) -> Result:
    """Return what came of every idea in these systems, and what `earlier` says of the others.

    `alone` names the cases that are tried on this autograder only. Raises NotComparable, ContainerError
    or EngineError.
    """
    progress = Progress(PROGRESS, earlier)
    results = {system: earlier[system] for system in SYSTEMS if system in earlier}
    for system in systems:
        if system in PEERS:
            results[system] = _peer(system, chosen, progress)
        else:
            names = {case for idea in chosen for case in idea.ours}
            results[system] = _ours(system, names | set(alone), chosen, progress)
    return results | {
        "ideas": [{"name": idea.name, "title": idea.title} for idea in chosen],
        "ours_only": alone,
        "machine": machine.facts(image.build()),
        "peers": image.versions(image.build()),
    }


class Progress:
    """What was tried already, under a key that changes with what is tried: the last results, and a file.

    Each line of the file is one result as a JSON object under its key.
    """

    def __init__(self, path: Path, earlier: Result) -> None:
        self._path = path
        self._known: dict[str, Result] = {}
        for system in SYSTEMS:
            tables = earlier.get(system, {})
            for result in (*tables.values(), *tables.get("cases", {}).values()):
                if "key" in result:
                    self._known[result["key"]] = result
        for line in path.read_text().splitlines() if path.exists() else []:
            self._known |= json.loads(line)

    def get(self, *parts: str) -> Result | None:
        """Return what came of it earlier."""
        key = _key(parts)
        return self._known[key] | {"key": key} if key in self._known else None

    def add(self, result: Result, *parts: str) -> Result:
        """Keep and return a result."""
        key = _key(parts)
        self._known[key] = result | {"key": key}
        self._path.parent.mkdir(exist_ok=True)
        with self._path.open("a") as file:
            file.write(json.dumps({key: self._known[key]}) + "\n")
        return self._known[key]


def _key(parts: tuple[str, ...]) -> str:
    head, *rest = parts
    return f"{head}-{hashlib.sha256(chr(0).join(rest).encode()).hexdigest()[:20]}"


def _peer(system: str, chosen: list[Idea], progress: Progress) -> Result:
    """Return a peer's results: of the controls, which must come out right, and of each idea."""
    name = image.build()
    asked = course.nbgrader_source().decode() + json.dumps(course.otter_files())
    results: Result = {}
    for idea, notebook in _notebooks(system, chosen):
        if isinstance(notebook, str):
            results[idea] = {"not_tried": notebook}
            continue
        parts = (f"{system}-{idea}", name, asked, notebook.text)
        result = progress.get(*parts)
        if result is None:
            result = progress.add(judged(PEERS[system](name, notebook.text), notebook), *parts)
            _say(system, idea, result)
        if idea in CONTROLS and (result["outcome"] != "-" or result["score"] != notebook.earned):
            raise NotComparable(f"{system} gave the {idea} notebook {result['score']}")
        results[idea] = result
    return results


def _notebooks(system: str, chosen: list[Idea]) -> Iterator[tuple[str, Notebook | str]]:
    yield from CONTROLS.items()
    for idea in chosen:
        yield idea.name, idea.peers[system]


def judged(graded: grade.Graded, notebook: Notebook) -> Result:
    """Return the verdict on what a peer made of a notebook, beside what it is made from.

    G: more points than the notebook's honest part earns, or a script where somebody reads feedback. X: fewer,
    or none at all, or fewer for the student behind. L: something of it is still there.
    """
    gained = (graded.score or 0.0) > notebook.earned + 1e-6 or graded.script
    lost = graded.score is None or graded.score < notebook.earned - 1e-6
    harmed = graded.bystander is not None and graded.bystander < course.MAX_SCORE
    broken = harmed or (lost and notebook.earned > 0)
    verdict = "G" * gained + "X" * broken + "L" * bool(graded.left)
    return {
        "outcome": verdict or "-",
        "score": graded.score,
        "earned": notebook.earned,
        "bystander": graded.bystander,
        "left": graded.left[:5],
        "script": graded.script,
        "killed": graded.killed,
        "output": graded.output[-400:],
    }


def _ours(system: str, names: set[str], chosen: list[Idea], progress: Progress) -> Result:
    """Return an engine's results: of every case, and per idea what came of its cases together."""
    keyed = ours.keys(system, names)
    parts = {case.name: parts for case, parts in keyed}
    cases = {name: progress.get(*key) for name, key in parts.items()}

    def record(case: Case, result: Result) -> None:
        cases[case.name] = progress.add(result, *parts[case.name])
        _say(system, case.name, result)

    ours.attempts(system, [pair for pair in keyed if cases[pair[0].name] is None], record)
    results: Result = {"cases": cases}
    for idea in chosen:
        together = "".join(cases[case]["outcome"] for case in idea.ours)
        verdict = "".join(letter for letter in "GXL" if letter in together) or "-"
        results[idea.name] = {"outcome": verdict, "cases": list(idea.ours)}
    return results


def _say(system: str, name: str, result: Result) -> None:
    words = f"{result['outcome']:4} {result['score']} of {result['earned']}"
    print(f"{system:10} {name:36} {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
