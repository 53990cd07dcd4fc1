"""One hidden layer: the formula, and the changes that leave the function as it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.multilayer import one_hidden as module
from course_utils.multilayer.activations import RELU, TANH, leaky_relu
from course_utils.multilayer.one_hidden import add, one_hidden, permute, rescale

X = np.random.default_rng(5).normal(size=(20, 3))


def random_net(width=4, inputs=3, activation=RELU, seed=0):
    rng = np.random.default_rng(seed)
    draw = rng.normal
    return one_hidden(
        draw(size=(width, inputs)), draw(size=width), draw(size=width), 0.3, activation
    )


def test_it_is_the_formula():
    net = random_net(activation=TANH)
    one_by_one = [net.w2 @ np.tanh(net.W1 @ x + net.b1) + net.b2 for x in X]
    np.testing.assert_allclose(net(X), one_by_one, rtol=1e-13)
    assert net.hidden(X).shape == (20, 4)
    assert net.width == 4


def test_numbers_will_do_where_there_is_one_input():
    net = one_hidden([1, -2], [0, 1], [1, 1], 0)
    x = np.array([-1.0, 0.0, 2.0])
    np.testing.assert_array_equal(net(x), [3, 1, 2])
    np.testing.assert_array_equal(net(x), net(x[:, None]))


@given(st.lists(st.floats(0.01, 100), min_size=4, max_size=4))
def test_rescaling_changes_no_output(d):
    for activation in (RELU, leaky_relu()):
        net = random_net(activation=activation)
        np.testing.assert_allclose(rescale(net, d)(X), net(X), rtol=1e-9, atol=1e-12)


@given(st.permutations(range(4)))
def test_permuting_changes_no_output(order):
    net = random_net()
    np.testing.assert_allclose(permute(net, order)(X), net(X), rtol=1e-12)


def test_adding_adds_outputs():
    nets = [random_net(seed=1), random_net(width=2, seed=2)]
    total = add(nets)
    assert total.width == 6
    np.testing.assert_allclose(total(X), nets[0](X) + nets[1](X), rtol=1e-12)


def test_bad_input_is_named():
    net = random_net()
    for d in ([1, 2], [1, 1, 1, 0], [1, 1, 1, -1]):
        with pytest.raises(ValueError, match="4 positive factors"):
            rescale(net, d)
    with pytest.raises(ValueError, match="σ\\(2z\\) is not 2 σ\\(z\\)"):
        rescale(random_net(activation=TANH), np.ones(4))
    with pytest.raises(ValueError, match="units 0 to 3"):
        permute(net, [0, 1, 1, 2])
    with pytest.raises(ValueError, match="no network"):
        add([])
    with pytest.raises(ValueError, match="same activation"):
        add([net, random_net(activation=TANH)])
    with pytest.raises(ValueError, match="cannot be shared"):
        add([net, random_net(inputs=2)])
    with pytest.raises(ValueError, match="are needed, got"):
        module.one_hidden(np.zeros((2, 2)), np.zeros(3), np.zeros(2), 0)
