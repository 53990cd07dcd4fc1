"""Forward mode against numbers by hand, central differences, PyTorch, and the rules of algebra."""

import math
import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes
from scipy import special

from course_utils import dual
from course_utils.dual import Dual, derivative, jacobian, jvp, variables

NUMBERS = st.floats(-5, 5, allow_subnormal=False)
SHAPES = shapes.array_shapes(min_dims=0, max_dims=3, max_side=4, min_side=0)


def arrays(shape=SHAPES, numbers=NUMBERS):
    return shapes.arrays(np.float64, shape, elements=numbers)


def central(f, x, h=1e-6):
    """∂f/∂x by central differences: (shape of f(x), shape of x)."""
    x = np.asarray(x, dtype=float)
    columns = []
    for i in range(x.size):
        step = np.zeros(x.size)
        step[i] = h
        step = step.reshape(x.shape)
        columns.append((np.asarray(f(x + step)) - np.asarray(f(x - step))) / (2 * h))
    return np.stack(columns, axis=-1).reshape(*np.shape(columns[0]), *x.shape)


def close(got, expected, **tolerance):
    np.testing.assert_allclose(got, expected, **{"rtol": 1e-12, "atol": 1e-12} | tolerance)
    assert np.shape(got) == np.shape(expected)


def test_by_hand():
    """(3 + ε)² · 2 + 1 = 19 + 12 ε."""
    y = Dual(3.0, 1.0) ** 2 * 2 + 1
    assert (y.value, y.tangent.tolist()) == (19, [12])
    y = 1 / Dual(4.0, 1.0) - 3  # (1/x)′ = −1/x²
    assert (y.value, y.tangent.tolist()) == (-2.75, [-1 / 16])
    assert repr(Dual(2.0, [1.0, 0.0])) == "Dual(2.0, tangent=[1.0, 0.0])"


def test_two_inputs_at_once():
    w, b = variables(2.0, 5.0)
    y = w * b + w**2
    assert (y.value, y.tangent.tolist()) == (14, [9, 2])  # b + 2w, w
    W, b = variables(np.ones((2, 3)), np.zeros(2))
    y = W @ np.array([1.0, 2.0, 3.0]) + b
    expected = np.zeros((2, 8))
    expected[0, [0, 1, 2, 6]] = [1, 2, 3, 1]
    expected[1, [3, 4, 5, 7]] = [1, 2, 3, 1]
    close(y.tangent, expected)


@pytest.mark.parametrize("f", [f for f in dual.SLOPES if f.nin == 1], ids=lambda f: f.__name__)
def test_each_slope_of_one_argument(f):
    x = np.array([[0.3, 0.9], [1.7, 2.5]])
    close(derivative(f)(x), (f(x + 1e-6) - f(x - 1e-6)) / 2e-6, rtol=1e-8)
    if f.__name__ not in ("sqrt", "log"):
        close(derivative(f)(-x / 3), (f(-x / 3 + 1e-6) - f(-x / 3 - 1e-6)) / 2e-6, rtol=1e-8)


@pytest.mark.parametrize("f", [f for f in dual.SLOPES if f.nin == 2], ids=lambda f: f.__name__)
def test_each_pair_of_slopes_with_broadcasting(f):
    a, b = np.array([[0.3], [2.2]]), np.array([1.4, 0.7, 2.9])
    close(jacobian(lambda a: f(a, b), a), central(lambda a: f(a, b), a), rtol=1e-8, atol=1e-9)
    close(jacobian(lambda b: f(a, b), b), central(lambda b: f(a, b), b), rtol=1e-8, atol=1e-9)
    x = np.array([1.3, 0.4])
    close(jacobian(lambda x: f(x, x[::-1]), x), central(lambda x: f(x, x[::-1]), x), rtol=1e-8)


@pytest.mark.parametrize(
    ("a", "b"), [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4)),
                 ((5, 2, 3), (3, 4)), ((3,), (5, 3, 4)), ((2, 3), (5, 3, 4)), ((2, 0), (0, 3))],
)  # fmt: skip
def test_matmul_of_all_shapes(a, b):
    rng = np.random.default_rng(3)
    A, B = rng.normal(size=a), rng.normal(size=b)
    for x, f, g in [
        (A, lambda A: A @ B, lambda A: A @ torch.tensor(B)),
        (B, lambda B: A @ B, lambda B: torch.tensor(A) @ B),
    ]:
        expected = torch.autograd.functional.jacobian(g, torch.tensor(x))
        close(jacobian(f, x), expected)
    both = np.concatenate([A.ravel(), B.ravel()])

    def product(x):
        return x[: A.size].reshape(a) @ x[A.size :].reshape(b)

    if both.size:
        close(jacobian(product, both), central(product, both), rtol=1e-8, atol=1e-9)


