"""All reports as one list in JSON, with every key that is in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from autograder import report as record
from autograder.grades.standing import Standing
from autograder.report import Report


def make(reports: Sequence[Report]) -> str:
    """Return the list; what is not printable in it is JSON's escape."""
    return _list([record.write(report) for report in reports])


def of_standings(standings: Sequence[Standing]) -> str:
    """Return the list of everybody: each report with the key `standing`, or that key and `student` alone."""
    return _list([_with_standing(each) for each in standings])


def _list(texts: Sequence[str]) -> str:
    return "[\n" + ",\n".join(text.rstrip("\n") for text in texts) + "\n]\n"


def _with_standing(standing: Standing) -> str:
    content = json.loads(record.write(standing.report)) if standing.report else {}
    fields = asdict(standing)
    del fields["report"]
    fields["handed_in"] = standing.handed_in.isoformat() if standing.handed_in else None
    whole = {"student": standing.student} | content | {"standing": fields}
    return record.printable_json(whole)
