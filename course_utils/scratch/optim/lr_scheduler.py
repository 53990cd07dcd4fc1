"""Learning rates that change as training goes on: call `scheduler.step()` after each epoch.

A scheduler writes `group["lr"]` of its optimizer. Most multiply the learning rate they find by a
factor, so that several can act on one optimizer, one after another.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from course_utils.scratch.optim.optimizer import Optimizer
from course_utils.scratch.optim.scheduler import LRScheduler


class LambdaLR(LRScheduler):
    """The first learning rate times `lr_lambda(epoch)`; one function, or one for each group."""

    def __init__(
        self, optimizer: Optimizer, lr_lambda: Callable | list[Callable], last_epoch: int = -1
    ) -> None:
        groups = len(optimizer.param_groups)
        several = isinstance(lr_lambda, list | tuple)
        self.lr_lambdas = list(lr_lambda) if several else [lr_lambda] * groups
        if len(self.lr_lambdas) != groups:
            raise ValueError(f"Expected {groups} lr_lambdas, but got {len(self.lr_lambdas)}")
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        """lr₀ f(epoch)."""
        return [
            lr * f(self.last_epoch) for lr, f in zip(self.base_lrs, self.lr_lambdas, strict=True)
        ]

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer and the functions, to be saved."""
        return {**super().state_dict(), "lr_lambdas": [None] * len(self.lr_lambdas)}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Go on where a saved scheduler was, with the functions given here."""
        super().load_state_dict({**state_dict, "lr_lambdas": self.lr_lambdas})


class FactorLR(LRScheduler):
    """Base of schedulers that multiply the learning rates they find by `factor()` at each epoch."""

    def factor(self) -> float:
        """lr(epoch) / lr(epoch − 1)."""
        raise NotImplementedError

    def get_lr(self) -> list[float]:
        """Lr × factor."""
        factor = self.factor()
        return [group["lr"] * factor for group in self.optimizer.param_groups]


class StepLR(FactorLR):
    """Times `gamma` at every `step_size`-th epoch."""

    def __init__(
        self, optimizer: Optimizer, step_size: int, gamma: float = 0.1, last_epoch: int = -1
    ) -> None:
        self.step_size, self.gamma = step_size, gamma
        super().__init__(optimizer, last_epoch)

    def factor(self) -> float:
        """Gamma, or 1."""
        return self.gamma if self.last_epoch > 0 and self.last_epoch % self.step_size == 0 else 1


class MultiStepLR(FactorLR):
    """Times `gamma` at each of the epochs named in `milestones`."""

    def __init__(
        self,
        optimizer: Optimizer,
        milestones: Iterable[int],
        gamma: float = 0.1,
        last_epoch: int = -1,
    ) -> None:
        self.milestones, self.gamma = Counter(milestones), gamma
        super().__init__(optimizer, last_epoch)

    def factor(self) -> float:
        """Gamma, as often as this epoch is named."""
        return self.gamma ** self.milestones[self.last_epoch]


class ExponentialLR(FactorLR):
    """Times `gamma` at every epoch."""

    def __init__(self, optimizer: Optimizer, gamma: float, last_epoch: int = -1) -> None:
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def factor(self) -> float:
        """Gamma, but 1 at the start."""
        return 1 if self._is_initial else self.gamma


class LinearLR(FactorLR):
    """From `start_factor` to `end_factor` times the first learning rate, in `total_iters` epochs.

    Raises
    ------
    ValueError
        A factor below 0 or above 1, or a start from 0.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        start_factor: float = 1 / 3,
        end_factor: float = 1.0,
        total_iters: int = 5,
        last_epoch: int = -1,
    ) -> None:
        if not (0 < start_factor <= 1 and 0 <= end_factor <= 1):
            raise ValueError(f"factors should be between 0 and 1: {start_factor=}, {end_factor=}")
        self.start_factor, self.end_factor = start_factor, end_factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def factor(self) -> float:
        """Ratio of two neighbours on the line."""
        if self.last_epoch == 0:
            return self.start_factor
        if self._is_initial or self.last_epoch > self.total_iters:
            return 1
        rise = self.end_factor - self.start_factor
        return 1 + rise / (self.total_iters * self.start_factor + (self.last_epoch - 1) * rise)


