"""From reports to standings: one for everybody who handed in, is on the roster or was decided about.

    report ─► decided points ─► raw ─► late rule ─► final

Nothing here changes a report or decides how a check ends: the same reports with another roster, other
decisions or another late rule make other standings, no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from autograder.course.folder import Course
from autograder.course.settings import Settings, load_settings
from autograder.grades import late
from autograder.grades.collected import TAKEN, Entry, shown
from autograder.grades.decisions import Decided, Decisions
from autograder.grades.roster import Roster, composed
from autograder.grades.standing import Member, Standing
from autograder.plaintext import told_apart
from autograder.report import Outcome, Report

_NOTHING = "Nothing was handed in."
_STRANGER = (
    "Something was decided about this name, but nobody of this name handed in or is on the roster."
)
_UNDECIDED = Decided()


@dataclass(frozen=True)
class _Person:
    """Somebody, and what there is of them; `note` says whose the report is where a group handed in one."""

    student: str
    report: Report | None = None
    member: Member | None = None
    decided: Decided = _UNDECIDED
    handed_in: datetime | None = None
    note: str = ""


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
    people = list(_people(reports, roster, decisions or Decisions()))
    times = {entry.student: entry.time for entry in collected or () if entry.became == TAKEN}
    people = [replace(each, handed_in=_time(times, each.student, zone)) for each in people]
    people = list(_with_groups(people))
    return [_standing(each, settings, zone) for each in sorted(people, key=lambda p: p.student)]


def _time(times: dict[str, datetime | None], student: str, zone: tzinfo) -> datetime | None:
    moment = times.get(student) or times.get(shown(student))
    return None if moment is None else late.in_zone(moment, zone)


def _people(
    reports: Sequence[Report], roster: Roster | None, decisions: Decisions
) -> Iterator[_Person]:
    """Yield who handed in, who else is on the roster, and who else was decided about."""
    members = roster.members if roster else ()
    names = [report.student for report in reports]
    member_of = {_same(member.id, names): member for member in members}
    for report in reports:
        yield _Person(
            report.student, report, member_of.get(report.student), decisions.about(report.student)
        )
    absent = [member for member in members if _same(member.id, names) is None]
    for member in absent:
        yield _Person(member.id, None, member, decisions.about(member.id))
    known = {decisions.name_of(name) for name in (*names, *(member.id for member in absent))}
    for name, decided in decisions.by_student.items():
        if name not in known:
            yield _Person(name, decided=decided)


def _same(name: str, names: Collection[str]) -> str | None:
    """Return which of the names is this one, be it composed otherwise; None where that is not clear."""
    if name in names:
        return name
    same = [other for other in names if composed(other) == composed(name)]
    return same[0] if len(same) == 1 else None


def _with_groups(people: Sequence[_Person]) -> Iterator[_Person]:
    """Yield everybody, members of a group with the one submission that the group handed in."""
    groups: dict[str, list[_Person]] = {}
    for each in people:
        if each.decided.group:
            groups.setdefault(each.decided.group, []).append(each)
    for each in people:
        group = groups.get(each.decided.group, [])
        handed_in = [member for member in group if member.report is not None]
        counts = _which_counts(handed_in)
        if counts is not None and counts is not each:
            note = f"Handed in by {told_apart(counts.student, 60)} for the group {_group(each)}."
            yield replace(each, report=counts.report, handed_in=counts.handed_in, note=note)
        elif handed_in and counts is None:
            names = ", ".join(told_apart(member.student, 60) for member in handed_in)
            said = f"The group {_group(each)} handed in more than once, and which came last is not known"
            yield replace(each, note=f"{said}: {names}.")
        else:
            yield each


def _group(person: _Person) -> str:
    return told_apart(person.decided.group, 60)


def _which_counts(handed_in: Sequence[_Person]) -> _Person | None:
    """Return whose submission is the group's: the only one, or the last; None where that is not clear."""
    if len(handed_in) <= 1:
        return handed_in[0] if handed_in else None
    times = [each.handed_in for each in handed_in if each.handed_in is not None]
    if len(times) == len(handed_in) and times.count(last := max(times)) == 1:
        return next(each for each in handed_in if each.handed_in == last)
    digests = {each.report.submission_sha256 for each in handed_in if each.report is not None}
    return handed_in[0] if len(digests) == 1 and None not in digests else None


def _standing(person: _Person, settings: Settings, zone: tzinfo) -> Standing:
    decided, report = person.decided, person.report
    raw = None if decided.excused is not None else _raw(report, decided, settings)
    until, extended = _until(settings, decided, zone)
    seconds = late.seconds_late(person.handed_in, until, settings.late) if person.handed_in else 0.0
    penalty = 0.0 if raw is None else late.penalty(raw, seconds, settings.late)
    known = report is not None or person.member is not None
    reasons = [
        "" if known else _STRANGER,
        _NOTHING if report is None else "",
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
        group=decided.group,
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
