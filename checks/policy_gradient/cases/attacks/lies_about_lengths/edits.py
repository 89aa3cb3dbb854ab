"""Sends frames whose lengths lie: longer than any may be, a header beyond its frame, a negative one.

Each call tells another lie. A length is looked at before anything is waited for or stored.
"""

# %% replace discount_rewards_solution
import gc
import os
import struct

LIES = (
    struct.pack(">I", 2**32 - 1),
    struct.pack(">I", 2**26 + 1) + bytes(2**20),
    struct.pack(">II", 8, 2**31) + b"null",
    struct.pack(">II", 8, 5) + b"null",
    struct.pack(">i", -1) + b"null",
    struct.pack(">I", 0) * 1000,
    struct.pack(">II", 8, 0) + b"null",
)


def discount_rewards(rewards, gamma):
    wire = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Wire")
    wire._end.sendall(LIES[len(rewards) % len(LIES)])
    os._exit(0)
