"""What is measured of a corruption, and what the usual mistakes would give."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.autoencoders.mistakes.subspaces import Values

#: (what was measured, its value, the value expected, tolerance, mistakes)
Finding = tuple[str, Any, Any, float, Values]

_PRODUCT = "the noise was multiplied by the entries; add it"


def findings(
    noisy: Any,
    target: Any,
    again: Any,
    other: Any,
    X: np.ndarray,
    masked: float,
    sigma: float,
) -> Iterator[Finding]:
    """Measure a corruption of examples far from 0, so that a 0 can only come from the mask.

    Tolerances are six standard deviations of what chance does to a right answer.

    Parameters
    ----------
    noisy, target
        What the student returned.
    again, other
        Noisy inputs from a generator in the same state, and from another one.
    X
        The examples (N, D), each entry larger than 10 σ.
    masked, sigma
        Chance and standard deviation asked for.
    """
    spoilt = {
        "the target was corrupted as well: the network would learn to give back the noise": noisy
    }
    yield "the target", target, X, 1e-6, spoilt
    yield "the shape of the noisy input", np.shape(noisy), X.shape, 0, {}
    noisy = np.asarray(noisy, dtype=float)
    if not np.isfinite(noisy).all():
        yield "the noisy input", noisy, X, 1e-6, {}
    zero = noisy == 0
    if zero.any() and not zero.all():
        yield from _shared(zero, "the mask")
    n = X.size
    yield (
        "the share of zeros",
        zero.mean(),
        masked,
        6 * np.sqrt(masked * (1 - masked) / n) + 1e-9,
        {
            (
                "nothing is exactly 0: was the noise added after the mask?"
                if sigma
                else "nothing was set to 0: one chance for each entry, drawn in the shape of X"
            ): 0.0 if masked else -1.0,
            "`masked` is the chance to *lose* an entry, not to keep it": 1 - masked,
            "all is 0: entries that are not masked should stay, with noise added to them": 1.0
            if masked < 1
            else -1.0,
        },
    )
    difference = (noisy - X)[~zero]
    kept = len(difference)
    if kept < 2:
        return
    if difference.std() > 1e-9:
        yield from _shared(np.where(zero, np.nan, noisy - X), "the noise")
    size = 6 * sigma / np.sqrt(kept) + 1e-6
    rescaled = X[~zero].mean() * (1 / (1 - masked) - 1)
    found = difference.std()
    multiplied = sigma > 0 and abs(found / (sigma * X.mean()) - 1) < 0.2
    yield (
        "the mean of the noise on the entries that are left",
        difference.mean(),
        0.0,
        size,
        {
            "the entries that are left were divided by 1 − masked, as dropout does; leave them": (
                _near(difference.mean(), rescaled, 2 * size)
            ),
            "the noise should have mean 0: is it uniform, from 0 to σ?": (
                _near(difference.mean(), sigma / 2, size)
            ),
            "the noise replaced the entries; add it to them": (
                _near(difference.mean(), -X[~zero].mean(), 2 * size)
            ),
            _PRODUCT: difference.mean() if multiplied else np.inf,
            "noise was added where σ is 0: is σ missing, or given as the mean, which is "
            "rng.normal's first argument?": (
                difference.mean() if sigma == 0 and found > 1e-6 else np.inf
            ),
            "σ was added as the mean of the noise; its mean is 0": (
                _near(difference.mean(), sigma, size)
            ),
            "the noise is never negative: were absolute values taken?": (
                _near(difference.mean(), sigma * np.sqrt(2 / np.pi), size)
            ),
        },
    )
    wide = 6 * sigma / np.sqrt(2 * kept) + 1e-6
    yield (
        "the standard deviation of the noise",
        found,
        sigma,
        wide,
        {
            "no noise was added": 0.0 if sigma else -1.0,
            "σ was taken for the variance; rng.normal wants the standard deviation": (
                _near(found, np.sqrt(sigma), wide)
            ),
            "σ was squared; rng.normal wants the standard deviation": _near(found, sigma**2, wide),
            "σ is missing: the noise has standard deviation 1": _near(
                found, 1.0, 6 / np.sqrt(kept)
            ),
            "uniform noise from −σ to σ; normal noise is asked for": (
                _near(found, sigma / np.sqrt(3), wide)
            ),
            _PRODUCT: found if multiplied else np.inf,
        },
    )
    yield from _draws(noisy, again, other, chance=0 < masked < 1 or (sigma > 0 and masked < 1))
    for axis in (1, 0):
        if 0 < masked < 1 and np.ptp(zero.sum(axis=axis)) == 0:
            text = "equally many everywhere; let chance decide for every entry independently"
            yield "the number of zeros", 1.0, 0.0, 0.0, {text: 1.0}


def _draws(noisy: np.ndarray, again: Any, other: Any, *, chance: bool) -> Iterator[Finding]:
    """Whether the random numbers come from the generator that was given."""
    text = "random numbers from elsewhere: draw all of them with `rng`"
    again = np.asarray(again, dtype=float)
    differ = again.shape != noisy.shape or not np.allclose(again, noisy, atol=1e-9)
    yield "whether equal generators give other results", float(differ), 0.0, 0.0, {text: 1.0}
    if chance:
        same = float(np.array_equal(noisy, np.asarray(other, dtype=float)))
        text = "always the same random numbers: draw them with the `rng` that is given"
        yield "whether another generator gives the same numbers", same, 0.0, 0.0, {text: 1.0}


def _shared(values: np.ndarray, what: str) -> Iterator[Finding]:
    """Whether examples, or the entries of an example, share their random numbers; NaN: unknown."""
    values = np.asarray(values, dtype=float)
    shared = ("the same numbers for all examples", "the same number for all entries of an example")
    for axis, text in enumerate(shared):
        most, least = np.fmax.reduce(values, axis=axis), np.fmin.reduce(values, axis=axis)
        same = float(np.all(np.isnan(most) | (most - least < 1e-9)))
        wrong = {f"{text}: draw random numbers in the shape of X": 1.0}
        yield f"whether {what} is drawn anew", same, 0.0, 0.0, wrong


def _near(found: float, expected: float, tolerance: float) -> float:
    """``found`` itself where it can be chance around ``expected``: then this is the mistake."""
    return float(found) if abs(found - expected) <= tolerance else float("inf")
