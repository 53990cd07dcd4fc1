"""Training a model, with what everyone writes around the loop: progress, history, early stopping.

    history = fit(torch, model, loader, loss, optimizer, epochs=20, validation=other, patience=3)

The engine, `torch` or `course_utils.scratch`, is the first argument, as it is of a model. What a
loader and a batch may be stands in `evaluation`, whose `evaluate` and `accuracy` can be had here.
"""

import copy
import inspect
import math
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tqdm import tqdm

from course_utils.evaluation import Metrics, accuracy, batches, evaluate, metric_functions, mode

__all__ = ["History", "accuracy", "evaluate", "fit"]


class _Bar(tqdm):
    """A progress bar in plain text, on stdout: stderr would cost marks in a graded notebook."""

    monitor_interval = 0  # no thread to watch over the bar: it warns where it cannot start


@dataclass
class History:
    """What happened, one row an epoch: `history["train_loss"]` is a column, `history[-1]` a row.

    Columns: ``epoch`` (from 1), ``train_loss`` (mean over the epoch, while weights were changing),
    ``learning_rate`` (of the first group, during the epoch), ``seconds``, and with validation
    ``validation_loss`` and the metrics by name. `rows` is plain enough for JSON.
    """

    rows: list[dict[str, float]] = field(default_factory=list)
    best_epoch: int | None = None  # with the lowest validation loss; None without validation
    stopped_early: bool = False
    interrupted: bool = False

    def __getitem__(self, key: str | int) -> Any:
        if isinstance(key, str) and key not in self.columns:
            raise KeyError(f"no column {key!r} among {self.columns}")
        return [row[key] for row in self.rows] if isinstance(key, str) else self.rows[key]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def columns(self) -> list[str]:
        """Names of what was recorded."""
        return list(self.rows[0]) if self.rows else []


def fit(
    torch: Any,
    model: Any,
    loader: Iterable,
    loss: Callable,
    optimizer: Any,
    *,
    epochs: int,
    validation: Iterable | None = None,
    metrics: Metrics = None,
    scheduler: Any = None,
    patience: int | None = None,
    min_delta: float = 0.0,
    clip_grad_norm: float | None = None,
    progress: bool = True,
) -> History:
    """Train a model; Ctrl-C ends training early and keeps what was learnt.

    Parameters
    ----------
    torch, model, loader, loss, optimizer
        The engine; a module, on the device where it shall run; batches; a function (output, target)
        → mean loss; the optimizer of the module's parameters.
    epochs
        Passes over the loader, at most.
    validation
        Batches to measure after each epoch. At the end, however it comes about, the model gets the
        weights of the epoch with the lowest validation loss.
    metrics
        Measured on the validation batches, as in `evaluate`.
    scheduler
        Makes a step after each epoch, with the validation loss where its `step` takes ``metrics``.
    patience, min_delta
        Stop after so many epochs in a row that lowered the validation loss by no more than
        min_delta.
    clip_grad_norm
        Largest norm of the gradient; a longer one is shortened to it.
    progress
        Show a bar.

    Raises
    ------
    ValueError
        Empty loader, unknown metric, epochs < 0, patience < 1; or patience or metrics without
        validation.
    FloatingPointError
        A loss is infinite or NaN; says in which epoch and batch.
    """
    if epochs < 0 or (patience is not None and patience < 1):
        raise ValueError(f"epochs must be ≥ 0 and patience ≥ 1, not {epochs} and {patience}")
    on_plateau = scheduler is not None and "metrics" in inspect.signature(scheduler.step).parameters
    if validation is None and (metrics or patience is not None or on_plateau):
        raise ValueError("metrics, patience and ReduceLROnPlateau need batches in validation=")
    functions = metric_functions(metrics)
    history, best, lowest, mark, waited = History(), None, math.inf, math.inf, 0
    length = len(loader) if hasattr(loader, "__len__") else None
    bar = _Bar(total=length and length * epochs, disable=not progress, file=sys.stdout)
    try:
        with bar, mode(model, training=True):
            for epoch in range(1, epochs + 1):
                bar.set_description(f"epoch {epoch}/{epochs}")
                start, rate = time.perf_counter(), float(optimizer.param_groups[0]["lr"])
                mean = _epoch(torch, model, loader, loss, optimizer, clip_grad_norm, epoch, bar)
                row = {"epoch": epoch, "train_loss": mean, "learning_rate": rate}
                if validation is not None:
                    measured = evaluate(torch, model, validation, loss, functions)
                    row["validation_loss"] = now = measured.pop("loss")
                    row |= measured
                    _refuse_infinite(now, f"the validation loss after epoch {epoch}")
                    if now < lowest:  # these weights are best, whatever min_delta says
                        best = copy.deepcopy(model.state_dict())
                        lowest, history.best_epoch = now, epoch
                    mark, waited = (now, 0) if now < mark - min_delta else (mark, waited + 1)
                row["seconds"] = time.perf_counter() - start
                history.rows.append(row)
                bar.set_postfix({k: f"{v:.4g}" for k, v in row.items() if k.endswith("loss")})
                if scheduler is not None:
                    scheduler.step(*([row["validation_loss"]] if on_plateau else []))
                if patience is not None and waited >= patience and epoch < epochs:
                    history.stopped_early = True
                    break
    except KeyboardInterrupt:
        history.interrupted = True
    finally:
        if best is not None:
            model.load_state_dict(best)
    return history


def _epoch(
    torch: Any,
    model: Any,
    loader: Iterable,
    loss: Callable,
    optimizer: Any,
    clip: float | None,
    epoch: int,
    bar: tqdm,
) -> float:
    """One pass over the loader; returns the mean loss per example."""
    total, count = 0.0, 0
    for number, (inputs, target) in enumerate(batches(loader, model, f"epoch {epoch}"), 1):
        optimizer.zero_grad()
        value = loss(model(*inputs), target)
        _refuse_infinite(value.item(), f"the loss in epoch {epoch}, batch {number}")
        value.backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        total, count = total + value.item() * len(target), count + len(target)
        bar.update()
    return total / count


def _refuse_infinite(value: float, what: str) -> None:
    if not math.isfinite(value):
        raise FloatingPointError(f"{what} is {value}: try a lower learning rate, or clip_grad_norm")
