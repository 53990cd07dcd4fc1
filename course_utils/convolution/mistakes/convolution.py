"""What the usual mistakes in a convolution and its gradients would give.

Each function takes the arguments of a question and gives {description: value}.
"""

import numpy as np

from course_utils.convolution import conv2d
from course_utils.convolution.mistakes.possible import Values, possible
from course_utils.convolution.windows import places


def forward(x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int, padding: int) -> Values:
    """Of `conv2d.cross_correlate`: images (N, C, H, W), kernels (K, C, kH, kW), biases (K,)."""
    p, channels = padding, range(x.shape[1])
    area = w.shape[2] * w.shape[3]
    bias = b[:, None, None]

    def layer(x: np.ndarray = x, w: np.ndarray = w, s: int = stride, p: object = p) -> np.ndarray:
        return conv2d.cross_correlate(x, w, b, s, p)

    def padded(rows: int, columns: int, **how: str) -> np.ndarray:
        return layer(np.pad(x, ((0, 0), (0, 0), (rows, rows), (columns, columns)), **how), p=0)

    def apart() -> list[np.ndarray]:
        return [layer(x[:, [c]], w[:, [c]]) - bias for c in channels]

    def square() -> np.ndarray:
        k = w.shape[2]
        big = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        under = np.lib.stride_tricks.sliding_window_view(big, (k, k), axis=(2, 3))
        under = under[:, None, :, ::stride, ::stride]  # (N, 1, C, oH, oW, k, k)
        return (under * w[:, :, None, None]).sum(axis=(2, 5, 6)) + bias

    def dense() -> np.ndarray:  # as many windows as asked for, but one pixel apart
        rows, columns = layer().shape[2:]
        return layer(s=1)[:, :, :rows, :columns]

    def in_pairs() -> np.ndarray:
        if len(x) != len(w):
            raise ValueError("not as many kernels as images")
        own = np.einsum("nn...->n...", layer() - bias)  # (N, oH, oW)
        return np.broadcast_to(own, layer().shape) + bias

    return possible(
        {
            "the kernel's height was used for its width too": square,
            "the bias was left out": lambda: layer() - bias,
            "the bias was added along the columns; it belongs to the kernel: b[:, None, None]": (
                lambda: layer() - bias + b
            ),
            "the kernel was turned by 180°, which is convolution proper; lay it on as it is": (
                lambda: layer(w=conv2d.flip(w))
            ),
            "rows and columns of the kernel are swapped": lambda: layer(w=w.swapaxes(2, 3)),
            "the stride was ignored: step `stride` pixels from one place to the next": (
                lambda: layer(s=1)
            ),
            "the stride was used for the number of windows, not for their places: window i begins "
            "at row i · stride": dense,
            "image n met kernel n only; every kernel meets every image": in_pairs,
            "all four axes were padded; pad rows and columns, and leave the first two alone": (
                lambda: np.pad(layer() - bias, ((p, p), (0, 0), (0, 0), (0, 0))) + bias
            ),
            "the padding was left out": lambda: layer(p=0),
            "padded at the top and left only; zeros belong on all four sides": (
                lambda: layer(p=(p, 0))
            ),
            "padded at the bottom and right only; zeros belong on all four sides": (
                lambda: layer(p=(0, p))
            ),
            "rows were padded, but no columns": lambda: padded(p, 0),
            "columns were padded, but no rows": lambda: padded(0, p),
            "padded with the nearest pixels; pad with zeros": lambda: padded(p, p, mode="edge"),
            "only the first channel was used; sum over all channels": lambda: apart()[0] + bias,
            "only the last channel was used; is there `=` where `+=` should stand?": (
                lambda: apart()[-1] + bias
            ),
            "the channels were averaged; sum them": lambda: sum(apart()) / len(channels) + bias,
            "the channels were kept apart; each kernel sums over all channels": (
                lambda: np.stack(apart(), axis=2) + b[:, None, None, None]
            ),
            "the bias was added once per channel; add it once": (
                lambda: layer() + (len(channels) - 1) * bias
            ),
            "the bias was added for each weight of the kernel; add it once": (
                lambda: layer() + (len(channels) * area - 1) * bias
            ),
            "each window was averaged; the dot product is a sum": (
                lambda: sum(apart()) / area + bias
            ),
            "each window was averaged over pixels and channels; the dot product is a sum": (
                lambda: sum(apart()) / (area * len(channels)) + bias
            ),
            "one place too few in each direction: is a + 1 missing in the size of the result?": (
                lambda: layer()[:, :, :-1, :-1]
            ),
        }
    )


