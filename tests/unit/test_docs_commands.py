"""Claims about the pages that people read: what they tell them to type exists, and links lead somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from autograder.cli.main import commands
from autograder.course.folder import PACKAGE
from tests.helpers.grading import ROOT

PAGES = [
    *ROOT.glob("docs/*.md"),
    *ROOT.glob("*.md"),
    *PACKAGE.rglob("*.md"),
    *ROOT.glob("[!.]*/README.md"),
]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
FENCED = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# What a page writes for what a reader fills in, where an option takes only some words.
PLACES = {
    "auto|docker|bubblewrap|process": "auto",
    "session|submission": "session",
    "N": "1",
    "I/N": "1/2",
}


def name_of(page: Path) -> str:
    """A page's path in the repository."""
    return page.relative_to(ROOT).as_posix()


def typed(page: Path) -> Iterator[str]:
    """The command lines of a page, those in blocks and those in a sentence."""
    text = page.read_text(encoding="utf-8")
    for _, block in FENCED.findall(text):
        lines = block.replace("\\\n", " ").splitlines()
        yield from (line.strip().removeprefix("$ ") for line in lines)
    yield from (" ".join(code.split()) for code in re.findall(r"`([^`]+)`", FENCED.sub("", text)))


def words_of(line: str) -> list[str]:
    """The words of a command line, up to what the shell would take for the next command."""
    words = shlex.split(line.replace("...", ""), comments=True)
    ends = [number for number, word in enumerate(words) if word in ("|", "&&", ";", ">")]
    words = words[: ends[0]] if ends else words
    words = [PLACES.get(word, word).replace("[", "").replace("]", "") for word in words]
    return [str(ROOT) if word.startswith("/") else word for word in words]  # a folder that is there


def lines_of(page: Path, *programs: str) -> list[list[str]]:
    """The words after the program in each line of a page that calls one of these."""
    starts = [f"{program} " for program in programs]
    found = [line for line in typed(page) if any(map(line.startswith, starts))]
    return [words_of(line)[len(programs[0].split()) :] for line in found]


def is_name_alone(words: list[str]) -> bool:
    """Tell whether a sentence only names a command: `autograder explain` is no line to type."""
    return len(words) == 1


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_line_that_calls_autograder_can_be_typed(page: Path):
    """The real parser takes it: command, options, their values and as many arguments as it needs."""
    for words in lines_of(page, "autograder"):
        if words[0].startswith("-"):
            continue
        command = commands.get_command(click.Context(commands), words[0])
        assert command is not None, words
        if not is_name_alone(words):
            command.make_context(words[0], words[1:])


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_line_that_calls_make_can_be_typed(page: Path):
    """Its target is in the Makefile, and so is each variable that it sets."""
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    for words in lines_of(page, "make"):
        named = [word for word in words if "=" not in word]
        assert set(named) <= targets, words
        for variable in (word.partition("=")[0] for word in words if "=" in word):
            assert re.search(rf"\$\({variable}\)|^{variable}\b", MAKEFILE, re.MULTILINE) or (
                variable in (ROOT / "tools" / "notebook.py").read_text()
            ), words


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_module_that_is_to_be_run_is_there(page: Path):
    """`python -m tools.name` and the like."""
    for line in typed(page):
        for name in re.findall(
            r"python -m ((?:tools|benchmarks|samples|tests|autograder)[\w.]*)", line
        ):
            path = ROOT / name.replace(".", "/")
            assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), line


def headings(page: Path) -> set[str]:
    """The anchors of a page: its headings in lower case, without what is no letter, blanks as hyphens."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()).strip() for heading in found)
    return {re.sub(r"\s", "-", heading) for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_every_anchor_to_a_heading(page: Path):
    """Pictures, too; of links to other hosts nothing is claimed."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    for target, anchor in re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)#?([^)\s]*)\)", text):
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), target
        if anchor:
            assert anchor in headings(path), f"{target}#{anchor}"
