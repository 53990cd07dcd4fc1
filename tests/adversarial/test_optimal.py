import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

from course_utils.adversarial import optimal

RNG = np.random.default_rng(0)


@st.composite
def pairs(draw, least=0.0):
    k = draw(st.integers(1, 7))
    both = []
    for _ in range(2):
        v = np.array(draw(st.lists(st.floats(least, 1), min_size=k, max_size=k)))
        v[v < 1e-6] = least
        assume(v.sum() > 0.01)
        both.append(v / v.sum())
    return both


@settings(deadline=None, max_examples=60)
@given(pairs())
def test_divergences_are_scipys(pair):
    p, q = pair
    assert optimal.jensen_shannon(p, q) == pytest.approx(jensenshannon(p, q) ** 2, abs=1e-7)
    assert optimal.kullback_leibler(p, q) == pytest.approx(entropy(p, q), abs=1e-9)
    assert -1e-12 <= optimal.jensen_shannon(p, q) <= np.log(2) + 1e-12
    assert optimal.jensen_shannon(p, q) == pytest.approx(optimal.jensen_shannon(q, p))


@settings(deadline=None, max_examples=60)
@given(pairs())
def test_the_value_against_the_best_discriminator(pair):
    p, q = pair
    best = optimal.optimal_discriminator(p, q)
    expected = 2 * optimal.jensen_shannon(p, q) - np.log(4)
    assert optimal.game_value(p, q, best) == pytest.approx(expected)
    for _ in range(5):
        assert optimal.game_value(p, q, RNG.random(len(p))) <= expected + 1e-12


def test_the_best_opinion_is_what_a_search_finds():
    for p, q in RNG.random((5, 2)):
        found = minimize_scalar(
            lambda D, p=p, q=q: -p * np.log(D) - q * np.log(1 - D), bounds=(0, 1), method="bounded"
        )
        assert optimal.optimal_discriminator([p], [q])[0] == pytest.approx(found.x, abs=1e-4)


def test_empty_places():
    got = optimal.optimal_discriminator([0.5, 0, 0, 0.5], [0, 0.5, 0, 0.5])
    np.testing.assert_array_equal(got, [1, 0, 0.5, 0.5])
    assert optimal.game_value([1, 0], [0, 1], [1, 0]) == 0
    assert optimal.game_value([1, 0], [0, 1], [0, 1]) == -np.inf


@settings(deadline=None, max_examples=60)
@given(pairs())
def test_no_bounded_critic_gains_more_than_the_total_variation(pair):
    p, q = pair
    best = optimal.best_critic(p, q)
    assert (p - q) @ best == pytest.approx(optimal.total_variation(p, q))
    for _ in range(5):
        assert (p - q) @ RNG.random(len(p)) <= optimal.total_variation(p, q) + 1e-12


def test_bad_input():
    with pytest.raises(ValueError, match="one shape"):
        optimal.jensen_shannon([1.0], [0.5, 0.5])
    with pytest.raises(ValueError, match="q has an entry"):
        optimal.optimal_discriminator([1.0], [-1.0])
    with pytest.raises(ValueError, match="p has an entry"):
        optimal.total_variation([np.nan], [1.0])
    for D in ([0.5], [0.5, 1.5]):
        with pytest.raises(ValueError, match="D should be numbers from 0 to 1"):
            optimal.game_value([0.5, 0.5], [0.5, 0.5], D)
