"""What a check did, as lines on a terminal: nothing of a student's steers it, and nothing is without end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.explain.explained import Explained, ExplainedCheck
from autograder.plaintext import spelled, told_apart
from autograder.protocol.transcript import Call, Comparison, Place, Transcript

_PRINTED_LINES, _LINE = 12, 200


def lines(explained: Explained, named: bool) -> Iterator[str]:
    """Yield the lines; `named` tells that one check was asked for, and is shown passed or not."""
    yield from map(plain, _lines(explained, named))


def cells(transcript: Transcript) -> Iterator[str]:
    """Yield lines about the notebook's cells that raised or printed."""
    yield from map(plain, _cells(transcript))


def beside(calls: Sequence[Call]) -> Iterator[str]:
    """Yield lines about what calls did beside giving back a value: where they raised, what they printed."""
    for call in calls:
        for line in (*_traceback(call.traceback), *_printed(call)):
            yield plain(line)


def plain(line: str) -> str:
    """Return a line in which nothing steers the terminal."""
    return spelled(line.expandtabs(4)).replace("\n", " ")


def name(student: str) -> str:
    """Return a student's name as a terminal may show it."""
    return told_apart(student, 60)


def _lines(explained: Explained, named: bool) -> Iterator[str]:
    student = name(explained.report.student)
    if explained.judgement.breach:
        yield f"{student} did what no notebook does by itself: {explained.judgement.breach}"
    if explained.cells is not None:
        yield from _cells(explained.cells)
    for exercise in explained.exercises:
        if exercise.message:
            yield f"{student}: {exercise.id}: {exercise.message}"
    shown = explained.told(named)
    for check in shown:
        if check.transcript is not None or named:
            yield from _check(student, check)
    passed = [check.name for check in explained.checks if check not in shown]
    if passed:
        yield ""
        yield f"Passed: {', '.join(passed)}. Name one to see its calls."


def _check(student: str, check: ExplainedCheck) -> Iterator[str]:
    yield ""
    yield f"{student}: {check.name}: {_verdict(check)}"
    yield f"  {check.line}"
    if check.result.message:
        yield f"  The student reads: {check.result.message}"
    made = check.transcript
    if made is None:
        yield "  It was not run."
        return
    for function in made.stand_ins:
        yield f"  The check's own {function} stood in for the notebook's."
    yield from _comparisons(made.comparisons, "")
    for number, call in enumerate(made.calls, 1):
        if number == made.gap + 1 and made.left_out:
            yield f"  ... {made.left_out} more calls are not shown ..."
        behind = number + (made.left_out if number > made.gap else 0)
        yield from _call(behind, call)
    if made.left_out and len(made.calls) <= made.gap:
        yield f"  ... {made.left_out} more calls are not shown ..."
    if check.where:
        yield f"  It ended at {check.where}{f': {made.statement}' if made.statement else ''}"
        for variable, value in made.values.items():
            yield f"    {variable} = {value}"


def _verdict(check: ExplainedCheck) -> str:
    if check.before is None:
        return f"{check.result.outcome}; the report has no such check"
    if check.before is check.result.outcome:
        return f"{check.result.outcome}, as in the report"
    return f"{check.result.outcome} THIS TIME, but {check.before} in the report"


def _call(number: int, call: Call) -> Iterator[str]:
    called = call.function or call.operation
    how = f" ({call.operation})" if call.function and call.operation != "call" else ""
    yield f"  {number}. {called}{how}"
    for argument in call.arguments:
        yield f"       {argument}"
    for asked in call.asks:
        yield f"     it asked {asked}"
    if call.asks_left_out:
        yield f"     and {call.asks_left_out} times more"
    yield f"     {call.outcome} {call.result}"
    yield from _traceback(call.traceback)
    yield from _printed(call)
    yield from _comparisons(call.comparisons, call.result)
    if call.comparisons_left_out:
        yield f"     {call.comparisons_left_out} more comparisons before the last one"


def _cells(transcript: Transcript) -> Iterator[str]:
    if transcript.calls:
        yield "When the notebook's cells ran:"
    for call in transcript.calls:
        yield from _cell(call)
    if transcript.left_out:
        yield f"  ... {transcript.left_out} more cells printed or raised ..."


def _cell(call: Call) -> Iterator[str]:
    said = "" if call.outcome == "returned" else f" {call.outcome} {call.result}"
    yield f"  {call.function}{said}"
    yield from _traceback(call.traceback)
    yield from _printed(call)


def _traceback(places: Sequence[Place]) -> Iterator[str]:
    for place in places:
        source = f": {place.source}" if place.source else ""
        yield f"       line {place.line} of the cell {place.cell}, in {place.function}{source}"


def _printed(call: Call) -> Iterator[str]:
    if not call.printed_bytes:
        return
    yield f"     printed {call.printed_bytes} bytes:"
    text = call.printed.splitlines()
    for line in text[:_PRINTED_LINES]:
        yield f"       | {line[:_LINE]}{'…' if len(line) > _LINE else ''}"
    if len(text) > _PRINTED_LINES or call.printed_bytes > len(call.printed.encode()):
        yield "       | ..."


def _comparisons(comparisons: Sequence[Comparison], result: str) -> Iterator[str]:
    for each in comparisons:
        if each.came != result:
            yield f"     looked at {each.came}"
        within = f" (within {each.within})" if each.within else ""
        yield f"     {'WRONG:' if each.failed else 'right:'} wanted {each.wanted}{within}"
        if each.difference:
            yield f"       {each.difference}"
