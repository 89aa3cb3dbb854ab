"""Values and frames: what crosses the boundary, byte by byte.

A frame is ``length (u32) | header length (u32) | header (JSON, UTF-8) | buffers``, lengths big endian,
the first one counting everything behind itself. The header holds one value; numbers, strings and None
are themselves, everything else is an object with one key that names its type:

=============================  ==============================================================
``{"list": [...]}``            list
``{"tuple": [...]}``           tuple
``{"dict": [[key, value]]}``   dict with string keys
``{"bytes": [start, size]}``   bytes, cut from the buffers
``{"array": [dtype, shape, start, size]}``   NumPy array, C order, little endian
``{"scalar": [dtype, start, size]}``         NumPy scalar
``{"float": "nan"}``           what JSON cannot say: nan, inf, -inf
``{"handle": [kind, id]}``     an object that stays on the side that made it
``{"opaque": name}``           an object that cannot cross, known by its type's name only
=============================  ==============================================================

Decoding trusts nothing: every length, type, shape and depth is checked before it is used, and only
plain objects of these types are built. There is no way to name a class, so there is nothing to unpickle.
"""

from __future__ import annotations

import json
import math
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_FRAME = 64 * 2**20
MAX_HEADER = 8 * 2**20
# JSON is parsed before its values can be counted, and a list or an object takes a hundred bytes then
MAX_BRACKETS = 2**20
MAX_DEPTH = 12
MAX_ITEMS = 200_000
MAX_DIMENSIONS = 8
MAX_NAME = 200
DTYPES = frozenset(
    ["|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8"]
)
LENGTH = struct.Struct(">I")  # of a frame, and of its header
_JSON = json.JSONEncoder(allow_nan=False)
_ALIGNED = 16  # bytes: spaces behind a header have the first array begin where NumPy reads quickly
_LARGE = 65536  # bytes of an array that is not copied once more when its frame has come
_INT64 = range(-(2**63), 2**64)


class CodecError(ValueError):
    """Bytes that are no frame of ours, or a value that has no encoding."""


@dataclass(frozen=True)
class Handle:
    """An object that stays where it is; the other side only names it."""

    kind: str
    id: int


@dataclass(frozen=True, eq=False)
class Opaque:
    """Something that cannot cross: known by its type's name, equal to nothing."""

    type_name: str


def encode(value: Any) -> bytes:
    """Return the frame that holds `value`.

    Raises CodecError where the value, or one inside it, is of none of the types in the table above,
    is nested deeper than MAX_DEPTH, or needs more than MAX_FRAME bytes: what `encode` takes, `decode` takes.
    """
    packer = _Packer()
    header = _JSON.encode(packer.pack(value, 0)).encode()
    _count_brackets(header)
    header += b" " * (-(2 * LENGTH.size + len(header)) % _ALIGNED)
    length = LENGTH.size + len(header) + packer.size
    if len(header) > MAX_HEADER or length > MAX_FRAME:
        raise CodecError(f"a frame of {length} bytes is over the limit")
    return b"".join((LENGTH.pack(length), LENGTH.pack(len(header)), header, *packer.buffers))


def decode(body: bytes | memoryview) -> Any:
    """Return the value of a frame's body (all behind its first length); raise CodecError if it is none."""
    if len(body) < LENGTH.size:
        raise CodecError("a frame without a header")
    (size,) = LENGTH.unpack_from(body)
    if size > min(MAX_HEADER, len(body) - LENGTH.size):
        raise CodecError("a header longer than its frame, or than any may be")
    text = bytes(body[LENGTH.size : LENGTH.size + size])
    _count_brackets(text)
    try:
        header = json.loads(text.decode())
    except (ValueError, RecursionError) as error:
        raise CodecError("a header that is not JSON") from error
    return _Unpacker(memoryview(body)[LENGTH.size + size :]).unpack(header, 0)


class _Packer:
    """Takes one value apart into a header and buffers; refuses all that `decode` would refuse."""

    def __init__(self) -> None:
        self.buffers: list[bytes | memoryview] = []
        self.size = 0  # of all of them
        self._items = 0

    def pack(self, value: Any, depth: int) -> Any:
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise CodecError("a value too deep or too long")
        if value is None or type(value) in (bool, str):
            return value
        if type(value) is int:
            if value not in _INT64:
                raise CodecError("an integer of more than 64 bits")
            return value
        if type(value) is float:
            return value if math.isfinite(value) else {"float": repr(value)}
        if type(value) is list and depth < MAX_DEPTH and self._are_numbers(value):
            return {"list": value}
        if type(value) in (list, tuple):
            return {type(value).__name__: [self.pack(item, depth + 1) for item in value]}
        if type(value) is dict:
            return {"dict": [[_text(k), self.pack(v, depth + 1)] for k, v in value.items()]}
        return self._leaf(value)

    def _are_numbers(self, values: list[Any]) -> bool:
        """Tell whether these are integers that may cross, as many do; count them if so."""
        fit = are_int64(values) and self._items + len(values) <= MAX_ITEMS
        self._items += len(values) if fit else 0
        return fit

    def _leaf(self, value: Any) -> Any:
        if type(value) is bytes:
            return {"bytes": self._append(value)}
        if type(value) is np.ndarray:
            return {"array": self._array(value, list(value.shape))}
        if isinstance(value, np.generic):
            return {"scalar": self._array(value)}
        if type(value) is Handle:
            return {"handle": [_text(value.kind), _handle_number(value.id)]}
        if type(value) is Opaque:
            return {"opaque": value.type_name[:MAX_NAME]}
        raise CodecError(f"a {type(value).__name__} cannot cross the boundary")

    def _array(self, value: Any, *shape: list[int]) -> list[Any]:
        name = value.dtype.str.replace(">", "<")
        if name not in DTYPES or value.ndim > MAX_DIMENSIONS:
            raise CodecError(f"an array of {value.dtype} cannot cross the boundary")
        array = np.ascontiguousarray(value, name).reshape(-1)
        return [name, *shape, *self._append(array.view(np.uint8).data)]

    def _append(self, data: bytes | memoryview) -> list[int]:
        start = self.size
        self.buffers.append(data)
        self.size += len(data)
        return [start, len(data)]


