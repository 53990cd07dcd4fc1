import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.convolution.sizes import output_size, pads, stack_weights, transposed_size

SETTINGS = settings(max_examples=60, deadline=None)

NUMBERS = st.integers(1, 12), st.integers(1, 5), st.integers(0, 4), st.integers(1, 3)


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        ((32, 5), 28),  # LeNet-5, C1
        ((28, 2, 2), 14),  # S2
        ((16, 5, 2, (1, 2)), 8),  # the network of 1989, H1
        ((16, 5, 2, 2), 8),
        ((227, 11, 4), 55),  # AlexNet
        ((7, 7, 3), 1),
        ((5, 3, 1, 0, 2), 1),
        ((9, 4, 1, "same"), 9),
        ((9, 4, 1, "valid"), 6),
    ],
)
def test_sizes_of_known_layers(arguments, places):
    assert output_size(*arguments) == places


@SETTINGS
@given(st.integers(1, 40), *NUMBERS)
def test_same_number_of_places_as_in_pytorch(size, kernel, stride, padding, dilation):
    image, weight = torch.zeros(1, 1, size), torch.zeros(1, 1, kernel)
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    if dilation * (kernel - 1) + 1 > size + 2 * padding:
        with pytest.raises(ValueError, match="fits nowhere"):
            output_size(size, kernel, **options)
    else:
        places = torch.nn.functional.conv1d(image, weight, **options).shape[-1]
        assert output_size(size, kernel, **options) == places


@SETTINGS
@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 3))
def test_same_keeps_the_size_and_puts_the_larger_part_after(size, kernel, dilation):
    before, after = pads(kernel, "same", dilation)
    assert 0 <= after - before <= 1
    assert output_size(size, kernel, 1, "same", dilation) == size
    assert output_size(size, kernel, 1, (before, after), dilation) == size


@SETTINGS
@given(st.integers(1, 20), *NUMBERS[:3], st.integers(0, 4))
def test_transposed_size_is_pytorchs_and_goes_back(size, kernel, stride, padding, extra):
    arguments = size, kernel, stride, padding, extra
    if extra >= stride or (size - 1) * stride - 2 * padding + kernel + extra < 1:
        with pytest.raises(ValueError, match="output"):
            transposed_size(*arguments)
        return
    weight = torch.zeros(1, 1, kernel)
    out = torch.nn.functional.conv_transpose1d(
        torch.zeros(1, 1, size), weight, stride=stride, padding=padding, output_padding=extra
    )
    assert transposed_size(*arguments) == out.shape[-1]
    assert output_size(out.shape[-1], kernel, stride, padding) == size


def test_three_small_kernels_take_fewer_weights_than_one_large_one():
    assert (stack_weights([7], 10), stack_weights([3, 3, 3], 10)) == (4900, 2700)
    weights = [torch.nn.Conv2d(10, 10, 3, bias=False).weight.numel() for _ in range(3)]
    assert stack_weights([3, 3, 3], 10) == sum(weights)
    assert stack_weights([]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((4, 5), "the kernel spans 5 pixels, the padded image has 4"),
        ((0, 1), "size should be a whole number from 1, got 0"),
        ((4, 0), "kernel should be"),
        ((4, 2, 0), "stride should be"),
        ((4, 2, 1, -1), "padding should be"),
        ((4, 2, 1, 0, 0), "dilation should be"),
        ((4, 2.5), "kernel should be"),
        ((4, True), "kernel should be"),
        ((4, 2, 1, "full"), "'same' or 'valid': 'full'"),
        ((4, 2, 1, (1, 2, 3)), "one number or"),
        ((4, 2, 2, "same"), "at stride 1 only, got stride 2"),
    ],
)
def test_bad_numbers_are_refused_in_one_line(arguments, said):
    with pytest.raises(ValueError, match=said) as error:
        output_size(*arguments)
    assert "\n" not in str(error.value)


def test_bad_stacks_are_refused():
    with pytest.raises(ValueError, match="kernel should be"):
        stack_weights([3, 0])
    with pytest.raises(ValueError, match="channels should be"):
        stack_weights([3], 0)
