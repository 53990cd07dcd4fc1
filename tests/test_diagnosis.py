"""A diagnosis names the mistake that was really made, on numbers drawn anew each time."""

import math
import re
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from course_utils import checks
from course_utils.diagnosis import as_numbers, detached, explain_shape, shorten

# Either nothing or well away from it: a tiny number is within the tolerance of every other.
NUMBERS = st.one_of(
    st.just(0.0), st.floats(0.1, 100).flatmap(lambda x: st.sampled_from([x, -x]))
)  # fmt: skip
ANY_SHAPE = array_shapes(min_dims=0, max_dims=3, min_side=1, max_side=4)
VECTORS = arrays(float, st.integers(3, 8), elements=NUMBERS)
SQUARES = st.integers(2, 5).flatmap(lambda n: arrays(float, (n, n), elements=NUMBERS))


def diagnosis(got, expected, **options):
    """What `checks.close` says first."""
    with pytest.raises(checks.CheckFailed) as failure:
        checks.close(got, expected, "result", **options)
    first = str(failure.value).splitlines()[0]
    assert first.startswith("result: ")
    return first.removeprefix("result: ")


def general_position(values):
    """No two entries are related by one of the slips that are told apart."""
    return np.array([0.731, -2.417, 5.903, 1.259, -3.571, 4.127])[:values]


@given(arrays(float, ANY_SHAPE, elements=NUMBERS))
def test_a_right_value_is_never_refused(expected):
    for got in (expected, expected.copy(order="F"), expected.tolist(), torch.tensor(expected)):
        checks.close(got, expected, "result", count=3, mistakes={"zero": 0 * expected})
    checks.close(expected.astype(np.float32), expected, "result", rtol=1e-5)
    checks.close(expected + 0j, expected, "result")
    checks.close(torch.tensor(expected, requires_grad=True), expected, "result")
    read_only = expected.copy()
    read_only.setflags(write=False)
    checks.close(read_only, expected, "result")


@given(arrays(float, ANY_SHAPE, elements=NUMBERS))
def test_flipped_sign(expected):
    assume(np.abs(expected).max() > 0)
    assume(not (expected.ndim == 2 and np.array_equal(expected.T, -expected)))  # both are right
    assert diagnosis(-expected, expected) == "sign flipped: is a minus missing, or one too many?"


@given(SQUARES)
def test_square_matrix_transposed(expected):
    assume(not np.array_equal(expected, expected.T))
    assert diagnosis(expected.T, expected) == "transposed."


@given(st.integers(2, 5), st.integers(2, 5))
def test_other_matrix_transposed(rows, columns):
    assume(rows != columns)
    expected = np.arange(rows * columns, dtype=float).reshape(rows, columns)
    assert diagnosis(expected.T, expected) == (
        f"transposed: the shape is ({columns}, {rows}), expected ({rows}, {columns})"
    )


@given(arrays(float, ANY_SHAPE, elements=NUMBERS), st.integers(2, 1000))
def test_sum_in_the_place_of_a_mean(expected, count):
    assume(np.abs(expected).max() > 0)
    assert diagnosis(count * expected, expected, count=count) == (
        f"{count} times too large: summed instead of averaged?"
    )


@given(VECTORS, st.integers(2, 1000))
def test_divided_by_the_count_twice(expected, count):
    assume(np.abs(expected).max() > 0)
    # 0.1 / 1000 is well above the absolute tolerance of 1e-8
    assert diagnosis(expected / count, expected, count=count).startswith(
        f"{count} times too small: divided by N twice"
    )


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (2.0, "twice too large: is there a factor 2 too many, or a ½ missing?"),
        (0.5, "half of what it should be: is a factor 2 missing?"),
        (180 / math.pi, "in degrees, where radians are asked for."),
        (math.pi / 180, "in radians, where degrees are asked for."),
        (1 / math.log(2), "in bits (log base 2), where nats (natural log) are asked for."),
        (math.log(2), "in nats (natural log), where bits (log base 2) are asked for."),
        (1 / math.log(10), "computed with log base 10, where the natural log is asked for."),
        (100.0, "in percent, where a fraction is asked for."),
        (0.01, "a fraction, where percent are asked for."),
        (3.0, "every entry is 3 times what it should be."),
    ],
)
def test_ratio_with_a_name(ratio, words):
    for size in (2, 6):
        expected = general_position(size)
        assert diagnosis(ratio * expected, expected) == words


