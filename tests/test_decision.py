"""Losses, conditional risk, the Bayes rule, thresholds, rejection, and predicting a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics

from course_utils import decision, point_loss

UMBRELLA = decision.binary_loss(false_positive=2, false_negative=5)
costs = st.floats(0.01, 100)
probabilities = st.floats(0, 1)


def random_posterior(seed, n=20, k=4):
    return np.random.default_rng(seed).dirichlet(np.ones(k), size=n)


def test_the_loss_table_has_the_truth_in_rows():
    assert UMBRELLA.tolist() == [[0, 2], [5, 0]]
    assert decision.binary_loss(2, 5, 1, 3).tolist() == [[1, 2], [5, 3]]
    assert decision.zero_one_loss(3).tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]


def test_conditional_risk_by_hand():
    risk = decision.conditional_risk([[0.7, 0.3], [0.9, 0.1]], UMBRELLA)
    assert risk == pytest.approx(np.array([[1.5, 1.4], [0.5, 1.8]]))


def test_conditional_risk_equals_the_double_sum_for_more_decisions_than_classes():
    p, loss = random_posterior(0, k=3), np.random.default_rng(1).random((3, 5))
    expected = [[sum(row[y] * loss[y, d] for y in range(3)) for d in range(5)] for row in p]
    assert decision.conditional_risk(p, loss) == pytest.approx(np.array(expected))


@pytest.mark.parametrize(
    ("posterior", "loss", "message"),
    [
        ([[0.5, 0.5]], np.ones((3, 2)), r"\(1, 2\) and \(3, 2\)"),
        ([0.5, 0.5], UMBRELLA, "posterior must be"),
        ([[0.5, 0.6]], UMBRELLA, "sum to 1"),
        ([[1.5, -0.5]], UMBRELLA, "sum to 1"),
    ],
)
def test_conditional_risk_refuses(posterior, loss, message):
    with pytest.raises(ValueError, match=message):
        decision.conditional_risk(posterior, loss)


@given(st.integers(0, 10_000))
def test_no_other_rule_has_less_risk(seed):
    rng = np.random.default_rng(seed)
    p, loss = random_posterior(seed), rng.random((4, 3))
    risk = decision.conditional_risk(p, loss)
    rows = np.arange(len(p))
    assert (
        risk[rows, decision.bayes_rule(p, loss)] <= risk[rows, rng.integers(0, 3, len(p))]
    ).all()


def test_zero_one_loss_picks_the_most_probable_class():
    p = random_posterior(3)
    assert (decision.bayes_rule(p, decision.zero_one_loss(4)) == p.argmax(axis=1)).all()


def test_the_umbrella_is_taken_above_two_sevenths():
    assert decision.binary_threshold(UMBRELLA) == pytest.approx(2 / 7)
    assert decision.binary_threshold([[0, 2], [5, 2]]) == pytest.approx(2 / 5)


@given(probabilities, costs, costs, costs, costs)
def test_the_threshold_decides_as_the_bayes_rule_does(p, false_alarm, miss, tn, tp):
    loss = decision.binary_loss(tn + false_alarm, tp + miss, tn, tp)
    threshold = decision.binary_threshold(loss)
    if abs(p - threshold) > 1e-9:
        assert decision.bayes_rule([[1 - p, p]], loss)[0] == int(p > threshold)


@pytest.mark.parametrize(
    "loss", [[[0, -1], [5, 0]], [[0, 2], [5, 6]], [[1, 1], [1, 1]], np.zeros((2, 3))]
)
def test_no_threshold_where_wrong_is_cheaper_than_right(loss):
    with pytest.raises(ValueError, match=r"cost more|\(2, 2\)"):
        decision.binary_threshold(loss)


def test_rejection_by_hand():
    p1 = np.array([0.05, 0.15, 0.3, 0.55, 0.9])
    decisions = decision.bayes_rule_with_reject(np.stack([1 - p1, p1], 1), UMBRELLA, cost=0.6)
    # Risks: home 5 p, umbrella 2 (1 - p): 0.25, 0.75, 1.4 (of 1.5), 0.9 (of 2.75), 0.2 (of 4.5).
    assert decisions.tolist() == [0, -1, -1, -1, 1]


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_rejection_under_zero_one_loss_is_chows_rule(seed, cost):
    p = random_posterior(seed)
    rejected = decision.bayes_rule_with_reject(p, decision.zero_one_loss(4), cost) == -1
    clear = np.abs(p.max(axis=1) - (1 - cost)) > 1e-9
    assert (rejected == (p.max(axis=1) < 1 - cost))[clear].all()


def test_a_negative_price_for_rejection_is_refused():
    with pytest.raises(ValueError, match="0 or more, got -1"):
        decision.bayes_rule_with_reject([[0.5, 0.5]], UMBRELLA, -1)


def test_confusion_matrix_as_scikit_learn_counts_it():
    rng = np.random.default_rng(5)
    y, d = rng.integers(0, 3, 200), rng.integers(0, 3, 200)
    assert (decision.confusion_matrix(y, d, 3, 3) == metrics.confusion_matrix(y, d)).all()


def test_empirical_risk_is_the_confusion_matrix_times_the_losses():
    rng = np.random.default_rng(6)
    y, d, loss = rng.integers(0, 3, 50), rng.integers(0, 4, 50), rng.random((3, 4))
    by_counts = (decision.confusion_matrix(y, d, 3, 4) * loss).sum() / 50
    assert decision.empirical_risk(y, d, loss) == pytest.approx(by_counts)


@pytest.mark.parametrize(
    ("y", "d"), [([0, 1], [0]), ([], []), ([0, 2], [0, 1]), ([0, 1], [-1, 0]), ([0.0, 1.0], [0, 1])]
)
def test_empirical_risk_refuses(y, d):
    with pytest.raises(ValueError, match="must be"):
        decision.empirical_risk(y, d, UMBRELLA)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1)), min_size=1, max_size=12))
def test_best_cut_is_the_best_of_all_cuts(pairs):
    x, y = np.array(pairs, dtype=float).T
    y = y.astype(int)
    tried = [
        decision.empirical_risk(y, (x < cut).astype(int), UMBRELLA) for cut in np.arange(-0.5, 10.5)
    ]
    cut, risk = decision.best_cut(x, y, UMBRELLA)
    assert risk == pytest.approx(min(tried))
    assert decision.empirical_risk(y, (x < cut).astype(int), UMBRELLA) == pytest.approx(risk)


# -- predicting a number ---------------------------------------------------------------------------

numbers = st.lists(st.floats(-50, 50), min_size=1, max_size=25)


@given(numbers, st.floats(-60, 60))
def test_mean_and_median_minimise_their_losses(y, other):
    for loss, best in (
        (point_loss.squared_loss, np.mean(y)),
        (point_loss.absolute_loss, np.median(y)),
    ):
        at_best, elsewhere = point_loss.mean_loss(loss, [best, other], y)
        assert at_best <= elsewhere + 1e-9


@given(numbers, st.floats(-60, 60), st.floats(0.02, 0.98))
def test_the_quantile_minimises_pinball_loss(y, other, tau):
    weights = np.full(len(y), 1 / len(y))
    best = point_loss.weighted_quantile(y, weights, tau)

    def pinball(prediction, truth):
        return point_loss.pinball_loss(prediction, truth, tau)

    at_best, elsewhere = point_loss.mean_loss(pinball, [best, other], y)
    assert at_best <= elsewhere + 1e-9


def test_pinball_by_hand_and_as_scikit_learn_has_it():
    assert point_loss.pinball_loss([8, 12], [10, 10], 0.9) == pytest.approx([1.8, 0.2])
    rng = np.random.default_rng(7)
    y, predictions = rng.normal(size=30), rng.normal(size=30)
    ours = point_loss.pinball_loss(predictions, y, 0.3).mean()
    assert ours == pytest.approx(metrics.mean_pinball_loss(y, predictions, alpha=0.3))


def test_a_narrow_window_asks_for_the_mode():
    levels = (np.arange(5_000) + 0.5) / 5_000
    y = stats.lognorm(s=0.5).ppf(levels)  # an even sample: no randomness
    candidates = np.linspace(0.3, 1.5, 121)

    def window(prediction, truth):
        return point_loss.window_loss(prediction, truth, 0.05)

    best = candidates[point_loss.mean_loss(window, candidates, y).argmin()]
    assert best == pytest.approx(np.exp(-(0.5**2)), abs=0.03)


def test_weighted_median_and_quantile_by_hand():
    assert point_loss.weighted_median([10, 0, 5], [0.2, 0.5, 0.3]) == 0
    assert point_loss.weighted_median([10, 0, 5], [0.3, 0.4, 0.3]) == 5
    assert point_loss.weighted_quantile([1, 2, 3, 4], [0.1, 0.2, 0.2, 0.5], 0.5) == 3


def test_mean_loss_with_weights_is_the_expectation():
    risk = point_loss.mean_loss(point_loss.absolute_loss, [0, 4], [0, 10], [0.9, 0.1])
    assert risk == pytest.approx([1.0, 0.9 * 4 + 0.1 * 6])


@pytest.mark.parametrize(
    "call",
    [
        lambda: point_loss.window_loss(0, 1, 0),
        lambda: point_loss.pinball_loss(0, 1, 1),
        lambda: point_loss.mean_loss(point_loss.squared_loss, 0, []),
        lambda: point_loss.mean_loss(point_loss.squared_loss, 0, [1, 2], [0.5, 0.6]),
        lambda: point_loss.weighted_median([1, 2], [1]),
        lambda: point_loss.weighted_quantile([1, 2], [0.5, 0.5], 0),
    ],
)
def test_point_losses_refuse(call):
    with pytest.raises(ValueError, match="must"):
        call()
