"""Run nbgrader on the master, put the result in place, pack it.

The course's own nbgrader_config.py decides what happens to the notebook, so that
`nbgrader generate_assignment --no-db` gives the same bytes. The course's gradebook is left alone:
nobody who checks a release wants his grades touched.
"""

from __future__ import annotations

import contextlib
import filecmp
import logging
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.course.markers import ANSWER_START, START
from autograder.errors import AutograderError, ReleaseError
from autograder.release import exercises, leaks, master, tracked

CONFIG = "nbgrader_config.py"
# What the configuration has nbgrader do, by the names of classes in autograder/nbgrader/. That room knows
# this one, so this one cannot import it. A course without them is refused, not mended here: nbgrader's own
# command would release its solutions.
_PREPROCESSORS = ("StripSolutions", "SetPoints", "RefuseLeaks")

_EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LITTER = {"__pycache__", ".ipynb_checkpoints"}


@dataclass(frozen=True)
class ReleaseResult:
    """What `make_release` wrote: the folder, its files relative to it, and the zip of them.

    `left_out` are files and folders (`checkpoints/`) of the source that git does not track: what running
    the master left there, or a new figure that somebody forgot to add, so they have to be named.
    """

    folder: Path
    files: tuple[str, ...]
    archive: Path
    left_out: tuple[str, ...] = ()


def make_release(course: Path, assignment: str) -> ReleaseResult:
    """Write release/<assignment>/ and release/<assignment>.zip in the folder `course`.

    The same master gives the same bytes. Raises `ReleaseError` with one sentence where the master
    cannot be released; the release that was there before then stays as it was.
    """
    course = course.resolve()
    with tempfile.TemporaryDirectory(prefix=".release-", dir=_existing(course)) as scratch:
        fresh, left_out = _generate(course, assignment, Path(scratch))
        files = _files(fresh)
        packed = Path(scratch) / "release.zip"
        _pack(fresh, files, assignment, packed)
        folder = course / "release" / assignment
        archive = folder.with_name(f"{assignment}.zip")
        _replace(folder, fresh, Path(scratch) / "before")
        packed.replace(archive)
    return ReleaseResult(folder, files, archive, left_out)


def check_release(course: Path, assignment: str) -> list[str]:
    """A sentence for each file in which release/<assignment>/ differs from a fresh release.

    Empty when the release is current. Raises `ReleaseError` as `make_release` does.
    """
    course = course.resolve()
    committed = course / "release" / assignment
    with tempfile.TemporaryDirectory(prefix="release-") as scratch:
        fresh, _ = _generate(course, assignment, Path(scratch))
        expected, present = set(_files(fresh)), set(_files(committed))
        name = committed.relative_to(course).as_posix()
        found = {file: f"{name}/{file} is missing" for file in expected - present}
        found |= {file: f"{name}/{file} is not made from the master" for file in present - expected}
        for file in expected & present:
            if not filecmp.cmp(fresh / file, committed / file, shallow=False):
                found[file] = f"{name}/{file} differs from what the master gives now"
    return [found[file] for file in sorted(found)]


