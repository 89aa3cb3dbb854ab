"""What tests of collecting share: the command's tables, and what lies in the folders that it fills."""

from __future__ import annotations

from pathlib import Path

from autograder.grades import collected as table
from autograder.grades.collected import Entry
from tests.helpers.lms import ASSIGNMENT


def rows(folder: str = f"collected/{ASSIGNMENT}") -> list[Entry]:
    """What collected.csv says."""
    return table.read(Path(folder) / table.NAME)


def laid_out(submitted: Path = Path("submitted")) -> dict[str, str | None]:
    """What the notebook of each student says whose folder is there, None where there is none."""
    found: dict[str, str | None] = {}
    for folder in submitted.glob(f"*/{ASSIGNMENT}"):
        notebook = folder / f"{ASSIGNMENT}.ipynb"
        text = notebook.read_text("utf-8") if notebook.exists() else None
        found[folder.parent.name] = text and text.partition('"source": "')[2].partition('"')[0]
    return found


def write(path: str | Path, content: bytes | str = b"") -> Path:
    """Write a file with the folders above it."""
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return place
