"""Adam and AdamW: running means of each gradient and its square set the step of each weight."""

from collections.abc import Iterable
from typing import Any

from course_utils.scratch import arrays
from course_utils.scratch.arrays import Array
from course_utils.scratch.optim.optimizer import Optimizer, next_step, options
from course_utils.scratch.tensor import Tensor


class Adam(Optimizer):
    """θ ← θ − lr m̂ / (√v̂ + eps), from m ← β₁ m + (1 − β₁) g and v ← β₂ v + (1 − β₂) g².

    m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) undo the start from zero. `weight_decay` adds
    weight_decay θ to g, or shrinks θ directly where it is decoupled (`AdamW`). With `amsgrad` the
    largest v so far takes the place of v.

    Raises
    ------
    ValueError
        A negative option, or betas that are not two floats in [0, 1).

    Sources: Kingma & Ba, Adam: a method for stochastic optimization, ICLR 2015; Reddi, Kale &
    Kumar, On the convergence of Adam and beyond, ICLR 2018 (amsgrad).
    """

    CHOICES = Optimizer.CHOICES | {"capturable": False}

    def __init__(
        self,
        params: Iterable,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        decoupled_weight_decay: bool = False,
        **choices: Any,
    ) -> None:
        for i in (0, 1):
            if not 0 <= betas[i] < 1:
                raise ValueError(f"Invalid beta parameter at index {i}: {betas[i]}")
        if not (isinstance(betas[0], float) and isinstance(betas[1], float)):
            raise ValueError(f"betas must be either both floats or both Tensors, got {betas}")
        values = {"betas": tuple(betas), "eps": eps, "weight_decay": weight_decay}
        values |= {"amsgrad": amsgrad, "maximize": maximize}
        values |= {"decoupled_weight_decay": decoupled_weight_decay}
        super().__init__(params, options(Adam, choices, lr=lr, **values))

    def update(self, p: Tensor, grad: Array, group: dict[str, Any]) -> None:
        """θ ← θ − lr m̂ / (√v̂ + eps)."""
        theta, xp, lr = p.array, p.xp, float(group["lr"])
        beta1, beta2 = group["betas"]
        extra = ("max_exp_avg_sq",) if group["amsgrad"] else ()
        state = self.remember(p, "exp_avg", "exp_avg_sq", *extra)
        t = next_step(state)
        if group["decoupled_weight_decay"]:
            theta *= 1 - lr * group["weight_decay"]
        elif group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * theta

        m, v = state["exp_avg"].array, state["exp_avg_sq"].array
        work = arrays.empty(theta.shape, theta)  # new memory for each line is slow
        xp.subtract(grad, m, out=work)
        work *= 1 - beta1
        m += work
        v *= beta2
        xp.multiply(grad, grad, out=work)
        work *= 1 - beta2
        v += work
        if group["amsgrad"]:
            largest = state["max_exp_avg_sq"].array
            v = xp.maximum(largest, v, out=largest)
        xp.sqrt(v, out=work)
        work /= (1 - beta2**t) ** 0.5
        work += group["eps"]  # √v̂ + eps
        xp.divide(m, work, out=work)
        work *= lr / (1 - beta1**t)
        theta -= work


class AdamW(Adam):
    """Adam with the weights shrunk directly, θ ← (1 − lr weight_decay) θ, not through g.

    Source: Loshchilov & Hutter, Decoupled weight decay regularization, ICLR 2019.
    """

    def __init__(
        self,
        params: Iterable,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        **choices: Any,
    ) -> None:
        choices["decoupled_weight_decay"] = True
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad, **choices)
