"""What is computed: networks, data, first weights and the target each case has to meet."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from course_utils.models import lenet5, mlp, residual_block

CLASSES = 10


@dataclass(frozen=True)
class Case:
    """One thing to compute.

    Attributes
    ----------
    title
        What the table says.
    kind
        "train": forward, backward and an optimiser's step; "block": forward and backward, with the
        gradient of the input; "chain", "constants" and "forward": see `LONG`.
    target
        The most that the course's engine may take: times PyTorch's time, or µs for one operation.
    build
        The network, given the engine.
    shape
        Of the input, batch first.
    optimiser, rate
        Name in `torch.optim`, and learning rate.
    operations
        Number of operations that the time is divided by; 0 for a whole step.
    """

    title: str
    kind: str
    target: float
    build: Callable[[Any], Any] | None = None
    shape: tuple[int, ...] = (1,)
    optimiser: str = ""
    rate: float = 0.0
    operations: int = 0


#: y ← y·w and y ← y + b in turn, on tensors of one entry. "chain" asks for the gradient of w and b
#: too, which makes about three operations of one; "constants" asks for that of the first y alone;
#: "forward" records everything, as "chain" does, and never goes back.
#:
#: Python's garbage collector runs as objects pile up, and now and then looks through the whole
#: process. With LONG chains alive at once that is part of what is measured; SHORT chains are freed
#: before much has piled up, as a training step's graph is.
LONG, SHORT = 1000, 100
PERCEPTRON = partial(mlp, sizes=(784, 256, CLASSES))

CASES = {
    "mlp-sgd": Case(
        "MLP 784-256-10, batch 128, SGD", "train", 1.1, PERCEPTRON, (128, 784), "SGD", 0.1
    ),
    "mlp-adam": Case(
        "MLP 784-256-10, batch 128, Adam", "train", 1.1, PERCEPTRON, (128, 784), "Adam", 1e-3
    ),
    "lenet5": Case("LeNet-5, batch 64, SGD", "train", 2.0, lenet5, (64, 1, 28, 28), "SGD", 0.1),
    "block-16": Case(
        "ResNet block, 16 channels, 32×32, batch 32",
        "block",
        4.0,
        partial(residual_block, in_channels=16),
        (32, 16, 32, 32),
    ),
    "block-64": Case(
        "ResNet block, 64 channels, 32×32, batch 32",
        "block",
        4.0,
        partial(residual_block, in_channels=64),
        (32, 64, 32, 32),
    ),
    "forward": Case("one operation on 1 number, recorded", "forward", 8.0, operations=LONG),
    "constants": Case("… and backward, for one of two operands", "constants", 8.0, operations=LONG),
    "chain": Case("… and backward, for both operands", "chain", 8.0, operations=LONG),
    "short": Case("… the same, a hundred at a time and then freed", "chain", 8.0, operations=SHORT),
}


@dataclass(frozen=True)
class Data:
    """Arrays of one case, NumPy, in one type.

    Attributes
    ----------
    x
        Input, the case's shape.
    labels
        Class of each example (N,), for kind "train".
    adjoint
        Gradient that reaches the output, for kind "block".
    weights
        First parameters and buffers under PyTorch's `state_dict` keys.
    """

    x: np.ndarray
    labels: np.ndarray
    adjoint: np.ndarray
    weights: dict[str, np.ndarray]


def data(case: Case, dtype: str, batch: int | None = None) -> Data:
    """The same numbers for every contender; another batch size where asked for."""
    rng = np.random.default_rng(0)
    shape = case.shape if batch is None else (batch, *case.shape[1:])
    x = rng.standard_normal(shape).astype(dtype)
    labels = rng.integers(CLASSES, size=shape[0])
    adjoint = rng.standard_normal(shape).astype(dtype)  # the blocks here keep the shape
    if case.build is None:
        weights = {"w": np.full(1, 1.0001, dtype), "b": np.full(1, 0.001, dtype)}
    else:
        weights = first_weights(case, dtype)
    return Data(x, labels, adjoint, weights)


def first_weights(case: Case, dtype: str) -> dict[str, np.ndarray]:
    """PyTorch's initial weights for seed 0; whole numbers stay what they are."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        state = case.build(torch).state_dict()
    return {
        key: value.numpy().astype(dtype if value.is_floating_point() else value.numpy().dtype)
        for key, value in state.items()
    }
