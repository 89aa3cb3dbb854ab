"""Somebody who reads a page and types what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.helpers.grading import ROOT

NO_ENGINE = {"DOCKER_HOST": "unix:///nobody/listens.sock"}


def blocks(language: str, page: str) -> list[str]:
    """What a page shows in this language, in its order."""
    return [text for name, text in all_blocks(page) if name == language]


def all_blocks(page: str) -> list[tuple[str, str]]:
    """All that a page shows apart from its sentences: in which language, and what."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def typed(script: str, folder: Path, without_engine: bool = False) -> str:
    """Type lines into a shell in `folder`; return what they printed. The first that fails ends it."""
    variables = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    ended = subprocess.run(
        ["bash", "-eu", "-c", script], cwd=folder,
        env=os.environ | variables | (NO_ENGINE if without_engine else {}),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
