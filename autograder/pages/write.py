"""Writes pages: the instructor's folder, or a file for each student to hand back."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder import files
from autograder.batch.store import file_name
from autograder.course.checks import checks_in
from autograder.fault import headline
from autograder.grades.standing import Standing
from autograder.pages import classroom, html, statistics, student
from autograder.pages.material import Material
from autograder.pages.tables import tables
from autograder.pages.visible import Moment, shared, whole
from autograder.plaintext import one_line

INDEX, STUDENTS, TABLES = "index.html", "students", "tables"
_WRITERS = 16
_OURS = b'<meta name="generator" content="autograder report">'


def for_instructor(material: Material, folder: Path) -> Path:
    """Write the class page, a page for each student and the tables into `folder`; return the class page.

    Pages that a former run left there of students who are no longer in the class are removed.
    """
    pages = {
        each.student: f"{STUDENTS}/{file_name(each.student, '.html')}"
        for each in material.standings
    }
    for name in (STUDENTS, TABLES):
        files.make_folder(folder / name)
    files.write(folder / html.STYLE_FILE, html.style())
    texts = {
        folder / pages[each.student]: _for_instructor(each, material) for each in material.standings
    }
    with ThreadPoolExecutor(_WRITERS) as pool:  # a disk takes its time for each, and many at once
        list(pool.map(files.write, texts.keys(), texts.values()))
    view_of_class = classroom.page(material.standings, material.works, pages, _lines(material))
    for name, text in tables(view_of_class).items():
        files.write(folder / TABLES / name, text)
    index = html.in_folder(
        "class.html", 0, page=view_of_class, title=material.title, fewest=statistics.FEWEST,
        roster=any(each.member for each in material.standings), remarks=material.remarks,
    )  # fmt: skip
    files.write(folder / INDEX, index)
    _remove_others(folder / STUDENTS, {Path(page).name for page in pages.values()})
    return folder / INDEX


def _for_instructor(standing: Standing, material: Material) -> str:
    report = standing.report
    seen = whole(report) if report else None
    view = student.page(standing, seen, material.works.get(standing.student), material.headings)
    fault = one_line(headline(report.fault), 500) if report and report.fault else ""
    return html.in_folder(
        "student.html", 1, page=view, title=material.title, home=f"../{INDEX}", fault=fault
    )


def for_students(material: Material, places: Mapping[str, Path], moment: Moment) -> int:
    """Write each student's page as one file where `places` says; return how many checks are left out.

    Those are the checks that students never see, or see at a later moment.
    """
    left_out: dict[str, int] = {}
    for standing in material.standings:
        path = places.get(standing.student)
        if path is None or standing.report is None:
            continue
        seen = shared(standing.report, moment)
        left_out |= {name: max(n, left_out.get(name, 0)) for name, n in seen.unseen.items()}
        view = student.page(standing, seen, material.works.get(standing.student), material.headings)
        files.make_folder(path.parent)
        files.write(
            path, html.alone("student.html", page=view, title=material.title, home="", fault="")
        )
    return sum(left_out.values())


def _lines(material: Material) -> dict[tuple[str, str], str]:
    """Return what each check looks at, in a line; one with parameters has its name without them here."""
    return {
        (exercise.id, check.name): one_line(check.line, 300)
        for exercise in material.assignment.exercises
        for check in checks_in(material.course.checks / f"test_{exercise.id}.py")
    }


def _remove_others(folder: Path, names: set[str]) -> None:
    """Remove the pages in our own folder that are of nobody in this class; what is no page of ours stays."""
    for path in folder.glob("*.html"):
        if path.name not in names and path.is_file():
            with path.open("rb") as file:
                is_ours = _OURS in file.read(1000)
            if is_ours:
                path.unlink()