def test_logarithms_as_the_libraries_compute_them():
    p = np.array([0.11, 0.27, 0.62])
    surprise = -np.log(p)
    assert "log base 2" in diagnosis(-np.log2(p), surprise)
    assert "log base 10" in diagnosis(-np.log10(p), surprise)
    assert "natural log" in diagnosis(surprise, -np.log2(p))
    assert "degrees" in diagnosis(np.rad2deg(p), p)


def test_ratio_of_one_number_is_named_only_where_it_has_a_name():
    assert diagnosis(2.6, 1.3).startswith("twice too large")
    assert diagnosis(3.9, 1.3) == "not what was expected."
    assert diagnosis(3.9, 1.3, count=3) == "3 times too large: summed instead of averaged?"


@given(st.floats(0.5, 50), st.sampled_from([-1, 1]))
def test_constant_offset(size, sign):
    assume(min(abs(size - special) for special in (1, 5.903)) > 0.01)
    expected = general_position(5)
    text = diagnosis(expected + sign * size, expected)
    assert text == f"every entry is off by {sign * size:.6g}: was a bias forgotten or added twice?"


def test_difference_lost_in_rounding_is_no_offset():
    expected = np.array([1e200, 3.0])
    assert diagnosis([1e200, 4.0], expected) == "not what was expected."
    assert diagnosis([1e6, 5.0], [1e6, 0.0]) == "not what was expected."


@given(arrays(float, st.integers(1, 8), elements=st.floats(0, 0.4)))
def test_zero_and_one_swapped(probabilities):
    assert diagnosis(1 - probabilities, probabilities).startswith("0 and 1 are swapped")


@given(st.permutations(range(6)))
def test_right_values_in_the_wrong_order(order):
    expected = general_position(6)
    assume(order != list(range(6)))
    assert diagnosis(expected[list(order)], expected) == "the right values in the wrong order."


def test_square_and_square_root():
    expected = np.array([2.0, 3.0, 5.0])
    assert "is a square root missing?" in diagnosis(expected**2, expected)
    assert diagnosis(np.sqrt(expected), expected) == "the square root of what it should be."


def test_rounded_down_by_an_integer_array():
    expected = np.array([0.7, 2.4, -3.9])
    stored = np.zeros(3, dtype=int)
    stored[:] = expected
    assert "is an integer array in the way?" in diagnosis(stored, expected)


def test_nan_and_infinity():
    with np.errstate(all="ignore"):
        assert diagnosis(np.array([1.0, 0.0]) / 0.0, [1.0, 2.0]).startswith("NaN in the result")
        assert diagnosis(np.log([0.0, 1.0]), [1.0, 2.0]).startswith("infinity in the result")
    checks.close([np.nan, np.inf], [np.nan, np.inf], "both are meant")
    assert diagnosis([-np.inf, 1.0], [np.inf, 2.0]) == "not what was expected."
    assert diagnosis([1.0, 2.0], [np.nan, 3.0]) == "not what was expected."


@given(
    arrays(float, 4, elements=st.floats(allow_nan=True, allow_infinity=True)),
    arrays(float, 4, elements=st.floats(allow_nan=True, allow_infinity=True)),
)
def test_no_pair_of_arrays_breaks_the_diagnosis(got, expected):
    """Neither an exception nor a warning: those are errors in this suite."""
    with np.errstate(all="ignore"):
        assume(not np.isclose(got, expected, rtol=1e-6, atol=1e-8, equal_nan=True).all())
    assert diagnosis(got, expected, count=4, mistakes={"other": got[::-1]})


def test_a_mistake_of_the_question_comes_before_the_general_ones():
    expected = general_position(4)
    mistakes = {"columns instead of rows": [9.0, 9, 9, 9], "the loss was negated": -expected}
    assert diagnosis(-expected, expected, mistakes=mistakes) == "the loss was negated."
    assert diagnosis([9.0] * 4, expected, mistakes=mistakes) == "columns instead of rows."
    assert diagnosis(2 * expected, expected, mistakes=mistakes).startswith("twice too large")