MOVES = {
    "sum": lambda x: np.sum(x, axis=1),
    "sum of all": lambda x: x.sum(),
    "mean": lambda x: x.mean(axis=(0, 2), keepdims=True),
    "reshape": lambda x: x.reshape(4, -1),
    "reshape to a tuple": lambda x: np.reshape(x, (6, 4)),
    "T": lambda x: x.T,
    "transpose": lambda x: np.transpose(x, (1, 0, 2)),
    "slice": lambda x: x[1:, ::-1, 0],
    "ellipsis": lambda x: x[..., 2],
    "new axis": lambda x: x[None, 0],
    "fancy": lambda x: x[[0, 1, 0], [2, 2, 1]],
    "mask": lambda x: x[np.arange(24).reshape(2, 3, 4) % 5 == 0],
    "concatenate": lambda x: np.concatenate([x, np.ones((2, 1, 4)), 2 * x], axis=1),
    "stack": lambda x: np.stack([x[0, 0, 0], 3.0, x[1, 2, 3]]),
    "where": lambda x: np.where(np.arange(4) > 1, x, 2 * x[0, 0]),
    "cumsum": lambda x: np.cumsum(x, axis=0),
    "broadcast_to": lambda x: np.broadcast_to(x[0, 0], (5, 4)),
    "squeeze": lambda x: np.squeeze(x[:1]),
    "iteration": lambda x: [row.sum() for row in x],
    "dot": lambda x: np.dot(x[0], x[1, 0]),
    "flat functions": lambda x: x * np.sign(x) + np.floor(x) + (x > 0) * x,
    "shapes": lambda x: np.zeros_like(x) + x / np.shape(x)[0] + np.ndim(x) + len(x) + x.ndim,
}


@pytest.mark.parametrize("f", MOVES.values(), ids=MOVES)
def test_what_moves_and_adds_entries(f):
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    close(jacobian(f, x), central(f, x), rtol=1e-7, atol=1e-8)
    close(f(variables(x)).value if not isinstance(f(x), list) else f(x), f(x))


def network(xp):
    """A small classifier's loss as function of its input, in NumPy or PyTorch."""
    rng = np.random.default_rng(1)
    make = xp.tensor if xp is torch else np.array
    W, V = make(rng.normal(size=(4, 3))), make(rng.normal(size=(2, 4)))

    def f(x):
        hidden = xp.tanh(x @ W.T)  # (N, 4)
        z = xp.maximum(hidden @ V.T, make(-0.125)) ** 3  # (N, 2)
        return xp.log(xp.sum(xp.exp(z), -1)) - z[:, 0]  # (N,)

    return f


@pytest.mark.filterwarnings("ignore:.torch.jit.script. is:DeprecationWarning")  # torch.func's own
def test_a_network_against_pytorch():
    rng = np.random.default_rng(2)
    x, v = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    value, slope = torch.func.jvp(network(torch), (torch.tensor(x),), (torch.tensor(v),))
    got_value, got_slope = jvp(network(np), x, v)
    close(got_value, value)
    close(got_slope, slope)
    expected = torch.autograd.functional.jacobian(network(torch), torch.tensor(x))
    close(jacobian(network(np), x), expected)
    close(np.tensordot(jacobian(network(np), x), v, axes=2), got_slope)


@given(arrays(), st.data())
def test_ring_axioms(a, data):
    """Dual numbers form a commutative ring: values and tangents agree on both sides."""
    x, y, z = (
        Dual(*(data.draw(arrays(a.shape)), data.draw(arrays((*a.shape, 2))))) for _ in range(3)
    )
    for left, right in [
        (x + y, y + x),
        (x * y, y * x),
        ((x + y) + z, x + (y + z)),
        ((x * y) * z, x * (y * z)),
        (x * (y + z), x * y + x * z),
        (x - y, -(y - x)),
        (x * 1, x + 0),
        (x - x, x * 0),
        (x**2, np.square(x)),
    ]:
        close(left.value, right.value, atol=1e-9)
        close(left.tangent, right.tangent, atol=1e-9)
    epsilon = Dual(np.zeros(a.shape), np.ones(a.shape))
    square = epsilon * epsilon
    assert not square.value.any()
    assert not square.tangent.any()


@given(arrays())
def test_product_quotient_and_chain_rule(x):
    def f(x):
        return np.sin(x) * 3

    def g(x):
        return np.exp(-x * x) + 1

    df, dg = derivative(f)(x), derivative(g)(x)
    close(df, 3 * np.cos(x))
    close(derivative(lambda x: f(x) * g(x))(x), df * g(x) + f(x) * dg)
    close(derivative(lambda x: f(x) / g(x))(x), (df * g(x) - f(x) * dg) / g(x) ** 2)
    close(derivative(lambda x: f(g(x)))(x), derivative(f)(g(x)) * dg)


@given(arrays())
def test_shapes(x):
    close(jacobian(lambda x: x, x), np.eye(x.size).reshape(x.shape * 2))
    assert jacobian(lambda x: x.sum(), x).shape == x.shape
    assert jacobian(lambda x: [1.0, 2.0], x).shape == (2, *x.shape)
    assert derivative(np.tanh)(x).shape == x.shape
    assert variables(x).tangent.shape == (*x.shape, x.size)


