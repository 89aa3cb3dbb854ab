"""Who gives submissions their turns: the registry of schedulers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.batch import local
from autograder.batch.job import Job
from autograder.batch.local import Finished, Say
from autograder.batch.reading import Entry
from autograder.batch.store import Store

Scheduler = Callable[[Job, Sequence[Entry], Store, Finished, Say], None]

SCHEDULERS: dict[str, Scheduler] = {"local": local.grade}
DEFAULT = "local"
