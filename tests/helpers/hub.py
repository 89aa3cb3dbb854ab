"""A real JupyterHub in a container, and one of its users, who logs in as a browser does."""

from __future__ import annotations

import json
import secrets
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
import websocket

from tests.helpers.containers import docker, log, network, wait_for_line

SECONDS = 180  # for a server to start, for a cell to end
SOCKET = "/var/run/docker.sock"


@dataclass
class Hub:
    """Where it is, whom it lets in, and what it is called."""

    address: str
    password: str
    name: str


@contextmanager
def hub(image: str) -> Iterator[Hub]:
    """Yield a hub that runs; its network and all containers in it are gone afterwards."""
    password, name = secrets.token_hex(8), f"autograder-hub-{secrets.token_hex(4)}"
    with network() as between:
        settings = {"HUB_PASSWORD": password, "HUB_NAME": name, "HUB_NETWORK": between}
        docker(
            "run", "--detach", f"--name={name}", f"--network={between}", "--publish=127.0.0.1::8000",
            f"--volume={SOCKET}:{SOCKET}", *(f"--env={key}={settings[key]}" for key in settings), image,
        )  # fmt: skip
        try:
            wait_for_line(name, "JupyterHub is now running")
            port = docker("port", name, "8000/tcp").splitlines()[0].rpartition(":")[2]
            yield Hub(f"http://127.0.0.1:{port}", password, name)
        finally:
            print(log(name))  # pytest shows it where the test fails
            left = docker("ps", "--all", "--format={{.Names}}", f"--filter=network={between}")
            docker("rm", "--force", *{name, *left.split()})


class User:
    """Somebody with a browser: a session with the hub's cookies, then a token of their own."""

    def __init__(self, hub: Hub, name: str) -> None:
        self.hub, self.name = hub, name
        self._session = requests.Session()

    def log_in(self, password: str) -> bool:
        """Fill in the hub's form; tell whether it let us in."""
        form = f"{self.hub.address}/hub/login"
        self._session.get(form, timeout=60).raise_for_status()
        sent = {
            "username": self.name,
            "password": password,
            "_xsrf": self._session.cookies["_xsrf"],
        }
        self._session.post(form, data=sent, timeout=60, allow_redirects=False)
        return "jupyterhub-hub-login" in self._session.cookies

    def take_token(self) -> None:
        """Ask for a token, as the hub's page for it does, and go on with that alone."""
        xsrf = {"X-XSRFToken": self._session.cookies["_xsrf"]}
        asked = self._session.post(
            f"{self.hub.address}/hub/api/users/{self.name}/tokens",
            json={"note": "a test"},
            headers=xsrf | {"Referer": f"{self.hub.address}/hub/token"},
            timeout=60,
        )
        asked.raise_for_status()
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"token {asked.json()['token']}"

    def start_server(self) -> None:
        """Ask the hub for the user's server, and wait until it answers through the hub's proxy."""
        self._hub("POST", "server")
        self._until(lambda: self._hub("GET", "").json()["servers"].get("", {}).get("ready"))

    def stop_server(self) -> None:
        """Ask the hub to end it, and wait until it has."""
        self._hub("DELETE", "server")
        self._until(lambda: not self._hub("GET", "").json()["servers"])

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """Ask the user's own server, through the proxy."""
        answer = self._session.request(
            method, f"{self._server()}/api/{path}", timeout=60, **options
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def run_cells(self, folder: str, cells: list[str]) -> list[str]:
        """Run cells in a kernel of the server; return what each printed. Fails where one raises."""
        path = {"path": f"{folder}/{uuid.uuid4().hex}.ipynb", "type": "notebook", "name": "a"}
        session = self.ask("POST", "sessions", json={**path, "kernel": {"name": "python3"}})
        address = f"{self._server()}/api/kernels/{session['kernel']['id']}/channels"
        token = f"Authorization: {self._session.headers['Authorization']!s}"
        channel = websocket.create_connection(
            address.replace("http", "ws", 1), header=[token], timeout=SECONDS
        )
        try:
            return [run_cell(channel, source) for source in cells]
        finally:
            channel.close()
            self.ask("DELETE", f"sessions/{session['id']}")

    def _hub(self, method: str, path: str) -> requests.Response:
        address = f"{self.hub.address}/hub/api/users/{self.name}/{path}".rstrip("/")
        answer = self._session.request(method, address, timeout=60)
        answer.raise_for_status()
        return answer

    def _server(self) -> str:
        return f"{self.hub.address}/user/{self.name}"

    def _until(self, holds: Any) -> None:
        until = time.monotonic() + SECONDS
        while not holds():
            assert time.monotonic() < until, log(self.hub.name)
            time.sleep(0.5)


def run_cell(channel: websocket.WebSocket, source: str) -> str:
    """Run one cell; return what it printed."""
    request = uuid.uuid4().hex
    header = {"msg_id": request, "msg_type": "execute_request", "username": "", "session": request,
              "version": "5.3"}  # fmt: skip
    content = {"code": source, "silent": False, "store_history": True, "user_expressions": {},
               "allow_stdin": False, "stop_on_error": True}  # fmt: skip
    message = {
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": content,
        "channel": "shell",
    }
    channel.send(json.dumps(message))
    printed = ""
    while True:
        said = json.loads(channel.recv())
        if said["parent_header"].get("msg_id") != request:
            continue
        kind, content = said["header"]["msg_type"], said["content"]
        assert kind != "error", "\n".join(content["traceback"])
        if kind == "stream":
            printed += content["text"]
        if kind == "status" and content["execution_state"] == "idle":
            return printed
