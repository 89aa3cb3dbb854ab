"""The ideas of ideas.toml: which cases of ours and which notebooks for the peers try them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers import course
from samples import corpus

FOLDER = Path(__file__).resolve().parent.parent / "attacks"
PEERS = ("nbgrader", "otter")


class IdeaError(ValueError):
    """The file leaves a case out, or names what is not there."""


@dataclass(frozen=True)
class Notebook:
    """How an idea is tried on a peer: these edits, which leave `earned` points to their honest part."""

    text: str
    earned: int


@dataclass(frozen=True)
class Idea:
    """One way of attacking a grader; for each peer a notebook, or one sentence on why there is none."""

    name: str
    title: str
    ours: tuple[str, ...]
    peers: dict[str, Notebook | str]


def load() -> list[Idea]:
    """Return all ideas. Raises IdeaError unless every case of ours is named, and every notebook is there."""
    tables, alone = _tables()
    found = [_idea(name, table) for name, table in tables.items()]
    named = {case for idea in found for case in idea.ours} | set(alone)
    attacks = {case.name for case in corpus.load_cases("attacks", corpus.ASSIGNMENT)}
    if missing := attacks - named:
        raise IdeaError(
            f"name these cases in {FOLDER.name}/ideas.toml: {', '.join(sorted(missing))}"
        )
    if unknown := named - {case.name for case in corpus.choose()}:
        raise IdeaError(f"no such case: {', '.join(sorted(unknown))}")
    if unused := {folder.name for folder in FOLDER.iterdir() if folder.is_dir()} - tables.keys():
        raise IdeaError(f"folders without an idea: {', '.join(sorted(unused))}")
    return found


def ours_only() -> dict[str, str]:
    """Return the cases that have no like in the peers, each with the reason."""
    return _tables()[1]


def _tables() -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    content = tomllib.loads((FOLDER / "ideas.toml").read_text(encoding="utf-8"))
    if content.keys() != {"idea", "ours_only"}:
        raise IdeaError(f"unexpected tables: {', '.join(content)}")
    return content["idea"], content["ours_only"]


def _idea(name: str, table: dict[str, Any]) -> Idea:
    if table.keys() != {"title", "ours", *PEERS}:
        raise IdeaError(f"{name} has the keys {', '.join(table)}")
    peers = {peer: _notebook(name, peer, table[peer], table["ours"]) for peer in PEERS}
    return Idea(name, table["title"], tuple(table["ours"]), peers)


def _notebook(name: str, peer: str, how: str, ours: list[str]) -> Notebook | str:
    kind, _, rest = how.partition(": ")
    if kind == "none" and rest:
        return rest
    if kind.startswith("as is"):
        case = kind.removeprefix("as is").strip() or ours[0]
        paths = [corpus.cases_of(corpus.ASSIGNMENT) / "attacks" / case / "edits.py"]
    elif how == "own":
        paths = [FOLDER / name / f"{peer}.py", FOLDER / name / "both.py"]
    else:
        raise IdeaError(f"{name}: {peer} = '{how}' is none of own, as is, none")
    found = [path for path in paths if path.exists()]
    if len(found) != 1:
        raise IdeaError(f"{name}: {len(found)} notebooks for {peer}")
    text = found[0].read_text(encoding="utf-8")
    wrong = course.changed_exercises(text)
    return Notebook(text, course.MAX_SCORE - sum(course.POINTS[exercise] for exercise in wrong))
