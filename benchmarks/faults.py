"""Whether grading survives faults of ours: random kills in the middle of a batch of 40 cheap notebooks.

    python -m benchmarks.faults [--kills 50] [--seed N] [--engine docker] [--out FILE]
    python -m benchmarks.faults --daemon-restarts 6       the same with a daemon that goes away; as root

Each round grades the class into a fresh folder, in one session or in two, and kills one process at a
random moment: in every other round `autograder grade` itself, in the others what it depends on, in turn.
After a kill of `autograder grade` the same command runs again; after all others the same run must
finish. Then every report must be that of an undisturbed run, but for its seconds, and none may have been
written twice.

A call that is interrupted goes on where it was, if the code that grades is the same.

With --daemon-restarts a second Docker daemon is started, and killed or stopped at a random moment; some
seconds later it is started again. The same run must finish.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from autograder.course.folder import find_course
from autograder.engines.docker import DockerEngine
from autograder.engines.registry import ENGINES
from benchmarks import disturbed_runs, machine
from benchmarks.daemon import Daemon
from samples.corpus import ASSIGNMENT, ROOT

RESULTS = Path(__file__).with_name("results") / "faults.json"
NUMBER = 40
Kill = Callable[[disturbed_runs.Grading, float], bool]
VICTIMS: dict[str, Kill] = {
    "autograder grade": partial(disturbed_runs.kill, disturbed_runs.hosts),
    "container": disturbed_runs.kill_container,
    "warm parent": partial(disturbed_runs.kill, disturbed_runs.parents),
    "engine's client": partial(disturbed_runs.kill, disturbed_runs.clients),
    "checker": partial(disturbed_runs.kill, disturbed_runs.checkers),
    "checker's fork": partial(disturbed_runs.kill, disturbed_runs.judges),
    "reference": partial(disturbed_runs.kill, disturbed_runs.references),
    "worker": partial(disturbed_runs.kill, disturbed_runs.workers),
}
HOST, *OTHERS = VICTIMS
_GONE_SECONDS = 300.0  # a container's last submission may take its time


@dataclass
class Round:
    """One kill: of what, when, and what did not hold afterwards."""

    number: int
    victim: str
    reports_then: int
    seconds: float
    orphans_seconds: float | None = None
    complaints: list[str] = field(default_factory=list)

    @property
    def moment(self) -> str:
        """Where among the reports the kill struck."""
        if self.reports_then == 0:
            return "before the first report"
        return "between" if self.reports_then < NUMBER else "after the last report"


def main() -> int:
    """Run the rounds that are missing, write the results after each; status 1 where anything did not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--daemon-restarts", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=["docker", "bubblewrap"], default="docker")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    course = find_course(ROOT, ASSIGNMENT)
    code = ENGINES[options.engine](course).digest()
    about = {"engine": options.engine, "seed": options.seed, "code": code}
    image = DockerEngine(course).image
    results = _so_far(options.out, about)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="autograder-faults-"))
        if options.daemon_restarts:
            part, number = "daemon_restarts", options.daemon_restarts
            daemon = stack.enter_context(Daemon(Path(folder) / "daemon"))
            daemon.load(image)
            rounds = _restarts(Path(folder), daemon)
        else:
            part, number = "kills", options.kills
            rounds = _kills(Path(folder), options.engine)
        done = [Round(**one) for one in results.get(part, {}).get("rounds", [])]
        for index in range(len(done), number):
            done.append(rounds(index, random.Random(f"{options.seed} {index}")))
            print(_line(done[-1]), file=sys.stderr, flush=True)
            results[part] = _totals(done) | {"rounds": [asdict(one) for one in done]}
            _write(results, options.out)
    results["machine"] = machine.facts(image)
    _write(results, options.out)
    print(json.dumps(_totals(done), indent=1))
    return 1 if results[part]["failures"] else 0


Rounds = Callable[[int, random.Random], "Round"]


