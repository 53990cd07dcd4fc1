import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.adversarial import equilibrium

ROCK_PAPER_SCISSORS = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
THIRDS = np.full(3, 1 / 3)
RNG = np.random.default_rng(0)


def test_rock_paper_scissors():
    assert equilibrium.matrix_regret(ROCK_PAPER_SCISSORS, THIRDS, THIRDS) == pytest.approx((0, 0))
    pure = np.array([1.0, 0, 0])  # rock against rock: both would rather play paper
    assert equilibrium.matrix_regret(ROCK_PAPER_SCISSORS, pure, pure) == (1, 1)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 1000))
def test_nobody_gains_more_than_the_regret(seed):
    rng = np.random.default_rng(seed)
    payoff, rows, columns = rng.normal(size=(3, 4)), rng.dirichlet([1] * 3), rng.dirichlet([1] * 4)
    regret = equilibrium.matrix_regret(payoff, rows, columns)
    value = rows @ payoff @ columns
    for _ in range(10):
        assert rng.dirichlet([1] * 3) @ payoff @ columns <= value + regret.maximiser + 1e-12
        assert rows @ payoff @ rng.dirichlet([1] * 4) >= value - regret.minimiser - 1e-12
    assert min(regret) >= -1e-12


def test_the_equilibrium_of_an_adversarial_network():
    p, half = np.array([0.5, 0.3, 0.2]), np.full(3, 0.5)
    assert equilibrium.adversarial_regret(p, p, half) == pytest.approx((0, 0), abs=1e-15)
    other = np.array([0.2, 0.3, 0.5])
    by_discriminator, by_generator = equilibrium.adversarial_regret(p, other, half)
    assert by_discriminator > 0.01
    assert by_generator == pytest.approx(0)
    assert equilibrium.adversarial_regret(p, p, [0.6, 0.5, 0.4]).minimiser > 0.01


def test_the_best_generator_collapses():
    D = np.array([0.2, 0.7, 0.6])
    np.testing.assert_array_equal(equilibrium.best_generator(D), [0, 1, 0])
    best = np.log(1 - D) @ equilibrium.best_generator(D)
    assert all(best <= np.log(1 - D) @ q for q in RNG.dirichlet(np.ones(3), 50))


def test_bad_input():
    with pytest.raises(ValueError, match="add up to 1"):
        equilibrium.matrix_regret(ROCK_PAPER_SCISSORS, [1, 1, 0], THIRDS)
    with pytest.raises(ValueError, match=r"shape \(2, 3\)"):
        equilibrium.matrix_regret(ROCK_PAPER_SCISSORS, [0.5, 0.5], THIRDS)
    with pytest.raises(ValueError, match="strictly between"):
        equilibrium.adversarial_regret([1, 0], [0, 1], [0.0, 0.5])
