"""What the two players lose, from scores, and the slopes of the losses.

The discriminator gives each example a score s, any number. Its opinion that the example is real is
D = σ(s). Everything is computed from scores: log σ(s) = −log(1 + e⁻ˢ) is finite where σ(s) has
been rounded to 0 or 1. Source: I. Goodfellow et al., "Generative adversarial nets", 2014.
"""

import numpy as np
from numpy.typing import ArrayLike


def sigmoid(s: ArrayLike) -> np.ndarray:
    """D = 1 / (1 + e⁻ˢ), entry by entry, without overflow."""
    return np.exp(-np.logaddexp(0, -np.asarray(s, dtype=float)))


def discriminator_loss(real: ArrayLike, fake: ArrayLike) -> float:
    """Mean of −log D over the real examples plus mean of −log(1 − D) over the fakes.

    Parameters
    ----------
    real, fake
        Scores of real examples (N,) and of generated ones (M,).

    Returns
    -------
    float
        In nats; log 4 where all scores are 0.

    Raises
    ------
    ValueError
        Where there are no scores, or they are no vector of finite numbers.
    """
    real, fake = _scores(real, "real"), _scores(fake, "fake")
    return float(np.logaddexp(0, -real).mean() + np.logaddexp(0, fake).mean())


def discriminator_slopes(real: ArrayLike, fake: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives of `discriminator_loss` by each score: (D − 1)/N, shape (N,), and D/M, (M,)."""
    real, fake = _scores(real, "real"), _scores(fake, "fake")
    return (sigmoid(real) - 1) / len(real), sigmoid(fake) / len(fake)


def saturating_loss(fake: ArrayLike) -> float:
    """Mean of log(1 − D) over the fakes: the generator's loss in the log form, its min-max game."""
    return float(-np.logaddexp(0, _scores(fake, "fake")).mean())


def saturating_slopes(fake: ArrayLike) -> np.ndarray:
    """Derivatives of `saturating_loss` by each score, −D/M: next to 0 where it is seen as fake."""
    fake = _scores(fake, "fake")
    return -sigmoid(fake) / len(fake)


def non_saturating_loss(fake: ArrayLike) -> float:
    """Mean of −log D over the fakes: the same goal, with slopes where they are needed."""
    return float(np.logaddexp(0, -_scores(fake, "fake")).mean())


def non_saturating_slopes(fake: ArrayLike) -> np.ndarray:
    """Derivatives of `non_saturating_loss` by each score, (D − 1)/M: −1/M where a fake is seen."""
    fake = _scores(fake, "fake")
    return (sigmoid(fake) - 1) / len(fake)


def critic_loss(real: ArrayLike, fake: ArrayLike) -> float:
    """Mean over the fakes minus mean over the real ones: a critic wants it small.

    The generator then has the loss −mean(fake). ``real`` and ``fake`` are the critic's values
    themselves, D in the critic form, and any numbers for Wasserstein's.
    """
    return float(_scores(fake, "fake").mean() - _scores(real, "real").mean())


def _scores(values: ArrayLike, name: str) -> np.ndarray:
    found = np.asarray(values, dtype=float)
    if found.ndim != 1 or not found.size or not np.isfinite(found).all():
        raise ValueError(
            f"{name} should be a vector of finite scores, not an array of shape {found.shape}"
            + (" with NaN or infinity" if found.size and found.ndim == 1 else "")
        )
    return found
