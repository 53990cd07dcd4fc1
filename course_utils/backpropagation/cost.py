"""What a gradient costs, counted in operations: differences, forward mode, reverse mode.

Counted are additions, multiplications, divisions and elementary functions, each as one. What only
moves numbers is free, and so is multiplying by 1 or −1. Source: A. Griewank and A. Walther,
"Evaluating Derivatives", 2nd edition, 2008, sections 3.1 to 3.3 and 4.6.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from course_utils.backpropagation.graph import Graph
from course_utils.backpropagation.operations import OPERATIONS


class NetworkCost(NamedTuple):
    """Multiplications in a network of dense layers for one example."""

    parameters: int
    #: Forward pass.
    value: int
    #: Value and gradient by all parameters, forward differences, one pass for each.
    differences: int
    #: Value and gradient, dual numbers, one pass of tangents for each.
    forward_mode: int
    #: Value and gradient, reverse mode.
    reverse_mode: int


def value_cost(graph: Graph) -> int:
    """Operations to compute the output."""
    return sum(OPERATIONS[step.operation].value_cost for step in graph.steps)


def difference_cost(graph: Graph) -> int:
    """Operations for the value and all derivatives by forward differences.

    n + 1 evaluations; for each of the n inputs one addition (x + h), one subtraction, one division.
    """
    n = len(graph.inputs)
    return (n + 1) * value_cost(graph) + 3 * n


def forward_mode_cost(graph: Graph) -> int:
    """Operations for the value and all derivatives by dual numbers with n tangents.

    Values and slopes are computed once. Then each step adds up, for each of the n inputs, the
    products of slopes and tangents.
    """
    each = sum(
        (0 if OPERATIONS[step.operation].unit_slopes else len(step.inputs)) + len(step.inputs) - 1
        for step in graph.steps
    )
    return value_cost(graph) + _slope_cost(graph) + len(graph.inputs) * each


def reverse_mode_cost(graph: Graph) -> int:
    """Operations for the value and all derivatives by one backward pass.

    Each edge multiplies once; every part but the first that arrives at a node is added.
    """
    products = sum(
        0 if OPERATIONS[step.operation].unit_slopes else len(step.inputs) for step in graph.steps
    )
    edges = sum(len(step.inputs) for step in graph.steps)
    reached = len({name for step in graph.steps for name in step.inputs})
    return value_cost(graph) + _slope_cost(graph) + products + edges - reached


def network_cost(sizes: Sequence[int]) -> NetworkCost:
    """Multiplications for dense layers with ``sizes`` = (inputs, hidden, …, outputs) units.

    Only products with weights are counted, since the other terms grow with the units alone. A layer
    of m × n weights costs m n forward, and backward m n for W̄ = δ xᵀ and m n for x̄ = Wᵀ δ, of which
    the first layer needs no x̄. A pass of tangents counts as one forward pass.

    Raises ValueError for fewer than two sizes, or sizes below 1.
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be at least two numbers from 1 on, got {list(sizes)}")
    weights = [m * n for n, m in pairwise(sizes)]
    value = sum(weights)
    parameters = value + sum(sizes[1:])
    return NetworkCost(
        parameters=parameters,
        value=value,
        differences=(parameters + 1) * value,
        forward_mode=(parameters + 1) * value,
        reverse_mode=3 * value - weights[0],
    )


def _slope_cost(graph: Graph) -> int:
    return sum(OPERATIONS[step.operation].slope_cost for step in graph.steps)
