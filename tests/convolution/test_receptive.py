import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.convolution.receptive import Reach, growth, pixels_seen, receptive_field

SETTINGS = settings(max_examples=60, deadline=None)

LAYERS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 2)), max_size=4)


def seen_by_gradient(layers, unit, length, paddings):
    """Pixels with a gradient when all weights are 1: what the unit really depends on."""
    x = torch.zeros(1, 1, length, dtype=torch.float64, requires_grad=True)
    y = x
    for (kernel, stride, dilation), padding in zip(layers, paddings, strict=True):
        ones = torch.ones(1, 1, kernel, dtype=torch.float64)
        y = torch.nn.functional.conv1d(y, ones, stride=stride, padding=padding, dilation=dilation)
    if unit >= y.shape[-1]:
        return None
    y[0, 0, unit].backward()
    return np.flatnonzero(x.grad.numpy())


@SETTINGS
@given(LAYERS, st.integers(0, 3))
def test_the_field_is_where_the_gradient_is(layers, unit):
    # A dilation, or a stride above the kernel, leaves holes: the field reaches from end to end.
    pixels = seen_by_gradient(layers, unit, 400, [0] * len(layers))
    assert pixels[-1] - pixels[0] + 1 == receptive_field(layers)
    assert pixels_seen(layers, unit) == range(pixels[0], pixels[-1] + 1)


@SETTINGS
@given(st.lists(st.sampled_from([(3, 1, 1), (3, 2, 1), (5, 1, 1), (2, 2, 1)]), max_size=3))
def test_pixels_seen_with_padding(layers):
    paddings = [kernel // 2 for kernel, *_ in layers]
    unit = 5
    pixels = seen_by_gradient(layers, unit, 400, paddings)
    inside = [p for p in pixels_seen(layers, unit, paddings) if p >= 0]
    assert inside == pixels.tolist()


def test_a_field_next_to_the_border_begins_outside():
    assert pixels_seen([(5, 1)], 0, [2]) == range(-2, 3)


def test_one_seven_and_three_threes():
    assert receptive_field([(7,)]) == receptive_field([(3,), (3,), (3,)]) == 7
    assert receptive_field([]) == 1


def test_lenet5_sees_the_whole_image():
    layers = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]
    assert growth(layers) == [Reach(5, 1), Reach(6, 2), Reach(14, 2), Reach(16, 4), Reach(32, 4)]


@pytest.mark.parametrize("layer", [(), (3, 1, 1, 1), (0, 1), (3, 0), 3, ("3", 1)])
def test_bad_layers_are_refused(layer):
    with pytest.raises(ValueError, match=r"layer|kernel|stride"):
        receptive_field([layer])


def test_bad_units_and_paddings_are_refused():
    with pytest.raises(ValueError, match="unit"):
        pixels_seen([(3, 1)], -1)
    with pytest.raises(ValueError, match="2 layers need as many paddings, got 1"):
        pixels_seen([(3, 1), (3, 1)], 0, [1])
