"""The claim of docs/instructors-week.md: whoever types it from top to bottom reads what it shows."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.folder import Course
from tests.helpers import following
from tests.helpers.grading import ROOT

PAGE = (ROOT / "docs" / "instructors-week.md").read_text(encoding="utf-8")
NAME = "first_steps"
# chloe divides by the number of all numbers.
CHLOE = ["def running_mean(numbers):\n", "    return np.cumsum(numbers) / len(numbers)\n"]
ROSTER = """\
id,first_name,last_name,email,lms_user_id
ada,Ada,Lovelace,ada@example.org,101
ben,Ben,Benjamin,ben@example.org,102
chloe,Chloe,Durand,chloe@example.org,103
elif,Elif,,elif@example.org,104
farid,Farid,Haddad,farid@example.org,105
"""
EXPORT = """\
Student,ID,SIS Login ID,Section,First steps (4711)
    Points Possible,,,,100
"Lovelace, Ada",101,ada,A,
"Benjamin, Ben",102,ben,A,
"Durand, Chloe",103,chloe,A,
Elif,104,elif,A,
"Haddad, Farid",105,farid,A,
"""


def what_canvas_gives(course: Course) -> None:
    """Put the archive of submissions, the roster and the gradebook into the folder."""
    chloe = json.loads(course.released.read_text())
    for cell in chloe["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "running_mean_solution":
            cell["source"] = CHLOE
    solved, released = course.master.read_bytes(), course.released.read_bytes()
    with zipfile.ZipFile(course.root / "submissions.zip", "w") as archive:
        for name, content in (
            ("lovelaceada_101_9001", solved), ("benjaminben_102_9002", released),
            ("durandchloe_103_9003", json.dumps(chloe)), ("elif_LATE_104_9004", solved),
        ):  # fmt: skip
            archive.writestr(f"{name}_{NAME}.ipynb", content)
    (course.root / "students.csv").write_text(ROSTER)
    (course.root / "export.csv").write_text(EXPORT)


def changed(course: Course, setting: str) -> None:
    """Change assignment.toml as the page says: a check's weight, or a key above the first table."""
    text = course.settings.read_text()
    name = setting.partition(" ")[0]
    if re.search(rf"^{name} =", text, re.MULTILINE):
        text = re.sub(rf"^{name} =.*\n", setting, text, flags=re.MULTILINE)
    else:
        head, bracket, rest = text.partition("\n[")
        text = f"{head}\n{setting}{bracket}{rest}"
    course.settings.write_text(text)


def without_ends(text: str) -> str:
    """A text without the blanks at the ends of its lines."""
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


@pytest.mark.slow
def test_the_week_goes_as_the_page_says(tmp_path: Path, unless: Callable[[bool, str], None]):
    """Every command, every file that it has one write, and all that it shows of what is printed."""
    unless(bool(shutil.which("bwrap")), "bubblewrap is not installed.")
    course, printed = Course(tmp_path, NAME), ""
    for language, text in following.all_blocks(PAGE):
        if language == "sh":
            if "submissions.zip" in text:
                what_canvas_gives(course)
            printed = following.typed(text, tmp_path, without_engine=True)
        elif language == "toml":
            changed(course, text)
        elif language == "csv":
            (tmp_path / "decisions.csv").write_text(text)
        elif text.startswith("Student,"):
            assert (tmp_path / "scores.csv").read_text().replace("\r\n", "\n") == text
        else:
            assert without_ends(text) in without_ends(printed), printed
    assert (tmp_path / "graded" / NAME / "feedback" / "mail-merge.csv").is_file()
    assert len(list((tmp_path / "graded" / NAME / "earlier").rglob("chloe.json"))) == 1
