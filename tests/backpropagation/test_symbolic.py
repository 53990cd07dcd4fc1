"""SymPy's formulas against reverse mode, and what is counted in them."""

import numpy as np
import pytest
import sympy

from course_utils.backpropagation import examples, symbolic
from course_utils.backpropagation.graph import adjoints, evaluate, tape


def test_example_function_by_hand():
    x1, x2 = (sympy.Symbol(name, real=True) for name in ("x1", "x2"))
    assert symbolic.formula(examples.EXAMPLE) == x1 * sympy.sin(x1 * x2) + x1 * x2
    found = symbolic.gradient(examples.EXAMPLE)
    u = x1 * x2
    assert sympy.simplify(found["x1"] - (sympy.sin(u) + u * sympy.cos(u) + x2)) == 0
    assert sympy.simplify(found["x2"] - (x1**2 * sympy.cos(u) + x1)) == 0


@pytest.mark.parametrize("title", examples.EXAMPLES)
def test_formulas_give_the_numbers_of_reverse_mode(title):
    graph, at = examples.EXAMPLES[title]
    found = adjoints(graph, evaluate(graph, at))
    for name, expression in symbolic.gradient(graph).items():
        number = symbolic.as_function(expression, graph.inputs)(*at.values())
        assert number == pytest.approx(found[name], rel=1e-12, abs=1e-15)


def test_functions_take_arrays():
    slope = symbolic.as_function(symbolic.gradient(examples.EXAMPLE)["x2"], ["x1", "x2"])
    x1 = np.linspace(0, 1, 5)
    np.testing.assert_allclose(slope(x1, 0.5), x1**2 * np.cos(x1 / 2) + x1)


def test_a_missing_input_is_named():
    with pytest.raises(ValueError, match="the formula also has x2"):
        symbolic.as_function(symbolic.formula(examples.EXAMPLE), ["x1"])


def test_counting():
    a, b = sympy.symbols("a b")
    assert symbolic.operations(a * b + sympy.sin(a)) == 3
    assert symbolic.operations(a * b, a + b) == 2
    assert symbolic.shared_operations(sympy.sin(a * b), sympy.cos(a * b)) == 3


def test_formulas_swell_and_sharing_undoes_it():
    rows = symbolic.growth(examples.chain(depth) for depth in (1, 2, 4, 8))
    assert [row.depth for row in rows] == [1, 2, 4, 8]
    ratio = [row.written_out / row.function for row in rows]
    assert ratio == sorted(ratio)
    assert ratio[-1] > 8 * ratio[0], "the derivatives written out grow faster than the function"
    for row in rows:
        assert row.shared <= 1.2 * row.reverse_mode, "with shared parts, as short as reverse mode"
    last, before = rows[-1], rows[-2]
    assert last.reverse_mode == 2 * before.reverse_mode


def test_relu_and_division():
    graph = tape("a b", ("r", "relu", "a"), ("y", "div", "r b"))
    slope = symbolic.as_function(symbolic.gradient(graph)["a"], ["a", "b"])
    assert slope(2.0, 4.0) == 0.25
    assert slope(-2.0, 4.0) == 0
