"""autograder package."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import files
from autograder.batch.shards import MOST
from autograder.cli.options import one_assignment
from autograder.cli.output import printable, shown
from autograder.course.folder import find_course
from autograder.course.seeds import Seeds
from autograder.errors import UsageError
from autograder.platforms.bundle import zipped
from autograder.platforms.registry import PLATFORMS

_WHO = {
    True: "The hidden checks and the solutions are in it, so give it to nobody but the platform.",
    False: "Nothing secret is in it.",
}


@click.command()
@click.argument("platform", type=click.Choice(tuple(PLATFORMS)))
@one_assignment
@click.option("--to", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Where the zip goes; dist/<assignment>-<platform>.zip, if not said.")  # fmt: skip
@click.option("--shards", type=click.IntRange(1, MOST), default=None,
              help="For clusters: how many machines share a class; 4, if not said.")  # fmt: skip
def package(platform: str, assignment: str | None, file: Path | None, shards: int | None) -> None:
    """Make the zip with which another platform, or a cluster, grades.

    It has all that grading one assignment needs there, mostly the hidden checks and the solutions, too.
    """
    course = find_course(Path.cwd(), assignment)
    Seeds(course.checks)  # a package without the key would grade nobody
    chosen = PLATFORMS[platform]
    if shards is not None and not chosen.is_cluster:
        clusters = " and ".join(name for name, each in PLATFORMS.items() if each.is_cluster)
        raise UsageError(f"--shards is for {clusters}: {platform} grades one submission at a time.")
    more = {} if shards is None else {"shards": shards}
    content = zipped(chosen.members(course, **more))
    path = file or Path("dist") / f"{course.assignment}-{platform}.zip"
    files.make_folder(path.parent)
    files.write_bytes(path, content, 0o600)
    click.echo(printable(f"{shown(path)}: {len(content) / 1e6:.1f} MB. {_WHO[chosen.is_secret]}"))
    for sentence in chosen.advice(course, **more):
        click.echo(printable(f"- {sentence}"))
    click.echo(f"docs/{'clusters' if chosen.is_cluster else platform}.md has the steps.")
