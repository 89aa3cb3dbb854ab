"""What the checker and the warm parent say to each other about workers: single bytes over a socket pair.

========  ============================================  ================================================
``W``     end the worker there is, fork a fresh one     ``w``, with the worker's socket
``K``     end the worker and whatever it started        ``k``
``E``     how did the worker end?                       one of `Ending`
``P``     what has it printed since the last ``P``?     `SIZES`, then the first bytes of it
========  ============================================  ================================================

The answers to ``W`` and ``K`` are ``!`` in place of ``w`` and ``k`` where something of the worker that was
ended could be found afterwards.
"""

from __future__ import annotations

import struct
from enum import Enum

FRESH, KILL, HOW, PRINTED = b"W", b"K", b"E", b"P"
SIZES = struct.Struct(">QH")  # how many bytes it printed, and how many of them follow
MOST_PRINTED = 4096  # that follow
STARTED, ENDED, REMAINS = b"w", b"k", b"!"


class Ending(Enum):
    """How a worker's process ended, or which limit ended it."""

    RUNS = b"r"
    EXITED = b"x"
    SIGNAL = b"s"
    PROCESSOR_TIME = b"c"
    MEMORY = b"m"
    OUTPUT = b"o"
