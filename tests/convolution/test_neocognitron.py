import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.convolution import neocognitron, patterns
from course_utils.convolution.neocognitron import Neocognitron, Stage, c_cells, s_cells

DRAWINGS = np.stack([patterns.drawing(name) for name in patterns.NAMES])[:, None]  # (5, 1, 16, 16)


@pytest.fixture(scope="module")
def trained():
    return Neocognitron().learn(DRAWINGS)


def paper_s_cell(window, learnt, r, q):
    """The formula of 1980, equation by equation, for one window, (C, k, k)."""
    c = neocognitron.window_weights(window.shape[1])
    a, b = q * c * learnt, q / 2 * np.sqrt((c * learnt**2).sum())
    v = np.sqrt((c * window**2).sum())
    excitation, inhibition = 1 + (a * window).sum(), 1 + 2 * r / (1 + r) * b * v
    return r * max(0, excitation / inhibition - 1)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.2, 5), st.sampled_from([3, 5]))
def test_s_cells_are_the_papers_after_strong_reinforcement(seed, selectivity, size):
    rng = np.random.default_rng(seed)
    learnt = rng.uniform(size=(2, size, size))
    window = learnt * 3 + rng.uniform(size=learnt.shape)  # similar, brighter
    middle = size // 2
    got = s_cells(window[None], learnt[None], selectivity)[0, 0, middle, middle]
    assert got == pytest.approx(paper_s_cell(window, learnt, selectivity, 1e9), abs=1e-6)


def test_an_s_cell_is_loudest_on_its_template_and_does_not_care_for_brightness():
    rng = np.random.default_rng(0)
    template = rng.uniform(size=(1, 1, 3, 3))
    u = np.zeros((1, 1, 9, 9))
    u[0, 0, 4:7, 2:5] = 7 * template[0, 0]
    s = s_cells(u, template, 2.0)[0, 0]
    assert s[5, 3] == pytest.approx(1)
    assert np.unravel_index(s.argmax(), s.shape) == (5, 3)
    assert (s >= 0).all()
    assert s.max() <= 1 + 1e-12
    np.testing.assert_allclose(s_cells(u / 10, template, 2.0)[0, 0], s, atol=1e-12)
    assert not s_cells(np.zeros_like(u), template, 2.0).any()


def test_selectivity_sets_the_threshold():
    # Of the template's row of three, the third pixel is missing: the cosine is the root of the
    # share that the other two have of the weight.
    c = neocognitron.window_weights(3)[1]
    square, window = np.zeros((1, 1, 3, 3)), np.zeros((1, 1, 3, 3))
    square[0, 0, 1] = 1
    window[0, 0, 1, :2] = 1
    similarity = np.sqrt(c[:2].sum() / c.sum())
    for r in 0.5, 2.0, 4.0, 6.0:
        expected = max(0, (1 + r) * similarity - r)
        assert s_cells(window, square, r)[0, 0, 1, 1] == pytest.approx(expected)
    assert s_cells(window, square, similarity / (1 - similarity))[0, 0, 1, 1] < 1e-12


def test_c_cells_answer_to_any_s_cell_nearby_and_shrink():
    s = np.zeros((1, 2, 9, 9))
    s[0, 0, 4, 4] = 1.0
    c = c_cells(s, 3)
    assert (c[0, 0] > 0).sum() == 9
    assert not c[0, 1].any()
    assert c[0, 0, 4, 4] == pytest.approx(1 / 1.5)
    assert c_cells(s, 5, 2).shape == (1, 2, 5, 5)
    assert c_cells(100 * np.ones_like(s), 5).max() < 1


def test_it_learns_one_last_plane_for_each_drawing(trained):
    assert len(trained.templates[-1]) == len(patterns.NAMES)
    assert trained.answers(DRAWINGS).argmax(axis=1).tolist() == [0, 1, 2, 3, 4]
    # Every stroke is answered by some S-cell of the first stage: nothing stays unseen.
    s, _ = trained.responses(DRAWINGS)[0]
    assert (s.max(axis=1)[DRAWINGS[:, 0] > 0] > 0).all()


def moved(down, right):
    return np.stack([patterns.drawing(n, 16, down, right) for n in patterns.NAMES])[:, None]


def by_template(images):
    """Which whole drawing overlaps most, as a fraction of its ink: matching without C-cells."""
    flat, whole = images.reshape(len(images), -1), DRAWINGS.reshape(len(DRAWINGS), -1)
    return (flat @ whole.T / np.linalg.norm(whole, axis=1)).argmax(axis=1)


def test_it_tolerates_shifts_that_template_matching_does_not(trained):
    right, wrong = np.arange(5), 0
    for down, side in [(1, 0), (0, -1), (1, 1), (-2, 0), (2, 2), (-2, 1), (0, 2)]:
        images = moved(down, side)
        assert np.array_equal(trained.answers(images).argmax(axis=1), right)
        wrong += (by_template(images) != right).sum()
    assert wrong >= 18  # of 35


def test_it_tolerates_stains(trained):
    rng = np.random.default_rng(1)
    images = [patterns.stained(image[0], 3, rng) for image in DRAWINGS for _ in range(4)]
    found = trained.answers(np.stack(images)[:, None]).argmax(axis=1)
    assert (found == np.repeat(np.arange(5), 4)).mean() >= 0.9


def test_without_pooling_the_tolerance_is_gone(trained):
    sharp = Neocognitron([Stage(3, 1.7, 1, 2), Stage(5, 1.3, 1, 2), Stage(5, 1.5, 1, 4)])
    sharp.learn(DRAWINGS)
    for down, side in [(1, 0), (1, 1)]:
        assert sharp.answers(moved(down, side)).max() < trained.answers(moved(down, side)).max()


def test_drawings_and_stains():
    assert patterns.drawing("L").sum() == 13
    assert np.array_equal(patterns.drawing("X"), patterns.drawing("X").T)
    moved_l = patterns.drawing("L", 16, 1, -2)
    assert np.array_equal(np.argwhere(moved_l)[0], np.argwhere(patterns.drawing("L"))[0] + (1, -2))
    stained = patterns.stained(patterns.drawing("O"), 6, np.random.default_rng(0))
    assert (stained != patterns.drawing("O")).sum() == 6


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Neocognitron().answers(DRAWINGS), r"call learn\(images\) first"),
        (lambda: Neocognitron().learn(DRAWINGS[0]), r"images should be \(N, C, H, W\)"),
        (lambda: s_cells(DRAWINGS, np.ones((1, 1, 3, 3)), 0), "selectivity should be positive"),
        (lambda: s_cells(DRAWINGS, np.ones((1, 2, 3, 3)), 1), "channels"),
        (lambda: s_cells(DRAWINGS, np.ones((3, 3)), 1), r"\(K, C, k, k\)"),
        (lambda: c_cells(DRAWINGS, 3, 0), "step should be"),
        (lambda: patterns.drawing("Q"), "no drawing 'Q'"),
        (lambda: patterns.drawing("L", 6), "side should be"),
        (lambda: patterns.drawing("L", 16, 6), "leaves the 16 × 16 image"),
        (lambda: patterns.stained(DRAWINGS[0, 0], 300, np.random.default_rng(0)), "256 pixels"),
    ],
)
def test_bad_input_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
