"""A class of thirty as each LMS hands it out: late ones, resubmissions, odd names, and rubbish beside them.

Every notebook holds its student's name, so a mix-up shows. What is expected is said beside what is made.
"""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ASSIGNMENT = "small"
FIRST = (
    "Ada", "Ben", "Chloé", "Dmitri", "Elif", "Farid", "Gül", "Hà", "Íñigo", "Jürgen", "Kofi", "Łucja",
    "María José", "Noël", "Øystein", "Priya", "Qiang", "Renée", "Søren", "Tāne", "Uğur", "Věra", "Wang",
    "Xóchitl", "Yūki", "Željko", "Ada", "O'Neil", "Anne-Marie", "李",
)  # fmt: skip
LAST = (
    "Lovelace", "Okafor", "Müller", "Иванов", "Yilmaz", "Hassan", "Öz", "Nguyễn", "Núñez", "Groß", "Mensah",
    "Wójcik", "García López", "Lefèvre", "Bjørnstad", "Rao", "Li", "Côté", "Kjær", "Ngāti", "Doğan",
    "Dvořáková", "Wei",
    "Hernández", "Satō", "Kovač", "Lovelace", "Shea", "St. John", "明",
)  # fmt: skip
CLASS = tuple(f"{first} {last}" for first, last in zip(FIRST, LAST, strict=True))
"""Two of them have the same name: only their ids tell them apart."""


def number(index: int) -> str:
    """A student's id in the LMS."""
    return str(1001 + 7 * index)


def notebook(text: str) -> bytes:
    """A notebook with this text in it."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": text}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, ensure_ascii=False).encode()


def packed(files: dict[str, bytes]) -> bytes:
    """A zip archive of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


@dataclass
class Class:
    """What is handed out, and what must come of it.

    `expected` has for each student that is to be laid out what the notebook says, None where there is no
    notebook; `passed` counts the entries that are passed over, `unplaced` those of them that a person must
    see.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    expected: dict[str, str | None] = field(default_factory=dict)
    passed: int = 0
    unplaced: int = 0
    layout: str = ""

    def zipped(self, path: Path) -> Path:
        """Write it as one archive."""
        path.write_bytes(packed(self.files))
        return path

    def unpacked(self, folder: Path) -> Path:
        """Write it as a folder."""
        for name, content in self.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        return folder

    def rubbish(self) -> None:
        """Put beside it what operating systems do."""
        self.files |= {".DS_Store": b"x", "__MACOSX/._x.ipynb": b"x", "Thumbs.db": b"x"}
        self.passed += 3


def _odd(index: int) -> tuple[str, bytes]:
    """How a student's file is called and what it is: every way in which browsers and students spoil it."""
    mine = notebook(CLASS[index] + number(index))
    return {
        3: ("small (1).ipynb", mine),
        4: ("small.ipynb.txt", mine),
        5: ("SMALL.IPYNB", mine),
        6: ("small.json", mine),
        7: ("my work.zip", packed({"work/small.ipynb": mine, "__MACOSX/work/._small.ipynb": b"x"})),
        8: (unicodedata.normalize("NFD", "übung.ipynb"), mine),
        9: ("small.ipynb.json", mine),
        10: ("=cmd|' C calc'!A0.ipynb", mine),
    }.get(index, ("small.ipynb", mine))


def canvas() -> Class:
    """Flat files; one late, one handed in three times, a text that was typed, a file of nobody."""
    made = Class(layout="Canvas")
    for index, name in enumerate(CLASS):
        file, content = _odd(index)
        first, last = FIRST[index], LAST[index]
        squashed = "".join(c for c in f"{last}{first}".lower() if c.isalnum())
        late = "_LATE" if index == 11 else ""
        start = f"{squashed}{late}_{number(index)}"
        if index == 12:
            for again in range(3):
                suffix = f"-{again}" if again else ""
                text = f"{name}{number(index)}" if again == 2 else f"attempt {again}"
                made.files[f"{start}_{500 + again}_small{suffix}.ipynb"] = notebook(text)
            made.passed += 2
        elif index == 13:
            made.files[f"{start}_text.html"] = b"<p>I could not upload it</p>"
        else:
            made.files[f"{start}_{9000 - index}_{file}"] = content
        made.expected[number(index)] = None if index == 13 else name + number(index)
    made.files["notes of the assistant.docx"] = b"x"
    made.passed, made.unplaced = made.passed + 1, 1
    made.rubbish()
    return made


def moodle(ending: str = "") -> Class:
    """A folder each; one has two files, one only a text that was typed."""
    made = Class(layout="Moodle")
    for index, name in enumerate(CLASS):
        file, content = _odd(index)
        top = f"{name.replace('_', ' ')}_{number(index)}_assignsubmission_"
        if index == 13:
            made.files[f"{top}onlinetext{ending}/onlinetext.html"] = b"<p>none</p>"
        else:
            made.files[f"{top}file{ending}/{file}"] = content
        if index == 14:
            made.files[f"{top}file{ending}/data/points.csv"] = b"1,2\n"
        made.expected[number(index)] = None if index == 13 else name + number(index)
    made.rubbish()
    return made


def moodle_flat() -> Class:
    """Without folders: the file's name stands behind an underscore."""
    made = moodle()
    made.files = {name.replace("_file/", "_file_"): data for name, data in made.files.items()}
    made.files = {name.replace("_file_data/", "_file_"): data for name, data in made.files.items()}
    return made


