"""The values that tests compare wrong answers with: each is what that mistake really gives."""

import numpy as np
import pytest

from course_utils.autoencoders import anomaly, corruption, hashing, linear, penalties
from course_utils.autoencoders.angles import principal_angles
from course_utils.autoencoders.mistakes import anomalies, codes, results, subspaces
from course_utils.autoencoders.mistakes import corruption as of_corruption
from course_utils.autoencoders.pca import principal_components
from course_utils.checks import CheckFailed
from course_utils.diagnosis import as_numbers

RNG = np.random.default_rng(7)
X = RNG.normal(size=(9, 5)) * [4, 2.5, 1.5, 0.8, 0.4] + [1, -2, 3, 0, 1]
W, B, A = RNG.normal(size=(3, 5)), RNG.normal(size=3), RNG.normal(size=(6, 3))
OTHER = RNG.normal(size=(6, 3))
H = RNG.normal(size=(12, 4)) * (RNG.random((12, 4)) < 0.7)
TRUTH = np.arange(12) % 3 == 0
SCORES = (RNG.integers(4, size=12) + TRUTH) / 7
QUERY, LIMITS = RNG.normal(size=4), np.array([0.3, -0.2, 0, 0.7])
QUERY[3] = LIMITS[3]
found = principal_components(X, 2)
RIGHT = {
    "mean": (found.mean, subspaces.mean(X, 2)),
    "directions": (found.V, subspaces.directions(X, 2)),
    "variances": (found.variances, subspaces.variances(X, 2)),
    "angles": (principal_angles(A, OTHER), subspaces.angles(A, OTHER, None)),
    "tied loss": (linear.tied_loss(X, W), subspaces.tied_loss(X, W)),
    "tied gradient": (linear.tied_gradient(X, W), subspaces.tied_gradient(X, W)),
    "sparse value": (penalties.sparse_penalty(H, 3), codes.sparse_value(H, 3)),
    "sparse slope": (penalties.sparse_subgradient(H, 3), codes.sparse_slope(H, 3, None)),
    "contractive": (penalties.contractive_penalty(X, W, B), codes.contractive(X, W, B)),
    "retrieve": (
        hashing.retrieve(QUERY, H, LIMITS, 8),
        codes.retrieve(QUERY, H, LIMITS, 8),
    ),
    "roc": (np.stack(anomaly.roc(SCORES, TRUTH)[:2]), anomalies.roc(SCORES, TRUTH)),
    "auc": (anomaly.auc(SCORES, TRUTH), anomalies.auc(SCORES, TRUTH)),
}


@pytest.mark.parametrize("question", RIGHT)
def test_no_mistake_gives_the_right_value(question):
    right, mistakes = RIGHT[question]
    assert len(mistakes) >= 5
    for text, value in mistakes.items():
        value = as_numbers(value)
        assert value.shape != np.shape(right) or not np.allclose(value, right), text


def test_nan_is_named_where_it_comes_from():
    spoilt = np.array([np.nan, 0.3, 0.5])
    named = [text for text in subspaces.angles(A, OTHER, spoilt) if "np.clip" in text]
    assert len(named) == 1
    with np.errstate(invalid="ignore"):
        slope = 3 * H / np.abs(H) / len(H)
    value = next(v for text, v in codes.sparse_slope(H, 3, slope).items() if text[:3] == "0/0")
    np.testing.assert_allclose(value, slope)


@pytest.mark.parametrize("bad", [None, "text", [[1, 2], [3]], np.zeros((2, 2))])
def test_what_is_no_matrix_of_directions_stays_as_it_is(bad):
    assert subspaces.aligned(bad, found.V) is bad


def test_signs_of_directions_are_free():
    np.testing.assert_array_equal(subspaces.aligned(found.V * [-1, 1], found.V), found.V)


def examples(masked, sigma, seed, spoil=corruption.corrupt):
    """What `findings` measures of a corruption, and how far it is from what is expected."""
    X = np.random.default_rng(0).uniform(15, 16, size=(120, 90))
    rngs = [np.random.default_rng(s) for s in (seed, seed, seed + 1)]
    (noisy, target), (again, _), (other, _) = (spoil(X, masked, sigma, rng) for rng in rngs)
    return list(of_corruption.findings(noisy, target, again, other, X, masked, sigma))


def refused(findings):
    """What the student is told first."""
    for what, value, wanted, room, mistakes in findings:
        if not np.allclose(value, wanted, rtol=0, atol=room):
            named = [text for text, each in mistakes.items() if np.array_equal(each, value)]
            return named[0] if named else what
    return None


@pytest.mark.parametrize("masked", [0, 0.1, 0.4, 1])
@pytest.mark.parametrize("sigma", [0, 0.3, 0.9])
def test_a_right_corruption_is_never_refused(masked, sigma):
    for seed in range(15):
        assert refused(examples(masked, sigma, seed)) is None


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda X, p, s, rng: (X * (rng.random(X.shape) > p), X), "no noise"),
        (lambda X, p, s, rng: (X + s * rng.normal(size=X.shape), X), "nothing is exactly 0"),
        (lambda X, p, s, rng: (X * 0, X), "all is 0"),
        (lambda X, p, s, rng: corruption.corrupt(X, p, s, rng)[:1] * 2, "target was corrupted"),
        (
            lambda X, p, s, rng: (
                corruption.mask(abs(X + s * rng.normal(size=X.shape)), p, rng),
                X,
            ),
            None,  # so far from 0, absolute values change nothing
        ),
        (
            lambda X, p, s, rng: (
                corruption.mask(X + s * abs(rng.normal(size=X.shape)), p, rng),
                X,
            ),
            "never negative",
        ),
        (
            lambda X, p, s, rng: (
                corruption.mask(X * (1 + s * rng.normal(size=X.shape)), p, rng),
                X,
            ),
            "multiplied by the entries",
        ),
        (
            lambda X, p, s, rng: (corruption.mask(s * rng.normal(size=X.shape), p, rng), X),
            "replaced the entries",
        ),
    ],
)
def test_slips_of_corruption_are_named(spoil, says):
    told = refused(examples(0.3, 0.5, 3, spoil))
    assert told is None if says is None else says in told


@pytest.mark.parametrize(
    ("result", "alike", "says"),
    [
        (None, False, "is the `return` missing"),
        (np.zeros((2, 3)), False, "return loss, gradient"),
        (np.zeros((3, 3)), True, "3 results"),
        ((1, 2, 3), False, "return loss, gradient"),
        (5.0, True, "a single result"),
    ],
)
def test_other_numbers_of_results_are_told(result, alike, says):
    with pytest.raises(CheckFailed, match=says):
        results.parts(result, ("loss", "gradient"), "f", alike=alike)


@pytest.mark.parametrize(("result", "alike"), [((1, 2), False), ([1, 2], True)])
def test_results_are_taken_apart(result, alike):
    assert results.parts(result, ("loss", "gradient"), "f", alike=alike) == [1, 2]
    pair = results.parts(np.eye(2), ("a", "b"), "f", alike=True)
    np.testing.assert_array_equal(pair[1], [0, 1])
