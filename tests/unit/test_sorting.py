"""Claims about which process of several a test runs in, and which suite leaves it out."""

import re
import subprocess
import sys

import pytest

from tests.helpers import sorting
from tests.helpers.grading import ROOT


def collected(*options: str) -> list[str]:
    """The tests that pytest would run with these options, in their order."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *options]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [line for line in ended.stdout.splitlines() if "::" in line]


def test_what_needs_a_container_or_tensorflow_is_no_part_of_the_quick_tests():
    """Marks follow from the engine and from what a test asks for: nobody has to think of them."""
    everything = collected("tests/engine/test_engines.py")
    quick = collected("tests/engine/test_engines.py", "-m", "not (container or heavy)")
    assert quick
    assert [name for name in quick if "[docker" in name] == []
    assert {name.split("[")[0] for name in everything} > {name.split("[")[0] for name in quick}


def test_grading_an_earlier_release_is_heavy_and_shares_the_engines_session():
    """Else the quick tests load TensorFlow, and a second process has a session of its own."""
    file = "tests/engine/test_submission_earlier.py"
    graded = [nodeid for nodeid in collected(file) if re.search("_scores?_", nodeid)]
    assert len(graded) == 6
    assert collected(file, "-m", "heavy") == graded
    assert {sorting.group(nodeid) for nodeid in graded} == {"process"}


@pytest.mark.slow
def test_tests_of_one_engine_run_in_one_process():
    """So each process has one heavy session, in whatever file its tests are."""
    options = (
        "-n",
        "2",
        "--dist",
        "loadgroup",
        "-v",
        "-m",
        "not container",
        "-k",
        "leave_each or no_notebook_is",
    )
    command = [sys.executable, "-m", "pytest", "tests/engine/test_engines.py", *options]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    where = re.findall(r"^\[(gw\d)\].*\[(\w+)\]", ended.stdout, re.MULTILINE)
    assert len(where) == 4
    assert {engine for _, engine in where} == {"bubblewrap", "process"}
    assert len(set(where)) == 2


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        ("tests/engine/test_engines.py::test_a[docker]", "docker"),
        ("tests/engine/test_engines.py::test_a[process-cell hangs]", "process"),
        ("tests/corpus/test_cases.py::test_a[bubblewrap-policy_gradient-a]", "bubblewrap"),
        ("tests/engine/test_verdicts.py::test_a[skip]", "tests/engine/test_verdicts.py"),
        ("tests/batch/test_faults.py::test_a[docker-0]", "tests/batch/test_faults.py"),
    ],
)
def test_a_group_is_an_engine_or_a_file(nodeid: str, group: str):
    """Files whose tests share something of their own stay together."""
    assert sorting.group(nodeid) == group
