"""Claims about mutants: where they come from, what is none, and which are said to be no mistakes."""

import ast
import builtins
import json
from pathlib import Path

import parso
import pytest
from cosmic_ray.ast import ast_nodes
from cosmic_ray.mutating import mutate_code

from autograder.certificate import equivalent, mutants
from autograder.certificate.errors import CertificateError
from autograder.certificate.operators import OWN
from autograder.course.content import EQUIVALENT
from autograder.course.folder import Course
from tests.helpers import certified, tiny_course
from tests.helpers.tiny_course import Exercise

ENTRY = """[[mutant]]
exercise = "square"
operator = "core/ReplaceBinaryOperator_Mul_Pow"
line = "result = number  ** number"
why = "It is not, but whoever says so is believed."
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Two exercises of one line each between the markers."""
    return certified.write(tmp_path)


def all_of(operator: str, source: str) -> list[str | None]:
    """Every mutation that an operator of ours makes of some code."""
    own = OWN[f"autograder/{operator}"]
    places = [p for node in ast_nodes(parso.parse(source)) for p in own.mutation_positions(node)]
    return [mutate_code(source, own, number) for number in range(len(places))]


@pytest.mark.parametrize(
    ("operator", "source", "made"),
    [
        (
            "DeleteStatement",
            "if a:\n    b = 1\n",
            ["if a:\n    pass  # instead of: b = 1\n"],
        ),
        ("DropArgument", "f(a, b=1)[0]", ["f(b=1)[0]", "f(a)[0]"]),
        ("DropArgument", "f(a)", ["f()"]),
        ("DropArgument", "f()[a]", []),
        ("SwapArguments", "f(a, g(b, c))", ["f(g(b, c), a)", "f(a, g(c, b))"]),
        ("SwapArguments", "f(a, *b, c, d=1)", []),
    ],
)
def test_an_operator_of_ours_makes_each_of_its_mutations(operator: str, source: str, made: list):
    """At every place of the code, one in each mutant."""
    assert all_of(operator, source) == made


def test_only_lines_between_the_markers_are_mutated(course: Course):
    """In each mutant one line is another one, and all other exercises are the master's."""
    made = mutants.make_mutants(course).made
    assert {mutant.exercise for mutant in made} == {"square", "half"}
    assert {mutant.row for mutant in made} == {3}
    assert len({mutant.name for mutant in made}) == len(made)
    for mutant in made:
        cells = json.loads(mutants.notebook(course, mutant))["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
        own, other = certified.SQUARE, certified.HALF
        own, other = (own, other) if mutant.exercise == own.name else (other, own)
        assert other.solution in sources
        (changed,) = [source for source in sources if f"def {mutant.exercise}(" in source]
        lines = zip(changed.split("\n"), own.solution.split("\n"), strict=True)
        assert [row for row, (new, old) in enumerate(lines, 1) if new != old] == [3]


def test_a_mutant_says_what_stands_in_place_of_what(course: Course):
    """As its line reads, without the indentation."""
    found = {m.operator: m for m in mutants.make_mutants(course).made if m.exercise == "square"}
    mutant = found["core/ReplaceBinaryOperator_Mul_Pow"]
    assert mutant.original == "result = number * number"
    assert mutant.line == "result = number ** number"
    ast.parse(mutant.source)


def test_what_a_mutation_leaves_as_it_was_is_no_mutant(tmp_path: Path):
    """Nor what another one has made: swapping equal arguments, dropping one of two that are alike."""
    source = certified.SQUARE.solution.replace("number * number", "max(number, number)")
    course = tiny_course.write(
        tmp_path, [Exercise("square", source, "def test_a(student): pass", {"a": 1})]
    )
    made = mutants.make_mutants(course)
    assert [mutant.name for mutant in made.made] == [
        "square.DeleteStatement.1",
        "square.DropArgument.1",
    ]
    assert made.dropped == {"unchanged": 1, "double": 1, "no_python": 0}


def test_without_cosmic_ray_one_sentence_says_what_to_install(
    course: Course, monkeypatch: pytest.MonkeyPatch
):
    """An instructor's own environment need not have it."""
    real = builtins.__import__

    def without(name: str, *args: object, **more: object) -> object:
        if name.startswith("cosmic_ray"):
            raise ImportError(name)
        return real(name, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CertificateError, match="pip install cosmic-ray"):
        mutants.make_mutants(course)


def test_a_mutant_that_is_listed_has_its_reason(course: Course):
    """However its line is spaced; all others have none."""
    (course.checks / EQUIVALENT).write_text(ENTRY)
    made = mutants.make_mutants(course).made
    listed = equivalent.load(course, made)
    reasons = {mutant.operator: listed.why(mutant) for mutant in made if listed.why(mutant)}
    assert reasons == {
        "core/ReplaceBinaryOperator_Mul_Pow": "It is not, but whoever says so is believed."
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            ENTRY.replace("**", "***"),
            r"no mutant of square.* reads 'result = number  \*\*\* number'",
        ),
        (ENTRY.replace("Mul_Pow", "Mul_Add"), "no mutant of square"),
        (ENTRY.replace("why", "because"), "mutant.0.why"),
        (ENTRY + "more = 1\n", "mutant.0.more"),
        (ENTRY.replace("It is not, but whoever says so is believed.", ""), "mutant.0.why"),
        ("[[mutants]]\n", "mutants"),
        ("[[mutant]", "cannot be read as TOML"),
    ],
    ids=["stale line", "another operator", "no reason", "unknown key", "empty", "name", "no TOML"],
)
def test_an_entry_without_a_meaning_is_an_error(text: str, says: str, course: Course):
    """Stale ones above all: the master has changed, and nobody looked at the mutant of today."""
    (course.checks / EQUIVALENT).write_text(text)
    made = mutants.make_mutants(course).made
    with pytest.raises(CertificateError, match=says) as raised:
        equivalent.load(course, made)
    assert f"checks/tiny/{EQUIVALENT}" in str(raised.value)
