"""Multiplies matrices in several threads at once, in C, with every signal blocked, for ever.

The exercise is out of time, and the next one finds the processor free.
"""

# %% replace build_model_solution
import signal
import threading


def burn():
    matrix = np.ones((400, 400))
    while True:
        matrix @ matrix


def build_model():
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
    for _ in range(4):
        threading.Thread(target=burn, daemon=True).start()
    burn()
