"""The Mark I: its wiring, its arithmetic, and learning as one perceptron per response unit."""

import numpy as np
import pytest

from course_utils import data, margin, mark_one, perceptron
from course_utils.mark_one import MarkOne


@pytest.fixture
def machine():
    return MarkOne(np.random.default_rng(0), excitatory=4, inhibitory=3, threshold=1)


def test_wiring(machine):
    assert machine.wiring.shape == (512, 400)
    assert ((machine.wiring == 1).sum(axis=1) == 4).all()
    assert ((machine.wiring == -1).sum(axis=1) == 3).all()


def test_association_by_counting_wires(machine):
    images, _ = data.shapes(3, np.random.default_rng(1), noise=0.1)
    active = machine.associate(images)
    assert active.shape == (3, 512)
    for n, image in enumerate(images):
        for unit in range(0, 512, 37):
            total = sum(int(machine.wiring[unit, cell]) for cell in range(400) if image.flat[cell])
            assert active[n, unit] == (total >= 1)


def test_each_response_unit_is_a_perceptron_on_the_association_units(machine):
    images, labels = data.shapes(60, np.random.default_rng(2))
    wiring = machine.wiring.copy()
    machine.learn(images, labels, max_epochs=5, rng=np.random.default_rng(3))
    active = machine.associate(images)
    for k in range(8):
        signs = np.where(labels == k, 1, -1)
        alone = perceptron.train(active, signs, max_epochs=5, rng=np.random.default_rng(3))
        # A unit that has learnt its task keeps being shown images, so nothing more changes.
        np.testing.assert_array_equal(machine.potentiometers[k], alone.w)
    np.testing.assert_array_equal(machine.wiring, wiring)


def test_learns_new_drawings_far_above_chance():
    rng = np.random.default_rng(4)
    images, labels = data.shapes(400, rng, ("square", "triangle"))
    others, truth = data.shapes(400, rng, ("square", "triangle"))
    machine = MarkOne(rng)
    mistakes = machine.learn(images, labels, max_epochs=50, rng=rng)
    assert mistakes[-1] == 0
    assert (machine.classify(images) == labels).all()
    assert (machine.classify(others) == truth).mean() > 0.95


def test_negatives_are_beyond_pixels_but_not_beyond_the_machine():
    rng = np.random.default_rng(5)
    images, labels = data.shapes(40, rng, ("square", "cross"))
    both, twice = np.concatenate([images, 1 - images]), np.append(labels, labels)
    signs = 2 * twice - 1
    pixels = np.column_stack([np.ones(80), both.reshape(80, 400)])
    assert not margin.is_separable(pixels, signs)
    assert margin.is_separable(MarkOne(rng).associate(both), signs)


def test_bad_inputs_are_named(machine):
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"not \(2, 400\)"):
        machine.associate(np.zeros((2, mark_one.PHOTOCELLS)))
    with pytest.raises(ValueError, match="label from 0 to 7"):
        machine.learn(np.zeros((1, 20, 20)), [8], 1, rng)
    with pytest.raises(ValueError, match="1 to 31 wires, got 40"):
        MarkOne(rng, excitatory=20, inhibitory=20)
