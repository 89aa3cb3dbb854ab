"""Claims about `autograder certify`: what is graded, what it finds, what it keeps."""

import _thread
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cases.loading import cases_folder
from autograder.certificate import page, record
from autograder.cli import certify, main
from autograder.course.content import CERTIFICATE, EQUIVALENT, course_digest
from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.engines.registry import Choice
from autograder.report import Judgement
from tests.helpers import certified
from tests.helpers.certified import add_case, loses
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.fake_engine import FakeEngine

OUT = Path("build/certificate/tiny")
POW = "square.ReplaceBinaryOperator_Mul_Pow.1"
MARKS = "<!-- certificate tiny: begin -->\n<!-- certificate tiny: end -->\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two exercises, three cases and their mutants."""
    return certified.write(tmp_path)


@pytest.fixture
def engine(course: Course, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """What grades it, whatever engine is asked for."""
    engine = FakeEngine(certified.judge)
    monkeypatch.setattr(certify, "choose", lambda course, asked_for: Choice(engine, ""))
    return engine


def written() -> record.Certificate:
    """The certificate that the command wrote."""
    return record.Certificate.model_validate(json.loads((OUT / CERTIFICATE).read_text()))


def faults() -> dict[str, list[str]]:
    """The names of what was found that must not be, by fault."""
    found: dict[str, list[str]] = {}
    for finding in written().findings:
        found.setdefault(str(finding.fault), []).append(f"{finding.kind}/{finding.name}")
    return found


@pytest.mark.usefixtures("engine")
def test_checks_that_judge_well_are_certified(run: Run):
    """Status 0, one sentence with the numbers, a page and a file."""
    status, output, errors = run("certify", "tiny")
    assert (status, errors) == (0, "")
    assert "none of 1 right solutions lost a point, each of 1 mistakes and " in output
    assert "none of 1 attacks gained any" in output
    rows = {row.kind: (row.full, row.lost, row.gained) for row in written().matrix}
    mutants = len([each for each in written().results if each.kind == "mutants"])
    assert rows == {
        "correct": (1, 0, 0), "mistakes": (0, 1, 0), "mutants": (0, mutants, 0),
        "equivalent mutants": (0, 0, 0), "attacks": (0, 1, 0),
    }  # fmt: skip
    assert mutants > 20
    assert not any(written().faults.values())
    assert page.is_clean(written())
    text = (OUT / "certificate.md").read_text()
    assert page.verdict(written()) in text


@pytest.mark.usefixtures("engine")
def test_each_thing_that_must_not_be_is_found_by_name(course: Course, run: Run):
    """A right one that loses, a mistake that does not, a loss elsewhere, an attack that gains."""
    add_case(course, "correct", "wrong", "square", "return number", "score = 20.0")
    add_case(course, "mistakes", "right", "square", "return number * number", loses("square"))
    add_case(course, "mistakes", "another", "square", "return number", loses("half"))
    add_case(
        course, "attacks", "gains", "half", "return number / 2", "score = 10.0" + loses("half")
    )
    status, output, errors = run("certify")
    assert status == 1
    assert is_one_sentence(errors)
    assert "The checks of tiny do not tell right from wrong everywhere" in errors
    assert faults() == {
        "right_lost": ["correct/wrong"],
        "wrong_full": ["mistakes/another", "mistakes/right"],
        "lost_elsewhere": ["mistakes/another"],
        "gained": ["attacks/gains"],
    }
    text = (OUT / "certificate.md").read_text()
    for name in ("correct/wrong", "mistakes/another", "mistakes/right", "attacks/gains"):
        assert f"\n{name} " in output
        assert f"- {name} " in text


@pytest.mark.usefixtures("engine")
def test_a_mutant_that_keeps_all_points_is_found_unless_it_is_listed(
    course: Course, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """And one that is listed and loses is found, too."""
    monkeypatch.setitem(certified.INPUTS, "square", {1: 1})
    assert run("certify")[0] == 1
    assert f"mutants/{POW}" in faults()["wrong_full"]
    mutants = {each.name: each for each in written().results if each.kind == "mutants"}
    monkeypatch.setitem(certified.INPUTS, "square", {1: 1, 3: 9})
    lists(course, POW.split(".")[1], mutants[POW].why.partition(": ")[2])
    (OUT / "reports").rename("elsewhere")
    run("certify")
    assert faults() == {"equivalent_lost": [f"mutants/{POW}"]}
    monkeypatch.setitem(certified.INPUTS, "square", {1: 1})
    (OUT / "reports").rename("somewhere")
    run("certify")
    assert f"mutants/{POW}" not in faults()["wrong_full"]
    (known,) = written().equivalent
    assert (known.name, known.why) == (POW, "A reason.")
    assert "A reason." in (OUT / "certificate.md").read_text()


def lists(course: Course, operator: str, line: str) -> None:
    """Say of a mutant of `square` that it is equivalent."""
    entry = {"exercise": "square", "operator": f"core/{operator}", "line": line, "why": "A reason."}
    lines = [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
    (course.checks / EQUIVALENT).write_text("\n".join(["[[mutant]]", *lines]))


def test_an_interrupted_run_goes_on_where_it_stopped(engine: FakeEngine, run: Run):
    """What was graded is kept, by the notebook's bytes and what judged it."""

    def interrupt(notebook: bytes, call: int) -> Judgement:
        if call == 8:
            _thread.interrupt_main()
            time.sleep(0.5)  # seconds, in which the run is ended
        return certified.judge(notebook, call)

    engine.behave = interrupt
    status, _, errors = run("certify", "--workers", "1")
    assert status == main.INTERRUPTED
    assert "goes on from there" in errors
    engine.behave = certified.judge
    before = len(engine.graded)
    assert run("certify", "--workers", "1")[0] == 0
    assert before == 8
    assert len(engine.graded) - before == len(written().results) - 7
    assert run("certify")[0] == 0
    assert len(engine.graded) == len(written().results) + 1


@pytest.mark.usefixtures("engine")
def test_with_several_seeds_what_varies_is_named(run: Run, monkeypatch: pytest.MonkeyPatch):
    """With all its scores; that alone is nothing that must not be."""

    def grade(session: object, notebook: bytes, seed: int, **more: bool) -> Judgement:
        judged = certified.judge(notebook, 0)
        if seed == 2 and b"return 9" in notebook:
            return judged.model_copy(update={"score": 5.0})
        return judged

    monkeypatch.setattr("tests.helpers.fake_engine.FakeSession.grade", grade)
    status, output, _ = run("certify", "--seeds", "3")
    assert status == 0
    assert "1 do not score the same with every seed" in output
    assert written().unsteady_scores == {"attacks/always_nine": [10.0, 10.0, 5.0]}
    assert written().seeds == [0, 1, 2]
    assert "attacks/always_nine: 10, 10, 5" in (OUT / "certificate.md").read_text()


@pytest.mark.usefixtures("engine")
def test_a_mistake_that_is_found_with_some_seeds_only_is_not_found(
    run: Run, monkeypatch: pytest.MonkeyPatch
):
    """One student in three would keep the points; the finding has the seed."""

    def grade(session: object, notebook: bytes, seed: int, **more: bool) -> Judgement:
        right = b"return number + number" in notebook and seed == 1
        notebook = notebook.replace(b"number + number", b"number * number") if right else notebook
        return certified.judge(notebook, 0)

    monkeypatch.setattr("tests.helpers.fake_engine.FakeSession.grade", grade)
    status, output, _ = run("certify", "--seeds", "3")
    assert status == 1
    assert faults() == {"wrong_full": ["mistakes/doubles"]}
    assert "mistakes/doubles kept all points of square, which is wrong there (seed 1)\n" in output
    (mistakes,) = [row for row in written().matrix if row.kind == "mistakes"]
    assert (mistakes.full, mistakes.lost) == (1, 0)
    assert written().exercises.wrong_full == 1


def test_attacks_are_left_out_where_nothing_would_stop_them(engine: FakeEngine, run: Run):
    """The page says so, and such a certificate is not kept."""
    engine.name = "process"
    Path("README.md").write_text(MARKS)
    status, output, _ = run("certify")
    assert status == 0
    assert "1 attacks were left out" in output
    assert not any(b"return 9" in notebook for notebook, _ in engine.graded)
    assert "Left out: attacks." in (OUT / "certificate.md").read_text()
    status, _, errors = run("certify", "--write", "README.md")
    assert status == 2
    assert is_one_sentence(errors)
    assert Path("README.md").read_text() == MARKS


@pytest.mark.usefixtures("engine")
def test_what_is_kept_are_the_numbers_and_of_which_checks_they_are(course: Course, run: Run):
    """In a file beside the checks that decides no score, and between the marks of the other file."""
    before = course_digest(course, load_settings(course))
    Path("README.md").write_text(f"# Before\n{MARKS}After\n")
    assert run("certify", "--write", "README.md")[0] == 0
    summary = record.read_summary(course.checks / CERTIFICATE)
    assert summary == written().summary()
    assert summary.course == course_digest(course, load_settings(course)) == before
    assert summary.cases == {"correct": 1, "mistakes": 1, "attacks": 1}
    text = Path("README.md").read_text()
    assert text.startswith("# Before\n<!-- certificate tiny: begin -->\n| submissions ")
    assert page.table(summary) in text
    assert text.endswith("<!-- certificate tiny: end -->\nAfter\n")


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda course: Path("README.md").unlink(), "README.md cannot be read"),
        (lambda course: Path("README.md").write_text("No marks."), "certificate tiny: begin"),
        (
            lambda course: (cases_folder(course) / "correct/by_power/expected.toml").unlink(),
            "correct/by_power",
        ),
        (
            lambda course: add_case(course, "mistakes", "lost", "cube", "pass", loses("half")),
            "mistakes/lost: 0 cells have the grade id 'cube_solution'",
        ),
        (lambda course: (course.checks / EQUIVALENT).write_text("x"), EQUIVALENT),
    ],
    ids=["no file", "no marks", "half a case", "no such cell", "no TOML"],
)
def test_what_is_not_as_it_must_be_is_one_sentence(
    spoil: Callable[[Course], object], says: str, course: Course, run: Run
):
    """And nothing is kept."""
    Path("README.md").write_text(MARKS)
    spoil(course)
    status, _, errors = run("certify", "--write", "README.md")
    assert status in (1, 2)
    assert is_one_sentence(errors)
    assert says in errors
    assert not (course.checks / CERTIFICATE).exists()


@pytest.mark.usefixtures("engine")
def test_an_assignment_that_is_not_there_is_wrong_usage(run: Run):
    """As for every command."""
    status, _, errors = run("certify", "nowhere")
    assert status == 2
    assert is_one_sentence(errors)
