"""Descriptors: a fork keeps those that it is given and no other.

That stops: reading or writing what the trusted side has open, the host's pipes above all.
"""

from __future__ import annotations

import os


def close_all_but(keep: set[int]) -> None:
    """Close every inherited descriptor above 2 but those of `keep`."""
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) not in keep:
            try:
                os.close(int(name))
            except OSError:  # the one that listed this folder
                continue


def silence(output: int | None = None) -> None:
    """Point standard input to /dev/null, and output and errors to `output`, which is closed, or there too."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    for standard in (1, 2):
        os.dup2(null if output is None else output, standard)
    os.close(null)
    if output is not None:
        os.close(output)
