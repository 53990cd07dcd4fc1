import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from course_utils.adversarial import clouds, coverage


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 40), st.integers(1, 9), st.integers(0, 99), st.floats(0, 2))
def test_it_is_what_a_tree_finds(n, k, seed, radius):
    rng = np.random.default_rng(seed)
    samples, modes = rng.normal(size=(n, 2)), rng.normal(size=(k, 2))
    distance, nearest = cKDTree(modes).query(samples)
    good = distance <= radius
    found = coverage.mode_coverage(samples, modes, radius)
    assert found.modes == len(set(nearest[good]))
    assert found.quality == pytest.approx(good.mean())
    assert coverage.mode_counts(samples, modes, radius).sum() == good.sum()


def test_by_hand():
    modes = [[0.0, 0], [10, 0]]
    samples = [[3.0, 4], [0, 1], [10, 2], [20, 0]]
    assert coverage.mode_coverage(samples, modes, 5) == (2, 0.75)
    assert coverage.mode_coverage(samples, modes, 5, least=2) == (1, 0.75)
    assert coverage.mode_coverage(samples, modes, 0) == (0, 0)


def test_bad_input():
    with pytest.raises(ValueError, match=r"samples \(N, D\)"):
        coverage.mode_coverage([[1.0]], [[1.0, 2.0]], 1)
    for samples, modes, radius in [
        (np.empty((0, 2)), [[0.0, 0]], 1),
        ([[0.0, 0]], np.empty((0, 2)), 1),
        ([[0.0, 0]], [[0.0, 0]], -1),
    ]:
        with pytest.raises(ValueError, match="at least one"):
            coverage.mode_coverage(samples, modes, radius)


def test_real_data_cover_everything():
    rng = np.random.default_rng(0)
    for centres in (clouds.ring(8), clouds.grid(3)):
        samples = clouds.mixture(centres, 0.05, 500, rng)
        found = coverage.mode_coverage(samples, centres, 0.2)
        assert found.modes == len(centres)
        assert found.quality > 0.98


def test_clouds():
    rng = np.random.default_rng(0)
    np.testing.assert_allclose(np.linalg.norm(clouds.ring(5, 2.0), axis=1), 2)
    np.testing.assert_array_equal(clouds.grid(2, 4.0), [[-2, -2], [2, -2], [-2, 2], [2, 2]])
    assert clouds.mixture(clouds.ring(3), 0, (4, 6), rng).shape == (4, 6, 2)
    z = clouds.uniform_noise((2, 500), 3, rng)
    assert z.shape == (2, 500, 3)
    assert 0 <= z.min() < 0.01 < 0.99 < z.max() < 1
    assert clouds.uniform_noise(7, 1, rng).shape == (7, 1)
    for make in (lambda: clouds.ring(0), lambda: clouds.grid(0)):
        with pytest.raises(ValueError, match="at least one mode"):
            make()
