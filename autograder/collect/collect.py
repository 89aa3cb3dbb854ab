"""Collects a class: every entry is found, placed or not, and what counts is laid out to be graded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from autograder.batch.discover import NoSubmission, Submission, discover
from autograder.collect import names
from autograder.collect.attempts import UNCLEAR, Attempt, attempts, in_order
from autograder.collect.identify import IN_PLACE, Identity, Key, identify
from autograder.collect.in_place import InPlace, submissions_in_place
from autograder.collect.lay_out import lay_out, time_of
from autograder.collect.piece import Asked, Finding, Piece, Stray, Who
from autograder.collect.sources import Source, no_submission, sources
from autograder.course.folder import Course, assignments
from autograder.course.settings import Settings
from autograder.errors import UsageError
from autograder.grades import collected as table
from autograder.grades import late
from autograder.grades.collected import PASSED_OVER, TAKEN, UNPLACED, Entry
from autograder.grades.roster import Roster
from autograder.plaintext import told_apart


@dataclass(frozen=True)
class Folders:
    """Where submissions are laid out, and where attempts that do not count are kept."""

    submitted: Path
    kept: Path


@dataclass
class Collected:
    """Every entry with what became of it, and the submissions to grade, by student."""

    entries: list[Entry] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    layouts: list[tuple[Path, str]] = field(default_factory=list)

    def counted(self, became: str) -> list[Entry]:
        """Return the entries of which this became."""
        return [entry for entry in self.entries if entry.became == became]


def collect(
    paths: Sequence[Path],
    course: Course,
    settings: Settings,
    folders: Folders,
    roster: Roster | None = None,
    in_place: bool = True,
    lays_out: bool = True,
) -> Collected:
    """Return what lies at the paths, laid out, or, `in_place`, left where it can be graded as it lies.

    Raises NoSubmission, UsageError and SettingsError with a sentence; NotWritten where the disk is full. Who
    may not lay anything out, since others do so at the same time, gets UsageError where that is needed.
    """
    others = frozenset(assignments(course.root)) - {course.assignment}
    ids = frozenset(names.alike(member.id) for member in roster.members) if roster else frozenset()
    asked = Asked(course.assignment, late.timezone(settings), others, ids)
    found = list(sources(paths, asked, in_place))
    packed = [source.path for source in found if not source.in_place]
    if packed and not lays_out:
        raise UsageError(
            f"{packed[0]} is to be laid out first, once for all shards: run 'autograder collect "
            f"{packed[0]}', and name {folders.submitted} in its place."
        )
    findings = (finding for source in found for finding in source.findings)
    if not any(source.in_place for source in found) and not any(map(_may_be_one, findings)):
        raise NoSubmission(no_submission(paths[0], course.assignment))
    staying = submissions_in_place([each.path for each in found if each.in_place], asked)
    collector = _Collector(asked, settings, folders)
    collector.result.layouts += [(source.path, source.layout) for source in found]
    collector.take([source for source in found if not source.in_place], staying, roster)
    return collector.result


class _Collector:
    """Adds entries and submissions up, student by student."""

    def __init__(self, asked: Asked, settings: Settings, folders: Folders) -> None:
        self._asked, self._settings, self._folders = asked, settings, folders
        before = folders.kept / table.NAME
        self._said = {e.student: e for e in table.read(before)} if before.is_file() else {}
        self._due = late.due(settings, asked.zone)
        self.result = Collected()

    def take(self, found: Sequence[Source], staying: InPlace, roster: Roster | None) -> None:
        """Take everything: first who everybody is, then each student's attempts."""
        for layout, stray in (*_strays(found), *((IN_PLACE, each) for each in staying.strays)):
            became = UNPLACED if stray.unplaced else PASSED_OVER
            self.result.entries.append(
                Entry("", stray.file.origin, became, stray.why, layout=layout)
            )
        several: dict[Key, list[Attempt]] = {}
        for number, source in enumerate(found):
            pieces = (each for each in source.findings if isinstance(each, Piece))
            for attempt in attempts(pieces, number, source.layout):
                several.setdefault((source.layout, attempt.who.key), []).append(attempt)
        people = {key: made[0].who for key, made in several.items()}
        for key, who in list(people.items()):
            people |= {(key[0], each.key): each for each in who.members if each.key != who.key}
        there = {each.student: Who(name=each.student) for each in staying.submissions}
        people |= {(IN_PLACE, who.key): who for who in there.values()}
        who_is = identify(people, roster)
        for submission in staying.submissions:
            key = (IN_PLACE, there[submission.student].key)
            self._stay(submission, who_is[key], staying.times.get(submission.student))
        for key, made in several.items():
            members = tuple(who_is[key[0], each.key].student for each in made[0].who.members)
            self._student(who_is[key], made, members)
        self.result.submissions.sort(key=lambda submission: submission.student)

    def _stay(self, submission: Submission, identity: Identity, time: datetime | None) -> None:
        """Take a submission that is graded where it lies."""
        # Its own name is what reports have had until now; the roster may only say whose that is.
        student = identity.student if identity.member else submission.student
        entry = Entry(
            student, str(submission.path), TAKEN, time=time, late=self._late(time), layout=IN_PLACE
        )
        if identity.why:
            self.result.entries.append(
                replace(entry, student="", became=UNPLACED, why=identity.why)
            )
            return
        self.result.entries.append(self._as_collected(entry, submission.path))
        self.result.submissions.append(replace(submission, student=student))

    def _as_collected(self, entry: Entry, path: Path) -> Entry:
        """Return an entry with what the LMS said of it, where it was collected before into this folder."""
        said = self._said.get(table.shown(entry.student))
        if said is None or said.became != TAKEN or not _within(path, self._folders.submitted):
            return entry
        if said.time is not None and said.time != entry.time:
            return entry  # what lies there now is something else
        marked = said.late if entry.late is None else entry.late
        return replace(
            entry, name=said.name, late=marked, attempt=said.attempt, members=said.members
        )

    def _student(
        self, identity: Identity, made: Sequence[Attempt], members: tuple[str, ...]
    ) -> None:
        """Take the last of a student's attempts, and keep the others."""
        ordered = in_order(made)
        why = identity.why or ("" if ordered else UNCLEAR)
        if why or ordered is None:
            for attempt in made:
                entry = self._entry(attempt, identity, attempt.number, UNPLACED, why)
                self.result.entries.append(
                    replace(entry, student="" if identity.why else entry.student)
                )
            return
        *earlier, last = ordered
        kept = self._folders.kept / identity.student
        for number, attempt in enumerate(earlier, 1):
            where = kept / _called(attempt, number)
            laid = lay_out(attempt, where, self._asked.assignment, kept)
            said = f"an earlier attempt, kept in {told_apart(str(laid.folder))}"
            entry = self._entry(attempt, identity, number, PASSED_OVER, said)
            self.result.entries.append(entry)
        self._last(identity, last, len(ordered), members, kept)

    def _last(
        self,
        identity: Identity,
        attempt: Attempt,
        number: int,
        members: tuple[str, ...],
        kept: Path,
    ) -> None:
        folder = self._folders.submitted / identity.student / self._asked.assignment
        there = time_of(folder)
        if there is not None and attempt.time is not None and attempt.time < there:
            laid = lay_out(attempt, kept / _called(attempt, number), self._asked.assignment, kept)
            said = f"an earlier attempt, kept in {told_apart(str(laid.folder))}: a later one is there already"
            self.result.entries.append(self._entry(attempt, identity, number, PASSED_OVER, said))
            return
        laid = lay_out(attempt, folder, self._asked.assignment, kept)
        notes = "; ".join([*laid.notes, *laid.trouble])
        entry = self._entry(attempt, identity, number, TAKEN, notes)
        self.result.entries.append(replace(entry, members=members))
        (submission,) = discover([folder.parent], self._asked.assignment)
        if laid.trouble and submission.refusal is not None and not laid.notebooks:
            sentence = f"{submission.refusal} {' '.join(laid.trouble)}"
            submission = replace(submission, refusal=sentence)
        self.result.submissions.append(submission)

    def _entry(
        self, attempt: Attempt, identity: Identity, number: int, became: str, why: str
    ) -> Entry:
        known = self._late(attempt.time)
        return Entry(
            student=identity.student,
            name=attempt.who.name,
            file=attempt.file,
            time=attempt.time,
            late=attempt.late if known is None else known,
            attempt=number,
            became=became,
            why=why,
            layout=attempt.layout,
        )

    def _late(self, time: datetime | None) -> bool | None:
        """Tell whether it came late; None where that cannot be told."""
        if time is None or self._due is None:
            return None
        return late.seconds_late(time, self._due, self._settings.late) > 0


def _within(path: Path, folder: Path) -> bool:
    return path.absolute().is_relative_to(folder.absolute())


def _may_be_one(finding: Finding) -> bool:
    return isinstance(finding, Piece) or finding.unplaced


def _strays(found: Iterable[Source]) -> Iterator[tuple[str, Stray]]:
    for source in found:
        yield from ((source.layout, each) for each in source.findings if isinstance(each, Stray))


def _called(attempt: Attempt, number: int) -> str:
    """Return what an attempt that does not count is called among those that are kept."""
    return f"{attempt.time:%Y-%m-%d %H-%M-%S}" if attempt.time else f"attempt {number}"
