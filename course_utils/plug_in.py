"""Plug-in risk minimisation: fit q(y | x) by maximum likelihood, then decide as if it were true.

Three models of q: a table for inputs of few values (shares), Gaussian classes (fit p(x, y), then
Bayes' theorem) and logistic regression (fit p(y | x) directly). The decision step is
`decision.bayes_rule` for all, so that a change of costs needs no new fit. Source: Gasse, *Neural
Network – Foundations* (2021).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils.decision import confusion_matrix

Floats = NDArray[np.float64]


def fit_table(x: ArrayLike, y: ArrayLike, inputs: int, classes: int) -> Floats:
    """Table q(y | x) of highest likelihood, for an input of few values: the shares.

    Parameters
    ----------
    x, y : (N,)
        Whole numbers, 0 … inputs-1 and 0 … classes-1.
    inputs, classes : int
        How many values x and y may take.

    Returns
    -------
    (inputs, classes)
        Row x: of the examples with this x, the fraction of each class. A row with no example holds
        the fractions in all data, since nothing better is known.

    Raises
    ------
    ValueError
        As in `decision.confusion_matrix`.
    """
    counts = confusion_matrix(x, y, inputs, classes)  # (inputs, classes)
    seen = counts.sum(axis=1, keepdims=True)  # (inputs, 1)
    return np.where(seen > 0, counts / np.maximum(seen, 1), counts.sum(axis=0) / counts.sum())


def fit_gaussians(
    x: ArrayLike, y: ArrayLike, *, shared_sigma: bool = False
) -> tuple[Floats, Floats, Floats]:
    """Priors, means and standard deviations of Gaussian classes, by maximum likelihood.

    Parameters
    ----------
    x : (N,)
        Measurements.
    y : (N,)
        Classes, whole numbers 0 … K-1, each present at least once.
    shared_sigma : bool
        One standard deviation for all classes: the posterior is then logistic in x.

    Returns
    -------
    priors, means, sigmas : (K,) each
        As `gaussians.gaussian_posterior` takes them. The variance is divided by the number of
        examples, not by one less: that is what maximises the likelihood.

    Raises
    ------
    ValueError
        Where the shapes differ, a class is empty or has no spread.
    """
    points, truth = np.asarray(x, dtype=float), np.asarray(y)
    if points.ndim != 1 or points.shape != truth.shape or points.size == 0:
        raise ValueError(f"x and y must both be (N,), N > 0; got {points.shape} and {truth.shape}")
    if truth.dtype.kind not in "iub" or truth.min() < 0:
        raise ValueError(f"classes must be whole numbers from 0 on, got {np.unique(truth)}")
    counts = np.bincount(truth.astype(np.intp))  # (K,)
    if (counts == 0).any():
        raise ValueError(f"class {int(np.argmin(counts))} has no example; counts are {counts}")
    priors = counts / truth.size  # (K,)
    means = np.array([points[truth == k].mean() for k in range(counts.size)])  # (K,)
    squares = (points - means[truth.astype(np.intp)]) ** 2  # (N,), about the own class's mean
    variances = np.array([squares[truth == k].mean() for k in range(counts.size)])  # (K,)
    if shared_sigma:
        variances = np.full(counts.size, squares.mean())
    if not (variances > 0).all():
        raise ValueError(
            f"class {int(np.argmin(variances))} has no spread: its likelihood has no maximum"
        )
    return priors, means, np.sqrt(variances)


def logistic(score: ArrayLike) -> Floats:
    """1 / (1 + exp(-score)), without overflow."""
    s = np.asarray(score, dtype=float)
    return np.exp(-np.logaddexp(0, -s))


def fit_logistic(features: ArrayLike, y: ArrayLike, *, steps: int = 50) -> tuple[Floats, float]:
    """Weights that maximise the conditional likelihood Σ log q(y_n | x_n) of logistic regression.

    Newton's method: every step solves a least-squares problem weighted by q (1 − q).

    Parameters
    ----------
    features : (N, D)
        Inputs; scale them to a spread near 1 for a quick start.
    y : (N,)
        0 or 1.
    steps : int
        Most Newton steps; about ten are usual.

    Returns
    -------
    w : (D,), b : float
        q(y = 1 | x) = logistic(w·x + b).

    Raises
    ------
    ValueError
        Where the shapes differ, ``y`` holds anything but both 0 and 1, or no maximum is found:
        the classes are separable and the likelihood grows with ‖w‖ for ever.
    """
    inputs, truth = np.asarray(features, dtype=float), np.asarray(y, dtype=float)
    if inputs.ndim != 2 or truth.shape != inputs.shape[:1]:
        raise ValueError(
            f"features must be (N, D) and y (N,); got {inputs.shape} and {truth.shape}"
        )
    if set(np.unique(truth)) != {0.0, 1.0}:
        raise ValueError(f"y must hold both 0 and 1 and nothing else, got {np.unique(truth)}")
    design = np.column_stack([inputs, np.ones(len(inputs))])  # (N, D + 1): the bias is a weight
    theta = np.zeros(design.shape[1])  # (D + 1,)
    for _ in range(steps):
        q = logistic(design @ theta)  # (N,)
        gradient = design.T @ (truth - q)  # (D + 1,), of the log-likelihood
        curvature = (design.T * (q * (1 - q))) @ design  # (D + 1, D + 1), minus its Hessian
        if np.linalg.cond(curvature) > 1e14:
            break
        move = np.linalg.solve(curvature, gradient)  # (D + 1,)
        theta = theta + move
        if np.abs(move).max() < 1e-10:
            return theta[:-1], float(theta[-1])
    raise ValueError(
        "no maximum of the likelihood was found: the classes are separable in these features, "
        "or a feature is constant or repeated"
    )


def binary_posterior(p1: ArrayLike) -> Floats:
    """From p(1 | x), (N,), to both columns p(0 | x), p(1 | x), (N, 2)."""
    p = np.asarray(p1, dtype=float)
    return np.stack([1 - p, p], axis=-1)  # (N, 2)
