"""Reads reports of earlier versions as today's, so that nobody loses a grade by an upgrade.

Schema 1 was written until 25 November 2026. Its verdicts, points and sentences mean what they mean today.
It said `image` where reports say `judged_by`, knew no answers that a person grades, and did not name the
engine. Of each check it said `visible: false`, since nothing could set it: today's word is `hidden`, so a
page for a student that is made from such a report tells no check that nobody decided to show.
"""

from __future__ import annotations

import json
from typing import Any

from autograder import report
from autograder.report import Report, Visibility

UPGRADED = "upgraded_from"  # a key of our own in such a report: the schema that it was written in
_UNKNOWN = "unknown"
_WHY_UNKNOWN = "A report of schema 1 does not say where it was made."


def read(text: bytes) -> Report:
    """Return the report, of today's version or an earlier one. Raises NotAReport."""
    try:
        content = json.loads(text)
        if isinstance(content, dict) and content.get("schema") == 1:
            return report.read(json.dumps(_from_schema_1(content)))
    except (ValueError, RecursionError, LookupError, TypeError):
        pass  # what it is in place of a report, today's reader says
    return report.read(text)


def is_earlier(content: Report) -> bool:
    """Tell whether a report was written in an earlier schema."""
    return UPGRADED in (content.model_extra or {})


def _from_schema_1(content: dict[str, Any]) -> dict[str, Any]:
    """Return a report of schema 1 in today's words; raise what follows from a shape that none has."""
    kept = {
        key: value for key, value in content.items() if key not in ("schema", "image", "exercises")
    }
    # The first reports of schema 1 had neither `breach` nor `fault`: those have defaults.
    return kept | {
        "schema": report.SCHEMA_VERSION,
        "exercises": [_exercise(each) for each in content["exercises"]],
        "judged_by": content["image"],
        "engine": _UNKNOWN,
        "engine_reason": _WHY_UNKNOWN,
        UPGRADED: content["schema"],
    }


def _exercise(content: dict[str, Any]) -> dict[str, Any]:
    return content | {"checks": [_check(check) for check in content["checks"]]}


def _check(content: dict[str, Any]) -> dict[str, Any]:
    visibility = Visibility.VISIBLE if content["visible"] else Visibility.HIDDEN
    return {key: value for key, value in content.items() if key != "visible"} | {
        "visibility": visibility
    }
