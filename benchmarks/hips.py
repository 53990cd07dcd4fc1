"""HIPS autograd: NumPy programs differentiated by tracing them.

Convolution is the library's own, used as in its example of a convolutional network:
https://github.com/HIPS/autograd/blob/master/examples/convnet.py
"""

from collections.abc import Callable, Sequence
from functools import partial

import autograd.numpy as np
import numpy
from autograd import make_vjp, value_and_grad
from autograd.scipy.signal import convolve
from autograd.scipy.special import logsumexp

from benchmarks.cases import CLASSES, Case, Data

Arrays = list[numpy.ndarray]


def cross_entropy(scores: numpy.ndarray, onehot: numpy.ndarray) -> float:
    """Mean over examples; scores and onehot (N, C)."""
    return -np.sum((scores - logsumexp(scores, axis=1, keepdims=True)) * onehot) / len(onehot)


def mlp(weights: Arrays, x: numpy.ndarray) -> numpy.ndarray:
    """(N, 784) → (N, 10)."""
    w1, b1, w2, b2 = weights
    return np.dot(np.maximum(np.dot(x, w1) + b1, 0), w2) + b2


def lenet5(weights: Arrays, x: numpy.ndarray) -> numpy.ndarray:
    """(N, 1, 28, 28) → (N, 10)."""
    k1, b1, k2, b2, w3, b3, w4, b4, w5, b5 = weights
    x = np.pad(x, ((0, 0), (0, 0), (2, 2), (2, 2)), mode="constant")  # (N, 1, 32, 32)
    h = pool(np.tanh(convolution(x, k1) + b1))  # (N, 6, 14, 14)
    h = pool(np.tanh(convolution(h, k2) + b2))  # (N, 16, 5, 5)
    h = np.tanh(np.dot(np.reshape(h, (len(h), -1)), w3) + b3)  # (N, 120)
    return np.dot(np.tanh(np.dot(h, w4) + b4), w5) + b5


def convolution(x: numpy.ndarray, kernels: numpy.ndarray) -> numpy.ndarray:
    """(N, C, H, W) and kernels (C, K, kH, kW), which are turned → (N, K, H−kH+1, W−kW+1)."""
    return convolve(x, kernels, axes=([2, 3], [2, 3]), dot_axes=([1], [0]), mode="valid")


def pool(x: numpy.ndarray) -> numpy.ndarray:
    """Means of 2×2, (N, C, H, W) → (N, C, H/2, W/2); by reshaping, as the example's maximum is."""
    N, C, H, W = x.shape
    return np.mean(np.reshape(x, (N, C, H // 2, 2, W // 2, 2)), axis=(3, 5))


def turned(value: numpy.ndarray) -> numpy.ndarray:
    """From PyTorch's layout to this one, and back: its convolution turns the kernel by 180°."""
    if value.ndim == 4:
        return value.transpose(1, 0, 2, 3)[:, :, ::-1, ::-1].copy()
    return value.T.copy()


class Training:
    """Training steps of one of the two networks."""

    def __init__(self, case: Case, data: Data) -> None:
        self.case, self.x = case, data.x
        onehot = numpy.eye(CLASSES, dtype=data.x.dtype)[data.labels]  # (N, 10)
        network = lenet5 if data.x.ndim == 4 else mlp
        self.names = list(data.weights)
        self.weights = [turned(value) for value in data.weights.values()]
        if network is lenet5:  # biases of maps: (K,) → (1, K, 1, 1)
            for i in 1, 3:
                self.weights[i] = self.weights[i].reshape(1, -1, 1, 1)
        self.loss_and_gradients = value_and_grad(
            lambda weights: cross_entropy(network(weights, self.x), onehot)
        )
        self.update = {"SGD": sgd, "Adam": adam()}[case.optimiser]

    def step(self) -> None:
        """One step of training."""
        self.loss, self.gradients = self.loss_and_gradients(self.weights)
        self.update(self.weights, self.gradients, self.case.rate)

    def results(self) -> dict[str, numpy.ndarray]:
        """Loss, gradients and weights after the last step, in PyTorch's names and layouts."""
        found = {"loss": numpy.asarray(self.loss)}
        for name, weight, gradient in zip(self.names, self.weights, self.gradients, strict=True):
            bias = name.endswith("bias")
            found[name] = weight.reshape(-1) if bias else turned(weight)
            found[f"gradient of {name}"] = gradient.reshape(-1) if bias else turned(gradient)
        return found


def sgd(weights: Arrays, gradients: Arrays, rate: float) -> None:
    """Gradient descent, in place."""
    for w, g in zip(weights, gradients, strict=True):
        w -= rate * g


def adam(betas: Sequence[float] = (0.9, 0.999), eps: float = 1e-8) -> Callable:
    """Adam in place. The library's own is one loop over all steps, from step 1 at every call."""
    first, second = betas
    moments, time = [], 0

    def update(weights: Arrays, gradients: Arrays, rate: float) -> None:
        nonlocal time
        time += 1
        if not moments:
            moments.extend((numpy.zeros_like(w), numpy.zeros_like(w)) for w in weights)
        for w, g, (m, v) in zip(weights, gradients, moments, strict=True):
            m += (1 - first) * (g - m)
            v += (1 - second) * (g * g - v)
            w -= rate / (1 - first**time) * m / (numpy.sqrt(v / (1 - second**time)) + eps)

    return update


class Chain:
    """Many small operations, forward and backward or forward alone."""

    def __init__(self, case: Case, data: Data) -> None:
        self.backward = case.kind != "forward"
        self.operations = partial(operations, case.operations)
        self.arguments = (data.x, data.weights["w"], data.weights["b"])
        self.wanted = 0 if case.kind == "constants" else (0, 1, 2)

    def step(self) -> None:
        """Record the operations; where asked for, go back through them."""
        pull, self.loss = make_vjp(self.operations, self.wanted)(*self.arguments)
        self.gradients = pull(np.ones(1, self.loss.dtype)) if self.backward else ()

    def results(self) -> dict[str, numpy.ndarray]:
        """Loss and gradients after the last step."""
        gradients = [self.gradients] if self.wanted == 0 else self.gradients
        names = ["gradient of x", "gradient of w", "gradient of b"]
        return {"loss": self.loss, **dict(zip(names, gradients, strict=False))}


def operations(count: int, y: numpy.ndarray, w: numpy.ndarray, b: numpy.ndarray) -> numpy.ndarray:
    """y·w and y + b in turn."""
    for _ in range(count // 2):
        y = y * w
        y = y + b
    return y
