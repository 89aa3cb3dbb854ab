"""Solution code becomes its scaffold: the pairs of scaffold/*.txt, and what holds for all."""

from __future__ import annotations

import argparse
import ast
import dataclasses
import io
import json.decoder
import textwrap
import tokenize
from pathlib import Path
from types import ModuleType

import pytest

from autograder.course.markers import END, GIVEN, START
from autograder.errors import ReleaseError
from autograder.release import statements
from autograder.release.scaffold import strip
from tests.release import pairs

MODULES = [argparse, dataclasses, json.decoder, textwrap, tokenize]


def comments(source: str) -> list[str]:
    """Every comment in order, without the marker of given lines."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    found = [token.string.rstrip() for token in tokens if token.type == tokenize.COMMENT]
    kept = [text.removesuffix(GIVEN).rstrip() for text in found]
    return [text for text in kept if text]


def as_one_region(module: ModuleType) -> str:
    """A whole module of the standard library as if it were somebody's solution."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    return f"{START}\n{source}\n{END}"


@pytest.mark.parametrize("pair", pairs.STRIPPED, ids=lambda pair: pair.name)
def test_master_becomes_exactly_this_release(pair: pairs.Pair) -> None:
    """Each pair of the corpus holds to the character."""
    assert strip(pair.master) == pair.release


@pytest.mark.parametrize("pair", pairs.REFUSED, ids=lambda pair: pair.name)
def test_master_is_refused_with_exactly_this_sentence(pair: pairs.Pair) -> None:
    """A master that would leak stops the release and says on which line."""
    with pytest.raises(ReleaseError) as caught:
        strip(pair.master)
    assert str(caught.value) == pair.error


@pytest.mark.parametrize("pair", pairs.STRIPPED, ids=lambda pair: pair.name)
def test_every_comment_survives_in_order(pair: pairs.Pair) -> None:
    """Comments are the hints: none is lost, none changes places."""
    if not pair.master.startswith("%"):
        assert comments(strip(pair.master)) == comments(pair.master)


@pytest.mark.parametrize("pair", pairs.STRIPPED, ids=lambda pair: pair.name)
def test_a_scaffold_that_is_python_is_its_own_scaffold(pair: pairs.Pair) -> None:
    """Stripping twice is stripping once, but for given lines, whose marker is gone."""
    once = strip(pair.master)
    try:
        ast.parse(once)
    except SyntaxError:
        assert "...:" in once or once.startswith("%")
        return
    if GIVEN not in pair.master:
        assert strip(once) == once


@pytest.mark.parametrize("pair", pairs.STRIPPED, ids=lambda pair: pair.name)
def test_given_lines_stay_given(pair: pairs.Pair) -> None:
    """Each line that ends with the marker stands in the release, without it."""
    release = strip(pair.master).split("\n")
    for line in pair.master.split("\n"):
        if line.endswith(GIVEN):
            assert line.removesuffix(GIVEN).rstrip() in release


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_statement_of_a_long_module_survives(module: ModuleType) -> None:
    """Real code of a thousand lines leaves its comments behind and nothing to copy."""
    source = as_one_region(module)
    release = strip(source)
    assert comments(release) == comments(source)
    secrets = {found.key for found in statements.in_code(source) if not found.trivial}
    assert len(secrets) > 50
    assert secrets.isdisjoint(found.key for found in statements.in_code(release))


def test_a_malformed_pair_is_refused(tmp_path: Path) -> None:
    """A pair that lacks its expectation fails instead of passing unread."""
    path = tmp_path / "half.txt"
    path.write_text("Why.\n=== master\nx = 1\n")
    with pytest.raises(ValueError, match=r"half\.txt"):
        pairs.read_pair(path)
