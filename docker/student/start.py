"""Starts JupyterLab for a student, or a hub's server for one, in a folder with all that was released.

start.py auto            JupyterLab, or, where a JupyterHub started this, its server: what the image does
start.py COMMAND...      any other command instead
start.py --here COURSE   JupyterLab without a container, in the work folder of that course folder

Files that a student has are never replaced. Python's own library is all that this needs.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from release_files import copy_missing

AUTO = "auto"
STUDENT = 1000  # user and group of whoever works, where the work folder does not say another
FONTS = Path("/opt/matplotlib")  # matplotlib's list of fonts, made with the image
LISTENING = 120.0  # seconds for JupyterLab to answer


@dataclass(frozen=True)
class Place:
    """Where a student works: what is copied, to where, and the address at which JupyterLab listens."""

    release: Path
    work: Path
    ip: str
    port: int


def main(arguments: list[str]) -> NoReturn:
    """Prepare the work folder, and become JupyterLab, a hub's server or the command that is given."""
    port = int(os.environ.get("STUDENT_PORT") or 8888)
    if arguments[:1] == ["--here"]:
        course = Path(arguments[1]).resolve()
        place, arguments = Place(course / "release", course / "work", "127.0.0.1", port), [AUTO]
    else:
        # The port of the host leads to 8888 here, and nobody but the host itself reaches it.
        place = Place(Path("/opt/release"), Path("/home/student/work"), "0.0.0.0", 8888)
        if os.geteuid() == 0 and not in_user_namespace():
            become_owner(place.work)
        make_home()
    fill(place)
    os.chdir(place.work)
    if arguments == [AUTO] and "JUPYTERHUB_API_TOKEN" not in os.environ:
        start_lab(place, port)
    command = ["jupyterhub-singleuser"] if arguments == [AUTO] else arguments
    os.execvp(command[0], command)


def fill(place: Place) -> None:
    """Copy what the student does not have yet, and say so; ends where that is impossible."""
    try:
        new = copy_missing(place.release, place.work)
        tempfile.TemporaryFile(dir=place.work).close()
    except OSError as error:
        sys.exit(
            f"The folder with your work takes no files ({error.strerror or error}): {place.work}. Give it to "
            f"user {os.geteuid()}, or make room, and start again. Nothing in it was changed or lost."
        )
    if new:
        print(f"Copied what was not there yet: {len(new)} files of the course.", flush=True)


def start_lab(place: Place, port: int) -> NoReturn:
    """Become JupyterLab, and print the one address to open once it listens."""
    token = secrets.token_hex(24)
    options = {
        "ServerApp.ip": place.ip, "ServerApp.port": place.port, "ServerApp.port_retries": 0,
        "ServerApp.root_dir": place.work, "ServerApp.open_browser": False, "ServerApp.allow_root": True,
        "ServerApp.allow_remote_access": False,
    }  # fmt: skip
    if os.fork() == 0:
        announce(place.port, f"http://127.0.0.1:{port}/lab?token={token}")
        os._exit(0)
    # The token is in no command line, which others on a machine can read. Errors alone are logged: Jupyter's
    # own list of addresses is for other ports than the host's.
    environment = os.environ | {"JUPYTER_TOKEN": token}
    words = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "jupyterlab", *words, "--Application.log_level=ERROR"]
    os.execve(sys.executable, command, environment)


def announce(port: int, address: str) -> None:
    """Print the address as soon as something listens at the port."""
    parent, until = os.getppid(), time.monotonic() + LISTENING
    while os.getppid() == parent and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            print(f"JupyterLab is ready. Open this address:\n\n    {address}\n", flush=True)
            return


def in_user_namespace(table: Path = Path("/proc/self/uid_map")) -> bool:
    """Tell whether root is nobody special outside: then it is the very user who started the container."""
    inside, outside, _ = table.read_text().split()[:3]
    return (inside, outside) != ("0", "0")


def become_owner(work: Path) -> None:
    """Become the user whose folder it is: files then belong to the same user inside and outside.

    A folder of root's, which the engine makes where there is none, goes to the image's own user.
    """
    owner = work.stat()
    user, group = (owner.st_uid, owner.st_gid) if owner.st_uid else (STUDENT, STUDENT)
    if owner.st_uid == 0:
        for folder, _, names in os.walk(work):
            for path in (folder, *(os.path.join(folder, name) for name in names)):
                if os.lstat(path).st_uid == 0:
                    os.chown(path, user, group, follow_symlinks=False)
    os.chown(pwd.getpwuid(STUDENT).pw_dir, user, group)
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)


def make_home() -> None:
    """Give whoever runs this a name and a home folder that takes files, and in it matplotlib's fonts."""
    home = Path(pwd.getpwuid(STUDENT).pw_dir)
    if not os.access(home, os.W_OK):
        home = Path(tempfile.mkdtemp(prefix="home-"))
    os.environ |= {"HOME": str(home), "USER": "student", "LOGNAME": "student"}
    if FONTS.is_dir():
        shutil.copytree(FONTS, home / ".cache" / "matplotlib", dirs_exist_ok=True)


if __name__ == "__main__":
    main(sys.argv[1:])
