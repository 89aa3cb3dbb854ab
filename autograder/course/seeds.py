"""Seeds that repeat a grading exactly and that nobody can guess who does not have the assignment's key.

A submission's seed follows from the key and from the submission's own digest: the same notebook meets the
same inputs in every run and on every machine, and a notebook that was changed meets inputs that nobody has
seen. Student code is told a seed, and a report shows one. Neither may tell which inputs the checks will
draw, so all are derived with a keyed hash (BLAKE2, RFC 7693). The key lies among the hidden checks in a
file of its own, so that a reworded check leaves everybody's inputs as they were.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

import numpy as np

from autograder.errors import AutograderError

KEY = "seed.key"
_KEY_BYTES = 32
_BYTES = 8


class NoKey(AutograderError):
    """An assignment has no secret key that can be used."""


class Seeds:
    """Derives every seed from the key in the folder `checks`. Raises NoKey where there is none."""

    def __init__(self, checks: Path) -> None:
        path = checks / KEY
        try:
            self._key = bytes.fromhex(path.read_text("ascii"))
            if len(self._key) != _KEY_BYTES:
                raise ValueError(f"{len(self._key)} bytes")
        except FileNotFoundError:
            raise NoKey(
                f"{path} is missing, the secret that the checks' inputs are drawn with: run 'autograder "
                f"new-key --assignment {checks.name}'."
            ) from None
        except (OSError, ValueError) as error:
            raise NoKey(
                f"{path} cannot be read as the secret that the checks' inputs are drawn with ({error}): it "
                f"holds 64 hexadecimal digits. 'autograder "
                f"new-key --assignment {checks.name}' writes another."
            ) from None

    def for_submission(self, sha256: str) -> int:
        """Return the seed of the submission with this digest: 31 bits, as it stands in its report."""
        return self._derive(f"the submission {sha256}") >> 33

    def for_check(self, seed: int, check: str) -> np.random.Generator:
        """Return the generator of the inputs that the check `check` draws."""
        return np.random.default_rng(self._derive(f"{seed} for the check {check}"))

    def for_notebook(self, seed: int) -> int:
        """Return what random number generators are seeded with where a notebook runs: 31 bits."""
        return self._derive(f"{seed} for the notebook") >> 33

    def _derive(self, purpose: str) -> int:
        digest = hashlib.blake2b(purpose.encode(), key=self._key, digest_size=_BYTES).digest()
        return int.from_bytes(digest, "big")


def fresh_key() -> str:
    """Return the text of a new key file: 32 random bytes in hexadecimal digits."""
    return f"{secrets.token_hex(_KEY_BYTES)}\n"
