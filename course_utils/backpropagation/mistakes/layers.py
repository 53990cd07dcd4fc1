"""What the usual mistakes on the way back through layers and matrices would give.

Each function takes the arguments of a question and gives {description: value}; where several
results are asked for, one such dictionary for each.
"""

from collections.abc import Sequence

import numpy as np

from course_utils.backpropagation import by_hand, vjps
from course_utils.backpropagation.mistakes.rules import Values


def two_layers(p: by_hand.Parameters, X: np.ndarray, T: np.ndarray) -> dict[str, Values]:
    """Of `by_hand.gradient`, by the names W1, b1, W2 and b2."""
    E1, H, Y = by_hand.forward(p, X)
    D1, D2 = by_hand.deltas(p, X, T)
    n, m = D2.shape
    back = D2 @ p.W2  # (N, H)

    def both(D1: np.ndarray, D2: np.ndarray) -> by_hand.Parameters:
        return by_hand.Parameters(D1.T @ X, D1.sum(axis=0), D2.T @ H, D2.sum(axis=0))

    def with_output(D2: np.ndarray) -> by_hand.Parameters:
        return both((D2 @ p.W2) * (E1 > 0), D2)

    right = both(D1, D2)
    everywhere = {
        "that is the direction of descent; the gradient is its negative": with_output(-D2),
        "summed over the examples; the 1/N is missing": with_output(n * D2),
        "the factor 2 of the square is missing; the loss has no ½": with_output(D2 / 2),
        "the factor 2 and the 1/N are both missing": with_output(n * D2 / 2),
        "averaged over the outputs too; sum over them": with_output(D2 / m),
        "divided by N twice": with_output(D2 / n),
        "the targets were left out; the error is y − t": with_output(2 * Y / n),
        "the targets were added; the error is y − t": with_output(2 * (Y + T) / n),
        "ReLU was put behind the outputs too; they are linear": with_output(
            2 * (np.maximum(0, Y) - T) * (Y > 0) / n
        ),
        "the ReLU is missing forward, in h = max(0, e)": _without_relu(p, X, T),
    }
    if p.W1.shape[0] == p.W1.shape[1]:  # else the shapes do not fit
        everywhere["W1 has to be transposed where examples are rows: X @ W1.T"] = by_hand.gradient(
            p._replace(W1=p.W1.T), X, T
        )
    hidden = {
        "the slope of ReLU at e = 0 is taken to be 0 here, not 1": back * (E1 >= 0),
        "the slope of ReLU is missing: where e ≤ 0 nothing passes": back,
        "the slope of ReLU is reversed: it is 1 where e > 0 and 0 where e < 0": back * (E1 < 0),
        "δ was multiplied by h; the slope of ReLU is 0 or 1": back * H,
        "ReLU was applied to δ; it is the sign of e that decides what passes": np.maximum(0, back),
        "the weights W2 are missing on the way back: δ is the weighted sum of the successors' δ": (
            D2.sum(axis=1, keepdims=True) * (E1 > 0)
        ),
    }
    found = {name: {text: getattr(g, name) for text, g in everywhere.items()} for name in p._fields}
    for name in ("W1", "b1"):
        found[name] |= {text: getattr(both(D, D2), name) for text, D in hidden.items()}
    found["W1"]["the hidden outputs h went in where the inputs x belong"] = D1.T @ H
    found["W2"]["the excitations e went in where h = max(0, e) belongs"] = D2.T @ E1
    for name, delta in (("b1", D1), ("b2", D2)):
        found[name]["one number per example came back: sum over the examples (axis=0)"] = delta.sum(
            axis=1
        )
        found[name]["one row per example came back: sum over the examples (axis=0)"] = delta
    found["W2"]["the results are in another order; it is W1, b1, W2, b2"] = right.b1
    for name in ("W1", "W2"):
        found[name]["transposed: it has the shape of the weights"] = getattr(right, name).T
    return found


def _without_relu(p: by_hand.Parameters, X: np.ndarray, T: np.ndarray) -> by_hand.Parameters:
    E1 = X @ p.W1.T + p.b1
    D2 = 2 * (E1 @ p.W2.T + p.b2 - T) / len(X)
    D1 = (D2 @ p.W2) * (E1 > 0)
    return by_hand.Parameters(D1.T @ X, D1.sum(axis=0), D2.T @ E1, D2.sum(axis=0))


