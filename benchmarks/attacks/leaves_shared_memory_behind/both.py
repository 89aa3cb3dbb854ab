"""Leaves System V shared memory, which no process's end frees; every exercise is right."""

# %% after imports
import ctypes

ctypes.CDLL(None).shmget(0, ctypes.c_size_t(2**20), 0o1666)