class _Generate(GenerateAssignment):  # type: ignore[misc]
    """nbgrader's converter for some of the notebooks; it also keeps why one failed, not only its log."""

    failure: Exception | None = None
    masters: frozenset[str] = frozenset()

    def init_notebooks(self) -> None:
        super().init_notebooks()
        for folder, found in self.assignments.items():
            self.assignments[folder] = [path for path in found if Path(path).name in self.masters]

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        with self._keeping_failure():
            super().init_assignment(assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        with self._keeping_failure():
            super().convert_single_notebook(notebook_filename)

    @contextlib.contextmanager
    def _keeping_failure(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.failure = error
            raise


def _existing(course: Path) -> Path:
    if not course.is_dir():
        raise ReleaseError(f"there is no course folder {course}")
    return course


def _generate(course: Path, assignment: str, scratch: Path) -> tuple[Path, tuple[str, ...]]:
    """Generate the release inside `scratch`; return its folder and what git does not track."""
    source = course / "source" / assignment
    known = tracked.files(source)
    notebooks = sorted(source.glob("*.ipynb"))
    present = [path for path in notebooks if known is None or path.name in known]
    if not present:
        raise ReleaseError(f"there is no master notebook in {source}")
    masters = [master.read(path) for path in present]
    converter = _converter(course, assignment, scratch)
    converter.masters = frozenset(path.name for path in present)
    _run(converter, assignment)
    folder = scratch / "out" / assignment
    left_out = _leave_out(folder, known, notebooks)
    _refuse_files(folder, converter.masters, masters)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder, left_out


def _converter(course: Path, assignment: str, scratch: Path) -> _Generate:
    config = _config(course)
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.release_directory = str(scratch / "out")
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    log = logging.Logger("nbgrader", logging.CRITICAL + 1)  # what goes wrong becomes one sentence
    return _Generate(CourseDirectory(config=config, log=log), config=config, log=log)


def _config(course: Path) -> Config:
    """The course's own configuration; raises `ReleaseError` where it would not strip solutions."""
    config = Config()
    if (course / CONFIG).exists():
        try:
            config.merge(PyFileConfigLoader(CONFIG, path=str(course)).load_config())
        except Exception as error:  # it is a program, and may fail in any way
            raise ReleaseError(f"{CONFIG} cannot be run: {_said(error)}") from error
    named = {
        getattr(each, "__name__", each)
        for each in config.GenerateAssignment.get("preprocessors", [])
    }
    if not named.issuperset(_PREPROCESSORS):
        raise ReleaseError(
            f"{CONFIG} does not have nbgrader strip and check solutions: write into that file "
            "'from autograder.nbgrader.config import configure' and "
            "'configure(get_config(), Path(__file__).parent)'"
        )
    return config


def _run(converter: _Generate, assignment: str) -> None:
    """Have nbgrader generate the release; whatever goes wrong there ends as one sentence."""
    try:
        converter.start()
    except Exception as error:  # nbgrader's own, its libraries', or one of a preprocessor's
        if isinstance(converter.failure, AutograderError):
            raise converter.failure from error
        raise ReleaseError(
            f"nbgrader could not generate {assignment}: {_said(converter.failure or error)} "
            f"('nbgrader generate_assignment {assignment}' shows more)"
        ) from error


def _said(error: Exception) -> str:
    """What an exception says, on one line, with its kind where the text alone would say little."""
    text = " ".join(str(error).split())
    return text if isinstance(error, NbGraderException) else f"{type(error).__name__}: {text}"


def _leave_out(
    folder: Path, known: frozenset[str] | None, notebooks: list[Path]
) -> tuple[str, ...]:
    """Remove from the release what git does not track; return what that was."""
    if known is None:
        return ()
    present = set(_files(folder))
    for name in present - known:
        (folder / name).unlink()
    return tracked.left_out(present | {path.name for path in notebooks}, known)


def _refuse_files(folder: Path, notebooks: frozenset[str], masters: list[NotebookNode]) -> None:
    """Raise where a file that students get beside the notebook shows them a solution."""
    texts = dict(_texts(folder, notebooks))
    programs = {name: text for name, text in texts.items() if name.endswith(".py")}
    for name, text in texts.items():
        for marker in (START, ANSWER_START):
            if marker in text:
                raise ReleaseError(
                    f"{name} holds the marker `{marker}`, but files are not stripped"
                )
    for notebook in masters:
        found = leaks.find_leaks_beside(notebook, texts)
        for fault in found + exercises.defined_beside(notebook, programs):
            raise ReleaseError(fault)


def _texts(folder: Path, notebooks: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each file but the notebooks and what is no text, such as a picture or a model."""
    for name in _files(folder):
        if name not in notebooks:
            with contextlib.suppress(UnicodeDecodeError):
                yield name, (folder / name).read_text("utf-8")


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
