"""Everybody's standing for scripts: one line of JSON each, the raw score beside what counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.grades.standing import Standing


def make(standings: Sequence[Standing]) -> str:
    """Return the lines (RFC 8259, one value a line); what is not ASCII in them is JSON's escape."""
    return "".join(json.dumps(_line(standing)) + "\n" for standing in standings)


def _line(standing: Standing) -> Mapping[str, Any]:
    report, member = standing.report, standing.member
    about = vars(member) if member else {}
    return {
        "student": standing.student,
        "first_name": about.get("first_name", ""),
        "last_name": about.get("last_name", ""),
        "email": about.get("email", ""),
        "lms_user_id": about.get("lms_user_id", ""),
        "outcome": report.outcome if report else None,
        "score": standing.final,
        "raw": standing.raw,
        "penalty": standing.penalty,
        "max_score": report.max_score if report else None,
        "excused": standing.excused,
        "group": standing.group,
        "handed_in": standing.handed_in.isoformat() if standing.handed_in else None,
        "late_seconds": standing.late_seconds,
        "reasons": list(standing.reasons),
        "exercises": {part.id: part.score for part in report.exercises} if report else {},
        "misconceptions": {
            part.id: part.misconception for part in report.exercises if part.misconception
        }
        if report
        else {},
        "by_hand": {part.id: part.state for part in report.manual} if report else {},
        "decided": {name: points.points for name, points in standing.decided.items()},
    }