def matmul(A: np.ndarray, B: np.ndarray, G: np.ndarray) -> tuple[Values, Values]:
    """Of `vjps.matmul_vjp`, for A_bar and for B_bar; square matrices tell most mistakes apart."""
    right_A, right_B = vjps.matmul_vjp(A, B, G)
    by_A: Values = {
        "the results are swapped, or with respect to the wrong argument: first A_bar": right_B,
        "transposed: A_bar has the shape of A": right_A.T,
    }
    by_B: Values = {
        "the results are swapped, or with respect to the wrong argument: second B_bar": right_A,
        "transposed: B_bar has the shape of B": right_B.T,
    }
    if A.shape == B.shape == G.shape:
        entries = "multiplied entry by entry; each entry receives a sum, so use @"
        by_A |= {
            "B was not transposed": G @ B,
            "the order of the factors is wrong: G comes first": B.T @ G,
            "the order of the factors is wrong, and B was not transposed": B @ G,
            "G was transposed; it is B that has to be": G.T @ B,
            "made from G and A; A_bar is made from G and B": G @ A.T,
            entries: G * B,
            "G is missing: this is the slope, and the adjoint is G times it": B.T,
            "G is missing, and B was not transposed": B,
        }
        by_B |= {
            "A was not transposed": A @ G,
            "the order of the factors is wrong: G comes last": G @ A.T,
            "the order of the factors is wrong, and A was not transposed": G @ A,
            "G was transposed; it is A that has to be": A @ G.T,
            "made from G and B; B_bar is made from A and G": B.T @ G,
            entries: G * A,
            "G is missing: this is the slope, and the adjoint is it times G": A.T,
            "G is missing, and A was not transposed": A,
        }
    return by_A, by_B


def total(shape: Sequence[int], axis: int | None, G: np.ndarray) -> Values:
    """Of `vjps.sum_vjp`."""
    right = vjps.sum_vjp(shape, axis, G)
    found: Values = {
        "divided by the number of entries summed: that is the derivative of a mean": (
            right * np.size(G) / right.size
        ),
        "G is missing: each entry receives the adjoint of its sum": np.ones(shape),
        "all of G was summed; each entry hears from its own sum only": np.full(shape, np.sum(G)),
        "G came back as it was; repeat it to the shape of x": G,
    }
    if axis is not None:
        wrong = "repeated along the wrong axis: give G an axis of length 1 where one was summed"
        for other in {i - len(shape) for i in range(len(shape))} - {axis, axis - len(shape)}:
            stretched = np.expand_dims(G, other)
            if np.broadcast_shapes(stretched.shape, (1,) * len(shape)) == stretched.shape and all(
                a in (1, b) for a, b in zip(stretched.shape, shape, strict=True)
            ):
                found[wrong] = np.broadcast_to(stretched, shape)
    return found


def stretch(shape: Sequence[int], G: np.ndarray) -> Values:
    """Of `vjps.broadcast_vjp`."""
    right = vjps.broadcast_vjp(shape, G)
    first = np.broadcast_to(G[(0,) * (G.ndim - len(shape))], G.shape[G.ndim - len(shape) :])
    return {
        "the mean was taken; adjoints that come from several places are summed": (
            right * right.size / G.size
        ),
        "only the first place was heard; adjoints from all places are summed": (
            first[tuple(slice(n) for n in shape)]
        ),
        "nothing was summed: the adjoint of x has the shape of x": G,
        "summed over the first axis alone; sum over the axes that were stretched": G.sum(axis=0),
        "everything was summed; each entry hears from its own copies only": np.full(shape, G.sum()),
        "an axis of length 1 was lost: sum with keepdims=True": np.squeeze(right),
    }


def cross_entropy(Z: np.ndarray, y: np.ndarray, g: float) -> Values:
    """Of `vjps.cross_entropy_vjp`."""
    right, P = vjps.cross_entropy_vjp(Z, y, g), vjps.softmax(Z)
    n, classes = Z.shape
    one_hot = np.eye(classes)[y]  # (N, C)
    in_all_rows = np.isin(np.arange(classes), y)  # (C,)
    with np.errstate(all="ignore"):  # on large logits these are what overflows
        raw, logarithm_only = np.exp(Z), -one_hot / np.where(one_hot > 0, P, 1.0)
        unshifted = g * (raw / raw.sum(axis=1, keepdims=True) - one_hot) / n
    overflow = "NaN in the result: exp(1000) is ∞ and ∞/∞ is no number. Subtract from each row its "
    overflow += "largest logit first"
    return ({} if np.isfinite(unshifted).all() else {overflow: unshifted}) | {
        "the one-hot of y was not subtracted: at the right class it is p − 1": g * P / n,
        "y holds the numbers of the right classes, not ones and zeros; take 1 off the entry of the "
        "right class": g * (P - y[:, None]) / n,
        "the sign is flipped: softmax minus one-hot, not one-hot minus softmax": -right,
        "the sum was taken for the mean: the 1/N is missing": n * right,
        "divided by N twice": right / n,
        "softmax was taken down the columns; each row is one example (axis=1)": (
            g * (vjps.softmax(Z.T).T - one_hot) / n
        ),
        "softmax is missing: this is Z minus one-hot": g * (Z - one_hot) / n,
        "divided by C, not by N": n * right / classes,
        "divided by N·C; the mean is over the rows": right / classes,
        "only the right class received; the others receive their probability": right * one_hot,
        "this is −1/p at the right class; the way back through softmax is missing": (
            g * logarithm_only / n
        ),
        "exp(Z) was not divided by the sum of its row": g * (raw - one_hot) / n,
        "1 was subtracted from every entry; only from the right class": g * (P - 1) / n,
        "1 was subtracted in whole columns; P[np.arange(N), y] takes one entry of each row": (
            g * (P - in_all_rows) / n
        ),
        "g was left out: multiply by the adjoint of the loss": vjps.cross_entropy_vjp(Z, y),
        "g multiplies softmax only; it multiplies all": (g * P - one_hot) / n,
    }
