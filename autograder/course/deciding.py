"""What of an assignment.toml decides a score: all but the due date and what being late takes off.

Those are applied to finished reports, so changing them must make no report stale. The file's own bytes are
what is digested, comments and all; only the lines of these keys are left out of it, and a file without them
is digested as it is.
"""

from __future__ import annotations

import re
import tomllib

AFTERWARDS = ("due", "timezone", "late")
_HEADER = re.compile(r"\s*\[")
_LATE = re.compile(r"\s*\[\s*late\s*\]\s*(#.*)?$")
_KEY = re.compile(rf"\s*({'|'.join(AFTERWARDS)})\s*[.=]")
_COMMENT = re.compile(r"\s*#")


def deciding(content: bytes) -> bytes:
    """Return the bytes of an assignment.toml without what is applied to finished reports.

    Where the lines cannot be told apart for certain, that is where what is left would not mean the same as
    before without those keys, they are all returned: then a change there grades again, which costs time and
    no points.
    """
    try:
        text = content.decode()
        whole = tomllib.loads(text)
        if whole.keys().isdisjoint(AFTERWARDS):
            return content
        left = "".join(_kept(text.splitlines(keepends=True)))
        wanted = {key: value for key, value in whole.items() if key not in AFTERWARDS}
        return left.encode() if tomllib.loads(left) == wanted else content
    except ValueError:  # no TOML, no UTF-8: reading the settings says so
        return content


def _kept(lines: list[str]) -> list[str]:
    """Return the lines of all other keys: a comment right above a line left out belongs to it."""
    kept: list[str] = []
    comments: list[str] = []
    in_late, above_tables = False, True
    for line in lines:
        if _HEADER.match(line):
            in_late, above_tables = bool(_LATE.match(line)), False
        if _COMMENT.match(line):  # may stand above the next table, also behind the lines of [late]
            comments.append(line)
            continue
        if not (in_late or (above_tables and _KEY.match(line))):
            kept += [*comments, line]
        comments = []
    if not in_late:
        return kept + comments
    while kept and not kept[-1].strip():  # what stood between [late] and the table before it
        kept.pop()
    return kept
