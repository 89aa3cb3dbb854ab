"""Who each student is: by the roster, else by the LMS's own id. Nobody is guessed; nobody is two people.

What a layout says of a student meets the roster in turn: the LMS's id, the id, the address, the full name.
Only one member may be meant. Where it is none, the student keeps the id or name of the layout; where it is
more than one, or where two of the class would become one, none of them is placed, and a sentence names them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from autograder.collect import names
from autograder.collect.piece import Who
from autograder.grades.roster import Roster
from autograder.grades.standing import Member
from autograder.plaintext import told_apart


@dataclass(frozen=True)
class Identity:
    """Who it is: an id that is safe as a folder's name; `why` says why nobody is meant, if that is so."""

    student: str
    member: Member | None = None
    why: str = ""


IN_PLACE = "in place"
Key = tuple[str, str]
"""The layout in which a student is named, and the student's key there."""


def identify(people: Mapping[Key, Who], roster: Roster | None) -> dict[Key, Identity]:
    """Return who each of them is."""
    book = _Book(roster.members if roster else ())
    found = {key: book.identity(who) for key, who in people.items()}
    return _without_doubles(people, found)


class _Book:
    """The roster by all that identifies a member."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._lms, self._id, self._email, self._name = (
            defaultdict[str, list[Member]](list) for _ in range(4)
        )
        for member in members:
            self._id[names.alike(member.id)].append(member)
            if member.lms_user_id:
                self._lms[names.alike(member.lms_user_id)].append(member)
            if member.email:
                self._email[names.alike(member.email)].append(member)
            if full := _words(f"{member.first_name} {member.last_name}"):
                self._name[full].append(member)

    def identity(self, who: Who) -> Identity:
        """Return who this is; without a member where nobody on the roster is meant."""
        meant = self._meant(who)
        own = names.safe(who.id or who.name)
        if len(meant) > 1:
            said = ", ".join(f"{told_apart(member.id, 60)} ({_called(member)})" for member in meant)
            return Identity(own, why=f"It may be of more than one on the roster: {said}.")
        if not meant:
            if taken := self._id.get(names.alike(own)):
                other = f"'{told_apart(own, 60)}' is on the roster the id of somebody else"
                return Identity(own, why=f"{other}, {_called(taken[0])}.")
            return Identity(own)
        (member,) = meant
        if who.local and not _fits(who, member):
            return Identity(
                own,
                why=f"The roster calls number {who.id} {_called(member)}, and here it is "
                f"{told_apart(who.name, 60)}: is it the roster of this very assignment?",
            )
        return Identity(names.composed(member.id), member)

    def _meant(self, who: Who) -> list[Member]:
        """Return the members that may be meant, by the first of all ways that finds any."""
        by_id = self._lms.get(names.alike(who.id), []) if who.id else []
        if not by_id and who.id and (who.email or not self._lms) and not who.local:
            by_id = self._id.get(names.alike(who.id), [])
        by_email = self._email.get(names.alike(who.email), []) if who.email else []
        meant = by_id + [member for member in by_email if member not in by_id]
        if not meant and not who.id:
            meant = self._by_name_as_id(who.name)
        return meant or self._name.get(_words(who.name), [])

    def _by_name_as_id(self, name: str) -> list[Member]:
        """Return who has a name, which is all that a layout says, as an id of some kind."""
        alike = names.alike(name)
        found = [*self._id.get(alike, []), *self._lms.get(alike, []), *self._email.get(alike, [])]
        return list(dict.fromkeys(found))


def _fits(who: Who, member: Member) -> bool:
    """Tell whether the name beside a local id is the member's; where one has none, nothing speaks against."""
    full = _words(f"{member.first_name} {member.last_name}")
    nameless = not full or who.name.endswith(
        f" {who.id}"
    )  # "Participant 17", where marking is blind
    return nameless or _words(who.name) == full


def _words(name: str) -> str:
    """Return a full name in whatever order its words stand, with or without a comma."""
    return " ".join(sorted(names.alike(name.replace(",", " ")).split()))


def _called(member: Member) -> str:
    return told_apart(f"{member.first_name} {member.last_name}".strip() or member.id, 60)


def _without_doubles(
    people: Mapping[Key, Who], found: Mapping[Key, Identity]
) -> dict[Key, Identity]:
    """Return all identities, those without whom two would be one."""
    same = defaultdict[str, list[Key]](list)
    for key, identity in found.items():
        if not identity.why:
            same[_folder(key, identity)].append(key)
    checked = dict(found)
    for keys in same.values():
        if len(keys) > 1:
            listed = " and ".join(told_apart(_said(people[key]), 60) for key in keys[:6])
            for key in keys:
                why = f"{listed} would be one and the same student, {found[key].student}: say who is who."
                checked[key] = replace(found[key], why=why)
    return checked


def _folder(key: Key, identity: Identity) -> str:
    """Return what two students may not share: what any disk takes for the same folder.

    What lies in a folder already is one of its own, whatever another is called.
    """
    own = key[0] == IN_PLACE and identity.member is None
    return identity.student if own else names.alike(identity.student)


def _said(who: Who) -> str:
    return f"{who.name} ({who.id})" if who.id and who.name else who.id or who.name
