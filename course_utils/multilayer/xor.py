"""Networks of two ReLU units that compute XOR exactly, with all weights as data.

The first three are in Lefort & Salmon, *Deep learning: a statistical viewpoint*; "count" is that of
Goodfellow, Bengio & Courville (2016), *Deep Learning*, section 6.1. `one_hidden.rescale` makes a
family of each: any two positive factors give the same outputs.
"""

import numpy as np

from course_utils.data import truth_table
from course_utils.multilayer.one_hidden import OneHidden, one_hidden

#: Inputs (4, 2), in counting order, and what XOR answers (4,).
X, Y = truth_table("XOR")

FAMILIES: dict[str, OneHidden] = {
    # (x₁ − x₂)₊ + (x₂ − x₁)₊ = |x₁ − x₂|: the plane folded along x₁ = x₂.
    "difference": one_hidden([[1, -1], [-1, 1]], [0, 0], [1, 1], 0),
    "difference, units swapped": one_hidden([[-1, 1], [1, -1]], [0, 0], [1, 1], 0),
    # 1 − (1 − s)₊ − (s − 1)₊ = 1 − |s − 1| with s = x₁ + x₂: folded along x₁ + x₂ = 1.
    "sum": one_hidden([[-1, -1], [1, 1]], [1, -1], [-1, -1], 1),
    # s₊ − 2 (s − 1)₊: up to 1 and down again, as the number s of ones grows.
    "count": one_hidden([[1, 1], [1, 1]], [0, -1], [1, -2], 0),
}


def squared_error(net: OneHidden) -> float:
    """Mean squared error of a network on the four rows of XOR; 0 where it computes XOR."""
    return float(((net(X) - Y) ** 2).mean())


def folded(net: OneHidden) -> np.ndarray:
    """Where the hidden layer puts the four inputs, shape (4, H): the space the output sees."""
    return net.hidden(X)  # (4, H)


def separable_in_hidden_space(net: OneHidden) -> bool:
    """Whether the output's own weights split the folded points: both zeros below ½, ones above."""
    return bool(np.array_equal(folded(net) @ net.w2 + net.b2 > 0.5, Y == 1))
