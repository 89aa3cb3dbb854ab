"""Names its process and its threads with bytes that are no text in any encoding, and compiles nothing.

/proc shows such a name to whoever looks for what a worker left: the exercise is lost, and no session ends.
"""

# %% replace compile_model_solution
import ctypes
import threading


def rename():
    for name in (b"\xff\xfe\xfd", b"\x80) Z 1 1 (\n", b"\xed\xa0\x80"):
        ctypes.CDLL(None).prctl(15, name, 0, 0, 0)  # PR_SET_NAME


def compile_model(model, learning_rate):
    thread = threading.Thread(target=rename)
    thread.start()
    thread.join()
    rename()
