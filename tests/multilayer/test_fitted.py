"""Training on both engines: the same numbers, and better than the polynomial on Runge's points."""

import numpy as np
import pytest
import torch

from course_utils import scratch
from course_utils.multilayer import clouds, fitted
from course_utils.multilayer.pieces import sup_error
from course_utils.multilayer.runge import equispaced, interpolating_polynomial, runge

x = np.linspace(-1, 1, 201)


def test_engines_agree():
    knots = equispaced(9)
    curves = [
        fitted.fit_curve(engine, knots, runge(knots), hidden=(6,), steps=30)(x)
        for engine in (torch, scratch)
    ]
    np.testing.assert_allclose(curves[0], curves[1], atol=1e-8)


def test_a_network_has_no_runge_phenomenon():
    knots = equispaced(11)
    curve = fitted.fit_curve(scratch, knots, runge(knots), steps=800)
    polynomial = interpolating_polynomial(runge, knots)
    assert sup_error(runge, curve, -1, 1) < 0.05
    assert sup_error(runge, polynomial, -1, 1) > 1.9


def test_a_curve_takes_any_shape_and_repeats_itself():
    draw = [fitted.fit_curve(scratch, x, x**2, steps=3, seed=s) for s in (0, 0, 1)]
    at = np.array([[0.1, 0.2, 0.3]])
    assert draw[0](at).shape == (1, 3)
    assert draw[0](0.1).shape == ()
    np.testing.assert_array_equal(draw[0](at), draw[1](at))
    assert (draw[0](at) != draw[2](at)).all()


@pytest.mark.parametrize("engine", [torch, scratch], ids=["torch", "scratch"])
def test_rings_are_learnt_and_the_hidden_layer_can_be_read(engine):
    X, y = clouds.rings(100, np.random.default_rng(0))
    model = fitted.fit_classes(engine, X, y, hidden=(5,), steps=200)
    steps = fitted.representations(engine, model, X)
    assert [step.shape for step in steps] == [(100, 2), (100, 5), (100, 5), (100, 2)]
    np.testing.assert_allclose(steps[2], np.tanh(steps[1]), rtol=1e-12)
    W, b = (p.detach().numpy() for p in list(model.parameters())[:2])
    np.testing.assert_allclose(steps[1], X @ W.T + b, rtol=1e-10, atol=1e-12)
    np.testing.assert_array_equal(fitted.scores(engine, model)(X), steps[-1])
    assert (steps[-1].argmax(axis=1) == y).mean() > 0.95


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="both be"):
        fitted.fit_curve(scratch, x, x[:-1])
    with pytest.raises(ValueError, match="X should be"):
        fitted.fit_classes(scratch, x, x)
    for y in (np.full(3, 0.5), np.array([0, -1, 1])):
        with pytest.raises(ValueError, match="whole numbers from 0"):
            fitted.fit_classes(scratch, np.zeros((3, 2)), y)
