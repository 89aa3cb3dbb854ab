"""Run nbgrader on the master, put the result in place, pack it.

The course's own nbgrader_config.py decides what happens to the notebook, so that
`nbgrader generate_assignment --no-db` gives the same bytes. The course's gradebook is left alone:
nobody who checks a release wants his grades touched.
"""

from __future__ import annotations

import filecmp
import io
import json
import logging
import shutil
import stat
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.errors import ReleaseError
from autograder.release import leaks
from autograder.release.layout import START
from autograder.release.preprocessor import PREPROCESSORS

CONFIG = "nbgrader_config.py"

_EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LITTER = {"__pycache__", ".ipynb_checkpoints"}


@dataclass(frozen=True)
class ReleaseResult:
    """What `make_release` wrote: the folder, its files relative to it, and the zip of them."""

    folder: Path
    files: tuple[str, ...]
    archive: Path


def make_release(course: Path, assignment: str) -> ReleaseResult:
    """Write release/<assignment>/ and release/<assignment>.zip in the folder `course`.

    The same master gives the same bytes. Raises `ReleaseError` with one sentence where the master
    cannot be released; the release that was there before then stays as it was.
    """
    course = course.resolve()
    with tempfile.TemporaryDirectory(prefix=".release-", dir=_existing(course)) as scratch:
        fresh = _generate(course, assignment, Path(scratch))
        files = _files(fresh)
        packed = Path(scratch) / "release.zip"
        _pack(fresh, files, assignment, packed)
        folder = course / "release" / assignment
        archive = folder.with_name(f"{assignment}.zip")
        _replace(folder, fresh, Path(scratch) / "before")
        packed.replace(archive)
    return ReleaseResult(folder, files, archive)


def check_release(course: Path, assignment: str) -> list[str]:
    """A sentence for each file in which release/<assignment>/ differs from a fresh release.

    Empty when the release is current. Raises `ReleaseError` as `make_release` does.
    """
    course = course.resolve()
    committed = course / "release" / assignment
    with tempfile.TemporaryDirectory(prefix="release-") as scratch:
        fresh = _generate(course, assignment, Path(scratch))
        expected, present = set(_files(fresh)), set(_files(committed))
        name = committed.relative_to(course).as_posix()
        found = {file: f"{name}/{file} is missing" for file in expected - present}
        found |= {file: f"{name}/{file} is not made from the master" for file in present - expected}
        for file in expected & present:
            if not filecmp.cmp(fresh / file, committed / file, shallow=False):
                found[file] = f"{name}/{file} differs from what the master gives now"
    return [found[file] for file in sorted(found)]


class _Generate(GenerateAssignment):  # type: ignore[misc]
    """nbgrader's converter, which only logs why a notebook failed; this one also keeps it."""

    failure: Exception | None = None

    def convert_single_notebook(self, notebook_filename: str) -> None:
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            self.failure = error
            raise


def _existing(course: Path) -> Path:
    if not course.is_dir():
        raise ReleaseError(f"there is no course folder {course}")
    return course


def _generate(course: Path, assignment: str, scratch: Path) -> Path:
    """Generate the release inside `scratch` and return its folder."""
    source = course / "source" / assignment
    _refuse_source(source)
    log, record = _quiet_log()
    converter = _converter(course, assignment, scratch, log)
    try:
        converter.start()
    except NbGraderException as error:
        if isinstance(converter.failure, ReleaseError):
            raise converter.failure from error
        sys.stderr.write(record.getvalue())
        reason = converter.failure or error
        raise ReleaseError(f"nbgrader could not generate {assignment}: {reason}") from error
    folder = scratch / "out" / assignment
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def _refuse_source(source: Path) -> None:
    """Raise where the source cannot give one and the same release again, or a file would leak."""
    notebooks = sorted(source.glob("*.ipynb"))
    if not notebooks:
        raise ReleaseError(f"there is no master notebook in {source}")
    for notebook in notebooks:
        _refuse_random_ids(notebook)
    masters = [nbformat.read(notebook, as_version=4) for notebook in notebooks]
    for path in source.rglob("*"):
        if path.suffix in {".py", ".md", ".txt"}:
            _refuse_file(path.name, path.read_text("utf-8", "replace"), masters)


def _refuse_file(name: str, text: str, masters: list[NotebookNode]) -> None:
    """Raise where a file that students get beside the notebook shows them a solution."""
    if START in text:
        raise ReleaseError(f"{name} holds the marker `{START}`, but files are not stripped")
    for master in masters:
        for leak in leaks.find_leaks_beside(master, name, text):
            raise ReleaseError(leak)


def _refuse_random_ids(notebook: Path) -> None:
    """A cell without an id gets a random one whenever the notebook is read (nbformat 4.5)."""
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
        cells, minor = content["cells"], content["nbformat_minor"]
    except (ValueError, KeyError) as error:
        raise ReleaseError(f"{notebook.name} is not a notebook of format 4") from error
    ids = [cell.get("id") for cell in cells]
    if minor < 5 or None in ids or len(set(ids)) < len(ids):
        raise ReleaseError(
            f"{notebook.name} has cells without an id of their own, so that no two releases would "
            "be alike: save it in a current Jupyter"
        )


def _quiet_log() -> tuple[logging.Logger, io.StringIO]:
    """A logger of nobody else's and the text that it collects."""
    record = io.StringIO()
    log = logging.Logger("nbgrader", logging.INFO)
    log.addHandler(logging.StreamHandler(record))
    return log, record


def _converter(course: Path, assignment: str, scratch: Path, log: logging.Logger) -> _Generate:
    config = Config()
    config.GenerateAssignment.preprocessors = PREPROCESSORS
    if (course / CONFIG).exists():
        config.merge(PyFileConfigLoader(CONFIG, path=str(course)).load_config())
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.release_directory = str(scratch / "out")
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    return _Generate(CourseDirectory(config=config, log=log), config=config, log=log)


def _files(folder: Path) -> tuple[str, ...]:
    """The files below `folder` in a fixed order, without what opening a notebook leaves behind."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in _walk(folder)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and _LITTER.isdisjoint(path.relative_to(folder).parts):
            yield path


def _pack(folder: Path, files: tuple[str, ...], top: str, archive: Path) -> None:
    """Zip `files` below one folder `top`, with one date and one mode for all."""
    with zipfile.ZipFile(archive, "w") as packed:
        for file in files:
            entry = zipfile.ZipInfo(f"{top}/{file}", _EARLIEST_ZIP_DATE)
            entry.create_system = 3  # Unix, whatever this machine runs: the mode is a Unix one
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            packed.writestr(entry, (folder / file).read_bytes(), zipfile.ZIP_DEFLATED, 9)
    archive.chmod(0o644)


def _replace(folder: Path, fresh: Path, before: Path) -> None:
    """Put `fresh` where `folder` is: two renames, and never a release that is half written."""
    folder.parent.mkdir(exist_ok=True)
    if folder.exists():
        folder.rename(before)
    try:
        fresh.rename(folder)
    except OSError:
        if before.exists():
            shutil.move(before, folder)
        raise
