"""What a piece of source says, without comments, blank lines and spacing: to see that nothing was changed."""

from __future__ import annotations

import io
import tokenize

START, END = "### START CODE ###", "### END CODE ###"
_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


def essence(source: str) -> str:
    """Return the tokens of `source` that are neither comments nor layout."""
    tokens = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in _LAYOUT:
                tokens.append(token.string)
    except (tokenize.TokenError, SyntaxError, ValueError):
        return " ".join(source.split())
    return " ".join(tokens).strip()


def region_essence(source: str) -> str:
    """Return the essence of what stands between the markers; of everything where they are missing."""
    _, start, rest = source.partition(START)
    region, end, _ = rest.partition(END)
    return f"region: {essence(_dedented(region))}" if start and end else essence(source)


def _dedented(region: str) -> str:
    return "\n".join(line.strip() for line in region.splitlines())
