"""What judged before: the settings as they were, kept beside the reports by the digest of their judge.

Whether nothing but the settings has changed since is not guessed: the course is laid out once more with the
settings as they were, and the engine asked for the digest. Where that is the report's, every other byte that
decides a score is the same.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder import files
from autograder.course.content import CASES
from autograder.course.deciding import AFTERWARDS
from autograder.course.folder import Course
from autograder.course.settings import Settings, load_settings
from autograder.engines.base import Engine
from autograder.errors import AutograderError

FOLDER = "judges"  # below the reports
# Beside the assignment's own folders, what an image is built from.
_SHARED = ("docker", "requirements.lock")
_SKIPPED = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", CASES)


def keep(reports: Path, course: Course, judged_by: str) -> None:
    """Keep today's settings beside the reports of today's judge. Raises NotWritten."""
    path = _path(reports, judged_by)
    if not path.exists():
        files.make_folder(path.parent)
        files.write_bytes(path, course.settings.read_bytes())


def settings_before(
    reports: Path, course: Course, judged_by: str, engine: Callable[[Course], Engine]
) -> Settings | None:
    """Return the settings of a former judge if only its scoring differs from today's, else None.

    That is where weights, points, visibility, the title or what is applied afterwards changed, and no weight
    became 0 or ceased to be: then every check would end as it did. None also where those settings were not
    kept, or cannot be read any more.
    """
    path = _path(reports, judged_by)
    if not path.is_file():
        return None
    with tempfile.TemporaryDirectory(prefix="autograder-") as name:
        before = _laid_out(course, Path(name))
        shutil.copy(path, before.settings)
        try:
            settings = load_settings(before)
            is_same = engine(before).digest() == judged_by
        except AutograderError:
            return None
    return settings if is_same and _verdicts(settings) == _verdicts(load_settings(course)) else None


def _path(reports: Path, judged_by: str) -> Path:
    return reports / FOLDER / f"{judged_by.removeprefix('sha256:')[:64]}.toml"


def _laid_out(course: Course, root: Path) -> Course:
    copy = Course(root, course.assignment)
    for part in ("checks", "source", "release"):
        original: Path = getattr(course, part)
        shutil.copytree(original, getattr(copy, part), ignore=_SKIPPED)
    for name in _SHARED:
        path = course.root / name
        if path.is_dir():
            shutil.copytree(path, root / name, ignore=_SKIPPED)
        elif path.is_file():
            shutil.copy(path, root / name)
    return copy


def _verdicts(settings: Settings) -> dict[str, Any]:
    """Return what of the settings decides how checks end."""
    plain = settings.model_dump(mode="json", exclude={"title", *AFTERWARDS})
    exercises = {}
    for name, exercise in plain["exercises"].items():
        for check in exercise["checks"].values():
            check["weight"] = check["weight"] > 0
            del check["visibility"]
        if exercise["checks"]:  # answers that a person grades have none, and no check to end
            exercises[name] = {"seconds": exercise["seconds"], "checks": exercise["checks"]}
    return plain | {"exercises": exercises}
