"""A certificate as a page to read, and its numbers as the table that stands in a README. All is Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autograder.certificate.record import ByExercise, Certificate, Fault, Summary

FAULTS = {
    Fault.RIGHT_LOST: "right solutions that lost points",
    Fault.WRONG_FULL: "mistakes and mutants with an exercise that is wrong and kept all its points",
    Fault.LOST_ELSEWHERE: "mistakes, mutants and attacks that lost points where they are right",
    Fault.GAINED: "attacks that gained points",
    Fault.MISNAMED: "submissions in which a wrong idea was named that is not behind them",
    Fault.EQUIVALENT_LOST: "mutants that are listed as equivalent and lost points",
    Fault.NOT_GRADED: "cases and mutants that could not be graded",
}
_DROPPED = {
    "unchanged": "changed nothing in the syntax tree",
    "double": "made what another one had made",
    "no_python": "made no Python",
}
_ROWS = {
    "correct": "right solutions",
    "mistakes": "mistakes",
    "mutants": "mutants",
    "equivalent mutants": "mutants that are equivalent",
    "attacks": "attacks",
}


def mark(assignment: str) -> str:
    """Return the name of the two comments between which this assignment's numbers stand."""
    return f"certificate {assignment}"


def is_clean(summary: Summary) -> bool:
    """Tell whether nothing was found that must not be."""
    return not any(summary.faults.values())


def verdict(summary: Summary) -> str:
    """Return the certificate in one sentence."""
    if not is_clean(summary):
        wrong = [
            f"{FAULTS[fault]}: {len(names)} ({_listed(names)})"
            for fault, names in summary.faults.items()
            if names
        ]
        return f"Not certified: {'; '.join(wrong)}."
    rows = {row.kind: row.trials for row in summary.matrix}
    attacks = f"none of {rows['attacks']} attacks gained any"
    if "attacks" in summary.left_out:
        attacks = "attacks were left out"
    return (
        f"Certified: none of {rows['correct']} right solutions lost a point, each of {rows['mistakes']} "
        f"mistakes and {rows['mutants']} mutants lost in its exercise and nowhere else, {attacks}."
    )


def _listed(names: list[str], most: int = 3) -> str:
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return ", ".join([*names[:most], *more])


def table(summary: Summary) -> str:
    """Return the numbers for a README: a row per kind of submission, and what must be zero."""
    said = [verdict(summary), named(summary), _made(summary)]
    return "\n".join([*_matrix(summary), "", " ".join(filter(None, said))])


def page(certificate: Certificate) -> str:
    """Return the whole page."""
    parts = [
        f"# How well the checks of {certificate.assignment} tell right from wrong",
        verdict(certificate),
        _graded(certificate),
        *_section("Submissions", _matrix(certificate)),
        *_section("What must be zero", _faults(certificate)),
        *_section("Exercises in them", _exercises(certificate)),
        *_section("Wrong ideas that were named", _ideas(certificate)),
        *_section("Findings", _findings(certificate)),
        *_section("What was wrong, by exercise", _by_exercise(certificate)),
        *_section("Which check found it", _checks(certificate)),
        *_section("Mutants that are equivalent", _equivalent(certificate)),
        *_section("Scores that vary", _unsteady(certificate)),
    ]
    return "\n\n".join(parts) + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    return [f"## {title}", "\n".join(lines)]


def _row(*cells: object) -> str:
    texts = (str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(texts)} |"


def _head(first: str, *others: str) -> list[str]:
    return [_row(first, *others), f"|---|{'---:|' * len(others)}"]


def _matrix(summary: Summary) -> Iterator[str]:
    yield from _head("submissions", "graded", "kept all points", "lost points", "gained points")
    for row in summary.matrix:
        if row.kind in summary.left_out:
            yield _row(_ROWS[row.kind], "left out", "", "", "")
            continue
        attack = row.kind == "attacks"
        outcome = ("", "", row.gained) if attack else (row.full, row.lost, "")
        yield _row(_ROWS[row.kind], row.trials, *outcome)


