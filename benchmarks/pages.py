"""What the pages of a large class cost: their size, how long they take to make, how soon they are open.

    python -m benchmarks.pages [--students 1000] GRADED SUBMITTED

GRADED is a folder of reports and SUBMITTED what they are about, of the sample class for instance: students
are copied until there are enough. Needs Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from autograder.batch.discover import discover
from autograder.batch.store import Found, Store
from autograder.course.folder import find_course
from autograder.grades.standings import standings
from autograder.pages import material, write
from tests.helpers.browser import launched

ROUNDS = 5
# How long after the navigation began the page was loaded and its script had run.
OPENED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


def copied(reports: Found, submitted: Path, assignment: str, count: int, folder: Path) -> Found:
    """Lay out so many submissions in `folder`; return their reports."""
    paths = {each.student: each.path for each in discover([submitted], assignment)}
    result = []
    for number in range(count):
        original = reports.reports[number % len(reports.reports)]
        name = f"{original.student} {number:04}"
        place = folder / name / assignment / f"{assignment}.ipynb"
        place.parent.mkdir(parents=True)
        shutil.copy(paths[original.student], place)
        result.append(original.model_copy(update={"student": name}))
    return Found(result, [])


def opened(browser: Any, page: Path) -> float:
    """Return the seconds until the page is open, in a browser that has just begun."""
    window = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    window.goto(page.as_uri(), wait_until="load")
    window.wait_for_function(f"() => ({OPENED})() > 0")
    seconds: float = window.evaluate(OPENED) / 1000
    window.context.close()
    return seconds


def size(folder: Path, pattern: str = "*") -> float:
    """Return the megabytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file()) / 1e6


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages")
    parser.add_argument("graded", type=Path)
    parser.add_argument("submitted", type=Path)
    parser.add_argument("--assignment", default="policy_gradient")
    parser.add_argument("--students", type=int, default=1000)
    asked = parser.parse_args(arguments)
    course = find_course(Path.cwd(), asked.assignment)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        submitted = folder / "submitted"
        reports = Store(asked.graded).all()
        found = copied(reports, asked.submitted, asked.assignment, asked.students, submitted)
        begin = time.perf_counter()
        made_from = material.gather(course, found, [submitted], standings(course, found.reports))
        read = time.perf_counter()
        index = write.for_instructor(made_from, folder / "pages")
        written = time.perf_counter()
        with sync_playwright() as playwright, launched(playwright) as browser:
            seconds = [opened(browser, index) for _ in range(ROUNDS)]
        print(f"students                     {asked.students}")
        print(f"class page, MB               {index.stat().st_size / 1e6:.2f}")
        print(f"everything, MB               {size(folder / 'pages'):.2f}")
        print(f"notebooks read, s            {read - begin:.1f}")
        print(f"pages written, s             {written - read:.1f}")
        print(f"open, s, median of {ROUNDS}         {statistics.median(seconds):.2f}")
        print(f"open, s, slowest             {max(seconds):.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
