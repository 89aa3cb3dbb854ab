"""What tests of watching share."""

from pathlib import Path

import pytest

from tests.helpers.watching import Watch


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    """A watch over an empty folder."""
    return Watch(tmp_path / "shared")
