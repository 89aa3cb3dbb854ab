"""The same claims on every engine: docker, bubblewrap and process grade alike and lose nothing.

Submissions are made from the master by writing another source into one solution cell. What a student's
code sees of the sandbox it tells in its exception, whose text is in the report. What does not depend on the
assignment is tried with the light one.
"""

import json
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from autograder.course.folder import Course
from autograder.course.seeds import KEY
from autograder.report import Outcome, Verdict
from autograder.sandbox import identity
from tests.helpers.grading import LIGHT, Notebooks, Warm, lost, messages
from tests.helpers.sessions import BRIEF

DISCOUNT = "def discount_rewards(rewards, gamma):\n"
SELECT = "def select_action(model, observation):\n"
COMPILE = "def compile_model(model, learning_rate):\n"


PLAIN = "def plain_returns(rewards, gamma):\n"


def told(warm: Warm, notebooks: Notebooks, look: str, exercise: str = "plain_returns") -> list[Any]:
    """What student code has in `found` after it ran `look`, in each worker that it runs in."""
    source = (
        f"def {exercise}(rewards, gamma):\n    import json, os, socket, sys\n"
        f"{textwrap.indent(look, '    ')}\n    raise RuntimeError('<' + json.dumps(found) + '>')"
    )
    graded = warm.grade(notebooks.released(**{exercise: source}))
    # What exceptions may say in an exercise is bounded: later ones say nothing any more.
    found = [text for text in messages(graded, exercise) if "<" in text and ">" in text]
    assert found
    return [json.loads(text[text.index("<") + 1 : text.rindex(">")]) for text in found]


def test_the_master_scores_everything(warm: Warm, notebooks: Notebooks):
    """A hundred points, seven exercises, no message."""
    graded = warm.grade(notebooks.solved())
    assert lost(graded) == {}
    assert (graded.score, graded.max_score, len(graded.exercises)) == (100, 100, 7)
    assert all(messages(graded, each.id) == [] for each in graded.exercises)


def test_an_untouched_release_scores_nothing_kindly(warm: Warm, notebooks: Notebooks):
    """Seven sentences that name their exercise, and no traceback."""
    graded = warm.grade(notebooks.released())
    assert graded.score == 0
    assert set(lost(graded).values()) == {Verdict.NOT_ATTEMPTED}
    for each in graded.exercises:
        (sentence,) = messages(graded, each.id)
        assert sentence.startswith(each.id)
        assert sentence.endswith("yet.")


def test_what_is_no_notebook_is_rejected_with_a_sentence(light: Warm):
    """It costs the session nothing: the next submission is graded in it."""
    session = light.session
    graded = light.grade(b"no notebook")
    assert (graded.outcome, graded.score) == (Outcome.REJECTED, 0)
    assert graded.message.endswith(".")
    assert light.session is session


def test_every_engine_gives_the_same_report(
    warm: Warm, warm_on: Callable[..., Warm], notebooks: Notebooks
):
    """For the same submission and seed, byte for byte; also where something is wrong."""
    submission = notebooks.solved(
        discount_rewards=f"{DISCOUNT}    return [0.0 for reward in rewards]",
        select_action=f"{SELECT}    return int(np.random.choice(6))",
        compile_model=f"{COMPILE}    raise ValueError('no')",
    )
    expected = warm_on("process").grade(submission)
    assert set(lost(expected)) == {"discount_rewards", "select_action", "compile_model"}
    assert warm.grade(submission).model_dump_json() == expected.model_dump_json()


@pytest.mark.parametrize("engine", ["process"], indirect=True)
def test_another_seed_may_change_inputs_but_no_verdict(warm: Warm, notebooks: Notebooks):
    """Right stays right."""
    assert lost(warm.grade(notebooks.solved(), seed=2**31 - 1)) == {}


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("while True: pass", Verdict.TIMEOUT),
        (f"{PLAIN}    while True: pass", Verdict.TIMEOUT),
        (f"{PLAIN}    import sys\n    sys.exit()", Verdict.ERROR),
        (f"{PLAIN}    return bytearray(2**40)", Verdict.ERROR),
        (f"{PLAIN}    import os\n    os.kill(os.getpid(), 11)", Verdict.ERROR),
        (f"{PLAIN}    return plain_returns(rewards, gamma)", Verdict.ERROR),
        (f"{PLAIN}    raise KeyboardInterrupt", Verdict.ERROR),
    ],
    ids=["cell hangs", "hangs", "exit", "memory", "crash", "recursion", "interrupt"],
)
def test_trouble_in_an_exercise_costs_that_exercise_only(
    source: str,
    verdict: Verdict,
    engine: str,
    warm_on: Callable[..., Warm],
    light_notebooks: Notebooks,
):
    """The other keeps its points, the student reads a sentence, and the session goes on."""
    hasty = warm_on(engine, LIGHT, BRIEF)
    session = hasty.session
    graded = hasty.grade(light_notebooks.solved(plain_returns=source))
    assert lost(graded) == {"plain_returns": verdict}
    assert all("Traceback" not in text for text in messages(graded, "plain_returns"))
    assert any("plain_returns" in text for text in messages(graded, "plain_returns"))
    assert hasty.session is session


