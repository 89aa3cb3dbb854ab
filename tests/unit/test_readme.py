"""The README says what is: its tables are current, and what it shows of reports can be true."""

import fnmatch
import json
import re
from itertools import takewhile

import jsonschema
import pytest

from autograder import doctor, report
from autograder.cli import main
from autograder.cli.accounting import UNPLACED_STATUS
from autograder.cli.grade import grade
from autograder.course.checks import checks_in
from autograder.course.folder import PACKAGE, find_courses
from autograder.course.seeds import Seeds
from autograder.course.settings import load_settings
from autograder.outputs import rubric
from autograder.report import Outcome
from benchmarks import grade as benchmark
from benchmarks import tables
from samples import corpus, sample_class

ENGINES = ("docker", "bubblewrap", "process")
COURSES = {course.assignment: course for course in find_courses(corpus.ROOT)}
COURSE = COURSES[corpus.ASSIGNMENT]
EXERCISES = tuple(corpus.points(corpus.ASSIGNMENT))
README = (corpus.ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*corpus.ROOT.glob("docs/*.md"), corpus.ROOT / "README.md", corpus.ROOT / "SECURITY.md"]
DOCUMENTS = [*PAGES, *corpus.ROOT.glob("[!.]*/README.md"), *PACKAGE.rglob("*/README.md")]


def section(title: str) -> str:
    """What stands below a heading."""
    return re.split(r"^## ", README.partition(f"\n## {title}\n")[2], flags=re.MULTILINE)[0]


def shown_report():
    """The excerpt of a report."""
    return json.loads(README.partition("```json\n")[2].partition("```")[0])


def shown_run():
    """What `make grade` printed, line by line."""
    return README.partition("```\nsubmitted/ holds no")[2].partition("```")[0].splitlines()


def shown_scores():
    """The table of the sample class: its rows' words by student."""
    lines = "\n".join(shown_run()).partition("\nstudent ")[2].splitlines()[1:]
    rows = [row.split() for row in takewhile(lambda line: ":" not in line, lines)]
    return {student: words for student, *words in rows}


@pytest.mark.parametrize("assignment", COURSES)
def test_the_rubric_is_current(assignment: str):
    """Whoever changes a check or a point runs `autograder rubric --write README.md`."""
    table = rubric.table(COURSES[assignment])
    assert rubric.inserted(README, table, rubric.mark(assignment)) == README


def test_the_benchmark_is_that_of_the_committed_results():
    """Whoever commits new results runs `python -m benchmarks.grade --readme`."""
    results = json.loads(benchmark.RESULTS.read_text())
    assert rubric.inserted(README, tables.summary(results), "benchmark") == README


@pytest.mark.parametrize("assignment", COURSES)
def test_the_rubric_knows_every_exercise_and_every_point(assignment: str):
    """What the shares of an exercise's checks sum up to, but for rounding; an answer in words has none."""
    points, shares = {}, {}
    mark = rubric.mark(assignment)
    text = README.partition(f"<!-- {mark}: begin -->")[2].partition(f"<!-- {mark}: end -->")[0]
    for name, _, number in re.findall(r"^\| (\S+) \|(.*)\| (\S+) \|$", text, re.MULTILINE):
        if name.startswith("**"):
            exercise = name.strip("*")
            points[exercise] = float(number.strip("*"))
        else:
            shares[exercise] = shares.get(exercise, 0.0) + float(number)
    assert list(shares) == list(corpus.points(assignment))
    assert sum(points.values()) == 100
    assert shares == pytest.approx({name: points[name] for name in shares}, abs=0.1)
    settings = load_settings(COURSES[assignment])
    assert set(points) == set(settings.exercises)


def test_every_assignment_is_introduced():
    """With a row of the first table, and no other."""
    rows = re.findall(r"^\| \[`(\w+)`\]\(source/\1\) \|", README, re.MULTILINE)
    assert rows == list(COURSES)


