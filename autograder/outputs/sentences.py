"""What a student reads about an exercise: plain text, with nothing in it of checks that are not shown."""

from __future__ import annotations

from collections.abc import Collection

from autograder.report import CheckResult, ExerciseResult, Verdict, Visibility

AT_ONCE = frozenset({Visibility.VISIBLE})
WHEN = {
    "submitted": AT_ONCE,
    "due": AT_ONCE | {Visibility.AFTER_DUE_DATE},
    "published": AT_ONCE | {Visibility.AFTER_DUE_DATE, Visibility.AFTER_PUBLISHED},
}
"""What students may see after they submitted, after the due date, and after scores are published."""

_AS_RELEASED = "This exercise is as it was released."
_NOT_SHOWN = "Some points were lost in checks that are not shown."


def of_exercise(result: ExerciseResult, shown: Collection[Visibility] = AT_ONCE) -> tuple[str, ...]:
    """Return the sentences on an exercise; none where there is nothing to say.

    A check is spoken of where its visibility is among those `shown`, and never by its name.
    """
    sentences = [result.message] if result.message else []
    lost = [check for check in result.checks if _costs(check)]
    sentences += [check.message for check in lost if check.visibility in shown and check.message]
    if not sentences and result.outcome is Verdict.NOT_ATTEMPTED:
        return (_AS_RELEASED,)
    if result.score < result.max_score and any(check.visibility not in shown for check in lost):
        sentences.append(_NOT_SHOWN)
    return tuple(dict.fromkeys(sentences))


def _costs(check: CheckResult) -> bool:
    return check.outcome is not Verdict.PASSED and check.charged_to is None