def test_submissions_share_one_import_of_tensorflow(warm: Warm, notebooks: Notebooks):
    """Workers of two submissions are forks of one parent, with the very module that it has in memory."""
    look = "found = [os.getppid(), id(sys.modules['tensorflow']), os.getpid()]"
    first, second = (told(warm, notebooks, look, "discount_rewards")[0] for _ in range(2))
    assert first[:2] == second[:2]
    assert first[2] != second[2]


def test_submissions_leave_each_other_nothing(light: Warm, light_notebooks: Notebooks):
    """The second sees no file of the first, and whoever the first left behind cannot write any more."""
    leave = """
        import contextlib, threading
        open("left", "w").write("x")
        def write_on():
            while True:
                open(os.path.join(os.getcwd(), "still_here"), "w").write("x")
        with contextlib.suppress(PermissionError):
            if os.fork() == 0:
                os.setsid()
                write_on()
        threading.Thread(target=write_on, daemon=True).start()
        found = os.listdir(".")
    """
    assert "left" in told(light, light_notebooks, textwrap.dedent(leave))[0]
    look = "found = [os.listdir('.'), os.getcwd(), os.environ['HOME'], os.environ['TMPDIR']]"
    for files, *folders in told(light, light_notebooks, look):
        assert files == []
        assert len(set(folders)) == 1


def test_student_code_reads_no_secret(
    light: Warm, light_notebooks: Notebooks, light_course: Course
):
    """No hidden check, no solution, no account, no other process, wherever they may lie."""
    checks = sorted(light_course.checks.glob("test_*.py"))
    files = [light_course.master, light_course.settings, light_course.checks / KEY, *checks]
    inside = [f"/opt/course/{path.relative_to(light_course.root)}" for path in files]
    secrets = [*map(str, files), *inside, "/etc/passwd", "/proc/1/environ", "/proc/1/cmdline"]
    look = f"""
        found = []
        for path in {secrets!r} + [f"/proc/{{os.getppid()}}/{{name}}" for name in ("maps", "mem")]:
            try:
                found.append([path, len(open(path, "rb").read(1))])
            except OSError:
                continue
    """
    for found in told(light, light_notebooks, textwrap.dedent(look)):
        assert found == []


def test_student_code_reaches_no_network(light: Warm, light_notebooks: Notebooks):
    """Neither the outside nor this machine."""
    look = """
        found = []
        for address in ("192.0.2.1", "127.0.0.1"):
            try:
                with socket.socket() as end:
                    end.settimeout(2)
                    found.append(end.connect_ex((address, 80)))
            except OSError as error:
                found.append(error.errno)
    """
    for found in told(light, light_notebooks, textwrap.dedent(look)):
        assert 0 not in found


@pytest.mark.parametrize("engine", ["docker"], indirect=True)
def test_every_worker_has_its_own_user_in_docker(light: Warm, light_notebooks: Notebooks):
    """Neither root nor the trusted side's, and never the same twice."""
    look = "found = [*os.getresuid(), *os.getresgid(), *os.getgroups()]"
    first, second = (told(light, light_notebooks, look)[0] for _ in range(2))
    for ids in (first, second):
        assert len(set(ids)) == 1
        assert ids[0] >= identity.FIRST_WORKER_UID
    assert first != second


@pytest.mark.parametrize("engine", ["docker"], indirect=True)
def test_docker_leaves_student_code_nothing_to_write_but_its_folder(
    light: Warm, light_notebooks: Notebooks
):
    """And no privilege to gain."""
    look = """
        import ctypes
        found = [ctypes.CDLL(None).prctl(39, 0, 0, 0, 0)]
        for folder in (".", "/", "/opt/course", "/etc", "/usr", "/var/tmp", "/tmp", "/dev/shm"):
            try:
                open(f"{folder}/file", "w").close()
                found.append(folder)
            except OSError:
                continue
    """
    for found in told(light, light_notebooks, textwrap.dedent(look)):
        assert found == [1, "."]
