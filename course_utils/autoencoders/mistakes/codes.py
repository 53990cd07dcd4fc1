"""What the usual mistakes with penalties on the code, and with hashing, would give."""

from typing import Any

import numpy as np

from course_utils.autoencoders import hashing, penalties
from course_utils.autoencoders.mistakes.subspaces import Values


def sparse_value(H: np.ndarray, lam: float) -> Values:
    """Of the sparse penalty of codes (N, K)."""
    n, k = H.shape
    right = penalties.sparse_penalty(H, lam)
    return {
        "squares were summed: that is the L2 penalty, which shrinks but makes no zeros; take "
        "absolute values": lam * (H**2).sum(axis=1).mean(),
        "the L2 norm (square root of the sum of squares) was taken; take absolute values": (
            lam * np.sqrt((H**2).sum(axis=1)).mean()
        ),
        "absolute values are missing: positive and negative codes cancel": (
            lam * H.sum(axis=1).mean()
        ),
        "the 1/N is missing: summed over the examples instead of averaged": right * n,
        "the mean over the units was taken as well: sum over the units of an example": right / k,
        "summed over the examples and averaged over the units: it is the other way round": (
            right * n / k
        ),
        "the weight λ is missing": np.abs(H).sum(axis=1).mean(),
        "active units were counted; their sizes count": lam * (H != 0).sum(axis=1).mean(),
        "the weight λ was squared": right * lam,
        "the largest |h| of each example was taken, not the sum": (
            lam * np.abs(H).max(axis=1).mean()
        ),
    }


def sparse_slope(H: np.ndarray, lam: float, got: Any) -> Values:
    """Of its subgradient (N, K), given the answer ``got``."""
    n, k = H.shape
    sign, right = np.sign(H), penalties.sparse_subgradient(H, lam)
    found = {
        "where a code is 0, the slope should be 0, not +λ/N": lam / n * np.where(H == 0, 1, sign),
        "where a code is 0, the slope should be 0, not −λ/N": lam / n * np.where(H == 0, -1, sign),
        "the 1/N is missing: the penalty is a mean over the examples": right * n,
        "divided by N·K: only the examples are averaged": right / k,
        "divided by K, where the mean is over the N examples": right * n / k,
        "the weight λ is missing": sign / n,
        "the slope of |h| is its sign, not its size": lam / n * np.abs(H),
        "the slope of h² was taken; that of |h| has the same size for large and small codes": (
            2 * lam / n * H
        ),
        "the code itself came back, scaled: the slope of |h| is the sign of h": lam / n * H,
        "negative codes need a negative slope": np.abs(right),
        "only positive codes got a slope, as of a ReLU": np.maximum(right, 0),
        "the sign is flipped: that is the step of descent, the gradient is its negative": -right,
    }
    if got is not None and np.shape(got) == H.shape and np.isnan(np.array(got, float)).any():
        found["0/0 where a code is 0: h/|h| has no value there; np.sign(0) is 0"] = np.where(
            np.isnan(np.array(got, float)), np.nan, right
        )
    return found


