"""Text of a student's as text: one line, and nothing in it that is not seen for what it is."""

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


def told_apart(name: str, most: int = 2000) -> str:
    """Return a name as one line in which no character hides: what nobody sees is spelled out.

    Two names that differ in such characters alone would else look like one student's. The ends of
    lines and all of the categories C* become `<U+202E>`; other white space stays.
    """
    line = "".join(
        c if c.isprintable() or unicodedata.category(c) == "Zs" else _code(c) for c in name
    )
    return line if len(line) <= most else line[: most - 1] + "…"


def _code(character: str) -> str:
    return f"<U+{ord(character):04X}>"
