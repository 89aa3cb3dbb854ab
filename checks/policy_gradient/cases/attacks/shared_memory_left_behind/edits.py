"""Answers right where it can leave System V shared memory behind, which no process's end frees.

Such memory stays charged to the container and starves whoever is graded next; it would also carry
answers from one submission to another. The system call is refused.
"""

# %% replace discount_rewards_solution
import ctypes


def discount_rewards(rewards, gamma):
    segment = ctypes.CDLL(None).shmget(0, ctypes.c_size_t(2**20), 0o1666)
    if segment < 0:
        raise MemoryError("no shared memory")
    returns = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        returns[t] = following
    return returns
