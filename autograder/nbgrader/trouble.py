"""What may be wrong with a gradebook, in sentences: it cannot be opened, is locked, refuses an entry."""

from __future__ import annotations

from nbgrader.api import InvalidEntry
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    IntegrityError,
    NoSuchModuleError,
    OperationalError,
)

from autograder.errors import AutograderError
from autograder.plaintext import one_line


class GradebookError(AutograderError):
    """The gradebook cannot be opened, or does not take what is entered; exit status 1."""


class NotTaken(GradebookError):
    """The gradebook is there, and does not take what is entered of one student."""


def named(url: str) -> str:
    """Return a URL without its password. Raises GradebookError where it is none."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        raise GradebookError(
            "This is no URL of a gradebook: write sqlite:///gradebook.db or postgresql://user@host/name."
        ) from None


def may_pass(error: Exception) -> bool:
    """Tell whether another try may go better: after a conflict, a lock, two who make the same table."""
    if isinstance(error, ImportError | NoSuchModuleError | ArgumentError):
        return False
    text = str(error)
    return not any(sign in text for sign in _LASTING)


# What no other try mends, in the words of SQLite and PostgreSQL.
_LASTING = (
    "no such column", "does not exist", "unable to open", "readonly", "read-only", "not a database",
    "authentication failed", "Connection refused", "could not translate", "Name or service", "too long",
    "failed to resolve", "disk is full", "No such file",
)  # fmt: skip


def is_refused(error: Exception) -> bool:
    """Tell whether the gradebook works, and does not take just this."""
    return isinstance(error, DataError | IntegrityError | InvalidEntry)


def sentence(name: str, error: Exception) -> str:
    """Say what went wrong with the gradebook `name`, and what to do."""
    text = str(getattr(error, "orig", None) or error).strip().rstrip(".?!")
    if isinstance(error, ImportError | NoSuchModuleError):
        return (
            f"The gradebook {name} needs a driver that is not installed here ({one_line(text)}): for "
            "PostgreSQL, pip install 'psycopg[binary]'."
        )
    if "no such column" in text or ("column" in text and "does not exist" in text):
        return f"{name} was made by an older nbgrader: make a copy of it, and run 'nbgrader db upgrade'."
    if "locked" in text:
        return (
            f"{name} is locked by another program for longer than we wait: close it, and run the same "
            "command again; what was entered is kept."
        )
    if isinstance(error, OperationalError):
        return f"The gradebook {name} cannot be used: {one_line(text, 300)}. Mend that, and run it again."
    return f"The gradebook {name} does not take this: {one_line(text, 300)}."
