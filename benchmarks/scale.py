"""What many submissions cost beside their grading, on one machine and on several.

    python -m benchmarks.scale [--number N] [--seconds S] [--ways WAY ...] [--folder DIR] [--out FILE]
    python -m benchmarks.scale --table     print the table of the last run again
    python -m benchmarks.scale --readme    put it into README.md beside this file and into docs/clusters.md

README.md says what is counted.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import tempfile
from pathlib import Path
from typing import Any

from autograder.outputs.rubric import inserted
from benchmarks import machine
from benchmarks.scale_ways import WAYS, Class

RESULTS = Path(__file__).with_name("results") / "scale.json"
README = Path(__file__).with_name("README.md")
PAGES = (README, README.parents[1] / "docs" / "clusters.md")
NUMBER, FEW = 10_000, 1_000
SECONDS = 0.01  # of a simulated session


def main() -> int:
    """Measure, or show what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--number", type=int, default=NUMBER)
    parser.add_argument("--few", type=int, default=FEW)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=["shards", "slurm", "dask"])
    parser.add_argument("--folder", type=Path, default=Path("/dev/shm"), help="where classes are")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true", help="only print the table of the last run")
    parser.add_argument("--readme", action="store_true", help="only put it into README.md")
    options = parser.parse_args()
    if not (options.table or options.readme):
        _measure(options)
    text = table(json.loads(options.out.read_text()))
    print(text)
    if options.readme:
        for page in PAGES:
            page.write_text(inserted(page.read_text(), text, "scale"))
    return 0


def _measure(asked: argparse.Namespace) -> None:
    found = json.loads(asked.out.read_text()) if asked.out.exists() else {"rows": {}}
    found |= {"seconds": asked.seconds, "folder": str(asked.folder)}
    for way in asked.ways:
        rows = []
        for workers, number in ((1, asked.number), (2, asked.number), (2, asked.few)):
            with tempfile.TemporaryDirectory(prefix="scale-", dir=asked.folder) as folder:
                run = WAYS[way](Class(Path(folder), number, asked.seconds), workers)
            print(f"{way}, {workers} workers, {number}: {run}", flush=True)
            rows.append({"workers": workers, "number": number, **dataclasses.asdict(run)})
        found["rows"][way] = rows
        found["machine"] = machine.facts()
        asked.out.write_text(json.dumps(found, indent=2) + "\n")


def table(found: dict[str, Any]) -> str:
    """Return the table of a run: a row for each way."""
    lines = [
        "| | submissions | reports | speed-up of two workers | overhead, ms | CPU, ms | "
        "peak MiB | of a tenth of them |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for way, (one, two, few) in found["rows"].items():
        lines.append(
            f"| {way} | {two['number']:,} | {two['reports']:,} | {one['wall'] / two['wall']:.2f} | "
            f"{_overhead(two, found['seconds']):.2f} | {1000 * two['cpu'] / two['number']:.2f} | "
            f"{two['peak']:.0f} | {few['peak']:.0f} |"
        )
    about = found["machine"]
    load = about["load_average"][0]
    return "\n".join(
        [
            *lines,
            "",
            f"Sessions that take {1000 * found['seconds']:g} ms and no processor, {about['date']}: "
            f"{about['processor']}, {about['cores']} cores, load {load:g} by others at the end.",
        ]
    )


def _overhead(run: dict[str, Any], seconds: float) -> float:
    """Return by how much a submission takes longer than its share of the sessions, in milliseconds."""
    return float(1000 * (run["wall"] / run["number"] - seconds / run["workers"]))


if __name__ == "__main__":
    raise SystemExit(main())
