"""The samples, graded for real: every case of every assignment scores as its expected.toml says.

A case is a folder (samples/README.md says how to add one); nothing here needs to know it. `make test-all`
grades every case on every engine. `make test` grades each of policy_gradient once, attacks in bubblewrap,
whose kernel is this machine's, most of them without the rest of their notebooks, the others in docker; and
what costs little everywhere.
"""

import ast
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.cases.loading import Case
from autograder.course.folder import Course
from autograder.engines.registry import ENGINES
from autograder.report import Outcome
from autograder.submission.assignment import Assignment, load_assignment
from autograder.submission.bounded import read_plan
from autograder.submission.plan import Plan, reference_plan
from autograder.submission.read import Rejected
from samples import corpus
from samples.alone import alone
from samples.corpus import ASSIGNMENT
from tests.helpers.grading import Warm
from tests.helpers.sessions import BRIEF, HASTY

CASES = [*corpus.load_cases(), *corpus.broken_notebooks()]
BROKEN = [case for case in CASES if case.kind == "broken"]
# Where `make test` grades the big assignment's cases.
USUAL = {"correct": "docker", "mistakes": "docker", "attacks": "bubblewrap", "broken": "bubblewrap"}
# Broken notebooks that it grades, beside those that lose something: the others are told by their plans.
GRADED = {"all_in_one_cell", "byte_order_mark", "colab", "empty", "format_3", "reordered"}
WHOLE = (
    5  # of so many attacks it grades the whole notebook of one, and of the others the attack alone
)


def small(case: Case) -> bool:
    """Whether grading it costs next to nothing: it is graded everywhere, always."""
    return case.assignment != ASSIGNMENT


def tried_alone() -> list[Case]:
    """The attacks on the big assignment that `make test` grades without the rest of their notebooks."""
    attacks = [case for case in CASES if case.kind == "attacks" and not small(case)]
    found = [alone(case) for number, case in enumerate(attacks) if number % WHOLE]
    return [case for case in found if case is not None]


ALONE = tried_alone()


def is_usual(engine: str, case: Case) -> bool:
    """Whether `make test` grades this whole case of the big assignment on this engine."""
    if case.kind == "broken" and not case.expected.loses and case.name not in GRADED:
        return False
    return engine == USUAL[case.kind] and case.name not in {each.name for each in ALONE}


def chosen() -> Iterator[Any]:
    """Every case on every engine; the process engine has no walls of its own that an attack could try."""
    for case in CASES:
        for engine in ENGINES:
            if engine == "process" and case.kind == "attacks" and not small(case):
                continue
            marks = [pytest.mark.slow] if small(case) else [pytest.mark.heavy]
            marks += [] if small(case) or is_usual(engine, case) else [pytest.mark.exhaustive]
            name = f"{engine}-{case.assignment}-{case.kind}-{case.name}"
            yield pytest.param(engine, case, id=name, marks=marks)


def differences(case: Case, name: str, warm_on: Callable[..., Warm]) -> str:
    """Whatever is otherwise than expected, a line each."""
    hasty = BRIEF if small(case) else HASTY
    warm = warm_on(name, case.assignment, hasty if case.hangs else None)
    judgement = warm.grade(case.notebook(), corpus.SEED)
    found = corpus.compare(case, judgement)
    return "\n".join([case.why, *found, judgement.message]) if found else ""


@pytest.mark.parametrize(("name", "case"), list(chosen()))
def test_a_case_scores_as_it_says(name: str, case: Case, warm_on: Callable[..., Warm]):
    """Its points, the exercises that lose, how, and by which checks: exactly as expected.toml has it."""
    if found := differences(case, name, warm_on):
        pytest.fail(found)


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "case"),
    [pytest.param("bubblewrap", case, id=f"bubblewrap-{case.name}") for case in ALONE],
)
def test_an_attack_alone_gains_nothing(name: str, case: Case, warm_on: Callable[..., Warm]):
    """It loses what it loses beside the rest of its notebook, which here nobody has attempted."""
    if found := differences(case, name, warm_on):
        pytest.fail(found)


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
