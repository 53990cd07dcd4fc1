import numpy as np
import pytest
import scipy.linalg
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from course_utils.convolution import as_matrix, conv2d
from course_utils.convolution.sizes import transposed_size

from .arrays import layers

SETTINGS = settings(max_examples=60, deadline=None)


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-10)


@SETTINGS
@given(layers())
def test_the_matrix_is_the_layer_and_its_transpose_the_gradient(layer):
    x, w, _, stride, padding = layer
    A = as_matrix.matrix(w, x.shape[2:], stride, padding)
    y = conv2d.cross_correlate(x, w, None, stride, padding)
    assert A.shape == (y[0].size, x[0].size)
    assert A.nnz <= y[0].size * w[0].size
    close((A @ x.reshape(len(x), -1).T).T.reshape(y.shape), y)
    dx = conv2d.input_gradient(y, w, x.shape[2:], stride, padding)
    close((A.T @ y.reshape(len(x), -1).T).T.reshape(x.shape), dx)


def test_same_padding_and_the_entries_of_a_small_one():
    A = as_matrix.matrix([[[[1, 2], [3, 4]]]], (2, 3)).toarray()
    assert A.tolist() == [[1, 2, 0, 3, 4, 0], [0, 1, 2, 0, 3, 4]]
    w = np.arange(1.0, 5).reshape(1, 1, 2, 2)
    x = np.random.default_rng(0).normal(size=(1, 1, 4, 3))
    A = as_matrix.matrix(w, (4, 3), padding="same")
    close((A @ x.ravel()).reshape(x.shape), conv2d.cross_correlate(x, w, padding="same"))


@SETTINGS
@given(st.integers(1, 6), st.integers(0, 8))
def test_toeplitz_is_scipys(size, more):
    kernel = np.arange(1.0, size + 1)
    length = size + more
    row, column = np.zeros(length), np.zeros(more + 1)
    row[:size], column[0] = kernel, 1
    T = as_matrix.toeplitz(kernel, length)
    assert np.array_equal(T, scipy.linalg.toeplitz(column, row))
    s = np.random.default_rng(size).normal(size=length)
    close(T @ s, np.correlate(s, kernel, "valid"))


@SETTINGS
@given(layers(), st.integers(0, 3))
def test_transposed_convolution_is_pytorchs(layer, extra):
    x, w, _, stride, padding = layer
    extra %= stride
    x = x[:, :1].repeat(len(w), axis=1)  # (N, K, h, w)
    axes = zip(x.shape[2:], w.shape[2:], strict=True)
    sizes = [(n - 1) * stride - 2 * padding + k + extra for n, k in axes]
    if min(sizes) < 1:
        with pytest.raises(ValueError, match="takes away everything"):
            as_matrix.transposed_convolution(x, w, stride, padding, extra)
        return
    expected = F.conv_transpose2d(
        torch.tensor(x), torch.tensor(w), stride=stride, padding=padding, output_padding=extra
    )
    got = as_matrix.transposed_convolution(x, w, stride, padding, extra)
    close(got, expected.numpy())
    assert got.shape[2] == transposed_size(x.shape[2], w.shape[2], stride, padding, extra)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: as_matrix.toeplitz([[1.0]], 3), r"kernel should be \(k,\)"),
        (lambda: as_matrix.toeplitz([1.0, 2.0], 1), "fits nowhere"),
        (lambda: as_matrix.matrix(np.ones((3, 3)), (4, 4)), r"\(K, C, kH, kW\)"),
        (lambda: as_matrix.matrix(np.ones((1, 1, 3, 3)), (2, 4)), "fits nowhere"),
        (
            lambda: as_matrix.transposed_convolution(np.ones((1, 2, 3, 3)), np.ones((1, 1, 2, 2))),
            "shape of the output",
        ),
        (
            lambda: as_matrix.transposed_convolution(
                np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)), output_padding=1
            ),
            "below the stride",
        ),
    ],
)
def test_bad_input_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
