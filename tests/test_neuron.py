"""Neurons against truth tables, and layers of them against geometry done another way."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path

from course_utils import data, gates, neuron


@pytest.mark.parametrize("name", gates.GATES)
def test_gate_weights_give_the_truth_table(name):
    X, y = data.truth_table(name)
    assert neuron.threshold_unit(gates.GATES[name], neuron.with_bias(X)).tolist() == y.tolist()


@given(st.integers(1, 6))
def test_and_or_weights_for_any_number_of_inputs(n):
    X = np.array(list(product((0, 1), repeat=n)))
    augmented = neuron.with_bias(X)
    conjunction = neuron.threshold_unit(gates.and_weights(n), augmented)
    assert conjunction.tolist() == X.all(axis=1).tolist()
    disjunction = neuron.threshold_unit(gates.or_weights(n), augmented)
    assert disjunction.tolist() == X.any(axis=1).tolist()


def test_mcculloch_pitts_inhibition_is_a_veto_that_no_excitation_outweighs():
    bits = np.array(list(product((0, 1), repeat=4)))
    fires = neuron.mcculloch_pitts(bits[:, :3], bits[:, 3:], threshold=2)
    assert fires.tolist() == [int(a + b + c >= 2 and not d) for a, b, c, d in bits.tolist()]


def test_mcculloch_pitts_without_excitatory_inputs_is_nor():
    X, y = data.truth_table("NOR")
    assert neuron.mcculloch_pitts(np.zeros((4, 0)), X, threshold=0).tolist() == y.tolist()


def test_step_is_one_at_zero():
    assert neuron.heaviside([-1e-300, 0.0, 1e-300]).tolist() == [0, 1, 1]


def test_bias_is_the_first_weight():
    X = np.array([[2.0, 3.0], [4.0, 5.0]])
    assert (neuron.with_bias(X) @ [10, 1, -1]).tolist() == [9, 9]


def test_polygon_layer_agrees_with_matplotlib():
    rng = np.random.default_rng(0)
    angles = np.sort(rng.uniform(0, 2 * np.pi, 7))
    corners = np.column_stack([2 * np.cos(angles) + 1, np.sin(angles)])
    X = rng.uniform(-3, 4, size=(2000, 2))
    W = neuron.polygon_layer(corners)
    inside = neuron.threshold_layer([gates.and_weights(7)], neuron.threshold_layer(W, X))[:, 0]
    assert inside.tolist() == Path(corners).contains_points(X).astype(int).tolist()
    assert 0 < inside.sum() < 2000


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 0), (0, 1), (1, 0)],  # clockwise
        [(0, 0), (2, 0), (0.1, 0.1), (0, 2)],  # dented
        [(np.cos(4 * np.pi * k / 5), np.sin(4 * np.pi * k / 5)) for k in range(5)],  # star
        [(0, 0), (1, 0)],
    ],
)
def test_polygon_layer_refuses_what_is_not_convex(corners):
    with pytest.raises(ValueError, match="counter-clockwise"):
        neuron.polygon_layer(corners)


def test_bad_inputs_are_named():
    with pytest.raises(ValueError, match=r"shape \(N, d\), not \(3,\)"):
        neuron.with_bias([1, 2, 3])
    with pytest.raises(ValueError, match="inhibitory inputs"):
        neuron.mcculloch_pitts([[0, 1]], [[2]], threshold=1)