class CosineAnnealingLR(LRScheduler):
    """Half a cosine wave from the first learning rate down to `eta_min`, over `T_max` epochs.

    Source: Loshchilov & Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR 2017
    (without the restarts).
    """

    def __init__(
        self, optimizer: Optimizer, T_max: int, eta_min: float = 0.0, last_epoch: int = -1
    ) -> None:
        self.T_max, self.eta_min = T_max, eta_min
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        """The height above `eta_min`, times the ratio of two neighbours on the wave."""
        rates = [group["lr"] for group in self.optimizer.param_groups]
        if self._is_initial:
            return rates
        before, now = (1 + math.cos(math.pi * (self.last_epoch - i) / self.T_max) for i in (1, 0))
        if (self.last_epoch - 1 - self.T_max) % (2 * self.T_max) == 0:  # `before` is zero: up again
            rise = (1 - math.cos(math.pi / self.T_max)) / 2
            pairs = zip(rates, self.base_lrs, strict=True)
            return [lr + (first - self.eta_min) * rise for lr, first in pairs]
        return [now / before * (lr - self.eta_min) + self.eta_min for lr in rates]


class ReduceLROnPlateau(LRScheduler):
    """Times `factor` once `step(number)` has brought no better number for over `patience` calls.

    Better is: below the best by more than `threshold`, as a part of the best ("rel") or as it is
    ("abs"); above it, with `mode="max"`. For `cooldown` calls after a change nothing is counted. No
    learning rate falls below `min_lr`, and none is changed by `eps` or less.

    Raises
    ------
    ValueError
        A factor of 1 or more, an unknown mode, or a wrong number of `min_lr`.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        mode: str = "min",
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        threshold_mode: str = "rel",
        cooldown: int = 0,
        min_lr: float | list[float] = 0,
        eps: float = 1e-8,
    ) -> None:
        if factor >= 1:
            raise ValueError(f"Factor should be < 1.0, got {factor}")
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")
        if mode not in ("min", "max"):
            raise ValueError(f"mode {mode} is unknown!")
        if threshold_mode not in ("rel", "abs"):
            raise ValueError(f"threshold mode {threshold_mode} is unknown!")
        groups = len(optimizer.param_groups)
        self.min_lrs = list(min_lr) if isinstance(min_lr, list | tuple) else [min_lr] * groups
        if len(self.min_lrs) != groups:
            raise ValueError(f"expected {groups} min_lrs, got {len(self.min_lrs)}")
        self.optimizer, self.mode, self.factor, self.patience = optimizer, mode, factor, patience
        self.threshold, self.threshold_mode = threshold, threshold_mode
        self.cooldown, self.eps = cooldown, eps
        self.best = math.inf if mode == "min" else -math.inf
        self.cooldown_counter = self.num_bad_epochs = self.last_epoch = 0
        self._last_lr = [group["lr"] for group in optimizer.param_groups]

    def step(self, metrics: float) -> None:
        """Count one more epoch, in which the number was `metrics`."""
        number = float(metrics)
        self.last_epoch += 1
        self.num_bad_epochs += 1
        if self._is_better(number):
            self.best, self.num_bad_epochs = number, 0
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        rates = [group["lr"] for group in self.optimizer.param_groups]
        if self.num_bad_epochs > self.patience:
            for i, lr in enumerate(rates):
                lower = max(lr * self.factor, self.min_lrs[i])
                rates[i] = lower if lr - lower > self.eps else lr
            self.cooldown_counter, self.num_bad_epochs = self.cooldown, 0
        self._set_lr(rates)

    def _is_better(self, number: float) -> bool:
        sign = 1 if self.mode == "max" else -1
        if self.threshold_mode == "rel":
            return sign * number > sign * self.best * (1 + sign * self.threshold)
        return sign * number > sign * self.best + self.threshold
