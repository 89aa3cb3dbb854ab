"""Broken notebooks that are made from the solved one, so that they never go stale.

Each maker receives a solved notebook of its own, may spoil it, and returns the file's bytes: it is a
public function of one of the modules below, and needs no list. Raw files, for what is no notebook at
all, lie beside this one.
"""

import inspect
from collections.abc import Callable

from samples.broken_notebooks import cells, encodings, tools
from samples.broken_notebooks.notebook import Notebook

MAKERS: dict[str, Callable[[Notebook], bytes]] = {
    name: maker
    for module in (cells, encodings, tools)
    for name, maker in inspect.getmembers(module, inspect.isfunction)
    if maker.__module__ == module.__name__ and not name.startswith("_")
}
