"""Regions on grids, counted regions, the quadratic SVM, and the clouds they are drawn on."""

import numpy as np
import pytest

from course_utils.multilayer import clouds, regions


def test_rows_are_ys_and_columns_are_xs():
    xs, ys = np.array([0.0, 1.0, 2.0]), np.array([-1.0, 1.0])
    by_x = regions.classes_on_grid(lambda X: X[:, 0] - 0.5, xs, ys)
    np.testing.assert_array_equal(by_x, [[0, 1, 1], [0, 1, 1]])
    by_y = regions.classes_on_grid(lambda X: np.column_stack([0 * X[:, 1], X[:, 1]]), xs, ys)
    np.testing.assert_array_equal(by_y, [[0, 0, 0], [1, 1, 1]])


def test_scores_of_the_wrong_shape_are_named():
    for score in (lambda X: np.zeros((2, 2, 2)), lambda X: np.zeros(3)):
        with pytest.raises(ValueError, match="scores of 6 points"):
            regions.classes_on_grid(score, np.zeros(3), np.zeros(2))


@pytest.mark.parametrize("units", range(1, 6))
def test_lines_in_general_position_make_as_many_regions_as_the_formula(units):
    # Tangents of the unit circle: no two parallel, no three through one point, and all crossings
    # within the grid.
    angles = np.pi * np.arange(units) / (units + 1)
    W = np.column_stack([np.cos(angles), np.sin(angles)])
    axis = np.linspace(-12, 12, 241)
    X = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    numbers, count = regions.activation_patterns(X, W, -np.ones(units))
    assert count == regions.most_regions(units) == 1 + units + units * (units - 1) // 2
    assert numbers.shape == (len(X),)
    assert set(numbers) == set(range(count))


def test_most_regions_by_hand():
    assert [regions.most_regions(h, 1) for h in range(4)] == [1, 2, 3, 4]
    assert regions.most_regions(3, 3) == 8
    assert regions.most_regions(4, 3) == 15
    with pytest.raises(ValueError, match="must not be negative"):
        regions.most_regions(-1)


def test_the_quadratic_svm_is_a_conic():
    X, y = clouds.rings(200, np.random.default_rng(0))
    machine = regions.quadratic_svm(X, y)
    assert machine.score(X, y) > 0.95
    # Six numbers determine a conic: fitted to 50 points, it must be right everywhere.
    rng = np.random.default_rng(1)
    P, Q = rng.uniform(-2, 2, size=(50, 2)), rng.uniform(-5, 5, size=(50, 2))

    def monomials(X):
        a, b = X.T
        return np.column_stack([np.ones(len(X)), a, b, a * a, a * b, b * b])

    c = np.linalg.lstsq(monomials(P), machine.decision_function(P), rcond=None)[0]
    np.testing.assert_allclose(monomials(Q) @ c, machine.decision_function(Q), rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("cloud", [clouds.rings, clouds.moons, clouds.xor_clouds])
def test_clouds_have_both_classes_and_no_line_between_them(cloud):
    X, y = cloud(400, np.random.default_rng(0))
    assert X.shape == (400, 2)
    assert np.bincount(y).tolist() == [200, 200]
    signs = np.where(y == 1, 1.0, -1.0)
    design = np.column_stack([X, np.ones(len(X))])
    w = np.linalg.lstsq(design, signs, rcond=None)[0]
    assert 0 < (design @ w * signs <= 0).mean() <= 0.6
    again, _ = cloud(400, np.random.default_rng(0))
    np.testing.assert_array_equal(X, again)


def test_clouds_without_noise_are_where_they_are_said_to_be():
    rng = np.random.default_rng(3)
    X, y = clouds.rings(10, rng, noise=0)
    np.testing.assert_allclose(np.linalg.norm(X, axis=1), np.where(y == 1, 1, 0.5))
    X, y = clouds.xor_clouds(8, rng, noise=0)
    np.testing.assert_array_equal(X[:, 0] != X[:, 1], y == 1)
    X, y = clouds.moons(50, rng, noise=0)
    centres = np.where(y[:, None] == 1, [1, 0.5], [0, 0])
    np.testing.assert_allclose(np.linalg.norm(X - centres, axis=1), 1)
