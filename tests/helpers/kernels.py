"""A notebook run from top to bottom in a real Jupyter kernel, as a student runs it before handing it in."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from autograder.course.folder import Course

SECONDS = 300  # of one cell


@dataclass
class Run:
    """What a kernel said: the cells that raised, and the visible checks that did not pass, by name."""

    raised: list[str] = field(default_factory=list)
    failed_checks: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether no cell raised and every visible check passed."""
        return not self.raised and not self.failed_checks


def run(course: Course, notebook: bytes, folder: Path) -> Run:
    """Run a notebook in `folder`, beside what students were given; one training episode is enough."""
    shutil.copytree(course.release, folder, dirs_exist_ok=True)
    content = nbformat.reads(notebook.decode(), as_version=4)
    client = NotebookClient(
        content,
        timeout=SECONDS,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    quiet = {"NR_EPISODES": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "MPLBACKEND": "agg"}
    client.execute(env=os.environ | quiet)
    found = Run()
    for number, cell in enumerate(content.cells):
        nbgrader = cell.metadata.get("nbgrader", {})
        name = nbgrader.get("grade_id") or f"cell {number}"
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                kind = found.failed_checks if nbgrader.get("grade") else found.raised
                kind.append(f"{name}: {output.ename}: {output.evalue[:200]}")
    return found
