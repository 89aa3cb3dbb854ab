"""Dask and what it needs are an extra: where they are missing, one sentence says how to have them."""

from __future__ import annotations

import logging
import re
from importlib.util import find_spec

from autograder.errors import AutograderError, UsageError

# Of every process of a cluster. A peer that is gone without a word is missed within half a minute, and what
# it was grading is given to another; that its host is at fault says nothing about the submission. No page is
# served.
CONFIGURATION = {
    "distributed.comm.require-encryption": True,
    "distributed.comm.timeouts.tcp": "20s",
    "distributed.comm.timeouts.connect": "20s",
    "distributed.scheduler.worker-ttl": "30s",
    "distributed.scheduler.allowed-failures": 100,
    "distributed.scheduler.work-stealing-interval": "200ms",
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.terminate": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


def needed(library: str) -> None:
    """Raise AutograderError with the remedy where a library is not installed."""
    if find_spec(library) is None:
        raise AutograderError(
            f"{library} is not installed: the extra 'dask' of this package brings it: pip install '.[dask]'."
        )


def configure() -> None:
    """Set what every process of a cluster must agree on, whatever the machine's own files say."""
    needed("distributed")
    import dask
    import distributed

    dask.config.set(CONFIGURATION)
    logging.getLogger(distributed.__name__).setLevel(logging.WARNING)


def tls_address(address: str) -> str:
    """Return an address if it is one that encrypts and authenticates; else raise UsageError."""
    if re.fullmatch(r"tls://(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):\d{1,5}", address):
        return address
    if address.startswith("tcp://"):
        raise UsageError(
            f"{address} is neither encrypted nor authenticated, and anybody on the network could have code "
            "run on its workers: start the scheduler with 'autograder dask scheduler', and name "
            "tls://HOST:PORT."
        )
    raise UsageError(
        f"{address} is no address of a scheduler: tls://HOST:PORT, say tls://10.0.0.1:8786."
    )
