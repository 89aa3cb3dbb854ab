"""A new assignment to start from: it releases and grades at once, and is then changed bit by bit."""

from __future__ import annotations

import keyword
from pathlib import Path
from string import Template

from autograder import files
from autograder.course.folder import Course
from autograder.course.new_key import write_new_key
from autograder.errors import UsageError

_SKELETON = Path(__file__).with_name("skeleton")


def new_assignment(root: Path, name: str) -> list[Path]:
    """Write the assignment `name` into the course folder `root`, and what a course needs that has nothing.

    Returns the files that were written. Raises UsageError where the name is taken or cannot be one, and
    NotWritten.
    """
    if not name.isidentifier() or keyword.iskeyword(name) or not name.isascii():
        raise UsageError(
            f"'{name}' cannot be an assignment's name: use letters, digits and _, a letter first. Hidden "
            "checks import each other by it."
        )
    course = Course(root, name)
    for folder in (course.source, course.checks, course.release):
        if folder.exists():
            raise UsageError(f"{folder} is there already: choose another name, or move it away.")
    texts = {
        course.master: _filled("notebook.ipynb", name),
        course.settings: _filled("assignment.toml", name),
        course.checks / "test_running_mean.py": _filled("checks.py", name),
    }
    for path, template in (
        (root / "nbgrader_config.py", "nbgrader_config.py"),
        (root / ".gitignore", "gitignore"),
    ):
        if not path.exists():
            texts[path] = _filled(template, name)
    for path, text in texts.items():
        files.make_folder(path.parent)
        files.write(path, text)
    return [*texts, write_new_key(course.checks)]


def _filled(template: str, name: str) -> str:
    """Return a file of the skeleton with the assignment's title in it."""
    text = (_SKELETON / f"{template}.txt").read_text("utf-8")
    return Template(text).safe_substitute(title=name.replace("_", " ").capitalize())
