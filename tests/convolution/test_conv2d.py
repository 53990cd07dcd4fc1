import numpy as np
import pytest
import scipy.signal
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from course_utils.convolution import conv2d

from .arrays import layers

SETTINGS = settings(max_examples=60, deadline=None)


def in_pytorch(x, w, b, stride, padding):
    """PyTorch's outputs and, for random output gradients, its three gradients."""
    tensors = [torch.tensor(a, requires_grad=True) for a in (x, w, b)]
    y = F.conv2d(*tensors, stride=stride, padding=padding)
    g = torch.tensor(np.random.default_rng(y.numel()).normal(size=tuple(y.shape)))
    y.backward(g)
    return y.detach().numpy(), g.numpy(), [t.grad.numpy() for t in tensors]


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-10)


@SETTINGS
@given(layers())
def test_forward_and_gradients_are_pytorchs(layer):
    x, w, b, stride, padding = layer
    y, g, (dx, dw, db) = in_pytorch(*layer)
    close(conv2d.cross_correlate(x, w, b, stride, padding), y)
    close(conv2d.input_gradient(g, w, x.shape[2:], stride, padding), dx)
    close(conv2d.kernel_gradient(g, x, w.shape[2:], stride, padding), dw)
    close(conv2d.bias_gradient(g), db)


@SETTINGS
@given(layers())
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
def test_padding_same_is_pytorchs(layer):
    x, w, b, *_ = layer
    expected = F.conv2d(*(torch.tensor(a) for a in (x, w, b)), padding="same")
    got = conv2d.cross_correlate(x, w, b, padding="same")
    close(got, expected.numpy())
    assert got.shape[2:] == x.shape[2:]


@SETTINGS
@given(layers(), st.tuples(st.integers(0, 2), st.integers(0, 2)))
def test_gradients_with_unequal_padding_are_those_of_a_padded_image(layer, padding):
    x, w, b, stride, _ = layer
    before, _ = padding
    sides = ((0, 0), (0, 0), padding, padding)
    wide = np.pad(x, sides)
    if min(np.subtract(wide.shape[2:], w.shape[2:])) < 0:
        return
    y, g, (dx, dw, _) = in_pytorch(wide, w, b, stride, 0)
    close(conv2d.cross_correlate(x, w, b, stride, padding), y)
    cut = dx[:, :, before : before + x.shape[2], before : before + x.shape[3]]
    close(conv2d.input_gradient(g, w, x.shape[2:], stride, padding), cut)
    close(conv2d.kernel_gradient(g, x, w.shape[2:], stride, padding), dw)


@SETTINGS
@given(layers())
def test_convolve_and_cross_correlate_are_scipys(layer):
    x, w, *_ = layer
    if min(np.subtract(x.shape[2:], w.shape[2:])) < 0:
        return
    for ours, theirs in (
        (conv2d.convolve, scipy.signal.convolve2d),
        (conv2d.cross_correlate, scipy.signal.correlate2d),
    ):
        expected = sum(theirs(x[0, c], w[0, c], mode="valid") for c in range(x.shape[1]))
        close(ours(x, w)[0, 0], expected)


def test_gradients_by_central_differences():
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=(2, 2, 5, 4)), rng.normal(size=(3, 2, 3, 2)), rng.normal(size=3)
    g = rng.normal(size=(2, 3, 3, 3))

    def loss():
        return float((g * conv2d.cross_correlate(x, w, b, stride=2, padding=1)).sum())

    found = (
        (x, conv2d.input_gradient(g, w, (5, 4), 2, 1)),
        (w, conv2d.kernel_gradient(g, x, (3, 2), 2, 1)),
        (b, conv2d.bias_gradient(g)),
    )
    for array, gradient in found:
        for index in np.ndindex(array.shape):
            kept, ends = array[index], []
            for step in 1e-5, -1e-5:
                array[index] = kept + step
                ends.append(loss())
            array[index] = kept
            assert gradient[index] == pytest.approx((ends[0] - ends[1]) / 2e-5, abs=1e-8)


def test_by_hand():
    x = np.arange(1.0, 10).reshape(1, 1, 3, 3)
    w = np.array([[[[1, 2], [0, -1]]]])
    assert conv2d.cross_correlate(x, w, [10]).tolist() == [[[[10, 12], [16, 18]]]]
    # turned by 180°: −1·1 + 0·2 + 2·4 + 1·5
    assert conv2d.convolve(x, w)[0, 0, 0, 0] == 12


def test_whole_numbers_and_float32_are_taken():
    x, w = np.ones((1, 1, 3, 3), int), np.ones((1, 1, 2, 2), bool)
    assert conv2d.cross_correlate(x, w).tolist() == [[[[4, 4], [4, 4]]]]
    small = np.ones((1, 1, 3, 3), np.float32)
    assert conv2d.cross_correlate(small, small).dtype == np.float32


IMAGE, KERNEL = np.zeros((2, 3, 5, 6)), np.zeros((4, 3, 3, 2))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: conv2d.cross_correlate(IMAGE[0], KERNEL), r"x should be \(N, C, H, W\)"),
        (lambda: conv2d.cross_correlate(IMAGE, KERNEL[0]), r"kernel should be \(K, C, kH, kW\)"),
        (lambda: conv2d.cross_correlate(IMAGE[:, :2], KERNEL), "have 2 channels.* are for 3"),
        (lambda: conv2d.cross_correlate(IMAGE[:, :, :2], KERNEL), "3 × 2 window on a 2 × 6 image"),
        (lambda: conv2d.cross_correlate(IMAGE, KERNEL, np.zeros(3)), r"bias should be \(4,\)"),
        (lambda: conv2d.cross_correlate(IMAGE, KERNEL, stride=0), "stride should be"),
        (lambda: conv2d.cross_correlate(IMAGE, KERNEL, padding=-1), "padding should be"),
        (lambda: conv2d.cross_correlate(IMAGE[:0], KERNEL), "not empty"),
        (lambda: conv2d.cross_correlate(IMAGE * 1j, KERNEL), "real numbers, not complex"),
        (lambda: conv2d.cross_correlate([["a"]], KERNEL), "real numbers"),
        (lambda: conv2d.input_gradient(np.zeros((2, 4, 3, 4)), KERNEL, (5, 6)), "shape of the out"),
        (lambda: conv2d.input_gradient(np.zeros((2, 3, 3, 5)), KERNEL, (5, 6)), "shape of the out"),
        (lambda: conv2d.kernel_gradient(np.zeros((1, 4, 3, 5)), IMAGE, (3, 2)), "has 1 images"),
        (lambda: conv2d.kernel_gradient(np.zeros((2, 4, 3, 4)), IMAGE, (3, 2)), "shape of the out"),
        (lambda: conv2d.bias_gradient(np.zeros((2, 4, 3))), "four axes"),
    ],
)
def test_bad_input_is_refused_in_one_line(call, said):
    with pytest.raises(ValueError, match=said) as error:
        call()
    assert "\n" not in str(error.value)
