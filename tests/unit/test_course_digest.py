"""Claims about the digest of what judges: it changes with all that decides a score, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import content
from autograder.course.folder import Course
from autograder.course.seeds import KEY
from autograder.course.settings import load_settings
from autograder.engines import runtime
from autograder.engines.docker import DockerEngine
from autograder.engines.process import ProcessEngine
from tests.helpers import tiny_course

RUNTIME = ["Python 3.13", "numpy==2.3"]


@pytest.fixture
def tiny(tmp_path: Path) -> Course:
    """A course that a test may change."""
    return tiny_course.write(tmp_path / "course", files={"worker.py": "", "shared.py": ""})


def digest(course: Course, lines: list[str] = RUNTIME) -> str:
    """The digest of an assignment where its code runs on these."""
    return content.digest(course, load_settings(course), lines)


def course_digest(course: Course) -> str:
    """The digest of what of the course decides a score."""
    return content.course_digest(course, load_settings(course))


DECIDING: dict[str, Callable[[Course], Path]] = {
    "a check": lambda course: course.checks / "test_double.py",
    "what checks share": lambda course: course.checks / "shared.py",
    "what checks ask of a worker": lambda course: course.worker_module,
    "the settings": lambda course: course.settings,
    "the key": lambda course: course.checks / KEY,
    "the master": lambda course: course.master,
    "the release": lambda course: course.released,
    "a module that students get": lambda course: course.release / "helpers.py",
    "a folder of checks' data": lambda course: course.checks / "data" / "games.csv",
}


@pytest.mark.parametrize("what", DECIDING)
def test_what_decides_a_score_is_counted(what: str, tiny: Course):
    """A report made before it changed is not current any more, nor is a certificate."""
    path, before, of_course = DECIDING[what](tiny), digest(tiny), course_digest(tiny)
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as file:
        file.write("\n")
    assert digest(tiny) != before
    assert course_digest(tiny) != of_course


LEFT_BEHIND: dict[str, Callable[[Course], Path]] = {
    "a model that running the master saved": lambda course: course.source / "pong.keras",
    "a module beside the master": lambda course: course.source / "helpers.py",
    "Jupyter's copy": lambda course: (
        course.release / ".ipynb_checkpoints" / "tiny-checkpoint.ipynb"
    ),
    "bytecode": lambda course: course.checks / "__pycache__" / "test_double.cpython-311.pyc",
    "bytecode of the release": lambda course: course.release / "__pycache__" / "helpers.pyc",
    "an editor's draft": lambda course: course.checks / ".test_double.py.swp",
    "pytest's cache": lambda course: course.checks / ".pytest_cache" / "README.md",
    "a case": lambda course: course.checks / "cases" / "correct" / "a" / "edits.py",
    "why a mutant is no mistake": lambda course: course.checks / content.EQUIVALENT,
    "what measuring the checks has shown": lambda course: course.checks / content.CERTIFICATE,
    "a figure that was released": lambda course: course.release / "figure.png",
    "another assignment's check": lambda course: course.checks.parent / "other" / "test_a.py",
    "another assignment's master": lambda course: course.root / "source" / "other" / "other.ipynb",
    "a submission": lambda course: course.root / "submitted" / "ada" / "tiny" / "tiny.ipynb",
}


@pytest.mark.parametrize("what", LEFT_BEHIND)
def test_what_decides_nothing_is_not_counted(what: str, tiny: Course):
    """No image is stale, and no report is made anew, since somebody has run a notebook or added a case."""
    path, before, of_course = LEFT_BEHIND[what](tiny), digest(tiny), course_digest(tiny)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    assert digest(tiny) == before
    assert course_digest(tiny) == of_course


def test_the_same_course_elsewhere_has_the_same_digest(tiny: Course, tmp_path: Path):
    """So the same report is current on every machine."""
    other = tiny_course.write(tmp_path / "other", files={"worker.py": "", "shared.py": ""})
    assert digest(other) == digest(tiny)


def test_text_does_not_move_between_files(tiny: Course):
    """Where a file ends is counted."""
    check, shared = tiny.checks / "test_double.py", tiny.checks / "shared.py"
    before = digest(tiny)
    shared.write_text(check.read_text())
    check.write_text("")
    assert digest(tiny) != before


def test_python_and_libraries_are_counted(tiny: Course, monkeypatch: pytest.MonkeyPatch):
    """Also where no image holds them: bubblewrap and process grade with those of this environment."""
    assert digest(tiny, ["Python 3.12", *RUNTIME[1:]]) != digest(tiny)
    before = ProcessEngine(tiny).digest()
    monkeypatch.setattr(runtime.platform, "python_version", lambda: "3.99.0")
    assert ProcessEngine(tiny).digest() != before


def test_the_images_recipe_and_the_locked_versions_are_counted(tiny: Course):
    """Another library in the image may score otherwise."""
    before = DockerEngine(tiny).digest()
    (tiny.root / "requirements.lock").write_text("numpy==2.3.1 --hash=sha256:00\n")
    locked = DockerEngine(tiny).digest()
    (tiny.root / "docker").mkdir()
    (tiny.root / "docker" / "prepare.sh").write_text("true\n")
    assert len({before, locked, DockerEngine(tiny).digest()}) == 3


def test_an_engines_image_is_named_for_its_assignment_and_its_digest(tiny: Course):
    """So a stale image is never graded with, nor another assignment's."""
    engine = DockerEngine(tiny)
    assert engine.image == f"autograder:tiny-{engine.digest().removeprefix('sha256:')[:16]}"


