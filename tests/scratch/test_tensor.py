"""What a tensor is and how types, indices and numbers combine: the same program on both engines."""

import copy
import itertools
import math
import operator

import numpy as np
import pytest
import torch as pytorch
from hypothesis import given, settings
from hypothesis import strategies as st

import course_utils.scratch as scratch

TYPES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]


def told(x):
    """What can be seen of a result: type, shape and entries of tensors, everything else as it is."""
    if hasattr(x, "grad_fn"):
        return str(x.dtype), tuple(x.shape), x.tolist()
    if isinstance(x, tuple | list) and type(x).__name__ != "Size":
        return [told(each) for each in x]
    return tuple(x) if isinstance(x, tuple) else str(x) if "dtype" in type(x).__name__ else x


def outcome(program, engine):
    """What a program gives, or the type of the exception that it raises."""
    try:
        return told(program(engine))
    except Exception as error:
        return type(error).__name__


def alike(program):
    with np.errstate(all="ignore"):
        agree(outcome(program, scratch), outcome(program, pytorch))


def agree(ours, theirs):
    """Equal types and shapes, and numbers to the rounding of their type."""
    if isinstance(theirs, list) and isinstance(ours, list):
        assert len(ours) == len(theirs)
        for mine, other in zip(ours, theirs, strict=True):
            agree(mine, other)
    elif isinstance(theirs, tuple) and str(theirs[:1]).startswith("('torch.float"):
        assert ours[:2] == theirs[:2]
        rounding = 1e-3 if theirs[0] == "torch.float16" else 1e-6
        np.testing.assert_allclose(ours[2], theirs[2], rtol=rounding)
    else:
        assert (ours, type(ours)) == (theirs, type(theirs))


# --- types --------------------------------------------------------------------------------------------

OPERATORS = {
    "add": operator.add,
    "mul": operator.mul,
    "div": operator.truediv,
    "floor_divide": operator.floordiv,
    "mod": operator.mod,
    "pow": operator.pow,
    "eq": operator.eq,
    "lt": operator.lt,
}


def number(engine, name, dimensions):
    return engine.tensor([3, 1] if dimensions else 3, dtype=getattr(engine, name))


@pytest.mark.parametrize("name", ["add", "mul", "div", "eq"])
@pytest.mark.parametrize("left", TYPES)
def test_types_of_two_tensors(name, left):
    for right, a, b in itertools.product(TYPES, (0, 1), (0, 1)):

        def program(t, right=right, a=a, b=b):
            return OPERATORS[name](number(t, left, a), number(t, right, b))

        alike(program)


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("kind", TYPES)
def test_types_of_a_tensor_and_a_python_number(name, kind):
    for value, dimensions, swapped in itertools.product((True, 2, 2.5), (0, 1), (False, True)):
        if kind == "bool" and name in ("floor_divide", "mod", "pow"):
            continue  # refused in parts by PyTorch

        def program(t, value=value, dimensions=dimensions, swapped=swapped):
            operands = number(t, kind, dimensions), value
            return OPERATORS[name](*(reversed(operands) if swapped else operands))

        alike(program)


def test_promote_types():
    for a, b in itertools.product(TYPES, TYPES):
        alike(lambda t, a=a, b=b: t.promote_types(getattr(t, a), getattr(t, b)))
        alike(lambda t, a=a, b=b: t.can_cast(getattr(t, a), getattr(t, b)))