def test_kinks_take_the_mean_of_the_two_slopes_as_pytorch_does():
    assert derivative(np.abs)([-1.0, 0.0, 2.0]).tolist() == [-1, 0, 1]
    assert derivative(lambda x: np.maximum(x, 0))([-1.0, 0.0, 2.0]).tolist() == [0, 0.5, 1]
    assert derivative(lambda x: np.minimum(0, x))([-1.0, 0.0, 2.0]).tolist() == [1, 0.5, 0]
    assert derivative(lambda x: np.where(x > 0, x, 0))([-1.0, 0.0, 2.0]).tolist() == [0, 0, 1]
    zero = torch.zeros(1, dtype=torch.float64)
    for f, g in [
        (np.abs, torch.abs),
        (lambda x: np.maximum(x, 0), lambda x: torch.maximum(x, zero)),
    ]:
        slope = torch.autograd.functional.jacobian(g, zero)
        assert derivative(f)(0.0) == slope.item()
        close(derivative(f)(0.0), (f(np.array(1e-6)) - f(np.array(-1e-6))) / 2e-6)


def test_powers_where_the_formula_meets_zero_times_infinity():
    for b in (0, 1, 2, 3):
        x = torch.tensor([0.0, -1.5, 2.0], dtype=torch.float64, requires_grad=True)
        (x**b).sum().backward()
        close(derivative(lambda x, b=b: x**b)([0.0, -1.5, 2.0]), x.grad)
    close(derivative(lambda x: 0.0**x)([1.0, 2.0]), [0, 0])
    close(derivative(lambda x: 2.0**x)(3.0), 8 * np.log(2))
    close(derivative(lambda x: x**x)(2.0), 4 * (np.log(2) + 1))
    close(derivative(lambda x: np.maximum(x, np.inf))(1.0), 0)


def test_control_flow_follows_the_values():
    def babylonian(x):
        root = x
        while abs(root * root - x) > 1e-13:
            root = (root + x / root) / 2
        return root

    close(derivative(babylonian)(2.0), 1 / (2 * math.sqrt(2)))
    assert (variables([1.0, 3.0]) > 2).tolist() == [False, True]
    assert variables(2.0) == 2
    assert 1 < variables(2.0) <= 2


def test_a_dual_never_changes():
    x = variables(np.array([1.0, 2.0]))
    y = x
    y += x
    assert y.value.tolist() == [2, 4]
    assert x.value.tolist() == [1, 2]
    with pytest.raises(TypeError, match="item assignment"):
        x[0] = 1


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda x: special.expit(x), "no rule for expit:"),
        (lambda x: np.linalg.norm(x), "no rule for norm:"),
        (lambda x: np.max(x), "no rule for max:"),
        (lambda x: np.where(x, 1.0, 2.0), "no rule for where:"),
        (lambda x: np.multiply.reduce(x), "no rule for multiply with reduce:"),
        (lambda x: np.exp(x, where=[True, False]), "no rule for exp with where=…:"),
        (lambda x: math.exp(x[0]), "np.exp, not math.exp"),
        (lambda x: np.array([x[0], x[1]]), r"np.stack\(\[…\]\), not np.array"),
        (lambda x: np.zeros(2).__iadd__(x), "write y = y \\+ x"),
        (lambda x: np.add(1, x, out=np.zeros(2)), "write y = y \\+ x"),
        (lambda x: derivative(derivative(np.sin))(1.0), "differentiate only once"),
        (lambda x: x * 1j, "not of complex128"),
        (lambda x: x + "1", "not of <U1"),
        (lambda x: list(x[0]), "unsized"),
    ],
)
def test_what_has_no_rule_gets_one_clear_line(call, words):
    with pytest.raises(TypeError, match=words) as failure:
        call(variables([1.0, 2.0]))
    assert "\n" not in str(failure.value)


def test_setting_an_entry_of_a_plain_array_is_refused_and_explained():
    with pytest.raises(ValueError, match="setting an array element") as failure:
        np.zeros(2)[0] = variables([1.0])[0]
    assert "out[i] = …" in str(failure.value.__cause__)


def test_a_rule_can_be_added(monkeypatch):
    monkeypatch.setitem(dual.SLOPES, special.expit, (lambda a, y: y * (1 - y),))
    close(derivative(special.expit)(0.0), 0.25)


def test_shapes_that_do_not_fit():
    with pytest.raises(ValueError, match=r"tangent must have the shape \(2, k\), not \(3, 2\)"):
        Dual([1.0, 2.0], np.ones((3, 2)))
    with pytest.raises(ValueError, match=r"\[1, 2\] inputs don't go together"):
        variables([1.0, 2.0]) + Dual(1.0, 1.0)
    with pytest.raises(ValueError, match=r"point \(2,\) and direction \(3,\)"):
        jvp(np.sin, [1.0, 2.0], [1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="matmul"):
        variables([1.0, 2.0]) @ np.ones(3)


def test_needs_no_pytorch():
    code = "import sys; from course_utils import dual; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
