"""Two Gaussian classes against SciPy and sampling; plug-in fits against scikit-learn."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats
from sklearn.linear_model import LogisticRegression

from course_utils import decision, gaussians, plug_in

LOSS = decision.binary_loss(false_positive=2, false_negative=5)
WORLDS = [
    gaussians.TwoGaussians(0.3, (1018.0, 1008.0), (6.0, 6.0)),
    gaussians.TwoGaussians(0.3, (1018.0, 1008.0), (6.0, 9.0)),
    gaussians.TwoGaussians(0.4, (0.0, 1.0), (2.0, 0.5)),
    gaussians.TwoGaussians(0.5, (1.0, 1.0), (1.0, 2.0)),
]
worlds = st.builds(
    gaussians.TwoGaussians,
    st.floats(0.05, 0.95),
    st.tuples(st.floats(-5, 5), st.floats(-5, 5)),
    st.tuples(st.floats(0.2, 4), st.floats(0.2, 4)),
)
thresholds = st.floats(0.01, 0.99)


def test_pdf_and_cdf_as_scipy_has_them():
    x = np.linspace(-9, 9, 37)
    assert gaussians.normal_pdf(x, 1, 2) == pytest.approx(stats.norm.pdf(x, 1, 2))
    assert [gaussians.normal_cdf(v) for v in x] == pytest.approx(stats.norm.cdf(x), rel=1e-12)
    assert (gaussians.normal_cdf(-math.inf), gaussians.normal_cdf(math.inf)) == (0, 1)


def test_posterior_of_three_classes_is_bayes_theorem():
    x, priors = np.linspace(-3, 5, 9), np.array([0.2, 0.5, 0.3])
    means, sigmas = np.array([0.0, 1, 3]), np.array([1.0, 2, 0.5])
    joint = priors * stats.norm.pdf(x[:, None], means, sigmas)
    got = gaussians.gaussian_posterior(x, priors, means, sigmas)
    assert got == pytest.approx(joint / joint.sum(1, keepdims=True))


def test_posterior_far_out_is_no_nan():
    got = gaussians.gaussian_posterior([-1e4, 1e4], [0.5, 0.5], [0, 1], [1, 1])
    assert got == pytest.approx(np.array([[1, 0], [0, 1]]))


@pytest.mark.parametrize(
    "arguments",
    [
        ([0.0], [0.5, 0.5], [0, 1], [1, 0]),
        ([0.0], [0.5, 0.6], [0, 1], [1, 1]),
        ([0.0], [0.5, 0.5], [0, 1, 2], [1, 1]),
        ([[0.0]], [0.5, 0.5], [0, 1], [1, 1]),
    ],
)
def test_posterior_refuses(arguments):
    with pytest.raises(ValueError, match="must be"):
        gaussians.gaussian_posterior(*arguments)


@pytest.mark.parametrize(
    "arguments", [(0, (0, 1), (1, 1)), (1, (0, 1), (1, 1)), (0.5, (0, 1), (1, 0))]
)
def test_two_gaussians_refuse(arguments):
    with pytest.raises(ValueError, match=r"strictly between|positive"):
        gaussians.TwoGaussians(*arguments)


def test_boundary_of_equal_sigmas_by_hand():
    # Log-odds log(3/7) + (1018² - 1008²)/72 - x 10/36 equal log((2/7)/(5/7)) at the boundary.
    x = 36 / 10 * (math.log(3 / 7) - math.log(2 / 5)) + 1013
    assert WORLDS[0].boundaries(2 / 7) == pytest.approx([x])
    assert WORLDS[0].region(2 / 7)[0][0] == -math.inf


@pytest.mark.parametrize("world", WORLDS)
def test_log_odds_are_those_of_the_posterior(world):
    x = np.linspace(world.means[1] - 3, world.means[0] + 3, 11)
    p = world.posterior(x)
    assert np.polyval(world.log_odds(), x) == pytest.approx(np.log(p / (1 - p)), abs=1e-6)


@given(worlds, thresholds)
def test_at_a_boundary_the_posterior_is_the_threshold(world, threshold):
    x = np.array([b for b in world.boundaries(threshold) if abs(b) < 1e3])
    if x.size:
        assert world.posterior(x) == pytest.approx(np.full(x.size, threshold), abs=1e-6)


@given(worlds, thresholds, st.floats(-20, 20))
def test_a_point_is_in_the_region_where_its_posterior_is_above(world, threshold, x):
    posterior = float(world.posterior([x])[0])
    if abs(posterior - threshold) > 1e-9:
        inside = any(low < x < high for low, high in world.region(threshold))
        assert inside == (posterior > threshold)


@given(worlds, thresholds)
def test_confusion_is_a_distribution_with_the_priors_as_margins(world, threshold):
    confusion = world.confusion(threshold)
    assert (confusion >= 0).all()
    assert confusion.sum(axis=1) == pytest.approx(world.priors)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("threshold", [0.1, 2 / 7, 0.5, 0.8])
def test_risk_by_quadrature(world, threshold):
    def density_of_loss(x):
        joint = world.joint([x])[0]
        return float(joint @ LOSS[:, int(world.posterior([x])[0] > threshold)])

    ends = [world.means[0] - 80, *world.boundaries(threshold), world.means[0] + 80]
    ends = sorted({*ends, *world.means})
    pieces = [integrate.quad(density_of_loss, a, b)[0] for a, b in itertools.pairwise(ends)]
    assert world.risk(LOSS, threshold) == pytest.approx(sum(pieces), rel=1e-6)


@pytest.mark.parametrize("world", WORLDS)
def test_monte_carlo_agrees_within_its_error(world):
    estimate, error = gaussians.monte_carlo_risk(
        world, LOSS, 2 / 7, 40_000, np.random.default_rng(0)
    )
    assert abs(estimate - world.bayes_risk(LOSS)) < 4 * error


@given(worlds, thresholds)
def test_no_threshold_beats_the_bayes_threshold(world, threshold):
    assert world.bayes_risk(LOSS) <= world.risk(LOSS, threshold) + 1e-12


@given(worlds)
def test_looking_at_x_never_hurts(world):
    assert world.bayes_risk(LOSS) <= world.prior_risk(LOSS) + 1e-12


def test_extreme_thresholds_and_cuts():
    world = WORLDS[0]
    assert world.confusion(0) == pytest.approx(np.array([[0, 0.7], [0, 0.3]]))
    assert world.confusion(1) == pytest.approx(np.array([[0.7, 0], [0.3, 0]]))
    cut = world.boundaries(0.4)[0]
    assert world.cut_confusion(cut, above=False) == pytest.approx(world.confusion(0.4))
    assert world.cut_confusion(cut)[:, ::-1] == pytest.approx(world.confusion(0.4))
    with pytest.raises(ValueError, match="at least 2"):
        gaussians.monte_carlo_risk(world, LOSS, 0.5, 1, np.random.default_rng(0))


def test_equal_gaussians_have_no_boundary():
    world = gaussians.TwoGaussians(0.3, (1.0, 1.0), (2.0, 2.0))
    assert world.boundaries(0.5) == []
    assert (world.region(0.2), world.region(0.4)) == ([(-math.inf, math.inf)], [])


# -- plug-in classifiers ---------------------------------------------------------------------------


def test_fit_table_by_hand():
    table = plug_in.fit_table([0, 0, 0, 2], [1, 1, 0, 0], inputs=3, classes=2)
    assert table == pytest.approx(np.array([[1 / 3, 2 / 3], [1 / 2, 1 / 2], [1, 0]]))


@given(st.integers(0, 10_000))
def test_no_other_table_is_more_likely(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.integers(0, 3, 30), rng.integers(0, 2, 30)
    other = rng.dirichlet(np.ones(2), size=3)
    with np.errstate(divide="ignore"):
        assert np.log(plug_in.fit_table(x, y, 3, 2)[x, y]).sum() >= np.log(other[x, y]).sum()


def test_fit_gaussians_by_hand():
    priors, means, sigmas = plug_in.fit_gaussians([0.0, 2, 10, 10, 16], [0, 0, 1, 1, 1])
    assert priors == pytest.approx([0.4, 0.6])
    assert means == pytest.approx([1, 12])
    assert sigmas == pytest.approx([1, math.sqrt(8)])
    shared = plug_in.fit_gaussians([0.0, 2, 10, 10, 16], [0, 0, 1, 1, 1], shared_sigma=True)[2]
    assert shared == pytest.approx([math.sqrt(26 / 5)] * 2)


@given(st.integers(0, 10_000), st.floats(-0.2, 0.2), st.floats(0.8, 1.25))
def test_no_nearby_parameters_are_more_likely(seed, shift, stretch):
    x, y = WORLDS[2].sample(40, np.random.default_rng(seed))
    if np.bincount(y, minlength=2).min() < 3:
        return
    priors, means, sigmas = plug_in.fit_gaussians(x, y)

    def log_likelihood(mean, sigma):
        return np.log(priors[y] * stats.norm.pdf(x, mean[y], sigma[y])).sum()

    assert log_likelihood(means, sigmas) >= log_likelihood(means + shift, sigmas * stretch) - 1e-9


@pytest.mark.parametrize(
    ("x", "y"), [([1.0, 2], [0, 2]), ([1.0, 2], [0, 1]), ([1.0], [0, 1]), ([1.0, 2], [0.5, 1])]
)
def test_fit_gaussians_refuses(x, y):
    with pytest.raises(ValueError, match=r"no example|no spread|must"):
        plug_in.fit_gaussians(x, y)


def test_fit_logistic_finds_what_scikit_learn_finds():
    rng = np.random.default_rng(8)
    features = rng.normal(size=(300, 3))
    y = (rng.random(300) < plug_in.logistic(features @ [1.0, -2, 0.5] + 0.3)).astype(int)
    w, b = plug_in.fit_logistic(features, y)
    theirs = LogisticRegression(C=np.inf, tol=1e-10).fit(features, y)
    assert w == pytest.approx(theirs.coef_[0], abs=1e-5)
    assert b == pytest.approx(theirs.intercept_[0], abs=1e-5)


@pytest.mark.parametrize(
    ("features", "y"),
    [
        ([[0.0], [1], [2], [3]], [0, 0, 1, 1]),
        ([[1.0], [1], [1]], [0, 1, 1]),
        ([[0.0], [1]], [1, 1]),
        ([0.0, 1], [0, 1]),
    ],
)
def test_fit_logistic_refuses(features, y):
    with pytest.raises(ValueError, match=r"separable|must"):
        plug_in.fit_logistic(features, y)


def test_logistic_does_not_overflow():
    assert plug_in.logistic([-1000.0, 0, 1000]) == pytest.approx([0, 0.5, 1])
    assert plug_in.binary_posterior([0.2]).tolist() == [[0.8, 0.2]]
