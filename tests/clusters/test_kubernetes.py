"""Claims about Kubernetes' package: by the API's schema, and its pods in Docker; not on a cluster itself."""

import json
import secrets
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from autograder.course.folder import Course
from autograder.engines.docker import CONFINEMENT
from autograder.platforms import kubernetes
from autograder.platforms.bundle import zipped
from tests.helpers import intruder, platform_image, pod, tiny_course
from tests.helpers.containers import docker, need_docker
from tests.helpers.grading import LIGHT, Notebooks

VERSIONS = (
    "1.33",
    "1.37",
)  # the first in which all that the Job asks for is stable, and a later one
SHARDS = 3


def manifests(course: Course, shards: int = SHARDS) -> dict[str, dict[str, Any]]:
    """Everything in the package's two files, by kind."""
    members = {member.name: member.content for member in kubernetes.members(course, shards)}
    text = members["job.yaml"] + b"---\n" + members["volume.yaml"]
    return {each["kind"]: each for each in yaml.safe_load_all(text)}


@pytest.fixture
def tiny(tmp_path: Path) -> Course:
    """The tiny course."""
    return tiny_course.write(tmp_path / "tiny")


@pytest.mark.parametrize("version", VERSIONS)
def test_every_manifest_is_valid_by_the_apis_own_schema(tiny: Course, version: str):
    """Strictly: a key that the API does not know would be dropped in silence by a cluster."""
    found = manifests(tiny)
    assert set(found) == {"Job", "NetworkPolicy", "PersistentVolumeClaim", "Pod"}
    for manifest in found.values():
        kubernetes_validate.validate(manifest, version, strict=True)


def test_the_schema_refuses_what_is_misspelt(tiny: Course):
    """So the claim above can fail."""
    job = manifests(tiny)["Job"]
    job["spec"]["completion_mode"] = job["spec"].pop("completionMode")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(job, VERSIONS[0], strict=True)


@pytest.mark.parametrize("shards", [1, 7])
def test_the_job_has_one_pod_for_each_shard_which_is_told_its_number(tiny: Course, shards: int):
    """The cluster counts from 0, as `--shard` does."""
    spec = manifests(tiny, shards)["Job"]["spec"]
    assert (spec["completionMode"], spec["completions"]) == ("Indexed", shards)
    (container,) = spec["template"]["spec"]["containers"]
    assert container["command"][-2:] == ["--shard", f"$(JOB_COMPLETION_INDEX)/{shards}"]


def test_a_pod_is_confined_as_a_container_of_ours_is(tiny: Course):
    """Nothing to write but memory, no network, no token, and one capability more, for the command itself."""
    found = manifests(tiny)
    spec = found["Job"]["spec"]["template"]["spec"]
    (container,) = spec["containers"]
    ours = {word for word in CONFINEMENT if word.startswith(("--cap", "--read-only", "--security"))}
    assert set(pod._confinement(container["securityContext"])) == (
        ours | {"--user=0", "--cap-add=DAC_OVERRIDE"}
    )
    assert spec["automountServiceAccountToken"] is False
    assert found["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"].items() <= (
        found["Job"]["spec"]["template"]["metadata"]["labels"].items()
    )
    assert set(found["NetworkPolicy"]["spec"]) == {"podSelector", "policyTypes"}


@pytest.mark.parametrize("assignment", ["Übung_1", "a" * 99, "...", "A b"])
def test_whatever_the_assignment_is_called_its_names_are_labels(tmp_path: Path, assignment: str):
    """RFC 1123, with room for the number of a pod."""
    name = kubernetes.name_of(Course(tmp_path, assignment))
    assert len(name) <= 52
    assert name.isascii()
    assert name.replace("-", "").isalnum()
    assert name == name.lower().strip("-")


def test_the_image_has_another_name_when_what_judges_is_another(tiny: Course):
    """So no node grades with what it has from before."""
    before = kubernetes.image(tiny)
    (tiny.checks / "test_double.py").write_text("def test_doubles(student):\n    pass\n")
    assert kubernetes.image(tiny) != before


def test_a_pods_end_means_what_the_exit_status_means(tiny: Course):
    """Called wrongly: no pod can do better. An entry needs a person: neither can this one."""
    rules = manifests(tiny)["Job"]["spec"]["podFailurePolicy"]["rules"]
    meant = {r["onExitCodes"]["values"][0]: r["action"] for r in rules if "onExitCodes" in r}
    assert meant == {2: "FailJob", 3: "FailIndex"}


def test_the_same_course_makes_the_same_package(tiny: Course):
    """Its YAML, too."""
    assert zipped(kubernetes.members(tiny, 5)) == zipped(kubernetes.members(tiny, 5))


