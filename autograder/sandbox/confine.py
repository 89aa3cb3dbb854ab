"""Turns a fresh fork into a trusted or an untrusted process: every mechanism, in the order that works.

A mechanism that this kernel or machine lacks is left out; `autograder doctor` says which.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from autograder.sandbox import identity, landlock, reaper, rlimits, seccomp
from autograder.sandbox.config import SessionConfig
from autograder.sandbox.scratch import remove
from autograder.sandbox.variables import RUNTIME

_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/fonts",
    "/etc/localtime",
    "/sys/devices/system/cpu",
)
# TensorFlow reads these two when it starts, and aborts without the first.
_PROC = ("/proc/self/cmdline", "/proc/cpuinfo")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", *RUNTIME)


def trusted(config: SessionConfig) -> None:
    """Make this process one of the trusted side: its own user where possible, no capability left."""
    if config.own_uids:
        identity.become(identity.TRUSTED_UID)
    identity.drop_capabilities()
    reaper.die_with_parent()
    landlock.no_new_privileges()


def untrusted(config: SessionConfig, number: int) -> None:
    """Make this process the worker `number`: own user, own scratch folder, walls, limits, clean variables."""
    os.setsid()
    Path("/proc/self/oom_score_adj").write_text("1000")  # first victim when memory runs out
    if config.own_uids:
        identity.become(_uid(config, number))
    reaper.die_with_parent()
    scratch = _scratch(config, number)
    scratch.mkdir(mode=0o700)
    os.chdir(scratch)
    _clean_environment(scratch)
    rlimits.apply()
    identity.drop_capabilities()
    landlock.no_new_privileges()
    if landlock.abi():
        readable = (*config.course.runtime(), *map(Path, (*_SYSTEM, *_PROC)))
        landlock.apply(readable, (scratch, *map(Path, _DEVICES)))
    if seccomp.available():
        seccomp.apply()


def wipe(config: SessionConfig, number: int) -> None:
    """Remove the scratch folder of worker `number`, as its user, who may, after ending all it runs.

    kill(2) with -1 reaches all processes of a user at once, however fast they fork.
    """
    scratch = _scratch(config, number)
    if not scratch.exists():
        return
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return
    try:
        if config.own_uids:
            identity.become(_uid(config, number))
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        remove(scratch)
    finally:
        os._exit(0)


def silence() -> None:
    """Point standard input, output and error to /dev/null: what students print is not kept."""
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)


def close_descriptors(keep: set[int]) -> None:
    """Close every inherited descriptor above 2 but those of `keep`."""
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) not in keep:
            try:
                os.close(int(name))
            except OSError:  # the one that listed this folder
                continue


def _clean_environment(scratch: Path) -> None:
    for name in set(os.environ) - set(_KEPT_VARIABLES):
        del os.environ[name]
    os.environ.update(
        HOME=str(scratch), TMPDIR=str(scratch), MPLBACKEND="agg", MPLCONFIGDIR=str(scratch)
    )


def _uid(config: SessionConfig, number: int) -> int:
    return config.worker_uids[number % len(config.worker_uids)]


def _scratch(config: SessionConfig, number: int) -> Path:
    return config.scratch / f"worker-{number}"
