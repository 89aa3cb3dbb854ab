"""Runs a notebook's cells, statement by statement, in a namespace of their own."""

from __future__ import annotations

import ast
import linecache
import sys
import types
from collections.abc import Iterator
from typing import Any

from autograder.protocol.messages import Raised

MAX_TEXT = 500
_FILE = "<cell {}>"


class Notebook:
    """The namespace that a notebook's cells share, as the module ``__main__``."""

    def __init__(self) -> None:
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module  # dataclasses and annotations look their module up
        self.names: dict[str, Any] = module.__dict__
        self.names["get_ipython"] = lambda: _Shell(self)

    def run(self, cell: str, source: str) -> list[Raised]:
        """Run one cell; return what went wrong in it.

        A statement that raises does not keep the next ones from running: a function stands even where
        the lines that try it out fail. A cell that does not parse runs not at all.
        """
        filename = _FILE.format(cell)
        try:
            code = _transform(source)
            linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
            statements = ast.parse(code, filename).body
        except Exception as error:  # SyntaxError, and whatever odd text makes the parser raise
            return [raised(error, cell)]
        return list(self._run_each(statements, filename, cell))

    def _run_each(self, statements: list[ast.stmt], filename: str, cell: str) -> Iterator[Raised]:
        for statement in statements:
            try:
                code = compile(ast.Module([statement], []), filename, "exec", dont_inherit=True)
                exec(code, self.names)
            except BaseException as error:
                yield raised(error, cell)


def raised(error: BaseException, cell: str = "") -> Raised:
    """Describe an exception by the innermost line of the notebook that it passed through."""
    name, line = cell, 0
    traceback = error.__traceback__
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if filename.startswith("<cell "):
            name, line = filename[6:-1], traceback.tb_lineno
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and not line:
        line = error.lineno or 0
    return Raised(_type_name(error), _text(error), name[:MAX_TEXT], line)


def _type_name(error: BaseException) -> str:
    try:
        return str(type(error).__name__)[:MAX_TEXT]
    except BaseException:  # a metaclass may do anything
        return "Exception"


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:
        return ""


def _transform(source: str) -> str:
    """Turn IPython's magics and shell lines into calls of get_ipython(), as Jupyter does."""
    from IPython.core.inputtransformer2 import TransformerManager

    return str(TransformerManager().transform_cell(source))


class _Shell:
    """What ``get_ipython()`` returns: magics that wrap a cell run it, all others do nothing."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def run_cell_magic(self, name: str, line: str, body: str) -> None:
        if name in ("time", "timeit", "capture", "prun"):
            for problem in self._notebook.run(name, body):
                raise RuntimeError(f"{problem.type_name}: {problem.text}")

    def run_line_magic(self, name: str, line: str, *_: Any) -> None:
        if name == "time":  # all others leave no names behind
            exec(line, self._notebook.names)

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None
