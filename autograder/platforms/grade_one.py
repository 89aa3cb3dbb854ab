"""What runs on a platform: grades the one submission in a folder and writes the results it takes.

    python -m autograder.platforms.grade_one PLATFORM --course FOLDER --submission FOLDER --results FILE

Exit status 0: the results are written, be they 0 points. 1: something of ours went wrong, and there are no
results, since a platform takes any file of that name for the student's score.
"""

from __future__ import annotations

import argparse
import sys
import threading
from pathlib import Path

from autograder import files
from autograder.batch import reading
from autograder.batch.faults import Faults
from autograder.batch.job import make_job
from autograder.batch.retry import SessionStarter
from autograder.batch.several import settle
from autograder.batch.submission_grader import SubmissionGrader
from autograder.course.folder import Course, assignments
from autograder.engines.process import ProcessEngine
from autograder.engines.registry import Choice
from autograder.errors import AutograderError, EngineError
from autograder.outputs import gradescope, prairielearn
from autograder.plaintext import spelled
from autograder.platforms.handed_in import find
from autograder.report import Outcome, Report
from autograder.submission.assignment import load_assignment

STUDENT = "submission"  # the platform knows whose it is, and nothing here needs to
_MAKE = {"gradescope": gradescope.make, "prairielearn": prairielearn.make}
# PrairieLearn may show students what is printed, and a fault may quote hidden checks.
_SAYS_FAULTS = {"gradescope"}


def grade(course: Course, folder: Path) -> Report:
    """Grade what lies in `folder` as this very user. Raises EngineError where no session can be had."""
    engine = ProcessEngine(course)
    if problem := engine.problem():
        raise EngineError(problem)
    job = make_job(course, Choice(engine, ""))
    (entry,) = settle([find(folder, course.assignment, STUDENT)], load_assignment(course))
    handed_in = reading.handed_in(entry)
    stopped = threading.Event()
    grader = SubmissionGrader(job, SessionStarter(engine, stopped, print), Faults(), stopped)
    try:
        return grader.grade(handed_in)
    finally:
        grader.close()


def main(arguments: list[str] | None = None) -> int:
    """Run this module's command."""
    parser = argparse.ArgumentParser(prog="python -m autograder.platforms.grade_one")
    parser.add_argument("platform", choices=_MAKE)
    parser.add_argument("--course", type=Path, required=True)
    parser.add_argument("--submission", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    asked = parser.parse_args(arguments)
    says_faults = asked.platform in _SAYS_FAULTS
    try:
        asked.results.unlink(missing_ok=True)
        (assignment,) = assignments(asked.course)  # a package holds one
        report = grade(Course(asked.course, assignment), asked.submission)
        if report.outcome is Outcome.GRADER_ERROR:
            return _failed(report.fault or "", says_faults)
        files.write(asked.results, _MAKE[asked.platform]([report]))
    except (AutograderError, OSError) as error:
        return _failed(str(error), says_faults)
    if report.breach and says_faults:
        print(
            f"Look closer at this one: {spelled(report.breach)}. Its score counts what it computed."
        )
    print(f"The submission was {report.outcome}.")
    return 0


def _failed(fault: str, says_faults: bool) -> int:
    print(
        "Something of ours went wrong, so this submission has no score. Please have it graded again."
    )
    print(
        spelled(fault) if says_faults else "'autograder grade' says what it was, on this notebook."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
