"""Claims about which engine is taken where none is named: the strongest that works, and never in silence."""

import shutil
from collections.abc import Callable

import pytest

from autograder.course.folder import Course
from autograder.engines import registry
from autograder.engines.docker import DockerEngine
from autograder.engines.registry import choose
from autograder.errors import EngineError


def engine(name: str, problem: str | None) -> type:
    """An engine with this to say on why it cannot be used."""
    methods = {
        "__init__": lambda self, course: None,
        "problem": lambda self, asked_for=True: problem,
    }
    return type(name.capitalize(), (), {"name": name} | methods)


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`engines(a=None, b="It is off.")` are all that there are, best first."""

    def engines(**problems: str | None) -> None:
        known = {name: engine(name, problem) for name, problem in problems.items()}
        monkeypatch.setattr(registry, "ENGINES", known)

    return engines


def test_the_first_that_works_is_taken_and_the_reason_begins_with_its_name(
    small: Course, engines: Callable[..., None]
):
    """As the terminal and the report tell it."""
    engines(strong=None, weak=None)
    choice = choose(small)
    assert choice.engine.name == "strong"
    assert choice.reason == "strong: it works here, and no other is stronger."


def test_what_was_passed_over_is_said_with_its_reason(small: Course, engines: Callable[..., None]):
    """Whoever believes that a container confines the class reads that none does (fault 12)."""
    engines(strong="It is off: start it.", middle="It is missing.", weak=None)
    choice = choose(small)
    assert choice.engine.name == "weak"
    assert choice.reason == "weak: It is off: start it. It is missing."


def test_one_that_was_asked_for_needs_no_reason_and_is_never_replaced(
    small: Course, engines: Callable[..., None]
):
    """Not by a better one, nor by a worse one where it does not work."""
    engines(strong=None, weak=None)
    choice = choose(small, "weak")
    assert (choice.engine.name, choice.reason) == ("weak", "")
    engines(strong="It is off.", weak=None)
    with pytest.raises(EngineError, match=r"^It is off\.$"):
        choose(small, "strong")


def test_where_none_works_every_reason_is_told(small: Course, engines: Callable[..., None]):
    """One of them can be remedied."""
    engines(strong="It is off.", weak="It is missing.")
    with pytest.raises(EngineError, match=r"It is off\. It is missing\."):
        choose(small)


def test_an_image_that_is_only_missing_is_to_be_built(
    small: Course, engines: Callable[..., None], monkeypatch: pytest.MonkeyPatch
):
    """Where Docker answers, nothing weaker takes its place."""
    engines(docker=None, weak=None)
    monkeypatch.setitem(registry.ENGINES, "docker", DockerEngine)
    monkeypatch.setattr(DockerEngine, "no_engine", lambda self: None)
    monkeypatch.setattr(DockerEngine, "_no_image", lambda self: "Build it.")
    with pytest.raises(EngineError, match=r"^Build it\.$"):
        choose(small)


@pytest.mark.skipif(not shutil.which("docker"), reason="Docker's client is not installed.")
def test_a_docker_that_does_not_answer_is_passed_over_aloud(
    small: Course, engines: Callable[..., None], monkeypatch: pytest.MonkeyPatch
):
    """The real client, with nobody behind its socket."""
    engines(docker=None, weak=None)
    monkeypatch.setitem(registry.ENGINES, "docker", DockerEngine)
    monkeypatch.setenv("DOCKER_HOST", "unix:///nobody/listens.sock")
    choice = choose(small)
    assert choice.engine.name == "weak"
    assert choice.reason.startswith("weak: The Docker engine does not answer: start it")
