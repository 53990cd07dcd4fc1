"""Losses of margins: right scores are to exceed wrong ones, and distances one another."""

from course_utils.scratch.nn.activation import logsigmoid
from course_utils.scratch.nn.loss import reducing
from course_utils.scratch.nn.similarity import cosine_similarity, pairwise_distance
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


@reducing
def margin_ranking_loss(
    input1: Tensor, input2: Tensor, target: Tensor, margin: float = 0
) -> Tensor:
    """max(0, margin − target · (input1 − input2)); target 1: the first is to be the larger."""
    return (margin - target * (input1 - input2)).relu()


@reducing
def cosine_embedding_loss(
    input1: Tensor, input2: Tensor, target: Tensor, margin: float = 0
) -> Tensor:
    """1 − cos of two vectors where the target is 1; max(0, cos − margin) where it is −1."""
    lengths = ((input1 * input1).sum(-1) + 1e-12) * ((input2 * input2).sum(-1) + 1e-12)
    cosine = (input1 * input2).sum(-1) / lengths.sqrt()
    return (1 - cosine).where(target == 1, (cosine - margin).relu().masked_fill(target != -1, 0.0))


@reducing
def triplet_margin_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
) -> Tensor:
    """max(0, margin + distance to the positive − distance to the negative). Balntas et al. 2016."""
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    near, far = (pairwise_distance(anchor, other, p, eps) for other in (positive, negative))
    if swap:
        far = far.minimum(pairwise_distance(positive, negative, p, eps))
    return (margin + near - far).relu()


MultiMarginLoss = Loss.of("MultiMarginLoss", multi_margin_loss, 2)
SoftMarginLoss = Loss.of("SoftMarginLoss", soft_margin_loss, 2)
HingeEmbeddingLoss = Loss.of("HingeEmbeddingLoss", hinge_embedding_loss, 2)
MarginRankingLoss = Loss.of("MarginRankingLoss", margin_ranking_loss, 3)
CosineEmbeddingLoss = Loss.of("CosineEmbeddingLoss", cosine_embedding_loss, 3)
TripletMarginLoss = Loss.of("TripletMarginLoss", triplet_margin_loss, 3)
CosineSimilarity = Loss.of("CosineSimilarity", cosine_similarity, 2)
PairwiseDistance = Loss.of("PairwiseDistance", pairwise_distance, 2)
