"""From what is named on the command line to what is collected: each source with the layout it is in.

A path is a zip archive, a folder, a notebook, or nbgrader's `downloaded/`. Where a path is in nbgrader's own
layout, or is loose notebooks named for students, it is graded where it lies: `in_place`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import ModuleType

from autograder.batch.discover import NoSubmission
from autograder.collect import names
from autograder.collect.archive import read_archive
from autograder.collect.layouts import folders, nbgrader, registry
from autograder.collect.piece import Asked, Finding, Piece, Stray, Who
from autograder.collect.tree import File, NotTaken, Tree, on_disk, read_folder
from autograder.plaintext import told_apart


@dataclass(frozen=True)
class Source:
    """What lies at a path: a tree in a layout, or, `in_place`, submissions that need no laying out."""

    path: Path
    layout: str
    findings: tuple[Finding, ...] = ()
    in_place: bool = False


def sources(paths: Sequence[Path], asked: Asked, in_place: bool = True) -> Iterator[Source]:
    """Yield what lies at each path, `in_place` where it can be. Raises NoSubmission, or NotTaken."""
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise NoSubmission(f"{path} does not exist: name notebooks or folders of submissions.")
        try:
            found = list(_at(path, asked))
        except (NotTaken, NoSubmission) as error:
            if len(paths) == 1:
                raise
            found = [_unreadable(path, error)]  # the others go on
        for source in found:
            yield source if in_place or not source.in_place else _copied(source, asked)


def _unreadable(path: Path, error: Exception) -> Source:
    file = File(PurePosixPath(path.name or "%"), str(path))
    why = str(error).removeprefix(f"{told_apart(str(path))}: ")
    return Source(path, "nothing that can be read", (Stray(file, why, unplaced=True),))


def no_submission(path: Path, assignment: str) -> str:
    """Say that nothing that was handed in lies at a path."""
    return (
        f"{path} holds no submission: expected notebooks, folders like "
        f"<student>/{assignment}/{assignment}.ipynb, or what an LMS hands out."
    )


def _copied(source: Source, asked: Asked) -> Source:
    """Return what could stay where it lies as something to lay out."""
    place = source.path.absolute()
    if source.layout != "nbgrader":
        file = on_disk(source.path, PurePosixPath(place.name), str(source.path))
        tree = read_folder(place) if place.is_dir() else Tree(place.parent.name, (file,))
        return _found(source.path, folders, tree, asked)
    tree = read_folder(place)
    if place.name == asked.assignment:
        tree = tree.within(place.name).within(place.parent.name)
    elif _has(place / asked.assignment):
        tree = tree.within(place.name)
    return _found(source.path, nbgrader, tree, asked)


def _at(path: Path, asked: Asked) -> Iterator[Source]:
    if path.is_dir():
        yield from _of_folder(path, asked)
    elif path.is_file() and not path.is_symlink() and _is_archive(path):
        yield _of_tree(path, read_archive(path), asked, path.stem)
    else:
        yield _of_file(path, asked)


def _is_archive(path: Path) -> bool:
    """Tell whether a file is a zip archive, by its name or by what it begins and ends with."""
    return path.suffix.casefold() == ".zip" or (
        names.notebook_stem(path.name) is None and zipfile.is_zipfile(path)
    )


def _of_file(path: Path, asked: Asked) -> Source:
    """Return a file that was named alone: by an LMS, in a folder that an LMS named, or for its student."""
    place = path.absolute()
    file = on_disk(path, PurePosixPath(path.name), str(path))
    if place.parent.name == asked.assignment:
        return Source(path, "nbgrader", in_place=True)
    for tree in (
        Tree(place.parent.name, (file,)),
        Tree(place.parent.name, (replace(file, path=PurePosixPath(place.parent.name, path.name)),)),
    ):
        if (layout := registry.known(tree, asked)) is not None:
            return _found(path, layout, tree, asked)
    if names.alike(names.stem(path.name)) == names.alike(asked.assignment):
        return _found(path, folders, tree, asked)  # its folder is called as its student, it is not
    return Source(path, "a notebook", in_place=True)


def _of_folder(path: Path, asked: Asked) -> Iterator[Source]:
    if not _is_named_by_lms(path, asked) and _is_nbgraders(path, asked):
        yield Source(path, "nbgrader", in_place=True)
        return
    if downloaded := _downloaded(path, asked):
        yield from _of_downloaded(downloaded, asked)
        return
    tree = read_folder(path)
    outer = tree.within(path.resolve().name)
    layout = registry.known(outer, asked)
    if layout is not None and registry.known(tree, asked) is None:
        yield _found(path, layout, outer, asked)  # one student's folder, as an LMS named it
        return
    if not tree.tops():
        raise NoSubmission(no_submission(path, asked.assignment))
    layout, inner = registry.recognise(tree, asked)
    if layout is not registry.ELSE:
        yield _found(path, layout, inner, asked, tree)
    elif registry.is_one_student(tree, asked) and _is_called(tree, asked):
        yield _found(path, layout, tree.within(path.resolve().name), asked)
    elif archive := _only_archive(path, tree):
        yield from _at(archive, asked)
    elif _is_plain(tree, asked):
        yield Source(path, "loose notebooks", in_place=True)
    else:
        yield _found(path, layout, inner, asked, tree)


def _is_named_by_lms(path: Path, asked: Asked) -> bool:
    """Tell whether an LMS named a folder or what lies in it: a student may have any folder within."""
    within = "\0"  # what no file is called
    try:
        inner = [
            File(PurePosixPath(e.name, within) if e.is_dir() else PurePosixPath(e.name), e.name)
            for e in path.iterdir()
        ]
    except OSError:
        return False
    outer = File(PurePosixPath(path.resolve().name, within), path.name)
    return any(
        registry.known(Tree("", files), asked) for files in (tuple(inner), (outer,)) if files
    )


def _is_nbgraders(path: Path, asked: Asked) -> bool:
    """Tell whether a folder is a student's or a class's in nbgrader's layout, just as it lies there."""
    try:
        if path.absolute().name == asked.assignment and not (path / "archive").is_dir():
            return not (path / "extracted").is_dir()
        if (path / asked.assignment).is_symlink() or (path / asked.assignment).exists():
            return _downloaded(path, asked) is None
        entries = [entry for entry in path.iterdir() if entry.is_dir() and entry.name[0] != "."]
        return any(_has(entry / asked.assignment) for entry in entries)
    except OSError as error:
        raise NotTaken(f"{told_apart(str(path))} cannot be read: {error.strerror}.") from None


