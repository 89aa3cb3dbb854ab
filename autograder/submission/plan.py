"""From a student's notebook to what grading runs of it, in the student's order.

Given cells that every notebook needs come first, from the master. What a student wrote runs in its place:
the exercises, added cells, and given cells that were changed. Given cells that only show something run
where something needs a name that they bind, and only then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.report import State
from autograder.submission.assignment import Assignment, Question
from autograder.submission.read import Cell, Notebook, Rejected
from autograder.submission.recognise import Recognised, Recogniser
from autograder.submission.source import defines, does_something, outline, playing, without


@dataclass(frozen=True)
class PlannedCell:
    """A cell to run: how it is called in messages, its source, and the names that it binds."""

    name: str
    source: str
    binds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Script:
    """A cell that is an exercise itself, and runs only when its checks say so.

    `needs` are given cells that bind a name which the script reads: each runs before it unless what it
    would bind for the script is there by then. The names stand beside them.
    """

    cell: PlannedCell
    needs: tuple[tuple[PlannedCell, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Plan:
    """What grading runs of one submission.

    `cells` define the notebook's functions; `scripts` holds, by exercise, what runs later; `states` tells
    of every exercise and question what became of it.
    """

    cells: tuple[PlannedCell, ...]
    scripts: dict[str, Script]
    states: dict[str, State]


def make_plan(
    assignment: Assignment, notebook: Notebook, provided: frozenset[str] = frozenset()
) -> Plan:
    """Return the plan for a student's notebook; `provided` are names that are there before its first cell.

    Raises Rejected where no exercise can be found.
    """
    plan = _Planner(assignment, notebook, provided).plan()
    exercises = {plan.states[exercise.id] for exercise in assignment.exercises}
    if exercises == {State.MISSING}:
        raise Rejected(
            "None of the exercises was found in this notebook. "
            "Is it the right file? Please submit the notebook of this assignment."
        )
    return plan


def reference_plan(assignment: Assignment) -> Plan:
    """Return the plan for the master's own solutions."""
    return make_plan(assignment, Notebook(list(assignment.cells), []))


