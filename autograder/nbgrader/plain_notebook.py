"""A student's notebook as nbgrader shows it to people: text is text, and pictures are checked.

nbgrader's feedback and formgrader pages put what a cell printed, and what markdown and metadata say,
into HTML as it is: markup in them runs in the instructor's browser. These two preprocessors of
nbconvert's stand in nbgrader_config.py: `PlainData` keeps such things out of `autograded/`, `PlainText`
out of every page that is made from there.
"""

from __future__ import annotations

import base64
import html
import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from autograder.plaintext import spelled

Resources = dict[str, Any]

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_STYLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")  # colours of a traceback (ECMA-48)
_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_PNG = 4096  # pixels on either side; a browser unpacks them all
_NOT_SHOWN = "(what the cell displays here is not shown: it is neither text nor a picture)"
_NUMBERS = {"grade", "locked", "points", "schema_version", "solution", "task"}
_NAMES = ("student", "first_name", "last_name", "notebook_path")


class PlainData(NbGraderPreprocessor):  # type: ignore[misc]
    """Keep of a notebook its sources, nbgrader's metadata, text that was printed, and pictures."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Change `nb` in place; sources stay, since they are still to be run."""
        nb.metadata = nbformat.from_dict(_METADATA)
        for number, cell in enumerate(nb.cells):
            cell.pop("attachments", None)
            cell.metadata = _metadata(cell.metadata)
            if not _ID.fullmatch(str(cell.get("id", "cell"))):
                cell.id = f"cell-{number}"
            if cell.cell_type == "code":
                count = cell.get("execution_count")
                cell.execution_count = count if isinstance(count, int) else None
                cell.outputs = list(_outputs(cell.outputs))
        return nb, resources


class PlainText(PlainData):
    """Make sources text too: for pages, never for what is run.

    The prose that students received is the instructor's and stays markdown; `course` is the folder whose
    release/ has it. Other markdown is shown as it was typed.
    """

    course = Unicode(".", help="The course's folder.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Change `nb` in place, and the names in `resources` to HTML that says them."""
        nb, resources = super().preprocess(nb, resources)
        given = _given_markdown(self.course)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.source = spelled(cell.source)
            elif cell.cell_type == "raw" or cell.source not in given:
                cell.cell_type, cell.source = "markdown", _fenced(spelled(cell.source))
        for name in _NAMES:
            if isinstance(resources.get(name), str):
                resources[name] = html.escape(spelled(resources[name]))
        return nb, resources


@cache
def _given_markdown(course: str) -> frozenset[str]:
    """Return the markdown of every released notebook."""
    released = Path(course).glob("release/*/*.ipynb")
    notebooks = [nbformat.read(path, as_version=4) for path in released]
    return frozenset(c.source for nb in notebooks for c in nb.cells if c.cell_type == "markdown")


def _fenced(source: str) -> str:
    """Return markdown that shows `source` as it was typed (CommonMark, section 4.5)."""
    longest = max((len(run) for run in re.findall("`+", source)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{source}\n{fence}"


def _metadata(metadata: NotebookNode) -> NotebookNode:
    """Return nbgrader's part alone, as far as it is what nbgrader writes."""
    ours = metadata.get("nbgrader")
    known = {k: v for k, v in ours.items() if _is_nbgraders(k, v)} if isinstance(ours, dict) else {}
    plain: NotebookNode = nbformat.from_dict({"nbgrader": known} if "grade_id" in known else {})
    return plain


def _is_nbgraders(key: str, value: Any) -> bool:
    if key in ("grade_id", "checksum", "cell_type"):
        return isinstance(value, str) and bool(_ID.fullmatch(value))
    return key in _NUMBERS and isinstance(value, int | float)


def _outputs(outputs: list[NotebookNode]) -> Iterator[NotebookNode]:
    for output in outputs:
        kind = output.get("output_type")
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            yield nbformat.v4.new_output("stream", name=name, text=_printed(output.get("text")))
        elif kind == "error":
            lines = [_printed(line) for line in output.get("traceback", [])]
            said = {key: _printed(output.get(key)) for key in ("ename", "evalue")}
            yield nbformat.v4.new_output("error", traceback=lines, **said)
        elif kind in ("display_data", "execute_result"):
            yield nbformat.v4.new_output("display_data", data=_shown(output.get("data", {})))


def _shown(data: dict[str, Any]) -> dict[str, str]:
    """Return of a display's forms the picture, where it is one, else the text."""
    picture = data.get("image/png")
    if isinstance(picture, str) and _is_png(picture):
        return {"image/png": picture}
    text = data.get("text/plain")
    return {"text/plain": _printed(text) if text else _NOT_SHOWN}


def _is_png(encoded: str) -> bool:
    """Tell whether this is base64 of a PNG whose header (ISO/IEC 15948, 11.2.1) has a sane size."""
    try:
        content = base64.b64decode(encoded.replace("\n", ""), validate=True)
        width, height = struct.unpack(">II", content[16:24])
    except (ValueError, struct.error):
        return False
    return content.startswith(_PNG) and 0 < width <= _LARGEST_PNG and 0 < height <= _LARGEST_PNG


def _printed(text: Any) -> str:
    """Return text without colours, each line of a progress bar on a line of its own."""
    plain = _STYLE.sub("", text if isinstance(text, str) else "")
    return spelled(plain.replace("\r\n", "\n").replace("\r", "\n"))
