"""A probe of the confinement: a session grades only where all that must hold does hold.

A fork is confined exactly as a worker is and then attempts what each mechanism is there to stop. So a
kernel, a container runtime or an administrator that takes one away is noticed at the start of every
session, and `autograder doctor` shows the same list.
"""

from __future__ import annotations

import ctypes
import errno
import json
import mmap
import os
import resource
import secrets
import socket
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.sandbox import confine, descriptors, privileges, rlimits, variables
from autograder.sandbox.config import SessionConfig

_IPC_CREATE = 0o1600
_MAP_GROWSDOWN = 0x100


@dataclass(frozen=True)
class Probe:
    """What a confined fork knows while it probes: the session, the pid of the trusted side, what is secret.

    The names of secret files are found out before: a confined process cannot even list their folders.
    """

    config: SessionConfig
    parent: int
    secrets: tuple[Path, ...]


@dataclass(frozen=True)
class Mechanism:
    """One part of the confinement; `holds` runs inside and tells whether the attempt was stopped.

    Nothing is graded without a `required` one; of the others, `remedy` says how to have them, too.
    """

    name: str
    stops: str
    required: bool
    holds: Callable[[Probe], bool]
    remedy: str = ""


def _secrets_are_hidden(probe: Probe) -> bool:
    proc = [Path(f"/proc/{probe.parent}/{name}") for name in ("environ", "maps", "mem", "fd")]
    return not any(_readable(path) for path in (*probe.secrets, *proc))


def _secrets(config: SessionConfig) -> tuple[Path, ...]:
    """Return what no worker may read: checks, solutions, and what was released to be looked at alone."""
    course = config.course
    checks = [course.checks / f"test_{exercise}.py" for exercise in config.settings.exercises]
    *allowed, compiled = config.readable()
    released = [path for path in course.release.rglob("*") if path.is_file()]
    shown = [path for path in released if path not in allowed and path.parent != compiled]
    key = course.checks / "seed.key"
    return (course.master, *course.secrets(), key, course.settings, *checks, *shown)


def _readable(path: Path) -> bool:
    try:
        if path.is_dir():
            return bool(os.listdir(path))
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        return error.errno == errno.EIO  # opened: only the position cannot be read
    return True


def _others_folders_are_closed(probe: Probe) -> bool:
    folders = (*probe.config.course.runtime(), Path("/dev/shm"), Path("/var/tmp"))
    return not any(_done(partial(_change, folder)) for folder in folders)


def _shared_folder_is_closed(probe: Probe) -> bool:
    return not _done(partial(_add_file, probe.config.scratch))


def _change(folder: Path) -> None:
    """Add a file to a folder or, where that is refused, set its mode, to what it is."""
    if not _done(partial(_add_file, folder)):
        folder.chmod(stat.S_IMODE(folder.stat().st_mode))


def _add_file(folder: Path) -> None:
    file = folder / f"probe-{secrets.token_hex(8)}"
    file.touch(exist_ok=False)
    file.unlink()


def _no_process_starts(_: Probe) -> bool:
    try:
        pid = os.fork()
    except OSError:
        return not _done(lambda: os.execv("/bin/true", ["true"]))
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return False


def _no_signal_leaves(probe: Probe) -> bool:
    return not any(_done(partial(os.kill, pid, 0)) for pid in (probe.parent, -1, -probe.parent))


def _others_memory_is_closed(probe: Probe) -> bool:
    libc = ctypes.CDLL(None)
    byte = ctypes.create_string_buffer(1)  # a fork of ours, so the parent has this address, too
    piece = (ctypes.c_void_p * 2)(ctypes.addressof(byte), 1)  # struct iovec
    read = libc.process_vm_readv(probe.parent, piece, 1, piece, 1, 0)
    traced = libc.ptrace(0, 0, None, None)  # PTRACE_TRACEME
    return bool(read < 0) and bool(traced < 0)


def _no_socket_opens(_: Probe) -> bool:
    families = (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK)
    return not any(_done(partial(socket.socket, family)) for family in families)


def _no_privilege_is_left(_: Probe) -> bool:
    return not privileges.any_left() and not _done(_new_namespace)


def _new_namespace() -> None:
    if ctypes.CDLL(None, use_errno=True).unshare(0x10000000):  # CLONE_NEWUSER
        raise OSError(ctypes.get_errno(), "unshare")


def _limits_stand(_: Probe) -> bool:
    return all(0 <= resource.getrlimit(kind)[1] <= bound for kind, bound in rlimits.BOUNDS.items())