@pytest.mark.parametrize(
    "program",
    [
        lambda t: t.arange(5) / 2,
        lambda t: t.arange(5) // 2,
        lambda t: t.tensor([-7, 7]) // 2,
        lambda t: t.tensor([-7, 7]) % 3,
        lambda t: t.tensor([-7.5, 7.5]) % 2,
        lambda t: t.tensor([-7.5, 7.5]) // 2,
        lambda t: t.arange(4) ** 2,
        lambda t: 2 ** t.arange(4),
        lambda t: t.arange(4) ** 0.5,
        lambda t: t.arange(3).sum(),
        lambda t: t.tensor([True, False, True]).sum(),
        lambda t: t.arange(3).float().mean(),
        lambda t: t.arange(3).max(),
        lambda t: t.arange(3).prod(),
        lambda t: t.arange(3).exp(),
        lambda t: t.arange(3).sqrt(),
        lambda t: t.arange(3).sigmoid(),
        lambda t: t.arange(3).cumsum(0),
        lambda t: t.tensor([True, False]) + t.tensor([True, True]),
        lambda t: t.tensor([True, False]) * 2.0,
        lambda t: t.tensor([200], dtype=t.uint8) + 100,
        lambda t: t.cat([t.ones(1), t.arange(2)]),
        lambda t: t.stack([t.tensor(1), t.tensor(2.5)]),
        lambda t: t.where(t.tensor([True, False]), 1, 2.5),
        lambda t: t.where(t.tensor([True, False]), t.ones(2, dtype=t.float64), 2),
        lambda t: t.maximum(t.tensor([1, 2]), t.tensor([1.5, 1.5])),
        lambda t: t.tensor([1, 2]).clamp(min=1.5),
        lambda t: t.ones(2, dtype=t.float64) + t.ones(2),
        lambda t: t.ones(2) * t.tensor(2.0, dtype=t.float64),
        lambda t: (t.ones(2) > 0).float().mean(),
        lambda t: (t.arange(3) == t.tensor([0, 5, 2])).sum().item() / 3,
        lambda t: t.tensor([1.7, -1.7]).long(),
        lambda t: t.tensor([1.7, 0.0]).bool(),
        lambda t: t.tensor([1, 0]).bool() & t.tensor([True, True]),
        lambda t: t.tensor([5, 6]) & 3,
        lambda t: t.tensor([1.5, 2.5, -0.5]).round(),
        lambda t: t.tensor(3).to(t.float32) / 2,
        lambda t: t.tensor([1, 2]).type(t.float64),
        lambda t: t.tensor([1.0]).type(),
        lambda t: t.tensor([1]).type_as(t.ones(1)),
        lambda t: t.ones(2).half().dtype,
        lambda t: t.get_default_dtype(),
        lambda t: t.tensor(2.0) ** t.tensor(3),
        lambda t: t.one_hot(t.tensor([1])) if hasattr(t, "one_hot") else 0,
        lambda t: float(t.finfo(t.float32).eps),
        lambda t: t.iinfo(t.int64).max,
        lambda t: (t.float, t.double, t.long, t.int, t.half, t.short),
    ],
)
def test_types_in_small_programs(program):
    alike(program)


