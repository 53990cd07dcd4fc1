"""What the usual mistakes with layers give: diagnoses of the graded notebook of chapter 4.

Each function takes the inputs of a question and returns ``{description: value}`` for
`checks.close` and `checks.equal`.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Mistakes = dict[str, Any]


def of_layer(X: np.ndarray, W: np.ndarray, b: np.ndarray, function: Callable) -> Mistakes:
    """Of σ(Wx + b) for many inputs: X (N, D), W (H, D), b (H,)."""
    (n, d), h = X.shape, len(b)
    z = X @ W.T  # (N, H)
    found: Mistakes = {
        "the bias was forgotten": function(z),
        "the activation was forgotten": z + b,
        "the activation came before the bias; it is σ(Wx + b)": function(z) + b,
        "the bias was subtracted": function(z - b),
        "the activation was applied to the inputs, not to the excitations": function(X) @ W.T + b,
        "one row per unit came back: transposed. One row per example is asked for": (
            function(z + b).T
        ),
    }
    found["a ReLU was applied, whatever `activation` is"] = np.maximum(z + b, 0)
    found["the answers to the last example only came back; keep all rows"] = function(z + b)[-1]
    if d == h:
        found["W was used as it is; its rows are the units, so the product needs Wᵀ"] = function(
            X @ W + b
        )
    if n == h:
        found["b was added as a column, one number per example; it is one per unit"] = function(
            z + b[:, None]
        )
    if n == d == h:
        found["W X is for inputs in columns; here they are rows"] = function(W @ X + b)
        found["W X + b is right for inputs in columns; here they are rows"] = function(
            W @ X + b[:, None]
        )
    return found


def of_collapse(layers: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[Mistakes, Mistakes]:
    """Of W and of b of the one affine map; of b only where the layers are two."""
    of_w: Mistakes = {}
    if len({size for W, _ in layers for size in W.shape}) == 1:
        product = layers[0][0]
        for W, _ in layers[1:]:
            product = product @ W
        entrywise = layers[0][0]
        for W, _ in layers[1:]:
            entrywise = entrywise * W
        of_w["the matrices were multiplied entry by entry; `@` is the matrix product"] = entrywise
        of_w["the matrices were multiplied in the wrong order: the first layer acts first"] = (
            product
        )
    if len(layers) != 2:
        return of_w, {}
    (V, b), (W, c) = layers
    of_b = {
        "the first layer's bias was forgotten": c,
        "the last layer's bias was forgotten": W @ b,
    }
    if len(b) == len(c):
        of_b["the biases were added; the first one passes through the second layer's weights"] = (
            b + c
        )
        of_b["the first layer's bias was multiplied from the wrong side: W₂ b₁, not b₁ W₂"] = (
            b @ W + c
        )
        if V.shape == W.shape:
            of_b["the new matrix W₂W₁ was used for the bias; it meets W₂ alone"] = W @ V @ b + c
            of_b["the bias of the second layer went through the first"] = V @ c + b
    return of_w, of_b


def of_count(sizes: Sequence[int]) -> Mistakes:
    """Of the number of weights and biases."""
    weights = sum(a * b for a, b in pairwise(sizes))
    return {
        "the biases were forgotten": weights,
        "one bias per unit, not one per layer": weights + len(sizes) - 1,
        "the inputs have no biases": weights + sum(sizes),
        "a bias per input of each layer; it is one per unit, that is, per output": (
            weights + sum(sizes[:-1])
        ),
        "the output units have biases too": weights + sum(sizes[1:-1]),
        "the sizes were all multiplied; each layer is connected to the next only": (
            int(np.prod(sizes))
        ),
        "units were counted, not parameters": sum(sizes),
        "the last layer was forgotten": sum((a + 1) * b for a, b in pairwise(sizes[:-1])),
        "each layer is connected to the next only, not to all later ones": (
            sum(sizes[1:]) + sum(sizes[i] * sum(sizes[i + 1 :]) for i in range(len(sizes)))
        ),
        "this is a list with one count per layer; their sum is asked for": [
            (a + 1) * b for a, b in pairwise(sizes)
        ],
    }


def of_regions(
    W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray, xs: ArrayLike, ys: ArrayLike
) -> Mistakes:
    """Of the classes on a grid, the network's hidden units being ReLU."""
    across, up = np.meshgrid(xs, ys)  # (B, A) each

    def scores(
        first: np.ndarray,
        second: np.ndarray,
        *,
        relu: bool = True,
        b1: ArrayLike = b1,
        b2: ArrayLike = b2,
    ) -> np.ndarray:
        points = np.stack([first, second], axis=-1)  # (…, 2)
        hidden = np.einsum("...d,hd->...h", points, W1) + b1
        hidden = np.maximum(hidden, 0) if relu else hidden
        return np.einsum("...h,kh->...k", hidden, W2) + b2

    def classes(*points: np.ndarray, **changes: Any) -> np.ndarray:
        return scores(*points, **changes).argmax(axis=-1)

    right = classes(across, up)
    return {
        "rows and columns are swapped: row i belongs to ys[i]": right.T,
        "x and y are swapped in the points": classes(up, across),
        "the rows run downwards: row 0 belongs to ys[0]": right[::-1],
        "the hidden ReLU was forgotten": classes(across, up, relu=False),
        "the hidden biases b1 were forgotten": classes(across, up, b1=0),
        "the output's biases b2 were forgotten": classes(across, up, b2=0),
        "classes are counted from 0": right + 1,
        "these are the largest scores; the class is the index of the largest": (
            scores(across, up).max(axis=-1)
        ),
        "the smallest score was taken": scores(across, up).argmin(axis=-1),
        "the scores went through a ReLU; that is for hidden units, and negative scores tie": (
            np.maximum(scores(across, up), 0).argmax(axis=-1)
        ),
        "one class per point, in one row; the grid's shape is asked for": right.ravel(),
        "reshaped to (A, B), which scrambles the points; (B, A) is asked for": (
            right.reshape(right.shape[::-1])
        ),
        "only classes 0 and 1 were compared; there may be more": (
            scores(across, up)[..., :2].argmax(axis=-1)
        ),
    }
