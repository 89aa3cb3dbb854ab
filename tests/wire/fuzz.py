"""Fuzz the protocol, guided by coverage: ``python -m tests.wire.fuzz CORPUS [-frames=N] [options]``.

Needs atheris; all other options are libFuzzer's. Ends with a summary after N frames, -runs=N inputs, an
interrupt, or the first input that breaks a property, which lies in the working directory then.
"""

from __future__ import annotations

import math
import os
import resource
import signal
import sys
import time
from random import Random

import atheris

with atheris.instrument_imports(include=["autograder.protocol"]):
    from autograder.protocol import codec, messages, session  # noqa: F401

from tests.wire.mutations import mutate
from tests.wire.properties import Tally, check, memory_bound

MEMORY_EVERY = 512  # inputs: tracing memory takes ten times as long as all the rest
REPORT_EVERY = 500_000  # frames


class Run:
    """Counts what goes through, and says so now and then and at the end."""

    def __init__(self, frames: float, inputs: float) -> None:
        self._frames, self._inputs = frames, inputs
        self._tally = Tally()
        self._reported = 0
        self._began = time.monotonic()

    def one_input(self, data: bytes) -> None:
        """Hold one input against all properties."""
        check(data, self._tally)
        if self._tally.inputs % MEMORY_EVERY == 0:
            memory_bound(data)
        if self._tally.frames - self._reported >= REPORT_EVERY:
            self._reported = self._tally.frames
            self.report()
        if self._tally.frames >= self._frames or self._tally.inputs >= self._inputs:
            self.stop()

    def report(self) -> None:
        """Print the counts so far."""
        seconds = time.monotonic() - self._began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{self._tally}, {seconds:.0f} s, peak RSS {peak} MiB", file=sys.stderr, flush=True)

    def stop(self, *_: object) -> None:
        """Print the counts and end the process: libFuzzer itself would end it without a word of ours."""
        self.report()
        os._exit(0)


def custom_mutator(data: bytes, max_size: int, seed: int) -> bytes:
    """Mutate with knowledge of frames; libFuzzer's own mutations work on their parts."""
    return mutate(bytes(data), max_size, Random(seed), atheris.Mutate)


def limit(option: str) -> float:
    """Take an option of ours from the command line and return its number, infinite where it is not there."""
    given = [argument for argument in sys.argv if argument.startswith(option)]
    sys.argv = [argument for argument in sys.argv if argument not in given]
    return int(given[-1].removeprefix(option)) if given else math.inf


def main() -> None:
    """Run until told to stop."""
    run = Run(limit("-frames="), limit("-runs="))
    own = ["-handle_int=0", "-handle_term=0", "-max_len=8192", "-timeout=10", "-rss_limit_mb=1024"]
    again = f"{sys.executable} -m tests.wire.fuzz"  # how -merge=1 starts a process of its own
    atheris.Setup([again, *own, *sys.argv[1:]], run.one_input, custom_mutator=custom_mutator)
    signal.signal(signal.SIGINT, run.stop)
    signal.signal(signal.SIGTERM, run.stop)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
