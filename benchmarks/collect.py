"""What collecting a class costs, and whether its memory grows with it.

    python -m benchmarks.collect [--entries N ...] [--out FILE]
    python -m benchmarks.collect --table     print the table of the last run again
    python -m benchmarks.collect --readme    put it into README.md beside this file

README.md says what is counted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from autograder.course.folder import find_root
from autograder.outputs.rubric import inserted
from benchmarks import machine

RESULTS = Path(__file__).with_name("results") / "collect.json"
README = Path(__file__).with_name("README.md")
ENTRIES = (1000, 10_000)
SIZE = 60_000  # bytes of a notebook; with figures in it, it is larger
AGAIN = 10  # every tenth entry is somebody's second attempt
ASSIGNMENT = "returns_warmup"
Results = dict[str, Any]


def main() -> int:
    """Measure, or show what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.collect")
    parser.add_argument("--entries", type=int, nargs="+", default=ENTRIES)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true", help="only print the table of the last run")
    parser.add_argument("--readme", action="store_true", help="only put it into README.md")
    options = parser.parse_args()
    if not (options.table or options.readme):
        rows = [measured(count) for count in options.entries]
        found = {"machine": machine.facts(), "rows": rows}
        options.out.write_text(json.dumps(found, indent=2) + "\n")
    text = table(json.loads(options.out.read_text()))
    print(text)
    if options.readme:
        README.write_text(inserted(README.read_text(), text, "collect"))
    return 0


def measured(count: int) -> Results:
    """Collect a class of that many entries; return what it took. Raises where anybody is missing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "submissions.zip"
        students = pack(path, count)
        command = [sys.executable, "-m", "autograder", "collect", str(path), "--assignment", ASSIGNMENT,
                   "--submitted", f"{folder}/submitted"]  # fmt: skip
        root = find_root(Path(__file__))
        started = time.perf_counter()
        with open(os.devnull, "w") as nowhere:
            process = subprocess.Popen(command, cwd=root, stdout=nowhere)
            _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        laid_out = sum(
            1 for _ in Path(folder, "submitted").glob(f"*/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")
        )
        if status != 0 or laid_out != students:
            raise RuntimeError(f"{laid_out} of {students} students were laid out, status {status}.")
        return {
            "entries": count,
            "students": students,
            "archive_mib": round(path.stat().st_size / 2**20, 1),
            "wall_seconds": round(seconds, 2),
            "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
            "peak_mib": round(used.ru_maxrss / 1024, 1),
        }


def pack(path: Path, count: int) -> int:
    """Write Canvas' archive of a class; return how many students it has."""
    students = count - count // AGAIN
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(students):
            archive.writestr(
                f"student{number}_{100 + number}_{number}_work.ipynb", notebook(number)
            )
        for number in range(count - students):
            name = f"student{number}_{100 + number}_{9 * count + number}_work-1.ipynb"
            archive.writestr(name, notebook(number))
    return students


def notebook(number: int) -> str:
    """A notebook of the usual size, most of which is a figure, and another one for every number."""
    figure = (f"{number:08}" * (SIZE // 8))[: SIZE // 2] + os.urandom(SIZE // 4).hex()
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": figure}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def table(found: Results) -> str:
    """Return the table of a run, with the machine and the ratio that matters."""
    keys = ("entries", "students", "archive_mib", "wall_seconds", "cpu_seconds", "peak_mib")
    lines = [
        "| entries | students | archive, MiB | wall s | CPU s | peak MiB |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [f"| {' | '.join(str(row[key]) for key in keys)} |" for row in found["rows"]]
    first, last = found["rows"][0], found["rows"][-1]
    times = last["entries"] / first["entries"]
    grown = last["peak_mib"] - first["peak_mib"]
    on = found["machine"]
    lines += [
        "",
        f"{times:g} times the entries took {grown:.1f} MiB more. {on['date']}, {on['processor']}, "
        f"{on['cores']} cores, load {on['load_average'][0]} at the end.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
