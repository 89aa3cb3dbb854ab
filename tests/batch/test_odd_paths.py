"""Claims about what may stand where a submission belongs: graded by the real command, in one class.

One line of the table is one entry of the class's folder. Whatever it is, its student gets a report with
a sentence, the others are graded, and the terminal shows no more than text.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.report import Outcome
from tests.helpers.grading import LIGHT, ROOT, SEED, Notebooks

FILE = f"{LIGHT}.ipynb"
Make = Callable[[Path, bytes], None]


@dataclass(frozen=True)
class Odd:
    """What to make below the class's folder, the student whose it is, and what the report must say."""

    make: Make
    student: str
    says: str = ""

    @property
    def outcome(self) -> Outcome:
        """Graded, where there is nothing to say."""
        return Outcome.REJECTED if self.says else Outcome.GRADED


def place(path: str | bytes) -> Make:
    """A notebook at this path."""

    def make(folder: Path, notebook: bytes) -> None:
        whole = folder / os.fsdecode(path)
        whole.parent.mkdir(parents=True, exist_ok=True)
        whole.write_bytes(notebook)

    return make


def link(path: str, target: str) -> Make:
    """A link at this path."""

    def make(folder: Path, _notebook: bytes) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).symlink_to(target)

    return make


def special(path: str, create: Callable[[Path], Any]) -> Make:
    """A special file at this path."""

    def make(folder: Path, _notebook: bytes) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        create(folder / path)

    return make


