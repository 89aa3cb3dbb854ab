"""Claims about what pages are made from: whose code, which sentence where, what students may see."""

from __future__ import annotations

import base64
import hashlib
import html as entities
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import UsageError
from autograder.grades.collected import TAKEN, Entry
from autograder.grades.standing import Member, Points, Standing
from autograder.pages import code, handing_back, ideas, plots, student, write
from autograder.pages.visible import Moment, shared, whole
from autograder.plaintext import spelled
from autograder.report import State, Verdict, Visibility
from tests.helpers import paged_class
from tests.helpers.paged_class import PagedClass, check

SOURCE = "def discount_rewards(rewards, gamma):\n    return rewards"


@pytest.fixture
def made(tmp_path: Path) -> PagedClass:
    """A course in which nobody has handed in yet."""
    return paged_class.lay_out(tmp_path / "course")


def page_of(made: PagedClass, name: str) -> student.StudentPage:
    """The instructor's page of a student."""
    material = made.material()
    standing = next(each for each in material.standings if each.student == name)
    seen = whole(standing.report) if standing.report else None
    return student.page(standing, seen, material.works.get(name), material.headings)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300) | st.sampled_from([SOURCE]))
def test_code_is_shown_as_it_is_with_what_hides_spelled_out(source: str):
    """Line by line, and its only markup are our two elements."""
    lines = code.lines(source)
    text = [entities.unescape(re.sub(r"</?[bi]>", "", str(line))) for line in lines]
    assert text == spelled(source).expandtabs(4).strip("\n").split("\n")
    assert not re.search(r"<(?!/?[bi]>)", "".join(map(str, lines)))


def test_keywords_and_comments_stand_out():
    """Such as `for`, `not` and what follows a #."""
    (line,) = code.lines("for x in y: not x  # <why>")
    assert str(line).startswith("<b>for </b>x <b>in </b>y: <b>not </b>x")
    assert str(line).endswith("<i># &lt;why&gt;</i>")


def test_very_much_code_is_cut_off_with_a_word():
    """A page stays one, whatever was handed in."""
    lines = code.lines("x\n" * 10_000)
    assert len(lines) == 401
    assert "9600 more lines" in lines[-1]
    assert "more characters" in code.lines("x" * 3000)[0]


def test_a_notebook_that_is_not_the_one_that_was_graded_is_not_shown(made: PagedClass):
    """One that changed since has other bytes; the page says that its code is not there."""
    made.add("ada", SOURCE)
    made.add("bob", SOURCE)
    path = made.submitted / "bob" / "small" / "small.ipynb"
    path.write_text(path.read_text() + " ")
    assert [line.code for line in page_of(made, "ada").exercises[0].lines] == code.lines(SOURCE)
    (exercise,) = page_of(made, "bob").exercises
    assert exercise.lines == ()
    assert "not found" in exercise.no_code


def test_a_course_without_submissions_has_pages_without_code(made: PagedClass, tmp_path: Path):
    """That submitted/ is missing is no mistake; that a folder that was named is, is one."""
    made.add("ada")
    assert made.gathered().works == {}
    with pytest.raises(UsageError, match="does not exist"):
        made.gathered(tmp_path / "nowhere")


def test_a_sentence_stands_at_the_line_that_it_names(made: PagedClass):
    """What names a line of another cell, or none, stands beside the code."""
    said = [
        "No. (line 2 of the cell returns).",
        "No. (line 2 of the cell your code cell 3).",
        "Hm.",
    ]
    wrong = [check(f"c{n}", Verdict.ERROR, text) for n, text in enumerate(said)]
    made.add("ada", SOURCE, checks=wrong)
    (exercise,) = page_of(made, "ada").exercises
    assert [[s.text for s in line.sentences] for line in exercise.lines] == [[], said[:1]]
    assert [sentence.text for sentence in exercise.sentences] == said[1:]


def test_one_sentence_of_many_checks_is_said_once(made: PagedClass):
    """With the names of those checks and what each cost; those that cost nothing stand apart."""
    wrong = [check("a", Verdict.ERROR, "It stopped."), check("b", Verdict.ERROR, "It stopped."),
             check("c", Verdict.FAILED, "Not this.", charged_to="a"), check("d")]  # fmt: skip
    made.add("ada", SOURCE, checks=wrong)
    (exercise,) = page_of(made, "ada").exercises
    ((said,), (free,)) = exercise.sentences, exercise.free
    assert [(row.id, round(row.worth, 2)) for row in said.checks] == [("a", 3.33), ("b", 3.33)]
    assert [(row.id, row.worth, row.charged_to) for row in free.checks] == [("c", 0.0, "a")]
    assert exercise.read_again == "Returns"


