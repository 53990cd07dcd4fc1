"""What is told to be a mistake is one: on general inputs it gives another result than the reference.

That each is recognised in the code which makes it, tests/answers shows.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils import checks
from course_utils.backpropagation import by_hand, differences, vjps
from course_utils.backpropagation.graph import adjoints, evaluate, tape
from course_utils.backpropagation.mistakes import graphs, layers, results, rules
from course_utils.dual import Dual
from course_utils.gradcheck import numerical_gradient

SEEDS = st.integers(0, 1000)


def told_apart(mistakes, right, but=()):
    """No mistake gives the right result; where shapes agree, the numbers do not."""
    right = np.asarray(right, dtype=float)
    for text, value in mistakes.items():
        value = np.asarray(value, dtype=float)
        same = value.shape == right.shape and np.allclose(value, right, rtol=1e-6)
        assert same == (text in but), text


@given(SEEDS)
def test_rules_for_dual_numbers(seed):
    rng = np.random.default_rng(seed)
    z, w = (tuple(map(float, rng.uniform(1.5, 2.5, size=2) * [1, 0.4])) for _ in range(2))
    u, v = Dual(*z), Dual(*w)
    for mistakes, right in [
        (rules.total(z, w), u + v),
        (rules.product(z, w), u * v),
        (rules.quotient(z, w), u / v),
        (rules.exponential(z), np.exp(u)),
        (rules.sine(z), np.sin(u)),
    ]:
        told_apart(mistakes, (right.value, right.tangent[0]))


def test_polynomial():
    told_apart(rules.polynomial(np.array([1.0, 2.0, 4.0]), (2.0, 5.0)), (21, 90))


def test_differences():
    told_apart(rules.central(np.exp, 0.3, 0.2), differences.central_difference(np.exp, 0.3, 0.2))
    step = differences.best_central_step(-3.0, 7.0)
    told_apart(rules.step(-3.0, 7.0, differences.EPSILON), step)


def test_two_layers():
    rng = np.random.default_rng(2)
    p = by_hand.Parameters(*(rng.normal(size=s) for s in [(3, 3), (3,), (4, 3), (4,)]))
    X, T = rng.normal(size=(7, 3)), rng.normal(size=(7, 4))
    mistakes, right = layers.two_layers(p, X, T), by_hand.gradient(p, X, T)
    kink = {"the slope of ReLU at e = 0 is taken to be 0 here, not 1"}  # no e is 0 here
    for name in p._fields:
        told_apart(mistakes[name], getattr(right, name), but=kink & set(mistakes[name]))


def test_matrix_product_sums_and_cross_entropy():
    rng = np.random.default_rng(0)
    A, B, G = rng.normal(size=(3, 3, 3))
    for mistakes, right in zip(layers.matmul(A, B, G), vjps.matmul_vjp(A, B, G), strict=True):
        told_apart(mistakes, right)
    told_apart(layers.total((3, 3), 1, G[0]), vjps.sum_vjp((3, 3), 1, G[0]))
    told_apart(layers.stretch((3, 1), G), vjps.broadcast_vjp((3, 1), G))
    Z, y = rng.normal(size=(4, 3)), np.array([0, 2, 2, 1])
    told_apart(layers.cross_entropy(Z, y, 0.7), vjps.cross_entropy_vjp(Z, y, 0.7))


@given(SEEDS)
@settings(deadline=None, max_examples=30)
def test_checker(seed):
    rng = np.random.default_rng(seed)
    x, w = rng.uniform(0.2, 0.6, size=(2, 3)), rng.uniform(0.2, 0.5, size=(2, 3))

    def f(x):
        return float(np.sum(w * x**3) + 0.5 * np.prod(x, axis=0).sum())

    n = numerical_gradient(f, x, eps=0.1)
    claim = n * 1.001
    claim[1, 0] -= 0.3
    error = np.abs(claim - n) / np.maximum(1, np.maximum(np.abs(claim), np.abs(n)))
    mistakes = graphs.checker(f, claim, x, 0.1)
    sizes_below_1 = {"this is the absolute error; divide by the largest of 1, |a| and |n|"}
    told_apart(mistakes, error.max(), but=sizes_below_1)
    assert graphs.index((1, 0), (2, 3))["counted from 1; indices count from 0"] == (2, 1)


def test_engine():
    graph = tape(
        "a b",
        ("u", "mul", "a b"), ("s", "sin", "u"), ("e", "exp", "s"), ("d", "sub", "a e"),
        ("q", "mul", "d d"), ("r", "relu", "q"), ("n", "sub", "u q"), ("z", "relu", "n"),
        ("p", "mul", "a s"), ("t", "add", "p u"), ("m", "mul", "t d"), ("v", "sub", "m z"),
        ("y", "add", "v r"),
    )  # fmt: skip
    at = {"a": 0.7, "b": 1.3}
    values = evaluate(graph, at)
    assert values["n"] < 0 < values["q"], "one ReLU is off, one is on"
    right = [adjoints(graph, values)[name] for name in at]
    told_apart(graphs.engine(graph, at), right, but={graphs.AT_THE_KINK})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: results.parts(np.ones((2, 2)), 2, "f"), "a single result"),
        (lambda: results.parts([1, 2, 3], 2, "f"), "f: the number of results"),
        (lambda: results.parts(None, 2, "f"), "is the `return` missing"),
        (lambda: results.by_name(None, ["a"], "f"), "is the `return` missing"),
        (lambda: results.by_name([1.0], ["a"], "f"), "the result is a dictionary"),
        (lambda: results.by_name({"a": 1}, ["a", "b"], "f"), "an input is missing"),
        (lambda: results.by_name({"a": 1, "u": 2}, ["a"], "f"), "only the inputs are asked for"),
        (lambda: results.by_name({"x": 1}, ["a"], "f"), "keys of the dictionary: not what"),
    ],
)
def test_results_of_the_wrong_kind_are_told(call, message):
    with pytest.raises(checks.CheckFailed, match=message):
        call()


def test_results_are_taken_apart():
    assert results.parts((1, 2), 2, "f") == [1, 2]
    assert len(results.parts(np.ones((2, 3, 3)), 2, "f")) == 2
    assert results.by_name({"b": 2, "a": 1}, ["a", "b"], "f") == [1, 2]
