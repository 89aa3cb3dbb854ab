"""Claims about exceptions that tell of too little memory: an assignment names those of its libraries."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.engines.base import Session
from tests.helpers import tiny_course
from tests.helpers.grading import SEED, messages

MEMORY = "GB of memory"
DISK = "MB on disk"
WORKER = "MEMORY_ERRORS = (ArithmeticError, BlockingIOError)\n"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A session of an assignment that names two types."""
    folder = tmp_path_factory.mktemp("memory")
    session = tiny_course.start(tiny_course.write(folder, files={"worker.py": WORKER}))
    yield session
    session.close()


def said(session: Session, raised: str) -> str:
    """What a student reads whose function raises this."""
    source = f"def double(number):\n    raise {raised}"
    return " ".join(messages(session.grade(tiny_course.notebook(double=source), SEED), "double"))


@pytest.mark.parametrize(
    "raised",
    ["MemoryError", "ArithmeticError('no')", "ZeroDivisionError", "BlockingIOError"],
    ids=[
        "Python's own",
        "named",
        "a kind of one that is named",
        "named, with no number of its own",
    ],
)
def test_an_error_that_tells_of_too_little_memory_says_how_much_there_is(
    raised: str, session: Session
):
    """Whichever library raised it."""
    assert MEMORY in said(session, raised)


def test_an_error_that_has_a_number_is_told_by_it(session: Session):
    """Where the system itself says what went wrong, nobody knows better."""
    text = said(session, "BlockingIOError(__import__('errno').ENOSPC, 'full')")
    assert DISK in text
    assert MEMORY not in text


def test_an_error_that_nobody_named_tells_of_no_limit(session: Session, tmp_path: Path):
    """Not by its name either, which is the student's to choose."""
    own = "type('MemoryError', (ValueError,), {})('no')"
    assert "double stopped with MemoryError: no" in said(session, own)
    assert MEMORY not in said(session, own)
    without = tiny_course.start(tiny_course.write(tmp_path))
    try:
        assert MEMORY not in said(without, "ArithmeticError('no')")
    finally:
        without.close()
