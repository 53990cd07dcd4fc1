import numpy as np
import pytest
import scipy.ndimage
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.convolution import conv2d, pooling
from course_utils.convolution.equivariance import change, equivariance_error, shift

RNG = np.random.default_rng(0)
X, W = RNG.normal(size=(2, 1, 16, 16)), RNG.normal(size=(3, 1, 3, 3))


def convolution(x):
    return conv2d.cross_correlate(x, W)


def pooled(x):
    return pooling.max_pool(np.maximum(convolution(x), 0), 2)


@settings(max_examples=60, deadline=None)
@given(st.integers(-7, 7), st.integers(-7, 7))
def test_shift_is_scipys(down, right):
    x = X[0, 0, :5, :6]
    expected = scipy.ndimage.shift(x, (down, right), order=0, mode="constant")
    assert np.array_equal(shift(x, down, right), expected)
    wrapped = shift(x, down, right, wrap=True)
    assert np.array_equal(wrapped, np.roll(x, (down, right), (0, 1)))


@settings(max_examples=30, deadline=None)
@given(st.integers(-5, 5), st.integers(-5, 5))
def test_convolution_is_equivariant(down, right):
    border = max(abs(down), abs(right), 1)
    assert equivariance_error(convolution, X, down, right, border=border) < 1e-12


@pytest.mark.parametrize("stride", [2, 4])
def test_with_a_stride_for_multiples_of_it(stride):
    def layer(x):
        return conv2d.cross_correlate(
            np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), "wrap"), W, None, stride
        )

    assert equivariance_error(layer, X, stride, -stride, stride) < 1e-12
    with pytest.raises(ValueError, match="multiples"):
        equivariance_error(layer, X, 1, 0, stride)


def test_pooling_is_equivariant_for_its_stride_and_no_more():
    def layer(x):
        return pooling.max_pool(x, 2)

    assert equivariance_error(layer, X, 2, 4, 2) == 0
    assert equivariance_error(lambda x: pooling.max_pool(x, 2, 1), X, 1, 0, 1, 2) == 0
    # Claimed to have stride 1, it is found out.
    assert equivariance_error(lambda x: np.repeat(layer(x), 2, axis=3), X, 0, 1) > 0.1


def test_a_layer_with_a_weight_for_each_place_is_not_equivariant():
    own = RNG.normal(size=(16, 16))
    assert equivariance_error(lambda x: x * own, X, 1, 0) > 0.1


def test_pooling_makes_a_small_shift_matter_less():
    # A blob away from the border, so that nothing leaves the image.
    x = np.zeros((1, 1, 16, 16))
    x[0, 0, 5:9, 5:9] = RNG.uniform(0.5, 1, size=(4, 4))
    assert 0 < change(pooled, x, 0, 1) < change(convolution, x, 0, 1)
    assert change(lambda x: convolution(x).max(axis=(2, 3)), x, 2, 3) == 0  # global pooling
    assert change(convolution, x, 0, 0) == 0


def test_a_winner_that_stays_in_its_window_changes_nothing():
    x = np.zeros((1, 1, 4, 4))
    x[0, 0, 0, 0] = 1.0
    assert change(lambda x: pooling.max_pool(x, 2), x, 0, 1) == 0
    assert change(lambda x: pooling.max_pool(x, 2), x, 0, 2) == pytest.approx(2**0.5)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: shift(np.zeros(3), 1, 1), r"\(…, H, W\)"),
        (lambda: shift(X, 0.5, 1), "size of down"),
        (lambda: equivariance_error(convolution, X, 1, 1, border=7), "leaves nothing"),
        (lambda: change(convolution, np.zeros((1, 1, 4, 4)), 1, 1), "0 everywhere"),
        (lambda: change(convolution, X[0], 1, 1), r"\(N, C, H, W\)"),
    ],
)
def test_bad_input_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
