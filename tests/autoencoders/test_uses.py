"""Hashing, anomalies, capacity, associative memories."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn import metrics

from course_utils import data
from course_utils.autoencoders import anomaly, association, capacity, hashing

SETTINGS = settings(max_examples=60, deadline=None)
RNG = np.random.default_rng(5)


def test_bits_and_distances():
    H = RNG.normal(size=(30, 7))
    limits = hashing.thresholds(H)
    codes = hashing.bits(H, limits)
    np.testing.assert_array_equal(codes.sum(axis=0), 15)
    np.testing.assert_allclose(hashing.hamming(codes, codes), cdist(codes, codes, "hamming") * 7)
    np.testing.assert_array_equal(hashing.hamming(codes[0], codes), (codes[0] != codes).sum(1))


def test_retrieval_by_hand():
    H = [[0.9, 0.9, 0.9], [0.1, 0.9, 0.1], [0.6, 0.1, 0.9], [0.9, 0.9, 0.1]]
    # Bits 111, 010, 101, 110; the query 011 differs by 1, 1, 2 and 2.
    np.testing.assert_array_equal(hashing.retrieve([0, 1, 0.51], H, [0.5] * 3, 4), [0, 1, 2, 3])
    np.testing.assert_array_equal(hashing.retrieve([0.2, 1, 0.5], H, [0.5] * 3, 2), [1, 3])


def test_precision():
    assert hashing.precision([0, 2, 3], [7, 1, 7, 1], 7) == 2 / 3
    assert hashing.chance_precision([7, 1, 7, 1]) == 0.5
    with pytest.raises(ValueError, match="nothing was found"):
        hashing.precision([], [7], 7)


@SETTINGS
@given(st.integers(0, 10**6), st.integers(2, 40), st.integers(1, 20))
def test_roc_and_auc_are_scikit_learns_with_ties(seed, n, values):
    rng = np.random.default_rng(seed)
    truth = rng.permutation(np.arange(n) % 2 == 0)
    scores = rng.integers(values, size=n) / 7
    false_rate, true_rate, thresholds = anomaly.roc(scores, truth)
    theirs = metrics.roc_curve(truth, scores, drop_intermediate=False)
    for ours, other in zip((false_rate, true_rate, thresholds), theirs, strict=True):
        np.testing.assert_allclose(ours, other)
    area = anomaly.auc(scores, truth)
    np.testing.assert_allclose(area, metrics.roc_auc_score(truth, scores))
    np.testing.assert_allclose(area, np.trapezoid(true_rate, false_rate))
    np.testing.assert_allclose(anomaly.auc(-scores, truth), 1 - area)


def test_scores_by_hand():
    np.testing.assert_allclose(anomaly.scores([[0, 2], [1, 1]], [[0, 0], [1, 0]]), [2, 0.5])


@pytest.mark.parametrize(
    ("scores", "truth", "says"),
    [
        ([1, 2], [1, 1], "both kinds"),
        ([1, np.nan], [0, 1], "NaN"),
        ([1, 2, 3], [0, 1], r"\(3,\) scores for \(2,\)"),
        ([1, 2], [0, 2], "True or False"),
    ],
)
def test_what_has_no_curve(scores, truth, says):
    with pytest.raises(ValueError, match=says):
        anomaly.roc(scores, truth)


@SETTINGS
@given(st.integers(0, 10**6), st.integers(2, 20), st.integers(1, 70))
def test_one_number_holds_a_picture(seed, base, size):
    pixels = np.random.default_rng(seed).integers(base, size=size)
    number = capacity.pack(pixels, base)
    assert 0 <= number < 1
    np.testing.assert_array_equal(capacity.unpack(number, size, base), pixels)


def test_packing_by_hand():
    assert capacity.pack([[3, 1], [4, 1]], 10) == Fraction(3141, 10_000)
    np.testing.assert_array_equal(capacity.unpack(0.625, 3, 2), [1, 0, 1])


def test_a_float_holds_twelve_pixels():
    ink = np.random.default_rng(0).integers(1, 16, size=(200, 64))
    lengths = []
    for image in ink:
        back = capacity.unpack(float(capacity.pack(image)), len(image))
        lengths.append(np.flatnonzero(np.append(back != image, True))[0])
    assert 11 <= min(lengths) <= max(lengths) < 20
    assert np.median(lengths) in (12, 13)


def test_lookup_is_perfect_on_its_examples_and_jumps_between_them():
    ink = data.digits()[0]
    memory = capacity.Lookup(ink[:100])
    np.testing.assert_array_equal(memory.reconstruct(ink[:100]), ink[:100])
    nearest = cdist(ink[100:150], ink[:100]).argmin(axis=1)
    np.testing.assert_array_equal(memory.encode(ink[100:150]), nearest / 100)
    np.testing.assert_array_equal(memory.decode([0.304, 2.0]), ink[[30, 99]])


@pytest.mark.parametrize("image", [[17], [-1], [0.5]])
def test_pixels_that_are_no_digits(image):
    with pytest.raises(ValueError, match="from 0 to 16"):
        capacity.pack(image)


def test_number_out_of_range():
    with pytest.raises(ValueError, match=r"less than 1, got 1\.5"):
        capacity.unpack(1.5, 3)


def test_memories_recall_their_pairs_and_complete_a_pattern():
    X, Y = RNG.normal(size=(4, 9)), RNG.normal(size=(4, 3))
    np.testing.assert_allclose(association.recall(association.heteroassociate(X, Y), X), Y)
    memory = association.autoassociate(X)
    np.testing.assert_allclose(association.recall(memory, X), X)
    np.testing.assert_allclose(memory @ memory, memory, atol=1e-12)
    full = association.autoassociate(RNG.normal(size=(9, 9)))
    np.testing.assert_allclose(full, np.eye(9), atol=1e-9)
    with pytest.raises(ValueError, match="4 cues for 3"):
        association.heteroassociate(X, Y[:3])


def test_bits_that_do_not_fit():
    with pytest.raises(ValueError, match="3 columns, got 2"):
        hashing.bits([[1, 2]], [0, 0, 0])
    with pytest.raises(ValueError, match="cannot be compared"):
        hashing.hamming([True], [[True, False]])
    with pytest.raises(ValueError, match="from 1 to 1, got 2"):
        hashing.retrieve([1], [[1]], [0], 2)
