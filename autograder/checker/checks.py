"""The hidden checks of one exercise: which they are, when each is judged, and what its failure costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from autograder.checker import sentences
from autograder.report import CheckResult, Verdict
from autograder.submission.assignment import Exercise


class Checks:
    """An exercise and the checks that pytest collected for it.

    `now` are judged when it is the exercise's turn, `last` when that of all exercises has been.
    """

    def __init__(self, exercise: Exercise, items: Sequence[pytest.Item]) -> None:
        self.exercise = exercise
        own = [item for item in items if item.path.stem == f"test_{exercise.id}"]
        self.now = [item for item in own if not exercise.checks[_name(item)].last]
        self.last = [item for item in own if exercise.checks[_name(item)].last]
        self._times = Counter(map(_name, own))
        self._names = {_id(item): _name(item) for item in own}

    def result(self, item: pytest.Item, verdict: Verdict, message: str = "") -> CheckResult:
        """Return a check's result. One that runs with several parameters shares its weight among them."""
        settings = self.exercise.checks[_name(item)]
        return CheckResult(
            id=_id(item),
            outcome=verdict,
            weight=settings.weight / self._times[_name(item)],
            message=message,
            visibility=settings.visibility,
        )

    def not_tried(self) -> list[CheckResult]:
        """Return the results of the last checks where an earlier one failed: they count nothing."""
        say = sentences.not_together(self.exercise.id)
        results = [self.result(item, Verdict.NOT_ATTEMPTED, say) for item in self.last]
        return [result.model_copy(update={"weight": 0.0}) for result in results]

    def charged_once(self, results: Sequence[CheckResult]) -> list[CheckResult]:
        """Return the results, of which those count nothing whose cause another one is charged for.

        Passed or not: what a check says where its premise does not hold, may be chance. Where no check has
        passed at all, nothing was right, and each costs what it is worth.
        """
        failed = [each.id for each in results if each.outcome is not Verdict.PASSED]
        if len(failed) == len(results):
            return list(results)
        return [self._charged(each, {self._names[name] for name in failed}) for each in results]

    def _charged(self, result: CheckResult, failed: set[str]) -> CheckResult:
        unless = self.exercise.checks[self._names[result.id]].unless
        cause = next((name for name in unless if name in failed), None)
        if cause is None:
            return result
        if result.outcome is Verdict.PASSED:
            return result.model_copy(update={"weight": 0.0})
        say = sentences.same_cause(cause, result.message)
        return result.model_copy(update={"charged_to": cause, "message": say})


def _id(item: pytest.Item) -> str:
    return item.name.removeprefix("test_")


def _name(item: pytest.Item) -> str:
    """Return the name of a check in assignment.toml, whatever its parameters."""
    return str(getattr(item, "originalname", item.name)).removeprefix("test_")
