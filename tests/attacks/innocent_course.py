"""A second small course, whose questions ask for more than a function from numbers to a number.

A class with operators, a generator, a callback, a tensor, a random generator as argument, an
argument changed in place, and the kinds of plain values that can come back. The last two questions
are there to be attacked: one has its reference in the package, one is tested by bare asserts.
"""

#: Marks of every question here: a visible point and a hidden one.
POINTS = 2.0
QUESTIONS = [
    "value",
    "countdown",
    "derivative",
    "scale",
    "draw",
    "shift",
    "describe",
    "step",
    "norm",
]

SOURCE = '''\
# %% [markdown]
# # More kinds of answers

# %% nbgrader={"grade_id": "setup", "locked": true}
### SETUP

# %% nbgrader={"grade_id": "imports", "locked": true}
import numpy as np
import torch

from course_utils import checks

# %% [markdown] nbgrader={"grade_id": "ask_value", "locked": true}
# A number that can be added, multiplied, negated, called by index, and asked for its gradient.

# %% nbgrader={"grade_id": "value", "solution": true}
class Value:
    """A number ``data`` with ``+``, ``*``, unary ``-`` and the history ``parents``."""

    ### BEGIN SOLUTION
    def __init__(self, data, parents=()):
        self.data = data
        self.parents = parents

    def __add__(self, other):
        return Value(self.data + other.data, (self, other))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other))

    def __neg__(self):
        return Value(-self.data, (self,))

    def __len__(self):
        return len(self.parents)

    def __getitem__(self, index):
        return self.parents[index]

    def plus(self, number):
        self.data += number
        return self
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_value", "points": 1}
found = Value(2.0) * Value(3.0) + Value(1.0)
checks.close(found.data, 7.0, "(2 · 3 + 1).data")
checks.close((-found).data, -7.0, "(−7).data")

# %% nbgrader={"grade_id": "hidden_value", "points": 1}
### BEGIN HIDDEN TESTS
a, b = checks.fresh_rng().normal(size=2).tolist()
found = Value(a) * Value(b) + Value(a)
checks.close(found.data, a * b + a, "(a · b + a).data")
checks.equal(len(found), 2, "number of parents")
checks.close(found[0].data, a * b, "first parent's data")
checks.close(found.plus(1.0).data, a * b + a + 1, "plus(1).data")
checks.close(found.data, a * b + a + 1, "data after plus(1)")
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "countdown", "solution": true}
def countdown(n):
    """Generator of n, n − 1, …, 1."""
    ### BEGIN SOLUTION
    while n > 0:
        yield n
        n -= 1
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_countdown", "points": 1}
checks.equal(list(countdown(3)), [3, 2, 1], "list(countdown(3))")

# %% nbgrader={"grade_id": "hidden_countdown", "points": 1}
### BEGIN HIDDEN TESTS
n = int(checks.fresh_rng().integers(4, 9))
checks.equal(list(countdown(n)), list(range(n, 0, -1)), "list(countdown(n))")
checks.equal(list(countdown(0)), [], "list(countdown(0))")
checks.equal(next(countdown(n)), n, "next(countdown(n))")
checks.equal(sum(value for value in countdown(n) if value > 2), n * (n + 1) // 2 - 3, "a sum")
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "derivative", "solution": true}
def derivative(f, x, h=1e-5):
    """Central difference (f(x + h) − f(x − h)) / 2h of a function."""
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_derivative", "points": 1}
checks.close(derivative(lambda x: x**2, 3.0), 6.0, "derivative of x² at 3", rtol=1e-5)

# %% nbgrader={"grade_id": "hidden_derivative", "points": 1}
### BEGIN HIDDEN TESTS
x = float(checks.fresh_rng().normal())
calls = []

def cube(x):
    calls.append(x)
    return x**3

checks.close(derivative(cube, x), 3 * x**2, "derivative of x³", rtol=1e-4, atol=1e-6)
checks.equal(len(calls), 2, "number of calls of f")
checks.close(derivative(np.sin, x, h=1e-4), np.cos(x), "derivative of sin", rtol=1e-4, atol=1e-6)
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "scale", "solution": true}
def scale(t, a):
    """Tensor ``t``, any shape, times ``a``; the same dtype."""
    ### BEGIN SOLUTION
    return t * a
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_scale", "points": 1}
found = scale(torch.tensor([1.0, 2.0]), 3.0)
checks.close(found, [3.0, 6.0], "scale([1, 2], 3)")
checks.equal(str(found.dtype), "torch.float32", "dtype of scale(t, 3)")

# %% nbgrader={"grade_id": "hidden_scale", "points": 1}
### BEGIN HIDDEN TESTS
t = torch.from_numpy(checks.fresh_rng().normal(size=(2, 3)))
checks.close(scale(t, -2.0), -2.0 * t, "scale(t, −2)")
checks.equal(list(scale(t.T, 1.0).shape), [3, 2], "shape of scale(tᵀ, 1)")
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "draw", "solution": true}
def draw(rng, n):
    """``n`` numbers of ``rng.normal``, shape (n,)."""
    ### BEGIN SOLUTION
    return rng.normal(size=n)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_draw", "points": 1}
expected = np.random.default_rng(3).normal(size=4)
checks.close(draw(np.random.default_rng(3), 4), expected, "draw(rng, 4)")

# %% nbgrader={"grade_id": "hidden_draw", "points": 1}
### BEGIN HIDDEN TESTS
seed = int(checks.fresh_rng().integers(10**6))
rng, same = np.random.default_rng(seed), np.random.default_rng(seed)
checks.close(draw(rng, 5), same.normal(size=5), "draw(rng, 5)")
checks.close(draw(rng, 2), same.normal(size=2), "draw(rng, 2), the next numbers")
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "shift", "solution": true}
def shift(values, by):
    """Add ``by`` to every entry of the array in place; returns nothing."""
    ### BEGIN SOLUTION
    values += by
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_shift", "points": 1}
values = np.array([1.0, 2.0])
checks.equal(shift(values, 1.0) is None, True, "shift returns nothing")
checks.close(values, [2.0, 3.0], "values after shift(values, 1)")

# %% nbgrader={"grade_id": "hidden_shift", "points": 1}
### BEGIN HIDDEN TESTS
values = checks.fresh_rng().normal(size=(4, 3))
before = values.copy()
shift(values, -0.5)
checks.close(values, before - 0.5, "values after shift(values, −0.5)")
shift(values[:, 1], 1.0)
before[:, 1] += 1.0
checks.close(values, before - 0.5, "a column after shift(values[:, 1], 1)")
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "describe", "solution": true}
def describe(values):
    """Dictionary with ``"n"``, ``"range"`` = ((least, greatest), name), ``"mean"`` and ``"more"``."""
    ### BEGIN SOLUTION
    return {
        "n": len(values),
        "range": ((min(values), max(values)), "closed"),
        "mean": np.array(np.mean(values)),
        "more": None,
    }
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_describe", "points": 1}
found = describe([1.0, 2.0, 6.0])
checks.equal(found["n"], 3, 'describe([1, 2, 6])["n"]')
checks.equal(found["range"], ((1.0, 6.0), "closed"), 'describe([1, 2, 6])["range"]')
checks.close(found["mean"], 3.0, 'describe([1, 2, 6])["mean"]', count=3)
checks.equal(found["more"] is None, True, 'describe([1, 2, 6])["more"] is None')

# %% nbgrader={"grade_id": "hidden_describe", "points": 1}
### BEGIN HIDDEN TESTS
values = checks.fresh_rng().normal(size=6)
found = describe(values.tolist())
checks.equal(sorted(found), ["mean", "more", "n", "range"], "keys of describe(values)")
checks.close(found["range"][0], (values.min(), values.max()), 'describe(values)["range"]')
checks.close(found["mean"], values.mean(), 'describe(values)["mean"]', count=6)
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "step", "solution": true}
def step(z):
    """1 where z ≥ 0, else 0; the shape of ``z``."""
    ### BEGIN SOLUTION
    return np.where(np.asarray(z) >= 0, 1, 0)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_step", "points": 1}
checks.equal(step(np.array([-1.0, 0.0, 2.0])), [0, 1, 1], "step([−1, 0, 2])")

# %% nbgrader={"grade_id": "hidden_step", "points": 1}
### BEGIN HIDDEN TESTS
from course_utils import neuron as reference
z = checks.fresh_rng().normal(size=(3, 4))
checks.equal(step(z), reference.heaviside(z), "step(z)")
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "norm", "solution": true}
def norm(values):
    """Euclidean length of ``values``, shape (N,)."""
    ### BEGIN SOLUTION
    return float(np.sqrt(np.sum(np.square(values))))
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_norm", "points": 1}
import math

assert abs(norm([3.0, 4.0]) - 5.0) < 1e-9, "the length of (3, 4) is 5"
np.testing.assert_allclose(norm([3.0, 4.0]), 5.0)

# %% nbgrader={"grade_id": "hidden_norm", "points": 1}
### BEGIN HIDDEN TESTS
values = checks.fresh_rng().normal(size=4)
assert math.isclose(norm(values), math.hypot(*values), rel_tol=1e-9)
assert torch.allclose(torch.as_tensor(norm(values)), torch.from_numpy(values).norm().float())
assert np.isclose(norm(values), math.hypot(*values)), "another length"
### END HIDDEN TESTS
'''

