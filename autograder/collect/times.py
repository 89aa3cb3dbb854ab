"""Moments as LMSs and nbgrader write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

TIMESTAMP = "timestamp.txt"
_ISO = re.compile(
    r"(?P<moment>\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(?P<zone>[A-Za-z+-][\w/:+-]*)?"
)


def moment(text: str, zone: tzinfo) -> datetime | None:
    """Return a moment such as `2026-11-03 10:05:00.000000 UTC`; None for what is none.

    A zone is a name, UTC or an offset; without one the time is told in `zone`.
    """
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    try:
        bare = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", found["moment"]))
        return bare.replace(tzinfo=_zone(found["zone"], zone))
    except (ValueError, OSError, LookupError):
        return None


def _zone(said: str | None, default: tzinfo) -> tzinfo:
    if said is None:
        return default
    if said in ("UTC", "Z", "GMT"):
        return UTC
    if said[0] in "+-":
        offset = datetime.strptime(said, "%z").tzinfo
        assert offset is not None
        return offset
    return ZoneInfo(said)


def written(time: datetime) -> str:
    """Return a moment as nbgrader writes and reads it in a timestamp.txt."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"


def told(text: str, formats: tuple[str, ...], zone: tzinfo) -> datetime | None:
    """Return the moment that one of these formats of strptime(3) reads, in `zone`; None where none does."""
    for each in formats:
        try:
            return datetime.strptime(text.strip(), each).replace(tzinfo=zone)
        except ValueError:
            continue
    return None
