"""The table of the visible checks, and the page of documentation around it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from autograder.cases.loading import CORRECT, KINDS, MISTAKES, Case, case_folders, exercise_points
from autograder.course.folder import Course
from tools.visible.judged import Judged
from tools.visible.reasons import REASONS
from tools.visible.running import COURSE

COMMAND = "python -m tools.visible --write docs/visible-checks.md"
PAGE = """\
# What the visible checks stop

After each exercise of `policy_gradient` stands a cell that students run themselves: `check("build_model",
globals())` prints one line, which begins with ✓ or ✗. It tries the student's code in the notebook's own
process, with small models and short games that note how they are used, and takes about a second.

A visible check is there so that nobody hands in, in good faith, what loses points: where it says ✓, the
exercise does what its text asks for, as far as a second can tell. It is not the grade. The hidden checks
look longer, with other inputs, in an environment that the code cannot know, and they alone give points. A
visible check names what is wrong and never the line that would be right.

Here each was run as a student runs it, from top to bottom of the notebook in short games, with the cases
that the hidden checks are tried with: every notebook with a mistake, of which the check of the wrong exercise
should say ✗, and every right one, whose checks should say ✓ (those of the exercises that it changes, or that
call what it changes; the others see what the solved notebook shows them). `{command}` makes this page.

{table}

{share}

## Right notebooks that are none in Jupyter

Of these the check said ✗, and so it should: the exercise is right by itself and is graded so, but run from
top to bottom the notebook does not do what it should.

{excused}

## Mistakes that pass

What is behind them:

{reasons}

{passed}

{marks}
"""


def table(judged: list[Judged]) -> str:
    """Return the table: for each exercise how many of both kinds there are, and how many were stopped."""
    lines = [
        "| exercise | mistakes | stopped | right solutions | stopped |",
        "|---|---:|---:|---:|---:|",
    ]
    for exercise in exercise_points(COURSE):
        lines.append(_row(f"`{exercise}`", [each for each in judged if each.exercise == exercise]))
    return "\n".join([*lines, _row("**together**", judged)])


def _row(name: str, judged: Iterable[Judged]) -> str:
    judged = list(judged)
    wrong = [each for each in judged if each.wrong]
    right = [each for each in judged if each.kind == CORRECT and not each.excused]
    numbers = (
        len(wrong),
        sum(bool(each.said) for each in wrong),
        len(right),
        sum(each.stopped_though_right for each in right),
    )
    return f"| {name} | " + " | ".join(map(str, numbers)) + " |"


def share(judged: list[Judged]) -> str:
    """Return a sentence with the share of the mistakes that are stopped."""
    wrong = [each for each in judged if each.wrong]
    stopped = sum(bool(each.said) for each in wrong)
    right = {each.name for each in judged if each.kind == CORRECT}
    return (
        f"{stopped} of {len(wrong)} mistakes are stopped, {stopped / max(1, len(wrong)):.1%}; "
        f"{sum(each.stopped_though_right for each in judged)} exercises of {len(right)} right notebooks are."
    )


def details(judged: list[Judged], verbose: bool) -> Iterator[str]:
    """Yield the share, and a line for each that is not as it should be; all of them where `verbose`."""
    yield f"\n{share(judged)}\n"
    for each in judged:
        surprising = bool(each.said) != each.wrong
        if verbose or surprising:
            what = f"{each.kind}/{each.name}: {each.exercise}"
            yield f"{what}{' (jupyter)' if each.excused else ''}: {each.said or 'passed'}"


def written(judged: list[Judged], cases: list[Case]) -> str:
    """Return the page."""
    whys = {case.name: case.why for case in cases}
    excused = [
        f"- `{each.name}` (`{each.exercise}`): {each.excuse}." for each in judged if each.excused
    ]
    passed = [each for each in judged if each.wrong and not each.said]
    return PAGE.format(
        command=COMMAND,
        table=table(judged),
        share=share(judged),
        excused="\n".join(excused) or "There are none.",
        reasons=_reasons(passed),
        passed=_passed(passed, whys),
        marks="\n".join(f"<!-- {name}: {digest} -->" for name, digest in marks(COURSE).items()),
    )


def _reasons(passed: list[Judged]) -> str:
    names = {each.name for each in passed}
    lines = [
        f"- {reason} ({len(names & set(cases))})"
        for reason, cases in REASONS.items()
        if names & set(cases)
    ]
    known = {name for cases in REASONS.values() for name in cases}
    if others := sorted(names - known):
        lines.append(f"- Nobody has said why yet: {', '.join(f'`{name}`' for name in others)}")
    return "\n".join(lines)


def _passed(passed: list[Judged], whys: dict[str, str]) -> str:
    parts = []
    for exercise in exercise_points(COURSE):
        names = [each.name for each in passed if each.exercise == exercise]
        if names:
            lines = [
                f"- `{name}`: {' '.join(whys[name].split()).split(' Loses: ')[0]}" for name in names
            ]
            parts.append("\n".join([f"**{exercise}**", "", *lines]))
    return "\n\n".join(parts) or "There are none."


def marks(course: Course) -> dict[str, str]:
    """Return what the page was made of: digests of the visible checks, and of the names of all cases."""
    checks = hashlib.sha256()
    for path in sorted((course.master.parent / "visible").glob("*.py")):
        checks.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    names = [f"{kind}/{folder.name}" for kind in KINDS for folder in case_folders(course, kind)]
    wanted = [name for name in names if name.startswith((CORRECT, MISTAKES))]
    return {
        "visible checks": checks.hexdigest(),
        "cases": hashlib.sha256("\n".join(wanted).encode()).hexdigest(),
    }
