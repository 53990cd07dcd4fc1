"""Counted operations against numbers that count themselves, and against known formulas."""

import numpy as np
import pytest
from hypothesis import given, settings

from course_utils.backpropagation import cost, examples
from course_utils.backpropagation.graph import tape
from tests.backpropagation.random_graphs import graphs


class Counting:
    """A number that counts the additions and multiplications it takes part in."""

    done = 0

    def __add__(self, other):
        Counting.done += 1
        return Counting()

    __mul__ = __sub__ = __add__


def counted(run):
    Counting.done = 0
    run()
    return Counting.done


PLAIN = ("add", "sub", "mul")


@given(graphs(operations=PLAIN))
@settings(max_examples=60)
def test_values_and_reverse_mode_by_numbers_that_count(graph):
    """Additions and products alone: their slopes cost nothing, so all work can be counted."""

    def forward():
        values = {name: Counting() for name in graph.inputs}
        for step in graph.steps:
            a, b = (values[name] for name in step.inputs)
            values[step.result] = a * b if step.operation == "mul" else a + b
        return values

    def reverse():
        values = forward()
        adjoint = {name: Counting() for name in (graph.output,)}
        for step in reversed(graph.steps):
            total = adjoint.setdefault(step.result, Counting())
            others = [values[name] for name in reversed(step.inputs)]
            for name, other in zip(step.inputs, others, strict=True):
                part = total * other if step.operation == "mul" else total
                adjoint[name] = adjoint[name] + part if name in adjoint else part

    def tangents():
        values = forward()
        for _ in graph.inputs:
            tangent = {name: Counting() for name in graph.inputs}
            for step in graph.steps:
                (a, b), (da, db) = ([v[n] for n in step.inputs] for v in (values, tangent))
                mul = step.operation == "mul"
                tangent[step.result] = da * b + a * db if mul else da + db

    assert cost.value_cost(graph) == counted(forward)
    assert cost.forward_mode_cost(graph) == counted(tangents)
    # A node that does not lead to the output passes zeros on, which the count includes too.
    assert cost.reverse_mode_cost(graph) == counted(reverse)


@pytest.mark.parametrize("n", [2, 3, 10, 100])
def test_products_of_n_factors(n):
    """Speelpenning's example: the gradient costs 3 (n − 1) in all, by differences more than n²."""
    graph = examples.product(n)
    assert cost.value_cost(graph) == n - 1
    assert cost.reverse_mode_cost(graph) == 3 * (n - 1)
    assert cost.forward_mode_cost(graph) == (n - 1) * (1 + 3 * n)
    assert cost.difference_cost(graph) == (n + 1) * (n - 1) + 3 * n


@given(graphs())
@settings(max_examples=100)
def test_reverse_mode_costs_at_most_a_small_multiple_of_the_value(graph):
    """The cheap gradient principle: a division costs most, 1 + 2 slopes + 2 products + 2 sums."""
    assert cost.reverse_mode_cost(graph) <= 7 * cost.value_cost(graph)


def test_a_single_step():
    graph = tape("a", ("y", "tanh", "a"))
    assert cost.value_cost(graph) == 1
    assert cost.reverse_mode_cost(graph) == 1 + 2 + 1  # tanh, 1 − y², times the adjoint


def test_dense_network_by_loops():
    sizes = [4, 3, 2]
    found = cost.network_cost(sizes)
    assert found.parameters == 4 * 3 + 3 + 3 * 2 + 2
    assert found.value == 4 * 3 + 3 * 2
    backward = 4 * 3 + 3 * 2  # W̄ = δ xᵀ
    backward += 3 * 2  # x̄ = Wᵀ δ, in the second layer only
    assert found.reverse_mode == found.value + backward
    assert found.forward_mode == found.value * (1 + found.parameters)
    assert found.reverse_mode < 3 * found.value


def test_sizes_that_are_no_network():
    for sizes in ([4], [4, 0, 2]):
        with pytest.raises(ValueError, match="at least two numbers from 1 on"):
            cost.network_cost(sizes)


def test_forward_mode_wins_with_one_input_of_a_long_chain_of_outputs():
    """One input, one output: the two modes cost about the same."""
    graph = tape("x", *[(f"v{i}", "sin", "x" if i == 0 else f"v{i - 1}") for i in range(50)])
    forward, reverse = cost.forward_mode_cost(graph), cost.reverse_mode_cost(graph)
    assert forward == reverse == 150
    assert np.isclose(cost.difference_cost(graph), 103)
