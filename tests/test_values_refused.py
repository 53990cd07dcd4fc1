"""What does not go over the wire; and bytes of any kind, which are a value or refused."""

import pickle
import types
from pathlib import Path

import msgpack
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course_utils.grading import values
from course_utils.grading.values import Reference, ValueRefused, pack, unpack

DEEP = [[]]
for _ in range(5000):
    DEEP = [DEEP]
IN_ITSELF = []
IN_ITSELF.append(IN_ITSELF)


@pytest.mark.parametrize(
    "value",
    [
        object(), len, lambda: 0, int, types.SimpleNamespace(x=1), iter([]), [{"a": object()}],
        np.zeros(2, dtype=[("a", "f8")]), np.array(["2026-01-01"], dtype="M8[D]"), np.dtype("O"),
        np.array([object()]), DEEP, IN_ITSELF, 10**4_001, {1: object()}, {object()},
    ],
    ids=lambda v: type(v).__name__,
)  # fmt: skip
def test_what_is_not_sent(value):
    with pytest.raises(ValueRefused) as refusal:
        pack(value)
    assert "\n" not in str(refusal.value)


def test_objects_go_as_references_where_somebody_keeps_them():
    thing = object()
    content = pack([1, {"a": thing}], lambda value: Reference("student", 7, type(value).__name__))
    assert unpack(content, lambda reference: reference) == [
        1, {"a": Reference("student", 7, "object")},
    ]  # fmt: skip
    with pytest.raises(ValueRefused, match="a reference is out of place"):
        unpack(content)


def read_or_refused(content):
    """Whether bytes gave a value of the known types, or a refusal of one line."""
    try:
        got = unpack(content, lambda reference: reference)
    except ValueRefused as refusal:
        return "\n" not in str(refusal)
    return isinstance(got, Reference) or not callable(got)


@given(st.binary(max_size=60))
@example(b"")
@example(b"\xc1")
@example(pickle.dumps({"a": 1}))
@example(b"\xdd\xff\xff\xff\xff")
@example(b"\xdf\xff\xff\xff\xff")
@example(b"\x91" * 60)
@example(b"\x81" + b"\x90\xc0")  # a list as a key
def test_any_bytes_are_a_value_or_refused(content):
    assert read_or_refused(content)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=9)
    | st.binary(max_size=9) | st.sampled_from(["f8", "<f8", "|O8", "<V8", "torch", "numpy", "F"]),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.integers(0, 127), ANYTHING)
@example(values.ARRAY, ["<f8", [2**40], "C", True, b""])
@example(values.ARRAY, ["<f8", [-1], "C", True, b"\0" * 8])
@example(values.ARRAY, ["<f8", [2**32, 2**32], "C", True, b""])
@example(values.ARRAY, ["|O8", [1], "C", True, b"\0" * 8])
@example(values.ARRAY, ["<U99999999999", [0], "C", True, b""])
@example(values.OBJECTS, [[2, 2], [1]])
@example(values.TENSOR, ["os", False, b""])
@example(values.DTYPE, ["torch", "load"])
@example(values.DTYPE, ["torch", "__name__"])
@example(values.GENERATOR, {"bit_generator": "bytes"})
@example(values.GENERATOR, {"bit_generator": "PCG64", "state": {"state": 1}})
@example(values.BIG_INTEGER, "9" * 20_000)
@example(values.RANGE, [0, 10**30, 0])
@example(values.SET, [[1]])
@example(values.REFERENCE, ["student"])
def test_any_content_of_an_extension_is_a_value_or_refused(code, content):
    assert read_or_refused(msgpack.packb(msgpack.ExtType(code, pack(content))))


def test_bytes_that_announce_much_take_no_memory():
    for content in (b"\xdd\x7f\xff\xff\xff", b"\xc6\x7f\xff\xff\xff", b"\xc9\x7f\xff\xff\xff\x05"):
        with pytest.raises(ValueRefused):
            unpack(content)


def test_there_is_no_pickle_on_the_wire():
    """Nothing that runs code is imported, and what pickle writes means nothing."""
    text = Path(values.__file__).read_text(encoding="utf-8")
    for name in ("import pickle", "import marshal", "eval(", "exec(", "np.load", "torch.load"):
        assert name not in text

    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("pickle was at work",))

    bomb = pickle.dumps(Bomb())
    with pytest.raises(ValueRefused):
        unpack(bomb)
    for code in range(128):
        assert read_or_refused(msgpack.packb(msgpack.ExtType(code, bomb)))
    assert unpack(pack(bomb)) == bomb  # bytes are bytes
