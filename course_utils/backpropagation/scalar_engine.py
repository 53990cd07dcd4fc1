"""Reverse mode for single numbers: a whole engine, small enough to read before the real one.

The names are PyTorch's; `course_utils.scratch` does with arrays what this does with numbers.
"""

import math


class Value:
    """A number that knows its parents: what it was computed from, and with which slopes."""

    def __init__(self, data: float, edges: tuple[tuple["Value", float], ...] = ()) -> None:
        self.data = float(data)
        self.edges = edges  # (parent, ∂self/∂parent) for each parent
        self.grad: float | None = None  # only leaves get one: values that were not computed

    def __repr__(self) -> str:
        return f"Value({self.data:g})"

    def __add__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, n: float) -> "Value":
        return Value(self.data**n, ((self, n * self.data ** (n - 1) if n else 0.0),))

    def exp(self) -> "Value":
        """Exponential function."""
        return Value(y := math.exp(self.data), ((self, y),))

    def log(self) -> "Value":
        """Natural logarithm."""
        return Value(math.log(self.data), ((self, 1 / self.data),))

    def sin(self) -> "Value":
        """Sine."""
        return Value(math.sin(self.data), ((self, math.cos(self.data)),))

    def tanh(self) -> "Value":
        """Hyperbolic tangent."""
        return Value(y := math.tanh(self.data), ((self, 1 - y * y),))

    def relu(self) -> "Value":
        """The larger of this and 0; the slope at 0 is 0."""
        return Value(max(0.0, self.data), ((self, float(self.data > 0)),))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> "Value":
        return self * -1

    def __sub__(self, other: "Value | float") -> "Value":
        return self + other * -1

    def __rsub__(self, other: float) -> "Value":
        return other + self * -1

    def __truediv__(self, other: "Value | float") -> "Value":
        return self * other**-1

    def __rtruediv__(self, other: float) -> "Value":
        return other * self**-1

    def backward(self) -> None:
        """Add ∂self/∂leaf to the ``grad`` of every leaf below."""
        for node, adjoint in adjoints(self).items():
            if not node.edges:
                node.grad = adjoint if node.grad is None else node.grad + adjoint


def as_value(x: Value | float) -> Value:
    """A number as a leaf."""
    return x if isinstance(x, Value) else Value(x)


def order(root: Value) -> list[Value]:
    """Topological order: root and all it was computed from, each value after its parents."""
    found, stack = {}, [root]
    while stack:  # no recursion: Python allows a thousand calls within each other
        missing = [parent for parent, _ in stack[-1].edges if parent not in found]
        stack += missing
        if not missing:
            found[stack.pop()] = None
    return list(found)


def adjoints(root: Value) -> dict[Value, float]:
    """∂root/∂value for each value, root first: each is complete before it is passed on."""
    adjoint = dict.fromkeys(reversed(order(root)), 0.0) | {root: 1.0}
    for node, total in adjoint.items():
        for parent, slope in node.edges:
            adjoint[parent] += total * slope
    return adjoint
