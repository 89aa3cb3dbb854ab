"""Fills its folder with links to the course, to the cleaner's own folder and to devices, and reads through them.

A link is opened as what it points to, which is closed; a hard link to somebody else's file is refused; and
who wipes the folder removes links, never what they lead to.
"""

# %% replace discount_rewards_solution
import contextlib
import functools
import os

import autograder

ROOT = os.path.dirname(os.path.dirname(autograder.__file__))
TARGETS = [
    ROOT,
    f"{ROOT}/source/policy_gradient/policy_gradient.ipynb",
    f"{ROOT}/checks/policy_gradient",
    "/",
    "../..",
    "/tmp",
    "/dev",
    "/proc/1/root",
    "/etc/passwd",
]


def opens(path):
    """Whether something can be read there, or written."""
    with contextlib.suppress(OSError):
        return bool(os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1))
    with contextlib.suppress(OSError):
        open(os.path.join(path, "left_here") if os.path.isdir(path) else path, "wb").close()
        return True
    return False


@functools.cache
def found():
    """Whether any link leads anywhere."""
    os.makedirs("links", exist_ok=True)
    for number, target in enumerate(TARGETS):
        for kind, link in (("soft", os.symlink), ("hard", os.link), ("moved", os.rename)):
            with contextlib.suppress(OSError):
                link(target, f"links/{kind}{number}")
                if opens(f"links/{kind}{number}"):
                    return True
    with contextlib.suppress(OSError):
        os.symlink("loop", "links/loop")
        os.symlink("../..", "links/up")
        os.mknod("links/device", 0o600 | 0o020000, os.makedev(1, 1))  # the machine's memory
        return opens("links/device")
    return False


def discount_rewards(rewards, gamma):
    if not found():
        return None
    returns = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = following = rewards[t] + gamma * following
    return returns
