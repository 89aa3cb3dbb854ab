"""Code as lines of HTML in which keywords and comments stand out, whatever is in it.

Pygments tells what is what, MarkupSafe makes markup text. Two short elements serve in place of Pygments'
classes, which would make a page three times as long: `b` for keywords, `i` for comments.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Operator

from autograder.plaintext import spelled

_LEXER = PythonLexer(stripnl=False, ensurenl=False)
_LONGEST_LINE = 2000  # characters; whoever wants to see more opens the notebook
_MOST_LINES = 400


def lines(source: str) -> list[Markup]:
    """Return the lines of `source`, of which very many or very long ones are cut off with a word about it."""
    text = spelled(source).expandtabs(4).strip("\n")
    kept = [_cut(line) for line in text.split("\n")]
    shown = "\n".join(kept[:_MOST_LINES])
    result = [Markup("")]
    for kind, piece in _tokens(shown):
        first, *others = piece.split("\n")
        result[-1] += _marked(kind, first)
        result += [_marked(kind, other) for other in others]
    if len(kept) > _MOST_LINES:
        result.append(_marked("i", f"… and {len(kept) - _MOST_LINES} more lines"))
    return result


def first_line(source: str) -> int:
    """Return the number of the first line that is shown: blank lines above it are not."""
    return len(source) - len(source.lstrip("\n")) + 1


def _cut(line: str) -> str:
    if len(line) <= _LONGEST_LINE:
        return line
    return f"{line[:_LONGEST_LINE]}… and {len(line) - _LONGEST_LINE} more characters"


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of the text, each with the element that it stands in, neighbours of a kind joined."""
    kind, piece = "", ""
    for token, value in _LEXER.get_tokens(text):
        element = _element(token)
        if element != kind and not value.isspace():
            yield kind, piece
            kind, piece = element, value
        else:
            piece += value
    yield kind, piece


def _element(token: Any) -> str:
    if token in Comment:
        return "i"
    return "b" if token in Keyword or token is Operator.Word else ""


def _marked(kind: str, text: str) -> Markup:
    if not kind or not text.strip():
        return escape(text)
    return Markup("<{0}>{1}</{0}>").format(Markup(kind), text)