def _kills(folder: Path, engine: str) -> Rounds:
    """Return what runs a round with a process killed."""
    trial = Trial(folder, engine)

    def run(number: int, draw: random.Random) -> Round:
        victim = OTHERS[number // 2 % len(OTHERS)] if number % 2 else HOST
        return trial.round(number, victim, VICTIMS[victim], draw)

    return run


def _restarts(folder: Path, daemon: Daemon) -> Rounds:
    """Return what runs a round with the daemon away for some seconds."""
    trial = Trial(folder, "docker", daemon.environment)

    def run(number: int, draw: random.Random) -> Round:
        victim, end = (("daemon killed", daemon.kill), ("daemon stopped", daemon.stop))[number % 2]

        def restart(grading: disturbed_runs.Grading, pick: float) -> bool:
            at_work = grading.process.poll() is None
            end()
            time.sleep(10 * pick)
            daemon.start()
            return at_work

        return trial.round(number, victim, restart, draw)

    return run


class Trial:
    """The class, what an undisturbed run makes of it, and one disturbed run after the other."""

    def __init__(
        self, folder: Path, engine: str, environment: dict[str, str] | None = None
    ) -> None:
        self._folder, self._engine, self._environment = folder, engine, environment
        self._sessions = 2
        self._class = disturbed_runs.lay_out(folder / "class", NUMBER)
        calm = self._grading("calm")
        calm.until(1)
        self._start_seconds = time.monotonic() - calm.started
        if calm.finish():
            raise RuntimeError(f"the undisturbed run failed:\n{calm.said()}")
        self._expected = disturbed_runs.contents(calm.out)

    def round(self, number: int, victim: str, kill: Kill, draw: random.Random) -> Round:
        """Disturb one run; draw moments until the kill comes before the run's end."""
        while True:
            started = time.monotonic()
            self._sessions = draw.choice((1, 2))
            grading = self._grading(f"round-{number}-{draw.randrange(10**6)}")
            self._await(grading, draw)
            if kill(grading, draw.random()):
                break
            grading.finish()
        result = Round(number, victim, len(grading.reports()), 0.0)
        before = disturbed_runs.marks(grading.reports())
        result.complaints += self._finish(grading, victim, result)
        now = disturbed_runs.marks(grading.reports())
        again = [name for name in before if now.get(name) != before[name]]
        result.complaints += [f"{name} was written again" for name in again]
        result.complaints += disturbed_runs.complaints(grading.out, self._expected)
        result.seconds = round(time.monotonic() - started, 1)
        return result

    def _await(self, grading: disturbed_runs.Grading, draw: random.Random) -> None:
        """Wait for a random moment: in one round of five before the first report, else after some reports."""
        if draw.random() < 0.2:
            with suppress(subprocess.TimeoutExpired):
                grading.process.wait(timeout=draw.uniform(0, self._start_seconds))
        else:
            grading.until(draw.randint(0, NUMBER))
            with suppress(subprocess.TimeoutExpired):
                grading.process.wait(timeout=draw.uniform(0, 0.5))

    def _finish(self, grading: disturbed_runs.Grading, victim: str, result: Round) -> list[str]:
        """See the run, or the one after it, to its end; return what was wrong with that."""
        status, found = grading.finish(), []
        runs = [grading]
        if victim == HOST:
            result.reports_then = len(grading.reports())
            if status != -signal.SIGKILL:
                found.append(f"the killed run ended with {status}")
            killed_at = time.monotonic()
            runs.append(self._grading(grading.out.parent.name))
            result.orphans_seconds = _gone(grading, killed_at)
            status = runs[-1].finish()
            if result.orphans_seconds is None:
                found.append("a container outlived the run that was killed")
        if status:
            found.append(f"ended with {status}: {grading.said()[-1000:]}")
        if self._engine == "docker" and any(run.containers() for run in runs):
            found.append("a container is left")
        return found

    def _grading(self, name: str) -> disturbed_runs.Grading:
        return disturbed_runs.Grading(
            self._class, self._folder / name, self._engine, self._sessions, env=self._environment
        )


def _gone(grading: disturbed_runs.Grading, since: float) -> float | None:
    """Return within how many seconds the run's containers were gone; None where they stayed."""
    while grading.engine == "docker" and grading.containers():
        if time.monotonic() - since > _GONE_SECONDS:
            return None
        time.sleep(1)
    return round(time.monotonic() - since, 1)


def _so_far(path: Path, about: dict[str, Any]) -> dict[str, Any]:
    """Return the results of earlier calls with the same engine, seed and code."""
    with suppress(OSError, ValueError):
        known: dict[str, Any] = json.loads(path.read_text())
        if about == {key: known.get(key) for key in about}:
            return known
    return dict(about)


def _write(results: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(results, indent=1) + "\n")


def _totals(rounds: list[Round]) -> dict[str, Any]:
    return {
        "number": len(rounds),
        "submissions": NUMBER,
        "victims": dict(Counter(one.victim for one in rounds)),
        "moments": dict(Counter(one.moment for one in rounds)),
        "failures": sum(bool(one.complaints) for one in rounds),
    }


def _line(one: Round) -> str:
    verdict = "; ".join(one.complaints) or "all well"
    return (
        f"{one.number}: {one.victim} at {one.reports_then} reports, {one.seconds:.0f} s: {verdict}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
