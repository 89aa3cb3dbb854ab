"""The wrong ideas that an assignment knows, read from checks/<assignment>/misconceptions.

    <exercise>_looks.py      what is asked of the exercise once it has lost points (look.py)
    <exercise>_signs*.py     ideas that are recognised by what was seen: a function of `Seen` each
    <exercise>_wrong*.py     ideas that are recognised by what they answer: a wrong solution each
    every_signs*.py          the same, for whichever exercise: tried behind its own
    shared*.py               what these files share

Each public function of the last two kinds of exercise files is an idea. Its name is the idea's; its docstring
is the sentence that a student reads and, after an empty line, `Read again: ` and a heading of the notebook.
The files are read here, and no wrong solution is run: see wrong.py for that.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.modules import MISCONCEPTIONS as FOLDER
from autograder.errors import AutograderError

LOOKS, SIGNS, WRONG, SHARED = "looks", "signs", "wrong", "shared"
EVERY = "every"  # in the place of an exercise: signs that may be seen in each of them
LONGEST = 400  # characters of a sentence
_DOCSTRING = re.compile(r"(?P<sentence>.+?)\n\s*\nRead again: (?P<heading>[^\n]+)", re.DOTALL)


class MisconceptionError(AutograderError):
    """A file of wrong ideas says something that has no meaning, or leaves something out."""


@dataclass(frozen=True)
class Misconception:
    """One wrong idea: `kind` says whether it is recognised by SIGNS or by what a WRONG solution answers."""

    name: str
    exercise: str
    sentence: str
    read_again: str
    kind: str
    file: Path


@dataclass(frozen=True)
class Catalogue:
    """All ideas, in the order of their files, and the files by exercise and kind."""

    ideas: tuple[Misconception, ...] = ()
    files: Mapping[tuple[str, str], tuple[Path, ...]] | None = None

    def of(self, exercise: str, kind: str) -> list[Misconception]:
        """Return the ideas about an exercise that are recognised in this way, those of every one last."""
        found = [each for each in self.ideas if each.kind == kind]
        return [each for name in (exercise, EVERY) for each in found if each.exercise == name]

    def files_of(self, exercise: str, kind: str) -> tuple[Path, ...]:
        """Return the files of this kind about an exercise."""
        return (self.files or {}).get((exercise, kind), ())


def load(checks: Path, exercises: Sequence[str]) -> Catalogue:
    """Return the catalogue beside an assignment's hidden checks; an empty one where there is none.

    Raises MisconceptionError with the file, the function and what is wrong with it.
    """
    files: dict[tuple[str, str], tuple[Path, ...]] = {}
    ideas: list[Misconception] = []
    for path in sorted((checks / FOLDER).glob("*.py")):
        if path.stem.startswith(SHARED):
            continue
        exercise, kind = _placed(path, exercises)
        files[exercise, kind] = (*files.get((exercise, kind), ()), path)
        if kind in (SIGNS, WRONG):
            ideas += _ideas(path, exercise, kind)
    _refuse_doubles(ideas)
    _refuse_blind(files)
    return Catalogue(tuple(ideas), files)


def _placed(path: Path, exercises: Sequence[str]) -> tuple[str, str]:
    """Return the exercise that a file is about, and its kind."""
    for exercise in (*sorted(exercises, key=len, reverse=True), EVERY):
        rest = path.stem.removeprefix(f"{exercise}_")
        kind = next((each for each in (LOOKS, SIGNS, WRONG) if rest.startswith(each)), "")
        fits = kind == SIGNS if exercise == EVERY else kind != LOOKS or rest == LOOKS
        if rest != path.stem and kind and fits:
            return exercise, kind
    raise MisconceptionError(
        f"{FOLDER}/{path.name} is about no exercise: a file is called <exercise>_{LOOKS}.py, "
        f"<exercise>_{SIGNS}*.py, <exercise>_{WRONG}*.py, {EVERY}_{SIGNS}*.py or {SHARED}*.py; exercises are "
        f"{', '.join(exercises)}."
    )


def _ideas(path: Path, exercise: str, kind: str) -> Iterator[Misconception]:
    for node in _parsed(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            where = f"{FOLDER}/{path.name}: {node.name}"
            sentence, heading = _said(ast.get_docstring(node), where)
            yield Misconception(node.name, exercise, sentence, heading, kind, path)


def _parsed(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_text("utf-8"))
    except (SyntaxError, ValueError) as error:
        raise MisconceptionError(f"{FOLDER}/{path.name} is no Python: {error}") from error


def _said(docstring: str | None, where: str) -> tuple[str, str]:
    """Return the sentence and the heading that a docstring has."""
    found = _DOCSTRING.fullmatch(docstring.strip()) if docstring else None
    if found is None:
        raise MisconceptionError(
            f"{where} wants a docstring of two parts: the sentence that helps, and behind an empty line "
            "'Read again: ' and a heading of the notebook."
        )
    sentence = " ".join(found["sentence"].split())
    if len(sentence) > LONGEST:
        raise MisconceptionError(
            f"{where}: its sentence has {len(sentence)} characters, and {LONGEST} are enough."
        )
    return sentence, found["heading"].strip()


def _refuse_doubles(ideas: Sequence[Misconception]) -> None:
    seen: dict[tuple[str, str], Path] = {}
    for idea in ideas:
        other = seen.setdefault((idea.exercise, idea.name), idea.file)
        if other is not idea.file:
            raise MisconceptionError(
                f"{idea.exercise}: {idea.name} is in {other.name} and in {idea.file.name}."
            )


def _refuse_blind(files: Mapping[tuple[str, str], tuple[Path, ...]]) -> None:
    for exercise, kind in files:
        if kind == WRONG and (exercise, LOOKS) not in files:
            raise MisconceptionError(
                f"{FOLDER}/{exercise}_{WRONG}*.py is compared by what it answers, so there must be "
                f"{exercise}_{LOOKS}.py, which asks."
            )
