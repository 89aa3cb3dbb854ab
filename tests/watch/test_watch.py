"""Claims about watching: what arrives is answered once, whole, and where its student finds it."""

import errno
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import report
from autograder.batch.faults import SameFault
from autograder.errors import EngineError
from autograder.watch import watcher
from autograder.watch.arrival import is_whole
from autograder.watch.journal import Journal
from autograder.watch.safe_files import Spot
from tests.helpers.fake_engine import never
from tests.helpers.watching import LONG_ENOUGH, Watch, has, judged, notebook, until

pytestmark = pytest.mark.slow


def test_what_arrives_is_answered_beside_the_notebook(watch: Watch):
    """The report is kept, and what arrived and what was answered are said."""
    with watch.running():
        feedback = watch.hand_in("ada", notebook("first"))
        until(has(feedback, "first"))
        until(lambda: len(watch.said) == 2)
    assert feedback.read_text().startswith("small: 5 of 10 points")
    assert watch.said[0] == "ada: arrived."
    assert watch.said[1] == f"ada: 5 points; {feedback}"
    assert [each.student for each in watch.store.all().reports] == ["ada"]


def test_a_folder_of_notebooks_is_a_class_too(watch: Watch):
    """`<student>.ipynb`, and feedback that is nobody else's to read where that can be had."""
    (watch.folder / "ada.ipynb").write_bytes(notebook("first"))
    with watch.running():
        feedback = watch.folder / "ada.feedback.txt"
        until(has(feedback, "first"))
    assert feedback.stat().st_mode & 0o777 == (0o600 if os.geteuid() == 0 else 0o644)


def test_nothing_is_answered_twice_in_one_run_or_the_next(watch: Watch):
    """Nor when its file is only touched."""
    feedback = watch.hand_in("ada", notebook("first"))
    with watch.running():
        until(has(feedback, "first"))
        time.sleep(LONG_ENOUGH)
    feedback.unlink()
    with watch.running():
        time.sleep(LONG_ENOUGH)
        os.utime(feedback.with_name("a.ipynb"))
        until(lambda: "the same file again" in watch.said[-1])
    assert watch.graded == [notebook("first")]
    assert not feedback.exists()


def test_each_new_version_is_answered_also_one_that_was_there_before(watch: Watch):
    """Feedback is always on what lies there; grading again is not needed for it where the report is there."""
    with watch.running():
        for word in ("one", "two", "one"):
            feedback = watch.hand_in("ada", notebook(word))
            until(has(feedback, word))
    assert watch.graded[:2] == [notebook("one"), notebook("two")]


def test_students_are_answered_side_by_side_and_each_in_order(watch: Watch):
    """Two sessions and many students: everybody is answered once."""
    places = {name: watch.hand_in(name, notebook(name)) for name in map(str, range(30))}
    with watch.running(sessions=2):
        for name, feedback in places.items():
            until(has(feedback, f'source": "{name}"'))
    assert sorted(watch.graded) == sorted(map(notebook, places))


def test_half_a_file_is_waited_for(watch: Watch):
    """It comes in pieces, slower than a look; only the whole is graded."""
    whole = notebook("slow")
    with watch.running():
        feedback = watch.hand_in("ada", b"")
        for end in range(4, len(whole), 4):
            watch.hand_in("ada", whole[:end])
            time.sleep(0.3)
        time.sleep(LONG_ENOUGH)
        assert watch.graded == []
        watch.hand_in("ada", whole)
        until(has(feedback, "slow"))
    assert watch.graded == [whole]


def test_what_stays_half_a_file_is_answered_after_a_while(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    """With the sentence for a damaged notebook; when the rest comes, that is answered."""
    monkeypatch.setattr(watcher, "PATIENCE", 1.0)
    watch.engine.behave = lambda content, call: (
        judged(content) if is_whole(content) else report.rejected("It is damaged.", 10.0)
    )
    with watch.running():
        feedback = watch.hand_in("ada", notebook("late")[:-3])
        until(has(feedback, "It is damaged."))
        watch.hand_in("ada", notebook("late"))
        until(has(feedback, "late"))


text_of_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('"\\{}[]a', max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text('"\\{}', max_size=3), inner)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=3), text_of_json, min_size=1))
def test_no_part_of_a_notebook_is_whole(content: dict[str, Any]):
    """However its strings play with quotes and braces."""
    for indent in (None, 1):
        data = json.dumps(content, indent=indent).encode()
        assert is_whole(data)
        assert is_whole(data + b"\n")
        assert not any(is_whole(data[:end]) for end in range(len(data)))


