"""An engine whose sessions do as a test says; only a fake can break on demand."""

from collections.abc import Callable, Sequence
from typing import Any

from autograder import report
from autograder.batch import local
from autograder.batch.job import Job
from autograder.batch.reading import Entry
from autograder.batch.store import Store
from autograder.engines.base import Session
from autograder.errors import EngineError
from autograder.report import Judgement, Report

DIGEST = "sha256:" + "0" * 64
Behave = Callable[[bytes, int], Judgement]


class FakeSession:
    """A session that answers as its engine's script says; only a fake can break on demand."""

    def __init__(self, engine: "FakeEngine") -> None:
        self.engine = engine
        self.open = True

    def grade(
        self, notebook: bytes, seed: int, explain: bool = False, can_wait: bool = False
    ) -> Judgement:
        """Return a judgement, or break."""
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

    def __init__(self, behave: Behave | None = None) -> None:
        self.behave = behave or (lambda notebook, call: passing())
        self.sessions: list[FakeSession] = []
        self.graded: list[tuple[bytes, int]] = []

    def problem(self) -> str | None:
        """It works everywhere."""
        return None

    def probe(self) -> dict[str, bool]:
        """Nothing is confined, for nothing runs."""
        return {}

    def digest(self) -> str:
        """The same for all of them."""
        return DIGEST

    def start(self) -> Session:
        """Start a fake session."""
        self.sessions.append(FakeSession(self))
        return self.sessions[-1]  # type: ignore[return-value]


def passing() -> Judgement:
    """A graded submission."""
    return report.graded([report.exercise_result("train", 1.0, [])])


def whole(judgement: Judgement, student: str = "ada", **more: Any) -> Report:
    """The report that a batch makes of a judgement."""
    about = {
        "schema": report.SCHEMA_VERSION, "assignment": "policy_gradient", "student": student,
        "submission_sha256": "0" * 64, "judged_by": DIGEST, "engine": "fake", "engine_reason": "",
        "seed": 1, "seconds": 1.5,
    }  # fmt: skip
    return Report.model_validate(dict(judgement) | about | more)


def job(engine: FakeEngine, seed: int = 1, **more: Any) -> Job:
    """A job with everything but the engine as it mostly is."""
    usual: dict[str, Any] = {
        "assignment": "policy_gradient", "judged_by": DIGEST, "max_score": 1.0, "workers": 2,
        "seed_for": lambda sha256: seed,
    }  # fmt: skip
    return Job(engine=engine, **(usual | more))


def run(job: Job, submissions: Sequence[Entry], store: Store) -> dict[str, Report]:
    """Grade; return what was reported, and see that the sessions are closed."""
    reports: list[Report] = []
    local.grade(job, submissions, store, reports.append)
    assert len({r.student for r in reports}) == len(reports)
    assert not any(session.open for session in job.engine.sessions)  # type: ignore[attr-defined]
    return {r.student: r for r in reports}


def never(*_: Any) -> Any:
    """What an engine does that cannot start a session."""
    raise EngineError("No room.")
