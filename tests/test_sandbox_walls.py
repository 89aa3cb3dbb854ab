"""Claims about the trial of the walls: they hold in every engine, and one that falls is noticed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.folder import Course
from autograder.engines.base import Session
from autograder.engines.bubblewrap import BubblewrapEngine
from autograder.errors import EngineError
from autograder.sandbox import (
    confine,
    landlock,
    oom,
    privileges,
    rlimits,
    seccomp,
    variables,
    walls,
)
from autograder.sandbox.config import SessionConfig
from tests.conftest import usable
from tests.forks import in_fork

BY_NAME = {wall.name: wall for wall in walls.WALLS}
Unless = Callable[[bool, str], None]


def fallen(config: SessionConfig) -> set[str]:
    """The walls that do not hold, tried out in a process that has given up what a session gives up."""

    def body() -> list[str]:
        privileges.keep_only(privileges.KILL, privileges.SETGID, privileges.SETUID)
        return [name for name, held in walls.standing(config).items() if not held]

    return set(in_fork(body))


def test_every_wall_that_must_hold_holds_in_every_engine(engine: str, course: Course):
    """All of them in a container; elsewhere all without which nothing is graded."""
    held = usable(engine, course).walls()
    assert set(held) == set(BY_NAME)
    missing = {name for name in held if not held[name]}
    assert not any(BY_NAME[name].required for name in missing)
    assert engine != "docker" or missing == set()


@pytest.mark.parametrize(
    ("module", "function", "falls"),
    [
        (seccomp, "apply", {"processes", "uncounted", "ipc", "network"}),
        (landlock, "apply", {"tidiness"}),
        (rlimits, "apply", {"limits"}),
        (variables, "clean", {"inheritance"}),
    ],
    ids=["system calls", "files", "limits", "variables"],
)
def test_a_wall_that_is_missing_is_noticed(
    module: object,
    function: str,
    falls: set[str],
    config: SessionConfig,
    monkeypatch: pytest.MonkeyPatch,
):
    """Whatever took it away; the others are still found to hold."""
    monkeypatch.setattr(module, function, lambda *_: None)
    monkeypatch.setenv("SECRET_OF_THE_HOST", "1")
    found = fallen(config)
    assert falls <= found
    assert "limits" not in found or "limits" in falls


def test_secrets_in_reach_are_noticed(config: SessionConfig, monkeypatch: pytest.MonkeyPatch):
    """Without Landlock and without another user the checks could be read."""
    shared = SessionConfig(config.course, False, config.scratch, config.worker_uids)
    monkeypatch.setattr(landlock, "apply", lambda *_: None)
    assert "files" in fallen(shared)


def test_a_worker_that_cannot_be_confined_holds_nothing(
    config: SessionConfig, monkeypatch: pytest.MonkeyPatch
):
    """Where confining itself fails, no wall counts as standing, and one sentence says so."""
    monkeypatch.setattr(oom, "go_first", lambda: os.stat("/nowhere"))
    held = walls.standing(config)
    assert not any(held.values())
    sentence = walls.missing(held)
    assert sentence is not None
    for wall in walls.WALLS:
        assert (f"{wall.name} (" in sentence) == wall.required


def test_the_trial_leaves_nothing(config: SessionConfig):
    """Its scratch folder is gone with it."""
    fallen(config)
    assert list(config.scratch.iterdir()) == []


def test_nothing_is_graded_where_a_wall_is_missing(course: Course):
    """A session without libseccomp ends at its start, and says what is not held."""
    engine = usable("bubblewrap", course)
    assert isinstance(engine, BubblewrapEngine)
    libraries = [
        path for root in ("/lib", "/usr/lib") for path in Path(root).rglob("libseccomp.so.2")
    ]
    assert libraries
    program, *rest = engine._command()
    at = rest.index("--chdir")
    hide = [word for path in libraries for word in ("--ro-bind", os.devnull, str(path))]
    with pytest.raises(EngineError, match=r"Nothing is graded here.*processes"):
        Session([program, *rest[:at], *hide, *rest[at:]], dict(os.environ))


def test_confinement_and_its_trial_use_the_same_function():
    """The trial would prove nothing if it confined itself otherwise than a worker."""
    assert walls.confine.untrusted is confine.untrusted
