"""Losses of margins: right scores are to exceed wrong ones by a distance."""

from course_utils.scratch.nn.activation import logsigmoid
from course_utils.scratch.nn.loss import reducing
from course_utils.scratch.nn.sparse import one_hot
from course_utils.scratch.nn.stateless import Loss
from course_utils.scratch.tensor import Tensor


@reducing
def multi_margin_loss(
    input: Tensor, target: Tensor, p: int = 1, margin: float = 1.0, weight: Tensor | None = None
) -> Tensor:
    """Σ max(0, margin − right + other)^p / C over the other scores; (N, C) or (C,), classes (N,).

    Source: Crammer & Singer 2001. RuntimeError where shapes or classes do not fit.
    """
    if p not in (1, 2):
        raise ValueError(f"only p == 1 and p == 2 supported, got {p}")
    rows, classes = (input, target) if input.ndim > 1 else (input.unsqueeze(0), target.reshape(-1))
    if classes.shape != rows.shape[:1]:
        raise RuntimeError(
            f"inconsistent target size {tuple(target.shape)} for the input's {tuple(input.shape)}"
        )
    right = one_hot(classes, rows.shape[1]) == 1  # (N, C)
    gap = (margin - rows.gather(1, classes.unsqueeze(1)) + rows).relu()  # (N, C)
    loss = (gap**p).masked_fill(right, 0.0).sum(1) / rows.shape[1]  # (N,)
    loss = loss if weight is None else loss * weight[classes]
    return loss.reshape(target.shape)


@reducing
def soft_margin_loss(input: Tensor, target: Tensor) -> Tensor:
    """log(1 + e^(−target · input)), the target being 1 or −1."""
    return -logsigmoid(target * input)


@reducing
def hinge_embedding_loss(input: Tensor, target: Tensor, margin: float = 1.0) -> Tensor:
    """The input, a distance, where the target is 1; max(0, margin − input) where it is −1."""
    apart = (margin - input).relu().masked_fill(target == 1, 0.0)
    return input.masked_fill(target == -1, 0.0) + apart


MultiMarginLoss = Loss.of("MultiMarginLoss", multi_margin_loss, 2)
SoftMarginLoss = Loss.of("SoftMarginLoss", soft_margin_loss, 2)
HingeEmbeddingLoss = Loss.of("HingeEmbeddingLoss", hinge_embedding_loss, 2)
