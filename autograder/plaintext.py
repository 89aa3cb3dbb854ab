"""Text of a student's as text: one line, and nothing in it that is not seen for what it is."""

from __future__ import annotations

import re
import unicodedata

_FORMULA = ("=", "+", "-", "@")
_FORMULA_INSIDE = re.compile(r"""([,;|][\s"']*)(?=[=+@-])""")


def one_line(text: str, most: int = 200) -> str:
    """Return `text` as one line of at most `most` characters.

    Characters of the Unicode categories C* (control, format such as bidirectional overrides, surrogates,
    private use, unassigned) are dropped; white space becomes single spaces.
    """
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    line = re.sub(r"\s+", " ", kept).strip()
    return line if len(line) <= most else line[: most - 1] + "…"


def told_apart(name: str, most: int = 2000) -> str:
    """Return a name as one line in which no character hides.

    Two names that differ in such characters alone would else look like one student's.
    """
    line = spelled(name).replace("\n", _code("\n")).replace("\t", _code("\t"))
    return line if len(line) <= most else line[: most - 1] + "…"


def spelled(text: str) -> str:
    """Return text in which whatever nobody sees is spelled out, as `<U+202E>`.

    That is all of the Unicode categories C* (control, format such as bidirectional overrides,
    surrogates, private use, unassigned) and separators of lines and paragraphs, but for line feeds and
    tabs.
    """
    return "".join(c if _is_plain(c) else _code(c) for c in text)


def spreadsheet_cell(text: str) -> str:
    """Return a line that no spreadsheet takes for a formula (CWE-1236): a quote stands before its sign.

    Also behind what some spreadsheet takes for the end of a cell, whatever separates ours.
    """
    line = _FORMULA_INSIDE.sub(r"\1'", text)
    folded = unicodedata.normalize("NFKC", line).lstrip()  # full-width signs count as signs
    return f"'{line}" if folded.startswith(_FORMULA) else line


def _is_plain(character: str) -> bool:
    return character.isprintable() or character in "\n\t" or unicodedata.category(character) == "Zs"


def _code(character: str) -> str:
    return f"<U+{ord(character):04X}>"
