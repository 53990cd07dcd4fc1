"""The scalar engine does what PyTorch and course_utils.scratch do, under the same names."""

import inspect
import math
from pathlib import Path

import pytest
import torch

from course_utils import scratch
from course_utils.backpropagation import scalar_engine
from course_utils.backpropagation.scalar_engine import Value, adjoints, order


def test_it_is_short_enough_to_read():
    assert len(Path(inspect.getfile(scalar_engine)).read_text().splitlines()) < 100


def leaf(library, number):
    if library is scalar_engine:
        return Value(number)
    return library.tensor(number, dtype=library.float64, requires_grad=True)


def formula(a, b):
    c = (a * b).sin() + a**3 / (1 + (-b).exp())
    d = (c - 2).relu() + 3 * c.tanh() - b / a
    return (d * d + 1).log() + 2 - a + (a * b + d).exp() * 1e-2


def test_same_program_same_gradients():
    found = []
    for library in (scalar_engine, scratch, torch):
        a, b = leaf(library, 1.5), leaf(library, -0.7)
        y = formula(a, b)
        y.backward()
        y = y.data if library is scalar_engine else y.item()
        found.append((float(y), float(a.grad), float(b.grad)))
    assert found[0] == pytest.approx(found[2], rel=1e-12)
    assert found[1] == pytest.approx(found[2], rel=1e-12)


def test_gradients_accumulate_as_in_pytorch():
    for library in (scalar_engine, torch):
        x = leaf(library, 3.0)
        (x * x).backward()
        (x * 5).backward()
        assert float(x.grad) == 11
    x = Value(3.0)
    assert x.grad is None
    y = x * x
    y.backward()
    y.backward()
    assert x.grad == 12, "the adjoints of a pass begin at 0; only grad adds up"
    assert y.grad is None, "only leaves get a grad"


def test_relu_has_slope_0_at_0():
    for library in (scalar_engine, torch):
        x = leaf(library, 0.0)
        x.relu().backward()
        assert float(x.grad) == 0


def test_powers():
    for n, at, expected in [(0, 0.0, 0.0), (1, 0.0, 1.0), (2, -3.0, -6.0), (-1, 2.0, -0.25)]:
        x = Value(at)
        (x**n).backward()
        assert x.grad == expected
    with pytest.raises(TypeError):
        Value(2.0) ** Value(3.0)


def test_order_has_parents_first_and_each_value_once():
    a, b = Value(2.0), Value(3.0)
    u = a * b
    y = u.sin() * a + u
    found = order(y)
    assert found[-1] is y
    assert len(found) == len(set(found)) == 6
    for value in found:
        assert all(found.index(parent) < found.index(value) for parent, _ in value.edges)
    assert list(adjoints(y)) == found[::-1]


def test_long_and_entangled_programs():
    x = y = Value(1.0)
    for _ in range(20_000):  # deeper than Python lets a function call itself
        y = y * 1.0001
    y.backward()
    assert x.grad == pytest.approx(math.exp(20_000 * math.log(1.0001)))
    x = y = Value(1.0)
    for _ in range(60):  # 2⁶⁰ paths
        y = y + y
    y.backward()
    assert x.grad == 2**60


def test_a_network_learns_xor():
    """The whole of training: a net of two tanh units, by the engine alone."""
    import random

    draw = random.Random(3)
    weights = [Value(draw.uniform(-1, 1)) for _ in range(9)]
    data = [((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)]
    for _ in range(400):
        w = weights
        loss = Value(0.0)
        for (p, q), t in data:
            hidden = [(w[i] * p + w[i + 1] * q + w[i + 2]).tanh() for i in (0, 3)]
            loss += (w[6] * hidden[0] + w[7] * hidden[1] + w[8] - t) ** 2 * 0.25
        loss.backward()
        for v in weights:
            v.data -= 0.3 * v.grad
            v.grad = None
    assert loss.data < 1e-3


def test_repr_shows_the_number():
    assert repr(Value(2)) == "Value(2)"
