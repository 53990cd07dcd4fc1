"""Is a gradient right? Reverse mode against central differences, along random directions.

For a function f with Jacobian J, draw u and v at random and compare two ways to the number uᵀ J v:
⟨∇⟨u, f⟩, v⟩ from one backward pass, and ⟨u, f(x + εv) − f(x − εv)⟩ / 2ε from two evaluations. One
pair tests all entries of J at once (a wrong J passes with probability 0); the entries are looked at
one by one only to name the culprit. The relative error is `|a − n| / max(|a|, |n|, ‖∇⟨u, f⟩‖)`: the
norm is the typical size of a, which for some v is small by chance.

Works on tensors of `course_utils.scratch` and of PyTorch alike, since both have the same methods.
Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd edition, 2008, chapter 3.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_utils.gradient_diagnosis import argument_labels, find_fault, index_text


class GradcheckError(AssertionError):
    """The gradient is wrong, or the function is of a kind that differences cannot test."""

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in Jupyter: the frames say nothing about the function."""
        return [f"✗ {self}"]


def numerical_gradient(f: Callable, x: ArrayLike, eps: float = 1e-6) -> np.ndarray:
    """Gradient of a function of an array, by central differences (two evaluations per entry).

    Takes f, which maps an array to one number, and x of any shape, which is left as it is; returns
    an array of the shape of x. Raises ValueError where f gives more than one number.
    """
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = eps
        rise = np.asarray(f(x + step)) - np.asarray(f(x - step))
        if rise.size != 1:
            raise ValueError(f"f must give one number, not an array of shape {rise.shape}")
        gradient[i] = rise.item() / (2 * eps)
    return gradient


def gradcheck(
    function: Callable,
    inputs: Any,
    *,
    eps: float = 1e-6,
    atol: float = 1e-6,
    rtol: float = 1e-6,
    projections: int = 3,
    seed: int = 0,
    names: Sequence[str] | None = None,
) -> bool:
    """Check `backward` of a function against central differences; True, or an error that says why.

    Parameters
    ----------
    function
        Called as ``function(*inputs)``, returns a tensor or a tuple of tensors (float64; others are
        left out). It may also use the inputs from outside: ``lambda *_: model(x)``; what it uses
        that is no input keeps the ``.grad`` that backward adds to it.
    inputs
        A tensor or a tuple. Leaves with ``requires_grad=True``, in float64, are checked; everything
        else is held constant. They are moved in place, and put back with the ``.grad`` they had.
    eps
        Half the step of the differences.
    atol, rtol
        Passes where `|a − n| ≤ atol + rtol · max(|a|, |n|, ‖∇⟨u, f⟩‖)`.
    projections, seed
        How many pairs (u, v) are drawn, and from which seed.
    names
        What to call the inputs in messages; by default as the function's parameters are called.

    Raises
    ------
    GradcheckError
        Gradient wrong: names argument, entry, both numbers and a likely reason. Also where results
        change from call to call, are not finite, have no graph, or are float32.
    ValueError, TypeError
        No input to check, or one that is float32 or no leaf; no tensor returned.
    """
    inputs = tuple(inputs) if isinstance(inputs, tuple | list) else (inputs,)
    labels = argument_labels(function, inputs, names)
    call = _Call(function, inputs)
    if not call.leaves:
        raise ValueError("no input is a tensor with requires_grad=True: there is nothing to check")
    for i, x in call.leaves.items():
        if not str(x.dtype).endswith("float64"):
            raise ValueError(f"{labels[i]} is {x.dtype}: differences need float64 (.double())")
        if not x.is_leaf:
            raise ValueError(f"{labels[i]} was computed: pass its .detach().requires_grad_()")
    with np.errstate(all="ignore"):  # infinities are reported below, not warned about
        _compare(call, labels, eps, atol, rtol, projections, seed)
    return True


