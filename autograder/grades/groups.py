"""Groups: what one member hands in counts for all of them.

Who is in a group was decided by hand (decisions.csv), or the LMS said so with the submission. Where an
LMS hands out what a team handed in under the team's own name, it is the submission of the group of this name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from autograder.grades.people import Person
from autograder.grades.roster import composed
from autograder.plaintext import told_apart


def with_groups(people: Sequence[Person]) -> Iterator[Person]:
    """Yield everybody, members of a group with the one submission that the group handed in."""
    everybody = _with_members(people)
    groups: dict[str, list[Person]] = {}
    for each in everybody:
        if each.group:
            groups.setdefault(composed(each.group), []).append(each)
    teams = list(_teams(everybody, groups))
    nobody = {team.student for team, _ in teams}  # its members have what it handed in
    for team, name in teams:
        groups[name].append(team)
    for each in everybody:
        if each.student not in nobody:
            group = groups[composed(each.group)] if each.group else []
            yield _with_submission(each, [member for member in group if member.report is not None])


def _with_members(people: Sequence[Person]) -> list[Person]:
    """Return everybody, those included of whom only the LMS said that they handed in with another one."""
    by_name = {each.student: each for each in people}
    for each in people:
        members = each.entry.members if each.entry is not None else ()
        group = ", ".join(members)
        for name in members:
            known = by_name.setdefault(name, Person(name))
            by_name[name] = replace(known, group=known.group or group)
    return list(by_name.values())


def _teams(people: Sequence[Person], groups: Collection[str]) -> Iterator[tuple[Person, str]]:
    """Yield what was handed in under a group's own name, or its number in the LMS with that name."""
    for each in people:
        names = (each.student, each.entry.name if each.entry is not None else "")
        group = next((name for name in map(composed, names) if name in groups), None)
        if group is not None and each.report is not None and each.member is None and not each.group:
            yield each, group


def _with_submission(person: Person, handed_in: Sequence[Person]) -> Person:
    if not handed_in:
        return person
    group = told_apart(person.group, 60)
    counts = _which_counts(handed_in)
    if counts is None:
        names = ", ".join(told_apart(member.student, 60) for member in handed_in)
        said = f"The group {group} handed in more than once, and which came last is not known"
        return replace(person, note=f"{said}: {names}.")
    if counts.student == person.student:
        return person
    note = f"Handed in by {told_apart(counts.student, 60)} for the group {group}."
    return replace(person, report=counts.report, handed_in=counts.handed_in, note=note)


def _which_counts(handed_in: Sequence[Person]) -> Person | None:
    """Return whose submission is the group's: the only one, or the last; None where that is not clear."""
    if len(handed_in) == 1:
        return handed_in[0]
    times = [each.handed_in for each in handed_in if each.handed_in is not None]
    if len(times) == len(handed_in) and times.count(last := max(times)) == 1:
        return next(each for each in handed_in if each.handed_in == last)
    digests = {each.report.submission_sha256 for each in handed_in if each.report is not None}
    return handed_in[0] if len(digests) == 1 and None not in digests else None
