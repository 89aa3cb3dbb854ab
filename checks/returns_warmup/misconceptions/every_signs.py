"""Wrong ideas that have nothing to do with one exercise."""

from autograder.checker.naming.look import Seen


def is_no_python(seen: Seen) -> bool:
    """Python cannot read the cell. Look at the line that is named, and at the end of the line before: a
    colon, a bracket or a quotation mark is missing most of the time, or the lines do not begin where they
    should.

    Read again: Returns
    """
    return any(word in seen.said() for word in ("SyntaxError", "IndentationError", "TabError"))