class Pods:
    """The Job's pods, each in a container of Docker's."""

    def __init__(self, course: Course, claim: pod.Volume) -> None:
        self.claim = claim
        self._spec = manifests(course)["Job"]["spec"]["template"]["spec"]
        self.names: list[str] = []

    def start(self, index: int) -> str:
        """Start the pod of an index; return the container's name."""
        name = f"autograder-test-{secrets.token_hex(4)}"
        self.names.append(name)
        words = pod.command(self._spec, {"JOB_COMPLETION_INDEX": str(index)}, self.claim)
        docker("run", "--detach", f"--name={name}", *words)
        return name

    def end(self, name: str) -> tuple[int, str]:
        """Wait for a pod's end; return its exit status and its log."""
        status = int(docker("wait", name))
        log = subprocess.run(["docker", "logs", name], capture_output=True, text=True, check=True)
        return status, log.stdout + log.stderr

    def wait_for_a_report(self) -> None:
        """Wait for the first report; fails where pods end without one."""
        deadline = time.monotonic() + 120
        while not self.reports():
            assert time.monotonic() < deadline, docker("logs", self.names[0])
            time.sleep(0.2)

    def reports(self) -> dict[str, Any]:
        """The reports on the volume by student."""
        files = self.claim.files("graded")
        found = [json.loads(data) for name, data in files.items() if name.endswith(".json")]
        return {report["student"]: report for report in found}


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small assignment, and the image of its package."""
    need_docker()
    course = platform_image.only(LIGHT, tmp_path_factory.mktemp("course"))
    folder = platform_image.unpacked("kubernetes", course, tmp_path_factory.mktemp("package"))
    platform_image.build(folder / "image", kubernetes.image(course))
    return course


@pytest.fixture
def pods(light: Course) -> Iterator[Pods]:
    """The Job of the small assignment on an empty volume."""
    with pod.volume(kubernetes.image(light)) as claim:
        pods = Pods(light, claim)
        yield pods
        for name in pods.names:
            docker("rm", "--force", name)


def handed_in(notebooks: dict[str, bytes]) -> dict[str, bytes]:
    """Files as they lie on the volume."""
    return {f"{student}/{LIGHT}/{LIGHT}.ipynb": data for student, data in notebooks.items()}


@pytest.mark.container
@pytest.mark.slow
def test_the_pods_grade_a_class_though_one_is_killed(pods: Pods, light_notebooks: Notebooks):
    """Side by side, as the manifest says; the killed one's replacement goes on, and each has one report."""
    solved = light_notebooks.solved().rstrip()
    names = [f"student-{number:02}" for number in range(12)]
    right = {name: solved + b" " * number for number, name in enumerate(names)}
    pods.claim.fill("submitted", handed_in(right | {"broken": b"{"}))
    running = [pods.start(index) for index in range(SHARDS)]
    pods.wait_for_a_report()
    docker("kill", running[1])
    running[1] = pods.start(1)
    ended = [pods.end(name) for name in running]
    assert [status for status, _ in ended] == [0, 0, 0], ended
    found = pods.reports()
    assert {name: found[name]["score"] for name in names} == dict.fromkeys(names, 80.0)
    assert found["broken"]["outcome"] == "rejected"
    assert {report["engine"] for report in found.values()} == {"process"}
    tables = pods.claim.files("graded")
    assert len(tables[f"{LIGHT}/scores.csv"].splitlines()) == 14


@pytest.mark.container
@pytest.mark.slow
def test_student_code_in_a_pod_reaches_neither_the_class_nor_the_checks(
    pods: Pods, light_notebooks: Notebooks
):
    """Not what others handed in, not a report, and not what judges."""
    read = ["/class", "/class/submitted", "/class/graded", "/class/submitted/ada",
            f"/opt/autograder/course/checks/{LIGHT}/seed.key", "/opt/autograder/course/source"]  # fmt: skip
    written = ["/class/graded/left", "/class/submitted/left", "/tmp/left"]
    notebook = light_notebooks.solved(plain_returns=intruder.tries(read, written))
    pods.claim.fill("submitted", handed_in({"ada": notebook}))
    for index in range(SHARDS):
        status, log = pods.end(pods.start(index))
        assert status == 0, log
    said = pods.reports()["ada"]["exercises"][0]["checks"][0]["message"]
    assert intruder.opened(said) == [intruder.OPEN_TO_ALL], said


@pytest.mark.container
@pytest.mark.slow
def test_a_pod_that_is_asked_to_end_ends_with_a_sentence(pods: Pods, light_notebooks: Notebooks):
    """Within the grace that a cluster gives; what was graded is kept, and nothing is half written."""
    solved = light_notebooks.solved().rstrip()
    pods.claim.fill("submitted", handed_in({f"s{n}": solved + b" " * n for n in range(60)}))
    name = pods.start(0)
    pods.wait_for_a_report()
    docker("stop", "--time=30", name)
    status, log = pods.end(name)
    assert (status, log.splitlines()[-1].startswith("Interrupted.")) == (130, True), log
