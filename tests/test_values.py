"""Values on the wire: exactly these types arrive, and bytes of any kind never do harm."""

import collections
import decimal
import enum
import fractions

import numpy as np
import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils import scratch
from course_utils.grading.values import ValueRefused, pack, unpack

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(10**40), 10**40)
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.just(...)
    | st.builds(slice, st.none() | st.integers(-9, 9), st.none() | st.integers(), st.none())
    | st.builds(range, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 9))
)
HASHABLE = st.recursive(PLAIN.filter(lambda v: not isinstance(v, slice)), lambda inner:
    st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=5)  # fmt: skip
DTYPES = (
    hnp.boolean_dtypes() | hnp.integer_dtypes(endianness="?") | hnp.floating_dtypes(endianness="?")
    | hnp.complex_number_dtypes() | hnp.unicode_string_dtypes() | hnp.byte_string_dtypes()
)  # fmt: skip
ARRAYS = hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
NESTED = st.recursive(
    PLAIN | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(HASHABLE, inner, max_size=3)
        | st.sets(HASHABLE, max_size=3)
    ),
    max_leaves=8,
)


def same(one, other):
    """Equal and of the same types all the way down; NaN equals NaN, and −0 is not 0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one), list(other)) and same(list(one.values()), list(other.values()))
    if isinstance(one, set | frozenset):
        left = list(other)
        return len(one) == len(left) and all(any(same(a, b) for b in left) for a in one)
    return repr(one) == repr(other)


@given(NESTED)
@example([True, 1, 1.0, 1 + 0j, -0.0, float("nan"), 2**64, -(2**63) - 1, "1", b"1", (), [], {}])
@example(-(10**3_500))
@example({(1, (2, frozenset({3}))): {1, "1"}, True: None, b"k": ...})
def test_nested_plain_values_arrive_as_they_were(value):
    assert same(unpack(pack(value)), value)


@given(ARRAYS, st.sampled_from("CF"), st.booleans())
def test_arrays_keep_their_layout_and_whether_they_may_be_written(array, order, writeable):
    array = array.copy(order)
    array.flags.writeable = writeable
    got = unpack(pack(array))
    assert got.flags.writeable == writeable
    assert got.flags.c_contiguous == array.flags.c_contiguous
    assert got.flags.f_contiguous == array.flags.f_contiguous
    assert not np.shares_memory(got, array)


def test_views_arrive_with_what_they_show():
    array = np.arange(24.0).reshape(2, 3, 4)
    for view in (array.T, array[:, ::-2], array[1, 2, 3:], np.broadcast_to(array[0], (5, 3, 4))):
        got = unpack(pack(view))
        assert got.dtype == view.dtype
        assert np.array_equal(got, view)


@pytest.mark.parametrize(
    "value",
    [np.float32(0.1), np.int8(-3), np.bool_(True), np.complex64(1j), np.str_("é"), np.bytes_(b"x")],
    ids=lambda v: type(v).__name__,
)
def test_scalars_of_numpy_stay_what_they_are(value):
    got = unpack(pack([value]))[0]
    assert type(got) is type(value)
    assert got == value


def test_arrays_of_objects_arrive_entry_by_entry():
    array = np.array([[1, None], ["x", (2.0,)]], dtype=object)
    got = unpack(pack(array))
    assert got.dtype == object
    assert got.shape == (2, 2)
    assert got.tolist() == array.tolist()
    ragged = np.empty(2, dtype=object)
    ragged[:] = [[1, 2], [3]]
    assert unpack(pack(ragged)).tolist() == [[1, 2], [3]]


@pytest.mark.parametrize(
    "value",
    [
        torch.arange(6, dtype=torch.float64).reshape(2, 3).T,
        torch.tensor(3.5),
        torch.ones(2, requires_grad=True),
        scratch.tensor([[1.0, 2.0]]),
        scratch.tensor([1.0], requires_grad=True),
    ],
    ids=["transposed", "no axes", "torch", "scratch", "with gradient"],
)
def test_tensors_arrive_as_tensors_of_their_library(value):
    got = unpack(pack(value))
    assert type(got) is type(value)
    assert got.dtype == value.dtype
    assert got.requires_grad == value.requires_grad
    assert tuple(got.shape) == tuple(value.shape)
    assert np.array_equal(got.detach().numpy(), value.detach().numpy())


@pytest.mark.parametrize("value", [np.dtype("f4"), np.dtype("<U3"), torch.float32, torch.int64])
def test_dtypes(value):
    assert unpack(pack(value)) == value
    assert type(unpack(pack(value))) is type(value)


@pytest.mark.parametrize("kind", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_random_generators_go_on_where_they_were(kind):
    generator = np.random.Generator(getattr(np.random, kind)(4))
    generator.normal(size=7)
    got = unpack(pack(generator))
    assert got.integers(2**63, size=20).tolist() == generator.integers(2**63, size=20).tolist()


def test_a_subclass_arrives_as_what_it_derives_from():
    """None of its methods do: whoever writes ``__eq__`` could pass any test."""
    yes = {"__eq__": lambda a, b: True, "__hash__": lambda a: 0, "__iter__": lambda a: iter([7])}
    for base, made in {int: 3, float: 2.5, str: "x", bytes: b"x", list: [1], tuple: (1,),
                       dict: {1: 2}, set: {1}, frozenset: {1}, complex: 1j}.items():  # fmt: skip
        got = unpack(pack(type("Sly", (base,), yes)(made)))
        assert type(got) is base
        assert got == base(made)
    for array in (np.ma.masked_array([1.0]), np.ones((1, 1)).view(np.matrix),
                  np.ones(1).view(type("Sly", (np.ndarray,), yes))):  # fmt: skip
        assert type(unpack(pack(array))) is np.ndarray
    point = collections.namedtuple("Point", "x y")(1, 2)
    assert same(unpack(pack(point)), (1, 2))
    assert same(unpack(pack(collections.OrderedDict(a=1))), {"a": 1})
    assert same(unpack(pack(enum.IntEnum("Colour", "RED").RED)), 1)
    assert same(unpack(pack(bytearray(b"x"))), b"x")
    assert same(unpack(pack([fractions.Fraction(1, 4), decimal.Decimal("0.5")])), [0.25, 0.5])
    assert type(unpack(pack(torch.nn.Parameter(torch.ones(2))))) is torch.Tensor


def test_what_lies_about_its_class_is_asked_for_what_it_is():
    class Liar:
        __class__ = int

        def __index__(self):
            raise RuntimeError("asked")

    with pytest.raises(ValueRefused):
        pack(Liar())
