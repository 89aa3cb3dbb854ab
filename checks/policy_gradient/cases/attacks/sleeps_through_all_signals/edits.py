"""Ignores and blocks every signal, stops itself where it can, and sleeps for ever.

Whatever it does with signals, SIGKILL is none of them.
"""

# %% replace build_model_solution
import os
import signal
import time


def build_model():
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
    while True:
        try:
            os.kill(os.getpid(), signal.SIGSTOP)
        except OSError:
            time.sleep(3600)
