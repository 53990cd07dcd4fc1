"""Networks set by hand: every right one passes, and what is nearly right is named."""

import numpy as np
import pytest

from course_utils.checks import CheckFailed
from course_utils.multilayer import handmade, xor
from course_utils.multilayer.interpolant import relu_interpolant


@pytest.mark.parametrize("name", xor.FAMILIES)
def test_the_chapters_networks_pass_for_zero_and_one(name):
    handmade.check_xor(xor.FAMILIES[name][:4], 0.0, 1.0)


@pytest.mark.parametrize(("off", "on"), [(-1, 1), (0, 5), (2, 2.5)])
@pytest.mark.parametrize("name", xor.FAMILIES)
def test_for_other_levels_they_do_not(name, off, on):
    with pytest.raises(CheckFailed, match=r"for inputs 0 and 1|up to a factor"):
        handmade.check_xor(xor.FAMILIES[name][:4], off, on)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"W1": [[-1, 1], [-1, 1]]}, "W1 transposed"),
        ({"b1": [-1, 1]}, "signs of b1 flipped"),
        ({"b2": 3}, "another b2"),
        ({"w2": [1, 1], "b2": 0}, "opposite"),
        ({"w2": [0, 0]}, "all four outputs are equal"),
        ({"w2": [[1, 1]]}, "w2 should have shape"),
        ({"b1": 0}, "b1 should have shape"),
        ({"W1": [1, 1]}, "W1 should have shape"),
        ({"W1": [[1, 1]]}, "2 weights of the output mean 2 hidden units"),
        ({"b2": [1, 2]}, "b2 should be one number"),
        ({"b2": np.nan}, "NaN or infinite"),
        ({"b2": "one"}, "arrays or lists of numbers"),
    ],
)
def test_what_is_wrong_with_a_network_is_said(change, reason):
    net = dict(zip(("W1", "b1", "w2", "b2"), xor.FAMILIES["sum"], strict=False)) | change
    with pytest.raises(CheckFailed, match=reason):
        handmade.check_xor(tuple(net.values()), 0.0, 1.0)


@pytest.mark.parametrize("network", [None, 3, (1, 2, 3), np.zeros(4)])
def test_what_is_no_network_is_refused(network):
    with pytest.raises(CheckFailed, match=r"nothing was returned|four parts"):
        handmade.check_xor(network, 0.0, 1.0)


def test_interpolants():
    x, y = np.array([-1, 0.5, 1, 3]), np.array([2.0, -1, 0, 5])
    net = relu_interpolant(x, y)
    handmade.check_interpolant(net[:4], x, y)
    handmade.check_interpolant((net.W1[:, 0], *net[1:4]), x, y)
    for change, reason in [
        (net._replace(b1=-net.b1), "kinks are at"),
        (net._replace(b2=0), "output's bias is missing"),
        (net._replace(w2=np.cumsum(net.w2)), "change"),
        (net._replace(w2=-net.w2), "sign of the output weights"),
    ]:
        with pytest.raises(CheckFailed, match=reason):
            handmade.check_interpolant(change[:4], x, y)
