"""Padding: a border around signals and images."""

from collections.abc import Sequence

from course_utils.scratch.creation import full
from course_utils.scratch.creation import tensor as new
from course_utils.scratch.shapes import cat
from course_utils.scratch.tensor import Tensor


def pad(
    input: Tensor, pad: Sequence[int], mode: str = "constant", value: float | None = None
) -> Tensor:
    """Longer at both ends of the last dimensions: (left, right, top, bottom, …); cut if negative.

    The border holds `value` ("constant"), the mirror image without the edge ("reflect"), the edge
    ("replicate"), or the other end ("circular").

    Raises
    ------
    RuntimeError
        An odd number of lengths, or more than twice the dimensions.
    NotImplementedError
        Another mode.
    """
    if len(pad) % 2 or len(pad) > 2 * input.ndim:
        raise RuntimeError(
            "Padding length should be even and at most twice the number of dimensions of the input,"
            f" got {tuple(pad)} for shape {tuple(input.shape)}"
        )
    if mode not in ("constant", "reflect", "replicate", "circular"):
        raise NotImplementedError(f"Unrecognised padding mode {mode}")
    for i in range(len(pad) // 2):
        d, before, after = input.ndim - 1 - i, pad[2 * i], pad[2 * i + 1]
        if mode == "constant":
            input = _with_constant(input, d, before, after, value or 0.0)
        elif before or after:
            input = input.index_select(d, _places(input, d, before, after, mode))
    return input


def _with_constant(x: Tensor, d: int, before: int, after: int, value: float) -> Tensor:
    first, last = max(-before, 0), x.array.shape[d] - max(-after, 0)
    parts = [x.narrow(d, first, last - first)]
    for length, at in ((before, 0), (after, len(parts) + 1)):
        if length > 0:
            shape = (*x.array.shape[:d], length, *x.array.shape[d + 1 :])
            parts.insert(at, full(shape, value, dtype=x.dtype, device=x.device))
    return cat(parts, d) if len(parts) > 1 else parts[0]


def _places(x: Tensor, d: int, before: int, after: int, mode: str) -> Tensor:
    """Which entry of dimension d stands at each place of the result."""
    n = x.array.shape[d]
    if mode == "reflect" and max(before, after) >= n:
        raise RuntimeError(
            "Padding size should be less than the corresponding input dimension, but got: padding"
            f" ({before}, {after}) at dimension {d} of input {list(x.shape)}"
        )
    wanted = range(-before, n + after)
    if mode == "reflect":
        found = [n - 1 - abs(n - 1 - abs(i)) for i in wanted]
    elif mode == "replicate":
        found = [min(max(i, 0), n - 1) for i in wanted]
    else:
        found = [i % n for i in wanted]
    return new(found, device=x.device)
