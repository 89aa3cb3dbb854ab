"""Sends a frame of its own whose header names the same 30 MB four hundred times.

Copied each time, they would fill the checker's memory and leave everybody without a report. A byte of a
frame belongs to one value only; the frame is no frame of ours, and costs its exercise.
"""

# %% replace discount_rewards_solution
import gc
import json
import os
import struct


def discount_rewards(rewards, gamma):
    wire = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Wire")
    size = 30_000_000
    value = {"list": [{"array": ["|u1", [size], 0, size]}] * 400}
    header = json.dumps({"dict": [["message", "Done"], ["value", value]]}).encode()
    body = struct.pack(">I", len(header)) + header + bytes(size)
    wire._end.sendall(struct.pack(">I", len(body)) + body)
    os._exit(0)
