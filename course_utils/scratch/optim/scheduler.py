"""What all schedulers of the learning rate share: they count epochs and write `group["lr"]`."""

import warnings
from typing import Any

from course_utils.scratch.optim.optimizer import Optimizer


class LRScheduler:
    """Base of all schedulers: a subclass says in `get_lr` which learning rates come next.

    Parameters
    ----------
    optimizer
        Its groups remember their first learning rate as `"initial_lr"`.
    last_epoch
        The epoch that training goes on from; −1 for a fresh start.

    Raises
    ------
    TypeError
        `optimizer` is none.
    KeyError
        Training goes on, but the groups do not know their first learning rate.
    """

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")
        self.optimizer = optimizer
        for i, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", group["lr"])
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{i}] when resuming with"
                    f" last_epoch={last_epoch}: load the optimizer's state first"
                )
        self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self._step_count = 0
        self._is_initial = True
        self.step()
        self._is_initial = False

    def get_lr(self) -> list[float]:
        """Learning rate of each group at `last_epoch`; the groups still have the one before."""
        raise NotImplementedError

    def get_last_lr(self) -> list[float]:
        """Learning rate of each group, as last set."""
        return self._last_lr

    def step(self) -> None:
        """Go on by one epoch; warns where the optimizer has not made its first step yet."""
        watched = type(self.optimizer).step is Optimizer.step
        if self._step_count == 1 and watched and not self.optimizer._opt_called:
            warnings.warn(
                "Detected call of `lr_scheduler.step()` before `optimizer.step()`: call them in the"
                " opposite order, or the first learning rate of the schedule is skipped",
                UserWarning,
                stacklevel=2,
            )
        self._step_count += 1
        self.last_epoch += 1
        self._set_lr(self.get_lr())

    def _set_lr(self, values: list[float]) -> None:
        for group, lr in zip(self.optimizer.param_groups, values, strict=True):
            group["lr"] = lr
        self._last_lr = [group["lr"] for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer and its functions, to be saved."""
        return {key: value for key, value in vars(self).items() if key != "optimizer"}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Go on where a saved scheduler was."""
        vars(self).update(state_dict)
