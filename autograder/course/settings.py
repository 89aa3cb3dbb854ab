"""assignment.toml: what an instructor sets of an assignment without touching code.

docs/assignment-toml.md describes it key by key; it is generated from the descriptions here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from autograder.course.folder import Course
from autograder.errors import SettingsError
from autograder.report import Visibility

# A sentence each for what may be wrong with a value; pydantic's own words serve for the rest.
_REMEDIES = {
    "missing": "is missing: add it",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "string_type": "must be text in quotes",
    "list_type": 'must be a list of texts, such as ["numpy"]',
    "tuple_type": 'must be a list of texts, such as ["numpy"]',
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "datetime_type": "must be a day and a time, such as 2026-10-31T23:59:00",
}

Seconds = Annotated[float, Field(gt=0, le=3600)]
Percent = Annotated[float, Field(ge=0, le=100)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Limits(_Table):
    """How long grading waits for student code, in seconds of wall time."""

    cell: Seconds = Field(default=10.0, description="one cell of the notebook, before any check")
    call: Seconds = Field(default=15.0, description="one call of a student's function by a check")
    exercise: Seconds = Field(
        default=60.0, description="all checks of one exercise, cells included"
    )
    submission: Seconds = Field(default=240.0, description="the whole notebook")

    @property
    def session(self) -> float:
        """How long the host waits for a submission's judgement; only a fault of ours exceeds it."""
        return self.submission + 90.0


class Late(_Table):
    """What is taken off a score for what came after the due date (grades/late.py reckons it)."""

    grace_minutes: float = Field(
        default=0.0,
        ge=0,
        description="how long after the due date nothing counts as late, in minutes",
    )
    percent_a_day: Percent = Field(
        default=0.0,
        description="percent of the score that each day takes off; a day that has begun counts as one",
    )
    at_most_percent: Percent = Field(
        default=100.0, description="percent of the score that are taken off at most"
    )
    free_days: float = Field(
        default=0.0,
        ge=0,
        description="days late for which nothing is taken off, in this assignment",
    )


class CheckSettings(_Table):
    """What one hidden check counts, and when students may see how it ended."""

    weight: float = Field(
        ge=0, description="its share of the exercise's points; 0: shown, not counted"
    )
    visibility: Visibility = Field(
        default=Visibility.VISIBLE,
        strict=False,
        description="when students see how it ended: visible, hidden, after_due_date, after_published",
    )
    unless: tuple[str, ...] = Field(
        (),
        strict=False,
        description="checks of the exercise that stand above it: where one of these fails, it counts "
        "nothing, since it fails for the same cause, or passes by chance",
    )
    last: bool = Field(
        default=False,
        description="whether it is judged when all exercises have been, and only where nothing else of its "
        "exercise failed",
    )

    @model_validator(mode="before")
    @classmethod
    def _number(cls, value: Any) -> Any:
        """Take a number for the weight alone."""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return {"weight": value} if is_number else value


class ExerciseSettings(_Table):
    """What one exercise is worth, and how its points are split."""

    points: float | None = Field(
        default=None,
        ge=0,
        description="what it is worth; if missing, what the notebook's check cell says",
    )
    seconds: Seconds | None = Field(
        default=None, description="its own limit in place of limits.exercise"
    )
    why: str = Field(
        default="", max_length=500, description="why the points are split so: the rubric says it"
    )
    checks: dict[str, CheckSettings] = Field(
        default_factory=dict,
        description="by the name of a test function without test_: a weight, or a table. Every check is "
        "named; an answer that a person grades has none",
    )

    @field_validator("checks")
    @classmethod
    def _something_counts(cls, value: dict[str, CheckSettings]) -> dict[str, CheckSettings]:
        if value and not any(check.weight for check in value.values()):
            raise ValueError("must give a weight above 0 to at least one check")
        above: set[str] = set()
        for name, check in value.items():
            for cause in check.unless:
                if cause not in above:
                    raise ValueError(
                        f"has {name} count nothing where {cause} fails, but {cause} is no check above it"
                    )
            above.add(name)
        return value


