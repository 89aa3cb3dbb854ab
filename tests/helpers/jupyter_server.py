"""JupyterLab or Jupyter Notebook as a student starts it, without this user's settings."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Where each application shows a file.
ADDRESSES = {"jupyterlab": "lab/tree", "notebook": "notebooks"}
# The question whether to look for news would lie over the page.
SETTINGS = {"@jupyterlab/apputils-extension/notification": {"fetchNews": "false"}}


@contextmanager
def serve(application: str, folder: Path, own: Path, **variables: str) -> Iterator[str]:
    """Start "jupyterlab" or "notebook" in `folder`; yield an address with `{}` for a file there.

    What it writes for itself, and its log, goes to the empty folder `own`; it and its kernels get
    these environment variables. Raises AssertionError where it does not start.
    """
    port, token = free_port(), secrets.token_hex(8)
    options = {
        "ServerApp.root_dir": folder, "ServerApp.port": port, "ServerApp.port_retries": 0,
        "ServerApp.ip": "127.0.0.1", "IdentityProvider.token": token, "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
    }  # fmt: skip
    command = [sys.executable, "-m", application, *(f"--{k}={v}" for k, v in options.items())]
    with (own / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=_environment(own) | variables, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api/status?token={token}", process)
        yield f"{address}/{ADDRESSES[application]}/{{}}?token={token}"
    finally:
        process.terminate()
        process.wait()


def _environment(own: Path) -> dict[str, str]:
    settings = own / "settings"
    for name, values in SETTINGS.items():
        path = settings / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values))
    return os.environ | {
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
        "IPYTHONDIR": str(own / "ipython"),
    }


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers; raises AssertionError where it ends instead."""
    while process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the server ended with status {process.returncode}")
