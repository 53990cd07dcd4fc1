"""Gradient descent, with momentum if wanted."""

from collections.abc import Iterable
from typing import Any

from course_utils.scratch import arrays
from course_utils.scratch.arrays import Array
from course_utils.scratch.optim.optimizer import Optimizer, options
from course_utils.scratch.tensor import Tensor, wrap


class SGD(Optimizer):
    """θ ← θ − lr b, with b ← momentum b + (1 − dampening) g; b is g at the first step.

    g is the gradient plus weight_decay θ. With `nesterov`, g + momentum b takes the place of b. The
    learning rate multiplies the whole of b, so that changing it acts at once.

    Raises
    ------
    ValueError
        A negative option; Nesterov's form without momentum or with dampening.

    Source: Sutskever, Martens, Dahl & Hinton, On the importance of initialization and momentum in
    deep learning, ICML 2013.
    """

    def __init__(
        self,
        params: Iterable,
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        **choices: Any,
    ) -> None:
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        values = {"momentum": momentum, "dampening": dampening, "weight_decay": weight_decay}
        values |= {"nesterov": nesterov, "maximize": maximize}
        super().__init__(params, options(SGD, choices, lr=lr, **values))

    def update(self, p: Tensor, grad: Array, group: dict[str, Any]) -> None:
        """θ ← θ − lr b."""
        theta, momentum = p.array, group["momentum"]
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * theta
        if momentum != 0:
            state = self.state[p]
            if state.get("momentum_buffer") is None:
                b = arrays.zeros(theta.shape, theta)
                b[...] = grad
                state["momentum_buffer"] = wrap(b)
            else:
                b = state["momentum_buffer"].array
                b *= momentum
                b += (1 - group["dampening"]) * grad if group["dampening"] else grad
            grad = grad + momentum * b if group["nesterov"] else b
        theta -= float(group["lr"]) * grad