def test_the_shown_run_is_quiet_and_says_which_engine_graded_what():
    """Some twenty lines of `make grade`, the assignment's title and the engine's reason first (fault 13)."""
    first, engine, layout, *_, reports, scores, entries = shown_run()
    assert first == f" {corpus.ASSIGNMENT}: grading a sample class."
    title = load_settings(COURSE).title
    assert engine == f"{title}, graded with {shown_report()['engine_reason']}"
    folder = sample_class.SAMPLE / "graded" / corpus.ASSIGNMENT
    assert reports == f"Reports: {folder}/<student>.json"
    assert scores == f"Scores:  {folder}/scores.csv"
    assert layout == f"Read as nbgrader: {sample_class.SAMPLE}/submitted"
    count = len(sample_class.STUDENTS)
    assert entries == f"{count} entries found, {count - 1} graded, 1 rejected, 0 passed over."
    assert len(shown_run()) <= 22
    assert f"`{folder}/{shown_report()['student']}.json`" in README


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
    """It is an excerpt, but of a real report: its seed follows from the key and the submission."""
    shown = shown_report()
    jsonschema.validate(shown, report.schema())
    assert shown["seed"] == Seeds(COURSE.checks).for_submission(shown["submission_sha256"])


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


def test_every_exit_status_is_explained():
    """No status is left out, and none is made up."""
    table = README.partition("| exit status |")[2].partition("\n\n")[0]
    shown = [int(status) for status in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)]
    assert shown == [0, main.OURS, main.USAGE, UNPLACED_STATUS, main.INTERRUPTED]


def test_every_command_that_is_named_exists_and_every_one_is_named():
    """In all pages that people read, `make`'s targets included."""
    text = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    commands = re.findall(r"(?:^|`)autograder ([a-z][a-z-]*)", text, re.MULTILINE)
    assert set(commands) == set(main.COMMANDS)
    targets = re.findall(r"^([a-z-]+):", (corpus.ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) <= set(targets)


def test_the_readme_says_that_a_public_copy_gives_the_secrets_away():
    """All three, and how to have inputs that nobody knows (fault 17)."""
    warning = section("Keep your copy private")
    for words in ("public copy", "hidden checks", "solutions", "`seed.key`", "autograder new-key"):
        assert words in warning


@pytest.mark.slow
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


def test_every_folder_of_the_repository_is_described():
    """A row for each, and none for one that is gone."""
    ignored = [line.strip("/") for line in (corpus.ROOT / ".gitignore").read_text().split()]
    there = {
        path.name
        for path in corpus.ROOT.glob("[!.]*/")
        if not any(fnmatch.fnmatch(path.name, pattern) for pattern in ignored)
    }
    rows = re.findall(r"^\| \[`([\w/]+)/`\]", section("What is where"), re.MULTILINE)
    assert set(rows) == there


def test_every_folder_of_the_package_is_described():
    """A paragraph for each, and none for one that is gone."""
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    described = {
        name.split("/")[0] for name in re.findall(r"^\| `([a-z_/]+)/` \|", text, re.MULTILINE)
    }
    assert described == {path.parent.name for path in PACKAGE.glob("[!_.]*/*.py")}


def test_every_module_beside_the_packages_folders_is_named():
    """No file there that a reader of the package's page would not know of."""
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    beside = text.partition("\nBeside them: ")[2].partition("\n\n")[0]
    there = {path.name for path in PACKAGE.glob("[!_]*.*") if path.suffix in (".py", ".json")}
    assert set(re.findall(r"`([\w.]+\.(?:py|json))`", beside)) == there


def test_every_file_of_a_mechanism_lies_where_security_says():
    """In sandbox/ where no folder stands before its name, else where its path leads."""
    text = (corpus.ROOT / "SECURITY.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| \*\*[\w, ]+\*\* \(([^|]+)\) \|", text, re.MULTILINE)
    assert len(cells) == text.count("\n| **")
    paths = [path for cell in cells for path in re.findall(r"`([\w/]+(?:\.py|/))`", cell)]
    assert len(paths) > len(cells)
    for path in paths:
        folders = [PACKAGE, corpus.ROOT] if "/" in path else [PACKAGE / "sandbox"]
        assert any((folder / path).exists() for folder in folders), path


def test_the_targets_that_make_no_environment_are_those_that_the_readme_names():
    """All others call `make setup` first."""
    makefile = (corpus.ROOT / "Makefile").read_text()
    targets = dict(re.findall(r"^([a-z-]+):([^#\n]*)## ", makefile, re.MULTILINE))
    without = {name for name, needs in targets.items() if "$(READY)" not in needs}
    named = re.search(r"`make setup` makes\s+`.venv`; all other targets but (.+?) call", README)
    assert named
    assert set(re.findall(r"`(\w+)`", named[1])) == without