def _compare(
    call: "_Call", labels: list[str], eps: float, atol: float, rtol: float, pairs: int, seed: int
) -> None:
    start = call.values()  # (M,)
    if not np.array_equal(start, call.values(), equal_nan=True):
        raise GradcheckError("two calls with the same input differ (dropout? batch statistics?)")
    if not np.isfinite(start).all():
        raise GradcheckError("the function's value is not finite here: choose another input")
    rng = np.random.default_rng(seed)
    for _ in range(pairs):
        u = rng.normal(size=start.size)
        for i, gradient in call.gradients(u).items():
            v = rng.normal(size=gradient.shape)
            plus, minus = call.ends(i, v, eps)
            a, n = (gradient * v).sum(), u @ (plus - minus) / (2 * eps)
            size = max(abs(a), abs(n), np.linalg.norm(gradient))
            if not abs(a - n) <= atol + rtol * size:
                raise GradcheckError(_message(call, i, labels[i], u, eps, rtol))


class _Call:
    """The function at its inputs, all its outputs in one row (M,)."""

    def __init__(self, function: Callable, inputs: tuple) -> None:
        self.function, self.inputs = function, inputs
        self.leaves = {i: x for i, x in enumerate(inputs) if getattr(x, "requires_grad", False)}

    def outputs(self) -> dict[str, Any]:
        returned = self.function(*self.inputs)
        several = isinstance(returned, tuple | list)
        named = {f"output {j}": y for j, y in enumerate(returned)} if several else {"f": returned}
        for y in named.values():
            if not hasattr(y, "backward"):
                raise TypeError(f"the function must return tensors, not {type(y).__name__}")
        named = {name: y for name, y in named.items() if "float" in str(y.dtype)}
        for name, y in named.items():
            if not str(y.dtype).endswith("float64"):
                raise GradcheckError(f"{name} is {y.dtype}: differences need float64 all the way")
        if not any(y.requires_grad for y in named.values()):
            raise GradcheckError("no output has a graph: is everything detached, or no input used?")
        return named

    def values(self) -> np.ndarray:
        return np.concatenate([y.numpy(force=True).ravel() for y in self.outputs().values()])

    def gradients(self, u: np.ndarray) -> dict[int, np.ndarray]:
        """∇⟨u, f⟩ for each leaf among the inputs, zero where nothing arrives."""
        before = {i: x.grad for i, x in self.leaves.items()}
        try:
            for x in self.leaves.values():
                x.grad = None
            outputs = self.outputs().values()
            parts = np.split(u, np.cumsum([y.numel() for y in outputs])[:-1])
            for y, part in zip(outputs, parts, strict=True):
                if y.requires_grad:
                    y.backward(y.new_tensor(part.reshape(y.shape)), retain_graph=True)
            return {
                i: np.zeros(x.shape) if x.grad is None else x.grad.numpy(force=True).copy()
                for i, x in self.leaves.items()
            }
        finally:
            for i, x in self.leaves.items():
                x.grad = before[i]

    def ends(self, i: int, v: np.ndarray, step: float) -> tuple[np.ndarray, np.ndarray]:
        """Values at x + step · v and at x − step · v, for input i."""
        x = self.inputs[i]
        start = x.numpy(force=True).copy()
        try:
            x.data.copy_(x.new_tensor(start + step * v))
            plus = self.values()
            x.data.copy_(x.new_tensor(start - step * v))
            return plus, self.values()
        finally:
            x.data.copy_(x.new_tensor(start))

    def place(self, row: int) -> str:
        """Name of an output's entry, counted along the row of all."""
        for name, y in self.outputs().items():
            if row < y.numel():
                return name + index_text(np.unravel_index(row, y.shape))
            row -= y.numel()
        raise IndexError(row)


def _message(call: _Call, i: int, label: str, u: np.ndarray, eps: float, rtol: float) -> str:
    fault = find_fault(
        lambda u: call.gradients(u)[i], lambda v, step: call.ends(i, v, step), u, eps, rtol
    )
    a, n = fault.backward, fault.differences
    error = abs(a - n) / max(abs(a), abs(n), 1e-300)
    return (
        f"wrong gradient for {label}: {fault.reason}\n"
        f"  ∂{call.place(fault.output)} / ∂{label.split()[-1]}{index_text(fault.entry)}: "
        f"backward gives {a:.8g}, central differences {n:.8g} (relative error {error:.2g})"
    )
