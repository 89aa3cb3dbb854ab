"""A pod's container as Docker runs it: the same image, command, variables, confinement, limits and volumes.

Every key of the manifest means something here, or the test ends: none is passed over in silence.
"""

from __future__ import annotations

import copy
import io
import re
import secrets
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.helpers.containers import docker

# What has no meaning where there is no cluster.
_OF_A_CLUSTER = {"restartPolicy", "automountServiceAccountToken", "enableServiceLinks"}
_SUFFIX = {"Mi": "m", "Gi": "g"}


class Volume:
    """A claim's volume: a named one of Docker's for each part of it that is mounted."""

    def __init__(self, image: str) -> None:
        self._image = image
        self._name = f"autograder-test-{secrets.token_hex(4)}"
        self._parts: set[str] = set()

    def part(self, path: str) -> str:
        """Return the name of the volume for a subPath, made where it is missing, as a kubelet does."""
        name = f"{self._name}-{path}"
        if path not in self._parts:
            docker("volume", "create", name)
            self._parts.add(path)
        return name

    def fill(self, path: str, files: dict[str, bytes]) -> None:
        """Put files into a part."""
        content = io.BytesIO()
        with tarfile.open(fileobj=content, mode="w") as archive:
            for name, data in files.items():
                info = tarfile.TarInfo(name)
                info.size, info.mode = len(data), 0o644
                archive.addfile(info, io.BytesIO(data))
        self._tar(path, "-x", content.getvalue())

    def files(self, path: str) -> dict[str, bytes]:
        """Return the files in a part."""
        with tarfile.open(fileobj=io.BytesIO(self._tar(path, "-c", b"", "."))) as archive:
            found = {
                m.name.removeprefix("./"): archive.extractfile(m) for m in archive if m.isfile()
            }
            return {name: file.read() for name, file in found.items() if file is not None}

    def remove(self) -> None:
        """Remove all parts."""
        for path in self._parts:
            docker("volume", "rm", "--force", f"{self._name}-{path}")

    def _tar(self, path: str, what: str, data: bytes, *more: str) -> bytes:
        command = [
            "docker",
            "run",
            "--rm",
            "--interactive",
            f"--volume={self.part(path)}:/part",
            self._image,
        ]
        done = subprocess.run(
            [*command, "tar", "-C", "/part", what, *more],
            input=data,
            capture_output=True,
            check=True,
        )
        return done.stdout


@contextmanager
def volume(image: str) -> Iterator[Volume]:
    """Yield an empty volume."""
    made = Volume(image)
    try:
        yield made
    finally:
        made.remove()


def command(spec: dict[str, Any], variables: dict[str, str], claim: Volume) -> list[str]:
    """Return the options, image and words with which `docker run` runs a pod's only container."""
    pod = {key: value for key, value in copy.deepcopy(spec).items() if key not in _OF_A_CLUSTER}
    (container,) = pod.pop("containers")
    volumes = {each.pop("name"): each for each in pod.pop("volumes")}
    assert pod.pop("securityContext") == {"seccompProfile": {"type": "RuntimeDefault"}}
    assert pod == {}
    container = dict(container)
    container.pop("name")
    image, words = container.pop("image"), container.pop("command")
    options = [f"--env={name}={value}" for name, value in variables.items()]
    options += _limits(container.pop("resources"))
    options += _confinement(container.pop("securityContext"))
    options += [_mount(each, volumes, claim) for each in container.pop("volumeMounts")]
    assert container == {}
    expanded = [re.sub(r"\$\((\w+)\)", lambda m: variables[m[1]], word) for word in words]
    # The policy of the network leaves none, neither in nor out.
    return ["--network=none", *options, f"--entrypoint={expanded[0]}", image, *expanded[1:]]


def _limits(resources: dict[str, Any]) -> list[str]:
    most = dict(resources["limits"])
    most.pop("ephemeral-storage", None)
    memory = _docker_size(most.pop("memory"))
    options = [f"--cpus={most.pop('cpu')}", f"--memory={memory}", f"--memory-swap={memory}"]
    assert most == {}
    return options


def _confinement(context: dict[str, Any]) -> list[str]:
    left = dict(context)
    options = [f"--user={left.pop('runAsUser')}"]
    options += ["--read-only"] * left.pop("readOnlyRootFilesystem")
    options += ["--security-opt=no-new-privileges"] * (not left.pop("allowPrivilegeEscalation"))
    for what, names in left.pop("capabilities").items():
        options += [f"--cap-{what}={name}" for name in names]
    assert left == {}
    return options


def _mount(mount: dict[str, Any], volumes: dict[str, Any], claim: Volume) -> str:
    source, target = volumes[mount["name"]], mount["mountPath"]
    if "emptyDir" in source:
        assert source["emptyDir"]["medium"] == "Memory"
        return (
            f"--tmpfs={target}:size={_docker_size(source['emptyDir']['sizeLimit'])},mode=1777,exec"
        )
    return f"--volume={claim.part(mount['subPath'])}:{target}{':ro' * mount.get('readOnly', False)}"


def _docker_size(size: str) -> str:
    return f"{size[:-2]}{_SUFFIX[size[-2:]]}"
