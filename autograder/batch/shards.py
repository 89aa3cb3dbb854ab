"""A share of a class: which of several machines grades which submission, without a word between them.

A submission falls to a shard by its digest alone, so each machine that sees the same files comes to the same
shares. Machines have in common what was handed in and the folder of reports, and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder import files
from autograder.batch import reading
from autograder.batch.discover import Submission
from autograder.batch.job import Job
from autograder.batch.store import Store
from autograder.errors import UsageError
from autograder.report import Report

MOST = 10_000  # shards; a share of one submission or none helps nobody


@dataclass(frozen=True)
class Shard:
    """One share of `count`, numbered from 0 as Slurm's array tasks and Kubernetes' indexes are."""

    index: int
    count: int

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"

    def takes(self, digest: str) -> bool:
        """Tell whether what has this digest (hexadecimal) falls to this shard."""
        return int(digest[:16], 16) % self.count == self.index


@dataclass(frozen=True)
class Share:
    """What falls to a shard; `digests` has those of the whole class by student, None where that is open."""

    mine: list[Submission]
    digests: Mapping[str, str | None]


def parse(text: str) -> Shard:
    """Return the shard that `I/N` names. Raises UsageError with one sentence."""
    match = re.fullmatch(r"(\d{1,5})/(\d{1,5})", text, re.ASCII)
    if match is None:
        raise UsageError(
            "--shard wants I/N, the number of this share and how many there are: 0/4, say."
        )
    index, count = map(int, match.groups())
    if not 1 <= count <= MOST:
        raise UsageError(f"--shard {text}: there can be 1 to {MOST} shards.")
    if index >= count:
        last = f"0/{count} to {count - 1}/{count}" if count > 1 else "0/1 alone"
        raise UsageError(f"--shard {text}: shards are numbered from 0, here {last}.")
    return Shard(index, count)


def share(submissions: Sequence[Submission], shard: Shard) -> Share:
    """Return what of a class falls to a shard; every file is read once for that, and none is kept.

    What has no digest falls by its student's name: what cannot be read, and several notebooks, of which it
    costs a process each to tell which one counts.
    """
    digests = {each.student: _digest(each) for each in submissions}
    mine = [
        each for each in submissions if shard.takes(digests[each.student] or _of_name(each.student))
    ]
    return Share(mine, digests)


def left(share: Share, job: Job, store: Store) -> int:
    """Return how many of a class's submissions have no report yet that is about today's bytes and judge.

    A shard that looks after its own last report, and so the last of them all, finds 0.
    """
    # Whoever has just written into a folder on NFS is told by the server whether others have, too, and
    # forgets what it knew of the names in it (RFC 1813, weak cache consistency).
    files.try_to_write(store.folder)
    missing = [student for student in share.digests if not store.path(student).is_file()]
    if missing:
        return len(missing)
    return sum(
        not _is_current(store.read(student), digest, job)
        for student, digest in share.digests.items()
    )


def _is_current(report: Report | None, digest: str | None, job: Job) -> bool:
    """Tell whether a report is of this run, a fault of ours included: that was graded as well as it could."""
    if report is None or report.judged_by != job.judged_by:
        return False
    if digest is None or report.submission_sha256 is None:
        return True
    return (report.submission_sha256, report.seed) == (digest, job.seed_for(digest))


def _digest(submission: Submission) -> str | None:
    return None if submission.several else reading.read(submission).sha256


def _of_name(student: str) -> str:
    return hashlib.sha256(student.encode(errors="surrogatepass")).hexdigest()