def test_an_answer_waits_for_a_decision_until_there_is_one(made: PagedClass):
    """Its text is shown as it was written, and the points with the reason."""
    made.add("ada", SOURCE, "<b>Less</b> noise.", state=State.ATTEMPTED)
    waiting = page_of(made, "ada")
    assert waiting.due == ((1, "why"),)
    assert waiting.manual[0].text == "<b>Less</b> noise."
    made.add("bob", SOURCE, "x", state=State.ATTEMPTED, decided={"why": Points(3.0, "Good.")})
    decided = page_of(made, "bob")
    assert decided.due == ()
    assert decided.manual[0].decided == Points(3.0, "Good.")


MOMENTS = {
    Moment.SUBMITTED: {"seen"}, Moment.DUE: {"seen", "due"}, Moment.PUBLISHED: {"seen", "due", "published"},
}  # fmt: skip


@pytest.mark.parametrize("moment", Moment)
def test_students_see_checks_from_their_moment_on(moment: Moment, made: PagedClass, tmp_path: Path):
    """A hidden one never, nor what only the instructor may know."""
    kinds = {
        "seen": Visibility.VISIBLE, "due": Visibility.AFTER_DUE_DATE,
        "published": Visibility.AFTER_PUBLISHED, "never": Visibility.HIDDEN,
    }  # fmt: skip
    wrong = [
        check(f"check_{name}", Verdict.FAILED, f"said-{name}.", visibility=kind)
        for name, kind in kinds.items()
    ]
    made.add("ada", SOURCE, checks=wrong, breach="breach-of-ada")
    material = made.material()
    placed = handing_back.places(material, tmp_path / "out", "files")
    left_out = write.for_students(material, placed.files, moment)
    text = (tmp_path / "out" / "ada.html").read_text()
    for name in kinds:
        is_seen = name in MOMENTS[moment]
        assert (f"said-{name}" in text) is is_seen
        assert (f"check_{name}" in text) is is_seen
    assert left_out == len(kinds) - len(MOMENTS[moment])
    assert "breach-of-ada" not in text
    assert ("0</b> of 10 points" in text) is (moment is Moment.PUBLISHED)


def test_what_shows_later_is_not_told_by_points_either(made: PagedClass):
    """Until then neither the exercise's points nor the total are shown; a hidden check withholds none."""
    made.add(
        "ada",
        checks=[check("a"), check("b", Verdict.FAILED, visibility=Visibility.AFTER_PUBLISHED)],
    )
    made.add("bob", checks=[check("a"), check("b", Verdict.FAILED, visibility=Visibility.HIDDEN)])
    totals = []
    for standing in made.people:
        assert standing.report is not None
        page = student.page(standing, shared(standing.report, Moment.DUE), None, {})
        totals.append((page.total, page.exercises[0].score))
    assert totals == [("", None), ("5", 5.0)]


def test_a_students_file_needs_no_other(made: PagedClass, tmp_path: Path):
    """Its style sheet is in it, under the hash that its policy names; no address leads out of it."""
    made.add("ada", SOURCE)
    material = made.material()
    placed = handing_back.places(material, tmp_path, "files")
    write.for_students(material, placed.files, Moment.PUBLISHED)
    text = (tmp_path / "ada.html").read_text()
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in entities.unescape(text)
    assert set(re.findall(r'(?:href|src)="([^"]*)"', text)) == {"#main"}
    assert "<script" not in text


def test_files_for_students_lie_where_nbgrader_and_moodle_look_for_them(
    made: PagedClass, tmp_path: Path
):
    """nbgrader's have the student's folder; Moodle's those of the download, in a zip."""
    for name in ("ada", "..", "a/b"):
        made.people.append(Standing(name, paged_class.graded(name)))
    material = made.material()
    placed = handing_back.places(material, tmp_path, "nbgrader")
    assert placed.files == {"ada": tmp_path / "ada" / "small" / "small.html"}
    assert placed.left_out == ["..", "a/b"]
    with pytest.raises(UsageError, match="--collected"):
        handing_back.places(material, tmp_path, "moodle")
    entry = Entry("ada", "Ada L_17_assignsubmission_file/small.ipynb", TAKEN, layout="Moodle")
    moodle = type(material)(**(vars(material) | {"entries": [entry]}))
    placed = handing_back.places(moodle, tmp_path, "moodle")
    assert placed.files == {"ada": tmp_path / "Ada L_17_assignsubmission_file" / "small.html"}


