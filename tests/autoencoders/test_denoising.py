import numpy as np
import pytest
from scipy.stats import multivariate_normal

import course_utils.scratch as scratch
from course_utils.autoencoders import corruption, curve, denoising, training
from course_utils.models.autoencoder import autoencoder

X = np.full((300, 100), 3.0)


def test_masked_entries_are_zero_and_the_others_noisy():
    before = X.copy()
    noisy, target = corruption.corrupt(X, 0.25, 0.5, np.random.default_rng(0))
    np.testing.assert_array_equal(target, before)
    assert target is not X
    kept = noisy[noisy != 0]
    assert abs((noisy == 0).mean() - 0.25) < 6 * np.sqrt(0.25 * 0.75 / X.size)
    assert abs(kept.mean() - 3) < 6 * 0.5 / np.sqrt(len(kept))
    assert abs(kept.std() - 0.5) < 6 * 0.5 / np.sqrt(2 * len(kept))


def test_salt_and_pepper():
    hit = corruption.salt_and_pepper(X, 0.4, np.random.default_rng(0))
    for value, share in [(0, 0.2), (1, 0.2), (3, 0.6)]:
        assert abs((hit == value).mean() - share) < 0.02


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_no_chance(chance):
    with pytest.raises(ValueError, match="between 0 and 1"):
        corruption.mask(X, chance, np.random.default_rng(0))


def test_no_deviation():
    with pytest.raises(ValueError, match="at least 0, got -1"):
        corruption.add_noise(X, -1, np.random.default_rng(0))


def test_the_best_denoiser_by_hand():
    # Of two points at 0 and 1, seen at 0.5, both are as likely.
    assert denoising.centre_of_mass([[0.5]], [[0], [1]], 0.3) == 0.5
    seen, sigma = 0.2, 0.5
    weights = np.exp(-(np.array([0.2, 0.8]) ** 2) / (2 * sigma**2))
    got = denoising.centre_of_mass([[seen]], [[0], [1]], sigma)
    np.testing.assert_allclose(got, [[weights[1] / weights.sum()]])


def test_no_denoiser_has_a_smaller_error():
    rng = np.random.default_rng(3)
    points = rng.normal(size=(5, 2))
    clean = points[rng.integers(5, size=40_000)]
    noisy = corruption.add_noise(clean, 0.7, rng)
    best = denoising.centre_of_mass(noisy, points, 0.7)
    error = ((best - clean) ** 2).sum(axis=1).mean()
    for other in (0.9 * best, best + 0.1, 0.8 * best + 0.2 * noisy, noisy):
        assert ((other - clean) ** 2).sum(axis=1).mean() > error


def test_the_density_is_a_mixture_and_the_score_its_gradient():
    rng = np.random.default_rng(4)
    points, at, sigma = rng.normal(size=(6, 2)), rng.normal(size=(9, 2)), 0.4
    each = [multivariate_normal(p, sigma**2 * np.eye(2)).pdf(at) for p in points]
    np.testing.assert_allclose(
        denoising.log_density(at, points, sigma), np.log(np.mean(each, axis=0))
    )
    found, step = denoising.score(at, points, sigma), 1e-5
    for axis, unit in enumerate(np.eye(2)):
        ends = [denoising.log_density(at + s * step * unit, points, sigma) for s in (1, -1)]
        np.testing.assert_allclose(found[:, axis], (ends[0] - ends[1]) / (2 * step), rtol=1e-6)


def test_far_away_nothing_overflows():
    got = denoising.centre_of_mass([[1e4, 0]], [[0, 0], [1, 0]], 0.01)
    np.testing.assert_array_equal(got, [[1, 0]])


@pytest.mark.parametrize("line", [curve.spiral, curve.wave])
def test_curves_have_points_at_equal_distances(line):
    points = line(200)
    steps = np.sqrt((np.diff(points, axis=0) ** 2).sum(axis=1))
    assert steps.max() < 1.01 * steps.min()
    assert points.shape == (200, 2)
    np.testing.assert_allclose(curve.distance_to(points[:3], points), 0)
    with pytest.raises(ValueError, match="at least two"):
        line(1)


def test_distance_by_hand():
    assert curve.distance_to([[0, 3]], [[0, 0], [4, 3]]) == 3


def test_a_trained_denoiser_points_to_the_curve():
    line = curve.spiral(300)
    scratch.manual_seed(0)
    model = autoencoder(scratch, (2, 64, 64), "Tanh", code="Tanh")
    training.fit(
        scratch, model, line, epochs=150, corrupt=lambda x, r: corruption.add_noise(x, 0.1, r)
    )
    noisy = corruption.add_noise(line, 0.1, np.random.default_rng(1))
    moved = noisy + denoising.field(lambda p: training.reconstruct(scratch, model, p), noisy)
    assert curve.distance_to(moved, line).mean() < 0.75 * curve.distance_to(noisy, line).mean()


def test_bad_input():
    with pytest.raises(ValueError, match="positive, got 0"):
        denoising.centre_of_mass([[0]], [[1]], 0)
    with pytest.raises(ValueError, match="should have 1 columns, got 2"):
        denoising.centre_of_mass([[0, 1]], [[1]], 1)
    with pytest.raises(ValueError, match="made"):
        denoising.field(lambda p: p[:1], np.zeros((3, 2)))
