"""Anomalies: what an autoencoder reconstructs badly, and how well that tells them apart."""

from typing import Any

import numpy as np

from course_utils.autoencoders.tables import same_shape


def scores(X: Any, Y: Any) -> np.ndarray:
    """Mean squared difference between each example and its reconstruction.

    Parameters
    ----------
    X, Y
        Examples and reconstructions, shape (N, D) each.

    Returns
    -------
    ndarray, shape (N,)

    Raises
    ------
    ValueError
        Where the shapes differ.
    """
    X, Y = same_shape(X, Y)
    return ((X - Y) ** 2).mean(axis=1)


def roc(scores: Any, anomalous: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rates of false and of true alarms as the threshold falls (receiver operating characteristic).

    An example is an alarm where its score is at least the threshold. Equal scores cross it together
    and make one point.

    Parameters
    ----------
    scores
        The larger, the more anomalous; shape (N,).
    anomalous
        Whether each example really is, shape (N,).

    Returns
    -------
    false_rate, true_rate, thresholds
        Shape (1 + distinct scores,). The first point is (0, 0) with threshold ∞, the last (1, 1).

    Raises
    ------
    ValueError
        Where shapes differ, a score is NaN, or one kind of example is missing.
    """
    values, truth = _checked(scores, anomalous)
    thresholds = np.unique(values)[::-1]  # falling
    order = np.sort(values[truth]), np.sort(values[~truth])
    true_rate, false_rate = (
        1 - np.searchsorted(kind, thresholds, side="left") / len(kind) for kind in order
    )
    return np.append(0.0, false_rate), np.append(0.0, true_rate), np.append(np.inf, thresholds)


def auc(scores: Any, anomalous: Any) -> float:
    """Area under the ROC curve: the chance that an anomaly scores above a normal example.

    Both are drawn at random; a tie counts one half (Hanley and McNeil, 1982).

    Parameters
    ----------
    scores, anomalous
        As in `roc`.

    Raises
    ------
    ValueError
        As in `roc`.
    """
    values, truth = _checked(scores, anomalous)
    normal = np.sort(values[~truth])
    below = np.searchsorted(normal, values[truth], side="left")  # normal ones below each anomaly
    up_to = np.searchsorted(normal, values[truth], side="right")
    return float((below + up_to).mean() / (2 * len(normal)))


def _checked(scores: Any, anomalous: Any) -> tuple[np.ndarray, np.ndarray]:
    values, truth = np.asarray(scores, dtype=float), np.asarray(anomalous)
    if values.ndim != 1 or values.shape != truth.shape:
        raise ValueError(f"{values.shape} scores for {truth.shape} examples")
    if np.isnan(values).any():
        raise ValueError("a score is NaN: it is neither above nor below a threshold")
    if not np.isin(truth, (0, 1)).all():
        raise ValueError("anomalous should be True or False for each example")
    truth = truth.astype(bool)
    if truth.all() or not truth.any():
        raise ValueError("both kinds are needed: at least one anomaly and one normal example")
    return values, truth
