"""Claims about a Dask cluster: real schedulers and workers on hosts of their own, one of which is cut off."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.batch.store import Store
from tests.helpers import cluster_package, tiny_course
from tests.helpers.dask_cluster import PATIENCE, Cluster
from tests.helpers.hosts import hosts

pytestmark = pytest.mark.slow


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Three hosts, without a scheduler or a worker yet."""
    with hosts(3) as machines:
        cluster = Cluster(machines, tmp_path)
        try:
            yield cluster
        finally:
            cluster.end()


def grading(cluster: Cluster) -> subprocess.Popen[bytes]:
    """Start to grade, and wait until there are reports."""
    process = cluster.start(1, "grade", "submitted", "--scheduler", cluster.address)
    deadline = time.monotonic() + PATIENCE
    while len(cluster.reports()) < 3:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return process


def complete(cluster: Cluster, students: list[str]) -> None:
    """See that each has exactly one report, a right one."""
    found = Store(cluster.course.root / "graded" / tiny_course.NAME).all()
    assert cluster_package.judged(found.reports) == dict.fromkeys(students, ("process", 10.0))
    assert found.unreadable == []


def test_a_cluster_reports_what_one_machine_reports(cluster: Cluster):
    """Word for word, rejected ones too; and what it has reported is not graded again."""
    cluster_package.hand_in(cluster.course.root / "submitted", 8)
    (cluster.course.root / "submitted" / "broken.ipynb").write_text("{")
    alone = cluster.run(1, "grade", "submitted", "--engine", "process")
    assert alone.returncode == 0, alone.stderr
    expected = cluster.reports()
    cluster.schedule()
    for host in (2, 3):
        cluster.work(host)
    together = cluster.run(1, "grade", "submitted", "--scheduler", cluster.address, "--force")
    assert (together.returncode, together.stderr) == (0, "")
    assert together.stdout == alone.stdout
    assert cluster.reports() == expected


def test_a_host_that_is_cut_off_in_the_middle_loses_nothing(
    cluster: Cluster, request: pytest.FixtureRequest
):
    """What it was grading is graded by another; reconnected, it is a worker again."""
    students = cluster_package.hand_in(cluster.course.root / "submitted", 40, seconds=0.5)
    cluster.schedule()
    for host in (2, 3):
        cluster.work(host)
    process = grading(cluster)
    cluster.machines.cut_off(3)
    assert process.wait(timeout=PATIENCE) == 0
    complete(cluster, students)
    cluster.machines.connect(3)
    cluster.until("warm sessions", 3, 2)


def test_a_worker_that_is_killed_loses_nothing(cluster: Cluster):
    """And one that comes in its place in the middle has work at once."""
    students = cluster_package.hand_in(cluster.course.root / "submitted", 24, seconds=0.5)
    cluster.schedule()
    killed = cluster.work(3)
    process = grading(cluster)
    killed.kill()
    killed.wait()
    cluster.work(2)
    assert process.wait(timeout=PATIENCE) == 0
    complete(cluster, students)


def test_a_scheduler_that_is_killed_is_waited_for(cluster: Cluster):
    """Workers and grader find the next one, and what was graded until then is kept."""
    students = cluster_package.hand_in(cluster.course.root / "submitted", 16, seconds=0.5)
    scheduler = cluster.schedule()
    cluster.work(2)
    process = grading(cluster)
    kept = cluster.reports()
    scheduler.kill()
    scheduler.wait()
    log = cluster.folder / "grade-1.log"
    deadline = time.monotonic() + PATIENCE
    while "Grading waits up to" not in log.read_text():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    cluster.start(1, "dask", "scheduler", "--host", cluster.machines.address(1))
    assert process.wait(timeout=PATIENCE) == 0, log.read_text()
    assert "Traceback" not in log.read_text()
    complete(cluster, students)
    assert kept.items() <= cluster.reports().items()


def test_a_worker_with_other_checks_grades_nobody(cluster: Cluster):
    """One sentence, before anything is graded."""
    cluster_package.hand_in(cluster.course.root / "submitted", 2)
    cluster.schedule()
    cluster.work(2)
    checks = cluster.course.checks / "test_double.py"
    checks.write_text(checks.read_text() + "\n# another\n")
    done = cluster.run(1, "grade", "submitted", "--scheduler", cluster.address)
    assert (done.returncode, done.stdout) == (1, "")
    assert "judges with other checks" in done.stderr
    assert cluster.reports() == {}


def test_whoever_has_no_certificate_of_the_authority_is_not_answered(cluster: Cluster):
    """Neither a client nor a worker of another authority, nor anybody without TLS."""
    cluster.schedule()
    assert cluster.run(1, "dask", "certificates", "--to", "others").returncode == 0
    cluster_package.hand_in(cluster.course.root / "submitted", 1)
    client = cluster.run(
        2, "grade", "submitted", "--scheduler", cluster.address, "--certificates", "others"
    )
    assert client.returncode == 1
    assert "does not answer with a certificate of this authority" in client.stderr
    assert "Traceback" not in client.stderr
    plain = (
        f"import socket; s = socket.create_connection(({cluster.machines.address(1)!r}, {cluster.port})); "
        "s.settimeout(30); s.sendall(b'hello' * 100); print(len(s.recv(1000)))"
    )
    command = [*cluster.machines.on(2), sys.executable, "-c", plain]
    answered = subprocess.run(command, capture_output=True, text=True, check=False)
    assert int(answered.stdout or 0) < 20  # an alert of TLS, if anything
    assert "Register" not in cluster.said(1)


def test_a_cluster_without_workers_or_without_a_scheduler_is_one_sentence(cluster: Cluster):
    """With what to start."""
    cluster_package.hand_in(cluster.course.root / "submitted", 1)
    words = ("grade", "submitted", "--scheduler", cluster.address)
    none = cluster.run(1, *words)
    assert (none.returncode, none.stderr.count("\n")) == (1, 1)
    assert "does not answer" in none.stderr
    cluster.schedule()
    idle = cluster.run(1, *words)
    assert (idle.returncode, idle.stderr.count("\n")) == (1, 1)
    assert "autograder dask worker" in idle.stderr
