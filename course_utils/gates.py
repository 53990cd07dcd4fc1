"""Logic gates as the weights of one threshold unit (McCulloch and Pitts, 1943)."""

import numpy as np

#: Weights (b, w₁[, w₂]) of a threshold unit that computes each gate on inputs from {0, 1}.
GATES: dict[str, tuple[float, ...]] = {
    "AND": (-1.5, 1.0, 1.0),
    "OR": (-0.5, 1.0, 1.0),
    "NOT": (0.5, -1.0),
    "NOR": (0.5, -1.0, -1.0),
}


def and_weights(inputs: int) -> np.ndarray:
    """Weights (b, 1, …, 1) of a unit that fires when all of its ``inputs`` are 1; (1 + inputs,)."""
    return np.array([0.5 - inputs] + [1.0] * inputs)


def or_weights(inputs: int) -> np.ndarray:
    """Weights (b, 1, …, 1) of a unit that fires when any of its ``inputs`` is 1; (1 + inputs,)."""
    return np.array([-0.5] + [1.0] * inputs)