RIGHT = {
    "value": """\
class Value:
    __slots__ = ("data", "parents")

    def __init__(self, data, parents=()):
        self.data, self.parents = data, tuple(parents)

    def __add__(self, other):
        return type(self)(self.data + other.data, [self, other])

    def __mul__(self, other):
        return type(self)(self.data * other.data, [self, other])

    def __neg__(self):
        return type(self)(-self.data, [self])

    def __len__(self):
        return len(self.parents)

    def __getitem__(self, index):
        return self.parents[index]

    def plus(self, number):
        self.data = self.data + number
        return self""",
    "countdown": "def countdown(n):\n    yield from range(n, 0, -1)",
    "derivative": "def derivative(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / (2 * h)",
    "scale": "def scale(t, a):\n    return torch.mul(t, a)",
    "draw": "def draw(rng, n):\n    return rng.normal(size=n)",
    "shift": "def shift(values, by):\n    values[...] = values + by",
    "describe": """\
def describe(values):
    v = sorted(values)
    return dict(n=len(v), range=((v[0], v[-1]), 'closed'), mean=sum(v) / len(v), more=None)""",
    "step": "def step(z):\n    return (np.asarray(z) >= 0).astype(int)",
    "norm": "def norm(values):\n    return float(np.linalg.norm(values))",
}