def _no_memory_escapes_the_limits(_: Probe) -> bool:
    grows = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _MAP_GROWSDOWN
    return not (
        _done(partial(mmap.mmap, -1, 4096))
        or _done(partial(mmap.mmap, -1, 4096, grows))
        or _done(partial(os.memfd_create, "probe"))
        or _done(partial(os.open, "/dev/zero", os.O_RDWR))
    )


def _nothing_is_inherited(probe: Probe) -> bool:
    others = [number for number in range(3, 1024) if _done(partial(os.fstat, number))]
    return len(others) <= 1 and set(os.environ) <= variables.allowed(
        probe.config.settings.variables
    )


def _no_ipc_object_is_made(_: Probe) -> bool:
    libc = ctypes.CDLL(None)
    return all(
        made < 0
        for made in (
            libc.shmget(0, 4096, _IPC_CREATE),
            libc.semget(0, 1, _IPC_CREATE),
            libc.msgget(0, _IPC_CREATE),
        )
    )


def _files_are_few(probe: Probe) -> bool:
    room = os.statvfs(probe.config.scratch)
    return 0 < room.f_files <= 10**5 and room.f_blocks * room.f_frsize <= 2**30


def _user_is_its_own(probe: Probe) -> bool:
    return os.getuid() in probe.config.worker_uids


MECHANISMS = (
    Mechanism("files", "reading checks, solutions, /proc of others", True, _secrets_are_hidden),
    Mechanism("folders", "writing outside the scratch folder", True, _others_folders_are_closed),
    Mechanism("processes", "starting processes and programs", True, _no_process_starts),
    Mechanism("signals", "signals to any other process", True, _no_signal_leaves),
    Mechanism("memory", "reading or tracing other processes", True, _others_memory_is_closed),
    Mechanism("network", "sockets of every kind", True, _no_socket_opens),
    Mechanism("privileges", "capabilities, setuid, namespaces", True, _no_privilege_is_left),
    Mechanism("limits", "memory, threads, files without bound", True, _limits_stand),
    Mechanism("uncounted", "memory that no limit counts", True, _no_memory_escapes_the_limits),
    Mechanism("inheritance", "descriptors and variables of ours", True, _nothing_is_inherited),
    Mechanism("ipc", "objects that outlive their process", True, _no_ipc_object_is_made),
    Mechanism(
        "tidiness",
        "files beside the scratch folder",
        False,
        _shared_folder_is_closed,
        "use a kernel with Landlock",
    ),
    Mechanism(
        "disk",
        "more files or bytes than a session has room for",
        False,
        _files_are_few,
        "use Docker or bubblewrap",
    ),
    Mechanism("user", "sharing a user with anybody", False, _user_is_its_own, "use Docker"),
)


def held(config: SessionConfig) -> dict[str, bool]:
    """Confine a fork as a worker and return, for each mechanism by name, whether it held."""
    reading, writing = os.pipe()
    parent, secrets = os.getpid(), _secrets(config)
    pid = os.fork()
    if pid == 0:
        _run_probe(Probe(config, parent, secrets), writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    confine.wipe(config, 0)
    found = json.loads(told) if told else {}
    return {each.name: found.get(each.name) is True for each in MECHANISMS}


def missing(found: dict[str, bool]) -> str | None:
    """Return one sentence on the required mechanisms that do not hold; None if all do."""
    broken = [each for each in MECHANISMS if each.required and not found.get(each.name)]
    if not broken:
        return None
    what = "; ".join(f"{each.name} ({each.stops})" for each in broken)
    return (
        f"Nothing is graded here, since student code cannot be confined: {what}. "
        "Run 'autograder doctor', or use Docker on a machine with Linux 5.13 or later."
    )


def _run_probe(probe: Probe, writing: int) -> None:
    """Never return: a confined fork has no business in our stack."""
    try:
        descriptors.close_all_but({writing})
        descriptors.silence()
        confine.untrusted(probe.config, 0)
        found = {}
        for mechanism in MECHANISMS:
            found[mechanism.name] = _probed(mechanism, probe)
        os.write(writing, json.dumps(found).encode())
    finally:
        os._exit(0)


def _probed(mechanism: Mechanism, probe: Probe) -> bool:
    try:
        return mechanism.holds(probe)
    except OSError:  # of the attempt's preparations; what was not tried does not count as held
        return False


def _done(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True
