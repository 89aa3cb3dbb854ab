"""Who gives submissions their turns: the registry of schedulers."""

from __future__ import annotations

from collections.abc import Callable

from autograder.batch import local
from autograder.batch.discover import Submission
from autograder.batch.job import Job
from autograder.batch.local import Finished, Say
from autograder.batch.store import Store

Scheduler = Callable[[Job, list[Submission], Store, Finished, Say], None]

SCHEDULERS: dict[str, Scheduler] = {"local": local.grade}
DEFAULT = "local"