def test_a_mistake_may_have_another_shape():
    text = diagnosis([3.0, 7.0], 10.0, mistakes={"summed over one axis only": [3.0, 7.0]})
    assert text == "summed over one axis only (the shape is (2,), expected ())"


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        ((3, 1), (3,), "an axis of length 1 too many or too few"),
        ((1,), (), "an axis of length 1 too many or too few"),
        ((4,), (1, 4), "an axis of length 1 too many or too few"),
        ((4, 4), (4,), "broadcasting made (N, N)"),
        ((3,), (), "is a sum, mean or dot product missing?"),
        ((), (3,), "was everything summed, where one axis is meant?"),
        ((2, 3), (3, 2), "transposed"),
        ((2, 3, 4), (4, 3, 2), "transposed"),
        ((0,), (2,), "the shape is (0,), expected (2,)"),
        ((5,), (4,), "the shape is (5,), expected (4,)"),
    ],
)
def test_shapes(got, expected, words):
    got, expected = np.ones(got), np.ones(expected)
    text = explain_shape(got, expected, {})
    assert words in text
    assert str(got.shape) in text
    assert str(expected.shape) in text
    assert diagnosis(got, expected) == text


def test_broadcasting_as_it_happens():
    column, row = np.ones((5, 1)), np.ones(5)
    assert "broadcasting" in diagnosis(column - row, row - row)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing was returned; is the `return` missing?"),
        ("3.5", "not str: '3.5'"),
        (["1", "2"], "not list"),
        (b"3", "not bytes"),
        ([[1, 2], [3]], "not list: [[1, 2], [3]]"),
        ([None, 1.0], "None stands where a number is expected"),
        (np.array([None, 1.0]), "None stands where a number is expected"),
        (1 + 5j, "real numbers are expected, not complex ones"),
        (np.array([1, 5j]), "real numbers are expected, not complex ones"),
        (torch.tensor([1, 5j]), "real numbers are expected, not complex ones"),
        ({1.0: 2.0}, "not dict"),
        ({1.0}, "not set"),
        (len, "not builtin_function_or_method"),
        (10**400, "not int"),
        (np.datetime64("2020-01-01"), "not datetime64"),
        ((x for x in (1, 2)), "not generator"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_number_is_refused_in_one_short_line(value, words):
    with pytest.raises(TypeError, match=re.escape(words)) as refusal:
        as_numbers(value)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 260
    assert words in diagnosis(value, 1.0)


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        (3, 3.0),
        (True, 1.0),
        (np.float32(0.5), 0.5),
        (Fraction(1, 4), 0.25),
        ([Fraction(1, 4), 2], [0.25, 2.0]),
        ((1, 2), [1.0, 2.0]),
        (range(3), [0.0, 1.0, 2.0]),
        ([], []),
        (np.array(7), 7.0),
        (np.array([[True, False]]), [[1.0, 0.0]]),
        (2 + 0j, 2.0),
        (torch.tensor([1.5, 2.0], requires_grad=True) * 2, [3.0, 4.0]),
        (torch.tensor([1.5, 2.0], dtype=torch.bfloat16), [1.5, 2.0]),
        (torch.tensor([1, 2]), [1.0, 2.0]),
        ([torch.tensor(1.0, requires_grad=True), torch.tensor(2.0)], [1.0, 2.0]),
    ],
    ids=str,
)
def test_every_kind_of_number_is_taken(value, numbers):
    found = as_numbers(value)
    assert found.dtype == np.float64
    assert found.tolist() == numbers


def test_detached_leaves_everything_else_alone():
    thing = object()
    assert detached(thing) is thing
    assert detached("text") == "text"


@given(st.lists(st.integers()), st.integers(10, 200))
def test_shorten_is_one_line_of_bounded_length(values, length):
    text = shorten(values, length)
    assert "\n" not in text
    assert len(text) <= length
    assert len(shorten(np.array(values, dtype=object).astype(str), length)) <= length
