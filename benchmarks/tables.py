"""The benchmark's tables in Markdown, made from its results file and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CLASS = 30  # submissions that a start-up is shared by
TITLES = {
    "warm": "this autograder, warm sessions",
    "container": "this autograder, a container for each submission",
    "nbgrader_lean": "`nbgrader autograde`, visible checks only, nothing else run",
    "nbgrader_whole": "`nbgrader autograde`, visible checks only, whole notebook run",
}
Results = dict[str, Any]


def everything(results: Results) -> str:
    """Return both tables, and between them what was measured on what."""
    return "\n".join([summary(results), "", *exercises(results)])


def summary(results: Results) -> str:
    """Return the table of systems, and what was measured on what."""
    return "\n".join([*costs(results), "", conditions(results)])


def costs(results: Results) -> Iterator[str]:
    """Yield the lines of the table of systems, the warm session's class as the unit of ratios."""
    yield (
        "| one right submission | CPU s | wall s | start-up, CPU s | CPU s in a class "
        f"of {CLASS} | ratio | peak MiB | checks |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    unit = in_class(results["systems"]["warm"])
    for name, system in results["systems"].items():
        each, start, shared = system["each"], system["start"].get("cpu"), in_class(system)
        yield (
            f"| {TITLES[name]} | {each['cpu']:.2f} | {each['wall']:.2f} "
            f"| {'in it' if start is None else f'{start:.1f}'} | {shared:.2f} | {shared / unit:.1f} "
            f"| {each['peak']:.0f} | {system['checks']} |"
        )


def in_class(system: Results) -> float:
    """Return the CPU seconds of one submission in a class that shares one start-up."""
    return float(system["each"]["cpu"] + system["start"].get("cpu", 0.0) / CLASS)


def conditions(results: Results) -> str:
    """Return the sentences that say what was measured on what."""
    facts, rounds = results["machine"], results["rounds"]
    python, libraries = facts["python"], facts["libraries"]
    return (
        f"Medians of {rounds} rounds on {len(results['notebooks'])} notebooks, {facts['date']}: "
        f"{facts['processor']}, {facts['cores']} cores, {facts['memory_gib']:.0f} GiB, "
        f"load {facts['load_average'][0]:.1f} at the end; Docker {facts['docker']}, "
        f"Python {python['image']} in the image and {python['host']} outside, "
        f"TensorFlow {libraries['tensorflow']}, Keras {libraries['keras']}, "
        f"nbgrader {libraries['nbgrader']}."
    )


def exercises(results: Results) -> Iterator[str]:
    """Yield the lines of the table of notebooks in which only one exercise was attempted."""
    yield "| attempted alone, warm session | CPU s | wall s |"
    yield "|---|---:|---:|"
    for name, cost in results["exercises"].items():
        yield f"| {name} | {cost['cpu']:.2f} | {cost['wall']:.2f} |"
