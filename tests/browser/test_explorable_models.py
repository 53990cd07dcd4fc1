"""The numbers that the explorables compute in JavaScript, against Python and SciPy."""

import math

import numpy as np
import pytest
from explorable_page import evaluate_model
from scipy.stats import norm

from course_utils.explore.perceptron.play import PRESETS
from course_utils.gaussians import TwoGaussians
from course_utils.margin import is_separable, margin, max_margin_separator, mistake_bound, radius
from course_utils.neuron import with_bias
from course_utils.perceptron import train

pytestmark = pytest.mark.browser


def test_normal_distribution_function(page, tmp_path):
    z = [-40, -12, -8.0001, *np.linspace(-8, 8, 401), 8.0001, 12, 40]
    got = evaluate_model(page, tmp_path, "decision/model.js", "(z) => z.map(normalCdf)", z)
    np.testing.assert_allclose(got, norm.cdf(z), rtol=0, atol=1e-14)


def test_regions_and_outcomes_of_random_worlds(page, tmp_path):
    rng = np.random.default_rng(1)
    states = []
    for i in range(300):
        mean_0, mean_1 = rng.uniform(998, 1028, 2)
        sigma_0, sigma_1 = rng.uniform(2, 14, 2)
        if i % 3 == 0:
            sigma_1 = sigma_0
        if i % 9 == 0:
            mean_1 = mean_0  # and equal classes: only the prior is left to decide
        states.append(
            {
                "prior": rng.choice([0.01, 0.99, rng.uniform(0.01, 0.99)]),
                "mean_0": mean_0, "mean_1": mean_1, "sigma_0": sigma_0, "sigma_1": sigma_1,
                "cost_false_positive": rng.uniform(0.1, 10),
                "cost_false_negative": rng.uniform(0.1, 10),
                "t": rng.choice([0, 1, 0.001, 0.999, rng.uniform()]),
            }
        )  # fmt: skip
    got = evaluate_model(
        page,
        tmp_path,
        "decision/model.js",
        "(states) => states.map((s) => ({ ...outcomes(s, s.t), ends: regionsOfOne(s, s.t).flat()"
        ".filter(Number.isFinite), bayes: bayesThreshold(s), p: posterior(s, 1010) }))",
        states,
    )
    for s, js in zip(states, got, strict=True):
        world = TwoGaussians(s["prior"], (s["mean_0"], s["mean_1"]), (s["sigma_0"], s["sigma_1"]))
        loss = [[0, s["cost_false_positive"]], [s["cost_false_negative"], 0]]
        names = ["true_negative", "false_positive", "false_negative", "true_positive"]
        confusion = world.confusion(s["t"]).ravel()
        np.testing.assert_allclose([js[name] for name in names], confusion, rtol=0, atol=1e-9)
        assert js["risk"] == pytest.approx(world.risk(loss, s["t"]), abs=1e-9)
        assert js["bayes"] == pytest.approx(world.bayes_threshold(loss), abs=1e-12)
        assert js["p"] == pytest.approx(world.posterior([1010])[0], abs=1e-9)
        np.testing.assert_allclose(js["ends"], world.boundaries(s["t"]), rtol=1e-9)


def random_points(rng, count):
    X = np.round(rng.uniform(-2, 2, (count, 2)), 1)
    w = rng.normal(size=3) * [0.6, 1, 1]
    y = np.where(with_bias(X) @ w > 0, 1, -1)
    return X, y


def point_sets():
    rng = np.random.default_rng(2)
    sets = list(PRESETS.values())
    for count in (1, 2, 3, 5, 8, 13, 25, 40):
        for _ in range(6):
            X, y = random_points(rng, count)
            if rng.random() < 0.25:
                y[0] = -y[0]
            sets.append(np.column_stack([X, y]).tolist())
    sets.append([[x, 0.5 * x, 1 if x > 0 else -1] for x in (-1.5, -1, -0.5, 0.5, 1)])  # on one line
    sets.append([[1, 1, 1]] * 5 + [[-1, 0.5, -1]] * 4)  # the same points again and again
    sets.append([[1, 1, 1], [1, 1, -1]])  # one place, both classes
    return [[[x1, x2, int(y)] for x1, x2, y in points] for points in sets]


def test_largest_margin(page, tmp_path):
    sets = point_sets()
    got = evaluate_model(
        page, tmp_path, "perceptron/model.js", "(sets) => sets.map(novikoff)", sets
    )
    found = set()
    for points, js in zip(sets, got, strict=True):
        data = np.array(points)
        X, y = with_bias(data[:, :2]), data[:, 2]
        assert js["radius"] == pytest.approx(radius(X), abs=1e-12)
        assert js["separable"] == is_separable(X, y)
        found.add(js["separable"])
        if js["separable"]:
            w = max_margin_separator(X, y)
            assert js["margin"] == pytest.approx(margin(w, X, y), abs=1e-9)
            np.testing.assert_allclose(js["separator"], w, atol=1e-7)
            assert js["bound"] == pytest.approx(mistake_bound(X, y), rel=1e-7)
            assert np.linalg.norm(js["separator"]) == pytest.approx(1)
    assert found == {True, False}


def test_trajectories(page, tmp_path):
    sets = point_sets()
    got = evaluate_model(
        page,
        tmp_path,
        "perceptron/model.js",
        "(sets) => sets.map((p) => trajectory(p, 5000))",
        sets,
    )
    for points, js in zip(sets, got, strict=True):
        data = np.array(points)
        X, y = with_bias(data[:, :2]), data[:, 2]
        history = train(X, y, max_epochs=math.ceil(5000 / len(y)))
        when = history.epochs * len(y) + history.examples + 1
        kept = when <= 5000
        assert [m["examples"] for m in js["mistakes"]] == when[kept].tolist()
        weights = np.array([[0, 0, 0], *(m["weights"] for m in js["mistakes"])])
        np.testing.assert_allclose(weights, history.weights[: 1 + kept.sum()], atol=1e-9)
        if js["converged"]:
            assert is_separable(X, y)
            assert (y * (X @ js["weights"]) > 0).all()
            assert len(js["mistakes"]) <= mistake_bound(X, y) + 1e-9
        if js["cycle"]:
            assert not is_separable(X, y)
            assert js["cycle"]["length"] % len(y) == 0


def test_xor_comes_back_to_the_start_after_each_pass(page, tmp_path):
    run = evaluate_model(
        page, tmp_path, "perceptron/model.js", "(p) => trajectory(p, 100)", PRESETS["XOR"]
    )
    assert run["cycle"] == {"start": 0, "length": 4}
    assert not run["converged"]
