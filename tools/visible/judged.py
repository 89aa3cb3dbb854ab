"""What the visible checks should have said, beside what they said."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.cases.loading import CORRECT, MISTAKES, Case
from tools.visible.running import Said


@dataclass(frozen=True)
class Judged:
    """One exercise of one case: whether it is wrong, and what its visible check said, "" where it passed.

    `excuse` is why a right notebook is none in Jupyter, where its cells run in their order.
    """

    kind: str
    name: str
    exercise: str
    wrong: bool
    said: str
    excuse: str = ""

    @property
    def stopped_though_right(self) -> bool:
        """Whether a student who is right was told otherwise, and Jupyter is not the reason."""
        return bool(self.said) and self.kind == CORRECT and not self.excuse

    @property
    def excused(self) -> bool:
        """Whether the check says what is true in Jupyter, though the exercise is right by itself."""
        return bool(self.said) and self.kind == CORRECT and bool(self.excuse)

    @property
    def beside(self) -> bool:
        """Whether the check of a right exercise did not pass where another one is wrong."""
        return bool(self.said) and self.kind == MISTAKES and not self.wrong


def judge(cases: list[Case], said: dict[tuple[str, str], Said]) -> list[Judged]:
    """Return a judgement of each exercise of which a visible check was heard, in the order of the cases."""
    return [
        Judged(
            case.kind, case.name, exercise, exercise in case.expected.loses, sentence,
            case.expected.jupyter or "",
        )
        for case in cases
        for exercise, sentence in said[case.kind, case.name].items()
    ]  # fmt: skip
