"""Gradescope: `assignment_<id>_export/submission_metadata.yml` and a folder for each submission.

The keys are Ruby's symbols (`:submitters`). Everything is read as plain text: no tag makes an object, and an
id such as 0123 is no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import yaml

from autograder.collect.archive import pieces
from autograder.collect.piece import Asked, Finding, Piece, Stray, Who
from autograder.collect.times import moment
from autograder.collect.tree import File, Tree, Unreadable

NAME = "Gradescope"
_METADATA = "submission_metadata.yml"
_MOST_BYTES = 2**26
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEVIATES = (
    "submission_metadata.yml does not say whose it is as it should ({why}): look at that file."
)


def recognised(tree: Tree, asked: Asked) -> int:
    """Return how many of the top names are of this layout: all, where Gradescope's metadata are there."""
    tops = tree.tops()
    return len(tops) if _METADATA in tops else 0


def found(tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what each file is; what is of no student is left to the caller."""
    tops = tree.tops()
    about, wrong = _metadata(tops[_METADATA][0])
    yield Stray(tops[_METADATA][0], "Gradescope's own table of the submissions")
    for top, files in tops.items():
        folder = [file for file in files if len(file.path.parts) > 1 or file.refusal]
        if top == _METADATA or not folder:
            continue
        who, time, why = _of(about.get(top), asked)
        for file in folder:
            if who is None:
                said = wrong or _DEVIATES.format(why=why)
                yield Stray(file, said, unplaced=True)
            else:
                inside = PurePosixPath(*file.path.parts[1:] or (top,))
                yield Piece(file, who, inside, time)


def _metadata(file: File) -> tuple[Mapping[str, Any], str]:
    """Return what Gradescope says of each submission, or a sentence on why that cannot be read."""
    if file.size > _MOST_BYTES:
        return {}, f"submission_metadata.yml is larger than {_MOST_BYTES // 2**20} MB."
    try:
        content = yaml.load(b"".join(pieces(file)), Loader=_LOADER)  # makes text, lists and tables
    except Unreadable as error:
        return {}, f"submission_metadata.yml: {error}"
    except (yaml.YAMLError, RecursionError, ValueError, AttributeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f" in line {line + 1}"
        return {}, f"submission_metadata.yml is no YAML that can be read{where}: export once more."
    if not isinstance(content, dict):
        return {}, "submission_metadata.yml holds no table of submissions: export once more."
    return {str(key).strip(":"): value for key, value in content.items()}, ""


def _of(about: Any, asked: Asked) -> tuple[Who | None, datetime | None, str]:
    """Return who handed in and when, or why that is not known."""
    if not isinstance(about, dict):
        return None, None, "it is not in it"
    fields = {str(key).strip(":"): value for key, value in about.items()}
    submitters = fields.get("submitters")
    if not isinstance(submitters, list) or not all(isinstance(each, dict) for each in submitters):
        return None, None, "no submitters"
    people = [_who(each) for each in submitters]
    ids = tuple(who.id for who in people)
    if not ids or not all(ids) or len(set(ids)) < len(ids):
        return None, None, "a submitter without an id"
    first = people[0]
    members = tuple(people) if len(people) > 1 else ()
    return (
        Who(first.id, first.name, first.email, members),
        _time(fields.get("created_at"), asked),
        "",
    )


def _who(fields: Mapping[Any, Any]) -> Who:
    texts = {str(key).strip(":"): _text(value) for key, value in fields.items()}
    email = texts.get("email", "")
    return Who(texts.get("sid", "") or email, texts.get("name", ""), email)


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) and value not in ("null", "~") else ""


def _time(value: Any, asked: Asked) -> datetime | None:
    return moment(value, asked.zone) if isinstance(value, str) else None
