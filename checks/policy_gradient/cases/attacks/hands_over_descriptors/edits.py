"""Passes open files along with its answer, for the checker to trip over or run out of.

The checker reads bytes and takes nothing else in. The answer is legal, and wrong.
"""

# %% replace discount_rewards_solution
import gc
import os
import socket


def discount_rewards(rewards, gamma):
    from autograder.protocol import codec, messages

    wire = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Wire")
    frame = codec.encode(messages.to_plain(messages.Done(-np.ones(len(rewards)))))
    files = [os.open(os.devnull, os.O_RDWR) for _ in range(50)]
    socket.send_fds(wire._end, [frame[:1]], files)
    socket.send_fds(wire._end, [frame[1:-1]], files)
    socket.send_fds(wire._end, [frame[-1:]], files)
    os._exit(0)
