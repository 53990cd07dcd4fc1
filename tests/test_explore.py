"""The explorables' Python side: traits, their limits, and the numbers that Python derives."""

import math
import warnings
from itertools import pairwise

import numpy as np
import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from course_utils.explore import DecisionPlay, PerceptronPlay
from course_utils.explore.base import compose
from course_utils.explore.perceptron.play import PRESETS
from tests.plays import BUSY


@pytest.mark.parametrize("play", BUSY.values(), ids=BUSY)
def test_the_module_is_one_plain_es_module_with_one_export(play):
    assert play()._esm.count("export default") == 1
    assert "import " not in "\n".join(
        line for line in play()._esm.splitlines() if line.startswith("import")
    )


@pytest.mark.parametrize("play", BUSY.values(), ids=BUSY)
def test_nothing_is_fetched(play):
    text = play()._esm + play()._css
    links = text.replace("http://www.w3.org/2000/svg", "")  # a name, not an address
    for sign in ("http:", "https:", "fetch(", "@import", "url(//"):
        assert sign not in links


def test_compose_puts_shared_functions_first():
    text = compose("decision/model.js")
    assert text.index("function slider") < text.index("function normalCdf")


@pytest.mark.parametrize("play", BUSY.values(), ids=BUSY)
def test_an_unknown_trait_is_named(play):
    with pytest.raises(
        TypeError, match=rf"{type(play()).__name__} has no trait colour; its traits are"
    ):
        type(play())(colour="red")


@pytest.mark.parametrize(
    ("trait", "value"),
    [
        ("prior", 0),
        ("prior", 1.0),
        ("prior", math.nan),
        ("prior", "a half"),
        ("prior", True),
        ("prior", None),
        ("mean_0", 900),
        ("mean_1", math.inf),
        ("sigma_0", 0),
        ("sigma_1", -3),
        ("cost_false_positive", 0),
        ("cost_false_negative", [5]),
        ("threshold", 1.01),
    ],
)
def test_a_bad_number_gets_one_line_with_limits_and_value(trait, value):
    play = DecisionPlay()
    before = getattr(play, trait)
    with pytest.raises(traitlets.TraitError) as caught:
        setattr(play, trait, value)
    message = str(caught.value)
    assert f"DecisionPlay.{trait} must be a number between" in message
    assert repr(value) in message
    assert "\n" not in message
    assert getattr(play, trait) == before
    with pytest.raises(traitlets.TraitError, match=trait):
        DecisionPlay(**{trait: value})


def test_numpy_scalars_become_plain_numbers():
    play = DecisionPlay(prior=np.float32(0.25), sigma_0=np.int64(3))
    assert type(play.prior) is float
    assert (play.prior, play.sigma_0) == (0.25, 3.0)
    steps = PerceptronPlay(steps=np.int64(7)).steps
    assert (type(steps), steps) == (int, 7)


def test_start_again_restores_what_was_given_at_creation():
    play = DecisionPlay(prior=0.2, sigma_1=9)
    play.prior, play.mean_0, play.use_bayes_threshold = 0.9, 1000, True
    play.start_again()
    assert (play.prior, play.sigma_1, play.mean_0, play.use_bayes_threshold) == (
        0.2,
        9,
        1018,
        False,
    )


def test_start_cannot_be_set():
    with pytest.raises(traitlets.TraitError, match="start"):
        DecisionPlay().start = {}


def test_the_lecture_threshold_is_two_sevenths():
    play = DecisionPlay()
    assert play.bayes_threshold == pytest.approx(2 / 7, abs=1e-15)
    assert play.current_threshold == 0.5
    play.use_bayes_threshold = True
    assert play.current_threshold == play.bayes_threshold


def test_risk_against_numerical_integration():
    play = DecisionPlay(sigma_1=9, prior=0.45, threshold=0.4)
    joint = [
        lambda x: 0.55 * norm.pdf(x, 1018, 6),
        lambda x: 0.45 * norm.pdf(x, 1008, 9),
    ]

    def cost(x, threshold):
        p0, p1 = joint[0](x), joint[1](x)
        return 2 * p0 if p1 / (p0 + p1) > threshold else 5 * p1

    for threshold, risk in ((0.4, play.risk), (2 / 7, play.bayes_risk)):
        cuts = play.world.boundaries(threshold)
        ends = [900, *cuts, 1100]
        expected = sum(quad(cost, a, b, args=(threshold,))[0] for a, b in pairwise(ends))
        assert risk == pytest.approx(expected, abs=1e-7)
    assert play.confusion.sum() == pytest.approx(1)
    assert len(play.boundaries) == 2


