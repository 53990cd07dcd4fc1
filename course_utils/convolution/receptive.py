"""Receptive fields: which pixels of the input a unit deep in a network can see.

Araujo, Norris and Sim (2019), "Computing Receptive Fields of Convolutional Neural Networks",
Distill, https://doi.org/10.23915/distill.00021. For one axis; pooling counts as a layer with the
size of its window for a kernel.
"""

from collections.abc import Sequence
from typing import NamedTuple

from course_utils.convolution.sizes import whole

#: (kernel,), (kernel, stride) or (kernel, stride, dilation) of one layer.
LayerShape = Sequence[int]


class Reach(NamedTuple):
    """What a unit of a layer sees of the input, along one axis, in pixels."""

    #: Length of its receptive field.
    field: int
    #: Distance of the fields of two neighbouring units: the product of the strides so far.
    jump: int


def growth(layers: Sequence[LayerShape]) -> list[Reach]:
    """Receptive field and jump behind each layer, from the first to the last.

    Parameters
    ----------
    layers
        From the input on, each (kernel,), (kernel, stride) or (kernel, stride, dilation).

    Raises
    ------
    ValueError
        Where a layer is not made of one to three positive whole numbers.
    """
    field, jump, reaches = 1, 1, []
    for layer in layers:
        kernel, stride, dilation = _numbers(layer)
        # k − 1 further units, each d units of this layer's input on, which are `jump` pixels apart
        field += dilation * (kernel - 1) * jump
        jump *= stride
        reaches.append(Reach(field, jump))
    return reaches


def receptive_field(layers: Sequence[LayerShape]) -> int:
    """Pixels along one axis that a unit behind all ``layers`` sees; 1 where there are none.

    Raises
    ------
    ValueError
        As `growth`.
    """
    return growth(layers)[-1].field if len(layers) else 1


def pixels_seen(layers: Sequence[LayerShape], unit: int, paddings: Sequence[int] = ()) -> range:
    """The pixels that unit number ``unit`` behind all ``layers`` sees.

    Parameters
    ----------
    layers
        As in `growth`.
    unit
        Its number along the axis, from 0.
    paddings
        Pixels that each layer adds before its input; none where left out.

    Returns
    -------
    range
        Numbers of pixels; those below 0, or beyond the end of the image, are padding.

    Raises
    ------
    ValueError
        As `growth`, or where there is not one padding per layer.
    """
    paddings = paddings or [0] * len(layers)
    if len(paddings) != len(layers):
        raise ValueError(f"{len(layers)} layers need as many paddings, got {len(paddings)}")
    first = last = whole(unit, "unit", 0)
    for layer, padding in zip(reversed(layers), reversed(paddings), strict=True):
        kernel, stride, dilation = _numbers(layer)
        first = first * stride - padding
        last = last * stride - padding + dilation * (kernel - 1)
    return range(first, last + 1)


def _numbers(layer: LayerShape) -> tuple[int, int, int]:
    if not isinstance(layer, tuple | list) or not 1 <= len(layer) <= 3:
        raise ValueError(f"a layer is (kernel, stride) or (kernel, stride, dilation), not {layer}")
    kernel, stride, dilation = (*layer, 1, 1)[:3] if len(layer) < 3 else layer
    return whole(kernel, "kernel", 1), whole(stride, "stride", 1), whole(dilation, "dilation", 1)
