"""Derivatives as formulas, by SymPy, and how long these formulas become.

The graph is evaluated once with symbols in place of numbers; SymPy differentiates what comes out.
Needs SymPy; nothing else of the chapter does.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import sympy

from course_utils.backpropagation.cost import reverse_mode_cost
from course_utils.backpropagation.graph import Graph
from course_utils.backpropagation.operations import OPERATIONS


class Growth(NamedTuple):
    """Operations in the formulas of a chain of logistic neurons."""

    depth: int
    #: In the function itself.
    function: int
    #: In its derivatives by all inputs, each written out.
    written_out: int
    #: In the function and those derivatives together, if equal parts are computed once.
    shared: int
    #: In one forward and one backward pass over the graph.
    reverse_mode: int


def symbols(graph: Graph) -> dict[str, sympy.Symbol]:
    """A real symbol for each input of a graph."""
    return {name: sympy.Symbol(name, real=True) for name in graph.inputs}


def formula(graph: Graph) -> sympy.Expr:
    """The output of a graph as a formula in its inputs."""
    values: dict[str, sympy.Expr] = dict(symbols(graph))
    for step in graph.steps:
        arguments = (values[name] for name in step.inputs)
        values[step.result] = OPERATIONS[step.operation].value(sympy, *arguments)
    return values[graph.output]


def gradient(graph: Graph) -> dict[str, sympy.Expr]:
    """Partial derivatives of the output by each input, as formulas, not simplified."""
    y = formula(graph)
    return {name: sympy.diff(y, symbol) for name, symbol in symbols(graph).items()}


def as_function(expression: sympy.Expr, inputs: Sequence[str]) -> Callable:
    """A NumPy function of the inputs, in the order in which they are named.

    Raises ValueError where the formula has a symbol that is not among the inputs.
    """
    arguments = [sympy.Symbol(name, real=True) for name in inputs]
    if unknown := expression.free_symbols - set(arguments):
        raise ValueError(f"the formula also has {', '.join(sorted(map(str, unknown)))}")
    return sympy.lambdify(arguments, expression, "numpy")


def operations(*expressions: sympy.Expr) -> int:
    """Operations in formulas as they are written, equal parts counted each time."""
    return sum(int(sympy.count_ops(expression)) for expression in expressions)


def shared_operations(*expressions: sympy.Expr) -> int:
    """Operations in formulas if each part that occurs more than once is computed once."""
    parts, rest = sympy.cse(expressions)
    return operations(*(part for _, part in parts), *rest)


def growth(graphs: Iterable[Graph]) -> list[Growth]:
    """What happens to formulas as graphs grow, such as `examples.chain(depth)` for rising depths.

    The depth is the number of logistic neurons in the graph.
    """
    rows = []
    for graph in graphs:
        y, slopes = formula(graph), gradient(graph).values()
        depth = sum(step.operation == "logistic" for step in graph.steps)
        rows.append(
            Growth(
                depth,
                operations(y),
                operations(*slopes),
                shared_operations(y, *slopes),
                reverse_mode_cost(graph),
            )
        )
    return rows
