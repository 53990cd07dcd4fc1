import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.adversarial import bilinear

ETA = st.floats(0.01, 0.9)
PLACE = st.floats(-5, 5)
FACTORS = {
    bilinear.simultaneous_step: lambda eta: np.sqrt(1 + eta**2),
    bilinear.alternating_step: lambda eta: 1.0,
    bilinear.extragradient_step: lambda eta: np.sqrt(1 - eta**2 + eta**4),
    bilinear.implicit_step: lambda eta: 1 / np.sqrt(1 + eta**2),
}


@settings(deadline=None, max_examples=60)
@given(PLACE, PLACE, ETA)
def test_gradients_are_pytorchs(a, b, eta):
    x, y = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (a, b))
    (x * y).backward()
    expected = (x - eta * x.grad).item(), (y + eta * y.grad).item()
    assert bilinear.simultaneous_step(a, b, eta) == pytest.approx(expected)


@pytest.mark.parametrize("step", FACTORS)
@settings(deadline=None, max_examples=60)
@given(eta=ETA)
def test_growth(step, eta):
    assert bilinear.growth(step, eta) == pytest.approx(FACTORS[step](eta), rel=1e-6)


@settings(deadline=None, max_examples=60)
@given(PLACE, PLACE, ETA)
def test_one_round_of_each(a, b, eta):
    before = np.hypot(a, b)
    for step in FACTORS.keys() - {bilinear.alternating_step}:
        assert np.hypot(*step(a, b, eta)) == pytest.approx(before * FACTORS[step](eta))
    after = bilinear.alternating_step(a, b, eta)
    assert bilinear.invariant(*after, eta) == pytest.approx(bilinear.invariant(a, b, eta))
    # implicit: by the gradient at the point of arrival
    x, y = bilinear.implicit_step(a, b, eta)
    assert (x, y) == pytest.approx((a - eta * y, b + eta * x))


def test_play():
    way = bilinear.play(bilinear.simultaneous_step, 1, 0, 0.1, 50)
    assert way.shape == (51, 2)
    np.testing.assert_allclose(np.linalg.norm(way, axis=1), 1.01 ** (np.arange(51) / 2))
    way = bilinear.play(bilinear.alternating_step, 1, 0, 0.1, 5000)
    assert np.linalg.norm(way, axis=1).max() < 1.06
    np.testing.assert_array_equal(bilinear.play(bilinear.implicit_step, 2, 3, 1, 0), [[2, 3]])
    for eta, rounds in ((0, 5), (0.1, -1), (float("nan"), 2)):
        with pytest.raises(ValueError, match="step size > 0"):
            bilinear.play(bilinear.implicit_step, 1, 0, eta, rounds)


def test_matrix():
    np.testing.assert_array_equal(
        bilinear.matrix(bilinear.simultaneous_step, 0.5), [[1, -0.5], [0.5, 1]]
    )
