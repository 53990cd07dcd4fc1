"""The multilayer perceptron: linear layers with a nonlinearity between them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any


def mlp(torch: Any, sizes: Sequence[int], activation: str = "ReLU") -> Any:
    """Linear layers of the given sizes, an activation after each but the last.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    sizes
        Units of every layer from input to output: (784, 256, 10) has one hidden layer.
    activation
        Name of a module of `torch.nn` that needs no arguments, such as "ReLU" or "Tanh".

    Returns
    -------
    torch.nn.Sequential
        (N, sizes[0]) → (N, sizes[-1]); layer k has the keys "2k.weight" and "2k.bias".

    Raises
    ------
    ValueError
        With fewer than two sizes, a size below 1, or an activation that `torch.nn` does not have.
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be two or more positive numbers, not {tuple(sizes)}")
    nn = torch.nn
    nonlinearity = getattr(nn, activation, None)
    if nonlinearity is None:
        raise ValueError(f"torch.nn has no module {activation!r}; 'ReLU' and 'Tanh' are two it has")
    layers = []
    for fan_in, fan_out in pairwise(sizes):
        layers += [nn.Linear(fan_in, fan_out), nonlinearity()]  # (N, fan_in) → (N, fan_out)
    return nn.Sequential(*layers[:-1])
