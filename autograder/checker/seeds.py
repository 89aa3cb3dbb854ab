"""Seeds that repeat a grading exactly and that nobody can guess who does not have the hidden checks.

Student code is told a seed, and a report shows one. Neither may tell which inputs the checks will draw, so
all are derived with a keyed hash (BLAKE2, RFC 7693), whose key lies among the hidden checks: a file of its
own, so that a reworded check leaves everybody's inputs as they were.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

KEY = "seed.key"
_BYTES = 8


class Seeds:
    """Derives every seed of a submission from the one in its report; `checks` is the hidden folder.

    Raises OSError where the key, 32 bytes in hexadecimal digits, is missing.
    """

    def __init__(self, checks: Path) -> None:
        self._key = bytes.fromhex((checks / KEY).read_text("ascii"))

    def for_check(self, seed: int, check: str) -> np.random.Generator:
        """Return the generator of the inputs that the check `check` draws."""
        return np.random.default_rng(self._derive(f"{seed} for the check {check}"))

    def for_notebook(self, seed: int) -> int:
        """Return what random, NumPy and TensorFlow are seeded with where a notebook runs: 31 bits."""
        return self._derive(f"{seed} for the notebook") >> 33

    def _derive(self, purpose: str) -> int:
        digest = hashlib.blake2b(purpose.encode(), key=self._key, digest_size=_BYTES).digest()
        return int.from_bytes(digest, "big")