def _made(summary: Summary) -> str:
    times = len(summary.seeds)
    inputs = f"{times} times with other inputs each" if times > 1 else "once"
    return f"Everything was graded {inputs}, with {summary.engine}."


def _graded(certificate: Certificate) -> str:
    said = [_made(certificate)]
    said += [f"Left out: {kind}. {reason}" for kind, reason in certificate.left_out.items()]
    for reason, count in certificate.dropped.items():
        if count:
            said.append(f"{count} mutations {_DROPPED[reason]}: they are no mutants.")
    said.append(f"What judged has the digest `{certificate.judged_by}`.")
    return "\n".join(said)


def _faults(certificate: Certificate) -> Iterator[str]:
    yield from _head("what must not be", "found")
    for fault, names in certificate.faults.items():
        yield _row(FAULTS[fault], len(names))


def _exercises(certificate: Certificate) -> Iterator[str]:
    yield "Each exercise of each submission but the attacks:"
    yield ""
    count = certificate.exercises
    yield from _head("the exercise is", "kept all points", "lost points")
    yield _row("right there", count.right_full, count.right_lost)
    yield _row("wrong there", count.wrong_full, count.wrong_lost)


def _ideas(certificate: Certificate) -> Iterator[str]:
    yield named(certificate) or "This assignment knows no wrong ideas by name."


def named(summary: Summary) -> str:
    """Return how many mistakes had the idea behind them named, as a sentence; "" where none is known."""
    count = summary.ideas
    if not count.known or not count.exercises:
        return ""
    return (
        f"Of {count.exercises} wrong exercises in mistakes the idea behind it was named rightly in "
        f"{count.named} ({count.named / count.exercises:.0%}), wrongly in {count.misnamed}; {count.known} "
        "ideas are known."
    )


def _findings(certificate: Certificate) -> Iterator[str]:
    for finding in certificate.findings:
        yield f"- {finding.kind}/{finding.name} {finding.sentence}"
        why = next(
            each.why
            for each in certificate.results
            if (each.kind, each.name) == (finding.kind, finding.name)
        )
        yield f"  ({why})"
    if not certificate.findings:
        yield "None."


def _by_exercise(certificate: Certificate) -> Iterator[str]:
    yield from _head(
        "exercise", "mistakes", "found", "mutants", "found", "equivalent", "checks that found one"
    )
    for each in certificate.by_exercise:
        finding = sum(check.caught > 0 for check in each.checks.values())
        yield _row(
            each.id, each.mistakes, each.mistakes_found, each.mutants, each.mutants_found,
            each.equivalent, f"{finding} of {len(each.checks)}",
        )  # fmt: skip


def _checks(certificate: Certificate) -> Iterator[str]:
    yield from _head("exercise and check", "found", "of these nothing else found")
    for each in certificate.by_exercise:
        yield _row(f"**{each.id}**", f"**{_found(each)}**", "")
        for name, check in each.checks.items():
            yield _row(name, check.caught, check.alone)


def _found(exercise: ByExercise) -> int:
    return exercise.mistakes_found + exercise.mutants_found


def _equivalent(certificate: Certificate) -> Iterator[str]:
    for each in certificate.equivalent:
        yield f"- {each.name}: `{each.line}`"
        yield f"  in place of `{each.original}`. {each.why}"
    if not certificate.equivalent:
        yield "None is listed."


def _unsteady(certificate: Certificate) -> Iterator[str]:
    if len(certificate.seeds) == 1:
        yield "Everything was graded with one seed: `--seeds N` looks for scores that vary."
    for name, scores in certificate.unsteady_scores.items():
        yield f"- {name}: {', '.join('none' if s is None else f'{s:g}' for s in scores)}"
    if len(certificate.seeds) > 1 and not certificate.unsteady_scores:
        yield f"None with {len(certificate.seeds)} seeds."
