"""Vectors compared: their direction and their distance."""

from collections.abc import Sequence

from course_utils.scratch.tensor import Tensor


def normalize(
    input: Tensor, p: float = 2.0, dim: int | Sequence[int] = 1, eps: float = 1e-12
) -> Tensor:
    """Vectors along one dimension divided by their p-norm, or by eps where that is larger."""
    return input / input.norm(p, dim, keepdim=True).clamp(min=eps)


def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """Cosine of the angle between vectors along one dimension; no length counts less than eps."""
    lengths = [x.norm(2, dim, keepdim=True).clamp(min=eps) for x in (x1, x2)]
    return ((x1 / lengths[0]) * (x2 / lengths[1])).sum(dim)


def pairwise_distance(
    x1: Tensor, x2: Tensor, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False
) -> Tensor:
    """The p-norm of x1 − x2 + eps along the last dimension."""
    return (x1 - x2 + eps).norm(p, -1, keepdim)