# --- creation -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "program",
    [
        lambda t: t.tensor(1),
        lambda t: t.tensor(1.0),
        lambda t: t.tensor(True),
        lambda t: t.tensor([]),
        lambda t: t.tensor([[]]),
        lambda t: t.tensor([1, 2.5]),
        lambda t: t.tensor([True, 2]),
        lambda t: t.tensor([[1, 2], [3, 4]]),
        lambda t: t.tensor((1, 2)),
        lambda t: t.tensor(range(3)),
        lambda t: t.tensor([t.tensor(1.0), t.tensor(2.0)]),
        lambda t: t.tensor(np.ones(2)),
        lambda t: t.tensor(np.ones(2, np.float32)),
        lambda t: t.tensor(np.float64(2.5)),
        lambda t: t.tensor(np.arange(3, dtype=np.int32)),
        lambda t: t.tensor([np.float32(1), np.float32(2)]),
        lambda t: t.tensor([1, 2], dtype=t.float64),
        lambda t: t.tensor([1.9, -1.9], dtype=t.int64),
        lambda t: t.tensor([0, 2], dtype=t.bool),
        lambda t: t.tensor(float("inf")),
        lambda t: t.as_tensor([1.0, 2.0]),
        lambda t: t.as_tensor(np.arange(3)),
        lambda t: t.as_tensor(3, dtype=t.float32),
        lambda t: t.asarray([1, 2]),
        lambda t: t.zeros(2, 3),
        lambda t: t.zeros((2, 3)),
        lambda t: t.zeros([2]),
        lambda t: t.zeros(()),
        lambda t: t.zeros(0),
        lambda t: t.zeros(size=(2,)),
        lambda t: t.zeros(t.ones(2, 3).shape),
        lambda t: t.ones(2, dtype=t.int64),
        lambda t: t.ones(2, dtype=t.bool),
        lambda t: t.empty(2, 3).shape,
        lambda t: t.full((2,), 3),
        lambda t: t.full((2,), 3.0),
        lambda t: t.full((2, 2), True),
        lambda t: t.full((), 3.0),
        lambda t: t.full(size=(1,), fill_value=2),
        lambda t: t.full((2,), 3, dtype=t.float64),
        lambda t: t.zeros_like(t.arange(3)),
        lambda t: t.ones_like(t.arange(3), dtype=t.float32),
        lambda t: t.full_like(t.ones(2), 7),
        lambda t: t.empty_like(t.ones(2, 3)).shape,
        lambda t: t.ones(2, dtype=t.float64).new_zeros(3),
        lambda t: t.arange(2).new_ones(2, 2),
        lambda t: t.arange(2).new_full((2,), 7),
        lambda t: t.ones(1).new_tensor([1, 2]),
        lambda t: t.ones(1).new_empty(2, 3).shape,
        lambda t: t.arange(4),
        lambda t: t.arange(1, 4),
        lambda t: t.arange(1, 8, 3),
        lambda t: t.arange(8, 1, -3),
        lambda t: t.arange(0, 1, 0.25),
        lambda t: t.arange(3.0),
        lambda t: t.arange(3, dtype=t.float64),
        lambda t: t.arange(0.0, 1.0, 0.1).shape,
        lambda t: t.arange(end=3),
        lambda t: t.linspace(0, 1, 5),
        lambda t: t.linspace(-1, 1, 1),
        lambda t: t.linspace(0, 3, steps=4, dtype=t.float64),
        lambda t: t.logspace(0, 2, 3, dtype=t.float64),
        lambda t: t.eye(2),
        lambda t: t.eye(2, 3, dtype=t.int64),
        lambda t: t.tril(t.ones(3, 3)),
        lambda t: t.ones(2, requires_grad=True).requires_grad,
        lambda t: t.FloatTensor([1, 2]),
        lambda t: t.LongTensor([1, 2]),
        lambda t: t.Tensor([1, 2]),
        lambda t: t.Tensor(2, 3).shape,
        lambda t: t.DoubleTensor([1]),
        lambda t: t.is_tensor(t.ones(1)),
        lambda t: t.is_tensor([1]),
        lambda t: (t.inf, t.pi, t.e, math.isnan(t.nan), t.newaxis),
    ],
)
def test_creation(program):
    alike(program)


def test_default_dtype():
    def program(t):
        try:
            t.set_default_dtype(t.float64)
            return [
                t.ones(1),
                t.tensor(1.5),
                t.arange(3) / 2,
                t.nn.Linear(1, 1).weight.dtype,
                t.eye(1),
            ]
        finally:
            t.set_default_dtype(t.float32)

    alike(lambda t: [x.dtype if hasattr(x, "dtype") else x for x in program(t)])
    alike(lambda t: t.ones(1))


# --- indices ------------------------------------------------------------------------------------------

SHAPE = (3, 4, 2)


def entries(t, dtype="float64"):
    return t.arange(24, dtype=getattr(t, dtype)).reshape(SHAPE)


@st.composite
def indices(draw):
    """An index as Python writes it; tensors stand as ("tensor", list), made by each engine."""
    index, left, arrays = [], list(SHAPE), draw(st.booleans())
    length = draw(st.integers(1, 4))
    dots = False
    lists = draw(st.integers(1, 3))
    for _ in range(length):
        kinds = ["int", "slice", "none"] + ["dots"] * (not dots) + ["list", "tensor"] * arrays
        kind = draw(st.sampled_from(kinds))
        if kind == "none":
            index.append(None)
        elif kind == "dots":
            dots = True
            index.append(Ellipsis)
            left = left[len(left) - draw(st.integers(0, len(left))) :] if left else left
        elif left:
            n = left.pop(0) if not dots else min(left)
            if dots:
                left.pop()
            if kind == "int":
                index.append(draw(st.integers(-n, n - 1)))
            elif kind == "slice":
                ends = st.one_of(st.none(), st.integers(-n - 1, n + 1))
                index.append(slice(draw(ends), draw(ends), draw(st.sampled_from([None, 1, 2, 3]))))
            else:
                numbers = draw(st.lists(st.integers(-2, 1), min_size=lists, max_size=lists))
                index.append((kind, numbers))
    return tuple(index)


