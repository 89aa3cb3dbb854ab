"""From reports to standings: one for everybody who handed in, is on the roster or was decided about.

    report ─► decided points ─► raw ─► late rule ─► final

Nothing here changes a report or decides how a check ends: the same reports with another roster, other
decisions or another late rule make other standings, no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from autograder.course.folder import Course
from autograder.course.settings import Settings, load_settings
from autograder.grades import late
from autograder.grades.collected import Entry
from autograder.grades.decisions import Decided, Decisions
from autograder.grades.groups import with_groups
from autograder.grades.people import Person, people
from autograder.grades.roster import Roster
from autograder.grades.standing import Standing
from autograder.report import Outcome, Report

_NOTHING = "Nothing was handed in."
_STRANGER = (
    "Something was decided about this name, but nobody of this name handed in or is on the roster."
)


def standings(
    course: Course,
    reports: Sequence[Report],
    roster: Roster | None = None,
    decisions: Decisions | None = None,
    collected: Iterable[Entry] | None = None,
) -> list[Standing]:
    """Return everybody's standing, by student. Raises SettingsError.

    `collected` says when what was graded came; where it says nothing, nothing is late.
    """
    settings = load_settings(course)
    zone = late.timezone(settings)
    alone = list(people(reports, roster, decisions or Decisions(), collected or (), zone))
    everybody = sorted(with_groups(alone), key=lambda each: each.student)
    return [_standing(each, settings, zone) for each in everybody]


def _standing(person: Person, settings: Settings, zone: tzinfo) -> Standing:
    decided, report = person.decided, person.report
    raw = None if decided.excused is not None else _raw(report, decided, settings)
    until, extended = _until(settings, decided, zone)
    seconds = late.seconds_late(person.handed_in, until, settings.late) if person.handed_in else 0.0
    penalty = 0.0 if raw is None else late.penalty(raw, seconds, settings.late)
    known = report is not None or person.member is not None or person.group
    reasons = [
        "" if known else _STRANGER,
        (person.unplaced or _NOTHING) if report is None else "",
        person.note,
        *_points(report, decided),
        extended,
        f"Handed in {late.how_long(seconds)} late: {penalty:g} points off." if seconds else "",
        f"Excused: {decided.excused}" if decided.excused is not None else "",
    ]
    return Standing(
        student=person.student,
        report=report,
        member=person.member,
        handed_in=person.handed_in,
        late_seconds=seconds,
        raw=raw,
        penalty=penalty,
        final=None if raw is None else round(raw - penalty, 2),
        excused=decided.excused is not None,
        group=person.group,
        decided=decided.points,
        reasons=tuple(reason for reason in reasons if reason),
    )


def _raw(report: Report | None, decided: Decided, settings: Settings) -> float | None:
    """Return the report's score with the decided points in it, before anything is taken off.

    Where there is no score, since nothing was handed in or something of ours broke, it takes decided
    points for every exercise to make one; who handed in nothing has what was decided.
    """
    given = sum(points.points for points in decided.points.values())
    if report is None:
        return round(given, 2) if decided.points else None
    if report.outcome is Outcome.GRADER_ERROR or report.score is None:
        return round(given, 2) if decided.points.keys() >= settings.exercises.keys() else None
    replaced = sum(part.score for part in report.exercises if part.id in decided.points)
    return round(report.score - replaced + given, 2)


def _points(report: Report | None, decided: Decided) -> Iterator[str]:
    """Yield a sentence for every exercise whose points were decided by hand."""
    parts = {part.id: part for part in report.exercises} if report else {}
    most = {part.id: part.max_score for part in report.manual} if report else {}
    most |= {name: part.max_score for name, part in parts.items()}
    for name, points in decided.points.items():
        of = f" of {most[name]:g}" if name in most else ""
        instead = f" in place of {parts[name].score:g}" if name in parts else ""
        yield f"{name}: {points.points:g}{of} points{instead}, decided by hand: {points.reason}"


def _until(settings: Settings, decided: Decided, zone: tzinfo) -> tuple[datetime | None, str]:
    """Return when it is due for this student, and a sentence where that is later than for the others."""
    due, extension = late.due(settings, zone), decided.extension
    if due is None or extension is None:
        return due, ""
    if extension.until is not None:
        due = late.in_zone(extension.until, zone)
    elif extension.longer is not None:
        due += extension.longer
    return due, f"Due {due:%Y-%m-%d %H:%M} instead: {extension.reason}"
