"""Looking at a network that a student set by hand: right or not, and what is nearly right.

A network comes as (W1, b1, w2, b2): weights (H, D) and biases (H,) of ReLU units, weights (H,) and
bias of the output. With one input, W1 may be (H,).
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course_utils import checks
from course_utils.checks import CheckFailed

Parts = tuple[np.ndarray, np.ndarray, np.ndarray, float]


def parts(network: Any, inputs: int, what: str) -> Parts:
    """The four parts of a network as arrays.

    Raises
    ------
    CheckFailed
        Saying which part is missing or has another shape than it should.
    """
    if network is None:
        raise CheckFailed(f"{what}: nothing was returned; is the `return` missing?")
    if not isinstance(network, tuple | list) or len(network) != 4:
        raise CheckFailed(f"{what}: four parts are asked for, (W1, b1, w2, b2)")
    try:
        W1, b1, w2, b2 = (np.asarray(part, dtype=float) for part in network)
    except (TypeError, ValueError):
        raise CheckFailed(f"{what}: the parts should be arrays or lists of numbers") from None
    W1 = W1[:, None] if inputs == 1 and W1.ndim == 1 else W1  # (H, D)
    for name, part, count in (("b1", b1, 1), ("w2", w2, 1), ("W1", W1, 2)):
        if part.ndim != count:
            shape = f"({'H, ' + str(inputs) if count == 2 else 'H,'})"
            raise CheckFailed(f"{what}: {name} should have shape {shape}, not {part.shape}")
    if b2.size != 1:
        raise CheckFailed(f"{what}: b2 should be one number, not of shape {b2.shape}")
    units = len(w2)
    if b1.shape != (units,) or W1.shape != (units, inputs):
        raise CheckFailed(
            f"{what}: {units} weights of the output mean {units} hidden units: W1 should have "
            f"shape ({units}, {inputs}) and b1 ({units},), not {W1.shape} and {b1.shape}"
        )
    if not all(np.isfinite(part).all() for part in (W1, b1, w2, b2)):
        raise CheckFailed(f"{what}: a weight is NaN or infinite")
    return W1, b1, w2, float(b2.reshape(()))


def run(
    network: Parts, X: np.ndarray, *, unit: Callable = lambda z: np.maximum(z, 0)
) -> np.ndarray:
    """Outputs of a network, unit by unit: X (N, D) → (N,)."""
    W1, b1, w2, b2 = network
    out = np.full(len(X), b2)  # (N,)
    for weights, bias, outward in zip(W1, b1, w2, strict=True):
        out = out + outward * unit(X @ weights + bias)  # (N,)
    return out


def check_xor(network: Any, off: float, on: float) -> None:
    """Check a network that should answer XOR, 0 or 1, on inputs that are ``off`` or ``on``.

    Raises
    ------
    CheckFailed
        With a change that would make it right, where a usual one does.
    """
    what = f"xor_network with off = {off:g}, on = {on:g}"
    net = parts(network, 2, what)
    W1, b1, w2, b2 = net
    X = np.array([[off, off], [off, on], [on, off], [on, on]], dtype=float)  # (4, 2)
    wanted = np.array([0.0, 1.0, 1.0, 0.0])
    got = run(net, X)
    repaired = {
        "it would be right with W1 transposed: each *row* of W1 is a hidden unit": (
            run((W1.T, b1, w2, b2), X) if W1.shape == (2, 2) else None
        ),
        "it would be right with the signs of b1 flipped: a kink at z = θ means a bias of −θ": (
            run((W1, -b1, w2, b2), X)
        ),
        "it would be right with the sign of w2 flipped": run((W1, b1, -w2, b2), X),
        "it would be right with another b2; what does the output add when all units are off?": (
            got - got[0]
        ),
        "it would be right without the ReLU, which no network without a hidden layer is": (
            run(net, X, unit=lambda z: z)
        ),
        "it would be right with threshold units, which answer 0 or 1; a ReLU answers more": (
            run((W1, b1, w2, b2), X, unit=lambda z: np.where(z >= 0, 1.0, 0.0))
        ),
        "it would be right for inputs 0 and 1; here they are others": (
            run(net, (X - off) / (on - off))
        ),
    }
    factor = "it is right up to a factor: the outputs are 0 and on − off, not 0 and 1"
    found: dict[str, Any] = {factor: (on - off) * wanted}
    found |= {
        text: got
        for text, values in repaired.items()
        if values is not None and np.allclose(values, wanted, atol=1e-4)
    }
    found |= {
        "the answers are the opposite ones: 1 where the inputs are equal": 1 - wanted,
        "this is OR: both inputs on should give 0": [0, 1, 1, 1],
        "this is AND: one input on should give 1": [0, 0, 0, 1],
        "it sees one of the two inputs only: its sign is lost below 0; a second unit can see it": (
            [0, 1, 0, 0] if abs(got[1]) > abs(got[2]) else [0, 0, 1, 0]
        ),
        "all four outputs are equal": np.full(4, got[0]),
        "it answers s, the number of inputs that are on; from 1 on it should fall again": (
            [0, 1, 1, 2]
        ),
    }
    where = f"{what}, outputs on (off, off) to (on, on)"
    checks.close(got, wanted, where, rtol=1e-4, atol=1e-4, mistakes=found)


def check_interpolant(network: Any, x: np.ndarray, y: np.ndarray) -> None:
    """Check a network that should pass through points and be straight between them.

    Raises
    ------
    CheckFailed
        Where it does not, naming a usual mistake that gives the same function.
    """
    what = f"relu_interpolant through {len(x)} points"
    net = parts(network, 1, what)
    t = np.unique(np.concatenate([x, np.linspace(x[0], x[-1], 101)]))  # (T,)
    checks.close(
        run(net, t[:, None]),
        np.interp(t, x, y),
        f"{what}, outputs from x[0] to x[-1]",
        rtol=1e-4,
        atol=1e-4 * float(np.abs(y).max() + 1),
        mistakes=_wrong_interpolants(x, y, t),
    )


def _wrong_interpolants(x: np.ndarray, y: np.ndarray, t: np.ndarray) -> Mapping[str, np.ndarray]:
    gaps = np.diff(x)  # (K - 1,)
    slopes = np.diff(y) / gaps  # (K - 1,)
    changes = np.diff(slopes, prepend=0.0)  # (K - 1,)

    def with_units(kinks: np.ndarray, weights: np.ndarray, bias: float = y[0]) -> np.ndarray:
        return np.maximum(t[:, None] - kinks, 0) @ weights + bias  # (T,)

    return {
        "the kinks are at −x[k] instead of x[k]: (t + b)₊ bends at t = −b, so b1 = −x[k]": (
            with_units(-x[:-1], changes)
        ),
        "the kinks are one point too late: unit k switches on where piece k begins": (
            with_units(x[1:], changes)
        ),
        "the slopes were used as output weights; earlier units stay on, so a *change* of slope "
        "is needed": with_units(x[:-1], slopes),
        "the output's bias is missing: left of all kinks the network answers b2 = y[0]": (
            with_units(x[:-1], changes, 0.0)
        ),
        "the first slope is missing: it starts from a slope of 0": (
            with_units(x[1:-1], changes[1:])
        ),
        "the differences of y were not divided by the gaps between the x": (
            with_units(x[:-1], np.diff(np.diff(y), prepend=0.0))
        ),
        "equal gaps were assumed: each slope needs its own x[k + 1] − x[k]": (
            with_units(x[:-1], np.diff(np.diff(y) / gaps[0], prepend=0.0))
        ),
        "the values y were used as output weights": with_units(x[:-1], y[:-1]),
        "the values were used as weights of triangles of half width 1": (
            np.maximum(0, 1 - np.abs(t[:, None] - x)) @ y
        ),
        "the sign of the output weights is flipped": with_units(x[:-1], -changes),
    }
