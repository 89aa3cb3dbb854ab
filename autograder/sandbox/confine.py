"""Turns a fresh fork into a trusted or an untrusted process: every mechanism, in the order that works.

What this kernel or machine lacks is left out; probe.py finds out whether enough is left to grade with.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from autograder.course.folder import libraries
from autograder.sandbox import (
    descriptors,
    identity,
    landlock,
    oom,
    privileges,
    reaper,
    rlimits,
    seccomp,
    variables,
)
from autograder.sandbox.config import SessionConfig
from autograder.sandbox.scratch import remove

_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/fonts",
    "/etc/localtime",
    "/sys/devices/system/cpu",
)
# Numerical libraries look here for the processor when they start; some abort without the first.
_PROC = ("/proc/self/cmdline", "/proc/cpuinfo")
# Not /dev/zero: what is mapped of it and shared is memory that no limit counts.
_DEVICES = ("/dev/null", "/dev/urandom", "/dev/random")


def trusted(config: SessionConfig) -> None:
    """Make this process one of the trusted side: its own user where possible, no capability left."""
    if config.own_uids:
        identity.become(identity.TRUSTED_UID)
    privileges.keep_only()
    reaper.die_with_parent()
    privileges.no_new_privileges()


def untrusted(config: SessionConfig, number: int) -> None:
    """Make this process the worker `number`: own user, own scratch folder, limits, clean variables."""
    os.setsid()
    oom.go_first()
    if config.own_uids:
        identity.become(_uid(config, number))
    reaper.die_with_parent()
    scratch = _scratch(config, number)
    scratch.mkdir(mode=0o700)
    os.chdir(scratch)
    variables.clean(scratch, config.settings.variables)
    rlimits.apply()
    privileges.keep_only()
    privileges.no_new_privileges()
    if landlock.abi():
        readable = (*libraries(), *config.readable(), *map(Path, (*_SYSTEM, *_PROC)))
        landlock.apply(readable, (scratch, *map(Path, _DEVICES)), [config.course.release])
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
        descriptors.silence()
        if config.own_uids:
            identity.become(_uid(config, number))
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        remove(scratch)
    finally:
        os._exit(0)


def _uid(config: SessionConfig, number: int) -> int:
    return config.worker_uids[number % len(config.worker_uids)]


def _scratch(config: SessionConfig, number: int) -> Path:
    return config.scratch / f"worker-{number}"
