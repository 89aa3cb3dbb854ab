"""What is to be said of a folder of reports before something is made from it."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.batch.store import Found
from autograder.cli.output import names


def remarks(found: Found) -> Iterator[str]:
    """Yield a sentence about the files that are no reports, and one about reports of an earlier schema."""
    if found.unreadable:
        yield f"Left out, for these files are no reports of this version: {names(found.unreadable)}."
    if found.earlier:
        yield (
            f"Read from reports of schema 1: {names(found.earlier)}. Their points are as they were, and no "
            "check of theirs is shown to students. 'autograder regrade' brings them up to date."
        )
