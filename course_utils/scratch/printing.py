"""How a tensor is printed: four digits, aligned columns, as PyTorch does by default."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from course_utils.scratch import arrays, dtypes

if TYPE_CHECKING:
    from course_utils.scratch.tensor import Tensor

PLAIN = (dtypes.int64, dtypes.bool_)
_options: dict[str, Any] = {
    "precision": 4,
    "threshold": 1000,
    "edgeitems": 3,
    "linewidth": 80,
    "sci_mode": None,
}


def set_printoptions(**options: Any) -> None:
    """Change how tensors are printed: `precision`, `edgeitems`, `linewidth` ….

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
    digits, scientific = _options["precision"], _options["sci_mode"]
    if not sizes.size:
        return ".0f"
    whole = bool((sizes == np.floor(sizes)).all())
    if scientific is None:
        wide = sizes.max() / sizes.min() > 1000 or sizes.max() > 1e8
        scientific = wide or (not whole and sizes.min() < 1e-4)
    if scientific:
        return f".{digits}e"
    return ".0f" if whole else f".{digits}f"


def _shown(values: np.ndarray) -> np.ndarray:
    """The entries that are printed of a long tensor: `edgeitems` at each end of each dimension."""
    edge = _options["edgeitems"]
    for d, n in enumerate(values.shape):
        if n > 2 * edge:
            values = np.take(values, [*range(edge), *range(n - edge, n)], axis=d)
    return values


def _block(values: np.ndarray, show: Callable[[Any], str], indent: int, short: bool) -> str:
    """Nested brackets; `short` leaves out the middle of long dimensions."""
    edge = _options["edgeitems"]
    cut = short and len(values) > 2 * edge
    if values.ndim > 1:
        blocks = [_block(v, show, indent + 1, short) for v in _ends(values, cut)]
        blocks[edge:edge] = ["..."] if cut else []
        separator = "," + "\n" * (values.ndim - 1) + " " * (indent + 1)
        return "[" + separator.join(blocks) + "]"
    texts = [show(value) for value in _ends(values, cut)]
    room = max(1, (_options["linewidth"] - indent) // (max(map(len, texts), default=0) + 2))
    texts[edge:edge] = [" ..."] if cut else []
    lines = [", ".join(texts[i : i + room]) for i in range(0, len(texts), room)]
    return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"


def _ends(values: np.ndarray, cut: bool) -> list:
    edge = _options["edgeitems"]
    return [*values[:edge], *values[-edge:]] if cut else list(values)


def entries_text(values: np.ndarray) -> str:
    """The entries in nested brackets; long tensors with their middle left out."""
    short = values.size > _options["threshold"]
    seen = _shown(values) if short else values
    spec = number_format(seen.astype(np.float64)) if values.dtype.kind == "f" else ""

    def text(value: Any) -> str:
        dot = "." if spec == ".0f" and np.isfinite(value) else ""
        return format(value.item(), spec) + dot

    if values.ndim == 0:
        return text(values)
    if values.size == 0:
        return "[]"
    wide = seen[np.isfinite(seen) & (seen != 0)] if spec else seen  # PyTorch asks these alone
    width = max((len(text(value)) for value in wide.flat), default=0)
    return _block(values, lambda value: text(value).rjust(width), len("tensor("), short)


def tensor_text(tensor: "Tensor") -> str:
    """`tensor([1., 2.], dtype=…, requires_grad=True)`, leaving out what is usual."""
    parts = [entries_text(arrays.to_numpy(tensor.array))]
    if tensor.numel() == 0 and tensor.ndim != 1:
        parts.append(f"size={tuple(tensor.shape)}")
    if tensor.device.type != "cpu":
        parts.append(f"device='{tensor.device}'")
    usual = (dtypes.get_default_dtype(), *(PLAIN if tensor.numel() else ()))
    if tensor.dtype not in usual:
        parts.append(f"dtype={tensor.dtype}")
    if tensor.grad_fn is not None:
        parts.append(f"grad_fn=<{tensor.grad_fn.name()}>")
    elif tensor.requires_grad:
        parts.append("requires_grad=True")
    lines = parts[0]
    for part in parts[1:]:  # on a new line where the last one has no room
        used = len(lines.rpartition("\n")[2]) + (0 if "\n" in lines else len("tensor("))
        lines += ", " if used + len(part) + 4 <= _options["linewidth"] else ",\n" + " " * 7
        lines += part
    return f"tensor({lines})"
