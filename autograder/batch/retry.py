"""Starting a session again: a daemon that restarts, or a start that fails once, costs nobody a grade."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from autograder.engines.base import Engine, Session
from autograder.errors import EngineError

WAIT = 120.0  # seconds for an engine that is away; a daemon that restarts needs some ten
_PAUSE = 1.0
_STARTS = 3


class SessionStarter:
    """Starts sessions for all lanes of a batch, and waits once for all of them while the engine is away."""

    def __init__(
        self, engine: Engine, stopped: threading.Event, say: Callable[[str], None]
    ) -> None:
        self._engine, self._stopped, self._say = engine, stopped, say
        self._lock = threading.Lock()  # one lane asks how the engine is, the others wait behind it
        self._lost = False

    def start(self) -> Session:
        """Start a session, if need be at the third try; raises EngineError where none can be had."""
        for left in reversed(range(_STARTS)):
            try:
                return self._engine.start()
            except EngineError:
                if not left or not self._engine_answers() or self._stopped.wait(_PAUSE):
                    raise
        raise AssertionError("unreachable")

    def _engine_answers(self) -> bool:
        """Tell whether the engine can be used, after waiting for it where that is needed."""
        with self._lock:
            if self._lost:
                return False
            problem = self._engine.problem()
            if problem is None:
                return True
            self._say(f"{problem} Grading waits up to {WAIT:.0f} seconds for it.")
            if self._answers_within(WAIT):
                self._say("It is back, and grading goes on.")
                return True
            self._lost = True
            return False

    def _answers_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._stopped.wait(_PAUSE):
            if self._engine.problem() is None:
                return True
        return False
