"""A class to try the grader on: twelve students, each of whom handed in one case of the corpus.

    python -m tests.sample_class FOLDER

A folder that already holds somebody else's submissions is left as it is.
"""

import argparse
from pathlib import Path

from tests import corpus

STUDENTS = {
    "amina": "sequential_model",
    "bruno": "returns_by_accumulate",
    "chiara": "try_out_lines_fail",
    "dmitri": "off_by_one",
    "elif": "greedy_action",
    "farid": "action_not_one_hot",
    "greta": "two_mistakes",
    "hiroshi": "endless_loop",
    "ines": "only_the_first_exercise",
    "jonas": "untouched_release",
    "kofi": "reads_the_hidden_checks",
    "lena": "truncated",
}


def write(folder: Path) -> int:
    """Lay the class out as nbgrader does; return how many notebooks were written.

    Writes nothing, and returns 0, where `folder` holds a student who is not of this class.
    """
    if strangers(folder):
        return 0
    cases = {case.name: case for case in corpus.choose(STUDENTS.values())}
    for student, name in STUDENTS.items():
        path = folder / student / corpus.ASSIGNMENT / corpus.FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(cases[name].notebook())
    return len(STUDENTS)


def strangers(folder: Path) -> list[str]:
    """Return the names in `folder` that are not of this class, hidden files aside."""
    names = {path.name for path in folder.glob("[!.]*")}
    return sorted(names - set(STUDENTS))


def main(arguments: list[str] | None = None) -> int:
    """Run this module's command."""
    parser = argparse.ArgumentParser(prog="python -m tests.sample_class")
    parser.add_argument("folder", type=Path, help="where students' folders go")
    folder = parser.parse_args(arguments).folder
    if written := write(folder):
        print(f"{folder}/: a sample class of {written} students")
    else:
        print(f"{folder}/ holds a class of your own: no sample was put there")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
