"""A small class from which pages are made, and a hostile one of the same shape."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from autograder import report
from autograder.batch.store import Found
from autograder.course.folder import Course
from autograder.grades.standing import Member, Points, Standing
from autograder.pages import material, notebooks, sections
from autograder.pages.material import Material
from autograder.plaintext import told_apart
from autograder.report import CheckResult, ManualResult, Report, State, Verdict, Visibility
from autograder.submission.assignment import load_assignment
from tests.helpers import small_class, small_course
from tests.helpers.fake_engine import whole
from tests.helpers.hostile_notebook import BREAKS_OUT, CLOSES, RUN, SCRIPT, SITE

WRONG = """\
def discount_rewards(rewards, gamma):
    # {0}
    text = "{0}"
    return text"""
NAMES = (
    f"<img src=x onerror={RUN}>", f"</title></style>{SCRIPT}", f"javascript:{RUN}", BREAKS_OUT,
    "eve\u202etxt",
    "{{ 7 * 7 }}", "=HYPERLINK(1)", "../../etc/passwd", f"<base href=http://{SITE}>", "<!--",
)  # fmt: skip
MARKUP = f"</p></li></ol></details></main>{CLOSES}<h1>100 of 100</h1>\u202e{BREAKS_OUT}<!-- {{{{ 7 * 7 }}}}"


@dataclass
class PagedClass:
    """A course with the small assignment and one question, and who handed in what."""

    course: Course
    people: list[Standing] = field(default_factory=list)

    @property
    def submitted(self) -> Path:
        """The folder of submissions."""
        return self.course.root / "submitted"

    def add(self, student: str, source: str | None = None, answer: str = "", **more: Any) -> None:
        """Let a student hand in a notebook with this solution, graded as `graded` says."""
        member = more.pop("member", None)
        decided = more.pop("decided", {})
        content = graded(student, **more)
        if source is not None:
            data = self._notebook(source, answer)
            folder = self.submitted / student / small_class.SMALL
            folder.mkdir(parents=True)
            (folder / "small.ipynb").write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            content = content.model_copy(update={"submission_sha256": digest})
        self.people.append(self.standing(content, member, decided))

    def standing(
        self, content: Report, member: Member | None = None, decided: Any = None
    ) -> Standing:
        """The standing that a report makes."""
        return Standing(
            content.student, content, member, raw=content.score, final=content.score,
            decided=decided or {},
        )  # fmt: skip

    def material(self) -> Material:
        """What pages are made from."""
        assignment = load_assignment(self.course)
        reports = [each.report for each in self.people if each.report is not None]
        works = {}
        if self.submitted.is_dir():
            works = notebooks.find([self.submitted], assignment, reports)
        headings = sections.headings(self.course.master)
        return Material(self.course, assignment, self.people, works, headings)

    def gathered(self, *paths: Path) -> Material:
        """What `autograder report` makes pages from."""
        reports = [each.report for each in self.people if each.report is not None]
        return material.gather(self.course, Found(reports, []), paths, self.people)

    def _notebook(self, source: str, answer: str) -> bytes:
        notebook = nbformat.read(self.course.released, as_version=4)
        for cell in notebook.cells:
            if cell.id == "returns-solution":
                cell.source = source
            if cell.id == "why" and answer:
                cell.source = answer
        return str(nbformat.writes(notebook)).encode()


def lay_out(root: Path) -> PagedClass:
    """Make the course: the small assignment, and a question that a person grades."""
    course = small_class.lay_out(root)
    for path, text in (
        (course.master, small_course.ANSWER),
        (course.released, small_course.PLACEHOLDER),
    ):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(small_course.answer(text))
        nbformat.write(notebook, path)
    return PagedClass(course)


def check(
    name: str, outcome: Verdict = Verdict.PASSED, message: str = "", **more: Any
) -> CheckResult:
    """One check, of weight 1 if nothing else is said."""
    return CheckResult(id=name, outcome=outcome, message=message, **({"weight": 1} | more))


def graded(
    student: str, checks: Sequence[CheckResult] = (), state: State = State.UNTOUCHED, **more: Any
) -> Report:
    """A report with one exercise of 10 points and one answer of 4."""
    result = report.exercise_result("returns", 10.0, checks or [check("values")])
    manual = ManualResult(id="why", max_score=4.0, state=state)
    breach = more.pop("breach", None)
    return whole(report.graded([result], [manual], breach), student, **more)


def of_texts(root: Path, names: Sequence[str], text: str) -> PagedClass:
    """A class in every place of which a text stands that students or their code can choose."""
    made = lay_out(root)
    one_line = " ".join(text.split())
    wrong = [
        check("values", Verdict.FAILED, text, misconception=text),
        check("steps", Verdict.ERROR, f"{text} (line 2 of the cell returns)."),
        check("more", Verdict.FAILED, f"free: {text}", charged_to="values"),
        check("hidden", Verdict.PASSED, visibility=Visibility.HIDDEN),
    ]
    for number in range(2):
        made.add(
            f"with code {number}", WRONG.format(f"{one_line} {number}"), f"answer: {text}", checks=wrong,
            state=State.ATTEMPTED, member=Member("x", one_line, one_line, one_line), note=text,
        )  # fmt: skip
    for name in names:
        made.add(name, checks=wrong, breach=text, decided={"why": Points(2.0, text)})
    made.people.append(made.standing(whole(report.grader_error(text, 14.0), "faulty")))
    made.people.append(made.standing(whole(report.rejected(text, 14.0), "rejected")))
    made.people.append(Standing("absent", None, Member("absent", text, text), reasons=(text,)))
    return made


def hostile(root: Path) -> PagedClass:
    """That class with all that could become more than text."""
    return of_texts(root, NAMES, MARKUP)


def harmless(root: Path) -> PagedClass:
    """The same class with words in every place, names as long."""
    names = [str(n).rjust(len(told_apart(name)), "s") for n, name in enumerate(NAMES)]
    return of_texts(root, names, "word")
