"""What an assignment adds to its workers: the names that its checks/<assignment>/worker.py may define.

=================  ===================================================================================
``OPERATIONS``     functions that checks may ask for, by their names: ``student.ask("name", ...)``
``KINDS``          kinds of objects that stay in the worker and cross as handles: kind -> is it one?
``HOSTED``         kinds of objects that live with the checker: kind -> function that makes the stand-in
                   here from ``call(method, *args)``
``MEMORY_ERRORS``  types of exceptions, a tuple, with which libraries say that there is no more memory,
                   beside MemoryError
``plain``          what a value of the assignment's libraries crosses as; others are returned as they are
``seed``           seeds what ``random`` and NumPy are not: called with 31 bits before each exercise
=================  ===================================================================================

All are optional, as is the file. It is loaded by the warm parent, before any confinement, and belongs to
the untrusted side: nothing in it protects anything, and nothing secret stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

Operation = Callable[..., Any]


@dataclass(frozen=True)
class Extension:
    """The names of the table above."""

    operations: Mapping[str, Operation] = field(default_factory=dict)
    kinds: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    hosted: Mapping[str, Callable[[Operation], Any]] = field(default_factory=dict)
    memory_errors: tuple[type[BaseException], ...] = ()
    plain: Callable[[Any], Any] = lambda value: value
    seed: Callable[[int], None] = lambda number: None


def of_module(module: ModuleType | None) -> Extension:
    """Return what the module adds; nothing where there is none."""
    if module is None:
        return Extension()
    given = vars(module)
    functions = {name: given[name] for name in ("plain", "seed") if name in given}
    return Extension(
        operations={operation.__name__: operation for operation in given.get("OPERATIONS", ())},
        kinds=given.get("KINDS", {}),
        hosted=given.get("HOSTED", {}),
        memory_errors=given.get("MEMORY_ERRORS", ()),
        **functions,
    )
