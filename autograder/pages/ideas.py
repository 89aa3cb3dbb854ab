"""The wrong ideas of a class, ranked: who shares which, and their code side by side.

An exercise, or a check, names an idea where that is a known one (`misconception` in a report). Where it is
not, those stand together in whom the same check found the fault first and said the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.grades.standing import Standing
from autograder.pages.notebooks import ShownCell, Work
from autograder.plaintext import spelled
from autograder.report import CheckResult, ExerciseResult, Outcome, Verdict

BESIDE = 4  # submissions of an idea that are shown with their code
_PLACE = re.compile(r" \(line \d+ of the cell .+\)\.?$")


@dataclass(frozen=True)
class Key:
    """What tells one idea from another: a name that the checks gave it, else the check that found it."""

    exercise: str
    misconception: str
    check: str
    ended: Verdict | None
    sentence: str


@dataclass(frozen=True)
class Idea:
    """One wrong idea: who has it, what it cost each of them on average, and some of them with their code."""

    key: Key
    students: tuple[Standing, ...]
    lost: float
    beside: tuple[tuple[Standing, ShownCell], ...]


def ranked(standings: Sequence[Standing], works: Mapping[str, Work]) -> list[Idea]:
    """Return all ideas, those that most students have first."""
    found: dict[Key, list[tuple[Standing, ExerciseResult]]] = {}
    sentences: dict[tuple[str, str], Key] = {}
    for standing in standings:
        report = standing.report
        if report is None or report.outcome is not Outcome.GRADED:
            continue
        for exercise in report.exercises:
            for key in _keys(exercise):
                # The sentence of an idea with a name may differ from student to student: the first serves.
                named = (key.exercise, key.misconception)
                same = sentences.setdefault(named, key) if key.misconception else key
                found.setdefault(same, []).append((standing, exercise))
    ideas = [_idea(key, who, works) for key, who in found.items()]
    return sorted(ideas, key=lambda each: (-len(each.students), -each.lost, each.key.exercise))


def _keys(exercise: ExerciseResult) -> Iterator[Key]:
    wrong = [check for check in exercise.checks if _is_wrong(check)]
    if exercise.misconception:
        yield Key(exercise.id, exercise.misconception, "", None, spelled(exercise.message))
        return
    named = dict.fromkeys(check.misconception for check in wrong if check.misconception)
    for name in named:
        first = next(check for check in wrong if check.misconception == name)
        yield Key(exercise.id, name, "", None, spelled(first.message))
    if wrong and not named:
        sentence = _PLACE.sub("", spelled(wrong[0].message))
        yield Key(exercise.id, "", wrong[0].id, wrong[0].outcome, sentence)


def _is_wrong(check: CheckResult) -> bool:
    tried = check.outcome not in (Verdict.PASSED, Verdict.NOT_ATTEMPTED)
    return tried and (bool(check.misconception) or (check.weight > 0 and check.charged_to is None))


def _idea(
    key: Key, who: Sequence[tuple[Standing, ExerciseResult]], works: Mapping[str, Work]
) -> Idea:
    lost = sum(exercise.max_score - exercise.score for _, exercise in who) / len(who)
    beside: dict[str, tuple[Standing, ShownCell]] = {}
    for standing, _ in who:
        work = works.get(standing.student)
        cell = work.cells.get(key.exercise) if work else None
        if cell is not None and len(beside) < BESIDE:
            beside.setdefault(" ".join(cell.source.split()), (standing, cell))
    return Idea(key, tuple(standing for standing, _ in who), lost, tuple(beside.values()))
