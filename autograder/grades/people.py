"""Who there is: everybody who handed in, is on the roster or was decided about, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from autograder.grades import late
from autograder.grades.collected import TAKEN, UNPLACED, Entry, shown
from autograder.grades.decisions import Decided, Decisions
from autograder.grades.roster import Roster, composed
from autograder.grades.standing import Member
from autograder.report import Report

_ONLY_MARKED = "The LMS marked it as late and says no time, so nothing was taken off."
_AMONG_THEM = "Nothing was handed in, unless it is among the entries that could not be placed."
_UNDECIDED = Decided()


@dataclass(frozen=True)
class Person:
    """Somebody, and what there is of them; `note` says whose the report is where a group handed in one.

    `unplaced` says what there may be of somebody who has no report.
    """

    student: str
    report: Report | None = None
    member: Member | None = None
    decided: Decided = _UNDECIDED
    entry: Entry | None = None
    handed_in: datetime | None = None
    group: str = ""
    note: str = ""
    unplaced: str = ""


def people(
    reports: Sequence[Report],
    roster: Roster | None,
    decisions: Decisions,
    collected: Iterable[Entry],
    zone: tzinfo,
) -> Iterator[Person]:
    """Yield who handed in, who else is on the roster, and who else was decided about."""
    entries = list(collected)
    taken = {entry.student: entry for entry in entries if entry.became == TAKEN}
    unplaced = {entry.student: entry.why for entry in entries if entry.became == UNPLACED}
    for person in _everybody(reports, roster, decisions):
        decided = decisions.about(person.student)
        entry = taken.get(person.student) or taken.get(shown(person.student))
        known = replace(person, decided=decided, group=decided.group, entry=entry)
        if why := unplaced.get(person.student) or unplaced.get(shown(person.student)):
            known = replace(known, unplaced=f"What was handed in was not taken: {why}")
        elif "" in unplaced:
            known = replace(known, unplaced=_AMONG_THEM)
        if entry is not None and entry.time is not None:
            known = replace(known, handed_in=late.in_zone(entry.time, zone))
        elif entry is not None and entry.late:
            known = replace(known, note=_ONLY_MARKED)
        yield known


def _everybody(
    reports: Sequence[Report], roster: Roster | None, decisions: Decisions
) -> Iterator[Person]:
    members = roster.members if roster else ()
    names = _Names(report.student for report in reports)
    member_of = {name: member for member in members if (name := names.same(member.id))}
    absent = [member for member in members if names.same(member.id) is None]
    for report in reports:
        yield Person(report.student, report, member_of.get(report.student))
    for member in absent:
        yield Person(member.id, member=member)
    known = {decisions.name_of(report.student) for report in reports}
    known |= {decisions.name_of(member.id) for member in absent}
    for name in decisions.by_student:
        if name not in known:
            yield Person(name)


class _Names:
    """Names, found also where their letters are composed otherwise."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = set(names)
        self._composed: dict[str, list[str]] = {}
        for name in self._names:
            self._composed.setdefault(composed(name), []).append(name)

    def same(self, name: str) -> str | None:
        """Return which of the names this is; None where none is, or it is not clear which."""
        if name in self._names:
            return name
        same = self._composed.get(composed(name), [])
        return same[0] if len(same) == 1 else None
