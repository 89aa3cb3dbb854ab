"""The package as somebody installs it: a wheel in an environment of its own, outside the checkout.

Libraries are those of the tests' environment, laid there by links in place of a download: only those that the
wheel asks for, so that one which it forgot is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def environment(folder: Path, wheel: Path) -> Path:
    """Make an environment in `folder` with the wheel and what it asks for; return its folder of commands."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    commands = folder / "bin"
    pip = [sys.executable, "-m", "pip", "--python", commands / "python", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True)
    (libraries,) = folder.glob("lib/python*/site-packages")
    (own,) = Distribution.discover(name="policy-gradient-autograder", path=[str(libraries)])
    for each in _asked_for(own):
        _link(each, libraries)
    return commands


def _asked_for(own: Distribution) -> Iterator[Distribution]:
    """Yield what a distribution needs, directly or not, as it is installed here."""
    waiting, seen = [(own, "")], set[tuple[str, str]]()
    while waiting:
        needs, extra = waiting.pop()
        for line in needs.requires or ():
            asked = Requirement(line)
            if asked.marker and not asked.marker.evaluate({"extra": extra}):
                continue
            for wanted in ("", *asked.extras):
                known = (canonicalize_name(asked.name), wanted)
                if known not in seen:
                    seen.add(known)
                    found = distribution(asked.name)
                    waiting.append((found, wanted))
                    yield found


def _link(each: Distribution, libraries: Path) -> None:
    for file in each.files or ():
        if ".." in file.parts or "__pycache__" in file.parts:
            continue  # a command or a page beside the libraries; bytecode of another place
        target = libraries / file
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(each.locate_file(file), target)
        except OSError:  # another file system
            shutil.copyfile(each.locate_file(file), target)
