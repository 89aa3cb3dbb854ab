"""Files whose bytes suffered: cut, padded, in another encoding, joined, or too many of them."""

from samples.broken_notebooks.notebook import Notebook, dump, grade_id, solution


def truncated(notebook: Notebook) -> bytes:
    """The first half of the file: an interrupted upload."""
    content = dump(notebook)
    return content[: len(content) // 2]


def byte_order_mark(notebook: Notebook) -> bytes:
    """A byte order mark in front, as editors on Windows save it."""
    return b"\xef\xbb\xbf" + dump(notebook)


def utf_16(notebook: Notebook) -> bytes:
    """The right text in the wrong encoding, as `>` in PowerShell writes it."""
    return dump(notebook).decode("utf-8").encode("utf-16")


def utf_16_without_mark(notebook: Notebook) -> bytes:
    """The same without the mark that names the encoding."""
    return dump(notebook).decode("utf-8").encode("utf-16-le")


def utf_32(notebook: Notebook) -> bytes:
    """Four bytes to a character."""
    return dump(notebook).decode("utf-8").encode("utf-32")


def latin_1(notebook: Notebook) -> bytes:
    """An editor's old encoding, with umlauts in a comment and in a name."""
    cell = solution(notebook, "train")
    cell["source"] = f"größe = 1  # für später\n{cell['source']}"
    keep = [c for c in notebook["cells"] if (grade_id(c) or "").endswith("_solution")]
    return dump(notebook | {"cells": keep}).decode("utf-8").encode("latin-1")


def stray_byte(notebook: Notebook) -> bytes:
    """One byte in an output that is no UTF-8, beside letters that are."""
    solution(notebook, "train")["source"] += "\n# naïve"
    return _with_output(notebook, "MARK").replace(b"MARK", b"caf\xe9")


def lone_surrogates(notebook: Notebook) -> bytes:
    """Half a character in an output and in a comment, as a cut emoji leaves it."""
    solution(notebook, "train")["source"] += "\n# MARK"
    return _with_output(notebook, "MARK").replace(b"MARK", rb"\ud83d")


def nul_bytes_behind(notebook: Notebook) -> bytes:
    """Zeros up to the end of the last block, as a full disk or a pulled stick leaves them."""
    return dump(notebook) + bytes(2048)


def zeros_only(_notebook: Notebook) -> bytes:
    """The right size, and nothing but zeros."""
    return bytes(4096)


def control_characters(notebook: Notebook) -> bytes:
    """Bytes in strings that JSON wants escaped: a NUL, a bell, real line ends."""
    return _with_output(notebook, "MARK").replace(b"MARK", b"a\x00b\x07c\r\nd\te")


def joined_twice(notebook: Notebook) -> bytes:
    """The file twice, one behind the other."""
    return dump(notebook) * 2


def merge_conflict(notebook: Notebook) -> bytes:
    """Git's marks in the file."""
    lines = dump(notebook).split(b"\n")
    return b"\n".join([*lines[:9], b"<<<<<<< HEAD", *lines[9:11], b"=======", *lines[9:]])


def number_of_many_digits(notebook: Notebook) -> bytes:
    """More digits than Python turns into an integer."""
    return _with_metadata(notebook, b"7" * 5_000_000)


def not_a_number(notebook: Notebook) -> bytes:
    """Words for numbers that JSON does not have, and a number beyond all bounds."""
    return _with_metadata(notebook, b"[NaN, Infinity, -Infinity, 1e999999, -0.0]")


def duplicate_keys(notebook: Notebook) -> bytes:
    """Every part of the notebook named twice; the last one counts, as in Jupyter."""
    return dump(notebook).replace(b"{", b'{"cells": 7, "metadata": 7, "nbformat": 7, ', 1)


def too_large(notebook: Notebook) -> bytes:
    """21 MB, more than a submission may have: a video pasted into the notebook."""
    notebook["cells"][0]["attachments"] = {"video.mp4": {"video/mp4": "A" * 21_000_000}}
    return dump(notebook)


def deeply_nested(notebook: Notebook) -> bytes:
    """JSON nested deeper than a recursive parser can follow."""
    return _with_metadata(notebook, b"[" * 100_000 + b"]" * 100_000)


def nested_everywhere(notebook: Notebook) -> bytes:
    """Ten million lists, each as deep in others as a parser goes: gigabytes, once they are read."""
    tower = b"[" * 900 + b"]" * 900
    return _with_metadata(notebook, b"[" + b",".join([tower] * 11_000) + b"]")


def a_million_objects(notebook: Notebook) -> bytes:
    """As many empty objects as a widget's saved state may have."""
    return _with_metadata(notebook, b"[" + b"{}," * 1_000_000 + b"{}]")


def _with_metadata(notebook: Notebook, value: bytes) -> bytes:
    """Put JSON, or what looks like it, into the notebook's metadata."""
    notebook["metadata"]["extra"] = 0
    return dump(notebook).replace(b'"extra": 0', b'"extra": ' + value)


def _with_output(notebook: Notebook, text: str) -> bytes:
    """Put an output with this text into an exercise's cell."""
    stream = {"output_type": "stream", "name": "stdout", "text": [text]}
    solution(notebook, "build_model")["outputs"] = [stream]
    return dump(notebook)
