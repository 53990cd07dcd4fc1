"""Batches: `DataLoader` takes entries of a data set in the order of a sampler and stacks them."""

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from course_utils.scratch import random
from course_utils.scratch.creation import as_tensor, tensor
from course_utils.scratch.dtypes import float64
from course_utils.scratch.random import Generator
from course_utils.scratch.shapes import stack
from course_utils.scratch.tensor import Tensor
from course_utils.scratch.utils.dataset import *  # noqa: F403
from course_utils.scratch.utils.dataset import Subset, TensorDataset
from course_utils.scratch.utils.sampler import *  # noqa: F403
from course_utils.scratch.utils.sampler import BatchSampler, RandomSampler, SequentialSampler


def default_convert(data: Any) -> Any:
    """An entry with tensors in place of NumPy arrays and numbers, lists in place of tuples."""
    if isinstance(data, np.ndarray | np.generic):
        return as_tensor(data)
    if isinstance(data, Mapping):
        return {key: default_convert(value) for key, value in data.items()}
    return [default_convert(part) for part in data] if isinstance(data, list | tuple) else data


def default_collate(batch: Sequence) -> Any:
    """A list of entries as one: numbers, arrays and tensors stacked, (…) → (N, …).

    In dicts, lists and tuples each place is stacked for itself; strings stay a list; floats become
    float64.

    Raises
    ------
    RuntimeError
        Tensors of different shapes, or lists of different lengths.
    TypeError
        Entries of another kind.
    """
    first = batch[0]
    if isinstance(first, Tensor):
        return stack(batch)
    if isinstance(first, np.ndarray) and first.dtype.kind in "biuf":
        return stack([as_tensor(entry) for entry in batch])
    if isinstance(first, float) and not isinstance(first, np.generic):
        return tensor(batch, dtype=float64)
    if isinstance(first, np.bool_ | np.number):
        return as_tensor(np.stack(batch))
    if isinstance(first, int):
        return tensor(batch)
    if isinstance(first, str | bytes):
        return batch
    if isinstance(first, Mapping):
        return {key: default_collate([entry[key] for entry in batch]) for key in first}
    if isinstance(first, Sequence):
        if any(len(entry) != len(first) for entry in batch):
            raise RuntimeError("each element in list of batch should be of equal size")
        places = [default_collate(place) for place in zip(*batch, strict=True)]
        return type(first)(*places) if hasattr(first, "_fields") else places
    raise TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found"
        f" {type(first)}"
    )


class DataLoader:
    """Goes through a data set in batches, in a new order each time if `shuffle` is True.

    With the same seed the batches are PyTorch's. Entries are read in this process: `num_workers`
    is accepted, with a warning, and so is what belongs to it.

    Parameters
    ----------
    dataset
        Anything with `len` and `[i]`.
    batch_size
        None for single entries, not stacked.
    sampler, batch_sampler
        The order, or the batches, in place of `shuffle`, `batch_size` and `drop_last`.
    collate_fn
        Makes a batch of a list of entries, `default_collate` if not given.
    drop_last
        Leave out a last batch that is shorter.
    generator
        Where the order is drawn from, the default generator if not given.

    Raises
    ------
    ValueError
        Arguments that contradict each other, or a batch size that is no positive int.
    """

    def __init__(
        self,
        dataset: Any,
        batch_size: int | None = 1,
        shuffle: bool | None = None,
        sampler: Iterable[int] | None = None,
        batch_sampler: Iterable[list[int]] | None = None,
        num_workers: int = 0,
        collate_fn: Callable[[list], Any] | None = None,
        pin_memory: bool = False,
        drop_last: bool = False,
        timeout: float = 0,
        worker_init_fn: Callable[[int], None] | None = None,
        multiprocessing_context: Any = None,
        generator: Generator | None = None,
        *,
        prefetch_factor: int | None = None,
        persistent_workers: bool = False,
    ) -> None:
        if num_workers < 0:
            raise ValueError(f"num_workers option should be non-negative, got {num_workers}")
        if num_workers > 0:
            warnings.warn(
                f"num_workers={num_workers}: this engine has no worker processes, entries are read"
                " in the main process",
                stacklevel=2,
            )
        if sampler is not None and shuffle:
            raise ValueError("sampler option is mutually exclusive with shuffle")
        if batch_sampler is not None and (batch_size != 1 or shuffle or sampler or drop_last):
            others = "batch_size, shuffle, sampler, and drop_last"
            raise ValueError(f"batch_sampler option is mutually exclusive with {others}")
        if batch_size is None and drop_last:
            raise ValueError("batch_size=None makes no batches: drop_last has nothing to drop")
        if sampler is None and shuffle:
            sampler = RandomSampler(dataset, generator=generator)
        elif sampler is None:
            sampler = SequentialSampler(dataset)
        if batch_sampler is not None:
            batch_size = None
        elif batch_size is not None:
            batch_sampler = BatchSampler(sampler, batch_size, drop_last)
        self.dataset, self.batch_size, self.drop_last = dataset, batch_size, drop_last
        self.sampler, self.batch_sampler, self.generator = sampler, batch_sampler, generator
        default = default_convert if batch_sampler is None else default_collate
        self.collate_fn = collate_fn or default

    def __len__(self) -> int:
        return len(self.sampler if self.batch_sampler is None else self.batch_sampler)

    def __iter__(self) -> Iterator[Any]:
        alone = self.batch_sampler is None
        indices = iter(self.sampler if alone else self.batch_sampler)
        (self.generator or random.default_generator).integer64()  # PyTorch: a seed for workers
        batch = self._entry if alone else self._batch
        return (batch(i) for i in indices)

    def _entry(self, index: int) -> Any:
        return self.collate_fn(self.dataset[index])

    def _batch(self, indices: list[int]) -> Any:
        if self.collate_fn is default_collate and takes_lists(self.dataset):
            return list(self.dataset[list(indices)])  # the same batch, many times faster
        if hasattr(self.dataset, "__getitems__"):  # a data set that reads many at once
            return self.collate_fn(self.dataset.__getitems__(indices))
        return self.collate_fn([self.dataset[i] for i in indices])


def takes_lists(dataset: Any) -> bool:
    """Whether a list of indices gives a whole batch at once."""
    part = type(dataset) is Subset and takes_lists(dataset.dataset)
    return part or type(dataset) is TensorDataset
