"""Deciding under uncertainty: loss tables, conditional risk, the Bayes rule, thresholds, rejection.

One convention throughout: ``loss[y, d]`` is the cost of decision ``d`` when the truth is ``y``.
Truth in rows, decisions in columns, as in a confusion matrix, so that the conditional risk is the
matrix product ``posterior @ loss`` and the risk is the sum of ``confusion * loss``.

Sources: Gasse, *Neural Network – Foundations* (2021), for the risk-minimising rule; Chow, *On
optimum recognition error and reject tradeoff* (1970), for rejection.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

#: What `bayes_rule_with_reject` returns where no decision is worth its risk.
REJECT = -1


def binary_loss(
    false_positive: float,
    false_negative: float,
    true_negative: float = 0.0,
    true_positive: float = 0.0,
) -> Floats:
    """Loss table of two classes and two decisions, shape (2, 2), ``loss[y, d]``."""
    return np.array([[true_negative, false_positive], [false_negative, true_positive]], dtype=float)


def zero_one_loss(classes: int) -> Floats:
    """Loss table (K, K) that counts mistakes: 0 on the diagonal, 1 elsewhere."""
    return 1.0 - np.eye(classes)


def conditional_risk(posterior: ArrayLike, loss: ArrayLike) -> Floats:
    """Expected loss of every decision, given what was seen: ``E[loss[y, d] | x]``.

    Parameters
    ----------
    posterior : (N, K)
        ``posterior[n, y]`` = p(y | x_n); rows sum to 1.
    loss : (K, A)
        ``loss[y, d]``: cost of decision ``d`` when the truth is ``y``.

    Returns
    -------
    (N, A)
        Risk of each decision for each input, in the units of the loss.

    Raises
    ------
    ValueError
        Where the shapes do not fit or a row of ``posterior`` is no distribution.
    """
    p = np.asarray(posterior, dtype=float)  # (N, K)
    table = np.asarray(loss, dtype=float)  # (K, A)
    if p.ndim != 2 or table.ndim != 2 or p.shape[1] != table.shape[0]:
        raise ValueError(
            f"posterior must be (N, K) and loss (K, A) with the truth in rows; "
            f"got {p.shape} and {table.shape}"
        )
    if (p < 0).any() or not np.allclose(p.sum(axis=1), 1):
        raise ValueError("every row of posterior must be probabilities that sum to 1")
    return p @ table  # (N, A)


def bayes_rule(posterior: ArrayLike, loss: ArrayLike) -> Ints:
    """Decision of least conditional risk for each input, shape (N,); ties go to the lowest index.

    Parameters and errors as in `conditional_risk`.
    """
    return np.argmin(conditional_risk(posterior, loss), axis=1)  # (N,)


def bayes_rule_with_reject(posterior: ArrayLike, loss: ArrayLike, cost: float) -> Ints:
    """Bayes rule that may decline, at a fixed ``cost``, and then returns `REJECT` (-1).

    It declines where every decision has a conditional risk above ``cost``. With `zero_one_loss`
    this is Chow's rule: decline where the largest posterior is below ``1 - cost``.

    Raises
    ------
    ValueError
        Where ``cost`` is negative, and as in `conditional_risk`.
    """
    if not cost >= 0:
        raise ValueError(f"the cost of rejecting must be 0 or more, got {cost}")
    risk = conditional_risk(posterior, loss)  # (N, A)
    return np.where(risk.min(axis=1) > cost, REJECT, risk.argmin(axis=1))  # (N,)


def binary_threshold(loss: ArrayLike) -> float:
    """Threshold t such that the Bayes rule decides 1 where p(1 | x) > t.

    With the regrets ``a = loss[0, 1] - loss[0, 0]`` (false alarm) and
    ``b = loss[1, 0] - loss[1, 1]`` (miss), t = a / (a + b).

    Raises
    ------
    ValueError
        Where ``loss`` is not (2, 2), or a wrong decision would be cheaper than the right one:
        then the rule is not "decide 1 above a threshold".
    """
    table = np.asarray(loss, dtype=float)
    if table.shape != (2, 2):
        raise ValueError(f"a threshold needs a (2, 2) loss table, got shape {table.shape}")
    false_alarm = table[0, 1] - table[0, 0]
    miss = table[1, 0] - table[1, 1]
    if not (false_alarm >= 0 and miss >= 0 and false_alarm + miss > 0):
        raise ValueError(
            f"being wrong must cost more than being right in both rows; false alarm costs "
            f"{false_alarm:g} more and miss {miss:g} more than the right decision"
        )
    return float(false_alarm / (false_alarm + miss))


def confusion_matrix(y: ArrayLike, decisions: ArrayLike, classes: int, options: int) -> Ints:
    """Counts (K, A): how often truth ``y`` (row) met decision ``d`` (column).

    Raises
    ------
    ValueError
        Where the two do not have the same length, or a label is outside ``0 … K-1``, ``0 … A-1``.
    """
    truth, chosen = _labels(y, decisions, classes, options)
    counts = np.zeros((classes, options), dtype=np.intp)
    np.add.at(counts, (truth, chosen), 1)
    return counts


def empirical_risk(y: ArrayLike, decisions: ArrayLike, loss: ArrayLike) -> float:
    """Mean loss of the decisions taken on N examples: ``mean(loss[y_n, d_n])``.

    Parameters
    ----------
    y, decisions : (N,)
        Whole numbers: what was true and what was decided.
    loss : (K, A)
        ``loss[y, d]``.

    Raises
    ------
    ValueError
        As in `confusion_matrix`.
    """
    table = np.asarray(loss, dtype=float)
    truth, chosen = _labels(y, decisions, *table.shape)
    return float(table[truth, chosen].mean())


def best_cut(x: ArrayLike, y: ArrayLike, loss: ArrayLike) -> tuple[float, float]:
    """Cut of least empirical risk among the rules "1 where x < cut", and that risk.

    Parameters
    ----------
    x, y : (N,)
        Measurements, and classes 0 or 1.
    loss : (2, 2)
        ``loss[y, d]``.

    Returns
    -------
    cut, risk : float
        The cut lies midway between two neighbours, or at -inf or inf.

    Raises
    ------
    ValueError
        As in `confusion_matrix`.
    """
    table, points = np.asarray(loss, dtype=float), np.asarray(x, dtype=float)
    truth, _ = _labels(y, np.zeros(points.shape, dtype=np.intp), 2, 2)
    order = np.argsort(points)
    ordered, truth = points[order], truth[order]
    # risks[k]: the k smallest x are decided 1, the others 0.
    below = np.concatenate([[0.0], np.cumsum(table[truth, 1])])  # (N + 1,)
    above = np.concatenate([[0.0], np.cumsum(table[truth[::-1], 0])])[::-1]  # (N + 1,)
    risks = (below + above) / truth.size  # (N + 1,)
    edges = np.concatenate([[-np.inf], (ordered[:-1] + ordered[1:]) / 2, [np.inf]])  # (N + 1,)
    risks[1:-1][ordered[:-1] == ordered[1:]] = np.inf  # no cut between equal measurements
    best = int(np.argmin(risks))
    return float(edges[best]), float(risks[best])


def _labels(y: ArrayLike, decisions: ArrayLike, classes: int, options: int) -> tuple[Ints, Ints]:
    truth, chosen = np.asarray(y), np.asarray(decisions)
    if truth.ndim != 1 or truth.shape != chosen.shape or truth.size == 0:
        raise ValueError(
            f"y and decisions must be non-empty and of one length; "
            f"got shapes {truth.shape} and {chosen.shape}"
        )
    for name, labels, bound in (("y", truth, classes), ("decisions", chosen, options)):
        # A negative label would silently index from the end of the table.
        if labels.dtype.kind not in "iub" or labels.min() < 0 or labels.max() >= bound:
            raise ValueError(
                f"{name} must be whole numbers from 0 to {bound - 1}, "
                f"got values like {np.unique(labels)[[0, -1]]}"
            )
    return truth.astype(np.intp), chosen.astype(np.intp)
