"""Claims about what a check's end means: whose fault it is, and what it costs.

Each is tried in a real session of a tiny course, whose checks are as a test wants them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.course.seeds import KEY
from autograder.course.settings import Limits
from autograder.engines.base import Session
from autograder.errors import EngineError
from autograder.report import Judgement, Outcome, Verdict
from tests.helpers import tiny_course
from tests.helpers.grading import SEED, exercise, lost, messages
from tests.helpers.tiny_course import Exercise, checked

# What keeps a check from running, or from counting: nobody may earn anything by it.
UNPROVEN = {
    "skip": "@pytest.mark.skip\ndef test_a(student):\n    assert student",
    "skip_with_reason": '@pytest.mark.skip(reason="later")\ndef test_a(student):\n    assert student',
    "skipif": '@pytest.mark.skipif(True, reason="later")\ndef test_a(student):\n    assert student',
    "xfail_passed": "@pytest.mark.xfail\ndef test_a(student):\n    assert student",
    "xfail_failed": "@pytest.mark.xfail\ndef test_a(student):\n    assert not student",
    "xfail_strict": "@pytest.mark.xfail(strict=True)\ndef test_a(student):\n    assert not student",
    "xfail_not_run": "@pytest.mark.xfail(run=False)\ndef test_a(student):\n    assert student",
    "skip_inside": 'def test_a(student):\n    pytest.skip("later")',
    "xfail_inside": 'def test_a(student):\n    pytest.xfail("later")',
    "importorskip": 'def test_a(student):\n    pytest.importorskip("nothing_of_this_name")',
    "skip_in_a_fixture": (
        "@pytest.fixture\ndef later():\n    pytest.skip()\ndef test_a(student, later):\n    pass"
    ),
    "exit_inside": 'def test_a(student):\n    pytest.exit("enough")',
}
PROVEN = "def test_a(student):\n    assert student.right(2) == 4"

Grade = Callable[..., Judgement]


@pytest.fixture(scope="module")
def session_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., tuple[Session, list[Exercise]]]]:
    """`session_of(name, exercises)` is a session of such a course, the same one for one name."""
    sessions: dict[str, Session] = {}
    with ExitStack() as stack:

        def session_of(
            name: str,
            exercises: list[Exercise],
            files: dict[str, str] | None = None,
            limits: Limits | None = None,
        ) -> Session:
            if name not in sessions:
                course = tiny_course.write(tmp_path_factory.mktemp(name), exercises, files)
                sessions[name] = tiny_course.start(course, limits)
                stack.callback(sessions[name].close)
            return sessions[name]

        yield session_of


@pytest.fixture
def unproven(session_of: Callable[..., Session]) -> Grade:
    """Grades a release in which one exercise alone is solved; each is checked by one of the above."""
    texts = UNPROVEN | {"right": PROVEN}
    exercises = [checked(f"import pytest\n{text}\n", name) for name, text in texts.items()]
    session = session_of("unproven", exercises)

    def grade(name: str) -> Judgement:
        solution = next(each.solution for each in exercises if each.name == name)
        return session.grade(tiny_course.released(exercises, **{name: solution}), SEED)

    return grade


@pytest.mark.parametrize("name", UNPROVEN)
def test_a_check_that_did_not_run_or_did_not_count_is_our_fault(name: str, unproven: Grade):
    """Never points, never a zero: pytest itself must say that the whole check passed (fault 5)."""
    judgement = unproven(name)
    assert (judgement.outcome, judgement.score) == (Outcome.GRADER_ERROR, None)
    assert judgement.fault is not None
    assert f"test_{name}.py" in judgement.fault


def test_a_marked_check_spoils_no_exercise_but_its_own(unproven: Grade):
    """Whoever did not attempt it is graded; a check that really passes gives its points."""
    assert unproven("right").score == exercise(unproven("right"), "right").max_score


def test_a_file_of_checks_that_is_skipped_as_a_whole_is_our_fault(tmp_path: Path):
    """As with importorskip at its top: an exercise without a check gives nobody points (fault 5)."""
    text = 'import pytest\npytest.importorskip("nothing_of_this_name")\ndef test_a(student): pass\n'
    judgement = tiny_course.judge(
        tiny_course.write(tmp_path, [checked(text)]), tiny_course.notebook()
    )
    assert judgement.outcome is Outcome.GRADER_ERROR


def test_a_cell_cut_short_by_its_exercises_time_serves_the_next_exercise(tmp_path: Path):
    """The wait was ended by the exercise's limit, not by the cell's: it may well be usable (fault 4)."""
    slow = "import time\ntime.sleep(1.5)\ndef double(number):\n    return 2 * number"
    exercises = [
        checked("def test_a(student): assert student.double(2) == 4\n", seconds=0.5),
        checked("def test_a(student): assert student.later(2) == 4\n", "later"),
    ]
    submission = tiny_course.notebook(
        exercises, double=slow, later="def later(number):\n    return double(number)"
    )
    judgement = tiny_course.judge(tiny_course.write(tmp_path, exercises), submission)
    assert lost(judgement) == {"double": Verdict.TIMEOUT}


def test_a_cell_that_exceeds_its_own_limit_is_left_out(tmp_path: Path):
    """Its exercise times out, and the next one does without what it would have defined."""
    exercises = [
        checked("def test_a(student): assert student.double(2) == 4\n"),
        checked("def test_a(student): assert student.later(2) == 4\n", "later"),
    ]
    submission = tiny_course.notebook(exercises, double="while True: pass")
    limits = Limits(cell=1.0)
    judgement = tiny_course.judge(tiny_course.write(tmp_path, exercises), submission, limits)
    assert lost(judgement) == {"double": Verdict.TIMEOUT}
    assert "did not finish within 1 seconds" in " ".join(messages(judgement, "double"))


COUNTER = """
from autograder.checker.hosted import Hosted, Refusal

