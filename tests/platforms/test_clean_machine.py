"""The claim of docs/index.md: whoever has Python and nothing else makes, releases and grades a course."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers import following
from tests.helpers.grading import ROOT
from tests.helpers.sessions import impossible_here
from tools import dist

PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in ("index", "new-assignment")
}
PREPARED = """\
set -eu
apt-get update -qq >/dev/null
apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null
cd
cp /dist/*.whl .
"""


def script() -> str:
    """What to type: the page's own lines, then those with which two students hand in and are graded."""
    (install,) = following.blocks("sh", PAGES["index"])
    (grade,) = [
        text
        for text in following.blocks("sh", PAGES["new-assignment"])
        if "mkdir -p submitted" in text
    ]
    return f"{PREPARED}{install}{grade}cat graded/first_steps/scores.csv\n"


@pytest.mark.slow
@pytest.mark.container
@pytest.mark.exhaustive
def test_whoever_follows_the_first_page_in_an_empty_debian_arrives(tmp_path: Path):
    """Debian's Python, the wheel, what pip brings, and no container engine: a plain process grades."""
    client = shutil.which("docker")
    answers = client and subprocess.run([client, "info"], capture_output=True, check=False)
    if not answers or answers.returncode:
        impossible_here("No Docker engine answers.")
    _, wheel = dist.make(tmp_path / "dist")
    name = f"autograder-clean-{tmp_path.parent.name}"
    commands = [
        [
            str(client),
            "create",
            "--name",
            name,
            "--interactive",
            "debian:trixie-slim",
            "bash",
            "-s",
        ],
        [str(client), "cp", str(wheel.parent), f"{name}:/dist"],
        [str(client), "start", "--attach", "--interactive", name],
    ]
    try:
        for command in commands:
            done = subprocess.run(
                command, input=script(), capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
    finally:
        subprocess.run([str(client), "rm", "--force", name], capture_output=True, check=False)
    assert (
        "first_steps: the master earns every point of its checks, the release none." in done.stdout
    )
    assert "First steps, graded with process: " in done.stdout
    assert "\nada,graded,100.0,100.0," in done.stdout
    assert "\nben,graded,0.0,100.0," in done.stdout
