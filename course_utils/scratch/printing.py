"""How a tensor is printed: four digits, aligned columns, as PyTorch does by default."""

from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils.scratch import arrays, dtypes

if TYPE_CHECKING:
    from course_utils.scratch.tensor import Tensor

PLAIN = (dtypes.int64, dtypes.bool_)
_options = {"precision": 4, "threshold": 1000, "linewidth": 80, "sci_mode": None}


def set_printoptions(**options: Any) -> None:
    """Change how tensors are printed: `precision`, `threshold`, `linewidth`, `sci_mode`.

    Raises
    ------
    TypeError
        An option that this engine does not have.
    """
    unknown = set(options) - set(_options)
    if unknown:
        raise TypeError(f"set_printoptions() knows {', '.join(_options)}, not {', '.join(unknown)}")
    _options.update(options)


def number_format(values: np.ndarray) -> str:
    """Format of one entry: whole numbers `1.`, else `1.5000`, or `1.5000e+10` for a wide range."""
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    if not sizes.size:
        return ".0f"
    wide = sizes.max() / sizes.min() > 1000 or sizes.max() > 1e8
    whole = bool((sizes == np.floor(sizes)).all())
    if (wide and (not whole or sizes.max() > 1e8)) or (not whole and sizes.min() < 1e-4):
        return ".4e"
    return ".0f" if whole else ".4f"


def entries_text(values: np.ndarray) -> str:
    """The entries in nested brackets; long tensors with their middle left out."""
    layout = {name: _options[name] for name in ("threshold",)}
    layout |= {"separator": ", ", "prefix": "tensor(", "max_line_width": _options["linewidth"]}
    if values.dtype.kind != "f":
        return np.array2string(values, **layout)
    spec = number_format(values.astype(np.float64))

    def show(value: float) -> str:
        text = format(float(value), spec)
        return text + "." if spec == ".0f" and np.isfinite(value) else text

    if values.ndim == 0:
        return show(values)
    shown = (
        values
        if values.size <= _options["threshold"]
        else np.concatenate([values.flat[:3], values.flat[-3:]])
    )
    width = max((len(show(value)) for value in shown.flat), default=0)
    formatter = {"float_kind": lambda value: show(value).rjust(width)}
    return np.array2string(values, formatter=formatter, **layout)


def tensor_text(tensor: "Tensor") -> str:
    """`tensor([1., 2.], dtype=…, requires_grad=True)`, leaving out what is usual."""
    parts = [entries_text(arrays.to_numpy(tensor.array))]
    if tensor.numel() == 0 and tensor.ndim != 1:
        parts.append(f"size={tuple(tensor.shape)}")
    if tensor.device.type != "cpu":
        parts.append(f"device='{tensor.device}'")
    if tensor.dtype not in PLAIN and tensor.dtype is not dtypes.get_default_dtype():
        parts.append(f"dtype={tensor.dtype}")
    if tensor.grad_fn is not None:
        parts.append(f"grad_fn=<{tensor.grad_fn.name()}>")
    elif tensor.requires_grad:
        parts.append("requires_grad=True")
    return f"tensor({', '.join(parts)})"
