"""What of an assignment.toml decides a score: its keys, but for those that are applied around a grading.

A due date, what being late takes off, daily tries and where students get the zip change no report, so
changing them must make none stale. Nor does a comment.
"""

from __future__ import annotations

import json
import tomllib

AFTERWARDS = ("due", "timezone", "late", "submissions", "release")


def deciding(content: bytes) -> bytes:
    """Return what is digested of an assignment.toml: its other keys, in their order, as JSON."""
    try:
        keys = tomllib.loads(content.decode())
    except ValueError:  # no TOML, no UTF-8: reading the settings says so
        return content
    return json.dumps({k: v for k, v in keys.items() if k not in AFTERWARDS}, default=str).encode()
