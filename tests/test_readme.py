"""The README says what is: its tables are current, and what it shows of reports can be true."""

import json
import re

import jsonschema
import pytest

from autograder import doctor, report
from autograder.cli.grade import grade
from autograder.course.checks import checks_in
from autograder.course.folder import PACKAGE, find_course
from autograder.outputs import rubric
from autograder.report import Outcome
from benchmarks import grade as benchmark
from benchmarks import tables
from tests import corpus, sample_class, tiny_course

ENGINES = ("docker", "bubblewrap", "process")
COURSE = find_course(corpus.ROOT, corpus.ASSIGNMENT)
MARK = rubric.mark(corpus.ASSIGNMENT)
EXERCISES = tuple(corpus.points(corpus.ASSIGNMENT))
README = (corpus.ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [corpus.ROOT / "README.md", *corpus.ROOT.glob("[!.]*/README.md")]


def shown_report():
    """The excerpt of a report."""
    return json.loads(README.partition("```json\n")[2].partition("```")[0])


def shown_scores():
    """The table of the sample class: its rows' words by student."""
    table = README.partition("```\nstudent ")[2].partition("```")[0]
    rows = [row.split() for row in table.splitlines()[1:] if row.strip()]
    return {student: words for student, *words in rows}


def test_the_rubric_is_current():
    """Whoever changes a check or a point runs `autograder rubric --write README.md`."""
    assert rubric.inserted(README, rubric.table(COURSE), MARK) == README


def test_the_benchmark_is_that_of_the_committed_results():
    """Whoever commits new results runs `python -m benchmarks.grade --readme`."""
    results = json.loads(benchmark.RESULTS.read_text())
    assert rubric.inserted(README, tables.summary(results), "benchmark") == README


def test_the_rubric_knows_every_exercise_and_every_point():
    """What the shares of an exercise's checks sum up to, but for rounding."""
    shares = dict.fromkeys(EXERCISES, 0.0)
    points = {}
    text = README.partition(f"<!-- {MARK}: begin -->")[2].partition(f"<!-- {MARK}: end -->")[0]
    for name, _, number in re.findall(r"^\| (\S+) \|(.*)\| (\S+) \|$", text, re.MULTILINE):
        if name.startswith("**"):
            exercise = name.strip("*")
            points[exercise] = float(number.strip("*"))
        else:
            shares[exercise] += float(number)
    assert list(points) == list(EXERCISES)
    assert sum(points.values()) == 100
    assert shares == pytest.approx(points, abs=0.1)


def test_the_rubric_reads_names_lines_and_weights(tmp_path):
    """What a check looks at is its docstring's first line, or its name; helpers are passed over."""
    text = (
        "def test_one(student):\n    '''First line: a | b.\n\n    More.'''\n"
        "def helper():\n    pass\n"
        "def test_without_words(student):\n    pass\n"
        "def test_shown(student):\n    '''For information.'''\n"
    )
    course = tiny_course.write(tmp_path, [tiny_course.checked(text, one=2.5, shown=0)])
    assert rubric.table(course).splitlines()[2:] == [
        "| **double** | | **10** |",
        "| one | First line: a \\| b | 7.14 |",
        "| without_words | Without words | 2.86 |",
        "| shown | For information | 0 |",
    ]


def test_checks_are_read_and_never_run(tmp_path):
    """A check's file may import what this machine lacks."""
    path = tmp_path / "test_x.py"
    path.write_text("raise SystemExit('was run')\ndef test_one(student):\n    pass\n")
    assert [check.name for check in checks_in(path)] == ["one"]


@pytest.mark.parametrize(
    "text",
    [
        "nothing",
        "<!-- rubric: begin -->",
        "<!-- rubric: end --><!-- rubric: begin -->",
        "<!-- rubric: begin --><!-- rubric: end --><!-- rubric: end -->",
    ],
)
def test_a_file_without_its_marks_is_refused(text):
    """The table is never put anywhere else, and nothing of the file is lost."""
    with pytest.raises(rubric.RubricError, match="rubric: begin"):
        rubric.inserted(text, "table", "rubric")


def test_the_shown_class_is_the_sample_class():
    """What `make grade` prints has a row for each of its students."""
    assert list(shown_scores()) == list(sample_class.STUDENTS)


def test_the_shown_scores_add_up():
    """Every graded row has a column per exercise, and their sum as its score."""
    for student, (score, *rest) in shown_scores().items():
        numbers = [float(word) for word in rest if word[0].isdigit()]
        if score != Outcome.REJECTED:
            assert len(numbers) == len(EXERCISES), student
            assert sum(numbers) == pytest.approx(float(score)), student


def test_the_shown_scores_are_those_that_the_cases_expect():
    """The sample class is made of cases whose scores are tested; the README shows the same ones."""
    expected = {case.name: case.expected.score for case in corpus.choose()}
    for student, name in sample_class.STUDENTS.items():
        if expected.get(name) is not None:
            assert float(shown_scores()[student][0]) == expected[name], student


def test_the_shown_report_fits_the_schema():
    """It is an excerpt, but of a real report."""
    jsonschema.validate(shown_report(), report.schema())


def test_the_shown_report_is_of_the_shown_class():
    """Its student has that score in the table, and its checks are in the rubric."""
    shown = shown_report()
    assert float(shown_scores()[shown["student"]][0]) == shown["score"]
    for exercise in shown["exercises"]:
        known = checks_in(COURSE.checks / f"test_{exercise['id']}.py")
        assert {check["id"] for check in exercise["checks"]} <= {check.name for check in known}


def test_every_option_of_grade_is_explained():
    """No option is left out, and none is made up."""
    options = {name for option in grade.params for name in option.opts if name[0] == "-"}
    table = README.partition("| option |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(--[a-z]+)", table, re.MULTILINE)) == options


def test_the_shown_doctor_looks_at_what_doctor_looks_at():
    """The same findings in the same order; what they say differs from machine to machine.

    So does whether an engine works, and with it whether its confinement is probed.
    """
    shown = re.findall(r"^(ok  |MISS) ([\w -]+): ", README, re.MULTILINE)
    always = [name for _, name in shown if not name.endswith(" confinement")]
    found = [finding.name for finding in doctor.examine(COURSE)]
    assert always == [name for name in found if not name.endswith(" confinement")]
    working = [name for mark, name in shown if mark == "ok  " and name in ENGINES]
    assert [name for _, name in shown if name.endswith(" confinement")] == [
        f"{n} confinement" for n in working
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.parent.name)
def test_every_link_leads_to_a_file(document):
    """No README names a file of this repository that is not there."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_every_folder_of_the_package_is_described():
    """A paragraph for each, and none for one that is gone."""
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    described = {
        name.split("/")[0] for name in re.findall(r"^\| `([a-z_/]+)/` \|", text, re.MULTILINE)
    }
    assert described == {path.parent.name for path in PACKAGE.glob("[!_.]*/*.py")}
