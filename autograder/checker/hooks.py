"""What a conftest.py among an assignment's hidden checks may define beside fixtures (pytest's hooks)."""

from __future__ import annotations

from typing import Any


def pytest_notebook_variables() -> dict[str, Any]:  # type: ignore[empty-body]
    """Return variables that the student's notebook has before its first cell runs, by name.

    Plain values, or hosted objects (checker/hosted.py) that stand for something of the notebook.
    """
