"""IPython's own shell, so that a cell means here what it means in Jupyter: magics, await, futures, displays.

What differs: no program is started, whatever a cell asks for (confinement forbids it anyway); a display is
its text alone, since nobody sees the picture; and magics that only measure, install or choose how plots are
shown do nothing, as do line magics of extensions that are not here.
"""

from __future__ import annotations

import sys
import tempfile
import types
from collections.abc import Callable
from functools import cache
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets.config import Config

# What they do is of no consequence for what a notebook computes, or cannot be done here.
_IDLE_LINES = {
    "conda", "debug", "gui", "mamba", "matplotlib", "micromamba", "pdb", "pip", "prun", "sx", "system",
    "timeit", "uv",
}  # fmt: skip
_IDLE_CELLS = {
    "bash", "cmd", "perl", "prun", "pypy", "python", "python2", "python3", "ruby", "script", "sh", "sx",
    "system", "timeit",
}  # fmt: skip


class Shell(InteractiveShell):
    """The shell of one process; `run_source` and `failed` are set by whoever runs cells in it."""

    run_source: Callable[[str], Any]
    failed: Callable[[BaseException], None]

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no window, and no loop of events."""

    def ask_exit(self) -> None:
        """Do nothing: in Jupyter ``exit()`` ends the kernel, and the notebook goes on in a new one."""

    def system_piped(self, cmd: str) -> None:
        """Do nothing but say that all went well: a notebook starts no programs while it is graded."""
        self.user_ns["_exit_code"] = 0

    system = system_raw = system_piped

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Return what a program that prints nothing would have printed."""
        return SList() if split else ""

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Note what was raised, under ``%run`` for instance; nobody reads what would be printed."""
        error = sys.exc_info()[1]
        if error is not None:
            self.failed(error)

    showsyntaxerror = showtraceback

    def run_cell(self, raw_cell: str, *args: Any, **kwargs: Any) -> Any:
        """Run source as a part of the cell that asks for it, as ``%%capture`` does."""
        return self.run_source(raw_cell)

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Run a cell magic: what ``%%time`` wraps as it stands there, all others as IPython does."""
        if magic_name in _IDLE_CELLS:
            return None
        if magic_name == "time":
            return self.run_source(cell)
        return super().run_cell_magic(magic_name, line, cell)  # type: ignore[no-untyped-call]

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a line magic as IPython does."""
        # One that an extension would bring shows or measures something, mostly, and is not for grading.
        if magic_name in _IDLE_LINES or self.find_line_magic(magic_name) is None:  # type: ignore[no-untyped-call]
            return None
        if magic_name == "time":
            return self.run_source(line)
        return super().run_line_magic(magic_name, line, _stack_depth + 1)


@cache
def shell() -> Shell:
    """Return the shell of this process, whose notebook is the module ``__main__``.

    Making it takes 40 ms, so the warm parent does it for its forks. IPython wants a folder for profiles,
    which is gone again afterwards.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.DisplayFormatter.active_types = ["text/plain"]
    config.InteractiveShell.colors = "nocolor"
    module = types.ModuleType("__main__")
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        made: Shell = Shell.instance(
            config=config, ipython_dir=folder, user_module=module, user_ns=module.__dict__
        )
    return made