def gradescope() -> Class:
    """A folder each and metadata with Ruby's symbols; a pair, and a folder of which nothing is said."""
    made = Class(layout="Gradescope")
    lines = []
    for index, name in enumerate(CLASS):
        file, content = _odd(index)
        made.files[f"assignment_77_export/submission_{index}/{file}"] = content
        quoted = name.replace("'", "''")
        lines += [
            f"submission_{index}:", "  :submitters:", f"  - :name: '{quoted}'",
            f"    :sid: '{number(index)}'",
            f"    :email: s{index}@uni.example", f"  :created_at: 2026-11-{index % 28 + 1:02}T10:00:00.000Z",
            "  :score: 1.0", "  :history: []",
        ]  # fmt: skip
        made.expected[number(index)] = name + number(index)
    made.files["assignment_77_export/submission_99/small.ipynb"] = notebook("nobody")
    made.files["assignment_77_export/submission_metadata.yml"] = "\n".join(lines).encode()
    made.passed, made.unplaced = 2, 1
    made.rubbish()
    return made


def brightspace() -> Class:
    """A folder for each attempt, with the time in its name; an index beside them."""
    made = Class(layout="Brightspace")
    for index, name in enumerate(CLASS):
        file, content = _odd(index)
        made.files[
            f"{number(index)}-{70000 + index} - {name} - Nov {index % 28 + 1}, 2026 1105 AM/{file}"
        ] = content
        made.expected[number(index)] = name + number(index)
    again = f"{number(2)}-70002 - {CLASS[2]} - Nov 3, 2026 {{}} PM/small.ipynb"
    made.files[again.format("105")] = notebook("between")
    made.files[again.format("1159")] = notebook("the last one")
    made.expected[number(2)] = "the last one"
    made.files["index.html"] = b"x"
    made.passed, made.unplaced = 3, 1
    made.rubbish()
    return made


def blackboard() -> Class:
    """Flat files beside a text about each attempt; users and the assignment have underscores."""
    made = Class(layout="Blackboard")
    for index, name in enumerate(CLASS):
        file, content = _odd(index)
        user = f"user_{index}"
        for minute in (10, 20) if index == 2 else (10,):
            start = f"Home_work 1_{user}_intento_2026-11-{index % 28 + 1:02}-10-{minute}-00"
            made.files[f"{start}.txt"] = (
                f"Name: {name} ({user})\nAssignment: Home_work 1\n".encode()
            )
            text = notebook("the first") if index == 2 and minute == 10 else content
            made.files[f"{start}_{file}"] = text
        made.expected[user] = name + number(index)
    made.passed = 1
    made.rubbish()
    return made


def nbgrader() -> Class:
    """nbgrader's own; one has handed in another assignment only, and files lie beside."""
    made = Class(layout="nbgrader")
    for index, name in enumerate(CLASS):
        file, content = _odd(index)
        made.files[f"s{index:02}/small/{file}"] = content
        made.files[f"s{index:02}/small/timestamp.txt"] = b"2026-11-03 10:00:00.123456 UTC"
        made.expected[f"s{index:02}"] = name + number(index)
    made.files["elsewhere/other/other.ipynb"] = notebook("other")
    made.passed = 1
    made.rubbish()
    return made


def exchange() -> Class:
    """nbgrader's exchange; one handed in twice, one another assignment."""
    made = Class(layout="nbgrader's exchange")
    for index, name in enumerate(CLASS):
        _, content = _odd(index)
        if index in (6, 7):
            content = notebook(name + number(index))
        made.files[f"s{index:02}+small+2026-11-03 10:00:{index:02}.000000 UTC+abc/small.ipynb"] = (
            content
        )
        made.expected[f"s{index:02}"] = name + number(index)
    made.files["s02+small+2026-11-02 09:00:00.000000 UTC+xyz/small.ipynb"] = notebook("earlier")
    made.files["s02+other+2026-11-09 09:00:00.000000 UTC+xyz/other.ipynb"] = notebook("other")
    made.passed = 2
    made.rubbish()
    return made


def folders() -> Class:
    """One folder a student, as ILIAS has it; a file of nobody lies beside."""
    made = Class(layout="one folder or file per student")
    for index, name in enumerate(CLASS):
        file, content = _odd(index)
        made.files[f"{name} {number(index)}/{file}"] = content
        made.expected[f"{name} {number(index)}"] = name + number(index)
    made.files["who is this.pdf"] = b"x"
    made.passed, made.unplaced = 1, 1
    made.rubbish()
    return made


def flat() -> Class:
    """One file a student: notebooks as browsers name them, and archives."""
    made = Class(layout="one folder or file per student")
    endings = (".ipynb", ".ipynb.txt", ".IPYNB", " (1).ipynb", ".ipynb.json")
    for index, name in enumerate(CLASS):
        student, content = f"{name} {number(index)}", notebook(name + number(index))
        if index % 6 == 5:
            made.files[f"{student}.zip"] = packed({"a/small.ipynb": content})
        else:
            made.files[student + endings[index % 6]] = content
        made.expected[student] = name + number(index)
    made.files["small.ipynb"] = notebook("nobody's")
    made.passed, made.unplaced = 1, 1
    made.rubbish()
    return made


CLASSES: dict[str, Callable[[], Class]] = {
    "canvas": canvas, "moodle": moodle, "moodle before 4.1": lambda: moodle("_"), "moodle flat": moodle_flat,
    "gradescope": gradescope, "brightspace": brightspace, "blackboard": blackboard, "nbgrader": nbgrader,
    "exchange": exchange, "folders": folders, "flat": flat,
}  # fmt: skip
