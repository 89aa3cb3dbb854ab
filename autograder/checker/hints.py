"""Hints beside an exception: which cell a name was lost in, what a missing module means.

They word a message and decide no point, so they may go by what the exception says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from autograder.plaintext import one_line
from autograder.protocol.messages import Raised
from autograder.submission.plan import Plan

_NAME = re.compile(r"name '(\w{1,80})' is not defined")
_MODULE = re.compile(r"No module named '([\w.]{1,80})'")


def hint(raised: Raised, plan: Plan, errors: Mapping[str, Raised]) -> str:
    """Return a sentence that helps with an exception; empty where there is nothing to add.

    `errors` has, by cell, what first went wrong in it.
    """
    if raised.type_name in ("ModuleNotFoundError", "ImportError"):
        return _of_module(raised)
    found = (
        _NAME.search(raised.text)
        if raised.type_name in ("NameError", "UnboundLocalError")
        else None
    )
    return _of_name(found[1], plan, errors) if found else ""


def _of_module(raised: Raised) -> str:
    found = _MODULE.search(raised.text)
    if not found:
        return ""
    return (
        f"While grading there are the notebook and the libraries that it promises, nothing else: if "
        f"{found[1]} is a file of yours, copy what you need of it into a cell."
    )


def _of_name(name: str, plan: Plan, errors: Mapping[str, Raised]) -> str:
    binders = [cell.name for cell in plan.cells if name in cell.binds]
    if not binders:
        return (
            f"No cell of the notebook that was handed in defines {name}. Was it in a cell that has been "
            "deleted? Restart the kernel, run all cells, and see."
        )
    failed = next((cell for cell in binders if cell in errors), None)
    if failed is None:
        return ""
    error = errors[failed]
    said = f"{kind(error)}: {one_line(error.text)}".rstrip(".: ")
    module = _of_module(error)
    return (
        f"{name} is defined in {failed}, which stopped with {said}.{f' {module}' if module else ''}"
    )


def kind(raised: Raised) -> str:
    """Return an exception's type where it is a name; a student may have made it anything."""
    name = raised.type_name
    return name if name.isidentifier() and name.isascii() and len(name) <= 60 else "an exception"
