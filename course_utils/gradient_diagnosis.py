"""Where a gradient is wrong, and why: the worst entry, and the mistake that would explain it.

Plain NumPy: the function f under test, x (…) → f(x) (M,), is given by two callables,
``gradient(u)`` = ∇⟨u, f⟩ (…) and ``ends(v, step)`` = (f(x + step v), f(x − step v)), (M,) each.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

#: Up to so many entries are looked at one by one; among more, the worse half is taken first.
MOST = 400


@dataclass(frozen=True)
class Fault:
    """A wrong derivative ∂f[output] / ∂x[entry], the two numbers for it, and the likely reason."""

    output: int
    entry: tuple[int, ...]
    backward: float
    differences: float
    reason: str


def find_fault(
    gradient: Callable, ends: Callable, u: np.ndarray, eps: float, tolerance: float
) -> Fault:
    """Find the worst entry of the Jacobian, given that ``gradient(u)`` is wrong.

    Parameters
    ----------
    gradient, ends
        As above.
    u
        Weights of the outputs for which the error was seen, (M,).
    eps
        Half the step of the differences.
    tolerance
        Differences between the two numbers that are no errors, relative to the larger one.
    """
    rng = np.random.default_rng(0)
    a = gradient(u)  # (…)

    def slope(v: np.ndarray, step: float = eps) -> np.ndarray:
        plus, minus = ends(v, step)
        return (plus - minus) / (2 * step)  # (M,)

    def error_along(entries: np.ndarray) -> float:
        v = _only(entries, rng.normal(size=len(entries)), a.shape)
        return _size((a * v).sum() - u @ slope(v))

    entries = _worse_half(np.arange(a.size), MOST, error_along)
    units = [_only(entries[[j]], 1.0, a.shape) for j in range(len(entries))]
    n = np.array([u @ slope(unit) for unit in units])
    worst = int(np.argmax([_size(error) for error in a.flat[entries] - n]))
    column = slope(units[worst])  # (M,)

    def slope_error(outputs: np.ndarray) -> float:
        w = _only(outputs, rng.normal(size=len(outputs)), u.shape)
        return _size((gradient(w) * units[worst]).sum() - w[outputs] @ column[outputs])

    output = int(_worse_half(np.arange(u.size), 1, slope_error)[0])
    backward = float((gradient(_only(np.array([output]), 1.0, u.shape)) * units[worst]).sum())
    found = backward, float(column[output])

    def around(step: float) -> list[float]:
        return [float(end[output]) for end in ends(units[worst], step)]

    reason = _reason_at_a_point(*found, around, eps) or _reason_of_pattern(a, n, entries, tolerance)
    entry = tuple(int(i) for i in np.unravel_index(entries[worst], a.shape))
    return Fault(output, entry, *found, reason)


def _only(places: np.ndarray, numbers: np.ndarray | float, shape: tuple[int, ...]) -> np.ndarray:
    """Those numbers at those places, zero elsewhere."""
    array = np.zeros(shape)
    array.flat[places] = numbers
    return array


def _size(error: float) -> float:
    """How bad: what is not even a number is worst."""
    return abs(error) if np.isfinite(error) else np.inf


def _worse_half(places: np.ndarray, most: int, error: Callable) -> np.ndarray:
    """Halve until few are left, keeping the half with the larger error."""
    while len(places) > most:
        places = max(np.array_split(places, 2), key=error)
    return places


def _reason_at_a_point(a: float, n: float, around: Callable, eps: float) -> str | None:
    """What the function looks like around the worst entry, one output against one input."""
    if not np.isfinite(a):
        return "backward gives no number: 0 · ∞ or 0 / 0 in the derivative?"
    if not np.isfinite(n):
        return f"f is not finite {eps:g} to the side: at the edge of its domain?"
    (plus, minus), middle = around(eps), around(0.0)[0]
    right, left = (plus - middle) / eps, (middle - minus) / eps
    apart = abs(right - left)
    if apart > 0.1 * max(abs(right), abs(left), 1e-4) and _between(a, left, right):
        return f"a kink: the slope is {left:.6g} to the left and {right:.6g} to the right"
    plus, minus = around(1000 * eps)
    if abs((plus - minus) / (2000 * eps) - a) < 0.1 * abs(n - a):
        return (
            f"with a step of {1000 * eps:g} they agree better, so rounding drowns the differences: "
            f"is something computed in float32? (Or a kink is near: try another eps.)"
        )
    return None


def _between(a: float, left: float, right: float) -> bool:
    slack = 0.01 * abs(right - left)
    return min(left, right) - slack <= a <= max(left, right) + slack


def _reason_of_pattern(a: np.ndarray, n: np.ndarray, entries: np.ndarray, tolerance: float) -> str:
    """Compare backward's a (…) with the differences n at some entries, all of them if possible."""
    whole = len(entries) == a.size
    shape, a = a.shape, a.flat[entries]

    def same(x: np.ndarray, y: np.ndarray) -> bool:
        return np.allclose(x, y, rtol=1e-4, atol=1e-4 * np.abs(n).max())

    if not a.any():
        return "no gradient arrives: was it detached on the way (.detach(), .item(), no_grad)?"
    if whole and len(shape) == 2 and min(shape) > 1 and same(a.reshape(shape[::-1]).T.ravel(), n):
        return "transposed"
    if same(a, -n):
        return "sign flipped"
    factor = (a @ n) / (n @ n) if n.any() else np.inf
    if abs(factor - 1) < 1e-3 and same(a, factor * n):
        return "close, but not equal: an approximate formula?"
    if same(a, factor * n):
        text = f"{factor:.4g} times what it should be"
        text += ": a path missing (detached)?" if 0 < factor < 1 else ""
        return text + (": counted twice, or a factor left out?" if factor > 1 else "")
    wrong = np.abs(a - n) > 100 * tolerance * np.maximum(np.abs(a), np.abs(n)) + 1e-4 * tolerance
    if not wrong.any():
        return "many entries, each a little off: rounding? (Try another eps, or a larger rtol.)"
    text = f"{wrong.sum()} of {len(a)} entries {'are' if whole else 'looked at are'} wrong"
    if not a[wrong].any():
        return f"{text}, and all of those are 0 in backward: part of the argument detached?"
    return text


def index_text(entry: tuple) -> str:
    """[1, 2] for the entry (1, 2), nothing for that of a single number."""
    return f"[{', '.join(str(int(i)) for i in entry)}]" if entry else ""


def argument_labels(function: Callable, inputs: tuple, names: Sequence[str] | None) -> list[str]:
    """'argument 1, weight': position and name of each input; ValueError where names don't fit."""
    if names is None:
        names = []
        try:
            parameters = inspect.signature(function).parameters.values()
        except (TypeError, ValueError):  # some built-in functions don't say
            parameters = ()
        for p in parameters:
            rest = range(len(inputs) - len(names)) if p.kind is p.VAR_POSITIONAL else None
            names += [p.name] if rest is None else [f"{p.name}[{j}]" for j in rest]
        names += [f"input{j}" for j in range(len(names), len(inputs))]
    elif len(names) != len(inputs):
        raise ValueError(f"{len(names)} names for {len(inputs)} inputs")
    return [f"argument {j}, {name}" for j, name in enumerate(names[: len(inputs)])]
