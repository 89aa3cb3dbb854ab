"""Claims about which process of several a test runs in, and which suite leaves it out."""

import subprocess
import sys

import pytest

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


@pytest.mark.slow
def test_tests_of_one_engine_run_in_one_process():
    """So each process has one heavy session; the groups are those that xdist sees."""
    options = ("-n", "2", "--dist", "loadgroup", "-v", "-k", "no_notebook_is_rejected_with")
    command = [sys.executable, "-m", "pytest", "tests/engine/test_engines.py", *options]
    ended = subprocess.run(
        [*command, "-m", "not container"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "[process]@process" in ended.stdout
    assert "[bubblewrap]@bubblewrap" in ended.stdout
