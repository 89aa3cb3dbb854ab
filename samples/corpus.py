"""The corpus of submissions: what each of them is, and what it must score.

    python -m samples.corpus class FOLDER [NAME...]         lay the notebooks out as a class
    python -m samples.corpus compare REPORTS [NAME...]      list what scored otherwise than expected
    python -m samples.corpus regenerate REPORTS [NAME...]   write real scores into expected.toml

`REPORTS` is a folder with one `<name>.json` per submission. `--assignment NAME` means another assignment
than policy_gradient. Its cases lie beside its hidden checks, in checks/<assignment>/cases; README.md beside
this file says more.
"""

import argparse
import json
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path

from autograder import report
from autograder.cases import expectations, loading, student_edits
from autograder.cases.expectations import ExpectationError, Points
from autograder.cases.loading import Case, CaseError
from autograder.cases.student_edits import Notebook
from autograder.course.content import CASES
from autograder.course.folder import Course
from autograder.report import Judgement
from samples.broken_notebooks import make

ROOT = Path(__file__).resolve().parent.parent
BROKEN = ROOT / "samples" / "broken_notebooks"
ASSIGNMENT = "policy_gradient"
FILE = f"{ASSIGNMENT}.ipynb"
SEED = 0  # with which an expected.toml is made and compared: the first that `autograder certify` grades with


class CorpusError(CaseError):
    """A case of the corpus is malformed, or there is none of that name."""


def cases_of(assignment: str) -> Path:
    """The folder of an assignment's cases."""
    return loading.cases_folder(Course(ROOT, assignment))


def assignments() -> list[str]:
    """The assignments that have cases, sorted."""
    return sorted(folder.parent.name for folder in (ROOT / "checks").glob(f"*/{CASES}"))


@cache
def points(assignment: str) -> Points:
    """What each of an assignment's exercises is worth, in the notebook's order."""
    return loading.exercise_points(Course(ROOT, assignment))


def load_cases(kind: str | None = None, assignment: str | None = None) -> list[Case]:
    """All cases of one kind or of every kind, of one assignment or of all, sorted.

    Raises `CaseError` naming the bad one.
    """
    return [
        found
        for name in ([assignment] if assignment else assignments())
        for found in loading.load_cases(Course(ROOT, name), points(name), kind)
    ]


def build_case(text: str, assignment: str = ASSIGNMENT) -> bytes:
    """The notebook that an `edits.py` with this text describes."""
    return loading.build_case(text, Course(ROOT, assignment))


@cache
def base_notebook(base: str, assignment: str = ASSIGNMENT) -> Notebook:
    """What edits start from: the `solved` master or the untouched `release`; do not change it."""
    return loading.base_notebook(Course(ROOT, assignment), base)


def broken_notebooks() -> list[Case]:
    """Files that no exercise of the course produces, raw ones and made ones, sorted by name."""
    sources: dict[str, Callable[[], bytes]] = {p.stem: p.read_bytes for p in BROKEN.glob("*.raw")}
    for name, maker in make.MAKERS.items():
        if name in sources:
            raise CorpusError(f"{name} is both a file and made")
        sources[name] = partial(_make, maker)
    files = {path.name.removesuffix(".expected.toml"): path for path in BROKEN.glob("*.toml")}
    if sources.keys() != files.keys():
        raise CorpusError(f"without a partner: {sorted(sources.keys() ^ files.keys())}")
    return [_broken(name, files[name], sources[name]) for name in sorted(sources)]


def _make(maker: Callable[[Notebook], bytes]) -> bytes:
    return maker(json.loads(student_edits.dump(base_notebook("solved"))))


def _broken(name: str, expected_file: Path, build: Callable[[], bytes]) -> Case:
    """A broken notebook; there is no docstring, so its `expected.toml` says why it exists."""
    try:
        expected = expectations.read(expected_file.read_text(encoding="utf-8"), points(ASSIGNMENT))
    except (TypeError, ValueError) as error:
        raise CorpusError(f"{expected_file.name}: {error}") from error
    if not expected.why:
        raise CorpusError(f"{expected_file.name} does not say why")
    return Case(ASSIGNMENT, "broken", name, expected.why, expected, expected_file, build)


def choose(names: Iterable[str] = (), assignment: str = ASSIGNMENT) -> list[Case]:
    """The named cases of an assignment, or all; raises `CorpusError` for a name that it lacks."""
    broken = broken_notebooks() if assignment == ASSIGNMENT else []
    cases = {case.name: case for case in (*load_cases(assignment=assignment), *broken)}
    wanted = list(names) or list(cases)
    if unknown := set(wanted) - set(cases):
        raise CorpusError(f"no such case: {', '.join(sorted(unknown))}")
    return [cases[name] for name in wanted]


def write_class(
    folder: Path, names: Iterable[str] = (), assignment: str = ASSIGNMENT
) -> list[Path]:
    """Lay cases out as nbgrader does, `<student>/<assignment>/<notebook>`; return their paths."""
    paths = []
    for case in choose(names, assignment):
        path = folder / case.name / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.notebook())
        paths.append(path)
    return paths


def compare(case: Case, judgement: Judgement) -> list[str]:
    """Every difference between a case's expectation and its judgement; empty means as expected."""
    return expectations.differences(case.expected, judgement, points(case.assignment))


def regenerate(case: Case, judgement: Judgement) -> list[str]:
    """Write the judgement's scores into `expected.toml`; returns complaints, then nothing is written.

    A correct solution and a broken file are stated by hand alone: their judgement is only compared.
    """
    if case.kind not in ("mistakes", "attacks"):
        return compare(case, judgement)
    ceiling = case.kind == "attacks"
    try:
        expected = expectations.from_judgement(
            case.expected, judgement, points(case.assignment), ceiling
        )
    except ExpectationError as error:
        return [str(error)]
    case.expected_file.write_text(expectations.write(expected), encoding="utf-8")
    return []


def each_report(
    act: Callable[[Case, Judgement], list[str]],
    folder: Path,
    names: Iterable[str],
    assignment: str = ASSIGNMENT,
) -> list[str]:
    """Complaints of `act` on each case and its report, each behind the case's name."""
    complaints = []
    for case in choose(names, assignment):
        path = folder / f"{case.name}.json"
        found = act(case, report.read(path.read_bytes())) if path.exists() else ["has no report"]
        complaints += [f"{case.kind}/{case.name}: {complaint}" for complaint in found]
    return complaints


def main(arguments: list[str] | None = None) -> int:
    """Run one command of this module's docstring; status 1 where there is something to say."""
    parser = argparse.ArgumentParser(prog="python -m samples.corpus")
    parser.add_argument("command", choices=["class", "compare", "regenerate"])
    parser.add_argument("folder", type=Path, help="the class, or the reports")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these cases")
    parser.add_argument("--assignment", default=ASSIGNMENT, help="of which the cases are")
    options = parser.parse_args(arguments)
    if options.command == "class":
        paths = write_class(options.folder, options.names, options.assignment)
        print(f"{len(paths)} notebooks in {options.folder}")
        return 0
    act = compare if options.command == "compare" else regenerate
    complaints = each_report(act, options.folder, options.names, options.assignment)
    print("\n".join(complaints) or "everything as expected")
    return 1 if complaints else 0


if __name__ == "__main__":
    raise SystemExit(main())
