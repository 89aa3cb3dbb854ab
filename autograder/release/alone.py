"""A notebook that comes alone, to Colab say: its pictures are in it, and it knows where the rest is."""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path

from autograder.errors import ReleaseError

ADDRESS = 'ADDRESS = ""'
"""A line of a given cell that the release gives the course's own address."""

_PICTURE = re.compile(r"!\[(?P<text>[^]]*)\]\((?P<file>[^\s():]+)\)")
_MOST = 200_000  # bytes: whoever edits the text has to scroll past them


def with_address(source: str, address: str) -> str:
    """Return a cell's code in which the line ADDRESS, if it is there, names `address`."""
    line = re.compile(rf"^{re.escape(ADDRESS)}", re.MULTILINE)
    return line.sub(lambda _: f"ADDRESS = {address!r}".replace("'", '"'), source)


def with_pictures(source: str, folder: Path) -> str:
    """Return a cell's Markdown with the pictures of `folder` in it as data (RFC 2397).

    Colab shows neither a file beside a notebook nor an attachment. Raises `ReleaseError`, whose sentence names
    the picture, where there is no such file, or none that a notebook should carry.
    """
    return _PICTURE.sub(lambda found: f"![{found['text']}]({_data(folder, found['file'])})", source)


def _data(folder: Path, name: str) -> str:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ReleaseError(f"the picture {name} does not lie beside the notebook")
    kind, _ = mimetypes.guess_type(name)
    content = path.read_bytes()
    if kind is None or not kind.startswith("image/"):
        raise ReleaseError(f"{name} is shown as a picture, and is none that is known by its name")
    if len(content) > _MOST:
        raise ReleaseError(
            f"the picture {name} has {len(content)} bytes, more than the {_MOST} that a notebook "
            "should carry: make it smaller"
        )
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