def test_the_list_for_a_mail_merge_is_safe_to_open(made: PagedClass, tmp_path: Path):
    """Names of students are no formulas in it."""
    made.add("ada", member=Member("ada", "=1+1", "Lovelace", "ada@example.org"))
    placed = handing_back.places(made.material(), tmp_path, "files")
    lines = handing_back.mail_merge(made.material(), placed.files, tmp_path).splitlines()
    assert lines[1] == "ada,'=1+1,Lovelace,ada@example.org,ada.html"


def test_pages_of_those_who_left_are_removed_and_nothing_else(made: PagedClass, tmp_path: Path):
    """A second run takes away the pages that a first one wrote, never a file that is none."""
    made.add("ada")
    made.add("bob")
    write.for_instructor(made.material(), tmp_path / "pages")
    own = tmp_path / "pages" / "students" / "thesis.html"
    own.write_text("<p>mine")
    made.people.pop()
    write.for_instructor(made.material(), tmp_path / "pages")
    assert {path.name for path in own.parent.iterdir()} == {"ada.html", "thesis.html"}


def test_ideas_that_checks_know_by_name_are_one_whatever_was_said(made: PagedClass):
    """Elsewhere the check that found the fault and its sentence tell, without the line; most shared first."""
    for number, name in enumerate(("ada", "bob", "carol")):
        said = f"Said {number}."
        made.add(name, SOURCE + f"  # {number % 2}", checks=[
            check("values", Verdict.FAILED, said, misconception="off by one")
        ])  # fmt: skip
    for number, name in enumerate(("dan", "eve")):
        said = f"It stopped (line {number} of the cell x)."
        made.add(name, SOURCE, checks=[check("values", Verdict.ERROR, said)])
    made.add("fay", SOURCE, checks=[check("values", Verdict.NOT_ATTEMPTED, "Not yet.")])
    material = made.material()
    found = ideas.ranked(material.standings, material.works)
    assert [(each.key.misconception, [s.student for s in each.students]) for each in found] == [
        ("off by one", ["ada", "bob", "carol"]), ("", ["dan", "eve"]),
    ]  # fmt: skip
    assert [len(each.beside) for each in found] == [2, 1]  # the same code once


def test_a_check_may_bring_a_plot(made: PagedClass):
    """Of what came beside what was expected, where its reader may see the check; what is none is said."""
    plot = {
        "kind": "curves",
        "title": "<Returns>",
        "labels": ["0", "1"],
        "series": {"yours": [1, 2]},
    }
    spoilt = plot | {"series": {"yours": [1]}}
    kinds = {"seen": Visibility.VISIBLE, "never": Visibility.HIDDEN}
    made.add("ada", checks=[
        check(name, Verdict.FAILED, "No.", visibility=kind, plots=[plot, spoilt])
        for name, kind in kinds.items()
    ])  # fmt: skip
    (standing,) = made.people
    assert standing.report is not None
    (exercise,) = student.page(
        standing, shared(standing.report, Moment.PUBLISHED), None, {}
    ).exercises
    ((title, picture), (said, nothing)) = exercise.plots
    assert title == "<Returns>"
    assert 'aria-label="&lt;Returns&gt;"' in picture
    assert (said[:36], nothing) == ("A plot of seen cannot be shown: Valu", "")


@pytest.mark.parametrize("kind", [plots.bars, plots.stacked, plots.curves])
def test_plots_are_shapes_and_text(kind):
    """No script, no style, no address, and a text alternative, whatever their labels say."""
    hostile = "</text><script>alert(1)</script>"
    picture = kind(f"Title {hostile}", [hostile, "b"], {hostile: [1, 2.5], "c": [0, 3]})
    assert set(re.findall(r"<(\w+)", picture)) <= {
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "text",
        "title",
    }
    assert not re.search(r"\b(style|on\w+|href|src)=", picture)
    assert 'role="img"' in picture
    assert "&lt;script&gt;" in picture
