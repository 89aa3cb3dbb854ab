"""Claims about what a session runs on, as an engine's digest counts it."""

import platform
from importlib import metadata
from pathlib import Path

import pytest

from autograder.engines.runtime import versions


def test_python_and_every_installed_library_count():
    """Another version of either is another judge."""
    found = list(versions())
    assert found[0] == f"{platform.python_implementation()} {platform.python_version()}"
    assert f"numpy=={metadata.version('numpy')}" in found
    assert len(set(found)) == len(found)


def test_what_this_process_has_imported_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """setuptools, say, brings libraries of its own when it is imported; a session sees none of them.

    Else one command's reports would be another's stale ones.
    """
    before = list(versions())
    folder = tmp_path / "stranger-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert metadata.version("stranger") == "1.0"
    assert list(versions()) == before