def made(t, index):
    """The index with the engine's tensors in it."""

    def part(each):
        if not isinstance(each, tuple):
            return each
        return t.tensor(each[1]) if each[0] == "tensor" else list(each[1])

    return tuple(part(each) for each in index)


@settings(max_examples=600, deadline=None)
@given(indices())
def test_reading_at_any_index(index):
    alike(lambda t: entries(t)[made(t, index)])
    if len(index) == 1 and not isinstance(index[0], tuple):
        alike(lambda t: entries(t)[made(t, index)[0]])


@settings(max_examples=600, deadline=None)
@given(indices(), st.sampled_from(["number", "one", "whole"]))
def test_writing_at_any_index(index, kind):
    def program(t):
        x = entries(t)
        place = made(t, index)
        shape = x[place].shape
        value = {
            "number": 7.5,
            "one": t.full((1,), -1.0, dtype=t.float64),
            "whole": t.ones(shape, dtype=t.float64) * 9,
        }
        x[place] = value[kind]
        return x

    alike(program)


@settings(max_examples=400, deadline=None)
@given(indices())
def test_gradient_through_any_index(index):
    def program(t):
        x = entries(t).requires_grad_()
        taken = x[made(t, index)]
        (taken * t.arange(taken.numel(), dtype=t.float64).reshape(taken.shape)).sum().backward()
        return x.grad

    alike(program)


@settings(max_examples=300, deadline=None)
@given(indices())
def test_gradient_of_a_write_at_any_index(index):
    def program(t):
        x = entries(t).requires_grad_()
        y = x * 2
        place = made(t, index)
        if len({tuple(map(abs, e[1])) for e in index if isinstance(e, tuple)}) > 0:
            return None  # a place named twice: which value stays is not said
        value = (t.ones(y[place].shape, dtype=t.float64) * 3).requires_grad_()
        y[place] = value
        (y * y).sum().backward()
        return x.grad, value.grad, y.detach()

    alike(program)


