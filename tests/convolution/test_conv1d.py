import numpy as np
import pytest
import scipy.signal
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from course_utils.convolution import conv1d

SETTINGS = settings(max_examples=60, deadline=None)

SEQUENCES = st.integers(1, 30), st.integers(1, 12), st.integers(0, 2**32 - 1)


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-10)


@SETTINGS
@given(*SEQUENCES)
def test_convolution_is_numpys_and_scipys(length, size, seed):
    rng = np.random.default_rng(seed)
    s, h = rng.normal(size=length), rng.normal(size=size)
    close(conv1d.convolve(s, h), np.convolve(s, h))
    close(conv1d.convolve_by_fft(s, h), np.convolve(s, h))
    close(conv1d.convolve(s, h, "same"), np.convolve(s, h)[(size - 1) // 2 :][:length])
    if size <= length:
        close(conv1d.convolve(s, h, "same"), scipy.signal.convolve(s, h, "same"))
        close(conv1d.convolve(s, h, "valid"), scipy.signal.convolve(s, h, "valid"))


@SETTINGS
@given(*SEQUENCES, st.integers(1, 3), st.integers(0, 3))
def test_the_layer_is_pytorchs(length, size, seed, stride, padding):
    rng = np.random.default_rng(seed)
    x, w, b = rng.normal(size=(2, 3, length)), rng.normal(size=(4, 3, size)), rng.normal(size=4)
    if size > length + 2 * padding:
        with pytest.raises(ValueError, match="fits nowhere"):
            conv1d.cross_correlate(x, w, b, stride, padding)
        return
    expected = F.conv1d(*(torch.tensor(a) for a in (x, w, b)), stride=stride, padding=padding)
    close(conv1d.cross_correlate(x, w, b, stride, padding), expected.numpy())
    assert conv1d.cross_correlate(x, w, padding="same").shape == (2, 4, length)


def test_kernels():
    ramp = np.arange(8.0)
    close(conv1d.convolve(ramp, conv1d.difference(), "valid"), np.ones(7))
    close(conv1d.convolve(ramp, conv1d.moving_average(3), "valid"), np.arange(1.0, 7))
    assert conv1d.moving_average(5).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: conv1d.convolve([[1.0]], [1.0]), "signal and kernel should be"),
        (lambda: conv1d.convolve([], [1.0]), "signal and kernel should be"),
        (lambda: conv1d.convolve([1.0], [1.0], "wide"), "mode should be"),
        (lambda: conv1d.convolve([1.0], [1.0, 2.0], "valid"), "fits nowhere"),
        (lambda: conv1d.cross_correlate(np.ones((1, 5)), np.ones((1, 1, 2))), r"\(N, C, L\)"),
        (lambda: conv1d.cross_correlate(np.ones((1, 2, 5)), np.ones((1, 1, 2))), "channels"),
        (lambda: conv1d.cross_correlate(np.ones((1, 1, 0)), np.ones((1, 1, 2))), "empty"),
        (
            lambda: conv1d.cross_correlate(np.ones((1, 1, 5)), np.ones((1, 1, 2)), None, 2, "same"),
            "stride 1 only",
        ),
        (lambda: conv1d.moving_average(0), "length should be"),
    ],
)
def test_bad_input_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