def listen(path: Path) -> None:
    """A socket in the file system; its name is short, as the kernel wants it."""
    here = os.open(".", os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(path.parent)
        server.bind(path.name)
        os.fchdir(here)
    os.close(here)


def nested(student: str, name: str = FILE) -> str:
    """A path in nbgrader's layout."""
    return f"{student}/{LIGHT}/{name}"


LINK, NO_FILE = "is a link", "not an ordinary file"
NAMES = {
    "newline": b"new\nline",
    "carriage return": b"mallory\rada",
    "escape": b"\x1b[2Jred",
    "title": b"\x1b]0;owned\x07",
    "hyperlink": b"\x1b]8;;mailto:x\x1b\\here",
    "control character of eight bits": "\x9b31m".encode(),
    "right to left": "a\u202egnp.exe".encode(),
    "zero width": "ada\u200b".encode(),
    "quotes": b'o\'brien "eve"',
    "dash": b"-rf",
    "percent": b"%2e%2e",
    "formula": b"=cmd|' calc'!A0",
    "markup": b"<img src=x onerror=alert(1)>",
    "rich markup": b"[red]x",
    "spaces": b"  two  ",
    "not UTF-8": b"caf\xe9",
    "two dots": b"a..",
    "backslash": b"a\\..\\b",
    "255 bytes": b"x" * 255,
    "255 bytes of other letters": ("\u9673" * 85).encode(),
}
ODD: dict[str, Odd] = {
    "an ordinary submission": Odd(place(nested("ada")), "ada"),
    "link to a file": Odd(link(nested("linked"), "/etc/passwd"), "linked", LINK),
    "link to another's work": Odd(
        link(nested("copies"), f"../../ada/{LIGHT}/{FILE}"), "copies", LINK
    ),
    "link to a device": Odd(link(nested("zero"), "/dev/zero"), "zero", LINK),
    "dangling link": Odd(link(nested("dangling"), "nowhere"), "dangling", LINK),
    "link to itself": Odd(link(nested("loop"), FILE), "loop", LINK),
    "link for the assignment's folder": Odd(
        link(f"folder/{LIGHT}", f"../ada/{LIGHT}"), "folder", LINK
    ),
    "dangling link for the assignment's folder": Odd(
        link(f"lost/{LIGHT}", "nowhere"), "lost", LINK
    ),
    "link for the student's folder": Odd(link("student", "ada"), "student", LINK),
    "link for the student's folder to itself": Odd(link("round", "round"), "round", LINK),
    "loose link": Odd(link("loose.ipynb", "/dev/zero"), "loose", LINK),
    "pipe": Odd(special(nested("pipe"), os.mkfifo), "pipe", NO_FILE),
    "loose pipe": Odd(special("hose.ipynb", os.mkfifo), "hose", NO_FILE),
    "pipe for the assignment's folder": Odd(special(f"tube/{LIGHT}", os.mkfifo), "tube", NO_FILE),
    "socket": Odd(special(nested("socket"), listen), "socket", NO_FILE),
    "folder for the notebook": Odd(special(nested("inside"), Path.mkdir), "inside", NO_FILE),
    "file for the assignment's folder": Odd(place(f"flat/{LIGHT}"), "flat", NO_FILE),
    "no notebook": Odd(place(nested("pdf", "solution.pdf")), "pdf", "no notebook"),
    "empty folder": Odd(special(f"none/{LIGHT}", Path.mkdir), "none", "no notebook"),
    "notebook one folder deeper": Odd(
        place(nested("deeper", f"zip/{FILE}")), "deeper", "no notebook"
    ),
    "huge file": Odd(
        special(nested("huge"), lambda path: path.open("wb").truncate(2**40)), "huge", "20 MB"
    ),
    "renamed notebook": Odd(place(nested("renamed", "Übung (final) 2.ipynb")), "renamed"),
    "capital letters": Odd(place(nested("capital", FILE.upper())), "capital"),
    "notebook of an odd name": Odd(place(nested("odd", "\x1b[2J\n\u202e-.ipynb")), "odd"),
    **{
        f"name with {what}": Odd(place(os.fsencode(nested(os.fsdecode(name)))), os.fsdecode(name))
        for what, name in NAMES.items()
    },
}


def many(folder: Path, notebook: bytes) -> None:
    """A thousand notebooks of one student."""
    for number in range(1000):
        place(nested("many", f"{number}.ipynb"))(folder, notebook)


ODD["many notebooks"] = Odd(many, "many", "more than one notebook")


@pytest.fixture(scope="module")
def finished(
    tmp_path_factory: pytest.TempPathFactory, light_notebooks: Notebooks
) -> tuple[subprocess.CompletedProcess[str], dict[str, dict[str, Any]]]:
    """What the command did with the whole table as one class, and its reports by student."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "submitted").mkdir()
    for odd in ODD.values():
        odd.make(folder / "submitted", light_notebooks.released())
    command = [sys.executable, "-m", "autograder", "grade", "submitted"]
    ended = subprocess.run(
        [*command, f"--assignment={LIGHT}", "--engine=process", "--workers=1", f"--seed={SEED}"],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
    )  # fmt: skip
    texts = subprocess.CompletedProcess(
        command, ended.returncode, ended.stdout.decode(), ended.stderr.decode()
    )
    reports = map(json.loads, map(Path.read_text, (folder / "graded" / LIGHT).glob("*.json")))
    return texts, {content["student"]: content for content in reports}


Finished = tuple[subprocess.CompletedProcess[str], dict[str, dict[str, Any]]]


def test_the_class_is_graded_whatever_stands_in_it(finished: Finished):
    """One report for each, none of them an error of the grader's, and status 0."""
    ended, reports = finished
    assert ended.returncode == 0, ended.stderr
    assert set(reports) == {odd.student for odd in ODD.values()}


@pytest.mark.parametrize("name", ODD)
def test_each_gets_a_report_that_says_what_to_do(name: str, finished: Finished):
    """Graded where there is a notebook, else rejected with a sentence."""
    content = finished[1][ODD[name].student]
    assert content["outcome"] == ODD[name].outcome, content["message"]
    assert ODD[name].says in content["message"]
    assert (
        content["message"] == ""
        or "Please submit" in content["message"]
        or ("submit it again" in content["message"])
    )


def test_the_terminal_shows_text_only(finished: Finished):
    """No escape, no line of a student's own, nothing that turns the reading around."""
    ended, _ = finished
    for shown in (ended.stdout, ended.stderr):
        assert not [c for c in shown if unicodedata.category(c)[0] == "C" and c != "\n"]
    assert len([line for line in ended.stdout.splitlines() if line.startswith("ada ")]) == 1
