"""equivalent.toml: the mutants that no check need find, since they do what the master does, and why.

    [[mutant]]
    exercise = "double"
    operator = "core/ReplaceBinaryOperator_Mul_Pow"
    line = "square = number ** 2"                      the mutated line as the certificate's page shows it
    why = "A number times itself is its square."

The file lies in checks/<assignment>/. An entry that is no mutant of today's master is an error: whoever
changed the master would otherwise go on excusing something that nobody looked at.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from autograder.certificate.errors import CertificateError
from autograder.certificate.mutants import Mutant
from autograder.course.content import EQUIVALENT
from autograder.course.folder import Course


class Entry(BaseModel):
    """One mutant, and why it is no mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_min_length=1)

    exercise: str
    operator: str
    line: str
    why: str

    def means(self, mutant: Mutant) -> bool:
        """Tell whether this entry is about a mutant; how its line is spaced does not matter."""
        same = (self.exercise, self.operator) == (mutant.exercise, mutant.operator)
        return same and self.line.split() == mutant.line.split()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    mutant: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Equivalent:
    """All entries of an assignment."""

    entries: tuple[Entry, ...]

    def why(self, mutant: Mutant) -> str | None:
        """Return why a mutant is equivalent to the master; None where nobody said that it is."""
        return next((entry.why for entry in self.entries if entry.means(mutant)), None)


def load(course: Course, mutants: tuple[Mutant, ...]) -> Equivalent:
    """Read an assignment's file; where there is none, no mutant is equivalent.

    Raises CertificateError for what has no meaning in it, and for an entry that is none of `mutants`.
    """
    where = f"checks/{course.assignment}/{EQUIVALENT}"
    try:
        text = (course.checks / EQUIVALENT).read_text("utf-8")
        entries = _File.model_validate(tomllib.loads(text)).mutant
    except FileNotFoundError:
        return Equivalent(())
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CertificateError(f"{where} cannot be read as TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise CertificateError(
            f"{where}: {key}: {first['msg']}. A [[mutant]] has exercise, operator, line and why, and no more."
        ) from error
    for entry in entries:
        if not any(map(entry.means, mutants)):
            raise CertificateError(
                f"{where}: no mutant of {entry.exercise} by {entry.operator} reads '{entry.line}': the "
                "master has changed, or the line is not as the certificate shows it. Mend or remove that."
            )
    return Equivalent(entries)
