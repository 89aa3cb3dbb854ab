"""A notebook run from top to bottom in a real Jupyter kernel, as a student runs it before handing it in."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.course.folder import Course

SECONDS = 60  # of one cell
GAME = "policy_gradient.py"
WHOLE, SHORT = "max_steps=2000", "max_steps=150"


@dataclass
class Run:
    """What a kernel said: what went wrong in which cell, and the visible checks that did not pass."""

    raised: list[str] = field(default_factory=list)
    failed_checks: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether no cell raised and every visible check passed."""
        return not self.raised and not self.failed_checks


def execute(
    notebook: NotebookNode, folder: Path, variables: dict[str, str], **options: Any
) -> None:
    """Run a notebook in a kernel of its own, in `folder`; `options` are NotebookClient's."""
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, kernel_name="python3", resources=resources, **options)
    client.execute(env=os.environ | variables)


def run(course: Course, notebook: bytes, folder: Path) -> Run:
    """Run a notebook in `folder`, beside what students were given.

    One training episode is enough, and games are truncated early, of which a notebook plays six or more.
    """
    shutil.copytree(course.release, folder, dirs_exist_ok=True)
    if (game := folder / GAME).exists():
        whole = game.read_text("utf-8")
        assert WHOLE in whole
        game.write_text(whole.replace(WHOLE, SHORT), "utf-8")
    content = nbformat.reads(notebook.decode(), as_version=4)
    quiet = {"NR_EPISODES": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "MPLBACKEND": "agg"}
    options = {"timeout": SECONDS, "interrupt_on_timeout": True, "allow_errors": True}
    found = Run()
    try:
        execute(content, folder, quiet, **options)
    except (CellTimeoutError, DeadKernelError) as error:
        found.raised.append(str(error).splitlines()[0])
    for number, cell in enumerate(content.cells):
        _look(found, cell, cell.metadata.get("nbgrader", {}), number)
    return found


def _look(found: Run, cell: NotebookNode, nbgrader: dict[str, object], number: int) -> None:
    name = nbgrader.get("grade_id") or f"cell {number}"
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            kind = found.failed_checks if nbgrader.get("grade") else found.raised
            kind.append(f"{name}: {output.ename}: {output.evalue[:200]}")
