"""Claims about the wall around a worker, made by real forks that try to get over it."""

import ctypes
import errno
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.course.folder import Course
from autograder.sandbox import confine, landlock, privileges
from autograder.sandbox.config import SessionConfig
from tests.helpers.forks import attempt, in_fork

PTRACE_ATTACH = 16
LIBC = ctypes.CDLL(None, use_errno=True)
Unless = Callable[[bool, str], None]


@pytest.fixture
def walled(unless: Unless) -> None:
    """For what Landlock does."""
    unless(landlock.abi() > 0, "this kernel has no Landlock")


def _wall(readable: list[Path], writable: list[Path], listable: list[Path] | None = None) -> None:
    privileges.no_new_privileges()
    landlock.apply(readable, writable, listable or [])


@pytest.fixture
def folders(open_folder: Path) -> dict[str, Path]:
    """Three folders with a file in each: to read, to write, and neither."""
    places = {name: open_folder / name for name in ("readable", "writable", "secret")}
    for place in places.values():
        place.mkdir()
        place.chmod(0o777)
        (place / "file").write_text("content")
        (place / "file").chmod(0o777)
    return places


@pytest.mark.usefixtures("walled")
@pytest.mark.parametrize(
    ("action", "readable", "writable", "secret"),
    [
        (lambda place: (place / "file").read_bytes(), "done", "done", "EACCES"),
        (os.listdir, "done", "done", "EACCES"),
        (lambda place: (place / "file").write_text("x"), "EACCES", "done", "EACCES"),
        (lambda place: os.truncate(place / "file", 0), "EACCES", "done", "EACCES"),
        (lambda place: (place / "new").touch(), "EACCES", "done", "EACCES"),
        (lambda place: (place / "new").mkdir(), "EACCES", "done", "EACCES"),
        (lambda place: (place / "new").symlink_to("x"), "EACCES", "done", "EACCES"),
        (lambda place: os.mkfifo(place / "new"), "EACCES", "done", "EACCES"),
        (lambda place: (place / "file").unlink(), "EACCES", "done", "EACCES"),
        (lambda place: os.execv(place / "file", ["x"]), "ENOEXEC", "EACCES", "EACCES"),
    ],
    ids=[
        "read",
        "list",
        "write",
        "truncate",
        "create",
        "mkdir",
        "symlink",
        "fifo",
        "unlink",
        "run",
    ],
)
def test_landlock_allows_what_was_granted_and_nothing_else(
    action: Callable[[Path], Any], readable: str, writable: str, secret: str, folders: Any
):
    """Even to root, and even where the file's own rights allow all."""

    def body() -> Any:
        _wall([folders["readable"]], [folders["writable"]])
        return [attempt(lambda place=place: action(place)) for place in folders.values()]

    assert in_fork(body) == [readable, writable, secret]


@pytest.mark.usefixtures("walled")
def test_landlock_shows_the_names_in_a_listable_folder_and_not_what_the_files_hold(
    folders: dict[str, Path],
) -> None:
    """At any depth, as an import looks for modules."""
    place = folders["secret"]
    (place / "deeper").mkdir()
    (place / "deeper" / "file").write_text("content")

    def look() -> list[str]:
        _wall([], [], [place])
        deeper = place / "deeper"
        return [attempt(lambda: os.listdir(deeper)), attempt((deeper / "file").read_bytes)]

    assert in_fork(look) == ["done", "EACCES"]


@pytest.mark.usefixtures("walled")
def test_links_do_not_lead_out(folders: dict[str, Path]):
    """Neither a symbolic link to a secret, nor moving or hard-linking one into reach."""

    def body() -> Any:
        _wall([], [folders["writable"]])
        secret, link = folders["secret"] / "file", folders["writable"] / "link"
        link.symlink_to(secret)
        return [
            attempt(link.read_text),
            attempt(lambda: os.link(secret, folders["writable"] / "hard")) != "done",
            attempt(lambda: os.rename(secret, folders["writable"] / "moved")) != "done",
        ]

    assert in_fork(body) == ["EACCES", True, True]


@pytest.mark.usefixtures("walled")
def test_the_wall_holds_for_children_and_other_programs(folders: dict[str, Path]):
    """Fork and exec take it along."""

    def body() -> int:
        _wall([Path(p) for p in ("/usr", "/lib", "/lib64", "/bin")], [])
        pid = os.fork()
        if pid == 0:
            os.execv("/bin/cat", ["cat", str(folders["secret"] / "file")])
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    assert in_fork(body) == 1


def test_a_worker_reaches_no_process_but_its_own(unless: Unless):
    """No signal, no ptrace, no look into its memory, whatever the users are."""
    unless(landlock.abi() >= 6, "this kernel's Landlock does not scope signals")
    pid = os.getpid()

    def body() -> Any:
        _wall([], [])
        LIBC.ptrace(PTRACE_ATTACH, pid, 0, 0)
        ptrace = errno.errorcode[ctypes.get_errno()]
        memory = attempt(lambda: os.open(f"/proc/{pid}/mem", os.O_RDONLY))
        return attempt(lambda: os.kill(pid, 0)), ptrace, memory

    assert in_fork(body) == ["EPERM", "EPERM", "EACCES"]


@pytest.mark.parametrize("family", ["tcp", "abstract"])
def test_a_worker_reaches_no_socket(family: str, unless: Unless):
    """Neither over TCP nor by an abstract name, where namespaces do not hide them anyway."""
    unless(landlock.abi() >= 6, "this kernel's Landlock does not scope sockets")
    kind = socket.AF_INET if family == "tcp" else socket.AF_UNIX
    with socket.socket(kind) as listening:
        listening.bind(("127.0.0.1", 0) if family == "tcp" else "\0autograder-test")
        listening.listen()

        def body() -> None:
            _wall([], [])
            socket.socket(kind).connect(listening.getsockname())

        assert in_fork(body) in ("EACCES", "EPERM")


@pytest.mark.usefixtures("walled")
def test_a_worker_reads_the_runtime_and_no_secret(config: SessionConfig, course: Course):
    """The release and Python are there; checks, solutions, other students and the machine are not."""
    (config.scratch / "worker-2").mkdir(mode=0o777)
    (config.scratch / "worker-2" / "notebook").write_text("another student's")
    package = Path(confine.__file__).parent
    secrets = [
        course.master, *course.checks.glob("*.py"), config.scratch / "worker-2" / "notebook",
        package / "confine.py", Path("/etc/passwd"), Path("/proc/1/cmdline"),
        Path(f"/proc/{os.getpid()}/environ"), Path(__file__),
    ]  # fmt: skip
    folders = [course.source, course.checks, config.scratch, Path("/"), Path("/tmp"), Path("/home")]
    released = course.release / "utils.py"

    def body() -> Any:
        confine.untrusted(config, 1)
        reading = [attempt(path.read_bytes) for path in secrets]
        listing = [attempt(lambda folder=folder: os.listdir(folder)) for folder in folders]
        good = [attempt(released.read_bytes), attempt(Path(json.__file__).read_bytes)]
        return set(reading), set(listing) - {"ENOENT"}, good, attempt(lambda: Path("own").touch())

    def listed() -> Any:
        reading, listing, *rest = body()
        return sorted(reading), sorted(listing), *rest

    assert in_fork(listed) == [["EACCES"], ["EACCES"], ["done", "done"], "done"]
