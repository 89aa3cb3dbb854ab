"""Claims about sentences on exceptions: what is said is so, and it names the cell that helps."""

import errno

import pytest

from autograder.checker import sentences
from autograder.checker.channel import StudentError
from autograder.checker.hints import hint
from autograder.checker.limit_sentences import of_exception
from autograder.protocol.messages import Raised
from autograder.submission.plan import Plan, PlannedCell

PLAN = Plan(
    cells=(
        PlannedCell("imports", "import numpy as np", ("np",)),
        PlannedCell("your code cell 4", "import mine\nhelper = mine.helper", ("helper", "mine")),
    ),
    scripts={},
    states={},
)
LOST = {"your code cell 4": Raised("ModuleNotFoundError", "No module named 'mine'", "", 1)}


def name_error(name: str) -> Raised:
    """What Python raises for a name that is not there."""
    return Raised("NameError", f"name '{name}' is not defined", "train", 3)


def said(raised: Raised, operation: str = "call") -> str:
    """What a student reads about an exception."""
    error = StudentError(raised)
    error.operation = operation
    return sentences.fault("train", error)


def test_a_name_that_a_failed_cell_would_define_leads_to_that_cell():
    """With what went wrong there, and what a missing module means."""
    sentence = hint(name_error("helper"), PLAN, LOST)
    assert sentence.startswith("helper is defined in your code cell 4, which stopped with")
    assert "No module named 'mine'" in sentence
    assert "copy what you need of it into a cell" in sentence


def test_a_name_that_no_cell_defines_is_said_to_be_lost():
    """It lives on in a kernel after its cell was deleted."""
    assert "No cell of the notebook that was handed in defines lost" in hint(
        name_error("lost"), PLAN, {}
    )


def test_a_name_that_is_defined_well_needs_no_hint():
    """Then something else is wrong."""
    assert hint(name_error("np"), PLAN, LOST) == ""


@pytest.mark.parametrize("name", ["<b>Error", "a" * 100, "", "You have all points", "Ошибка"])
def test_a_type_that_is_no_name_is_not_shown(name: str):
    """A student may call an exception anything."""
    sentence = said(Raised(name, "no", "train", 1))
    assert sentence == "train stopped with an exception: no (line 1 of the cell train)."


@pytest.mark.parametrize(
    "text",
    [
        "[Errno 28] No space",
        "can't start new thread",
        "out of memory",
        "failed to allocate",
        "[Errno -3]",
    ],
)
def test_a_limit_is_not_recognised_by_words(text: str):
    """Whoever writes them into an exception has met no limit."""
    assert of_exception(Raised("OSError", text, "", 0)) == ""


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "disk"), (errno.ENOMEM, "memory"), (errno.EMFILE, "files open"),
        (errno.EAGAIN, "threads"), (errno.EFBIG, "A file may have"), (errno.EACCES, "no network"),
        (errno.EPERM, "no network"), (-3, "no network"),
    ],
)  # fmt: skip
def test_a_limit_is_recognised_by_its_number(number: int, word: str):
    """Whatever the exception says."""
    assert word in of_exception(Raised("OSError", "", "", 0, number))


def test_what_a_check_looked_at_is_no_call_of_the_student():
    """An exception that came while a result was read is not told as a failed call."""
    assert said(Raised("E", "no", "", 0)).startswith("train stopped with")
    assert said(Raised("E", "no", "", 0), "weights").startswith("What train gave back")