def _has(path: Path) -> bool:
    try:
        return path.is_symlink() or path.exists()
    except OSError:
        return True  # closed, and so there


def _downloaded(path: Path, asked: Asked) -> Path | None:
    """Return the folder of an assignment in nbgrader's `downloaded/`; None where this is none."""
    for folder in (path, path / asked.assignment, path / "downloaded" / asked.assignment):
        if folder.name == asked.assignment and (
            (folder / "archive").is_dir() or (folder / "extracted").is_dir()
        ):
            return folder
    return None


def _of_downloaded(folder: Path, asked: Asked) -> Iterator[Source]:
    """Yield what `nbgrader zip_collect` is given: archives and files; else what it made of them."""
    archive, extracted = folder / "archive", folder / "extracted"
    entries = sorted(archive.iterdir()) if archive.is_dir() else []
    zips = [entry for entry in entries if entry.is_file() and _is_archive(entry)]
    if len(zips) == 1 and len(entries) == 1:
        yield from _at(zips[0], asked)
    elif entries:
        yield from _of_folder(archive, asked)
    elif extracted.is_dir():
        yield from _of_folder(extracted, asked)


def _only_archive(path: Path, tree: Tree) -> Path | None:
    """Return the one archive that is all there is in a folder: a class's, as it was downloaded."""
    files = [file for file in tree.files if not file.rubbish]
    alone = len(files) == 1 and len(files[0].path.parts) == 1 and not files[0].refusal
    place = path / str(files[0].path) if alone else None
    return place if place is not None and place.is_file() and _is_archive(place) else None


