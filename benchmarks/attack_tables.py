"""The table of attacks in Markdown, made from the results file and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SYSTEMS = {
    "docker": "this autograder, docker",
    "bubblewrap": "this autograder, bubblewrap",
    "nbgrader": "`nbgrader autograde`",
    "otter": "`otter run`",
}
TOTALS = {
    "tried": "",
    "gained": "G",
    "broke somebody's result": "X",
    "left something behind": "L",
}
Results = dict[str, Any]


def everything(results: Results) -> str:
    """Return the table, what was measured on what, and why something was not tried."""
    lines = [*letters_table(results), "", conditions(results), "", *not_tried(results)]
    return "\n".join(lines)


def letters_table(results: Results) -> Iterator[str]:
    """Yield the lines of the table: an idea in each row, a system in each column, totals at the end."""
    systems = [name for name in SYSTEMS if name in results]
    yield f"| attack | {' | '.join(SYSTEMS[name] for name in systems)} |"
    yield f"|---|{'---|' * len(systems)}"
    for idea in results["ideas"]:
        cells = [_cell(results[system].get(idea["name"])) for system in systems]
        yield f"| {idea['title']} | {' | '.join(cells)} |"
    if alone := results.get("ours_only"):
        cells = [_together(results[system], alone) for system in systems]
        yield f"| {len(alone)} more, on what only this autograder has | {' | '.join(cells)} |"
    for words, letter in TOTALS.items():
        counts = [str(_count(results, system, letter)) for system in systems]
        yield f"| **{words}** | {' | '.join(f'**{count}**' for count in counts)} |"


def conditions(results: Results) -> str:
    """Return the sentences that say what was measured on what."""
    facts, peers = results["machine"], results["peers"]
    own = next((results[name]["cases"] for name in SYSTEMS if "cases" in results.get(name, {})), ())
    return (
        "G: gained points, or has code run where somebody reads feedback. X: somebody got no result, or "
        "less than is right. L: left something behind. -: held. Empty: not tried. This autograder was "
        f"attacked with {len(own)} notebooks, of which most rows sum up several. {facts['date']}, "
        f"{facts['processor']}, {facts['cores']} cores; Docker {facts['docker']}, "
        f"nbgrader {peers['nbgrader']}, Otter-Grader {peers['otter-grader']}, "
        f"Python {peers['python']}."
    )


def not_tried(results: Results) -> Iterator[str]:
    """Yield a line for each attack that a system was spared, with the reason."""
    for idea in results["ideas"]:
        for system, title in SYSTEMS.items():
            reason = results.get(system, {}).get(idea["name"], {}).get("not_tried")
            if reason:
                yield f"- {idea['title']}: not tried on {title}: {reason}."


def letters(results: Results) -> str:
    """Return the table alone, for a run on some systems or ideas."""
    return "\n".join(letters_table(results))


def _cell(result: Results | None) -> str:
    if result is None or not result.get("outcome") or result.get("cases") == []:
        return ""
    return str(result["outcome"])


def _together(system: Results, names: dict[str, str]) -> str:
    """Return the letters of cases that belong to no idea; nothing for a peer."""
    if "cases" not in system:
        return ""
    found = "".join(system["cases"][name]["outcome"] for name in names)
    return "".join(letter for letter in "GXL" if letter in found) or "-"


def _count(results: Results, system: str, letter: str) -> int:
    """Return how many notebooks have the letter; all of them where it is empty."""
    own = results[system]
    if "cases" in own:
        tried = [result["outcome"] for result in own["cases"].values()]
    else:
        names = [idea["name"] for idea in results["ideas"]]
        tried = [own[name]["outcome"] for name in names if "outcome" in own[name]]
    return sum(letter in outcome for outcome in tried)