def input_gradient(
    g: np.ndarray, w: np.ndarray, image: tuple[int, int], stride: int, padding: int
) -> Values:
    """Of `conv2d.input_gradient`: g (N, K, oH, oW), kernels (K, C, kH, kW), image (H, W)."""
    (height, width), p, window = image, padding, w.shape[2:]
    shape = (len(g), w.shape[1], height + 2 * p, width + 2 * p)

    def right(w: np.ndarray = w, g: np.ndarray = g) -> np.ndarray:
        return conv2d.input_gradient(g, w, image, stride, p)

    def on_padded() -> np.ndarray:
        return conv2d.input_gradient(g, w, shape[2:], stride)

    def without_last() -> np.ndarray:
        fewer = g.copy()
        fewer[:, :, -1], fewer[..., -1] = 0, 0
        return right(g=fewer)

    def reached() -> np.ndarray:
        ends = [(n - 1) * stride + k for n, k in zip(g.shape[2:], window, strict=True)]
        return on_padded()[:, :, p : ends[0] - p, p : ends[1] - p]

    def overwritten() -> np.ndarray:
        dx = np.zeros(shape)
        for i, j, rows, columns in places(g.shape[2:], window, stride):
            dx[:, :, rows, columns] = np.tensordot(g[:, :, i, j], w, axes=(1, 0))
        return dx[:, :, p : p + height, p : p + width]

    def dense() -> np.ndarray:  # windows one pixel apart, whatever the stride
        dx = np.zeros(shape)
        for i, j, rows, columns in places(g.shape[2:], window, 1):
            dx[:, :, rows, columns] += np.tensordot(g[:, :, i, j], w, axes=(1, 0))
        return dx[:, :, p : p + height, p : p + width]

    return possible(
        {
            "the kernel lies the wrong way round. The gradient goes back through the weight that "
            "the pixel was multiplied with; written as a sliding dot product over g, this needs "
            "the kernel turned by 180°": lambda: right(w=conv2d.flip(w)),
            "where windows overlap, the last one counts; the gradients of all windows add up "
            "(`+=`, not `=`)": overwritten,
            "the stride was ignored: window i begins at row i · stride": dense,
            "that is the formula for stride 1 without padding; a stride leaves gaps between the "
            "windows, and padding moves them": lambda: conv2d.input_gradient(g, w, image),
            "the padding was not cut off again": on_padded,
            "nothing is left: the slice `[p:-p]` is empty where p is 0": (
                lambda: right()[:, :, :0, :0]
            ),
            "the result is only as large as the windows reach; make it height × width": reached,
            "the padding was cut off at the wrong end: pixel 0 of the image is number `padding` "
            "of the padded image": lambda: on_padded()[:, :, :height, :width],
            "the last place in each direction was left out; does a loop end too early?": (
                without_last
            ),
            "only the first kernel was used; sum over all kernels": (
                lambda: right(w[:1], g[:, :1])
            ),
            "only the last kernel was used; is there `=` where `+=` should stand?": (
                lambda: right(w[-1:], g[:, -1:])
            ),
            "averaged over the kernels; sum": lambda: right() / len(w),
            "averaged over the images; the images do not mix, and each keeps its gradient": (
                lambda: right() / len(g)
            ),
            "every pixel of a window got the output's gradient; multiply by its weight": (
                lambda: right(w=np.ones_like(w))
            ),
        }
    )


def kernel_gradient(
    g: np.ndarray, x: np.ndarray, window: tuple[int, int], stride: int, padding: int
) -> Values:
    """Of `conv2d.kernel_gradient`: g (N, K, oH, oW), images (N, C, H, W), window (kH, kW)."""

    def right(
        g: np.ndarray = g, x: np.ndarray = x, p: object = padding, s: int = stride
    ) -> np.ndarray:
        return conv2d.kernel_gradient(g, x, window, s, p)

    def without_last() -> np.ndarray:
        fewer = g.copy()
        fewer[:, :, -1], fewer[..., -1] = 0, 0
        return right(g=fewer)

    def one_place(i: int, j: int) -> np.ndarray:
        alone = np.zeros_like(g)
        alone[:, :, i, j] = g[:, :, i, j]
        return right(g=alone)

    def dense() -> np.ndarray:  # windows one pixel apart, whatever the stride
        padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        height, width = (n + k - 1 for n, k in zip(g.shape[2:], window, strict=True))
        return right(x=padded[:, :, :height, :width], p=0, s=1)

    swapped = "the axes of kernels and channels are swapped: (K, C, kH, kW) is asked for"
    return possible(
        {
            "turned by 180°: weight (u, v) meets the pixel u rows below and v columns right of "
            "the window's corner": lambda: conv2d.flip(right()),
            swapped: lambda: right().swapaxes(0, 1),
            "rows and columns of the kernel are swapped": lambda: right().swapaxes(2, 3),
            "averaged over the images; the loss is the sum over all places of all images": (
                lambda: right() / len(g)
            ),
            "averaged over the places; one kernel serves all places, and their gradients add up": (
                lambda: right() / (g.shape[2] * g.shape[3])
            ),
            "averaged over places and images; their gradients add up": (
                lambda: right() / (len(g) * g.shape[2] * g.shape[3])
            ),
            "only the last place counts; is there `=` where `+=` should stand?": (
                lambda: one_place(-1, -1)
            ),
            "the last place in each direction was left out; does a loop end too early?": (
                without_last
            ),
            "only the first place counts; sum over all": lambda: one_place(0, 0),
            "only the first image counts; sum over all images": lambda: right(g[:1], x[:1]),
            "only the last image counts; is there `=` where `+=` should stand?": (
                lambda: right(g[-1:], x[-1:])
            ),
            "the stride was ignored: window i begins at row i · stride": dense,
            "padded at the top and left only; zeros belong on all four sides": (
                lambda: right(p=(2 * padding, 0))
            ),
            "padded at the bottom and right only: the image was not moved by the padding": (
                lambda: right(p=(0, 2 * padding))
            ),
            "summed over the channels: each channel of a kernel has its own weights": (
                lambda: np.broadcast_to(right().sum(axis=1, keepdims=True), right().shape)
            ),
            "the output's gradient g was left out": lambda: right(g=np.ones_like(g)),
        }
    )