class Counter(Hosted):
    kind = "counter"
    methods = ("add",)
    def add(self, number):
        return fails(number)

def fails(number):
    errors = {"refused": Refusal("this cannot be added")}
    errors |= {e.__name__: e("ours") for e in (TypeError, ValueError, KeyError, AttributeError)}
    errors |= {e.__name__: e("ours") for e in (OSError, TimeoutError, MemoryError, AssertionError)}
    if number in errors:
        raise errors[number]
    return number

def test_a(student):
    student.provide(helper=lambda number: fails(number))
    assert student.double(Counter()) == 1, "double is 1"
"""
WORKER = """
class Counter:
    def __init__(self, call):
        self._call = call
    def add(self, *args, **kwargs):
        return self._call("add", *args, **kwargs)
    def subtract(self):
        return self._call("subtract")

HOSTED = {"counter": Counter}
"""


@pytest.fixture
def calling(session_of: Callable[..., Session]) -> Grade:
    """Grades a notebook whose function does this with a hosted object and with a provided function."""
    session = session_of("calling", [checked(COUNTER)], {"worker.py": WORKER})

    def grade(call: str) -> Judgement:
        source = f"def double(counter):\n    return {call}"
        return session.grade(tiny_course.notebook(double=source), SEED)

    return grade


@pytest.mark.parametrize("call", ["counter.add(1)", "helper(1)", "counter.add(number=1)"])
def test_what_is_called_as_it_should_be_answers(call: str, calling: Grade):
    """By position or by name."""
    assert lost(calling(call)) == {}


@pytest.mark.parametrize(
    "call",
    ["counter.add()", "counter.add(1, 2)", "counter.add(other=1)", "helper()", "helper(other=1)",
     "counter.subtract()", "counter.add('refused')", "helper('refused')"],
)  # fmt: skip
def test_what_is_called_wrongly_is_the_students_error(call: str, calling: Grade):
    """With a sentence that says what was wrong with the call (fault 6)."""
    judgement = calling(call)
    assert lost(judgement) == {"double": Verdict.ERROR}
    assert "double stopped with Refused: " in " ".join(messages(judgement, "double"))


@pytest.mark.parametrize(
    "error",
    [
        "TypeError",
        "ValueError",
        "KeyError",
        "AttributeError",
        "OSError",
        "TimeoutError",
        "MemoryError",
    ],
)
@pytest.mark.parametrize("call", ["counter.add", "helper"])
def test_an_error_within_what_is_called_is_our_fault(call: str, error: str, calling: Grade):
    """Whoever called it rightly loses nothing by a slip of ours (fault 6)."""
    judgement = calling(f"{call}({error!r})")
    assert judgement.outcome is Outcome.GRADER_ERROR
    assert judgement.fault is not None
    assert judgement.fault.strip().endswith("broke")
    assert f"{error}: " in judgement.fault


def test_a_check_of_weight_0_is_shown_and_costs_nothing(tmp_path: Path):
    """The exercise has passed, with all its points, though the check has not (fault 10)."""
    text = (
        "def test_counts(student): assert student.double(2) == 4\n"
        'def test_shown(student): assert student.double(2) == 5, "Twice 2 is no 5."\n'
    )
    course = tiny_course.write(tmp_path, [checked(text, shown=0)])
    judgement = tiny_course.judge(course, tiny_course.notebook())
    assert lost(judgement) == {}
    found = exercise(judgement, "double")
    assert (found.score, judgement.score) == (found.max_score, judgement.max_score)
    assert [check.outcome for check in found.checks] == [Verdict.PASSED, Verdict.FAILED]
    assert messages(judgement, "double") == ["Twice 2 is no 5."]


SHOWN = 'def test_shown(student): assert student.later(2) == 5, "Twice 2 is no 5."\n'
EASY = "def test_easy(student): assert student.later(2) == 4\n"
HARD = "def test_hard(student): assert student.later(3) == 7\n"


@pytest.mark.parametrize(
    ("checks", "score"),
    [(SHOWN + EASY, 10.0), (EASY + SHOWN + HARD, 1.0)],
    ids=["before one that passes", "before one that fails"],
)
def test_what_stands_behind_a_check_of_weight_0_is_judged(
    checks: str, score: float, tmp_path: Path
):
    """Also in a later exercise, where a failure ends the judging in a worker of others (fault 10)."""
    weights = {"shown": 0, "hard": 9} if "hard" in checks else {"shown": 0}
    exercises = [tiny_course.DOUBLE, checked(checks, "later", **weights)]
    course = tiny_course.write(tmp_path, exercises)
    judgement = tiny_course.judge(course, tiny_course.notebook(exercises))
    later = exercise(judgement, "later")
    assert later.score == score
    assert len(later.checks) == checks.count("def test_")


def test_a_check_with_several_parameters_counts_once(tmp_path: Path):
    """Each of its runs has its share of the weight."""
    text = (
        "import pytest\n"
        '@pytest.mark.parametrize("number", [1, 2, 3, 4])\n'
        "def test_each(student, number): assert student.double(number) == 2 * number\n"
        "def test_other(student): assert student.double(0) == 0\n"
    )
    course = tiny_course.write(tmp_path, [checked(text)])
    wrong = "def double(number):\n    return 2 * number if number < 4 else 0"
    judgement = tiny_course.judge(course, tiny_course.notebook(double=wrong))
    weights = [check.weight for check in exercise(judgement, "double").checks]
    assert weights == [0.25, 0.25, 0.25, 0.25, 1.0]
    assert judgement.score == 8.75


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda course: (course.checks / KEY).unlink(), "is missing"),
        (lambda course: (course.checks / KEY).write_text("no key"), "cannot be read"),
    ],
    ids=["missing", "broken"],
)
def test_a_session_without_a_key_says_so_in_a_sentence(
    spoil: Callable[[object], object], says: str, tmp_path: Path
):
    """With what to do about it, and no traceback (fault 8)."""
    course = tiny_course.write(tmp_path)
    spoil(course)
    with pytest.raises(EngineError, match=says) as caught:
        tiny_course.start(course)
    said = str(caught.value)
    assert "autograder new-key --assignment tiny" in said
    assert "Traceback" not in said
