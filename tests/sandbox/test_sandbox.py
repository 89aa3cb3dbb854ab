"""Claims about a worker's start and end, made by real forks of this process."""

import ctypes
import os
import resource
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import limits
from autograder.course.folder import Course
from autograder.sandbox import confine, descriptors, identity, rlimits, scratch
from autograder.sandbox.config import SessionConfig
from tests.helpers.forks import REPORT, attempt, in_fork

NOBODY = 19_000  # of no worker, so that its limits count no process of a session
PR_GET_NO_NEW_PRIVS = 39
Unless = Callable[[bool, str], None]


@pytest.fixture
def as_root(unless: Unless) -> None:
    """For what only root can do: giving a process another user."""
    unless(os.getuid() == 0, "only root can give a worker a user of its own")


@pytest.mark.usefixtures("as_root")
def test_a_user_given_up_is_given_up_for_good():
    """No id, no group and no capability of before is left to go back to."""

    def body() -> Any:
        identity.become(NOBODY)
        back = [attempt(lambda: os.setuid(0)), attempt(lambda: os.setgid(0))]
        status = Path("/proc/self/status").read_text()
        effective = status.partition("CapEff:")[2].split()[0]
        return os.getresuid(), os.getresgid(), os.getgroups(), back, int(effective, 16)

    assert in_fork(body) == [[NOBODY] * 3, [NOBODY] * 3, [], ["EPERM", "EPERM"], 0]


@pytest.mark.usefixtures("as_root")
def test_own_users_need_folders_that_can_be_reached(course: Course, open_folder: Path):
    """Where the runtime lies in somebody's private folder, all stay one user, and say so."""
    private = open_folder / "private"
    (private / "course").mkdir(parents=True)
    private.chmod(0o700)
    assert identity.can_change([open_folder], [open_folder])
    assert not identity.can_change([private / "course"], [open_folder])
    assert not identity.can_change([open_folder], [private / "course"])


@pytest.mark.usefixtures("as_root")
def test_users_cannot_be_given_by_who_is_not_root(open_folder: Path):
    """The question is answered, not tried."""

    def body() -> bool:
        identity.become(NOBODY)
        return identity.can_change([open_folder], [open_folder])

    assert in_fork(body) is False


def test_every_limit_is_set_and_stays():
    """Soft and hard, so that student code cannot raise them again."""

    def body() -> Any:
        if os.getuid() == 0:
            identity.become(NOBODY)
        rlimits.apply()
        found = [resource.getrlimit(kind) for kind in kinds]
        raised = [attempt_limit(kind) for kind in kinds]
        return found, raised

    def attempt_limit(kind: int) -> bool:
        try:
            resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (ValueError, OSError):
            return False
        return True

    wanted = {
        resource.RLIMIT_DATA: limits.WORKER_DATA,
        resource.RLIMIT_CPU: limits.WORKER_CPU_SECONDS,
        resource.RLIMIT_NPROC: limits.WORKER_THREADS,
        resource.RLIMIT_FSIZE: limits.WORKER_FILE_SIZE,
        resource.RLIMIT_NOFILE: limits.WORKER_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    kinds = list(wanted)
    found, raised = in_fork(body)
    for kind, (soft, hard) in zip(kinds, found, strict=True):
        assert soft == hard
        assert 0 <= soft <= wanted[kind]
    assert raised == [False] * len(kinds)


@pytest.mark.parametrize(
    ("greedy", "ends_with"),
    [
        (lambda: bytearray(limits.WORKER_DATA), "MemoryError"),
        (lambda: [os.open("/dev/null", 0) for _ in range(limits.WORKER_OPEN_FILES)], "EMFILE"),
        (lambda: _stretched("big", limits.WORKER_FILE_SIZE + 1), "EFBIG"),
    ],
    ids=["memory", "open files", "file size"],
)
def test_a_worker_meets_its_limits_as_exceptions(
    greedy: Callable[[], Any], ends_with: str, config: SessionConfig
):
    """It is told no; it is not killed, and nor is anything else."""

    def body() -> None:
        confine.untrusted(config, 1)
        greedy()

    assert in_fork(body) == ends_with


def _touched(name: str) -> None:
    Path(name).touch()


def _stretched(name: str, size: int) -> None:
    with open(name, "wb") as file:
        file.truncate(size)


@pytest.mark.usefixtures("as_root")
def test_a_worker_cannot_start_processes_without_end():
    """The limit counts its user's processes, so it needs a user of its own."""

    def body() -> int:
        identity.become(NOBODY)
        rlimits.apply()
        pids = []
        try:
            while (pid := os.fork()) and len(pids) < 2 * limits.WORKER_THREADS:
                pids.append(pid)
        except BlockingIOError:
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            return len(pids)
        signal.pause()  # a child, until it is killed
        return -1

    assert 0 < in_fork(body) < limits.WORKER_THREADS


def test_a_worker_starts_clean(config: SessionConfig, monkeypatch: pytest.MonkeyPatch):
    """In its own folder and session, with no variable of ours, first to go when memory runs out."""
    monkeypatch.setenv("GRADEBOOK_PASSWORD", "secret")

    def body() -> Any:
        confine.untrusted(config, 3)
        no_new_privileges = ctypes.CDLL(None).prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)
        own = [os.environ["HOME"], os.environ["TMPDIR"], os.getcwd()]
        return (
            "GRADEBOOK_PASSWORD" in os.environ,
            own,
            os.getsid(0) == os.getpid(),
            no_new_privileges,
        )

    folder = str(config.scratch / "worker-3")
    assert in_fork(body) == [False, [folder] * 3, True, 1]
    assert (config.scratch / "worker-3").stat().st_mode & 0o777 == 0o700


