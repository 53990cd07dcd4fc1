import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import subspace_angles
from sklearn.decomposition import PCA

from course_utils import data
from course_utils.autoencoders.angles import orthonormal, principal_angles
from course_utils.autoencoders.pca import principal_components, reconstruction_error

RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 6)) @ RNG.normal(size=(6, 6)) + 3


@pytest.mark.parametrize("k", [1, 3, 6])
def test_components_are_scikit_learns(k):
    ours, theirs = principal_components(X, k), PCA(k, svd_solver="full").fit(X)
    signs = np.sign((ours.V * theirs.components_.T).sum(axis=0))
    np.testing.assert_allclose(ours.V * signs, theirs.components_.T, atol=1e-12)
    np.testing.assert_allclose(ours.mean, theirs.mean_)
    # Scikit-learn divides by N − 1.
    np.testing.assert_allclose(ours.variances, theirs.explained_variance_ * 39 / 40)
    np.testing.assert_allclose(
        ours.reconstruct(X), theirs.inverse_transform(theirs.transform(X)), atol=1e-12
    )


def test_by_hand():
    # On the line y = 2x, at distances ±√5 from the mean (1, 2).
    found = principal_components([[0, 0], [2, 4]], 1)
    np.testing.assert_allclose(found.V[:, 0], np.array([1, 2]) / np.sqrt(5))
    np.testing.assert_allclose(found.variances, [5])
    assert reconstruction_error([[0, 0], [2, 4]], [[1, 0], [2, 2]]) == (1 + 4) / 2


def test_no_subspace_through_the_mean_is_nearer():
    ink = data.digits()[0][:300]
    found = principal_components(ink, 4)
    best = reconstruction_error(ink, found.reconstruct(ink))
    centred = ink - found.mean
    np.testing.assert_allclose(best, (centred**2).sum() / 300 - found.variances.sum())
    for seed in range(20):
        tilted = found.V + 0.02 * np.random.default_rng(seed).normal(size=found.V.shape)
        Q = orthonormal(tilted)
        assert reconstruction_error(centred, centred @ Q @ Q.T) > best


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(1, 4), st.integers(4, 8))
def test_angles_are_scipys_and_do_not_ask_for_a_basis(seed, k, m, dimension):
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(dimension, k)), rng.normal(size=(dimension, m))
    angles = principal_angles(A, B)
    np.testing.assert_allclose(angles, np.sort(subspace_angles(A, B)), atol=1e-7)
    mixed = A @ (rng.normal(size=(k, k)) + 3 * np.eye(k))
    if np.linalg.cond(mixed) < 1e6:
        np.testing.assert_allclose(principal_angles(mixed, B), angles, atol=1e-7)
    np.testing.assert_allclose(principal_angles(B, A), angles, atol=1e-7)


@pytest.mark.parametrize("angle", [0, 1e-12, 1e-9, 1e-4, 0.3, 1.2, np.pi / 2 - 1e-9, np.pi / 2])
def test_angles_small_and_large_are_exact(angle):
    turned = [[np.cos(angle), 0], [np.sin(angle), 0], [0, 1]]
    got = principal_angles([[1, 0], [0, 0], [0, 1]], turned)
    np.testing.assert_allclose(got, [0, angle], rtol=1e-6, atol=1e-15)


@pytest.mark.parametrize(
    ("A", "B", "says"),
    [
        (np.ones((3, 2)), np.eye(3), "2 columns span only 1"),
        (np.eye(3), np.eye(4), "3 and of 4"),
        (np.ones(3), np.eye(3), r"got shape \(3,\)"),
    ],
)
def test_what_spans_nothing_is_refused(A, B, says):
    with pytest.raises(ValueError, match=says):
        principal_angles(A, B)


@pytest.mark.parametrize("k", [0, 7, True])
def test_as_many_components_as_there_are(k):
    with pytest.raises(ValueError, match="from 1 to 6"):
        principal_components(X, k)


def test_tables_that_are_none_are_refused():
    with pytest.raises(ValueError, match="not finite"):
        principal_components([[1, np.nan]], 1)
    with pytest.raises(ValueError, match="should have 6 columns, got 5"):
        principal_components(X, 2).encode(X[:, :5])
    with pytest.raises(ValueError, match="differ in shape"):
        reconstruction_error(X, X[:3])
