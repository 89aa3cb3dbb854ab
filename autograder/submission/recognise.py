"""Which cell of a notebook is which: an exercise's own cell, a given one, or one that a student added.

A cell is recognised by the exercises' functions that it defines, else by its grade id, its cell id, or a
source equal to the master's or to that of an earlier release.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from autograder.course.markers import SOLUTION_SUFFIX, START
from autograder.submission.assignment import Assignment, Exercise
from autograder.submission.normalised import normalised, normalised_regions
from autograder.submission.read import Cell
from autograder.submission.source import outline


@dataclass(frozen=True)
class Recognised:
    """A student's cell: its number among the code cells, what it solves, which of the given ones it is.

    `untouched` tells that whatever it solves is as it was released, now or before; `changed`, of a given
    cell, that it is not.
    """

    number: int
    cell: Cell
    roles: tuple[str, ...]
    master: Cell | None
    untouched: bool
    changed: bool

    @property
    def is_given(self) -> bool:
        """Whether the cell is one of those that students were given."""
        return self.master is not None and not self.roles


class Recogniser:
    """Knows an assignment's cells and exercises."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._known = (*assignment.cells, *assignment.earlier)

    def recognise(self, cells: list[Cell]) -> list[Recognised]:
        """Return what each cell is, in their order."""
        return [self._recognise(number, cell) for number, cell in enumerate(cells, 1)]

    @cached_property
    def scripts(self) -> dict[str, frozenset[str]]:
        """The exercises that are no function but a loop, by the exercises' functions that it calls."""
        exercises = {exercise.id for exercise in self._assignment.exercises}
        found = {}
        for exercise in self._assignment.exercises:
            solution = outline(exercise.solution.source)
            if exercise.id not in solution.functions:
                called = frozenset[str]().union(*solution.loops) & exercises
                found[exercise.id] = called
        return found

    def own_cell(self, exercise: str, cells: list[Recognised]) -> Recognised | None:
        """Return the cell that an exercise is judged by; None where it is in no cell.

        That is one that was worked on and may make what is asked for, rather the exercise's own than one that
        was added, with its markers rather than without, and of several such the last: in Jupyter it would be
        what stands.
        """
        candidates = [each for each in cells if exercise in each.roles]
        if not candidates:
            return None
        name = exercise + SOLUTION_SUFFIX

        def rank(each: Recognised) -> tuple[bool, bool, bool, bool, int]:
            own = each.master is not None and each.master.grade_id == name
            marked = not own and START in each.cell.source
            return not each.untouched, self._may_make(exercise, each), own, marked, each.number

        return max(candidates, key=rank)

    def _may_make(self, exercise: str, each: Recognised) -> bool:
        """Tell whether a cell may make an exercise: of a cell that was split in two, its id does not tell."""
        found = outline(each.cell.source)
        if (called := self.scripts.get(exercise)) is not None:
            return any(called <= loop for loop in found.loops)
        return found.binds_all or exercise in found.binds

    def _recognise(self, number: int, cell: Cell) -> Recognised:
        master = self._same_id(cell) or self._same_source(cell)
        return Recognised(
            number=number,
            cell=cell,
            roles=tuple(self._roles(cell, master)),
            master=master,
            untouched=self._untouched(cell),
            changed=master is not None and self._same_source(cell) is None,
        )

    def _roles(self, cell: Cell, master: Cell | None) -> list[str]:
        """Return the exercises that `cell` solves: none for one that is given, or that was added.

        The functions that a cell defines tell more than its ids, which merging and copying mix up.
        """
        defined = [e.id for e in self._assignment.exercises if self._solves(e, cell)]
        if master is None or not master.is_solution or master.is_check:
            return defined
        named = master.grade_id.removesuffix(SOLUTION_SUFFIX)
        if named in defined or (defined and named not in self.scripts):
            return defined
        return [*defined, named]

    def _solves(self, exercise: Exercise, cell: Cell) -> bool:
        found = outline(cell.source)
        called = self.scripts.get(exercise.id)
        if called is None:
            return exercise.id in found.functions
        regions = normalised_regions(cell.source)
        as_released = any(regions == normalised_regions(each) for each in exercise.scaffolds)
        return as_released or (bool(called) and any(called <= loop for loop in found.loops))

    def _same_id(self, cell: Cell) -> Cell | None:
        for master in self._known:
            if cell.grade_id and master.grade_id == cell.grade_id:
                return master
        same = (m for m in self._known if m.cell_id and m.cell_id == cell.cell_id)
        return next(same, None)

    def _same_source(self, cell: Cell) -> Cell | None:
        wanted = normalised(cell.source)
        same = (m for m in self._known if wanted and normalised(m.source) == wanted)
        return next(same, None)

    def _untouched(self, cell: Cell) -> bool:
        """Tell whether every region in the cell is as once released, and no function stands there twice."""
        functions = outline(cell.source).functions
        if len(set(functions)) < len(functions):
            return False
        scaffolds = [each for e in self._assignment.exercises for each in e.scaffolds]
        regions = normalised_regions(cell.source)
        if regions:
            return regions <= set().union(*map(normalised_regions, scaffolds))
        return normalised(cell.source) in set(map(normalised, scaffolds))