def test_a_fork_keeps_no_descriptor_but_its_own(config: SessionConfig):
    """Nothing that the parent has open is within reach, and standard output leads nowhere."""
    with tempfile.TemporaryFile() as secret, tempfile.TemporaryFile() as own:

        def body() -> Any:
            descriptors.close_all_but({own.fileno(), REPORT})
            descriptors.silence()
            leads_to = {os.readlink(f"/proc/self/fd/{standard}") for standard in (0, 1, 2)}
            own_is_open = attempt(lambda: os.fstat(own.fileno()))
            return attempt(lambda: os.fstat(secret.fileno())), own_is_open, list(leads_to)

        assert in_fork(body) == ["EBADF", "done", ["/dev/null"]]


def _deep_tree() -> None:
    for _ in range(1500):
        os.mkdir("deep")
        os.chdir("deep")
    Path("file").touch()


@pytest.mark.parametrize(
    "leave",
    [
        lambda: Path("file").write_text("x"),
        lambda: (os.makedirs("closed/inner"), os.chmod("closed/inner", 0), os.chmod("closed", 0)),
        lambda: os.chmod(".", 0),
        lambda: os.symlink("/", "root"),
        lambda: os.mkfifo("pipe"),
        lambda: [_touched(os.fsdecode(bytes([65, 200 + i]))) for i in range(9)],
        _deep_tree,
    ],
    ids=["file", "closed folders", "closed itself", "link to /", "fifo", "odd names", "deep"],
)
def test_a_folder_is_removed_whatever_its_owner_did_to_it(
    leave: Callable[[], Any], open_folder: Path
):
    """So that no later submission finds anything in it, or lacks the room; by no more than its owner."""
    folder = open_folder / "folder"

    def body() -> None:
        if os.getuid() == 0:
            identity.become(NOBODY)
        folder.mkdir()
        os.chdir(folder)
        leave()
        os.chdir("/")
        scratch.remove(folder)

    assert in_fork(body) is None
    assert os.listdir(open_folder) == []
    assert Path("/usr").exists()


def test_nothing_of_a_workers_folder_stays(config: SessionConfig):
    """The parent removes it as the user who owns it."""

    def body() -> None:
        confine.untrusted(config, 1)
        _touched("file")

    assert in_fork(body) is None
    assert (config.scratch / "worker-1" / "file").exists()
    confine.wipe(config, 1)
    assert os.listdir(config.scratch) == []


def test_wiping_what_is_not_there_is_no_error(config: SessionConfig):
    """The first worker has no predecessor."""
    confine.wipe(config, 0)
    assert os.listdir(config.scratch) == []
