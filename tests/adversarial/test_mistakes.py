"""The values that tests compare wrong answers with: each is what that mistake really gives."""

import numpy as np
import pytest

from course_utils.adversarial import (
    bilinear,
    coverage,
    line_game,
    losses,
    optimal,
    wasserstein,
)
from course_utils.adversarial.mistakes import counting, critics, densities, play, scores
from course_utils.adversarial.mistakes.pairs import pair
from course_utils.checks import CheckFailed
from course_utils.diagnosis import as_numbers

RNG = np.random.default_rng(0)
REAL, FAKE = RNG.uniform(0.1, 2, size=4), RNG.uniform(0.1, 0.9, size=6)
P, Q = RNG.dirichlet(np.ones(5)), RNG.dirichlet(np.ones(5))
PLAYERS = line_game.Players(0.7, -0.4, 1.2, 0.3)
X, Z = RNG.normal(1, 1, size=4), RNG.random(6)
LEFT, RIGHT = RNG.normal(size=7), RNG.normal(0.5, 2, size=7)
W, POINTS, FAKES = RNG.normal(size=3), RNG.normal(size=(4, 3)), RNG.normal(size=(6, 3))
CRITIC = wasserstein.Critic(RNG.normal(size=(5, 4)), RNG.normal(size=5), RNG.normal(size=5))
A, B, U = RNG.normal(size=(4, 4)), RNG.normal(size=(4, 4)), RNG.random(4)
MODES = RNG.normal(size=(6, 2))
SAMPLES = MODES[RNG.integers(4, size=20)] + 0.4 * RNG.normal(size=(20, 2))
by_log, by_other = scores.generator_loss(FAKE)
slope_log, slope_other = scores.generator_slope(FAKE)
QUESTIONS = {
    "discriminator": (losses.discriminator_loss(REAL, FAKE), scores.discriminator(REAL, FAKE)),
    "saturating": (losses.saturating_loss(FAKE), by_log),
    "non-saturating": (losses.non_saturating_loss(FAKE), by_other),
    "saturating slopes": (losses.saturating_slopes(FAKE), slope_log),
    "non-saturating slopes": (losses.non_saturating_slopes(FAKE), slope_other),
    "opinion": (optimal.optimal_discriminator(P, Q), densities.best_opinion(P, Q)),
    "divergence": (optimal.jensen_shannon(P, Q), densities.divergence(P, Q)),
    "round": (
        line_game.alternating_step(PLAYERS, X, Z, 0.5),
        play.alternating(PLAYERS, X, Z, 0.5),
    ),
    "both at once": (
        bilinear.simultaneous_step(1.2, -0.7, 0.3),
        play.simultaneous(1.2, -0.7, 0.3),
    ),
    "doubling": (36, play.doubling(0.2)),
    "distance": (wasserstein.wasserstein_1d(LEFT, RIGHT), critics.distance(LEFT, RIGHT)),
    "clipping": (
        wasserstein.clipped_step(W, POINTS, FAKES, 0.7, 0.6),
        critics.clipping(W, POINTS, FAKES, 0.7, 0.6),
    ),
    "penalty": (
        wasserstein.gradient_penalty(CRITIC, A, B, U),
        critics.penalty(CRITIC, A, B, U),
    ),
    "modes": (
        coverage.mode_coverage(SAMPLES, MODES, 0.5).modes,
        counting.modes_reached(SAMPLES, MODES, 0.5),
    ),
    "share": (
        coverage.mode_coverage(SAMPLES, MODES, 0.5).quality,
        counting.good_share(SAMPLES, MODES, 0.5),
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_mistake_gives_the_right_value(question):
    right, found = QUESTIONS[question]
    assert len(found) >= 4
    for text, value in found.items():
        if "where p and q are both 0" in text:  # there is no such place here
            continue
        value = as_numbers(value)
        # An ε in the logarithm is a mistake only where the scores are large.
        tolerance = 1e-12 if "an ε" in text else 1e-6
        same = value.shape == np.shape(right) and np.allclose(value, right, tolerance, 1e-12)
        assert not same, text


def given(found, said):
    return next(value for text, value in found.items() if said in text)


def test_forgotten_detach_is_what_pytorch_does():
    import torch
    from torch.nn.functional import logsigmoid

    a, b, w, c = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in PLAYERS)
    first, second = torch.optim.SGD([w, c], 0.5), torch.optim.SGD([a, b], 0.5)
    x, z = torch.tensor(X), torch.tensor(Z)
    (-logsigmoid(w * x + c).mean() - logsigmoid(-(w * (a * z + b) + c)).mean()).backward()
    first.step()
    (-logsigmoid(w * (a * z + b) + c).mean()).backward()  # onto the gradients that are there
    second.step()
    found = play.alternating(PLAYERS, X, Z, 0.5)
    expected = [v.item() for v in (a, b, w, c)]
    np.testing.assert_allclose(given(found, "its fakes are constants (detach)"), expected)


def test_some_are_what_the_definition_says():
    found = densities.divergence(P, Q)
    assert given(found, "of p from q") == pytest.approx(optimal.kullback_leibler(P, Q))
    found = densities.best_opinion(np.array([0.5, 0.5, 0]), np.array([1.0, 0, 0]))
    np.testing.assert_array_equal(given(found, "½, not 0"), [1 / 3, 1, 0])
    found = critics.distance(LEFT, RIGHT)
    assert given(found, "distance of the two means") == pytest.approx(
        abs(LEFT.mean() - RIGHT.mean())
    )
    found = play.doubling(0.2)
    assert given(found, "square root is missing") == 18
    found = counting.modes_reached(np.array([[0.0], [0.1], [9]]), np.array([[0.0], [5]]), 1.0)
    assert given(found, "reached twice counts once") == 2
    assert given(found, "the radius was left out") == 2


def test_large_scores_leave_out_what_cannot_be_compared():
    found = scores.discriminator(np.array([-800.0, 800]), np.array([900.0]))
    assert given(found, "ε of 1e-12") == pytest.approx(1.5 * -np.log(1e-12))
    assert given(found, "σ(s) was rounded to 0 or 1") == np.inf  # −log σ(−800), with σ(−800) = 0
    infinite = [text for text, value in found.items() if not np.isfinite(value)]
    assert len(infinite) == 1, infinite


def test_pairs():
    for result in ((1, 2), [1, 2], np.array([1, 2])):
        assert pair(result, "f") == [1, 2]
    for result, said in (((1, 2, 3), "3"), (4.0, "a single result"), (None, "return")):
        with pytest.raises(CheckFailed, match=said):
            pair(result, "f")
