"""Separate hosts on one machine: network namespaces (ip-netns(8)) on one switch, any of which is cut off."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_NETWORK = "10.117.0"


class Hosts:
    """Hosts by number, from 1; `switch` is the namespace that connects them."""

    def __init__(self, number: int) -> None:
        self._name = f"ag{secrets.token_hex(3)}"
        self._number = number
        self._made: list[str] = []

    def make(self) -> None:
        """Make them, with a network that leads nowhere else."""
        self._add("s")
        self._in("s", "link", "add", "switch", "type", "bridge")
        self._in("s", "link", "set", "switch", "up")
        for host in range(1, self._number + 1):
            self._add(str(host))
            peer = f"{self._name}-{host}"
            self._in(
                "s",
                "link",
                "add",
                f"to{host}",
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "netns",
                peer,
            )
            self._in("s", "link", "set", f"to{host}", "master", "switch", "up")
            self._in(str(host), "addr", "add", f"{self.address(host)}/24", "dev", "eth0")
            for device in ("lo", "eth0"):
                self._in(str(host), "link", "set", device, "up")

    def address(self, host: int) -> str:
        """Return a host's address."""
        return f"{_NETWORK}.{host}"

    def on(self, host: int) -> list[str]:
        """Return the words with which a command is run on a host."""
        return ["ip", "netns", "exec", f"{self._name}-{host}"]

    def cut_off(self, host: int) -> None:
        """Pull a host's cable: whatever is sent to it and by it is lost, and nobody is told."""
        self._in("s", "link", "set", f"to{host}", "down")

    def connect(self, host: int) -> None:
        """Put it back."""
        self._in("s", "link", "set", f"to{host}", "up")

    def remove(self) -> None:
        """Remove them all."""
        for name in self._made:
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)

    def _add(self, what: str) -> None:
        name = f"{self._name}-{what}"
        subprocess.run(["ip", "netns", "add", name], check=True, capture_output=True)
        self._made.append(name)

    def _in(self, what: str, *words: str) -> None:
        command = ["ip", "-n", f"{self._name}-{what}", *words]
        subprocess.run(command, check=True, capture_output=True)


class Loopback:
    """This machine in the place of every host, where nothing is to be cut off."""

    def address(self, host: int) -> str:
        """Return the address that all have."""
        return "127.0.0.1"

    def on(self, host: int) -> list[str]:
        """Return no words."""
        return []


@contextmanager
def hosts(number: int) -> Iterator[Hosts]:
    """Yield so many hosts; skip with a sentence where this machine cannot have them."""
    if os.getuid() or shutil.which("ip") is None:
        pytest.skip("Separate hosts need root and iproute2's ip here.")
    made = Hosts(number)
    try:
        try:
            made.make()
        except subprocess.CalledProcessError as error:
            pytest.skip(f"No network namespace can be made here: {error.stderr.decode().strip()}")
        yield made
    finally:
        made.remove()
