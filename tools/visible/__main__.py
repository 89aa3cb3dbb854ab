"""What do the checks that students see say of the notebooks that the hidden ones are tried with?

python -m tools.visible [--only NAME...] [--write PAGE]   run them, print the table and who slipped through

`--only` takes names of cases, or patterns such as 'build_*'. What was heard is kept in build/, and a notebook
runs again when it or a check has changed in the release, which `autograder release` makes. The exit status is
1 where the visible check of a right solution did not pass.
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
from pathlib import Path

from autograder.cases.loading import CORRECT, MISTAKES, Case, exercise_points, load_cases
from tools.visible import page
from tools.visible.judged import judge
from tools.visible.kept import Kept
from tools.visible.running import COURSE, Said, needed, prepare, run_all


def main() -> int:
    """Do what the command line says; return the exit status."""
    parser = argparse.ArgumentParser(description="Try the visible checks with all cases.")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="names or patterns of cases"
    )
    parser.add_argument("--write", metavar="PAGE", help="write the page of documentation")
    parser.add_argument("--anew", action="store_true", help="run also what has not changed")
    arguments = parser.parse_args()
    if arguments.only and arguments.write:
        parser.error("--write wants all cases, --only leaves some out")
    cases = wanted(arguments.only)
    judged = judge(cases, listen(cases, Kept(arguments.anew)))
    print(page.table(judged), *page.details(judged, bool(arguments.only)), sep="\n")
    if arguments.write:
        Path(arguments.write).write_text(page.written(judged, cases), encoding="utf-8")
    return int(any(each.stopped_though_right for each in judged))


def listen(cases: list[Case], kept: Kept) -> dict[tuple[str, str], Said]:
    """Run what has to be run; return what the visible checks said, by kind and name of the case."""
    said, waiting = {}, []
    for case in cases:
        exercises, known = needed(case), kept.said(case)
        said[case.kind, case.name] = {each: known[each] for each in exercises & known.keys()}
        if exercises - known.keys():
            waiting.append((case, exercises - known.keys()))
    if waiting:
        prepare()
    for number, (case, heard) in enumerate(run_all(waiting), 1):
        said[case.kind, case.name] |= heard
        kept.add(case, heard)
        print(f"{number} of {len(waiting)}: {case.name}", file=sys.stderr, flush=True)
    return said


def wanted(patterns: list[str]) -> list[Case]:
    """All right and wrong cases, or those of which the name fits a pattern."""
    points = exercise_points(COURSE)
    cases = [case for kind in (CORRECT, MISTAKES) for case in load_cases(COURSE, points, kind)]
    return [
        case
        for case in cases
        if not patterns or any(fnmatch.fnmatch(case.name, each) for each in patterns)
    ]


if __name__ == "__main__":
    sys.exit(main())
