"""What do the checks that students see say of the notebooks that the hidden ones are tried with?

python -m tools.visible [--only NAME...] [--write PAGE]   run them, print the table and who slipped through

`--only` takes names of cases, or patterns such as 'build_*'. The exit status is 1 where the visible check of
a right solution did not pass.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import sys
from pathlib import Path

from autograder.cases.loading import CORRECT, MISTAKES, Case, exercise_points, load_cases
from tools.visible import page
from tools.visible.judged import Judged, judge
from tools.visible.running import COURSE, prepare, run_all


def main() -> int:
    """Do what the command line says; return the exit status."""
    parser = argparse.ArgumentParser(description="Try the visible checks with all cases.")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="names or patterns of cases")
    parser.add_argument("--write", metavar="PAGE", help="write the page of documentation")
    parser.add_argument("--json", metavar="FILE", help="keep all that was said")
    arguments = parser.parse_args()
    if arguments.only and arguments.write:
        parser.error("--write wants all cases, --only leaves some out")
    cases = wanted(arguments.only)
    prepare()
    said = {}
    for number, (case, heard) in enumerate(run_all(cases), 1):
        said[case.kind, case.name] = heard
        print(f"{number} of {len(cases)}: {case.name}", file=sys.stderr, flush=True)
    judged = judge(cases, said)
    print(page.table(judged), *page.details(judged, bool(arguments.only)), sep="\n")
    if arguments.json:
        Path(arguments.json).write_text(json.dumps([vars(each) for each in judged], indent=1))
    if arguments.write:
        Path(arguments.write).write_text(page.written(judged, cases), encoding="utf-8")
    return int(any(each.stopped_though_right for each in judged))


def wanted(patterns: list[str]) -> list[Case]:
    """All right and wrong cases, or those of which the name fits a pattern."""
    points = exercise_points(COURSE)
    cases = [case for kind in (CORRECT, MISTAKES) for case in load_cases(COURSE, points, kind)]
    return [
        case for case in cases if not patterns or any(fnmatch.fnmatch(case.name, each) for each in patterns)
    ]


if __name__ == "__main__":
    sys.exit(main())