def test_no_more_than_so_many_are_graded_on_a_day(tmp_path: Path):
    """The next is told so, and may come again tomorrow; another student has a number of their own."""
    watch = Watch(tmp_path / "shared", per_day=2)
    with watch.running():
        for word in ("one", "two"):
            until(has(watch.hand_in("ada", notebook(word)), word))
        feedback = watch.hand_in("ada", notebook("three"))
        until(has(feedback, "2 of your notebooks were graded today"))
        until(has(watch.hand_in("bob", notebook("bobs")), "bobs"))
    with watch.running():  # the number outlives a restart
        until(has(watch.hand_in("ada", notebook("four")), "Submit it again tomorrow"))
        watch.day = watch.day.replace(day=28)
        watch.hand_in("ada", notebook("four"))  # the same bytes as yesterday
        until(has(feedback, "four"))
    assert watch.graded == [notebook(word) for word in ("one", "two", "bobs", "four")]


def test_a_refused_file_costs_nothing_of_the_day(tmp_path: Path):
    """Nor is the report overwritten by what was one too many."""
    watch = Watch(tmp_path / "shared", per_day=1)
    watch.engine.behave = lambda content, call: (
        report.rejected("Damaged.", 10.0) if b"bad" in content else judged(content)
    )
    with watch.running():
        until(has(watch.hand_in("ada", notebook("bad")), "Damaged."))
        until(has(watch.hand_in("ada", notebook("good")), "good"))
        until(has(watch.hand_in("ada", notebook("more")), "all for one day"))
    (kept,) = watch.store.all().reports
    assert "good" in kept.exercises[0].checks[0].message


def test_a_kill_between_feedback_and_journal_answers_once(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    """The next run finds the same feedback there, leaves the file as it is and grades nothing."""
    feedback = watch.hand_in("ada", notebook("first"))
    with monkeypatch.context() as patched, watch.running():
        patched.setattr(Journal, "add", never)
        until(lambda: watch.error is not None)
    assert isinstance(watch.error, EngineError)  # what `never` raises
    before = feedback.stat()
    with watch.running():
        until(lambda: any("5 points" in line for line in watch.said))
    assert (feedback.stat().st_ino, feedback.stat().st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )
    assert watch.graded == [notebook("first")]


def test_a_fault_of_ours_is_told_as_such_and_graded_again_in_the_next_run(watch: Watch):
    """No score, no word of what broke; then the answer."""
    watch.engine.behave = lambda content, call: report.grader_error("KeyError: SECRET", 10.0)
    with watch.running():
        feedback = watch.hand_in("ada", notebook("first"))
        until(has(feedback, "That costs you nothing"))
        time.sleep(LONG_ENOUGH)
    assert len(watch.graded) == 2  # once, and once more in a fresh session
    assert "SECRET" not in feedback.read_text() + "".join(watch.said)
    watch.engine.behave = judged
    with watch.running():
        until(has(feedback, "5 of 10 points"))


def test_a_fault_that_everybody_meets_ends_the_watch(watch: Watch):
    """Before a whole class has read of it."""
    watch.engine.behave = lambda content, call: report.grader_error("KeyError: x", 10.0)
    for name in "abcdef":
        watch.hand_in(name, notebook(name))
    with watch.running():
        until(lambda: watch.error is not None)
    assert isinstance(watch.error, SameFault)
    assert len(watch.store.all().reports) == 3


def test_without_sessions_the_watch_ends_and_nothing_is_lost(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    """It says so; the next one answers."""
    feedback = watch.hand_in("ada", notebook("first"))
    with monkeypatch.context() as patched:
        patched.setattr(watch.engine, "start", never)
        with watch.running():
            until(lambda: watch.error is not None)
    assert isinstance(watch.error, EngineError)
    with watch.running():
        until(has(feedback, "first"))


def test_a_full_disk_is_waited_out(watch: Watch, monkeypatch: pytest.MonkeyPatch):
    """It is said once; the submission is graded once."""
    put, full = Spot.put, [True]

    def put_or_not(*arguments: Any) -> bool:
        if full[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        return put(*arguments)

    monkeypatch.setattr(Spot, "put", put_or_not)
    with watch.running():
        feedback = watch.hand_in("ada", notebook("first"))
        until(lambda: any("No space left" in line for line in watch.said))
        time.sleep(LONG_ENOUGH)
        full[0] = False
        until(has(feedback, "first"))
    assert sum("No space left" in line for line in watch.said) == 1
    assert watch.graded == [notebook("first")]


def test_a_folder_that_is_away_for_a_while_ends_nothing(watch: Watch):
    """A server restarts, say."""
    away = watch.folder.with_name("away")
    with watch.running():
        watch.folder.rename(away)
        until(lambda: any("Waiting for it" in line for line in watch.said))
        time.sleep(LONG_ENOUGH)
        away.rename(watch.folder)
        until(has(watch.hand_in("ada", notebook("first")), "first"))
    assert len([line for line in watch.said if "Waiting" in line]) == 1
