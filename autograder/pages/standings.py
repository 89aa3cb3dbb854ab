"""Standings made from reports alone: where there is no roster, and nothing was decided by hand."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.grades.standing import Standing
from autograder.report import Report


def of_reports(reports: Sequence[Report]) -> list[Standing]:
    """Return a standing for each report, whose score counts as it is."""
    return [Standing(r.student, r, raw=r.score, final=r.score) for r in reports]
