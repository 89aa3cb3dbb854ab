"""autograder doctor."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import doctor as doctor_module
from autograder.cli.options import every_assignment
from autograder.course.folder import find_courses
from autograder.errors import AutograderError


@click.command()
@every_assignment
def doctor(assignment: str | None) -> None:
    """Say what works here, and for each missing thing what to do."""
    courses = find_courses(Path.cwd(), assignment)
    impossible = []
    for course in courses:
        if len(courses) > 1:
            click.echo(f"\n{course.assignment}")
        findings = []
        for finding in doctor_module.examine(course):
            findings.append(finding)
            click.echo(f"{'ok  ' if finding.well else 'MISS'} {finding.name}: {finding.sentence}")
        if not doctor_module.can_grade(findings):
            impossible.append(course.assignment)
    if impossible:
        raise AutograderError(
            "Grading is not possible here yet: a key and one engine are needed, see above."
        )
