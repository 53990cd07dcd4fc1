"""What the usual mistakes in max pooling and its gradient would give.

Each function takes the arguments of a question and gives {description: value}.
"""

from collections.abc import Callable

import numpy as np

from course_utils.convolution import pooling
from course_utils.convolution.mistakes.possible import Values, possible
from course_utils.convolution.windows import out_shape, places


def max_pool(x: np.ndarray, size: int, stride: int) -> Values:
    """Of `pooling.max_pool`: feature maps (N, C, H, W)."""
    right = pooling.max_pool(x, size, stride)
    return possible(
        {
            "one place too few in each direction: is a + 1 missing in the size of the result?": (
                lambda: right[:, :, :-1, :-1]
            ),
            "the mean of each window was taken, not the largest entry": (
                lambda: pooling.average_pool(x, size, stride)
            ),
            "the smallest entry was taken, not the largest": (
                lambda: -pooling.max_pool(-x, size, stride)
            ),
            "the sum of each window was taken, not the largest entry": (
                lambda: pooling.average_pool(x, size, stride) * size**2
            ),
            "the stride was ignored: the windows stand `size` apart": (
                lambda: pooling.max_pool(x, size, size)
            ),
            "the stride was ignored: the windows stand one pixel apart": (
                lambda: pooling.max_pool(x, size, 1)
            ),
            "0 beats negative entries; a search for the largest must not begin at 0": (
                lambda: np.maximum(right, 0)
            ),
            "the largest absolute value was taken": lambda: pooling.max_pool(abs(x), size, stride),
            "the largest over all channels was taken; each channel is pooled for itself": (
                lambda: np.broadcast_to(right.max(axis=1, keepdims=True), right.shape)
            ),
            "all channels were pooled to one; each channel is pooled for itself": (
                lambda: right.max(axis=1, keepdims=True)
            ),
            "windows that stick out were counted; leave them out": (
                lambda: _with_partial_windows(x, size, stride)
            ),
            "windows begin wherever there is a pixel, and some stick out; leave these out": (
                lambda: _with_every_start(x, size, stride)
            ),
        }
    )


def max_pool_gradient(g: np.ndarray, x: np.ndarray, size: int, stride: int) -> Values:
    """Of `pooling.max_pool_gradient`: g (N, C, oH, oW), feature maps (N, C, H, W)."""
    window, right = (size, size), pooling.max_pool_gradient(g, x, size, stride)

    def spread(share: Callable[[np.ndarray, np.ndarray], np.ndarray], add: bool = True) -> object:
        def value() -> np.ndarray:
            dx = np.zeros(x.shape)
            for i, j, rows, columns in places(
                out_shape(x.shape[2:], window, stride), window, stride
            ):
                under = x[:, :, rows, columns]
                won = under == under.max(axis=(2, 3), keepdims=True)
                given = share(g[:, :, i, j, None, None], won)
                dx[:, :, rows, columns] = given + (dx[:, :, rows, columns] if add else 0)
            return dx

        return value

    return possible(
        {
            "at a tie several entries got the gradient; the first in reading order gets all": (
                spread(lambda g, won: g * won)
            ),
            "at a tie the gradient was shared; the first in reading order gets all": (
                spread(lambda g, won: g * won / won.sum(axis=(2, 3), keepdims=True))
            ),
            "at a tie the last entry got the gradient; the first in reading order gets all": (
                lambda: _last_of_ties(g, x, size, stride)
            ),
            "all entries of a window got the gradient; only the largest does": (
                spread(lambda g, won: g * np.ones(won.shape))
            ),
            "the gradient was shared out evenly, which belongs to average pooling; the largest "
            "entry gets all of it": spread(lambda g, won: g / size**2 * np.ones(won.shape)),
            "an entry that wins in several windows adds up their gradients (`+=`, not `=`)": (
                lambda: _last_win(g, x, size, stride)
            ),
            "a later window wiped out what an earlier one had given; change only the winner": (
                spread(lambda g, won: g * won, add=False)
            ),
            "the incoming gradient g was left out: each winner got 1 per window": (
                lambda: pooling.max_pool_gradient(np.ones_like(g), x, size, stride)
            ),
            "the gradient was multiplied by the entry; the slope of the maximum is 1": (
                lambda: right * x
            ),
            "the largest entries themselves came back, not the gradient": (
                lambda: np.where(right != 0, x, 0)
            ),
            "the stride was ignored: the windows stand `size` apart": (
                lambda: _other_steps(g, x, size, size)
            ),
            "the stride was ignored: the windows stand one pixel apart": (
                lambda: _other_steps(g, x, size, 1)
            ),
            "every winner stands in the first window: add the window's row and column": (
                lambda: _in_first_window(g, x, size, stride)
            ),
        }
    )


def _with_partial_windows(x: np.ndarray, size: int, stride: int) -> np.ndarray:
    extra = [(0, -(n - size) % stride) for n in x.shape[2:]]
    return pooling.max_pool(
        np.pad(x, ((0, 0), (0, 0), *extra), constant_values=-np.inf), size, stride
    )


def _with_every_start(x: np.ndarray, size: int, stride: int) -> np.ndarray:
    extra = [(0, max(0, (n - 1) // stride * stride + size - n)) for n in x.shape[2:]]
    return pooling.max_pool(
        np.pad(x, ((0, 0), (0, 0), *extra), constant_values=-np.inf), size, stride
    )


def _last_of_ties(g: np.ndarray, x: np.ndarray, size: int, stride: int) -> np.ndarray:
    """The first in reading order of what is seen upside down, without what lies in no window."""
    height, width = ((n - 1) * stride + size for n in g.shape[2:])
    seen = x[:, :, :height, :width]
    turned = pooling.max_pool_gradient(g[..., ::-1, ::-1], seen[..., ::-1, ::-1], size, stride)
    dx = np.zeros(x.shape)
    dx[:, :, :height, :width] = turned[..., ::-1, ::-1]
    return dx


def _last_win(g: np.ndarray, x: np.ndarray, size: int, stride: int) -> np.ndarray:
    dx = np.zeros(x.shape)
    rows, columns = pooling.winners(x, size, stride)
    n, c = np.ogrid[: x.shape[0], : x.shape[1]]
    for i, j in np.ndindex(rows.shape[2:]):
        dx[n, c, rows[:, :, i, j], columns[:, :, i, j]] = g[:, :, i, j]
    return dx


def _in_first_window(g: np.ndarray, x: np.ndarray, size: int, stride: int) -> np.ndarray:
    dx = np.zeros(x.shape)
    rows, columns = pooling.winners(x, size, stride)
    n, c = np.ogrid[: x.shape[0], : x.shape[1]]
    for i, j in np.ndindex(rows.shape[2:]):
        place = rows[:, :, i, j] - i * stride, columns[:, :, i, j] - j * stride
        dx[n, c, *place] += g[:, :, i, j]
    return dx


def _other_steps(g: np.ndarray, x: np.ndarray, size: int, step: int) -> np.ndarray:
    """Winners of windows that stand ``step`` apart; what sticks out of the image is cut off."""
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(g.shape):
        window = x[n, c, i * step : i * step + size, j * step : j * step + size]
        if window.size:
            row, column = np.unravel_index(window.argmax(), window.shape)
            dx[n, c, i * step + row, j * step + column] += g[n, c, i, j]
    return dx
