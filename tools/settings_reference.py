"""Writes docs/assignment-toml.md from the settings' own descriptions.

python -m tools.settings_reference           write it
python -m tools.settings_reference --check   only say whether it is current
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from autograder.course.settings import CheckSettings, ExerciseSettings, Late, Limits, Settings

FILE = Path(__file__).resolve().parent.parent / "docs" / "assignment-toml.md"
HEAD = """# assignment.toml, key by key

`checks/<assignment>/assignment.toml` is where an instructor sets how an assignment is judged, without
touching code. A key that is not in these tables, or a value without a meaning, is refused with a sentence
that names it; `autograder doctor` and every grading read it first. After a change, the next `autograder
grade` grades again what was graded before, since other settings are another judge. Only `due`, `timezone` and
`[late]` grade nothing again: they are applied to finished reports.

```toml
{example}
```
"""
EXAMPLE = """\
title = "A first assignment"
libraries = ["numpy"]
given = ["imports"]
due = 2026-10-31T23:59:00
timezone = "Europe/Berlin"

[limits]
call = 5

[late]
grace_minutes = 15
percent_a_day = 10
at_most_percent = 50

[exercises.running_mean]
points = 60
seconds = 30

[exercises.running_mean.checks]
values_by_hand = 2
one_number = { weight = 1, visibility = "after_due_date" }

[exercises.why]      # an answer that a person grades
points = 40"""
TABLES = (
    ("The assignment", Settings),
    ("`[limits]`", Limits),
    ("`[late]`", Late),
    ("`[exercises.<exercise>]`", ExerciseSettings),
    ("`[exercises.<exercise>.checks]`, where a check is a table", CheckSettings),
)


def text() -> str:
    """Return the page."""
    parts = [HEAD.format(example=EXAMPLE)]
    for title, table in TABLES:
        parts.append(f"## {title}\n\n{_table(table)}\n")
    return "\n".join(parts)


def _table(table: type[BaseModel]) -> str:
    rows = ["| key | what it sets | if missing |", "|---|---|---|"]
    for name, field in table.model_fields.items():
        rows.append(f"| `{name}` | {field.description} | {_default(field)} |")
    return "\n".join(rows)


def _default(field: FieldInfo) -> str:
    """Return what holds where the key is missing, as TOML writes it."""
    if field.is_required():
        return "an error"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, BaseModel):
        return "as in its own table"
    if default is None:
        return "see there"
    if isinstance(default, tuple | dict):
        return f"`{json.dumps(default)}`" if default else "none"
    return f"`{default:g}`" if isinstance(default, float) else f'`"{default}"`'


def main(arguments: list[str] | None = None) -> int:
    """Run this module's command."""
    parser = argparse.ArgumentParser(prog="python -m tools.settings_reference")
    parser.add_argument("--check", action="store_true", help="write nothing")
    if parser.parse_args(arguments).check:
        current = FILE.is_file() and FILE.read_text("utf-8") == text()
        print(f"{FILE.name} is {'current' if current else 'stale: run this without --check'}.")
        return 0 if current else 1
    FILE.write_text(text(), "utf-8")
    print(f"Wrote {FILE.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
