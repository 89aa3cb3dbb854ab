"""A PostgreSQL server of a test's own, run as an ordinary user in a folder of its own."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.jupyter_server import free_port

_DEBIAN = Path("/usr/lib/postgresql")
_SECONDS = 60.0


def missing() -> str | None:
    """One sentence on why no server can be started here; None where one can."""
    if importlib.util.find_spec("psycopg") is None:
        return "PostgreSQL's driver is not installed here: pip install 'psycopg[binary]'."
    if _program("initdb") is None:
        return "There is no PostgreSQL here: apt-get install postgresql."
    return None


def _program(name: str) -> str | None:
    """Return the newest of Debian's, which are on nobody's PATH."""
    found = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    return str(found[-1]) if found else shutil.which(name)


@contextmanager
def serve() -> Iterator[str]:
    """Start a server; yield the URL of an empty database. Raises AssertionError where it does not start."""
    user = _ordinary_user()
    folder = Path(tempfile.mkdtemp(prefix="autograder-postgres-", dir="/tmp"))
    if user is not None:
        os.chown(folder, user, -1)
    data, port = folder / "data", free_port()
    _run(
        user,
        _program("initdb"),
        "-D",
        data,
        "-U",
        "grader",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    )
    options = ("-h", "127.0.0.1", "-p", str(port), "-k", folder, "-c", "fsync=off")
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(_program("postgres")), "-D", data, *options],
            user=user,
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        url = f"postgresql+psycopg://grader@127.0.0.1:{port}/postgres"
        _wait(url, server)
        yield url
    finally:
        server.send_signal(
            signal.SIGINT
        )  # at once: SIGTERM would wait for connections that somebody keeps
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user() -> int | None:
    """Return whom to run it as, since PostgreSQL refuses root; None for whoever runs this."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return names.get("postgres", names["nobody"])


def _run(user: int | None, *command: object) -> None:
    ended = subprocess.run(
        list(map(str, command)), user=user, cwd="/", capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    from sqlalchemy import create_engine
    from sqlalchemy.exc import OperationalError
    from sqlalchemy.pool import NullPool

    deadline = time.monotonic() + _SECONDS
    engine = create_engine(url, poolclass=NullPool)
    while server.poll() is None and time.monotonic() < deadline:
        try:
            engine.connect().close()
        except OperationalError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"PostgreSQL did not start (status {server.poll()}).")
