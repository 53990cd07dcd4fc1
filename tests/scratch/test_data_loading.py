"""Data sets, samplers and loaders of course_utils.scratch beside PyTorch's: the same batches."""

from collections import namedtuple

import numpy as np
import pytest
import torch
import torch.utils.data
from hypothesis import given, settings
from hypothesis import strategies as st

import course_utils.scratch as scratch

ENGINES = (scratch, torch)


def plain(batch):
    """A batch as plain numbers with the types of its tensors."""
    if hasattr(batch, "tolist"):
        return str(batch.dtype), batch.tolist()
    if isinstance(batch, dict):
        return {key: plain(value) for key, value in batch.items()}
    if isinstance(batch, list | tuple):
        return type(batch).__name__, [plain(part) for part in batch]
    return batch


def both(run):
    """What `run(engine)` gives with PyTorch, after a look that ours is the same; also afterwards."""
    seen = []
    for engine in ENGINES:
        engine.manual_seed(11)
        seen.append((run(engine), engine.rand(2).tolist(), engine.randint(0, 99, (3,)).tolist()))
    assert seen[0] == seen[1]
    return seen[1][0]


def set_of(engine, n=10):
    x = engine.arange(n * 3).reshape(n, 3).double()
    return engine.utils.data.TensorDataset(x, engine.arange(n))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 12), st.booleans(), st.booleans(), st.booleans())
def test_batches_are_pytorchs_and_so_is_the_stream_after_them(n, size, shuffle, drop_last, own):
    def run(engine):
        generator = engine.Generator().manual_seed(5) if own else None
        options = {
            "batch_size": size,
            "shuffle": shuffle,
            "drop_last": drop_last,
            "generator": generator,
        }
        loader = engine.utils.data.DataLoader(set_of(engine, n), **options)
        epochs = [[plain(batch) for batch in loader] for _ in range(2)]
        after = engine.rand(1, generator=generator).tolist() if own else None
        return len(loader), epochs, after

    length, epochs, _ = both(run)
    assert len(epochs[0]) == length
    if shuffle and n > 20 and not drop_last:
        assert epochs[0] != epochs[1]


def test_unshuffled_loading_moves_the_stream_as_well():
    def run(engine):
        return [
            plain(batch) for batch in engine.utils.data.DataLoader(set_of(engine), batch_size=4)
        ]

    assert both(run)[-1][1][1][1] == [8, 9]


def test_a_loader_stopped_early_and_two_at_once():
    def run(engine):
        loader = engine.utils.data.DataLoader(set_of(engine), 3, shuffle=True)
        first = plain(next(iter(loader)))
        pairs = [(plain(a), plain(b)) for a, b in zip(loader, loader, strict=True)]
        unused = iter(loader)
        return first, pairs, type(unused).__name__ != ""

    both(run)


def test_parts_of_parts_load_as_entry_by_entry():
    def run(engine):
        first, second = engine.utils.data.random_split(set_of(engine, 20), [14, 6])
        part = engine.utils.data.Subset(first, [3, 1, 2, 9, 9])
        loaders = [engine.utils.data.DataLoader(d, 4, shuffle=True) for d in (first, second, part)]
        return [[plain(batch) for batch in loader] for loader in loaders]

    both(run)


def test_anything_with_length_and_entries_is_a_data_set():
    def run(engine):
        rows = engine.arange(12).reshape(6, 2)
        from_tensor = [plain(b) for b in engine.utils.data.DataLoader(rows, 4, shuffle=True)]
        from_list = [plain(b) for b in engine.utils.data.DataLoader([1.5, 2.0, 4.0], 2)]
        return from_tensor, from_list

    both(run)


def test_own_data_set_with_own_collation_and_many_at_once():
    def run(engine):
        class Squares(engine.utils.data.Dataset):
            def __len__(self):
                return 7

            def __getitem__(self, i):
                return i, i * i

        class Many(Squares):
            def __getitems__(self, indices):
                return [(i, -i) for i in indices]

        def columns(entries):
            return [list(column) for column in zip(*entries, strict=True)]

        loader = engine.utils.data.DataLoader
        return [
            list(loader(Squares(), 3, shuffle=True, collate_fn=columns)),
            [plain(b) for b in loader(Many(), 3)],
            [plain(b) for b in loader(Squares() + Squares(), 5)],
            [plain(b) for b in loader(Squares(), batch_size=None)][:2],
        ]

    both(run)


def test_samplers():
    def run(engine):
        data = engine.utils.data
        source = set_of(engine, 10)
        generator = engine.Generator().manual_seed(3)
        samplers = [
            data.SequentialSampler(source),
            data.RandomSampler(source),
            data.RandomSampler(source, generator=generator),
            data.RandomSampler(source, num_samples=25, generator=generator),
            data.RandomSampler(source, replacement=True, num_samples=70, generator=generator),
            data.RandomSampler(source, replacement=True),
            data.WeightedRandomSampler([0.1, 0.0, 3.0, 1.0], 20),
            data.WeightedRandomSampler(
                [0.1, 0.2, 3.0, 1.0], 4, replacement=False, generator=generator
            ),
            data.BatchSampler(data.SequentialSampler(source), 4, drop_last=False),
            data.BatchSampler(data.RandomSampler(source), 4, drop_last=True),
        ]
        loader = data.DataLoader(source, batch_sampler=samplers[-1])
        ordered = data.DataLoader(source, sampler=[3, 1, 4], batch_size=2)
        drawn = (
            [(len(s), list(s), list(s)) for s in samplers],
            engine.rand(2, generator=generator).tolist(),
        )
        return (
            drawn,
            [plain(b) for b in loader],
            [plain(b) for b in ordered],
            len(loader),
            len(ordered),
        )

    both(run)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 50), st.data())
