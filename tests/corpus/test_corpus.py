"""Claims about the corpus itself: what is in it is well formed, complete and what it says it is."""

import ast
import json

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder.cases import expectations, loading, student_edits
from autograder.cases.expectations import Expectation
from autograder.cases.loading import Case, CaseError
from autograder.cases.student_edits import EditError
from autograder.checker.naming import catalogue
from autograder.checker.naming.catalogue import EVERY
from autograder.course.folder import Course, assignments
from autograder.report import Verdict
from samples import corpus
from samples.corpus import ASSIGNMENT
from tests.helpers import tiny_course

CASES = corpus.load_cases()
BROKEN = corpus.broken_notebooks()
SOLUTION = "# %% replace train_solution\ndef train(model, episode, gamma):\n    return None\n"
# Cells that are not supposed to parse: the case is about them.
NOT_PYTHON = {"syntax_error"}


def names(cases: list[Case]) -> list[str]:
    """Readable test ids."""
    return [f"{case.assignment}/{case.kind}/{case.name}" for case in cases]


def sources(case: Case) -> list[str]:
    """The sources that a case adds or replaces."""
    edits = student_edits.parse((case.folder / "edits.py").read_text("utf-8"))
    return [change.source for change in edits.changes if change.source]


@pytest.mark.parametrize(("kind", "at_least"), [("correct", 12), ("mistakes", 25), ("attacks", 80)])
def test_every_kind_has_enough_cases(kind: str, at_least: int):
    """A corpus that shrinks unnoticed is worth nothing."""
    assert len(corpus.load_cases(kind, ASSIGNMENT)) >= at_least


def test_every_assignment_has_cases_of_every_kind():
    """Right ones, wrong ones and attacks lie beside its hidden checks."""
    assert corpus.assignments() == assignments(corpus.ROOT)
    for name in corpus.assignments():
        assert {case.kind for case in CASES if case.assignment == name} == set(loading.KINDS)


def test_there_are_enough_broken_notebooks():
    """Both raw and made ones are found."""
    assert len(BROKEN) >= 8


def test_names_are_unique_in_their_assignment():
    """A name is a student's id, so no two cases of an assignment may share one."""
    all_names = [(case.assignment, case.name) for case in CASES + BROKEN]
    assert len(all_names) == len(set(all_names))


def test_every_file_of_a_case_is_used():
    """A case is `edits.py` and `expected.toml`: a third file would be read by nobody."""
    for name in corpus.assignments():
        kinds = [path for path in corpus.cases_of(name).iterdir() if path.is_dir()]
        assert {path.name for path in kinds} == set(loading.KINDS)
        files = {path.name for kind in kinds for path in kind.glob("*/*")}
        assert files == {"edits.py", "expected.toml"}


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_replaced_and_added_cells_compile(case: Case):
    """A typing error in the corpus would look like a student's mistake."""
    for source in sources(case):
        python = TransformerManager().transform_cell(source)
        if case.name in NOT_PYTHON:
            with pytest.raises(SyntaxError):
                ast.parse(python)
        else:
            ast.parse(python)


@pytest.mark.parametrize("case", CASES + BROKEN, ids=names(CASES + BROKEN))
def test_a_notebook_is_built_the_same_way_every_time(case: Case):
    """Resuming and comparing reports need the same bytes from the same case."""
    assert case.notebook() == case.notebook()


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_no_cell_tells_the_grader_what_to_do(case: Case):
    """What only the release's making needs never reaches a submission, unless a student writes it there."""
    if any('"autograder": {' in source for source in sources(case)):
        return
    notebook = json.loads(case.notebook())
    assert not any("autograder" in cell["metadata"] for cell in notebook["cells"])


@pytest.mark.parametrize("case", corpus.load_cases("correct"), ids=lambda case: case.name)
def test_a_correct_case_is_not_the_master(case: Case):
    """A variant that varies nothing shows nothing."""
    assert case.notebook() != student_edits.dump(corpus.base_notebook("solved", case.assignment))


@pytest.mark.parametrize("case", corpus.load_cases("correct"), ids=lambda case: case.name)
def test_a_correct_case_scores_all_that_checks_give(case: Case):
    """A correct submission that loses points belongs elsewhere."""
    full = sum(corpus.points(case.assignment).values())
    assert case.expected == Expectation(score=full, jupyter=case.expected.jupyter)


@pytest.mark.parametrize("case", corpus.load_cases("mistakes"), ids=lambda case: case.name)
def test_a_mistake_loses_somewhere(case: Case):
    """A mistake that costs nothing belongs to the correct ones."""
    assert case.expected.loses


@pytest.mark.parametrize("case", corpus.load_cases("attacks"), ids=lambda case: case.name)
def test_an_attack_has_something_to_gain(case: Case):
    """An attack whose notebook earns everything honestly could not show that it failed."""
    assert case.expected.loses
    assert case.expected.score < sum(corpus.points(case.assignment).values())


