"""What one step of a computation graph can do: its value, its slopes, and what they cost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Operation:
    """A function of one or two numbers with its partial derivatives.

    ``text`` is the formula, with ``{0}`` and ``{1}`` for the inputs. ``value`` takes the library to
    calculate with (`numpy`, or `sympy` for formulas) and the inputs. ``slopes`` takes the inputs
    and the value y, and gives one partial derivative for each input. ``value_cost`` and
    ``slope_cost`` count additions, multiplications, divisions and elementary functions;
    ``unit_slopes`` says that all slopes are 1 or −1, so that multiplying by them is free.
    """

    text: str
    value: Callable[..., Any]
    slopes: Callable[..., tuple[float, ...]]
    arity: int
    value_cost: int
    slope_cost: int
    unit_slopes: bool = False


#: Every operation by its name. At its kink ReLU has the slope 0, as in PyTorch. What a slope can
#: take over from the value (exp′ = y, tanh′ = 1 − y², …) is not paid for twice.
OPERATIONS: dict[str, Operation] = {
    "add": Operation("{0} + {1}", lambda m, a, b: a + b, lambda a, b, y: (1.0, 1.0), 2, 1, 0, True),
    "sub": Operation(
        "{0} − {1}", lambda m, a, b: a - b, lambda a, b, y: (1.0, -1.0), 2, 1, 0, True
    ),
    "mul": Operation("{0} · {1}", lambda m, a, b: a * b, lambda a, b, y: (b, a), 2, 1, 0),
    "div": Operation("{0} / {1}", lambda m, a, b: a / b, lambda a, b, y: (1 / b, -y / b), 2, 1, 2),
    "neg": Operation("−{0}", lambda m, a: -a, lambda a, y: (-1.0,), 1, 1, 0, True),
    "square": Operation("{0}²", lambda m, a: a * a, lambda a, y: (2 * a,), 1, 1, 1),
    "exp": Operation("exp {0}", lambda m, a: m.exp(a), lambda a, y: (y,), 1, 1, 0),
    "log": Operation("ln {0}", lambda m, a: m.log(a), lambda a, y: (1 / a,), 1, 1, 1),
    "sin": Operation("sin {0}", lambda m, a: m.sin(a), lambda a, y: (np.cos(a),), 1, 1, 1),
    "cos": Operation("cos {0}", lambda m, a: m.cos(a), lambda a, y: (-np.sin(a),), 1, 1, 1),
    "tanh": Operation("tanh {0}", lambda m, a: m.tanh(a), lambda a, y: (1 - y * y,), 1, 1, 2),
    "logistic": Operation(
        "σ({0})", lambda m, a: _logistic(m, a), lambda a, y: (y * (1 - y),), 1, 4, 2
    ),
    "relu": Operation(
        "max(0, {0})", lambda m, a: _relu(m, a), lambda a, y: (float(a > 0),), 1, 1, 1
    ),
}


def _relu(library: Any, a: Any) -> Any:
    return library.maximum(a, 0.0) if library is np else library.Max(a, 0)


def _logistic(library: Any, a: Any) -> Any:
    """1 / (1 + exp(−a)); in numbers by tanh, which does not overflow."""
    return 0.5 * (1 + np.tanh(a / 2)) if library is np else 1 / (1 + library.exp(-a))
