"""RMSprop: each weight's gradient divided by its own typical size."""

from collections.abc import Iterable
from typing import Any

from course_utils.scratch.arrays import Array
from course_utils.scratch.optim.optimizer import Optimizer, next_step, options
from course_utils.scratch.tensor import Tensor


class RMSprop(Optimizer):
    """θ ← θ − lr g / (√v + eps), from the running mean v ← alpha v + (1 − alpha) g².

    With `centered`, the variance v − ḡ² takes the place of v, ḡ the running mean of g. With
    momentum, b ← momentum b + g / (√v + eps) takes the place of the quotient. `weight_decay` adds
    weight_decay θ to g.

    Raises
    ------
    ValueError
        A negative option.

    Sources: Tieleman & Hinton, Neural networks for machine learning, lecture 6e, 2012; Graves,
    Generating sequences with recurrent neural networks, 2013 (centered).
    """

    CHOICES = {"foreach": None, "capturable": False, "differentiable": False}  # noqa: RUF012

    def __init__(
        self,
        params: Iterable,
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        *,
        maximize: bool = False,
        **choices: Any,
    ) -> None:
        values = {"momentum": momentum, "alpha": alpha, "eps": eps, "weight_decay": weight_decay}
        values |= {"centered": centered, "maximize": maximize}
        super().__init__(params, options(RMSprop, choices, lr=lr, **values))

    def update(self, p: Tensor, grad: Array, group: dict[str, Any]) -> None:
        """θ ← θ − lr g / (√v + eps)."""
        theta, alpha, momentum = p.array, group["alpha"], group["momentum"]
        names = ["square_avg"]
        names += ["momentum_buffer"] * (momentum > 0) + ["grad_avg"] * group["centered"]
        state = self.remember(p, *names)
        next_step(state)
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * theta
        v = state["square_avg"].array
        v *= alpha
        v += (1 - alpha) * grad * grad
        if group["centered"]:
            mean = state["grad_avg"].array
            mean += (1 - alpha) * (grad - mean)
            v = v - mean * mean
        root = p.xp.sqrt(v)
        root += group["eps"]
        change = grad / root
        if momentum > 0:
            b = state["momentum_buffer"].array
            b *= momentum
            b += change
            change = b
        theta -= float(group["lr"]) * change
