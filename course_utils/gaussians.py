"""A world whose risk is known exactly: classes that are Gaussian in one measured number x.

With p(x | y) and the priors known, the posterior, the decision regions, the confusion matrix and
the risk of every threshold have closed forms, against which sampling and learning can be checked.
Source: Duda, Hart and Stork, *Pattern Classification* (2001), chapter 2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils.decision import binary_threshold, conditional_risk

Floats = NDArray[np.float64]
Interval = tuple[float, float]


def normal_pdf(x: ArrayLike, mean: ArrayLike = 0.0, sigma: ArrayLike = 1.0) -> Floats:
    """Density of the normal distribution, in units of 1/x; broadcasts."""
    z = (np.asarray(x, dtype=float) - mean) / sigma
    return np.exp(-(z**2) / 2) / (np.sqrt(2 * np.pi) * np.asarray(sigma))


def normal_cdf(z: float) -> float:
    """Φ(z): probability that a standard normal number is at most z; z may be ±inf."""
    return 0.5 * math.erfc(-z / math.sqrt(2))  # erfc keeps the far left tail exact


def gaussian_posterior(
    x: ArrayLike, priors: ArrayLike, means: ArrayLike, sigmas: ArrayLike
) -> Floats:
    """p(y | x) for K Gaussian classes, by Bayes' theorem.

    Parameters
    ----------
    x : (N,)
        Measurements.
    priors, means, sigmas : (K,)
        p(y), and mean and standard deviation of x within each class, in the units of x.

    Returns
    -------
    (N, K)
        Rows sum to 1, also far out, where every density rounds to zero.

    Raises
    ------
    ValueError
        Where the shapes differ, a sigma is not positive or the priors are no distribution.
    """
    points = np.asarray(x, dtype=float)
    prior, mean, sigma = (np.asarray(v, dtype=float) for v in (priors, means, sigmas))
    if points.ndim != 1 or prior.ndim != 1 or not prior.shape == mean.shape == sigma.shape:
        raise ValueError(
            f"x must be (N,), priors, means and sigmas (K,); got {points.shape}, "
            f"{prior.shape}, {mean.shape}, {sigma.shape}"
        )
    if not (sigma > 0).all():
        raise ValueError(f"standard deviations must be positive, got {sigma}")
    if (prior < 0).any() or not np.isclose(prior.sum(), 1):
        raise ValueError(f"priors must be probabilities that sum to 1, got {prior}")
    z = (points[:, None] - mean) / sigma  # (N, K)
    with np.errstate(divide="ignore"):  # a prior of 0 has the log -inf, and that is right
        score = np.log(prior) - np.log(sigma) - z**2 / 2  # (N, K), log p(x, y) up to a constant
    score -= score.max(axis=1, keepdims=True)  # the largest becomes exp(0) = 1: no 0/0
    joint = np.exp(score)  # (N, K)
    return joint / joint.sum(axis=1, keepdims=True)  # (N, K)


@dataclass(frozen=True)
class TwoGaussians:
    """Two classes: ``y ~ Bernoulli(prior)``, ``x | y ~ N(means[y], sigmas[y]²)``.

    Parameters
    ----------
    prior : float
        p(y = 1), strictly between 0 and 1.
    means, sigmas : two floats each
        Of class 0 and of class 1, in the units of x.

    Raises
    ------
    ValueError
        Where the prior or a sigma is out of range.
    """

    prior: float
    means: tuple[float, float]
    sigmas: tuple[float, float]

    def __post_init__(self) -> None:
        if not 0 < self.prior < 1:
            raise ValueError(
                f"prior = p(y = 1) must lie strictly between 0 and 1, not {self.prior}"
            )
        if len(self.means) != 2 or len(self.sigmas) != 2 or not min(self.sigmas) > 0:
            raise ValueError(
                f"two means and two positive sigmas are needed, got {self.means}, {self.sigmas}"
            )

    @property
    def priors(self) -> tuple[float, float]:
        """p(y) of both classes."""
        return (1 - self.prior, self.prior)

    def joint(self, x: ArrayLike) -> Floats:
        """p(x, y) = p(y) p(x | y) of both classes, (N, 2): the curves whose areas are risks."""
        points = np.asarray(x, dtype=float)
        return np.stack(
            [p * normal_pdf(points, m, s) for p, m, s in self._classes()], axis=-1
        )  # (N, 2)

    def posterior(self, x: ArrayLike) -> Floats:
        """p(y = 1 | x), shape (N,)."""
        return gaussian_posterior(x, self.priors, self.means, self.sigmas)[:, 1]

    def log_odds(self) -> tuple[float, float, float]:
        """(a, b, c) of log p(1 | x) / p(0 | x) = a x² + b x + c; a = 0 for equal sigmas."""
        (p0, m0, s0), (p1, m1, s1) = self._classes()
        a = (s0**-2 - s1**-2) / 2
        b = m1 / s1**2 - m0 / s0**2
        c = math.log(p1 / p0) + math.log(s0 / s1) + ((m0 / s0) ** 2 - (m1 / s1) ** 2) / 2
        return a, b, c

    def boundaries(self, threshold: float) -> list[float]:
        """Points x, ascending, where the decision "1 where p(1 | x) > threshold" changes.

        None, one (equal sigmas) or two.
        """
        return [
            end for low_high in self.region(threshold) for end in low_high if math.isfinite(end)
        ]

    def region(self, threshold: float) -> list[Interval]:
        """Intervals of x, ascending, where p(1 | x) > threshold; ends may be ±inf."""
        everywhere: list[Interval] = [(-math.inf, math.inf)]
        if threshold <= 0:
            return everywhere
        if threshold >= 1:
            return []
        a, b, c = self.log_odds()
        c -= math.log(threshold / (1 - threshold))  # now the region is where a x² + b x + c > 0
        if a == 0:
            if b == 0:
                return everywhere if c > 0 else []
            root = -c / b
            return [(root, math.inf)] if b > 0 else [(-math.inf, root)]
        discriminant = b * b - 4 * a * c
        if discriminant <= 0:
            return everywhere if a > 0 else []
        # Adding numbers of one sign: -b ± √… would cancel where a is tiny.
        q = -(b + math.copysign(math.sqrt(discriminant), b)) / 2
        low, high = sorted((q / a, c / q))
        return [(-math.inf, low), (high, math.inf)] if a > 0 else [(low, high)]

    def confusion(self, threshold: float) -> Floats:
        """Joint probabilities p(y, d), (2, 2), of the rule "1 where p(1 | x) > threshold"."""
        return self.region_confusion(self.region(threshold))

    def cut_confusion(self, cut: float, *, above: bool = True) -> Floats:
        """Joint probabilities p(y, d), (2, 2), of the rule "1 where x > cut" (or x < cut)."""
        return self.region_confusion([(cut, math.inf) if above else (-math.inf, cut)])

    def region_confusion(self, region: list[Interval]) -> Floats:
        """Joint probabilities p(y, d), (2, 2), of the rule "1 where x lies in ``region``"."""
        rows = []
        for prior, mean, sigma in self._classes():
            inside, outside = (
                sum(_mass((low - mean) / sigma, (high - mean) / sigma) for low, high in intervals)
                for intervals in (region, _complement(region))
            )
            rows.append([prior * outside, prior * inside])
        return np.array(rows)

    def risk(self, loss: ArrayLike, threshold: float) -> float:
        """Expected loss of the rule "1 where p(1 | x) > threshold"; ``loss[y, d]``, (2, 2)."""
        return float((self.confusion(threshold) * np.asarray(loss, dtype=float)).sum())

    def bayes_threshold(self, loss: ArrayLike) -> float:
        """The threshold of least risk; it depends on the losses alone (`binary_threshold`)."""
        return binary_threshold(loss)

    def bayes_risk(self, loss: ArrayLike) -> float:
        """Least expected loss that any rule can reach in this world."""
        return self.risk(loss, self.bayes_threshold(loss))

    def prior_risk(self, loss: ArrayLike) -> float:
        """Least expected loss of a rule that does not look at x."""
        return float(conditional_risk([self.priors], loss).min())

    def sample(self, n: int, rng: np.random.Generator) -> tuple[Floats, NDArray[np.intp]]:
        """Draw n pairs: x (n,) and y (n,)."""
        y = (rng.random(n) < self.prior).astype(np.intp)  # (n,)
        return rng.normal(np.asarray(self.means)[y], np.asarray(self.sigmas)[y]), y

    def _classes(self) -> list[tuple[float, float, float]]:
        return list(zip(self.priors, self.means, self.sigmas, strict=True))


def monte_carlo_risk(
    world: TwoGaussians, loss: ArrayLike, threshold: float, n: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Risk of "1 where p(1 | x) > threshold" from n draws: the mean loss and its standard error.

    Raises
    ------
    ValueError
        Where n is below 2: one draw has no spread.
    """
    if n < 2:
        raise ValueError(f"at least 2 draws are needed for a standard error, got {n}")
    x, y = world.sample(n, rng)
    decisions = (world.posterior(x) > threshold).astype(np.intp)  # (n,)
    losses = np.asarray(loss, dtype=float)[y, decisions]  # (n,)
    return float(losses.mean()), float(losses.std(ddof=1) / math.sqrt(n))


def _mass(low: float, high: float) -> float:
    """P(low < z < high) of a standard normal z, exact in either tail."""
    if low > 0:  # mirror to the left tail, where differences of Φ lose no digits
        low, high = -high, -low
    return normal_cdf(high) - normal_cdf(low)


def _complement(region: list[Interval]) -> list[Interval]:
    ends = [-math.inf, *(end for interval in region for end in interval), math.inf]
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return [(low, high) for low, high in pairs if low < high]