@given(
    prior=st.floats(0.01, 0.99),
    threshold=st.floats(0, 1),
    costs=st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)),
    sigmas=st.tuples(st.floats(2, 14), st.floats(2, 14)),
)
def test_no_threshold_beats_the_bayes_threshold(prior, threshold, costs, sigmas):
    play = DecisionPlay(
        prior=prior, threshold=threshold, sigma_0=sigmas[0], sigma_1=sigmas[1],
        cost_false_positive=costs[0], cost_false_negative=costs[1],
    )  # fmt: skip
    assert play.risk >= play.bayes_risk - 1e-12


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (3, r"must be a list of points \[x1, x2, y\], got 3"),
        ([1, 2, 3], "must be a list of points"),
        ([[0, 0, 1], [0, 1]], r"points\[1\] must be \[x1, x2, y\].*got \[0, 1\]"),
        ([[0, 0, 0]], r"points\[0\].*y = 1 or -1, got \[0, 0, 0\]"),
        ([[0, 2.5, 1]], r"points\[0\].*from -2 to 2"),
        ([[0, math.nan, 1]], r"points\[0\]"),
        ([["a", 0, 1]], r"points\[0\]"),
        ([[0, 0, 1]] * 41, "at most 40 points, got 41"),
        (None, "must be a list of points"),
    ],
)
def test_bad_points_are_named(points, message):
    with pytest.raises(traitlets.TraitError, match=message):
        PerceptronPlay(points=points)


@pytest.mark.parametrize("steps", [-1, 5001, 1.5, "many", None])
def test_bad_steps(steps):
    with pytest.raises(traitlets.TraitError, match="steps must be a whole number between 0 and"):
        PerceptronPlay(steps=steps)


def test_an_array_of_points_is_welcome():
    play = PerceptronPlay(points=np.array([[0.5, -1, 1], [0, 1, -1]]))
    assert play.points == [[0.5, -1.0, 1], [0.0, 1.0, -1]]
    np.testing.assert_array_equal(play.X, [[1, 0.5, -1], [1, 0, 1]])
    np.testing.assert_array_equal(play.y, [1, -1])


def test_presets():
    with pytest.raises(ValueError, match="no preset 'NAND': there are AND, OR, XOR"):
        PerceptronPlay(preset="NAND")
    with pytest.raises(ValueError, match="give a preset or points, not both"):
        PerceptronPlay(preset="AND", points=[])
    separable = {name: PerceptronPlay(preset=name).separable for name in PRESETS}
    assert [name for name, yes in separable.items() if not yes] == ["XOR", "Not separable"]
    wide, narrow = (PerceptronPlay(preset=f"{name} margin") for name in ("Wide", "Narrow"))
    assert wide.mistake_bound < narrow.mistake_bound / 5


def test_a_play_does_not_change_the_presets():
    play = PerceptronPlay(preset="AND")
    play.points[0][0] = 1.5
    assert PRESETS["AND"][0][0] == 0
    assert PerceptronPlay(preset="AND").points[0][0] == 0


@pytest.mark.parametrize("steps", [0, 1, 3, 4, 5, 11, 100])
@pytest.mark.parametrize("preset", PRESETS)
def test_weights_follow_the_rule_step_by_step(preset, steps):
    w, mistakes = np.zeros(3), 0
    for i in range(steps):
        x1, x2, y = PRESETS[preset][i % len(PRESETS[preset])]
        x = np.array([1, x1, x2])
        if y * (w @ x) <= 0:
            w, mistakes = w + y * x, mistakes + 1
    play = PerceptronPlay(preset=preset, steps=steps)
    np.testing.assert_allclose(play.weights, w, atol=1e-12)
    assert play.mistakes == mistakes


def test_and_of_truth_values_has_bound_51():
    # w* is along (-3, 2, 2): margins 3, 1, 1, 1 over √17, and R² = 3.
    assert PerceptronPlay(preset="AND").mistake_bound == pytest.approx(51)


def test_no_points_at_all():
    play = PerceptronPlay(points=[], steps=9)
    assert (play.mistakes, play.separable, play.mistake_bound) == (0, False, math.inf)
    assert play.X.shape == (0, 3)


def test_creating_a_play_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for play in BUSY.values():
            play().close()