def contractive(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> Values:
    """Of the contractive penalty of a sigmoid layer: X (N, D), W (K, D), b (K,)."""
    (n, d), k = X.shape, len(W)
    right = penalties.contractive_penalty(X, W, b)
    H = penalties.sigmoid_layer(X, W, b)
    slope = H * (1 - H)  # (N, K)
    lengths = (W**2).sum(axis=1)  # (K,), squared
    jacobians = slope[:, :, None] * W  # (N, K, D)
    turned = {}
    if k == d:  # else the shapes do not fit
        turned = {
            "W was turned round: with examples in rows, the excitations are X @ W.T + b": (
                penalties.contractive_penalty(X, W.T, b)
            ),
            "W was turned round in the excitations: with examples in rows they are X @ W.T + b": (
                _of_slopes(penalties.sigmoid_layer(X, W.T, b), lengths)
            ),
            "the squares of W were summed over the units; each unit has a row of W": (
                (slope**2 @ (W**2).sum(axis=0)).mean()
            ),
        }
    return turned | {
        "the derivative of the sigmoid, h(1 − h), is missing: ‖W‖² alone does not depend on x": (
            lengths.sum()
        ),
        "h(1 − h) is not squared: the penalty sums *squares* of derivatives": (
            (slope @ lengths).mean()
        ),
        "the weights are not squared: the penalty sums *squares* of derivatives": (
            (slope**2 @ W.sum(axis=1)).mean()
        ),
        "the weights of a unit were summed before squaring: square each, then sum": (
            (slope**2 @ W.sum(axis=1) ** 2).mean()
        ),
        "the derivatives were summed before squaring: square each, then sum": (
            (jacobians.sum(axis=(1, 2)) ** 2).mean()
        ),
        "the second derivative, h(1 − h)(1 − 2h), was taken: the penalty uses the first": (
            ((slope * (1 - 2 * H)) ** 2 @ lengths).mean()
        ),
        "the sigmoid was applied twice: its slope is h(1 − h), from h itself": (
            _of_slopes(1 / (1 + np.exp(-H)), lengths)
        ),
        "h itself stands where its derivative h(1 − h) belongs": (H**2 @ lengths).mean(),
        "1 − h² is the derivative of tanh; that of the sigmoid is h(1 − h)": (
            ((1 - H**2) ** 2 @ lengths).mean()
        ),
        "the norm was not squared (‖J‖ instead of ‖J‖²)": (
            np.sqrt((jacobians**2).sum(axis=(1, 2))).mean()
        ),
        "the largest singular value was taken; the Frobenius norm sums all squared entries": (
            (np.linalg.norm(jacobians, ord=2, axis=(1, 2)) ** 2).mean()
        ),
        "absolute values of the derivatives were summed; their squares are asked for": (
            np.abs(jacobians).sum(axis=(1, 2)).mean()
        ),
        "the derivative by the weights was taken, which brings x down; the one by x brings W": (
            (slope**2).sum(axis=1) @ (X**2).sum(axis=1) / n
        ),
        "the bias b is missing": penalties.contractive_penalty(X, W, np.zeros(k)),
        "the 1/N is missing: summed over the examples instead of averaged": right * n,
        "the mean over the units was taken as well: only examples are averaged": right / k,
        "the mean over all derivatives was taken: only examples are averaged": right / (k * d),
        "the codes were penalised (Σh²), not their derivatives": (H**2).sum(axis=1).mean(),
    }


def _of_slopes(H: np.ndarray, lengths: np.ndarray) -> float:
    """The penalty, were these the codes (N, K); squared lengths of the units' weights (K,)."""
    return float(((H * (1 - H)) ** 2 @ lengths).mean())


def retrieve(query: np.ndarray, table: np.ndarray, thresholds: np.ndarray, count: int) -> Values:
    """Of the rows found by hashing."""
    bits, asked = table > thresholds, query > thresholds
    differ = (bits != asked).sum(axis=1)

    def first(keys: np.ndarray) -> list[int]:
        return np.argsort(keys, kind="stable")[:count].tolist()

    by_number = bits @ 2 ** np.arange(table.shape[1])[::-1]
    number = asked @ 2 ** np.arange(table.shape[1])[::-1]
    backwards = len(table) - 1 - np.argsort(differ[::-1], kind="stable")
    right = first(differ)
    return {
        "the codes were compared as real numbers (Euclidean distance); make bits of them first": (
            first(((table - query) ** 2).sum(axis=1))
        ),
        "the codes were compared as real numbers (sum of absolute differences); make bits of them "
        "first": first(np.abs(table - query).sum(axis=1)),
        "the rows that differ most came first": first(-differ),
        "at equal distance the smaller row comes first": backwards[:count].tolist(),
        "0.5 stands where the thresholds belong": (
            first(((table > 0.5) != (query > 0.5)).sum(axis=1))
        ),
        "0 stands where the thresholds belong": first(((table > 0) != (query > 0)).sum(axis=1)),
        "the first threshold was used for all units; each has its own": (
            first(((table > thresholds[0]) != (query > thresholds[0])).sum(axis=1))
        ),
        "a bit is 1 *above* its threshold: at the threshold it is 0": (
            first(((table >= thresholds) != (query >= thresholds)).sum(axis=1))
        ),
        "only common ones were counted (a dot product of bits); common zeros agree as well": (
            first(-(bits & asked).sum(axis=1))
        ),
        "the bits were read as one number and the numbers compared; count the bits that differ": (
            first(np.abs(by_number - number))
        ),
        "the query's code was compared with the bits; make bits of it as well": (
            first((bits != query).sum(axis=1))
        ),
        "the differences were summed over the rows (axis 0); sum them over the units of each row": (
            np.argsort((bits != asked).sum(axis=0), kind="stable")[:count].tolist()
        ),
        "the codes of the rows came back; their numbers are asked for": table[right].tolist(),
        "the last ones in the order of their distance came back; the nearest stand first": (
            np.argsort(differ, kind="stable")[-count:].tolist()
        ),
        "the query's bits are missing: rows were ranked by their own number of ones": (
            first(bits.sum(axis=1))
        ),
        "distances came back; the rows are asked for": np.sort(differ)[:count].tolist(),
        "rows are counted from 0, not from 1": [row + 1 for row in right],
        "the rows found are right, but not in the order of their distance": sorted(right),
        "all rows came back; only `count` of them are asked for": (
            hashing.retrieve(query, table, thresholds, len(table)).tolist()
        ),
    }
