"""Embedding: a learnt vector for each word of a vocabulary, looked up by number."""

from typing import Any, Self

from course_utils.scratch import dtypes
from course_utils.scratch.autograd import no_grad
from course_utils.scratch.creation import zeros
from course_utils.scratch.nn import init
from course_utils.scratch.nn.module import Module
from course_utils.scratch.nn.registry import Parameter, empty_parameter
from course_utils.scratch.tensor import Tensor


def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
) -> Tensor:
    """The rows of `weight` (V, E) that the integers name: (…) → (…, E).

    The row `padding_idx` receives no derivative. Rows longer than `max_norm` are first shortened to
    it, in place.

    Raises
    ------
    IndexError
        An integer below 0, or V and above.
    RuntimeError
        The input holds no integers.
    """
    if input.dtype not in (dtypes.int64, dtypes.int32):
        raise RuntimeError(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types:"
            f" Long, Int; but got {input.dtype} instead"
        )
    count = weight.shape[0]
    if input.numel() and not 0 <= int(input.array.min()) <= int(input.array.max()) < count:
        worst = [n for n in (int(input.array.min()), int(input.array.max())) if not 0 <= n < count]
        raise IndexError(
            f"index out of range in self: {worst[0]}; the embedding has rows 0 to {count - 1}"
        )
    if max_norm is not None:
        with no_grad():
            norms = weight[input].norm(norm_type, -1, keepdim=True)
            weight[input] = weight[input] * (max_norm / (norms + 1e-7)).clamp(max=1.0)
    rows = weight[input]
    if padding_idx is None:
        return rows
    return rows.detach().where((input == padding_idx % count).unsqueeze(-1), rows)


def one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor:
    """1 at the place that each integer names, else 0: (…) → (…, num_classes), int64.

    Raises
    ------
    RuntimeError
        No int64, a negative integer, or one that is not below `num_classes`.
    """
    if tensor.dtype is not dtypes.int64:
        raise RuntimeError(
            f"one_hot is only applicable to index tensor of type LongTensor, not {tensor.dtype}"
        )
    if tensor.numel() == 0 and num_classes <= 0:
        raise RuntimeError("Can not infer total number of classes from empty tensor.")
    if tensor.numel() and int(tensor.array.min()) < 0:
        raise RuntimeError(f"Class values must be non-negative; found {int(tensor.array.min())}")
    most = int(tensor.array.max()) if tensor.numel() else -1
    if num_classes != -1 and most >= num_classes:
        raise RuntimeError(
            f"Class values must be smaller than num_classes; found {most}, not below {num_classes}"
        )
    count = most + 1 if num_classes == -1 else num_classes
    out = zeros((*tensor.shape, count), dtype=dtypes.int64, device=tensor.device)
    return out.scatter_(-1, tensor.unsqueeze(-1), 1)


class Embedding(Module):
    """(…) integers → (…, embedding_dim): the rows of `weight`, (num_embeddings, embedding_dim)."""

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
        _weight: Tensor | None = None,
        _freeze: bool = False,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        if padding_idx is not None and not -num_embeddings <= padding_idx < num_embeddings:
            raise AssertionError(
                f"Padding_idx must be within num_embeddings: {padding_idx}, {num_embeddings}"
            )
        if scale_grad_by_freq or sparse:
            raise NotImplementedError("derivatives here are neither sparse nor scaled by frequency")
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.max_norm, self.norm_type = max_norm, norm_type
        self.padding_idx = None if padding_idx is None else padding_idx % num_embeddings
        if _weight is None:
            self.weight = empty_parameter((num_embeddings, embedding_dim), device, dtype)
            self.weight.requires_grad_(not _freeze)
            self.reset_parameters()
        else:
            self.weight = Parameter(_weight, requires_grad=not _freeze)

    @classmethod
    def from_pretrained(
        cls, embeddings: Tensor, freeze: bool = True, padding_idx: int | None = None
    ) -> Self:
        """An embedding with given rows, which are not learnt if `freeze`."""
        return cls(*embeddings.shape, padding_idx, _weight=embeddings, _freeze=freeze)

    def reset_parameters(self) -> None:
        """Draw standard normal rows; the row `padding_idx` is 0."""
        init.normal_(self.weight)
        if self.padding_idx is not None:
            init.zeros_(self.weight.data[self.padding_idx])

    def forward(self, input: Tensor) -> Tensor:
        """(…) → (…, embedding_dim)."""
        return embedding(input, self.weight, self.padding_idx, self.max_norm, self.norm_type)

    def extra_repr(self) -> str:
        """The sizes."""
        shown = f"{self.num_embeddings}, {self.embedding_dim}"
        for name in ("padding_idx", "max_norm"):
            value = getattr(self, name)
            shown += "" if value is None else f", {name}={value}"
        return shown
