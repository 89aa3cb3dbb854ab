"""The package for Kubernetes: an image, and an indexed Job whose pods each grade a share of a class.

A pod is the wall that a container is elsewhere, so the `process` engine grades in it, confined by what
`_CONTAINER` says: what engines/docker.py's CONFINEMENT says to Docker, in the words of the Kubernetes API.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from autograder import limits
from autograder.course import content
from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.engines.context import recipe
from autograder.platforms.bundle import COMMAND_LOCK, Member, command, installation, judging, script

SHARDS = 4
WORKERS = 2  # sessions side by side in one pod
REGISTRY = "your-registry"
_ROOM = "/class"  # as scripts/kubernetes/Dockerfile makes it
_STARTS = 3  # of one share that fails or is lost, beside those that the cluster itself disrupts

Manifest = dict[str, Any]


def members(course: Course, shards: int = SHARDS) -> Iterator[Member]:
    """Yield the files of the package."""
    yield Member("job.yaml", _written(_JOB, [network_policy(course), job(course, shards)]))
    yield Member("volume.yaml", _written(_VOLUME, [claim(course), files_pod(course)]))
    yield script("kubernetes/Dockerfile", "image/Dockerfile")
    yield script("close.sh", "image/install/close.sh")
    yield script(COMMAND_LOCK, f"image/install/{COMMAND_LOCK}")
    yield from installation(course, "image/install/")
    yield from command(course, "image/")
    yield from judging(course, "image/")


def advice(course: Course, shards: int = SHARDS) -> Iterator[str]:
    """Yield what to do with it, a sentence each."""
    yield (
        f"Build the image from the folder image and push it to a private registry: {image(course)} in both "
        "files is to be its name there."
    )
    yield "kubectl apply -f volume.yaml, then copy the folder submitted to the volume, as the page says."
    yield f"kubectl apply -f job.yaml: {shards} pods with {WORKERS} sessions each."
    yield "Copy the folder graded back; 'autograder report' and 'autograder export' read it."


def image(course: Course) -> str:
    """Return the image's name, with the digest of what judges: no node has an older one under it."""
    digest = content.digest(course, load_settings(course), recipe(course)).removeprefix("sha256:")
    return f"{REGISTRY}/{name_of(course)}:{digest[:16]}"


def name_of(course: Course) -> str:
    """Return what everything is called: a label (RFC 1123), with room for what the cluster appends."""
    own = re.sub(r"[^a-z0-9]+", "-", course.assignment.lower()).strip("-")[:40].strip("-")
    return f"autograder-{own}" if own else "autograder"


def job(course: Course, shards: int) -> Manifest:
    """Return the Job: one pod for each share, each of them told its number by the cluster."""
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": _metadata(course),
        "spec": {
            "completionMode": "Indexed",
            "completions": shards,
            "parallelism": shards,
            "backoffLimitPerIndex": _STARTS,
            "podFailurePolicy": {"rules": _failure_rules()},
            "template": {
                "metadata": {"labels": _labels(course)},
                "spec": _pod(course, _grader(course, shards)) | {"restartPolicy": "Never"},
            },
        },
    }


def network_policy(course: Course) -> Manifest:
    """Return what leaves these pods without a network, neither in nor out."""
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": _metadata(course),
        "spec": {
            "podSelector": {"matchLabels": _labels(course)},
            "policyTypes": ["Ingress", "Egress"],
        },
    }


def claim(course: Course) -> Manifest:
    """Return the volume: what was handed in, and the reports, for pods on several nodes at once."""
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": _metadata(course),
        "spec": {"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": "5Gi"}}},
    }


def files_pod(course: Course) -> Manifest:
    """Return the pod through which files are copied to the volume and back."""
    container = {
        "name": "files",
        "image": image(course),
        **_CONTAINER,
        "command": ["sleep", "infinity"],
        "resources": {"limits": {"cpu": "1", "memory": "256Mi"}},
        "volumeMounts": [{"name": "class", "mountPath": _ROOM}, _TMP],
    }
    metadata = _metadata(course) | {"name": f"{name_of(course)}-files"}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata,
        "spec": _pod(course, container),
    }


def _grader(course: Course, shards: int) -> Manifest:
    gigabytes = int(limits.CONTAINER_MEMORY.removesuffix("g")) * WORKERS
    return {
        "name": "grade",
        "image": image(course),
        **_CONTAINER,
        "command": [
            "python", "-m", "autograder", "grade", f"{_ROOM}/submitted", "--out", f"{_ROOM}/graded",
            "--engine", "process", "--workers", str(WORKERS), "--shard", f"$(JOB_COMPLETION_INDEX)/{shards}",
        ],
        "resources": {
            "requests": {"cpu": str(WORKERS), "memory": f"{WORKERS}Gi"},
            "limits": {"cpu": str(WORKERS), "memory": f"{gigabytes}Gi", "ephemeral-storage": "1Gi"},
        },
        "volumeMounts": [
            {"name": "class", "mountPath": f"{_ROOM}/submitted", "subPath": "submitted", "readOnly": True},
            {"name": "class", "mountPath": f"{_ROOM}/graded", "subPath": "graded"},
            _TMP,
        ],
    }  # fmt: skip


def _pod(course: Course, container: Manifest) -> Manifest:
    return {
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [container],
        "volumes": [
            {"name": "class", "persistentVolumeClaim": {"claimName": name_of(course)}},
            {"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": _MEBIBYTES}},
        ],
    }


def _failure_rules() -> list[Manifest]:
    """Return what a pod's end means: the exit statuses of cli/main.py, and what the cluster itself ends."""
    return [
        {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]},
        # Called wrongly: no pod can do better.
        {"action": "FailJob", "onExitCodes": {"operator": "In", "values": [2]}},
        # All is graded, and an entry needs a person: trying again changes nothing.
        {"action": "FailIndex", "onExitCodes": {"operator": "In", "values": [3]}},
    ]


def _metadata(course: Course) -> Manifest:
    return {"name": name_of(course), "labels": _labels(course)}


def _labels(course: Course) -> Manifest:
    return {"app.kubernetes.io/name": "autograder", "app.kubernetes.io/instance": name_of(course)}


def _written(about: str, manifests: list[Manifest]) -> bytes:
    text: str = yaml.dump_all(manifests, Dumper=_Plain, sort_keys=False, width=110)
    return f"{about}{text}".encode()


class _Plain(yaml.SafeDumper):  # type: ignore[misc]  # yaml has no types
    """Writes what stands in two places twice: an alias is one thing more to understand."""

    def ignore_aliases(self, data: object) -> bool:
        """Return that nothing becomes an alias."""
        return True


_MEBIBYTES = f"{limits.SCRATCH_SIZE // limits.MIB}Mi"
_TMP = {"name": "tmp", "mountPath": "/tmp"}
_CONTAINER: Manifest = {
    "securityContext": {
        # Root, which gives each worker a user of its own. What runs on the host elsewhere is in here, too: it
        # reads checks that are the trusted user's (DAC_OVERRIDE), which every session gives up at its start.
        "runAsUser": 0,
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"], "add": ["SETUID", "SETGID", "KILL", "DAC_OVERRIDE"]},
    },
}
_JOB = """\
# Grades a class: one pod for each share of it. A pod that is lost is started again, and goes on where it was.
# The NetworkPolicy is kept by the cluster's network plugin, if that knows them.
"""
_VOLUME = """\
# What was handed in and the reports, on a volume that pods on several nodes may write (storageClassName, if
# the cluster's usual one cannot), and a pod through which you copy both.
"""
