"""What the usual mistakes in losses and slopes by score would give.

Each function takes the arguments of a question and gives {description: value}; where several
results are asked for, one such dictionary for each.
"""

from typing import Any

import numpy as np

from course_utils.adversarial.losses import (
    discriminator_loss,
    non_saturating_loss,
    non_saturating_slopes,
    saturating_loss,
    saturating_slopes,
    sigmoid,
)

#: What a mistake is, in words for the student, and the result that it gives.
Values = dict[str, Any]

_EPSILONS = (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)
_ROUNDED = "infinity in the result: σ(s) was rounded to 0 or 1, and its logarithm taken; put σ "
_ROUNDED += "into the logarithm and simplify before anything is computed"
_NO_EPSILON = "with log σ(s) = −log(1 + e⁻ˢ) none is needed"


def discriminator(real: np.ndarray, fake: np.ndarray) -> Values:
    """Of `losses.discriminator_loss`."""
    right = discriminator_loss(real, fake)
    d_real, d_fake = sigmoid(real), sigmoid(fake)
    n, m = len(real), len(fake)
    of_real, of_fake = softplus(-real), softplus(fake)  # −log D and −log(1 − D), without overflow
    with np.errstate(all="ignore"):
        found = {
            "real and fake are exchanged: a real example should get D = 1, a fake D = 0": (
                softplus(real).mean() + softplus(-fake).mean()
            ),
            "the sign is flipped: that is V, which the discriminator makes large; it loses −V": (
                -right
            ),
            "summed over the examples; take the mean of each batch": of_real.sum() + of_fake.sum(),
            "the two means were averaged; they are added": (of_real.mean() + of_fake.mean()) / 2,
            "averaged over all examples at once; take the mean of each batch, then add": (
                (of_real.sum() + of_fake.sum()) / (n + m)
            ),
            "the sigmoid was applied twice: the scores need it once": discriminator_loss(
                d_real, d_fake
            ),
            "the scores were taken for D: first comes the sigmoid": (
                -np.log(real).mean() - np.log(1 - fake).mean()
            ),
            "the fakes are missing": of_real.mean(),
            "the real examples are missing": of_fake.mean(),
            "the fakes were treated as real: their loss is −log(1 − D)": (
                of_real.mean() + softplus(-fake).mean()
            ),
            "the fakes' part was subtracted; both parts are losses": of_real.mean()
            - of_fake.mean(),
            "the logarithm is missing: this is a difference of opinions D": (
                (1 - d_real).mean() + d_fake.mean()
            ),
            "the logarithm was taken of the mean opinion; take the mean of the logarithms": (
                -np.log(d_real.mean()) - np.log(1 - d_fake.mean())
            ),
            "these are the scores themselves, as a Wasserstein critic uses them": (
                fake.mean() - real.mean()
            ),
        }
        for e in _EPSILONS:
            found[f"an ε of {e:g} stands where log 0 would be; {_NO_EPSILON}"] = (
                -np.log(np.maximum(d_real, e)).mean() - np.log(np.maximum(1 - d_fake, e)).mean()
            )
        naive = -np.log(d_real).mean() - np.log(1 - d_fake).mean()
    return _possible(found, right) | ({_ROUNDED: naive} if np.isinf(naive) else {})


def generator_loss(fake: np.ndarray) -> tuple[Values, Values]:
    """Of `losses.saturating_loss` and of `losses.non_saturating_loss`."""
    saturating, non_saturating, D = saturating_loss(fake), non_saturating_loss(fake), sigmoid(fake)
    swapped = "the two losses are exchanged: the first is log(1 − D), the second −log D"
    by_log: Values = {
        "the sign is flipped: the generator loses log(1 − D), and wants it small": -saturating,
        swapped: non_saturating,
        "summed over the fakes; take the mean": saturating * len(fake),
        "that is log D, which the generator wants large": -non_saturating,
        "the sigmoid was applied twice: the scores need it once": saturating_loss(D),
        "the logarithm was taken of the mean opinion; take the mean of the logarithms": np.log(
            (1 - D).mean() or np.nan
        ),
    }
    by_other: Values = {
        "the sign is flipped: the generator loses −log D, and wants it small": -non_saturating,
        swapped: saturating,
        "summed over the fakes; take the mean": non_saturating * len(fake),
        "that is −log(1 − D), what the discriminator loses on fakes": -saturating,
        "the sigmoid was applied twice: the scores need it once": non_saturating_loss(D),
        "the logarithm was taken of the mean opinion; take the mean of the logarithms": -np.log(
            D.mean() or np.nan
        ),
    }
    for e in _EPSILONS:
        text = f"an ε of {e:g} stands where log 0 would be; {_NO_EPSILON}"
        by_log[text] = np.log(np.maximum(1 - D, e)).mean()
        by_other[text] = -np.log(np.maximum(D, e)).mean()
    with np.errstate(divide="ignore"):
        naive = np.log(1 - D).mean(), -np.log(D).mean()
    rounded = [{_ROUNDED: value} if np.isinf(value) else {} for value in naive]
    return (
        _possible(by_log, saturating) | rounded[0],
        _possible(by_other, non_saturating) | rounded[1],
    )


def generator_slope(fake: np.ndarray) -> tuple[Values, Values]:
    """Of `losses.saturating_slopes` and of `losses.non_saturating_slopes`."""
    first, second = saturating_slopes(fake), non_saturating_slopes(fake)
    D, m = sigmoid(fake), len(fake)
    swapped = "the slopes of the two losses are exchanged"
    by_D = "that is the derivative by D; the way through the sigmoid, D(1 − D), is missing"
    both = {
        "the derivative of the sigmoid alone; the loss comes after it": D * (1 - D) / m,
        "D itself is no slope; differentiate the loss by the score": D,
    }
    missing = "the 1/M of the mean is missing"
    with np.errstate(all="ignore"):
        return (
            _possible(
                {
                    missing: first * m,
                    "divided by M twice": first / m,
                    swapped: second,
                    "the sign is flipped: a higher score makes the loss smaller": -first,
                    by_D: -1 / (1 - D) / m,
                    "both slopes flipped: exchanged, and with the wrong sign": -second,
                    "added up; one slope for each score is asked for": first.sum(),
                    **both,
                },
                first,
            ),
            _possible(
                {
                    missing: second * m,
                    "divided by M twice": second / m,
                    swapped: first,
                    "the sign is flipped: a higher score makes the loss smaller": -second,
                    by_D: -1 / D / m,
                    "both slopes flipped: exchanged, and with the wrong sign": -first,
                    "added up; one slope for each score is asked for": second.sum(),
                    **both,
                },
                second,
            ),
        )


def softplus(s: np.ndarray) -> np.ndarray:
    """log(1 + eˢ) without overflow."""
    return np.logaddexp(0, s)


def _possible(found: Values, right: Any) -> Values:
    """Without the mistakes that these scores do not show: NaN, infinite, or no different."""
    return {
        text: value
        for text, value in found.items()
        if np.isfinite(value).all()
        and not (np.shape(value) == np.shape(right) and np.allclose(value, right, atol=1e-12))
    }
