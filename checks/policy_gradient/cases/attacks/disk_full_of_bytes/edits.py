"""Fills the disk with large files, keeps them open without names, and compiles nothing.

The disk of a session is small and in memory; it is wiped before the next process starts, so that the
exercise after this one, which writes a file too, finds it empty.
"""

# %% replace compile_model_solution
import os

hoard = []


def compile_model(model, learning_rate):
    number = 0
    while True:
        number += 1
        hoard.append(open(f"{number}", "wb", 0))
        os.unlink(f"{number}") if number % 2 else None
        for _ in range(30):
            hoard[-1].write(bytes(1 << 20))


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    np.save("rewards.npy", np.zeros(2_000_000))
    returns = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = following = rewards[t] + gamma * following
    return returns
