"""All reports as one list in JSON, with every key that is in them."""

from __future__ import annotations

from collections.abc import Sequence

from autograder import report as record
from autograder.report import Report


def make(reports: Sequence[Report]) -> str:
    """Return the list; what is not printable in it is JSON's escape."""
    return "[\n" + ",\n".join(record.write(report).rstrip("\n") for report in reports) + "\n]\n"