class _Unpacker:
    """Rebuilds one value from its header and buffers, counting as it goes."""

    def __init__(self, buffers: memoryview) -> None:
        self._buffers = buffers
        self._items = 0
        self._taken = 0

    def unpack(self, node: Any, depth: int) -> Any:
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise CodecError("a value too deep or too long")
        if node is None or isinstance(node, bool | str | float):
            return node
        if isinstance(node, int):
            if node not in _INT64:
                raise CodecError("an integer of more than 64 bits")
            return node
        if not isinstance(node, dict) or len(node) != 1:
            raise CodecError("a value of no known type")
        ((tag, content),) = node.items()
        return self._tagged(tag, content, depth)

    def _tagged(self, tag: str, content: Any, depth: int) -> Any:
        if tag == "float":
            return float(_one_of(content, ("nan", "inf", "-inf")))
        if tag == "opaque":
            return Opaque(_text(content))
        if not isinstance(content, list):
            raise CodecError("a value of no known type")
        few = depth < MAX_DEPTH and self._items + len(content) <= MAX_ITEMS
        if tag == "list" and few and are_int64(content):
            self._items += len(content)
            return content
        if tag in ("list", "tuple"):
            items = [self.unpack(item, depth + 1) for item in content]
            return items if tag == "list" else tuple(items)
        if tag == "dict":
            return dict(self._pair(pair, depth) for pair in content)
        return self._leaf(tag, content)

    def _pair(self, pair: Any, depth: int) -> tuple[str, Any]:
        if not isinstance(pair, list) or len(pair) != 2:
            raise CodecError("a dict entry that is no pair")
        return _text(pair[0]), self.unpack(pair[1], depth + 1)

    def _leaf(self, tag: str, content: list[Any]) -> Any:
        match tag, content:
            case "bytes", [start, size]:
                return bytes(self._cut(start, size))
            case "array", [dtype, list() as shape, start, size]:
                return self._array(dtype, shape, start, size)
            case "scalar", [dtype, start, size]:
                return self._array(dtype, [], start, size)[()]
            case "handle", [kind, number]:
                return Handle(_text(kind), _handle_number(number))
        raise CodecError("a value of no known type")

    def _array(self, dtype: Any, shape: list[Any], start: Any, size: Any) -> np.ndarray[Any, Any]:
        kind = np.dtype(_one_of(dtype, DTYPES))
        if not all(type(n) is int and 0 <= n <= MAX_FRAME for n in shape):
            raise CodecError("an array with an impossible shape")
        # NumPy multiplies what stands beside a zero, too
        if len(shape) > MAX_DIMENSIONS or math.prod(n or 1 for n in shape) > MAX_FRAME:
            raise CodecError("an array with an impossible shape")
        if type(size) is not int or math.prod(shape) * kind.itemsize != size:
            raise CodecError("an array whose shape and size disagree")
        data = self._cut(start, size)
        if kind.kind == "b" and bytes(data).strip(b"\0\1"):
            raise CodecError("a boolean that is neither true nor false")
        array = np.frombuffer(data, kind).reshape(shape)
        if size >= _LARGE and array.flags.writeable and array.flags.aligned:
            return array  # of the frame's own bytes, which nobody else has
        return array.copy()

    def _cut(self, start: Any, size: Any) -> memoryview:
        if type(start) is not int or type(size) is not int:
            raise CodecError("a buffer without a place")
        if start != self._taken or size < 0 or start + size > len(self._buffers):
            raise CodecError("a buffer outside its frame, or not behind the one before")
        self._taken += size  # each byte is copied once: a small frame cannot become a large value
        return self._buffers[start : start + size]


def are_int64(values: list[Any]) -> bool:
    """Tell whether all are integers of 64 bits, and there is one."""
    return set(map(type, values)) == {int} and min(values) in _INT64 and max(values) in _INT64


def _count_brackets(header: bytes) -> None:
    if header.count(b"[") + header.count(b"{") > MAX_BRACKETS:
        raise CodecError("a header of too many lists and objects")


def _handle_number(number: Any) -> int:
    if type(number) is not int or not 0 <= number < 2**31:
        raise CodecError("a handle without a number")
    return number


def _one_of(value: Any, allowed: Any) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise CodecError("a value of no known type")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_NAME:
        raise CodecError("a name that is no short string")
    return value
