"""What a student reads about an exercise: plain text, with nothing in it of checks that are not shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from autograder.report import CheckResult, ExerciseResult, Verdict, Visibility

AT_ONCE = frozenset({Visibility.VISIBLE})
WHEN = {
    "submitted": AT_ONCE,
    "due": AT_ONCE | {Visibility.AFTER_DUE_DATE},
    "published": AT_ONCE | {Visibility.AFTER_DUE_DATE, Visibility.AFTER_PUBLISHED},
}
"""What students may see after they submitted, after the due date, and after scores are published."""

_END = re.compile(r"(?<=[.?!]) (?=[A-Z])")
_MOST = 3  # beginnings of what checks said, where one sentence explains them all
_AS_RELEASED = "This exercise is as it was released."
_NOT_SHOWN = "Some points were lost in checks that are not shown."


def of_exercise(result: ExerciseResult, shown: Collection[Visibility] = AT_ONCE) -> tuple[str, ...]:
    """Return the sentences on an exercise; none where there is nothing to say.

    A check is spoken of where its visibility is among those `shown`, and never by its name. Where the wrong
    idea behind the exercise is known, its sentence comes first and what checks said is only begun.
    """
    sentences = [result.message] if result.message else []
    lost = [check for check in result.checks if _costs(check)]
    said = [check.message for check in lost if check.visibility in shown and check.message]
    sentences += said if result.misconception is None else [in_short(said)] if said else []
    if not sentences and result.outcome is Verdict.NOT_ATTEMPTED:
        return (_AS_RELEASED,)
    if result.score < result.max_score and any(check.visibility not in shown for check in lost):
        sentences.append(_NOT_SHOWN)
    return tuple(dict.fromkeys(sentences))


def in_short(said: Sequence[str]) -> str:
    """Return what checks said beside the sentence that explains them all: the beginning of each, once."""
    beginnings = list(dict.fromkeys(map(beginning, said)))
    more = f" And {len(beginnings) - _MOST} more." if len(beginnings) > _MOST else ""
    return f"What its checks saw of it: {' '.join(beginnings[:_MOST])}{more}"


def beginning(said: str) -> str:
    """Return the first sentence of what a check said."""
    first = _END.split(said.strip(), maxsplit=1)[0]
    return first if first.endswith((".", "?", "!")) else f"{first}."


def _costs(check: CheckResult) -> bool:
    return check.outcome is not Verdict.PASSED and check.charged_to is None