class _Planner:
    """Plans one notebook."""

    def __init__(
        self, assignment: Assignment, notebook: Notebook, provided: frozenset[str]
    ) -> None:
        self._assignment, self._notebook, self._provided = assignment, notebook, provided
        self._recogniser = Recogniser(assignment)
        self._cells = self._recogniser.recognise(notebook.cells)
        self._own = {
            exercise.id: self._recogniser.own_cell(exercise.id, self._cells)
            for exercise in assignment.exercises
        }
        self._setup = {cell.grade_id for cell in assignment.setup}

    def plan(self) -> Plan:
        """Return the plan."""
        running = {
            each.number: source
            for each in self._cells
            if does_something(source := self._runs(each))
        }
        scripts = {
            name: self._script_source(name, own)
            for name, own in self._own.items()
            if own is not None and name in self._recogniser.scripts
        }
        setup = [_planned(cell.grade_id, cell.source) for cell in self._assignment.setup]
        for each in self._needed([*running.values()], [cell.source for cell in setup]):
            running[each.number] = each.cell.source
        known = [*(cell.source for cell in setup), *running.values()]
        return Plan(
            cells=(
                *setup,
                *(
                    _planned(self._name(each), running[each.number])
                    for each in self._cells
                    if each.number in running
                ),
            ),
            scripts={
                name: Script(_planned(name, source), tuple(self._script_needs(source, known)))
                for name, source in scripts.items()
            },
            states=self._states(),
        )

    def _runs(self, each: Recognised) -> str:
        """Return what of a cell runs by itself: nothing of most given cells."""
        if each.is_given:
            changed_setup = each.changed and each.master and each.master.grade_id in self._setup
            return each.cell.source if changed_setup else ""
        if not each.roles:
            return each.cell.source
        functions = [role for role in each.roles if role not in self._recogniser.scripts]
        if functions:
            return self._definitions(each)
        return "" if self._is_own(each) or each.untouched else self._beside_loop(each)

    def _is_own(self, each: Recognised) -> bool:
        return each in self._own.values()

    def _definitions(self, each: Recognised) -> str:
        """Return a cell without loops that are exercises, and without functions judged by other cells.

        A notebook may try ideas under an exercise's name at its end, and a copy of a cell may have been
        left as released: neither takes the place of the exercise.
        """
        others = {role for role in each.roles if self._own[role] is not each}
        if others and each.untouched:
            return ""
        loops = self._loops(each)
        return without(
            each.cell.source, lambda node: defines(node) in others or node.lineno in loops
        )

    def _loops(self, each: Recognised) -> set[int]:
        """Return the lines of a cell's statements that play the loop of an exercise."""
        scripts = self._recogniser.scripts
        wanted = (scripts[role] for role in each.roles if scripts.get(role))
        return set[int]().union(*(playing(each.cell.source, names) for names in wanted))

    def _beside_loop(self, each: Recognised) -> str:
        """Return what of an added cell stands beside a loop like an exercise's: helpers, say."""
        loops = self._loops(each)
        return without(each.cell.source, lambda node: node.lineno in loops)

    def _script_source(self, name: str, own: Recognised) -> str:
        """Return what runs as the exercise: its cell, without other exercises that were merged into it."""
        functions = {exercise.id for exercise in self._assignment.exercises} - {name}
        return without(own.cell.source, lambda node: defines(node) in functions)

    def _needed(self, sources: list[str], known: list[str]) -> list[Recognised]:
        """Return the given cells that bind a name which runs nowhere else and is needed by `sources`."""
        found: list[Recognised] = []
        bound = self._bound([*sources, *known])
        waiting = list(sources)
        while waiting:
            for name in sorted(outline(waiting.pop()).needs - bound):
                each = self._binder(name)
                bound |= {name}
                if each is not None and each not in found:
                    found.append(each)
                    bound |= outline(each.cell.source).binds
                    waiting.append(each.cell.source)
        return found

    def _script_needs(
        self, source: str, known: list[str]
    ) -> Iterable[tuple[PlannedCell, tuple[str, ...]]]:
        needed = self._needed([source], known)
        for each in sorted(needed, key=lambda each: each.number):
            users = [source, *(other.cell.source for other in needed)]
            wanted = outline(each.cell.source).binds & frozenset[str]().union(
                *(outline(user).needs for user in users)
            )
            yield _planned(self._name(each), each.cell.source), tuple(sorted(wanted))

    def _bound(self, sources: list[str]) -> frozenset[str]:
        """Return the names that are there anyway: exercises, provided, or bound by what runs."""
        exercises = {exercise.id for exercise in self._assignment.exercises}
        return frozenset(exercises).union(
            self._provided, *(outline(each).binds for each in sources)
        )

    def _binder(self, name: str) -> Recognised | None:
        """Return the given cell that binds a name, as the student has it."""
        binders = (
            each
            for each in self._cells
            if each.is_given and name in outline(each.cell.source).binds
        )
        return next(binders, None)

    def _name(self, each: Recognised) -> str:
        """Return how a cell is called in messages to the student."""
        functions = [role for role in each.roles if role not in self._recogniser.scripts]
        if functions and self._own[functions[0]] is each:
            return functions[0]
        if each.is_given and each.master is not None and each.master.grade_id:
            suffix = " as you changed it" if each.changed else ""
            return f"{each.master.grade_id}{suffix}"
        return f"your code cell {each.number}"

    def _states(self) -> dict[str, State]:
        states = {
            name: State.MISSING if own is None else
            State.UNTOUCHED if own.untouched else State.ATTEMPTED
            for name, own in self._own.items()
        }  # fmt: skip
        return states | {
            question.id: _state_of_answer(question, self._notebook)
            for question in self._assignment.questions
        }


def _planned(name: str, source: str) -> PlannedCell:
    return PlannedCell(name, source, tuple(sorted(outline(source).binds)))


def _state_of_answer(question: Question, notebook: Notebook) -> State:
    """Tell what became of a question; whoever reads the answers looks at the notebook all the same."""
    cells: tuple[Cell, ...] = (*notebook.answers, *notebook.cells)
    texts = [cell.source for cell in cells if cell.grade_id == question.id]
    if not texts:
        return State.MISSING
    untouched = all(text.split() == question.released.split() for text in texts)
    return State.UNTOUCHED if untouched else State.ATTEMPTED