@pytest.mark.parametrize(
    "program",
    [
        lambda t, x: x[x > 5],
        lambda t, x: x[x[:, 0, 0] > 5],
        lambda t, x: x[t.tensor([True, False, True])],
        lambda t, x: x[[True, False, True]],
        lambda t, x: x[:, t.tensor([True, False, True, False])],
        lambda t, x: x[t.tensor([True, False, True]), 1],
        lambda t, x: x[t.tensor([2, 0])[:, None], t.tensor([1, 3])],
        lambda t, x: x[t.tensor(1)],
        lambda t, x: x[np.int64(1)],
        lambda t, x: x[np.array([0, 2])],
        lambda t, x: x[t.tensor([], dtype=t.int64)],
        lambda t, x: x[t.tensor(True)],
        lambda t, x: x[True],
        lambda t, x: x[..., None].shape,
        lambda t, x: x[()],
        lambda t, x: x[range(2)],
        lambda t, x: x[:, [0, 1], [1, 0]],
        lambda t, x: x[[0, 1], :, [1, 0]],
        lambda t, x: x[1][2][0],
        lambda t, x: x[-1, -1, -1].item(),
        lambda t, x: x[t.arange(3), t.tensor([1, 2, 3])],
        lambda t, x: x[t.arange(3), t.tensor([1, 2, 3]), 0],
        lambda t, x: x[x.argmax() // 8],
        lambda t, x: x[t.tensor([0], dtype=t.int32)],
        lambda t, x: x[t.tensor([1, 0], dtype=t.uint8)[:1].long()],
        lambda t, x: x[0:0].shape,
        lambda t, x: x[t.randperm(3).sort().values],
        lambda t, x: list(x.shape[1:]),
        lambda t, x: x.tolist()[0][1],
        lambda t, x: [row.sum().item() for row in x],
        lambda t, x: len(x),
        lambda t, x: 5.0 in x,
        lambda t, x: 99.0 in x,
        lambda t, x: bool(x[0, 0, 1]),
        lambda t, x: (float(x[0, 0, 1]), int(x[0, 1, 0])),
        lambda t, x: [10, 20, 30][t.tensor(1)],
        lambda t, x: list(range(t.tensor(3))),
        lambda t, x: x.size(),
        lambda t, x: (x.size(0), x.size(-1), x.dim(), x.ndim, x.numel(), x.nelement()),
        lambda t, x: x.shape.numel(),
        lambda t, x: x.shape == (3, 4, 2),
        lambda t, x: x.shape + (1,),  # noqa: RUF005
        lambda t, x: repr(x.shape[1:] + x.shape[:1]),
        lambda t, x: x.stride(),
        lambda t, x: x.T.is_contiguous() if x.ndim == 2 else x.permute(2, 0, 1).is_contiguous(),
        lambda t, x: (x.is_floating_point(), x.element_size(), x.requires_grad, x.is_leaf),
        lambda t, x: max(x[0, 0], key=float).item(),
        lambda t, x: sum(x[:, 0, 0]),
        lambda t, x: x[0].equal(x[0].clone()),
        lambda t, x: t.equal(x, x + 1),
        lambda t, x: t.allclose(x, x + 1e-9),
        lambda t, x: dict.fromkeys([x[0, 0, 0].item()]),
        lambda t, x: abs(-x).sum(),
        lambda t, x: round(x[0, 0, 1].item(), 2),
        lambda t, x: x.flatten()[:3].tolist() == [0, 1, 2],
        lambda t, x: math.sqrt(x[0, 1, 0]),
        lambda t, x: x.max().item() if x.max() > 3 and not x.min() > 3 else None,
        lambda t, x: divmod(7, 2),
        lambda t, x: hash(x) == hash(x),
        lambda t, x: {x: 1}[x],
        lambda t, x: x is not None and (x != None) is True,  # noqa: E711
        lambda t, x: x.unsqueeze(0).squeeze(0).shape,
        lambda t, x: tuple(t.ones(2)),
        lambda t, x: next(iter(x)).shape,
        lambda t, x: list(zip(*x[0], strict=True)),
        lambda t, x: [*x[0, 0]],
        lambda t, x: (t.ones(3) == t.ones(3)).all(),
        lambda t, x: x.eq(3.0).any().item(),
        lambda t, x: x.to(dtype=t.float32, device="cpu").dtype,
        lambda t, x: x.to(x).dtype,
        lambda t, x: isinstance(x, t.Tensor),
        lambda t, x: issubclass(t.nn.Parameter, t.Tensor),
        lambda t, x: x.view(-1, 2).shape,
        lambda t, x: x.view(t.Size([6, 4])).shape,
        lambda t, x: t.Size([2, 3]).numel(),
    ],
)
def test_small_programs(program):
    alike(lambda t: program(t, entries(t)))


# --- copies -------------------------------------------------------------------------------------------


def test_deepcopy(torch):
    x = torch.ones(2, requires_grad=True)
    x.sum().backward()
    again = copy.deepcopy(x)
    again.data.mul_(5)
    again.grad.mul_(7)
    assert x.tolist() == [1, 1]
    assert x.grad.tolist() == [1, 1]
    assert again.requires_grad
    assert again.is_leaf
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.BatchNorm1d(2))
    model.extra = model[0]
    twin = copy.deepcopy(model)
    assert twin.extra is twin[0]
    with torch.no_grad():
        twin[0].weight.zero_()
    assert bool((model[0].weight != 0).any())
    assert isinstance(twin[0].weight, torch.nn.Parameter)
    state = copy.deepcopy(model.state_dict())
    with torch.no_grad():
        model[0].weight.zero_()
    assert bool((state["0.weight"] != 0).any())


def test_clone_belongs_to_the_graph(torch):
    x = torch.ones(2, requires_grad=True)
    y = x.clone()
    y[0] = 5.0
    (y * y).sum().backward()
    assert x.grad.tolist() == [0, 2]


def test_data_can_be_assigned(torch):
    x = torch.ones(2, requires_grad=True)
    x.data = torch.zeros(3)
    assert x.shape == (3,)
    assert x.requires_grad
    x.data[0] = 4
    assert x.tolist() == [4, 0, 0]


def test_two_names_of_one_function():
    x = scratch.tensor([1.0, -2.0])
    for first, second in [("abs", "absolute"), ("clamp", "clip"), ("sub", "subtract")]:
        assert scratch._NAMES[first] is not None
        assert scratch._NAMES[second] is not None
    assert scratch.abs(x).tolist() == scratch.absolute(x).tolist() == [1, 2]
    assert x.sum(axis=0).item() == x.sum(dim=0).item() == -1
    assert x.sum(0, keepdims=True).shape == (1,)
