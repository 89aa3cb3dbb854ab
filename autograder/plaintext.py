"""Text of a student's as text: one line, no control, format or direction characters."""

from __future__ import annotations

import re
import unicodedata


def one_line(text: str, most: int = 200) -> str:
    """Return `text` as one line of at most `most` characters.

    Characters of the Unicode categories C* (control, format such as bidirectional overrides, surrogates,
    private use, unassigned) are dropped; white space becomes single spaces.
    """
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    line = re.sub(r"\s+", " ", kept).strip()
    return line if len(line) <= most else line[: most - 1] + "…"
