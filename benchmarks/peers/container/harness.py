"""Runs inside the peers' container: grades one submission with a peer, says what came of it.

Reads one JSON object from standard input and writes one to standard output. It is root and uses the standard
library alone; the peer and all that it starts are the user `instructor`.

    system      "nbgrader" or "otter"
    files       what to put into the work folder first: path -> base64
    commands    what to run there one after the other, each a list of words
    seconds     how long they may take together; who takes longer is killed
    results     paths, relative to the work folder, to send back where they are there

The answer: `results` (path -> base64), `left` (what was still there when the commands had ended), `killed`,
`output` (the last words of the commands).
"""

import base64
import json
import os
import pwd
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

WORK = Path("/tmp/course")
USER = pwd.getpwnam("instructor")
GRACE = 5.0  # seconds after which what still runs counts as left behind
LAST_WORDS = 3000
SHARED = {
    "shm": "shared memory segment",
    "sem": "semaphore set",
    "msg": "message queue",
}


def main():
    """Do what standard input asks for."""
    job = json.load(sys.stdin)
    WORK.mkdir()
    USER_HOME.mkdir()
    for path, content in job["files"].items():
        target = WORK / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(base64.b64decode(content))
    for folder, _, names in os.walk("/tmp"):
        for path in (folder, *(os.path.join(folder, name) for name in names)):
            if path != "/tmp":
                os.chown(path, USER.pw_uid, USER.pw_gid)
    deadline = time.monotonic() + job["seconds"]
    killed, output = False, ""
    for command in job["commands"]:
        timed_out, words = run(command, deadline)
        killed, output = killed or timed_out, (output + words)[-LAST_WORDS:]
    if job["system"] == "otter":
        kill_all()  # the end of a container of its own takes everything along
        left = []
    else:
        left = wait_for_processes() + shared_memory()
    json.dump({"results": read(job["results"]), "left": left, "killed": killed,
               "output": output}, sys.stdout)  # fmt: skip


USER_HOME = Path(USER.pw_dir)


def run(command, deadline):
    """Run a command as `instructor`; return whether it was killed for its time, and its last words."""
    process = subprocess.Popen(
        command,
        cwd=WORK,
        user=USER.pw_uid,
        group=USER.pw_gid,
        extra_groups=[],
        env=os.environ | {"HOME": USER.pw_dir, "MPLBACKEND": "agg", "USER": USER.pw_name},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    words = []
    reader = threading.Thread(target=keep_last_words, args=(process.stdout, words), daemon=True)
    reader.start()
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
        timed_out = False
    except subprocess.TimeoutExpired:
        kill_all()
        process.wait()
        timed_out = True
    reader.join(1.0)  # the pipe stays open where a process was left behind
    return timed_out, "".join(words)[-LAST_WORDS:]


def keep_last_words(stream, words):
    """Read a stream to its end; `words` is one text, never much longer than LAST_WORDS."""
    while data := os.read(stream.fileno(), 65536):
        words[:] = ["".join([*words, data.decode(errors="replace")])[-LAST_WORDS:]]


def processes():
    """Return the command lines of what `instructor` runs, zombies not counted."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            status = (entry / "status").read_text()
            if f"Uid:\t{USER.pw_uid}\t" in status and "State:\tZ" not in status:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
                found.append("process " + line.decode(errors="replace").strip()[:200])
        except OSError:
            continue
    return found


def wait_for_processes():
    """Return what still runs after a time of grace."""
    deadline = time.monotonic() + GRACE
    while (left := processes()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def shared_memory():
    """Return the System V objects that there are (proc(5), /proc/sysvipc)."""
    left = []
    for kind, name in SHARED.items():
        lines = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
        left += [name] * len(lines)
    return left


def kill_all():
    """Kill every process of `instructor`, those too that are being forked meanwhile."""
    child = os.fork()
    if child == 0:
        os.setgid(USER.pw_gid)
        os.setuid(USER.pw_uid)
        for _ in range(20):
            try:
                os.kill(-1, signal.SIGKILL)
            except ProcessLookupError:
                break
            time.sleep(0.05)
        os._exit(0)
    os.waitpid(child, 0)


def read(paths):
    """Return the files that are there, each up to 64 MiB."""
    contents = {}
    for path in paths:
        file = WORK / path
        if file.is_file() and not file.is_symlink() and file.stat().st_size <= 1 << 26:
            contents[path] = base64.b64encode(file.read_bytes()).decode()
    return contents


if __name__ == "__main__":
    main()
