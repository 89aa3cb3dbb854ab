"""Claims about the probe of the confinement: it holds in every engine, and what is missing is noticed."""

import os
from collections.abc import Callable
from dataclasses import replace
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
    probe,
    rlimits,
    seccomp,
    variables,
)
from autograder.sandbox.config import SessionConfig
from tests.helpers.forks import in_fork
from tests.helpers.sessions import usable

BY_NAME = {each.name: each for each in probe.MECHANISMS}
Unless = Callable[[bool, str], None]


def broken(config: SessionConfig) -> set[str]:
    """The mechanisms that do not hold, probed by a process that has given up what a session gives up."""

    def body() -> list[str]:
        privileges.keep_only(privileges.KILL, privileges.SETGID, privileges.SETUID)
        return [name for name, held in probe.held(config).items() if not held]

    return set(in_fork(body))


def test_every_mechanism_that_must_hold_holds_in_every_engine(engine: str, light_course: Course):
    """All of them in a container; elsewhere all without which nothing is graded."""
    held = usable(engine, light_course).probe()
    assert set(held) == set(BY_NAME)
    missing = {name for name in held if not held[name]}
    assert not any(BY_NAME[name].required for name in missing)
    assert engine != "docker" or missing == set()


@pytest.mark.parametrize(
    ("module", "function", "breaks"),
    [
        (seccomp, "apply", {"processes", "uncounted", "ipc", "network"}),
        (landlock, "apply", {"tidiness"}),
        (rlimits, "apply", {"limits"}),
        (variables, "clean", {"inheritance"}),
    ],
    ids=["system calls", "files", "limits", "variables"],
)
def test_a_mechanism_that_is_missing_is_noticed(
    module: object,
    function: str,
    breaks: set[str],
    config: SessionConfig,
    monkeypatch: pytest.MonkeyPatch,
):
    """Whatever took it away; the others are still found to hold."""
    monkeypatch.setattr(module, function, lambda *_: None)
    monkeypatch.setenv("SECRET_OF_THE_HOST", "1")
    found = broken(config)
    assert breaks <= found
    assert "limits" not in found or "limits" in breaks


def test_secrets_in_reach_are_noticed(config: SessionConfig, monkeypatch: pytest.MonkeyPatch):
    """Without Landlock and without another user the checks could be read."""
    shared = replace(config, own_uids=False)
    monkeypatch.setattr(landlock, "apply", lambda *_: None)
    assert "files" in broken(shared)


def test_a_worker_that_cannot_be_confined_holds_nothing(
    config: SessionConfig, monkeypatch: pytest.MonkeyPatch
):
    """Where confining itself fails, no mechanism counts as held, and one sentence says so."""
    monkeypatch.setattr(oom, "go_first", lambda: os.stat("/nowhere"))
    held = probe.held(config)
    assert not any(held.values())
    sentence = probe.missing(held)
    assert sentence is not None
    for each in probe.MECHANISMS:
        assert (f"{each.name} (" in sentence) == each.required


def test_the_probe_leaves_nothing(config: SessionConfig):
    """Its scratch folder is gone with it."""
    broken(config)
    assert list(config.scratch.iterdir()) == []


def test_nothing_is_graded_where_a_mechanism_is_missing(light_course: Course):
    """A session without libseccomp ends at its start, and says what is not held."""
    engine = usable("bubblewrap", light_course)
    assert isinstance(engine, BubblewrapEngine)
    libraries = [
        path for root in ("/lib", "/usr/lib") for path in Path(root).rglob("libseccomp.so.2")
    ]
    assert libraries
    program, *rest = engine._command()
    at = rest.index("--chdir")
    hide = [word for path in libraries for word in ("--ro-bind", os.devnull, str(path))]
    with pytest.raises(EngineError, match=r"Nothing is graded here.*processes"):
        Session(light_course, None, [program, *rest[:at], *hide, *rest[at:]], dict(os.environ))


def test_confinement_and_its_probe_use_the_same_function():
    """The probe would prove nothing if it confined itself otherwise than a worker."""
    assert probe.confine.untrusted is confine.untrusted
