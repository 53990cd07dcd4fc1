"""Losses of a choice among classes: cross-entropy."""

import math

from course_utils.scratch import arrays, dtypes
from course_utils.scratch.arrays import quiet
from course_utils.scratch.graph import record
from course_utils.scratch.nn.loss import chosen, reduced
from course_utils.scratch.nn.stateless import Loss
from course_utils.scratch.tensor import Tensor, wrap


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """−input[target]: the negative log-likelihood of the right class.

    Parameters
    ----------
    input
        Log-probabilities (N, C), (N, C, d1, …), or (C,).
    target
        The classes as integers (N,), (N, d1, …), or (). `ignore_index` marks those to leave out.
    weight
        (C,) how much each class counts; "mean" divides by the weights' sum.

    Raises
    ------
    IndexError
        A class outside of 0 … C − 1.
    ValueError
        Input and target do not fit.
    RuntimeError
        The target holds no integers.
    """
    reduction = chosen(reduction, size_average, reduce)
    _check(input, target, weight)
    rows = _rows(input)  # (cases, C)
    return _minus_right(rows, target, weight, ignore_index, 0.0, reduction)


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """−log softmax(input)[target].

    As `nll_loss`, from scores instead of log-probabilities; the target may also hold a probability
    for each class, in the input's shape. Label smoothing mixes it with equal probabilities (Szegedy
    et al. 2016).

    Raises
    ------
    IndexError, ValueError, RuntimeError
        As `nll_loss`; RuntimeError also for a smoothing outside of 0 … 1.
    """
    if not 0.0 <= label_smoothing <= 1.0:
        raise RuntimeError(f"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing}")
    reduction = chosen(reduction, size_average, reduce)
    smooth = label_smoothing / max(input.shape[1 if input.ndim > 1 else 0], 1)
    if target.shape == input.shape and input.ndim:
        if not target.dtype.is_floating_point:
            raise RuntimeError(
                "Expected floating point type for target with class probabilities, got"
                f" {target.dtype}"
            )
        logs = _rows(input).log_softmax(1)  # (cases, C)
        wanted = _rows(target) * (1 - label_smoothing) + smooth  # (cases, C)
        loss = -(logs * (wanted if weight is None else wanted * weight)).sum(1)  # (cases,)
        shape = (*input.shape[:1], *input.shape[2:]) if input.ndim > 1 else ()
        return reduced(loss.reshape(shape), reduction)
    _check(input, target, weight)
    logs = _rows(input).log_softmax(1)  # (cases, C)
    return _minus_right(logs, target, weight, ignore_index, label_smoothing, reduction)


def _rows(x: Tensor) -> Tensor:
    """One case a row: (N, C, d1, …) → (N·d1·…, C), (C,) → (1, C)."""
    if x.ndim <= 2:
        return x if x.ndim == 2 else x.reshape(1, -1)
    return x.movedim(1, -1).reshape(-1, x.shape[1])


@quiet
def _minus_right(
    x: Tensor,
    target: Tensor,
    weight: Tensor | None,
    ignore_index: int,
    smoothing: float,
    reduction: str,
) -> Tensor:
    """Minus the right class's entry of each row of x (cases, C), smoothed, weighted and reduced.

    That is linear in x: `slope`, how much each entry counts, is all that the derivative needs.
    """
    xp, many = x.xp, x.array.shape[1]
    classes = target.array.reshape(-1)  # (cases,)
    kept = classes != ignore_index
    classes = xp.where(kept, classes, arrays.zeros((), classes))
    wrong = (classes < 0) | (classes >= many)
    if wrong.any():
        raise IndexError(
            f"Target {int(classes[wrong][0])} is out of bounds: there are {many} classes, 0 to"
            f" {many - 1}."
        )
    kept = arrays.cast(kept, x.dtype)
    counts = kept if weight is None else kept * weight.array[classes]  # (cases,)
    slope = arrays.zeros(x.array.shape, x.array)  # (cases, C)
    slope[xp.arange(len(classes), device=classes.device), classes] = counts
    if smoothing:
        each = kept[:, None] if weight is None else kept[:, None] * weight.array
        slope = slope * (1 - smoothing) + each * (smoothing / many)
    entries = xp.where(slope == 0, slope, x.array) * slope  # −∞ where nothing counts: 0, not NaN
    total = (float(counts.sum()) or math.nan) if reduction == "mean" else 1
    slope *= -1 / total
    if reduction == "none":
        out = record(-xp.sum(entries, axis=1), (x, lambda g: g.unsqueeze(1) * wrap(slope)))
        return out.reshape(target.shape)
    return record(xp.sum(entries) * (-1 / total), (x, lambda g: g * wrap(slope)))


def _check(input: Tensor, target: Tensor, weight: Tensor | None) -> None:
    """Refuse a target or weight that does not fit the input."""
    if input.ndim == 0:
        raise RuntimeError("input tensor should be at least 1D: (C,), (N, C) or (N, C, d1, …)")
    shapes = f"the input's shape is {tuple(input.shape)}, the target's {tuple(target.shape)}"
    batch = input.shape[0] if input.ndim > 1 else 1
    if input.ndim > 1 and target.ndim and batch != target.shape[0]:
        raise ValueError(
            f"Expected input batch_size ({batch}) to match target batch_size ({target.shape[0]});"
            f" {shapes}."
        )
    expected = (*input.shape[:1], *input.shape[2:]) if input.ndim > 1 else ()
    if target.shape != expected:
        raise RuntimeError(f"size mismatch: expected a target of shape {expected}; {shapes}")
    if target.dtype not in (dtypes.int64, dtypes.uint8):
        raise RuntimeError(f"expected scalar type Long but found {target.dtype} for the target")
    many = input.shape[1 if input.ndim > 1 else 0]
    if weight is not None and weight.shape != (many,):
        raise RuntimeError(
            f"weight tensor should be defined either for all {many} classes or no classes but got"
            f" weight tensor of shape: {list(weight.shape)}"
        )


NLLLoss = Loss.of("NLLLoss", nll_loss, 2)
CrossEntropyLoss = Loss.of("CrossEntropyLoss", cross_entropy, 2)