LATE = "[late]\ngrace_minutes = 5\npercent_a_day = 10  # of the score\n"
PLACES = {
    "at the end": lambda text: f"due = 2026-10-31T23:59:00\n{text}\n# What is late\n{LATE}",
    "before a table": lambda text: f"due = 2026-10-31T23:59:00\n{text}".replace(
        "[exercises", f"{LATE}\n[exercises", 1
    ),
    "in one line": lambda text: (
        "# Until then\ndue = 2026-10-31T23:59:00\ntimezone = 'Europe/Berlin'\n"
        f"late = {{ percent_a_day = 10 }}\n{text}"
    ),
    "in dotted keys": lambda text: f"due=2026-10-31T23:59:00Z\nlate.percent_a_day = 10\n{text}",
}


@pytest.mark.parametrize("place", PLACES)
def test_when_it_is_due_and_what_is_late_decide_nothing(place: str, tiny: Course):
    """They are applied to finished reports: setting or changing them grades nobody again."""
    tiny.settings.write_text(f"{tiny.settings.read_text()}\n")
    before, of_course = digest(tiny), course_digest(tiny)
    tiny.settings.write_text(PLACES[place](tiny.settings.read_text()))
    assert load_settings(tiny).late.percent_a_day == 10
    assert digest(tiny) == before
    assert course_digest(tiny) == of_course
    tiny.settings.write_text(tiny.settings.read_text().replace("= 10", "= 20"))
    assert digest(tiny) == before


def test_beside_a_late_rule_all_else_still_decides(tiny: Course):
    """A weight in a file with a late rule, or a text that only looks like one."""
    tiny.settings.write_text(PLACES["at the end"](tiny.settings.read_text()))
    before = digest(tiny)
    tiny.settings.write_text(
        tiny.settings.read_text().replace("title", 'variables.A = "1"\ntitle', 1)
    )
    changed = digest(tiny)
    assert changed != before
    odd = "title = '''\n[late]\nx'''\n"
    text = "\n".join(line for line in tiny.settings.read_text().splitlines() if line[:5] != "title")
    tiny.settings.write_text(odd + text)
    one = digest(tiny)
    tiny.settings.write_text(odd.replace("x'", "y'") + text)
    assert len({before, changed, one, digest(tiny)}) == 4
