"""Data sets: shapes, ranges and the properties that they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils import data, neuron


def test_truth_tables():
    expected = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NOR": [1, 0, 0, 0]}
    expected |= {"NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0], "NOT": [1, 0]}
    for name, outputs in expected.items():
        X, y = data.truth_table(name)
        assert y.tolist() == outputs
    assert X.tolist() == [[0], [1]]
    assert data.truth_table("AND")[0].tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    X, y = data.truth_table("XOR", 5)
    assert X.shape == (32, 5)
    np.testing.assert_array_equal(y, X.sum(axis=1) % 2)


def test_digits_are_ink_between_0_and_1():
    X, y = data.digits()
    assert X.shape == (1797, 64)
    assert (X.min(), X.max()) == (0, 1)
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


@given(st.integers(0, 10**6), st.floats(0, 0.3), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_clouds_keep_the_promised_margin(seed, margin, dimension):
    X, y, w = data.separable_cloud(20, margin, np.random.default_rng(seed), dimension)
    assert X.shape == (20, dimension)
    assert np.linalg.norm(w) == pytest.approx(1)
    assert (y * (neuron.with_bias(X) @ w)).min() >= margin
    assert set(y) == {-1, 1}
    assert np.abs(X).max() <= 1


def test_marked_cards_have_one_square_on_one_side():
    images, y = data.marked_cards(200, np.random.default_rng(0))
    right = images[:, :, 10:].sum(axis=(1, 2)) > 0
    left = images[:, :, :10].sum(axis=(1, 2)) > 0
    assert (right != left).all()
    assert np.where(right, 1, -1).tolist() == y.tolist()
    areas = np.unique(images.sum(axis=(1, 2)))
    assert areas.tolist() == [16, 25, 36, 49, 64]


@pytest.mark.parametrize("kind", data.SHAPES)
def test_drawn_area_against_geometry(kind):
    size = 7.0
    area = {
        "circle": np.pi * size**2,
        "square": 4 * size**2,
        "triangle": 2 * size**2,
        "cross": 4 * size**2 * (1 - 4 / 9),
    }[kind]
    # Averaged over sub-cell positions, counting cells measures the area.
    offsets = np.arange(10) / 10
    drawn = [data.draw_shape(kind, (a, b), size).sum() for a in offsets for b in offsets]
    assert np.mean(drawn) == pytest.approx(area, rel=0.02)


def test_shapes_are_noisy_as_asked_and_repeatable():
    clean, labels = data.shapes(300, np.random.default_rng(1))
    noisy, same = data.shapes(300, np.random.default_rng(1), noise=0.05)
    assert clean.shape == (300, 20, 20)
    assert set(np.unique(clean)) == {0, 1}
    assert labels.tolist() == same.tolist()
    assert sorted(set(labels)) == [0, 1, 2, 3]
    assert np.mean(clean != noisy) == pytest.approx(0.05, abs=0.003)  # 4 standard errors: 0.0025


def test_bad_requests_are_named():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="no gate 'IF'"):
        data.truth_table("IF")
    with pytest.raises(ValueError, match="at least one input"):
        data.truth_table("AND", 0)
    with pytest.raises(ValueError, match="no shape \\['star'\\]"):
        data.shapes(1, rng, ("star",))
    with pytest.raises(ValueError, match="from 0 to 1, got 2"):
        data.shapes(1, rng, noise=2)
    with pytest.raises(ValueError, match="leaves no room"):
        data.separable_cloud(10, 5.0, rng)
