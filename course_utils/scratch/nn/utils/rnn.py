"""Sequences of different lengths as one tensor."""

from collections.abc import Iterable

from course_utils.scratch.shapes import stack
from course_utils.scratch.tensor import Tensor


def pad_sequence(
    sequences: Iterable[Tensor],
    batch_first: bool = False,
    padding_value: float = 0.0,
    padding_side: str = "right",
) -> Tensor:
    """Sequences (L, …), filled up to the longest: (N, T, …) if `batch_first`, else (T, N, …)."""
    sequences = tuple(sequences)
    if not sequences:
        raise RuntimeError("received an empty list of sequences")
    longest, padded = max(len(s) for s in sequences), []
    for s in sequences:
        whole = s.new_full((longest, *s.shape[1:]), padding_value)
        start = longest - len(s) if padding_side == "left" else 0
        whole[start : start + len(s)] = s
        padded.append(whole)
    return stack(padded, 0 if batch_first else 1)
