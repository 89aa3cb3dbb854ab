"""An engine whose sessions do as a test says; only a fake can break on demand."""

from collections.abc import Callable
from typing import Any

from autograder import report
from autograder.batch import local
from autograder.batch.discover import Submission
from autograder.batch.store import Store
from autograder.engines.base import Session
from autograder.errors import EngineError

IMAGE = "sha256:" + "0" * 64


class FakeSession:
    """A session that answers as its engine's script says; only a fake can break on demand."""

    def __init__(self, engine: "FakeEngine") -> None:
        self.engine = engine
        self.open = True

    def grade(self, notebook: bytes, seed: int) -> dict[str, Any]:
        """Return a report, or break."""
        assert self.open
        self.engine.graded.append((notebook, seed))
        return self.engine.behave(notebook, len(self.engine.graded))

    def close(self) -> None:
        """End."""
        self.open = False

    kill = close


class FakeEngine:
    """Starts fake sessions; `behave(notebook, call)` says what they answer."""

    name = "fake"

    def __init__(self, behave: Callable[[bytes, int], dict[str, Any]] | None = None) -> None:
        self.behave = behave or (lambda notebook, call: passing())
        self.sessions: list[FakeSession] = []
        self.graded: list[tuple[bytes, int]] = []

    def problem(self) -> str | None:
        """It works everywhere."""
        return None

    def start(self) -> Session:
        """Start a fake session."""
        self.sessions.append(FakeSession(self))
        return self.sessions[-1]  # type: ignore[return-value]


def passing() -> dict[str, Any]:
    """A graded submission."""
    return report.graded([report.ExerciseResult("train", 1.0, [])])


def job(engine: FakeEngine, **more: Any) -> local.Job:
    """A job with everything but the engine as it mostly is."""
    usual: dict[str, Any] = {
        "assignment": "policy_gradient", "image": IMAGE, "max_score": 1.0, "seed": 1,
        "only_same_seed": False, "force": False, "workers": 2,
    }  # fmt: skip
    return local.Job(engine=engine, **(usual | more))


def run(job: local.Job, submissions: list[Submission], store: Store) -> dict[str, dict[str, Any]]:
    """Grade; return what was reported, and see that the sessions are closed."""
    reports: list[dict[str, Any]] = []
    local.grade(job, submissions, store, reports.append)
    assert len({r["student"] for r in reports}) == len(reports)
    assert not any(session.open for session in job.engine.sessions)  # type: ignore[attr-defined]
    return {r["student"]: r for r in reports}


def never(*_: Any) -> Any:
    """What an engine does that cannot start a session."""
    raise EngineError("No room.")
