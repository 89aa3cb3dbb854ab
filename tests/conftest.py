"""What the tests share: the real course, notebooks made from its master, and warm grading sessions."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from autograder.checker.channel import Channel
from autograder.checker.student import Student
from autograder.cli import grade
from autograder.cli import main as command_line
from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.engines.registry import ENGINES, Choice
from autograder.sandbox import config as session_config
from autograder.sandbox.config import SessionConfig
from tests.helpers import small_class, sorting
from tests.helpers.command import Run
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.grading import ASSIGNMENT, LIGHT, ROOT, Notebooks, Warm
from tests.helpers.sessions import impossible_here, warm_sessions

if TYPE_CHECKING:
    from autograder.batch.discover import Submission
    from autograder.batch.store import Store

# A process that has imported an assignment's libraries and forks a worker for each socket that it is given.
WORKERS = """
import os, socket, sys
from pathlib import Path
from autograder.course.folder import Course
from autograder.course.modules import load_worker_module, make_importable
from autograder.worker.extension import of_module
from autograder.worker.main import serve
control = socket.socket(fileno=int(sys.argv[1]))
course = Course(Path(sys.argv[2]), sys.argv[3])
make_importable(course)
extension = of_module(load_worker_module(course))
while True:
    message, ends, _, _ = socket.recv_fds(control, 1, 1)
    if not message:
        break
    if os.fork() == 0:
        control.close()
        serve(socket.socket(fileno=ends[0]), extension)
        os._exit(0)
    os.close(ends[0])
"""

# No test asserts a time, and none leaves files behind.
settings.register_profile("suite", deadline=None, database=None)
settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what tests need before any mark is asked for."""
    sorting.sort_out(items)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Callable[..., object]]:
    """Call a function in another process: TensorFlow must not run where other tests fork."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield lambda function, *args, **names: pool.submit(function, *args, **names).result()


@pytest.fixture(scope="session")
def unless() -> Callable[[bool, str], None]:
    """`unless(condition, reason)` ends the test where the machine lacks what it needs."""
    return lambda condition, reason: None if condition else impossible_here(reason)


@pytest.fixture(scope="session")
def course() -> Course:
    """The real course: its master, its committed release, its hidden checks."""
    return Course(ROOT, ASSIGNMENT)


@pytest.fixture(scope="session")
def light_course() -> Course:
    """The course's small assignment, a session of which starts in a second."""
    return Course(ROOT, LIGHT)


@pytest.fixture(scope="session")
def notebooks(course: Course) -> Notebooks:
    """Makes submissions."""
    return Notebooks(course)


@pytest.fixture(scope="session")
def light_notebooks(light_course: Course) -> Notebooks:
    """Makes submissions of the small assignment."""
    return Notebooks(light_course)


@pytest.fixture(scope="session")
def warm_on() -> Iterator[Callable[..., Warm]]:
    """`warm_on("docker")` is one warm session of that engine, the same for all tests."""
    with warm_sessions() as warm_on:
        yield warm_on


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine's name in turn."""
    return str(request.param)


@pytest.fixture
def warm(engine: str, warm_on: Callable[..., Warm]) -> Warm:
    """The warm session of the engine in turn."""
    return warm_on(engine)


@pytest.fixture
def light(engine: str, warm_on: Callable[..., Warm]) -> Warm:
    """The same for the small assignment."""
    return warm_on(engine, LIGHT)


@pytest.fixture(scope="session")
def worker_parent(course: Course) -> Iterator[socket.socket]:
    """A process that forks a worker for each socket that it is given."""
    ours, theirs = socket.socketpair()
    path = os.pathsep.join([str(course.root), str(course.release)])
    variables = load_settings(course).variables | {"PYTHONPATH": path, "MPLBACKEND": "agg"}
    process = subprocess.Popen(
        [sys.executable, "-c", WORKERS, str(theirs.fileno()), str(course.root), course.assignment],
        pass_fds=[theirs.fileno()],
        env=os.environ | variables,
    )
    theirs.close()
    yield ours
    ours.close()
    process.kill()
    process.wait()


@pytest.fixture
def start_worker(worker_parent: socket.socket) -> Iterator[Callable[[], Student]]:
    """Starts fresh workers with NumPy, TensorFlow and Keras imported as in the notebook."""
    ends = []

    def start() -> Student:
        ours, theirs = socket.socketpair()
        ends.append(ours)
        socket.send_fds(worker_parent, [b"W"], [theirs.fileno()])
        theirs.close()
        student = Student(Channel(ours), lambda: 60.0)
        student.run_cell("imports", "import numpy as np, tensorflow as tf, keras")
        return student

    yield start
    for end in ends:
        end.close()


@pytest.fixture
def student(start_worker: Callable[[], Student]) -> Student:
    """A fresh worker."""
    return start_worker()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may reach and write to, as /tmp is in a container."""
    folder = Path(tempfile.mkdtemp(prefix="autograder-test-", dir="/tmp"))
    folder.chmod(0o1777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def config(course: Course, open_folder: Path) -> SessionConfig:
    """A session's configuration, with users of their own where this machine can give them."""
    return session_config.make(course, open_folder)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs `autograder` in an empty folder; returns its exit status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["autograder", *map(str, arguments)])
        try:
            command_line.main()
        except SystemExit as leave:
            status = leave.code
        else:
            status = 0
        output, errors = capsys.readouterr()
        return int(status or 0), output, errors

    return run


@pytest.fixture
def submissions(tmp_path: Path) -> list[Submission]:
    """Five students, the notebook of each with the name in it."""
    from autograder.batch.discover import Submission

    names = ("ada", "bob", "carol", "dan", "eve")
    for name in names:
        (tmp_path / f"{name}.ipynb").write_text(name)
    return [Submission(name, tmp_path / f"{name}.ipynb") for name in names]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty folder for reports."""
    from autograder.batch.store import Store

    return Store(tmp_path / "out")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course of one small assignment, in the folder in which `run` runs commands."""
    monkeypatch.chdir(tmp_path)
    return small_class.lay_out(tmp_path)


@pytest.fixture
def fake(small: Course, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """What `autograder grade` grades the small assignment with, whatever engine is asked for."""
    engine = FakeEngine()
    choice = Choice(engine, "fake: nothing else works here.")
    monkeypatch.setattr(grade, "choose", lambda course, asked_for: choice)
    return engine