def test_a_case_of_another_assignment_is_found_and_built_from_its_notebook(tmp_path, monkeypatch):
    """By its folder alone; its exercises and its full score are those of its assignment."""
    monkeypatch.setattr(corpus, "ROOT", tmp_path)
    tiny_course.write(tmp_path)
    folder = corpus.cases_of(tiny_course.NAME) / "correct" / "by_adding"
    folder.mkdir(parents=True)
    source = "def double(number):\n    return number + number"
    (folder / "edits.py").write_text(f'"""Why."""\n\n# %% replace double_solution\n{source}\n')
    (folder / "expected.toml").write_text("score = 10.0\n")
    (case,) = corpus.load_cases()
    assert (case.assignment, case.kind, case.name) == ("tiny", "correct", "by_adding")
    assert case.expected == Expectation(score=10.0)
    assert source in [cell["source"] for cell in json.loads(case.notebook())["cells"]]
    (folder / "expected.toml").write_text("score = 100.0\n")
    with pytest.raises(CaseError, match=r"must state score = 10\.0"):
        corpus.load_cases()


def test_a_case_without_an_expectation_fails(tmp_path, monkeypatch):
    """Nothing is skipped because a file is missing."""
    monkeypatch.setattr(corpus, "ROOT", tmp_path)
    folder = corpus.cases_of(ASSIGNMENT) / "mistakes" / "forgotten"
    folder.mkdir(parents=True)
    (folder / "edits.py").write_text(f'"""Why."""\n\n{SOLUTION}')
    with pytest.raises(CaseError, match=r"mistakes/forgotten.*expected\.toml"):
        corpus.load_cases("mistakes")


@pytest.mark.parametrize(
    "text",
    [
        SOLUTION,
        f'"""Why."""\n# base: newest\n\n{SOLUTION}',
        f'"""Why."""\nimport os\n\n{SOLUTION}',
        '"""Why."""\n# %% replace train_solution\n',
        '"""Why."""\n# %% remove train_solution\n',
        '"""Why."""\n# %% delete train_solution\nx = 1\n',
        '"""Why."""\n# %% move train_solution behind imports\n',
        '"""Why."""\n# %% after imports [commented]\nx = 1\n',
        '"""Why."""\n# %% set imports\n',
    ],
)
def test_an_edit_without_a_meaning_fails(text: str):
    """A directive or option that nobody knows is never ignored."""
    with pytest.raises(EditError):
        student_edits.parse(text)


def test_an_unknown_grade_id_fails():
    """A renamed cell of the master is noticed, not skipped."""
    with pytest.raises(EditError, match="tarin_solution"):
        corpus.build_case('"""Why."""\n# %% delete tarin_solution\n')


@pytest.mark.parametrize("literal", ["{'id': name}", "['id']"])
def test_what_is_set_must_be_a_dictionary(literal: str):
    """Not a name, not a list."""
    with pytest.raises(EditError, match="what is set must be a"):
        corpus.build_case(f'"""Why."""\n# %% set imports\n{literal}\n')


def test_setting_keeps_what_it_does_not_name():
    """A dictionary goes into the one that is there; the notebook's own parts are set alike."""
    text = """# %% set imports
{"id": "mine", "metadata": {"nbgrader": {"points": 3}}}

# %% set notebook
{"metadata": {"title": "mine"}, "nbformat_minor": 99}
"""
    notebook = json.loads(corpus.build_case(f'"""Why."""\n{text}'))
    cell = notebook["cells"][student_edits.find(notebook["cells"], "imports")]
    assert (cell["id"], cell["metadata"]["nbgrader"]["points"]) == ("mine", 3)
    assert cell["metadata"]["nbgrader"]["locked"]
    assert notebook["metadata"]["title"] == "mine"
    assert "kernelspec" in notebook["metadata"]
    assert notebook["nbformat_minor"] == 99


@pytest.mark.parametrize("case", CASES + BROKEN, ids=names(CASES + BROKEN))
def test_writing_an_expectation_loses_nothing(case: Case):
    """What is regenerated reads as what was written."""
    points = corpus.points(case.assignment)
    assert expectations.read(expectations.write(case.expected), points) == case.expected


def test_only_what_never_ends_hangs():
    """Such a case is graded with small limits, so that nobody waits for it."""
    hanging = {case.name for case in CASES if case.hangs}
    assert {"endless_loop", "asks_without_end"} <= hanging
    assert "off_by_one" not in hanging


def test_a_class_lies_in_nbgraders_layout(tmp_path):
    """One folder per student, named as the case, with the assignment and its notebook in it."""
    paths = corpus.write_class(tmp_path, ["sequential_model", "empty"])
    relative = [str(path.relative_to(tmp_path)) for path in paths]
    assert relative == [
        "sequential_model/policy_gradient/policy_gradient.ipynb",
        "empty/policy_gradient/policy_gradient.ipynb",
    ]
    assert json.loads(paths[0].read_bytes())["nbformat"] == 4
    assert paths[1].read_bytes() == b""


def test_an_unknown_name_fails(tmp_path):
    """A misspelt case is not an empty class."""
    with pytest.raises(corpus.CorpusError, match="seqential"):
        corpus.write_class(tmp_path, ["seqential"])


@pytest.mark.parametrize("case", corpus.load_cases("mistakes"), ids=lambda case: case.name)
def test_a_mistake_says_which_wrong_idea_is_behind_it(case: Case):
    """Each exercise that it attempts and loses: an idea that the assignment knows, or none of these."""
    known = catalogue.load(
        Course(corpus.ROOT, case.assignment).checks, [*corpus.points(case.assignment)]
    )
    names = {(each.exercise, each.name) for each in known.ideas}
    for exercise, loss in case.expected.loses.items():
        if loss.outcome is Verdict.NOT_ATTEMPTED:
            assert loss.misconception is None, exercise
        elif loss.misconception != "":
            assert {(exercise, loss.misconception), (EVERY, loss.misconception)} & names, exercise
