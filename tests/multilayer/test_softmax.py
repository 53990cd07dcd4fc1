"""Softmax against SciPy, at sizes where a plain exp overflows."""

import numpy as np
import pytest
from scipy.special import softmax as theirs

from course_utils.multilayer.softmax import softmax


@pytest.mark.parametrize("shape", [(3,), (1, 1), (5, 4), (4, 4)])
@pytest.mark.parametrize("scale", [0.1, 1, 1000])
def test_softmax_is_scipys(shape, scale):
    Z = scale * np.random.default_rng(0).normal(size=shape)
    got = softmax(Z)
    np.testing.assert_allclose(got, theirs(Z, axis=-1), rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(got.sum(axis=-1), 1)


def test_by_hand_and_far_out():
    np.testing.assert_allclose(softmax(np.log([1, 2, 5])), [0.125, 0.25, 0.625])
    np.testing.assert_array_equal(softmax([[1000, 1000], [-1000, 0]]), [[0.5, 0.5], [0, 1]])


@pytest.mark.parametrize("shape", [(), (3, 0), (2, 2, 2)])
def test_shapes_are_checked(shape):
    with pytest.raises(ValueError, match="scores should be"):
        softmax(np.zeros(shape))
