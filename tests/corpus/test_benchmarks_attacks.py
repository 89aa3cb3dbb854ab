"""The attacks' benchmark: every case has its idea, and both peers get the same tests."""

import ast
import doctest
import json

import pytest

from autograder.cases import student_edits
from benchmarks import attacks
from benchmarks.peers import course, grade, ideas
from benchmarks.peers.ideas import Notebook
from samples import corpus


def test_every_attack_belongs_to_an_idea():
    """A case that was added and not mapped to an idea, or given a reason, is an error."""
    mapped = {case for idea in ideas.load() for case in idea.ours} | set(ideas.ours_only())
    assert {case.name for case in corpus.load_cases("attacks", corpus.ASSIGNMENT)} <= mapped


def test_a_reason_stands_where_a_peer_is_spared():
    """What is not tried on a peer says why; what is tried has a notebook."""
    for idea in ideas.load():
        for notebook in idea.peers.values():
            assert notebook if isinstance(notebook, str) else notebook.text


@pytest.mark.parametrize("name", course.POINTS)
def test_both_peers_get_the_same_hidden_test(name: str):
    """nbgrader's grade cell holds its text, Otter's hidden case the same statements."""
    cells = json.loads(course.nbgrader_source())["cells"]
    source = "".join(cells[student_edits.find(cells, name)]["source"])
    hidden = source.partition("### BEGIN HIDDEN TESTS\n")[2].partition("\n### END")[0]
    content: dict[str, dict] = {}
    exec(course.otter_files()[f"tests/{name}.py"], content)
    (suite,) = content["test"]["suites"]
    visible_case, hidden_case = suite["cases"]
    examples = doctest.DocTestParser().get_examples(hidden_case["code"])
    assert (visible_case["hidden"], hidden_case["hidden"]) == (False, True)
    assert ast.dump(ast.parse("".join(example.source for example in examples))) == ast.dump(
        ast.parse(hidden)
    )


def test_a_notebook_earns_what_its_attack_leaves_alone():
    """An exercise whose cell an attack changes is not honest, and earns nothing."""
    text = '"""Why."""\n# %% replace discount_rewards_solution\npass\n'
    assert course.changed_exercises(text) == {"discount_rewards"}
    assert course.changed_exercises('"""Why."""\n# base: release\n# %% after imports\n1\n') == set(
        course.POINTS
    )


def test_edits_that_the_peers_never_see_are_refused():
    """An attack in a cell that the peers' notebook does not have would seem to be held."""
    with pytest.raises(student_edits.EditError):
        course.changed_exercises('"""Why."""\n# %% replace train_solution\npass\n')


@pytest.mark.parametrize(
    ("graded", "outcome"),
    [
        (grade.Graded(65.0), "-"),
        (grade.Graded(80.0), "G"),
        (grade.Graded(65.0, script=True), "G"),
        (grade.Graded(None), "X"),
        (grade.Graded(50.0), "X"),
        (grade.Graded(65.0, bystander=0.0), "X"),
        (grade.Graded(80.0, bystander=0.0, left=["process"]), "GXL"),
    ],
)
def test_a_verdict_follows_from_what_was_measured(graded: grade.Graded, outcome: str):
    """Points beyond the honest ones, a result lost or lowered, something left behind."""
    assert attacks.judged(graded, Notebook("", 65))["outcome"] == outcome
