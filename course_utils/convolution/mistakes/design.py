"""What the usual mistakes in sizes, receptive fields, counts and kernels would give.

Each function takes the arguments of a question and gives {description: value}.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.convolution.mistakes.possible import Values


def output_size(n: int, k: int, s: int, p: int) -> Values:
    """Of `sizes.output_size`, with the same padding p at both ends."""
    return {
        "`//` comes before + and −: parentheses are missing": n + 2 * p - k // s + 1,
        "the + 1 was added before the division by the stride; add it after": (
            (n + 2 * p - k + 1) // s
        ),
        "the last place was forgotten: the + 1 is missing": (n + 2 * p - k) // s,
        "the padding was counted at one end only; it stands at both": (n + p - k) // s + 1,
        "the padding was left out": (n - k) // s + 1,
        "the stride was ignored": n + 2 * p - k + 1,
        "not a whole number: count the places that fit, so round down": (n + 2 * p - k) / s + 1,
        "rounded up: the last step would leave the image": -((k - n - 2 * p) // s) + 1,
        "the kernel's size was left out": (n + 2 * p) // s,
        "that is the size of the padded image, not the number of places": n + 2 * p,
    }


def receptive_field(layers: Sequence[tuple[int, int]]) -> Values:
    """Of `receptive.receptive_field`: layers (kernel, stride) from the input on."""
    kernels, strides = [k for k, _ in layers], [s for _, s in layers]
    jumps = np.cumprod([1, *strides])  # before the first layer, …, behind the last
    return {
        "the strides were ignored: behind a stride of 2, one step is two pixels of the input": (
            1 + sum(k - 1 for k in kernels)
        ),
        "a layer's own stride widens only what comes after it": (
            1 + sum((k - 1) * int(j) for k, j in zip(kernels, jumps[1:], strict=True))
        ),
        "only the stride of the layer before was used; the strides multiply up": (
            1 + sum((k - 1) * s for k, s in zip(kernels, [1, *strides], strict=False))
        ),
        "a layer's step was widened by its own stride alone; those before it multiply up": (
            1 + sum((k - 1) * s for k, s in layers)
        ),
        "the strides were added up; they multiply": (
            1 + sum((k - 1) * (1 + sum(strides[:i])) for i, k in enumerate(kernels))
        ),
        "one pixel is missing: without layers, a unit sees 1 pixel": (
            sum((k - 1) * int(j) for k, j in zip(kernels, jumps, strict=False))
        ),
        "k − 1, not k: the first entry of the kernel widens nothing": (
            1 + sum(k * int(j) for k, j in zip(kernels, jumps, strict=False))
        ),
        "the kernels were added up; k − 1 each, times the product of the strides before": (
            sum(kernels)
        ),
        "the kernels were multiplied": int(np.prod(kernels, dtype=int)),
        "the layers were taken from the last to the first": _backwards(layers),
        "that is the product of the strides (the jump), not the field": int(jumps[-1]),
        "only the last layer was looked at": kernels[-1] if kernels else 0,
    }


def parameters(layers: Sequence[tuple[Any, ...]]) -> Values:
    """Of the number of parameters: layers as in the question.

    ("conv", sees, kernel, side), ("subsample", maps, side), ("pool", maps, side) or
    ("linear", inputs, outputs).
    """

    def summed(
        conv: Any,
        subsample: Any = lambda maps, side: 2 * maps,
        linear: Any = lambda inputs, outputs: (inputs + 1) * outputs,
        pool: Any = lambda maps, side: 0,
    ) -> int:
        count = {"conv": conv, "subsample": subsample, "linear": linear, "pool": pool}
        return int(sum(count[kind](*numbers) for kind, *numbers in layers))

    def right(sees: Sequence[int], k: int, side: int) -> int:
        return sum(sees) * k**2 + len(sees)

    return {
        "the biases were left out": summed(
            lambda sees, k, side: sum(sees) * k**2,
            lambda maps, side: maps,
            lambda inputs, outputs: inputs * outputs,
        ),
        "the biases of the convolutions were left out": summed(
            lambda sees, k, side: sum(sees) * k**2
        ),
        "the biases of the linear layers were left out": summed(
            right, linear=lambda inputs, outputs: inputs * outputs
        ),
        "weights were counted at every place, which gives connections; a map shares them": (
            summed(
                lambda sees, k, side: right(sees, k, side) * side**2,
                lambda maps, side: 2 * maps * side**2,
            )
        ),
        "each pixel of a map got a bias of its own; a map shares one": summed(
            lambda sees, k, side: sum(sees) * k**2 + len(sees) * side**2
        ),
        "one bias for each kernel; a map has one bias, however many maps it sees": summed(
            lambda sees, k, side: sum(sees) * (k**2 + 1)
        ),
        "one bias for each convolutional layer; each of its maps has one": summed(
            lambda sees, k, side: sum(sees) * k**2 + 1
        ),
        "one kernel for each map; it has one for every map that it sees": summed(
            lambda sees, k, side: len(sees) * (k**2 + 1)
        ),
        "k weights for each kernel; it has k · k": summed(
            lambda sees, k, side: sum(sees) * k + len(sees)
        ),
        "every map was taken to see as many maps as the last one of its layer; add up `sees`": (
            summed(lambda sees, k, side: len(sees) * (sees[-1] * k**2 + 1))
        ),
        "every map was taken to see as many maps as the first one of its layer; add up `sees`": (
            summed(lambda sees, k, side: len(sees) * (sees[0] * k**2 + 1))
        ),
        "a subsampling map learns two numbers, a weight and a bias; none were counted": summed(
            right, lambda maps, side: 0
        ),
        "a subsampling map learns two numbers, a weight and a bias; one was counted": summed(
            right, lambda maps, side: maps
        ),
        "every pixel of a subsampling map got parameters of its own; the map shares two": summed(
            right, lambda maps, side: 2 * maps * side**2
        ),
        "pooling learns nothing; it has no weights": summed(
            right, pool=lambda maps, side: 2 * maps
        ),
        "60,000 is LeNet-5 as published; add up the layers that are given": 60_000,
        "a linear layer has a bias for each output, not for each input": summed(
            right, linear=lambda inputs, outputs: inputs * (outputs + 1)
        ),
    }


#: How many times too large an edge kernel answers, and why.
_FACTORS = {
    8.0: "8 times too large, as Sobel's kernel: divide by 8 for the change *per pixel*",
    6.0: "6 times too large: three rows, and in each a difference over two pixels",
    4.0: "4 times too large for the change *per pixel*",
    3.0: "3 times too large: the answers of three rows were added up",
    2.0: "twice too large: left and right neighbour are two pixels apart",
}


def edge_response(
    image: np.ndarray, kernel: np.ndarray, wanted: np.ndarray, slope_across: float
) -> Values:
    """Of what a 3 × 3 kernel answers on a slope of brightness, by what would repair the kernel.

    ``image`` (H, W); ``wanted`` and the values are (H − 2, W − 2). ``slope_across`` is how fast
    brightness grows at a right angle to the wanted direction.
    """
    found: Values = {}
    if abs(kernel.sum()) > 1e-6:
        found["it answers to even brightness: its entries should add up to 0"] = slide(
            image, kernel
        )
    if np.allclose(slide(image, kernel), 0, atol=1e-6):
        bends = "it answers 0 on any slope: it measures how brightness bends, not how it grows"
        found[bends] = np.zeros_like(wanted)
    across = np.full_like(wanted, slope_across)
    found |= {
        "it answers to the opposite direction. The kernel is laid on as it is, not turned: what "
        "stands on its right meets what lies on the right in the image": -wanted,
        "it answers at a right angle: are rows and columns swapped?": across,
        "rows and columns are swapped, and the sign is flipped": -across,
    }
    for factor, why in _FACTORS.items():
        found[why] = factor * wanted
        found[f"{why}; and it answers to the opposite direction"] = -factor * wanted
    return found


def slide(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Cross-correlation of one image (H, W) with one kernel, without padding."""
    under = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijuv,uv->ij", under, kernel)


def _backwards(layers: Sequence[tuple[int, int]]) -> int:
    field, jump = 1, 1
    for kernel, stride in reversed(layers):
        field += (kernel - 1) * jump
        jump *= stride
    return field
