"""Sends a perfectly legal answer of its own for the request that is running, and leaves.

The answer is taken for what it is, a list of numbers, and they are wrong; the process that should answer
the next request is gone.
"""

# %% replace discount_rewards_solution
import gc
import os


def discount_rewards(rewards, gamma):
    from autograder.protocol import codec, messages

    wire = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Wire")
    guess = np.full(len(rewards), float(np.sum(rewards)))
    wire._end.sendall(codec.encode(messages.to_plain(messages.Done(guess))))
    os._exit(0)
