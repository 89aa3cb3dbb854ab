"""Frames from a stream of bytes: codec.py says what stands in one."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.protocol.codec import LENGTH, MAX_FRAME, CodecError


class FrameBuffer:
    """Cuts a stream of bytes into frame bodies."""

    def __init__(self, limit: int = MAX_FRAME) -> None:
        self._limit = limit
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[memoryview]:
        """Take bytes as they come; yield each complete body. Raises CodecError on a length over the limit.

        A body's bytes are its receiver's own.
        """
        self._data += data
        while len(self._data) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._data)
            if length > self._limit:
                raise CodecError(f"a frame of {length} bytes is over the limit of {self._limit}")
            if len(self._data) < LENGTH.size + length:
                return
            whole, self._data = self._data, self._data[LENGTH.size + length :]
            yield memoryview(whole)[LENGTH.size : LENGTH.size + length]

    def unread(self) -> int:
        """Return how many bytes of the next frame are there already."""
        return len(self._data)

    def missing(self) -> int:
        """Return how many bytes the next frame still lacks, as far as that is known (at least 1)."""
        if len(self._data) < LENGTH.size:
            return LENGTH.size - len(self._data)
        length: int = LENGTH.unpack_from(self._data)[0]
        return max(1, LENGTH.size + length - len(self._data))
