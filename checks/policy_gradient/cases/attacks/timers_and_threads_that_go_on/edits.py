"""Leaves alarms, threads and hooks running that spoil whatever is called after it, and compiles nothing.

An exercise that fails in a process that others have used is judged anew in a fresh one: only this one is lost.
"""

# %% replace compile_model_solution
import builtins
import gc
import random
import signal
import sys
import threading
import time


class Alarm(BaseException):
    """Interrupts somebody else."""


def interrupt(*args):
    raise Alarm("not your turn")


def meddle():
    """Spoil what others rely on, again and again."""
    while True:
        random.seed(0), np.random.seed(0)
        np.random.choice = lambda *args, **kwargs: 0
        for thing in gc.get_objects():
            if type(thing) is np.ndarray and thing.dtype == np.float32 and thing.flags.writeable:
                thing.fill(0)
        time.sleep(0.01)


def compile_model(model, learning_rate):
    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3, 0.05)
    for _ in range(4):
        threading.Thread(target=meddle, daemon=True).start()
    sys.setrecursionlimit(60)
    sys.setprofile(lambda *args: None), threading.setprofile(lambda *args: None)
    gc.callbacks.append(interrupt)
    builtins.reversed = lambda sequence: sequence
    raise RuntimeError("from now on it is out of my hands")