def test_random_split(n, data):
    cut = data.draw(st.integers(0, n))
    part = data.draw(st.sampled_from([0.1, 0.25, 0.5, 0.8]))

    def run(engine):
        source = set_of(engine, n)
        split = engine.utils.data.random_split
        parts = split(source, [cut, n - cut])
        parts += split(source, [n - cut, cut], generator=engine.Generator().manual_seed(42))
        if n * min(part, 1 - part) >= 1:
            parts += split(source, [part, 1 - part])
        return [list(p.indices) for p in parts], [
            [plain(p[i]) for i in range(len(p))] for p in parts
        ]

    indices, _ = both(run)
    assert sorted(indices[0] + indices[1]) == list(range(n))


def test_empty_parts_are_warned_of():
    for engine in ENGINES:
        with pytest.warns(UserWarning, match="Length of split at index 1 is 0"):
            engine.utils.data.random_split(set_of(engine, 2), [0.9, 0.1])


def test_subset_of_concatenation():
    def run(engine):
        data = engine.utils.data
        joined = data.ConcatDataset([set_of(engine, 3), set_of(engine, 4), set_of(engine, 2)])
        chosen = data.Subset(joined, [8, 0, 3])
        picked = data.Subset(set_of(engine, 5), [4, 2, 0])[[0, 2]]
        return (
            [plain(joined[i]) for i in range(-9, 9)],
            [plain(chosen[i]) for i in range(3)],
            plain(picked),
        )

    both(run)


Point = namedtuple("Point", "x y")
BATCHES = {
    "ints": [1, 2, 3],
    "floats": [0.5, 1.0],
    "bools": [True, False],
    "strings": ["a", "b"],
    "arrays": [np.arange(3), np.arange(3)],
    "float32 arrays": [np.ones((2, 2), np.float32)] * 3,
    "NumPy numbers": [np.float32(1.5), np.float32(2.5)],
    "NumPy doubles": [np.float64(1.5), np.float64(2.5)],
    "NumPy integers": [np.int64(1), np.int64(2)],
    "tuples": [(1, 2.0), (3, 4.0)],
    "lists": [[1, 2.0], [3, 4.0]],
    "dicts": [{"a": 1, "b": (2.0, "x")}, {"a": 5, "b": (3.0, "y")}],
    "named": [Point(1, 2.0), Point(3, 4.0)],
}


@pytest.mark.parametrize("kind", BATCHES)
def test_default_collate(kind):
    ours, theirs = (engine.utils.data.default_collate(BATCHES[kind]) for engine in ENGINES)
    assert plain(ours) == plain(theirs)


WRONG = {
    "lengths": lambda t: t.utils.data.TensorDataset(t.zeros(3), t.zeros(2)),
    "no data sets": lambda t: t.utils.data.ConcatDataset([]),
    "far below": lambda t: t.utils.data.ConcatDataset([[1, 2]])[-3],
    "no entries": lambda t: t.utils.data.Dataset()[0],
    "no length": lambda t: len(t.utils.data.Dataset()),
    "empty, shuffled": lambda t: t.utils.data.DataLoader([], shuffle=True),
    "batch size": lambda t: t.utils.data.DataLoader([1], batch_size=0),
    "fractional batch size": lambda t: t.utils.data.DataLoader([1], batch_size=1.5),
    "sampler and shuffle": lambda t: t.utils.data.DataLoader([1], sampler=[0], shuffle=True),
    "two batchings": lambda t: t.utils.data.DataLoader([1], batch_sampler=[[0]], batch_size=2),
    "nothing to drop": lambda t: t.utils.data.DataLoader([1], batch_size=None, drop_last=True),
    "workers": lambda t: t.utils.data.DataLoader([1], num_workers=-1),
    "unknown": lambda t: t.utils.data.DataLoader([1], batchsize=2),
    "split": lambda t: t.utils.data.random_split([1, 2, 3], [1, 1]),
    "fractions": lambda t: t.utils.data.random_split([1, 2, 3], [1.5, -0.5]),
    "shapes": lambda t: t.utils.data.default_collate([t.zeros(2), t.zeros(3)]),
    "lists": lambda t: t.utils.data.default_collate([[1], [1, 2]]),
    "objects": lambda t: t.utils.data.default_collate([object()]),
    "object arrays": lambda t: t.utils.data.default_collate([np.array(["a"]), np.array(["b"])]),
    "replacement": lambda t: t.utils.data.RandomSampler([1], replacement=1),
    "samples": lambda t: t.utils.data.RandomSampler([1], num_samples=0),
    "weights": lambda t: t.utils.data.WeightedRandomSampler([[0.1]], 2),
}


@pytest.mark.parametrize("case", WRONG)
def test_misuse_raises_what_pytorch_raises(case):
    kinds = []
    for engine in ENGINES:
        with pytest.raises(Exception) as caught:  # noqa: PT011
            WRONG[case](engine)
        kinds.append(caught.type)
    assert kinds[0] is kinds[1]


def test_workers_are_announced_as_missing():
    with pytest.warns(UserWarning, match="no worker processes"):
        loader = scratch.utils.data.DataLoader(set_of(scratch), batch_size=5, num_workers=2)
    assert len(list(loader)) == 2
