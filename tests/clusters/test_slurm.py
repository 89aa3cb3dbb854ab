"""Claims about Slurm's package: a real cluster where there is one, its job's script alone everywhere."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.platforms import slurm
from tests.helpers import cluster_package, tiny_course
from tests.helpers.command import Run, is_one_sentence

pytestmark = pytest.mark.slow

# Of a cluster that tells Slurm nothing of its memory; a real one keeps what the script asks for.
ANYWHERE = ("--cpus-per-task=1", "--mem-per-cpu=0")
PATIENCE = 180.0  # seconds


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    """The package, installed once by an ordinary user as its page says."""
    with cluster_package.installed() as folder:
        yield folder


@pytest.fixture
def package(installed: Path) -> Iterator[Path]:
    """The installed package beside a class of twelve, for each test another."""
    cluster_package.hand_in(installed / "submitted", 12, seconds=0.7)
    cluster_package.given_to_user(installed / "submitted")
    yield installed
    for name in ("submitted", "graded"):
        shutil.rmtree(installed / name, ignore_errors=True)
    for log in installed.glob("*.log"):
        log.unlink()


class Cluster:
    """Slurm as its user meets it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.graded = folder / "graded" / tiny_course.NAME

    def submit(self, *options: str, folder: Path | None = None) -> str:
        """Submit the job; return its number."""
        words = ("sbatch", "--parsable", *ANYWHERE, *options, str(self.folder / "grade.sbatch"))
        return self.run(*words, folder=folder).strip()

    def run(self, *command: str, folder: Path | None = None) -> str:
        """Run a command of Slurm's; return what it said."""
        done = cluster_package.as_user(*command, folder=folder or self.folder)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait(self, job: str) -> None:
        """Wait until nothing of a job waits or runs."""
        until(lambda: not self.run("squeue", "--noheader", "--me"), f"job {job} ends")

    def log(self, job: str, task: int) -> str:
        """What a task has said so far, in all its starts."""
        path = self.folder / f"autograder-{job}_{task}.log"
        return path.read_text() if path.exists() else ""


def until(condition: object, what: str) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, f"waited too long until {what}"
        time.sleep(0.1)


@pytest.fixture
def cluster(package: Path) -> Iterator[Cluster]:
    """A Slurm that answers here; else the test is skipped with a sentence."""
    if shutil.which("sinfo") is None:
        pytest.skip("Slurm is not installed here.")
    up = subprocess.run(["sinfo", "-h", "-t", "idle,mix,alloc"], capture_output=True, check=False)
    if up.returncode or not up.stdout.strip():
        pytest.skip("Slurm does not answer here, or has no node that is up.")
    cluster = Cluster(package)
    yield cluster
    cluster.run("scancel", "--me")


def test_a_task_that_is_killed_and_requeued_leaves_one_report_each(cluster: Cluster):
    """Submitted, killed in the middle, requeued, counted: as an ordinary user, in bubblewrap."""
    job = cluster.submit("--array=0-3%2")
    until(lambda: list(cluster.graded.glob("*.json")), "a report is there")
    killed = next(task for task in range(4) if "graded with" in cluster.log(job, task))
    cluster.run("scancel", "--signal=KILL", "--full", f"{job}_{killed}")
    ended = ("squeue", "--noheader", "--me", "--states=R,CG", f"--jobs={job}_{killed}")
    until(lambda: not cluster.run(*ended), "the task is gone")
    assert f"Shard {killed}/4" not in cluster.log(job, killed)
    cluster.run("scontrol", "requeue", f"{job}_{killed}")
    cluster.wait(job)
    log = cluster.log(job, killed)
    assert log.count("graded with bubblewrap") == 2
    assert f"Shard {killed}/4: " in log
    found = Store(cluster.graded).all()
    assert cluster_package.judged(found.reports) == {
        f"student-{number:03}": ("bubblewrap", 10.0) for number in range(12)
    }
    assert found.unreadable == []
    assert {path.owner() for path in cluster.graded.glob("*.json")} == {cluster_package.user()}
    assert len((cluster.graded / "scores.csv").read_text().splitlines()) == 13


def test_one_task_of_the_array_can_be_started_alone(cluster: Cluster):
    """It takes the share that it had in the whole array."""
    for tasks in ("1,3", "0", "2"):
        cluster.wait(cluster.submit(f"--array={tasks}"))
    assert len(Store(cluster.graded).all().reports) == 12
    assert (cluster.graded / "scores.csv").exists()


def test_a_job_that_is_submitted_from_elsewhere_says_so(cluster: Cluster, open_folder: Path):
    """In its log, and nothing is graded."""
    job = cluster.submit("--array=0", folder=open_folder)
    cluster.wait(job)
    assert (
        "from the folder in which it lies" in (open_folder / f"autograder-{job}_0.log").read_text()
    )


@pytest.mark.parametrize("shards", [1, 3])
def test_the_job_is_an_array_of_as_many_tasks_as_there_are_shards(shards: int, tmp_path: Path):
    """And grades the whole class, each task its share, wherever the script is run."""
    course = tiny_course.write(tmp_path / "course")
    (script,) = [m.content for m in slurm.members(course, shards) if m.name == "grade.sbatch"]
    lines = script.decode().splitlines()
    assert f"#SBATCH --array=0-{shards - 1}" in lines
    assert f"shards={shards} # one for each task of the whole array" in lines
    assert "@" not in script.decode()


def test_the_script_grades_a_share_as_an_ordinary_user(package: Path):
    """With the variables that Slurm sets, and nothing else of it."""
    for task in range(4):
        slurm = {"SLURM_ARRAY_TASK_ID": str(task), "SLURM_CPUS_PER_TASK": "2"}
        environment = {"PATH": os.environ["PATH"], **slurm}
        done = cluster_package.as_user("bash", "grade.sbatch", folder=package, env=environment)
        assert (done.returncode, done.stderr) == (0, "")
    assert len(Store(package / "graded" / "tiny").all().reports) == 12
    assert (package / "graded" / "tiny" / "scores.csv").exists()


def test_shards_are_for_clusters_alone(small: Course, run: Run):
    """One sentence, status 2, nothing written."""
    status, _, errors = run("package", "gradescope", "--shards", "3")
    assert (status, is_one_sentence(errors)) == (2, True)
    assert not Path("dist").exists()
    status, said, _ = run("package", "slurm", "--shards", "3")
    assert status == 0
    assert "3 tasks" in said
    assert said.endswith("docs/clusters.md has the steps.\n")