class Settings(_Table):
    """One assignment as its assignment.toml describes it."""

    title: str = Field(min_length=1, max_length=200, description="what people call the assignment")
    libraries: tuple[str, ...] = Field(
        (),
        strict=False,
        description="modules to import once, before any notebook: each costs a submission nothing then",
    )
    given: tuple[str, ...] = Field(
        (),
        strict=False,
        description="grade ids of the given cells that run before a student's cells",
    )
    files: tuple[str, ...] = Field(
        ("*.py",),
        strict=False,
        description="what student code may read of the release beside the notebook: patterns of names",
    )
    variables: dict[str, str] = Field(
        default_factory=dict,
        description="environment variables that libraries read when they start",
    )
    limits: Limits = Field(default_factory=Limits, description="seconds of wall time")
    due: datetime | None = Field(
        default=None,
        description="when it is to be handed in, such as `2026-10-31T23:59:00`, or with an offset from UTC, "
        "`2026-10-31T23:59:00+01:00`; without it nothing is late. Changing it grades nothing again",
    )
    timezone: str = Field(
        default="UTC",
        pattern=r"^[A-Za-z][A-Za-z0-9_+/-]*$",
        description="where times without an offset are told, here and in what an LMS hands out: a name such "
        "as `Europe/Berlin`. Changing it grades nothing again",
    )
    late: Late = Field(
        default_factory=Late,
        description="what being late takes off; the score before it is always kept beside the final one. "
        "Changing it grades nothing again",
    )
    exercises: dict[str, ExerciseSettings] = Field(
        min_length=1, description="by the grade id of the exercise's check cell"
    )

    @model_validator(mode="after")
    def _late_needs_due(self) -> Self:
        if "late" in self.model_fields_set and self.due is None:
            raise ValueError(
                "[late] needs a due date: write due = 2026-10-31T23:59:00 above all tables"
            )
        return self

    def may_read(self, name: PurePosixPath) -> bool:
        """Tell whether student code may read a released file with this name, relative to the release."""
        return any(name.match(pattern) and len(name.parts) == len(PurePosixPath(pattern).parts)
                   for pattern in self.files)  # fmt: skip


def load_settings(course: Course) -> Settings:
    """Read the assignment's settings. Raises SettingsError with a sentence that names key and remedy."""
    path = course.settings
    where = f"checks/{course.assignment}/{path.name}"
    try:
        return Settings.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise SettingsError(
            f"{where} is missing: it says how {course.assignment} is judged. 'autograder new NAME' writes "
            "one to start from."
        ) from None
    except OSError as error:
        raise SettingsError(f"{where} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{where} is not TOML ({error}): mend that line.") from None
    except ValidationError as error:
        first, *others = error.errors(include_url=False)
        more = f" ({len(others)} more such fault{'s' * (len(others) > 1)})" if others else ""
        raise SettingsError(f"{where}: {_sentence(first)}.{more}") from None


def _sentence(error: ErrorDetails) -> str:
    """Say what is wrong with one key, and what would be right."""
    key = ".".join(str(part) for part in error["loc"])
    said = error["msg"].removeprefix("Value error, ")
    if not key:
        return said
    if error["type"] == "extra_forbidden":
        known = ", ".join(_keys_beside(error["loc"]))
        return f"{key} is no key that is known here: remove it, or write one of {known}"
    if error["type"] == "model_type" and len(error["loc"]) == 4:
        return f"{key} must be a weight, a number, or a table with a weight"
    remedy = _REMEDIES.get(error["type"]) or said.replace("Input should", "must", 1)
    return f"{key} {remedy}"


def _keys_beside(place: tuple[int | str, ...]) -> Iterator[str]:
    """Yield the keys that could stand where an unknown one does."""
    tables: dict[int, type[_Table]] = {1: Settings, 3: ExerciseSettings, 5: CheckSettings}
    own: dict[int | str, type[_Table]] = {"limits": Limits, "late": Late}
    of_its_own = own.get(place[0]) if len(place) > 1 else None
    yield from (of_its_own or tables.get(len(place), Settings)).model_fields
