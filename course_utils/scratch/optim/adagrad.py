"""Adagrad: each weight's gradient divided by the root of all its squares so far."""

from collections.abc import Iterable
from typing import Any

from course_utils.scratch.arrays import Array
from course_utils.scratch.optim.optimizer import Optimizer, next_step, options
from course_utils.scratch.tensor import Tensor


class Adagrad(Optimizer):
    """θ ← θ − lr g / (√s + eps), from the sum s of all squared gradients so far.

    At step t, lr / (1 + (t − 1) lr_decay) takes the place of lr. `weight_decay` adds weight_decay θ
    to g.

    Raises
    ------
    ValueError
        A negative option.

    Source: Duchi, Hazan & Singer, Adaptive subgradient methods for online learning and stochastic
    optimization, JMLR 12, 2011.
    """

    def __init__(
        self,
        params: Iterable,
        lr: float = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        *,
        maximize: bool = False,
        **choices: Any,
    ) -> None:
        values = {"lr_decay": lr_decay, "eps": eps, "weight_decay": weight_decay}
        values |= {"initial_accumulator_value": initial_accumulator_value, "maximize": maximize}
        super().__init__(params, options(Adagrad, choices, lr=lr, **values))

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Optimize further parameters; their sums exist from the start."""
        super().add_param_group(param_group)
        for p in param_group["params"]:
            self.remember(p, "sum")["sum"].array[...] = self.defaults["initial_accumulator_value"]

    def update(self, p: Tensor, grad: Array, group: dict[str, Any]) -> None:
        """θ ← θ − lr g / (√s + eps)."""
        theta, state = p.array, self.state[p]
        t = next_step(state)
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * theta
        total = state["sum"].array
        total += grad * grad
        root = p.xp.sqrt(total)
        root += group["eps"]
        theta -= float(group["lr"]) / (1 + (t - 1) * group["lr_decay"]) * (grad / root)
