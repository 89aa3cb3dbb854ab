"""Mutations that cosmic-ray lacks, written as its operators are: what a student leaves out or swaps.

cosmic-ray changes operators, comparisons, numbers and loops. Solutions of a few lines are mostly calls, and
a line that calls something has none of these. An operator yields a position for each of its mutations of a
node of parso's tree, and makes the one with that index (cosmic_ray.operators.operator.Operator).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from parso.python.tree import Keyword, Name
from parso.tree import BaseNode, NodeOrLeaf

Place = tuple[int, int]
Position = tuple[Place, Place]


class Operator(Protocol):
    """One kind of mutation."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """Yield where `node` can be mutated, once for each mutation: row, counted from 1, and column."""

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf | None:
        """Return what takes the place of `node` in the mutation `index`; None where nothing does."""


class DeleteStatement:
    """Puts `pass` in the place of a simple statement, which a comment keeps: so no two read alike."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """See Operator."""
        if isinstance(node, BaseNode) and node.type == "simple_stmt":
            statement = node.children[0]
            yield statement.start_pos, statement.end_pos

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """See Operator."""
        assert isinstance(node, BaseNode)
        first = node.get_first_leaf()
        statement = " ".join(node.children[0].get_code(include_prefix=False).split())
        text = f"pass  # instead of: {statement}"
        node.children[0] = Keyword(text, first.start_pos, prefix=first.prefix)
        return node


class DropArgument:
    """Leaves out one of a call's arguments."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """See Operator."""
        for argument in _arguments(node):
            yield argument.start_pos, argument.end_pos

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """See Operator."""
        arguments = _arguments(node)
        return _called_with(node, arguments[:index] + arguments[index + 1 :])


class SwapArguments:
    """Swaps two of a call's arguments that stand side by side and have no keyword."""

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """See Operator."""
        arguments = _arguments(node)
        for index in _swappable(arguments):
            yield arguments[index].start_pos, arguments[index + 1].end_pos

    def mutate(self, node: NodeOrLeaf, index: int) -> NodeOrLeaf:
        """See Operator."""
        arguments = _arguments(node)
        place = _swappable(arguments)[index]
        arguments[place : place + 2] = reversed(arguments[place : place + 2])
        return _called_with(node, arguments)


OWN: dict[str, Operator] = {
    f"autograder/{operator.__name__}": operator()
    for operator in (DeleteStatement, DropArgument, SwapArguments)
}
"""By the names under which cosmic-ray would have them."""


def _arguments(node: NodeOrLeaf) -> list[NodeOrLeaf]:
    """Return the arguments of a call where `node` is its brackets; none where it is anything else."""
    if not isinstance(node, BaseNode) or node.type != "trailer" or len(node.children) != 3:
        return []
    opening, inside, _ = node.children
    if opening.get_code(include_prefix=False) != "(":
        return []
    is_list = isinstance(inside, BaseNode) and inside.type == "arglist"
    parts = inside.children if is_list else [inside]
    return [part for part in parts if part.type != "operator"]


def _swappable(arguments: list[NodeOrLeaf]) -> list[int]:
    """Return the places of the arguments without a keyword or star behind which another one follows."""
    plain = [argument.type != "argument" for argument in arguments]
    return [place for place in range(len(plain) - 1) if plain[place] and plain[place + 1]]


def _called_with(node: NodeOrLeaf, arguments: list[NodeOrLeaf]) -> NodeOrLeaf:
    """Return the brackets of a call with these arguments, as one leaf: only its text is asked for."""
    inside = ", ".join(argument.get_code(include_prefix=False) for argument in arguments)
    return Name(f"({inside})", node.start_pos, prefix=node.get_first_leaf().prefix)
