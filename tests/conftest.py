"""What the tests share: the real course, notebooks made from its master, and warm grading sessions."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import settings

from autograder.checker.channel import Channel
from autograder.checker.student import Student
from autograder.course import Course
from autograder.engines.base import Engine, Session
from autograder.engines.bubblewrap import BubblewrapEngine
from autograder.engines.docker import DockerEngine
from autograder.engines.process import ProcessEngine
from autograder.errors import EngineError
from autograder.report import GRADER_ERROR
from autograder.sandbox import identity
from autograder.sandbox.config import SessionConfig

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "policy_gradient"
ENGINES = ("docker", "bubblewrap", "process")
SEED = 7

# A process that has imported TensorFlow and forks a worker for each socket that it is given.
WORKERS = """
import os, socket, sys
from autograder.worker.main import serve
control = socket.socket(fileno=int(sys.argv[1]))
while True:
    message, ends, _, _ = socket.recv_fds(control, 1, 1)
    if not message:
        break
    if os.fork() == 0:
        control.close()
        serve(socket.socket(fileno=ends[0]))
        os._exit(0)
    os.close(ends[0])
"""

# No test asserts a time, and none leaves files behind.
settings.register_profile("suite", deadline=None, database=None)
settings.load_profile("suite")


def impossible_here(reason: str) -> None:
    """Skip with one plain sentence; fail where everything is promised to be there."""
    if os.environ.get("AUTOGRADER_REQUIRE_DOCKER") == "1":
        pytest.fail(f"AUTOGRADER_REQUIRE_DOCKER=1, but: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def unless() -> Callable[[bool, str], None]:
    """`unless(condition, reason)` ends the test where the machine lacks what it needs."""
    return lambda condition, reason: None if condition else impossible_here(reason)


@pytest.fixture(scope="session")
def course() -> Course:
    """The real course: its master, its committed release, its hidden checks."""
    return Course(ROOT, ASSIGNMENT)


class Notebooks:
    """Submissions made on the fly from the master or the release."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def solved(self, **sources: str) -> bytes:
        """Return the master, with other sources in the solution cells of the exercises named."""
        notebook = nbformat.read(self._course.master, as_version=4)
        for exercise, source in sources.items():
            (cell,) = [c for c in notebook.cells if _grade_id(c) == f"{exercise}_solution"]
            cell.source = source
        return nbformat.writes(notebook).encode()

    def released(self) -> bytes:
        """Return the release as students get it."""
        return (self._course.release / self._course.master.name).read_bytes()


def _grade_id(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


@pytest.fixture(scope="session")
def notebooks(course: Course) -> Notebooks:
    """Makes submissions."""
    return Notebooks(course)


class Warm:
    """A grading session that is started when it is first needed, and replaced after it broke."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._session: Session | None = None

    def grade(self, notebook: bytes, seed: int = SEED) -> dict[str, Any]:
        """Return the report's part about the exercises."""
        try:
            graded = self.session.grade(notebook, seed)
        except EngineError:
            self.kill()
            raise
        if graded["outcome"] == GRADER_ERROR:
            self.kill()
        return graded

    @property
    def session(self) -> Session:
        """The running session."""
        self._session = self._session or self.engine.start()
        return self._session

    def kill(self) -> None:
        """End the session at once."""
        session, self._session = self._session, None
        if session is not None:
            session.kill()

    def close(self) -> None:
        """End the session."""
        session, self._session = self._session, None
        if session is not None:
            session.close()


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, course: Course) -> Engine:
    """Each engine in turn, where it works; the image is built where it is missing."""
    engines: dict[str, Engine] = {
        "docker": DockerEngine(course),
        "bubblewrap": BubblewrapEngine(course),
        "process": ProcessEngine(course, asked_for=True),
    }
    chosen = engines[request.param]
    if isinstance(chosen, DockerEngine) and not chosen.no_engine() and chosen.problem():
        chosen.build()
    if problem := chosen.problem():
        impossible_here(problem)
    return chosen


@pytest.fixture(scope="session")
def warm(engine: Engine) -> Iterator[Warm]:
    """One warm session of the engine, shared by all tests."""
    session = Warm(engine)
    yield session
    session.close()


@pytest.fixture(scope="session")
def warm_process(course: Course) -> Iterator[Warm]:
    """A warm session of the plain process engine, to compare the others with."""
    session = Warm(ProcessEngine(course, asked_for=True))
    yield session
    session.close()


@pytest.fixture(scope="session")
def worker_parent(course: Course) -> Iterator[socket.socket]:
    """A process that forks a worker for each socket that it is given."""
    ours, theirs = socket.socketpair()
    path = os.pathsep.join([str(course.root), str(course.release)])
    process = subprocess.Popen(
        [sys.executable, "-c", WORKERS, str(theirs.fileno())],
        pass_fds=[theirs.fileno()],
        env=os.environ | {"PYTHONPATH": path, "MPLBACKEND": "agg", "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    theirs.close()
    yield ours
    ours.close()
    process.kill()
    process.wait()


@pytest.fixture
def student(worker_parent: socket.socket) -> Iterator[Student]:
    """A fresh worker with NumPy, TensorFlow and Keras imported as in the notebook."""
    ours, theirs = socket.socketpair()
    socket.send_fds(worker_parent, [b"W"], [theirs.fileno()])
    theirs.close()
    student = Student(Channel(ours), lambda: 60.0)
    student.run_cell("imports", "import numpy as np, tensorflow as tf, keras")
    yield student
    ours.close()


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
    own_uids = identity.can_change(course.runtime(), course.secrets())
    return SessionConfig(course, own_uids, open_folder)
