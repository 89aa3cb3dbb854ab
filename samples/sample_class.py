"""A class to try the grader on, for each assignment: students who each handed in one case of the corpus.

    python -m samples.sample_class ASSIGNMENT

prints the folder whose `submitted` is to be graded: the course, where students handed in something, else
build/sample, where the class is laid out anew.
"""

import argparse
import shutil
import sys
from pathlib import Path

from autograder.batch.discover import NoSubmission, discover
from autograder.errors import UsageError
from samples import corpus

SAMPLE = Path("build") / "sample"
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
CLASSES = {
    corpus.ASSIGNMENT: STUDENTS,
    "returns_warmup": {
        "amina": "returns_by_accumulate",
        "bruno": "baseline_by_a_mask",
        "chiara": "lists_for_arrays",
        "dmitri": "integer_returns",
        "elif": "padding_in_the_mean",
        "farid": "syntax_error",
        "greta": "one_exercise_left_alone",
        "hiroshi": "endless_loop",
        "ines": "untouched_release",
        "kofi": "reads_the_hidden_checks",
    },
}


def write(folder: Path, assignment: str = corpus.ASSIGNMENT) -> int:
    """Lay the class out as nbgrader does, in place of what was there; return how many notebooks it has."""
    shutil.rmtree(folder, ignore_errors=True)
    students = CLASSES[assignment]
    cases = {case.name: case for case in corpus.choose(students.values(), assignment)}
    for student, name in students.items():
        path = folder / student / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(cases[name].notebook())
    return len(students)


def to_grade(course: Path, assignment: str) -> Path:
    """Return the folder whose `submitted` is to be graded: the course's own, or that of the sample class.

    Real submissions always come first, and the sample class never lies among them.
    """
    try:
        discover([course / "submitted"], assignment)
    except NoSubmission:
        if assignment not in CLASSES:
            return course  # grading it says what is missing
        write(course / SAMPLE / "submitted", assignment)
        return course / SAMPLE
    except UsageError:
        return course  # something is there, and grading it says what is wrong with it
    return course


def main(arguments: list[str] | None = None) -> int:
    """Run this module's command."""
    parser = argparse.ArgumentParser(prog="python -m samples.sample_class")
    parser.add_argument("assignment", help="the assignment that is to be graded")
    assignment = parser.parse_args(arguments).assignment
    folder = to_grade(Path(), assignment)
    if folder != Path():
        print(f"submitted/ holds no {assignment}: grading a sample class.", file=sys.stderr)
    print(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
