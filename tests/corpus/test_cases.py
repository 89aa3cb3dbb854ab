"""The samples, graded for real: every case of every assignment scores as its expected.toml says.

A case is a folder (samples/README.md says how to add one); nothing here needs to know it. `make test-all`
grades every case on every engine. `make test` grades each of policy_gradient once, attacks in bubblewrap,
whose kernel is this machine's, the others in docker; and what costs little everywhere.
"""

import ast
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.course.folder import Course
from autograder.engines.registry import ENGINES
from autograder.report import Outcome
from autograder.submission.assignment import Assignment, load_assignment
from autograder.submission.bounded import read_plan
from autograder.submission.plan import Plan, reference_plan
from autograder.submission.read import Rejected
from samples import corpus
from samples.corpus import ASSIGNMENT, Case
from tests.helpers.grading import Warm
from tests.helpers.sessions import HASTY

BROKEN = corpus.broken_notebooks()
# Where `make test` grades the big assignment's; the broken ones that are told apart by their plans are
# graded too, but for these few, in `make test-all` alone.
USUAL = {"correct": "docker", "mistakes": "docker", "attacks": "bubblewrap", "broken": "bubblewrap"}
GRADED = {
    "all_in_one_cell", "byte_order_mark", "colab", "empty", "format_3", "lone_surrogates",
    "merged_with_the_loop", "nested_everywhere", "pdf", "reordered", "split_exercise", "utf_16",
}  # fmt: skip


def chosen() -> Iterator[Any]:
    """Every case on every engine; the process engine has no walls of its own that an attack could try."""
    for case in (*corpus.load_cases(), *BROKEN):
        for engine in ENGINES:
            small = case.assignment != ASSIGNMENT
            if engine == "process" and case.kind == "attacks" and not small:
                continue
            usual = engine == USUAL[case.kind] and not (case.kind == "broken" and spared(case))
            marks = [] if small else [pytest.mark.heavy]
            marks += [] if small or usual else [pytest.mark.exhaustive]
            name = f"{engine}-{case.assignment}-{case.kind}-{case.name}"
            yield pytest.param(engine, case, id=name, marks=marks)


def spared(case: Case) -> bool:
    """Whether its plan says enough: it is rejected, or the same work as the master's."""
    return not case.expected.loses and case.name not in GRADED


@pytest.mark.parametrize(("name", "case"), list(chosen()))
def test_a_case_scores_as_it_says(name: str, case: Case, warm_on: Callable[..., Warm]):
    """Its points, the exercises that lose, how, and by which checks: exactly as expected.toml has it."""
    warm = warm_on(name, case.assignment, HASTY if case.hangs else None)
    judgement = warm.grade(case.notebook())
    differences = corpus.compare(case, judgement)
    assert not differences, "\n".join([case.why, *differences, judgement.message])


@pytest.fixture(scope="module")
def assignment(course: Course) -> Assignment:
    """The real assignment."""
    return load_assignment(course)


def work(plan: Plan) -> dict[str, str]:
    """The functions that are there once a plan's cells have run, but for how they are written down."""
    found = {}
    for cell in plan.cells:
        for node in ast.parse(cell.source).body:
            if isinstance(node, ast.FunctionDef):
                found[node.name] = ast.dump(node)
    return found


@pytest.mark.parametrize(
    "case",
    [case for case in BROKEN if case.expected.outcome is Outcome.REJECTED],
    ids=lambda c: c.name,
)
def test_a_file_that_is_no_notebook_is_rejected_when_it_is_read(case: Case, assignment: Assignment):
    """Before anything of it could run, with the sentence that expected.toml names."""
    with pytest.raises(Rejected) as rejected:
        read_plan(assignment, case.notebook())
    assert case.expected.message_contains in str(rejected.value)


@pytest.mark.parametrize(
    "case", [case for case in BROKEN if case.expected.score == 100.0], ids=lambda c: c.name
)
def test_a_broken_notebook_with_all_of_the_work_is_planned_as_the_whole_one(
    case: Case, assignment: Assignment
):
    """Whatever a tool did to its cells: every exercise was found, and the same functions are defined."""
    plan, whole = read_plan(assignment, case.notebook()), reference_plan(assignment)
    assert plan.states == whole.states
    assert plan.scripts.keys() == whole.scripts.keys()
    found = work(plan)
    assert {name: found.get(name) for name in work(whole)} == work(whole)