def _is_called(tree: Tree, asked: Asked) -> bool:
    """Tell whether one of the notebooks is called as the assignment, and so not for its student."""
    stems = [names.notebook_stem(top) for top in tree.tops()]
    return any(stem and names.alike(stem) == names.alike(asked.assignment) for stem in stems)


def _is_plain(tree: Tree, asked: Asked) -> bool:
    """Tell whether loose notebooks are all that is there, each named for its student and nothing else."""
    tops = tree.tops()
    found = [top for top in tops if names.notebook_stem(top) is not None]
    flat = all(len(files[0].path.parts) == 1 for files in tops.values())
    plain = all(f"{names.stem(top)}{top[-6:]}" == top for top in found)
    alike = {names.alike(names.stem(top)) for top in found} - {names.alike(asked.assignment)}
    archives = any(top.casefold().endswith(".zip") for top in tops)
    return bool(found) and flat and plain and not archives and len(alike) == len(found)


def _of_tree(path: Path, tree: Tree, asked: Asked, name: str) -> Source:
    """Return an archive as a source: a class's, or one student's, whose name must be clear."""
    layout, inner = registry.recognise(tree, asked)
    if layout is not registry.ELSE:
        return _found(path, layout, inner, asked, tree)
    outer = Tree(name, (File(PurePosixPath(name), str(path)),))
    if registry.known(outer, asked) or registry.known(tree.within(name), asked):
        named = tree.within(name)
        return _found(path, registry.known(named, asked) or layout, named, asked)
    tops = list(inner.tops())
    deeper = inner.inside(tops[0]) if len(tops) == 1 else inner
    for each in (inner, deeper):
        if registry.is_one_student(each, asked):
            return _one_student(path, tree, each, asked, name)
    return _found(path, layout, inner, asked, tree)


def _one_student(path: Path, tree: Tree, inner: Tree, asked: Asked, name: str) -> Source:
    """Return what one student handed in; the archive, a folder in it or the notebook may have the name."""
    stems = [names.notebook_stem(top) for top in inner.tops()]
    called = [name, inner.name, *(stem for stem in stems if stem)]
    usual = names.alike(asked.assignment)
    candidates = list(dict.fromkeys(each for each in called if names.alike(each) != usual))
    on_roster = [each for each in candidates if names.alike(each) in asked.known]
    candidates = on_roster if len(on_roster) == 1 else candidates
    findings: list[Finding] = []
    for file in tree.files:
        if why := file.rubbish:
            findings.append(Stray(file, why))
        elif len(candidates) == 1:
            findings.append(Piece(file, Who(name=candidates[0]), file.path))
        else:
            listed = " or ".join(f"'{told_apart(each, 60)}'" for each in candidates)
            why = f"Whose it is is not clear: {listed}? Name both alike, or bring a roster."
            findings.append(Stray(file, why, unplaced=True))
    return Source(path, "one student's archive", tuple(findings))


def _found(
    path: Path, layout: ModuleType, tree: Tree, asked: Asked, whole: Tree | None = None
) -> Source:
    """Return a source with every file of it; what lies outside the folder that was looked into, too."""
    inside = tuple(registry.findings(layout, tree, asked))
    seen = {finding.file.origin for finding in inside}
    outside = [file for file in (whole or tree).files if file.origin not in seen]
    return Source(
        path,
        layout.NAME,
        (*inside, *(Stray(file, file.rubbish or "It lies beside the class.") for file in outside)),
    )
