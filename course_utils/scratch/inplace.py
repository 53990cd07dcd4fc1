"""Changing a tensor in place: `x += 1`, `x.zero_()`, and what `x[0] = y` rests on.

Outside a graph the memory is overwritten and the change counted, so that `backward` can refuse a
value that is no longer what it was. Inside a graph the new value is computed as usual, and the
tensor goes on as that result.
"""

from typing import Any

from course_utils.scratch import arrays
from course_utils.scratch.graph import record_view
from course_utils.scratch.recording import mode
from course_utils.scratch.tensor import Tensor


def replace(target: Tensor, value: Tensor) -> Tensor:
    """Let a tensor's memory hold a value of its shape, and its graph be the value's.

    Raises
    ------
    RuntimeError
        The value has another shape or kind of number; or the tensor is a leaf that requires a
        derivative; or it shows another's entries several times (`x.expand(…)`).
    """
    if value.array.shape != target.array.shape:
        raise RuntimeError(
            f"output with shape {list(target.shape)} doesn't match the broadcast shape"
            f" {list(value.shape)}"
        )
    if value.dtype.kind > target.dtype.kind:
        raise RuntimeError(
            f"result type {value.dtype} can't be cast to the desired output type {target.dtype}"
        )
    if recorded(target, value):
        if target.requires_grad and target.is_leaf:
            raise RuntimeError(
                "a leaf Variable that requires grad is being used in an in-place operation; change"
                " it within torch.no_grad()"
            )
        if target._base is not None:
            return _write_through(target, value)
        target.grad_fn, target._requires_grad = value.grad_fn, value.requires_grad
    target.array[...] = arrays.cast(value.array, target.dtype)
    target.bump_version()
    return target


def recorded(*tensors: Any) -> bool:
    """Whether an operation on these is to be recorded."""
    return mode.recording and any(isinstance(t, Tensor) and t.requires_grad for t in tensors)


def _write_through(view: Tensor, value: Tensor) -> Tensor:
    """Write to `base[index]`; or, where the view is a rearrangement, to where it comes from."""
    base, index, derivative = view._base
    if index is not None:
        base[index] = value
        again = base[index]
    elif view.numel() == base.numel():
        base[...] = derivative(value)  # of a rearrangement, the derivative is its inverse
        again = record_view(base, view.array, derivative)
    else:
        raise RuntimeError(
            "unsupported operation: this view shows entries of a tensor several times or only some;"
            f" shapes {tuple(view.shape)} and {tuple(base.shape)}. Compute a new tensor instead"
        )
    view.grad_fn, view._requires_grad, view._seen = again.grad_fn, again.requires_grad, again._seen
    return view
