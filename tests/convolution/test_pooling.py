import numpy as np
import pytest
import torch
from hypothesis import given, settings
from torch.nn import functional as F

from course_utils.convolution import pooling

from .arrays import pools

SETTINGS = settings(max_examples=60, deadline=None)


def in_pytorch(pool, x, size, stride):
    tensor = torch.tensor(x, requires_grad=True)
    y = pool(tensor, size, stride)
    g = np.random.default_rng(y.numel()).normal(size=tuple(y.shape))
    y.backward(torch.tensor(g))
    return y.detach().numpy(), g, tensor.grad.numpy()


@SETTINGS
@given(pools())
def test_max_pooling_is_pytorchs_at_ties_too(pool):
    y, g, dx = in_pytorch(F.max_pool2d, *pool)
    assert np.array_equal(pooling.max_pool(*pool), y)
    np.testing.assert_allclose(pooling.max_pool_gradient(g, *pool), dx, atol=1e-12)


@SETTINGS
@given(pools())
def test_average_pooling_is_pytorchs(pool):
    y, g, dx = in_pytorch(F.avg_pool2d, *pool)
    np.testing.assert_allclose(pooling.average_pool(*pool), y, atol=1e-12)
    np.testing.assert_allclose(pooling.average_pool_gradient(g, *pool), dx, atol=1e-12)


@SETTINGS
@given(pools())
def test_winners_hold_the_largest_entries_and_gradients_keep_their_sum(pool):
    x, size, stride = pool
    rows, columns = pooling.winners(x, size, stride)
    n, c = np.ogrid[: x.shape[0], : x.shape[1]]
    largest = x[n[..., None, None], c[..., None, None], rows, columns]
    assert np.array_equal(largest, pooling.max_pool(x, size, stride))
    g = np.ones(rows.shape)
    for gradient in pooling.max_pool_gradient, pooling.average_pool_gradient:
        assert gradient(g, x, size, stride).sum() == pytest.approx(g.sum())


def test_gradients_by_central_differences_where_nothing_ties():
    rng = np.random.default_rng(0)
    x, g = rng.normal(size=(1, 2, 5, 4)), rng.normal(size=(1, 2, 4, 3))
    pairs = (
        (pooling.max_pool, pooling.max_pool_gradient),
        (pooling.average_pool, pooling.average_pool_gradient),
    )
    for forward, gradient in pairs:
        dx = gradient(g, x, 2, 1)
        for index in np.ndindex(x.shape):
            step = np.zeros_like(x)
            step[index] = 1e-6
            rise = (g * (forward(x + step, 2, 1) - forward(x - step, 2, 1))).sum()
            assert dx[index] == pytest.approx(rise / 2e-6, abs=1e-6)


def test_by_hand():
    x = np.array([[[[1.0, 3, 2, 0], [4, 2, -1, 5]]]])
    assert pooling.max_pool(x, 2).tolist() == [[[[4, 5]]]]
    assert pooling.average_pool(x, 2).tolist() == [[[[2.5, 1.5]]]]
    g = np.array([[[[7.0, 8]]]])
    assert pooling.max_pool_gradient(g, x, 2).tolist() == [[[[0, 0, 0, 0], [7, 0, 0, 8]]]]
    ties = np.full((1, 1, 2, 2), 5.0)
    assert pooling.max_pool_gradient(g[..., :1], ties, 2).tolist() == [[[[7, 0], [0, 0]]]]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda x: pooling.max_pool(x[0], 2), r"\(N, C, H, W\)"),
        (lambda x: pooling.max_pool(x, 5), "5 × 5 window on a 4 × 6 image"),
        (lambda x: pooling.max_pool(x, 0), "size should be"),
        (lambda x: pooling.average_pool(x, 2, 0), "stride should be"),
        (lambda x: pooling.max_pool_gradient(x, x, 2), "shape of the output"),
        (lambda x: pooling.average_pool_gradient(x[0], x, 2), r"\(N, C, oH, oW\)"),
    ],
)
def test_bad_input_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call(np.zeros((2, 3, 4, 6)))
