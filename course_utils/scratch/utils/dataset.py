"""Data sets: anything with a length and an entry for each index."""

import bisect
import itertools
import math
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from course_utils.scratch import random
from course_utils.scratch.random import Generator
from course_utils.scratch.tensor import Tensor

__all__ = ["ConcatDataset", "Dataset", "Subset", "TensorDataset", "random_split"]


class Dataset:
    """Base of data sets: a subclass has `__getitem__(index)` and `__len__()`."""

    def __class_getitem__(cls, kind: Any) -> type:
        return cls  # `Dataset[…]`, as type checkers like it

    def __getitem__(self, index: int) -> Any:
        raise NotImplementedError("Subclasses of Dataset should implement __getitem__.")

    def __add__(self, other: "Dataset") -> "ConcatDataset":
        return ConcatDataset([self, other])


class TensorDataset(Dataset):
    """Entry i is the tuple of the i-th entries of all tensors.

    Raises
    ------
    AssertionError
        Tensors of different lengths.
    """

    def __init__(self, *tensors: Tensor) -> None:
        if any(len(tensor) != len(tensors[0]) for tensor in tensors):
            shapes = ", ".join(str(tuple(tensor.shape)) for tensor in tensors)
            raise AssertionError(f"Size mismatch between tensors: {shapes}")
        self.tensors = tensors

    def __getitem__(self, index: Any) -> tuple[Tensor, ...]:
        return tuple(tensor[index] for tensor in self.tensors)

    def __len__(self) -> int:
        return len(self.tensors[0])


class Subset(Dataset):
    """The entries of another data set at the given indices."""

    def __init__(self, dataset: Dataset, indices: Sequence[int]) -> None:
        self.dataset, self.indices = dataset, indices

    def __getitem__(self, idx: int | list[int]) -> Any:
        if isinstance(idx, list):
            return self.dataset[[self.indices[i] for i in idx]]
        return self.dataset[self.indices[idx]]

    def __len__(self) -> int:
        return len(self.indices)


class ConcatDataset(Dataset):
    """Several data sets, one after another.

    Raises
    ------
    AssertionError
        None is given.
    ValueError
        On asking for an entry before the first.
    """

    def __init__(self, datasets: Iterable[Dataset]) -> None:
        self.datasets = list(datasets)
        if not self.datasets:
            raise AssertionError("datasets should not be an empty iterable")
        self.cumulative_sizes = list(itertools.accumulate(len(d) for d in self.datasets))

    def __len__(self) -> int:
        return self.cumulative_sizes[-1]

    def __getitem__(self, idx: int) -> Any:
        if idx < -len(self):
            raise ValueError(f"index {idx} is before the first of {len(self)} entries")
        idx = idx + len(self) if idx < 0 else idx
        which = bisect.bisect_right(self.cumulative_sizes, idx)
        before = self.cumulative_sizes[which - 1] if which else 0
        return self.datasets[which][idx - before]


def random_split(
    dataset: Dataset, lengths: Sequence[float], generator: Generator | None = None
) -> list[Subset]:
    """Disjoint random parts of the given lengths, or fractions that sum to 1.

    Raises
    ------
    ValueError
        Lengths that do not sum to the length of the data set; a fraction outside of 0 … 1.
    """
    if math.isclose(sum(lengths), 1) and sum(lengths) <= 1:
        for i, part in enumerate(lengths):
            if not 0 <= part <= 1:
                raise ValueError(f"Fraction at index {i} is not between 0 and 1: {part}")
        lengths = [math.floor(len(dataset) * part) for part in lengths]
        for i in range(len(dataset) - sum(lengths)):  # what rounding left over
            lengths[i % len(lengths)] += 1
        for i, length in enumerate(lengths):
            if length == 0:
                warnings.warn(f"Length of split at index {i} is 0.", stacklevel=2)
    if sum(lengths) != len(dataset):
        raise ValueError(
            "Sum of input lengths does not equal the length of the input dataset! The lengths are"
            f" {list(lengths)}, the dataset has {len(dataset)} entries"
        )
    order = iter((generator or random.default_generator).permutation(len(dataset)).tolist())
    return [Subset(dataset, list(itertools.islice(order, length))) for length in lengths]
