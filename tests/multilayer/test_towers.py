"""Towers: constant on tiles, with as many units as said, and nearer with more."""

import numpy as np
import pytest

from course_utils.multilayer.towers import sup_error, towers


def hill(a, b):
    return np.sin(3 * a) * np.cos(2 * b)


@pytest.mark.parametrize("n", [2, 3, 7])
def test_every_tile_has_the_value_of_its_middle(n):
    net = towers(hill, n)
    assert net.sizes == (2, 2 * (n - 1), n * n, 1)
    X = np.random.default_rng(0).uniform(size=(500, 2))
    tile = np.floor(X * n)
    np.testing.assert_allclose(net(X), hill(*((tile + 0.5) / n).T), rtol=1e-12)


def test_one_tower_alone_is_a_tower():
    # The output weights of one tile only: 1 inside, 0 outside.
    net = towers(lambda a, b: np.where((a > 1 / 3) & (a < 2 / 3) & (b > 2 / 3), 1.0, 0.0), 3)
    X = np.array([[0.5, 0.9], [0.5, 0.5], [0.1, 0.9], [0.9, 0.9], [0.4, 1.0]])
    np.testing.assert_array_equal(net(X), [1, 0, 0, 0, 1])


def test_parameters_by_hand():
    # 3 steps a side: 6 units of 2 inputs; 16 towers; one output.
    assert towers(hill, 4).parameters == 6 * 3 + 16 * 7 + 17


def test_the_error_is_at_most_half_a_tile_of_slope_in_each_direction():
    errors = [sup_error(hill, towers(hill, n), count=101) for n in (4, 8, 16)]
    for n, error in zip((4, 8, 16), errors, strict=True):
        assert error <= (3 + 2) / 2 / n
    assert errors == sorted(errors, reverse=True)


def test_steep_logistic_units_agree_away_from_the_edges():
    X = np.random.default_rng(1).uniform(size=(2000, 2))
    away = np.abs(X * 5 - np.round(X * 5)).min(axis=1) > 0.1
    soft, hard = towers(hill, 5, steepness=1000), towers(hill, 5)
    np.testing.assert_allclose(soft(X)[away], hard(X)[away], atol=1e-6)


@pytest.mark.parametrize("k", [100, 10_000])
def test_steep_logistic_units_leave_a_hole_at_corners(k):
    net = towers(lambda a, b: np.ones_like(a), 2, steepness=k)
    middle = net(np.array([[0.5, 0.5], [0.5, 0.2]]))
    np.testing.assert_allclose(middle, [0, 1], atol=1e-6)


@pytest.mark.parametrize(("n", "k"), [(1, np.inf), (3, 0), (3, -1)])
def test_bad_input_is_named(n, k):
    with pytest.raises(ValueError, match="must be"):
        towers(hill, n, k)
