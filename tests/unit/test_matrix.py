"""What the release promises to run with is what `make matrix` runs it with."""

from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import matrix

ROOT = Path(__file__).resolve().parents[2]
LINES = (ROOT / "source" / "policy_gradient" / "requirements.txt").read_text().splitlines()
REQUIRED = {
    requirement.name: requirement.specifier
    for requirement in map(Requirement, (line for line in LINES if not line.startswith("#")))
}


@pytest.mark.parametrize("library", matrix.LIBRARIES)
def test_the_oldest_version_that_is_allowed_is_tried(library: str):
    """And the one before it is not promised."""
    oldest = matrix.VERSIONS["oldest"][matrix.LIBRARIES.index(library)]
    assert oldest is not None
    assert f">={oldest}" in str(REQUIRED[library])
    assert REQUIRED[library].contains(oldest)


def test_the_readme_shows_what_was_tried():
    """The row of the oldest has their versions."""
    row = next(
        line
        for line in (ROOT / "README.md").read_text().splitlines()
        if line.startswith("| oldest |")
    )
    assert all(f"| {version} |" in row for version in matrix.VERSIONS["oldest"])


def test_an_unknown_environment_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """With the names that there are."""
    monkeypatch.setattr("sys.argv", ["matrix", "ancient"])
    with pytest.raises(SystemExit):
        matrix.main()
    assert "only oldest and newest" in capsys.readouterr().err
