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
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_FRAME = 64 * 2**20
MAX_DEPTH = 12
MAX_ITEMS = 200_000
MAX_NAME = 200
DTYPES = frozenset(
    ("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8")
)
_LENGTH = struct.Struct(">I")
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
    is nested deeper than MAX_DEPTH, or needs more than MAX_FRAME bytes.
    """
    buffers = bytearray()
    try:
        header = json.dumps(_pack(value, buffers, 0), allow_nan=False).encode()
    except (ValueError, UnicodeEncodeError) as error:
        raise CodecError(str(error)) from error
    length = _LENGTH.size + len(header) + len(buffers)
    if length > MAX_FRAME:
        raise CodecError(f"a frame of {length} bytes is over the limit of {MAX_FRAME}")
    return b"".join((_LENGTH.pack(length), _LENGTH.pack(len(header)), header, buffers))


def decode(body: bytes) -> Any:
    """Return the value of a frame's body (all behind its first length); raise CodecError if it is none."""
    if len(body) < _LENGTH.size:
        raise CodecError("a frame without a header")
    (size,) = _LENGTH.unpack_from(body)
    if size > len(body) - _LENGTH.size:
        raise CodecError("a header longer than its frame")
    try:
        header = json.loads(body[_LENGTH.size : _LENGTH.size + size])
    except (ValueError, RecursionError) as error:
        raise CodecError("a header that is not JSON") from error
    return _Unpacker(memoryview(body)[_LENGTH.size + size :]).unpack(header, 0)


class FrameBuffer:
    """Cuts a stream of bytes into frame bodies."""

    def __init__(self, limit: int = MAX_FRAME) -> None:
        self._limit = limit
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take bytes as they come; yield each complete body. Raises CodecError on a length over the limit."""
        self._data += data
        while len(self._data) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._data)
            if length > self._limit:
                raise CodecError(f"a frame of {length} bytes is over the limit of {self._limit}")
            if len(self._data) < _LENGTH.size + length:
                return
            body = bytes(self._data[_LENGTH.size : _LENGTH.size + length])
            del self._data[: _LENGTH.size + length]
            yield body

    def missing(self) -> int:
        """Return how many bytes the next frame still lacks, as far as that is known (at least 1)."""
        if len(self._data) < _LENGTH.size:
            return _LENGTH.size - len(self._data)
        length: int = _LENGTH.unpack_from(self._data)[0]
        return max(1, _LENGTH.size + length - len(self._data))


def _pack(value: Any, buffers: bytearray, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise CodecError(f"a value nested deeper than {MAX_DEPTH}")
    if value is None or type(value) in (bool, str):
        return value
    if type(value) is int:
        if value not in _INT64:
            raise CodecError("an integer of more than 64 bits")
        return value
    if type(value) is float:
        return value if math.isfinite(value) else {"float": repr(value)}
    if type(value) in (list, tuple):
        return {type(value).__name__: [_pack(item, buffers, depth + 1) for item in value]}
    if type(value) is dict:
        return {"dict": [[_name(k), _pack(v, buffers, depth + 1)] for k, v in value.items()]}
    return _pack_leaf(value, buffers)


def _pack_leaf(value: Any, buffers: bytearray) -> Any:
    if type(value) is bytes:
        return {"bytes": _append(value, buffers)}
    if type(value) is np.ndarray:
        array = np.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<"))
        place = _append(array.tobytes(), buffers)
        return {"array": [_dtype_name(array.dtype), list(value.shape), *place]}
    if isinstance(value, np.generic):
        dtype = value.dtype.newbyteorder("<")
        return {
            "scalar": [_dtype_name(dtype), *_append(np.asarray(value, dtype).tobytes(), buffers)]
        }
    if type(value) is Handle:
        return {"handle": [value.kind, value.id]}
    if type(value) is Opaque:
        return {"opaque": value.type_name[:MAX_NAME]}
    raise CodecError(f"a {type(value).__name__} cannot cross the boundary")


def _append(data: bytes, buffers: bytearray) -> list[int]:
    start = len(buffers)
    buffers += data
    return [start, len(data)]


def _name(key: Any) -> str:
    if type(key) is not str or len(key) > MAX_NAME:
        raise CodecError("a dict key that is no short string")
    return key


def _dtype_name(dtype: np.dtype[Any]) -> str:
    if dtype.str not in DTYPES:
        raise CodecError(f"an array of {dtype} cannot cross the boundary")
    return dtype.str


class _Unpacker:
    """Rebuilds one value from its header and buffers, counting as it goes."""

    def __init__(self, buffers: memoryview) -> None:
        self._buffers = buffers
        self._items = 0

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
                return self._cut(start, size)
            case "array", [dtype, list() as shape, start, size]:
                return self._array(dtype, shape, start, size)
            case "scalar", [dtype, start, size]:
                return self._array(dtype, [], start, size)[()]
            case "handle", [str() as kind, int() as number] if 0 <= number < 2**31:
                return Handle(_text(kind), number)
        raise CodecError("a value of no known type")

    def _array(self, dtype: Any, shape: list[Any], start: Any, size: Any) -> np.ndarray[Any, Any]:
        kind = np.dtype(_one_of(dtype, DTYPES))
        if len(shape) > 8 or not all(type(n) is int and 0 <= n <= MAX_FRAME for n in shape):
            raise CodecError("an array with an impossible shape")
        if type(size) is not int or math.prod(shape) * kind.itemsize != size:
            raise CodecError("an array whose shape and size disagree")
        array = np.frombuffer(self._cut(start, size), kind).reshape(shape)
        return array.copy()  # writable, aligned, and no longer a view of the frame

    def _cut(self, start: Any, size: Any) -> bytes:
        if type(start) is not int or type(size) is not int:
            raise CodecError("a buffer without a place")
        if start < 0 or size < 0 or start + size > len(self._buffers):
            raise CodecError("a buffer outside its frame")
        return bytes(self._buffers[start : start + size])


def _one_of(value: Any, allowed: Any) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise CodecError("a value of no known type")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_NAME:
        raise CodecError("a name that is no short string")
    return value
