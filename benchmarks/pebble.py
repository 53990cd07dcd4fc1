"""SmallPebble: a teaching library, automatic differentiation in one NumPy file.

It has no tanh and no mean pooling: tanh is added the way the library defines its own operations,
the mean is put together from what it has. Both are cheaper than the library's nearest (its
`maxpool2d` adds gradients up entry by entry), so the comparison is not to its disadvantage.
Its layout is its own too: images (N, H, W, C), kernels (kH, kW, C, K).
"""

import sys

import numpy as np
import smallpebble as sp

from benchmarks.cases import LONG, Case, Data

#: It walks the graph by recursion, two calls for each operation.
sys.setrecursionlimit(max(sys.getrecursionlimit(), 10 * LONG))


def tanh(a: sp.Variable) -> sp.Variable:
    """Hyperbolic tangent of each entry."""
    value = np.tanh(a.array)
    return sp.Variable(value, [(a, lambda path_value: path_value * (1 - value * value))])


def pool(a: sp.Variable) -> sp.Variable:
    """Means of 2×2, (N, H, W, C) → (N, H/2, W/2, C)."""
    N, H, W, C = a.shape
    total = sp.sum(sp.reshape(a, (N, H // 2, 2, W // 2, 2, C)), axis=(2, 4))
    return total * sp.Variable(np.array(0.25, a.dtype))


def linear(a: sp.Variable, w: sp.Variable, b: sp.Variable) -> sp.Variable:
    """(N, D) → (N, K)."""
    return sp.matmul(a, w) + b


def mlp(weights: list[sp.Variable], x: sp.Variable) -> sp.Variable:
    """(N, 784) → (N, 10)."""
    w1, b1, w2, b2 = weights
    return linear(sp.leaky_relu(linear(x, w1, b1), alpha=0), w2, b2)


def lenet5(weights: list[sp.Variable], x: sp.Variable) -> sp.Variable:
    """(N, 28, 28, 1) → (N, 10)."""
    k1, b1, k2, b2, w3, b3, w4, b4, w5, b5 = weights
    h = pool(tanh(sp.conv2d(x, k1, padding="SAME") + b1))  # (N, 14, 14, 6)
    h = pool(tanh(sp.conv2d(h, k2, padding="VALID") + b2))  # (N, 5, 5, 16)
    h = sp.reshape(h, (h.shape[0], 400))
    h = tanh(linear(tanh(linear(h, w3, b3)), w4, b4))  # (N, 84)
    return linear(h, w5, b5)


def from_torch(name: str, value: np.ndarray) -> np.ndarray:
    """From PyTorch's layout to this one; LeNet-5's first linear layer reads (5, 5, 16)."""
    if value.ndim == 4:
        return value.transpose(2, 3, 1, 0).copy()  # (K, C, kH, kW) → (kH, kW, C, K)
    if value.shape[1:] == (400,):
        return value.reshape(120, 16, 5, 5).transpose(2, 3, 1, 0).reshape(400, 120)
    return value.T.copy()


def to_torch(name: str, value: np.ndarray) -> np.ndarray:
    """Back to PyTorch's layout."""
    if value.ndim == 4:
        return value.transpose(3, 2, 0, 1)
    if value.shape == (400, 120):
        return value.reshape(5, 5, 16, 120).transpose(3, 2, 0, 1).reshape(120, 400)
    return value.T


class Training:
    """Training steps of one of the two networks."""

    def __init__(self, case: Case, data: Data) -> None:
        self.labels = data.labels
        self.network = lenet5 if data.x.ndim == 4 else mlp
        x = data.x.transpose(0, 2, 3, 1).copy() if data.x.ndim == 4 else data.x
        self.x = sp.Variable(x)
        self.share = sp.Variable(np.array(1 / len(x), x.dtype))  # cross_entropy there is a sum
        self.weights = {
            name: sp.learnable(sp.Variable(from_torch(name, value)))
            for name, value in data.weights.items()
        }
        if case.optimiser == "Adam":
            self.update = sp.Adam(case.rate).training_step
        else:
            self.update = lambda variables, gradients: sp.sgd_step(variables, gradients, case.rate)

    def step(self) -> None:
        """One step of training."""
        weights = list(self.weights.values())
        probabilities = sp.softmax(self.network(weights, self.x))  # (N, 10)
        self.loss = sp.cross_entropy(probabilities, self.labels) * self.share
        self.gradients = sp.get_gradients(self.loss)
        self.update(weights, self.gradients)

    def results(self) -> dict[str, np.ndarray]:
        """Loss, gradients and weights after the last step, in PyTorch's names and layouts."""
        found = {"loss": self.loss.array}
        for name, variable in self.weights.items():
            found[name] = to_torch(name, variable.array)
            found[f"gradient of {name}"] = to_torch(name, self.gradients[variable])
        return found


class Chain:
    """Many small operations. Gradients are always those of all variables: it knows no constants."""

    def __init__(self, case: Case, data: Data) -> None:
        self.backward, self.count = case.kind != "forward", case.operations
        arrays = {"x": data.x, **data.weights}
        self.leaves = {name: sp.Variable(value) for name, value in arrays.items()}
        self.gradients = {}

    def step(self) -> None:
        """Record the operations; where asked for, go back through them."""
        y, w, b = self.leaves.values()
        for _ in range(self.count // 2):
            y = y * w
            y = y + b
        self.loss = y
        if self.backward:
            self.gradients = sp.get_gradients(y)

    def results(self) -> dict[str, np.ndarray]:
        """Loss and gradients after the last step."""
        named = {f"gradient of {k}": self.gradients.get(v) for k, v in self.leaves.items()}
        return {"loss": self.loss.array} | {k: v for k, v in named.items() if v is not None}
