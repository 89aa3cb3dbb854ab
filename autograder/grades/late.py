"""When something was due, how late it came, and what that takes off.

nbgrader's plugin for late submissions is a function of a student, a score and the seconds late, whose answer
nbgrader bounds by zero and the score; `penalty` is such a function, so nbgrader's gradebook can hold whatever
is reckoned here. Its method 'zero' is `percent_a_day = 100`, its method 'none' an assignment.toml without
[late].
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.course.settings import Late, Settings
from autograder.errors import SettingsError

DAY = 86400.0


def timezone(settings: Settings) -> tzinfo:
    """Return the zone in which times without an offset are told. Raises SettingsError for an unknown one."""
    if settings.timezone == "UTC":
        return UTC
    try:
        return ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(
            f"assignment.toml: timezone {settings.timezone!r} is no zone that this machine knows: write one "
            "such as 'Europe/Berlin', or 'UTC'."
        ) from None


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment with its zone: `zone`, where it has none of its own."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def due(settings: Settings, zone: tzinfo) -> datetime | None:
    """Return when the assignment is due; None where nothing is ever late."""
    return None if settings.due is None else in_zone(settings.due, zone)


def seconds_late(handed_in: datetime, until: datetime | None, rule: Late) -> float:
    """Return how many seconds after `until` it came; within the time of grace none."""
    if until is None:
        return 0.0
    late = (handed_in - until).total_seconds()
    return late if late > rule.grace_minutes * 60 else 0.0


def days_counted(late: float, rule: Late) -> float:
    """Return the days for which something is taken off: those that have begun, less those that are free."""
    return max(0.0, math.ceil(late / DAY) - rule.free_days)


def penalty(score: float, late: float, rule: Late) -> float:
    """Return what `late` seconds take off a score: never more than there is, or than the rule says."""
    percent = min(days_counted(late, rule) * rule.percent_a_day, rule.at_most_percent)
    return round(max(0.0, score) * percent / 100, 2)


def how_long(seconds: float) -> str:
    """Say a span of time as people do, in its two largest units."""
    span = timedelta(seconds=math.ceil(seconds))
    hours, minutes = divmod(span.seconds // 60, 60)
    parts = [
        (span.days, "day"),
        (hours, "hour"),
        (minutes, "minute"),
        (span.seconds % 60, "second"),
    ]
    said = [f"{count} {name}{'s' * (count != 1)}" for count, name in parts if count]
    return " ".join(said[:2]) or "0 seconds"
