"""Runs a notebook's cells in IPython's shell, statement by statement."""

from __future__ import annotations

import ast
import asyncio
import errno
import inspect
import linecache
import os
import sys
import threading
from collections import deque
from typing import Any

from autograder.protocol.messages import Raised
from autograder.worker.shell import shell

MemoryErrors = tuple[type[BaseException], ...]
MAX_TEXT = 500
MAX_PLACES = 12
_FILE = "<cell {}>"


class Notebook:
    """The namespace that a notebook's cells share, as the module ``__main__``.

    `memory_errors` are the types of exceptions, beside MemoryError, that tell of too little memory.
    """

    def __init__(self, memory_errors: MemoryErrors = ()) -> None:
        self._memory_errors = memory_errors
        self._shell: Any = shell()  # IPython has few types
        self._shell.run_source, self._shell.failed = self._run_within, self._note
        self.names: dict[str, Any] = self._shell.user_ns
        sys.modules["__main__"] = self._shell.user_module  # where pickle and dataclasses look
        if "" not in sys.path:
            sys.path.insert(0, "")  # as in a kernel: a module that a cell wrote can be imported
        self._shell.builtin_trap.__enter__()  # get_ipython() and display(), also when checks call
        self._cell = ""
        self._raised: list[Raised] = []

    def run(self, cell: str, source: str) -> list[Raised]:
        """Run one cell; return what went wrong in it.

        A statement that raises does not keep the next ones from running: a function stands even where
        the lines that try it out fail. A cell that does not parse runs not at all.
        """
        self._cell, self._raised = cell, []
        _look_anew()
        filename = _FILE.format(cell)
        try:
            code = self._shell.transform_cell(source)
            # A cell under a cell magic is one line of Python; its own lines say more.
            lines = source if source.startswith("%%") else code
            linecache.cache[filename] = (len(lines), None, lines.splitlines(True), filename)
            statements = self._shell.compile.ast_parse(code, filename).body
            statements = self._shell.transform_ast(ast.Module(statements, [])).body
        except Exception as error:  # SyntaxError, and whatever odd text makes the parser raise
            return [self.raised(error, cell)]
        self._run_each(statements, filename)
        return self._raised

    def _run_within(self, source: str) -> Any:
        """Run what stands under a magic, one line below it; return the value of a last expression."""
        filename = _FILE.format(self._cell)
        code = self._shell.transform_cell(source)
        tree = ast.increment_lineno(self._shell.compile.ast_parse(code, filename), 1)
        return self._run_each(tree.body, filename)

    def _run_each(self, statements: list[ast.stmt], filename: str) -> Any:
        """Run statements; show a last expression as Jupyter does, and return its value."""
        for statement in statements:
            shown = statement is statements[-1] and isinstance(statement, ast.Expr)
            try:
                value = self._run_one(statement, filename, shown)
                if shown:
                    return value
            except BaseException as error:
                self._note(error)
        return None

    def _run_one(self, statement: ast.stmt, filename: str, shown: bool) -> Any:
        """Run one statement, awaiting it if need be; `shown` is an expression whose value is displayed."""
        compiler = self._shell.compile  # remembers what __future__ imports turn on
        tree: ast.AST = ast.Module([statement], [])
        mode = "exec"
        if shown and isinstance(statement, ast.Expr):
            tree, mode = ast.Expression(statement.value), "eval"
        with compiler.extra_flags(ast.PyCF_ALLOW_TOP_LEVEL_AWAIT):
            code = compiler(tree, filename, mode)
        value = eval(code, self.names)
        if code.co_flags & inspect.CO_COROUTINE:
            value = _loop().run_until_complete(value)
        if shown:
            self._shell.displayhook(value)
        return value

    def _note(self, error: BaseException) -> None:
        self._raised.append(self.raised(error, self._cell))

    def raised(self, error: BaseException, cell: str = "") -> Raised:
        """Describe an exception by the innermost line of the notebook that it passed through."""
        name, line = _place(error, cell)
        number = _errno(error, self._memory_errors)
        return Raised(_type_name(error), _text(error), name[:MAX_TEXT], line, number)


def _look_anew() -> None:
    """Let imports see the files that the cells before have written, however short ago."""
    finder = sys.path_importer_cache.get(os.getcwd())
    if finder is not None and hasattr(finder, "invalidate_caches"):
        finder.invalidate_caches()


def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop in which cells await, the same for all of them."""
    try:
        return asyncio.get_event_loop_policy().get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        return loop


def _place(error: BaseException, cell: str) -> tuple[str, int]:
    name, line = cell, 0
    traceback = error.__traceback__
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if filename.startswith("<cell "):
            name, line = filename[6:-1], traceback.tb_lineno
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and not line:
        line = error.lineno or 0
    return name, line


def places(error: BaseException) -> list[tuple[str, int, str]]:
    """Return the cells, lines and functions of the notebook that an exception passed through, innermost last.

    At most MAX_PLACES: a recursion without end has thousands.
    """
    found: deque[tuple[str, int, str]] = deque(maxlen=MAX_PLACES)
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename.startswith("<cell "):
            name = code.co_filename[6:-1][:MAX_TEXT]
            found.append((name, traceback.tb_lineno, code.co_name[:MAX_TEXT]))
        traceback = traceback.tb_next
    return list(found)


def _errno(error: BaseException, memory_errors: MemoryErrors) -> int:
    """Return the system's number for what went wrong, by the exception's type and never by its words."""
    number = error.errno if isinstance(error, OSError) else 0
    if type(number) is int and number and abs(number) < 2**31:
        return number
    if isinstance(error, (MemoryError, *memory_errors)):
        return errno.ENOMEM
    return errno.EAGAIN if isinstance(error, RuntimeError) and _in_threading(error) else 0


def _in_threading(error: BaseException) -> bool:
    """Tell whether Python's own module for threads raised: it could start no more."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback is not None and traceback.tb_frame.f_code.co_filename == threading.__file__


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
