"""A whole adversarial network with four parameters, by hand.

On a line, the generator is G(z) = a z + b and the discriminator scores s(x) = w x + c. The
discriminator loses −log D(x) − log(1 − D(G(z))) and the generator, in the non-saturating form,
−log D(G(z)), means over the examples.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from course_utils.adversarial.losses import (
    discriminator_loss,
    discriminator_slopes,
    non_saturating_loss,
    non_saturating_slopes,
)


class Players(NamedTuple):
    """Generator G(z) = a z + b, discriminator s(x) = w x + c."""

    a: float
    b: float
    w: float
    c: float


def generate(p: Players, z: ArrayLike) -> np.ndarray:
    """Fakes (N,) from noise z (N,)."""
    return p.a * np.asarray(z, dtype=float) + p.b


def scores(p: Players, x: ArrayLike) -> np.ndarray:
    """Scores (N,) of examples x (N,)."""
    return p.w * np.asarray(x, dtype=float) + p.c


def losses(p: Players, x: ArrayLike, z: ArrayLike) -> tuple[float, float]:
    """The discriminator's and the generator's loss on real x (N,) and noise z (M,)."""
    fake = scores(p, generate(p, z))
    return discriminator_loss(scores(p, x), fake), non_saturating_loss(fake)


def discriminator_gradient(p: Players, x: ArrayLike, z: ArrayLike) -> tuple[float, float]:
    """Gradient of the discriminator's loss by w and c; the fakes are constants."""
    x, fake = np.asarray(x, dtype=float), generate(p, z)
    d_real, d_fake = discriminator_slopes(scores(p, x), scores(p, fake))  # (N,), (M,)
    return float(d_real @ x + d_fake @ fake), float(d_real.sum() + d_fake.sum())


def generator_gradient(p: Players, z: ArrayLike) -> tuple[float, float]:
    """Gradient of the generator's loss by a and b, through the discriminator's score."""
    z = np.asarray(z, dtype=float)
    d_x = non_saturating_slopes(scores(p, generate(p, z))) * p.w  # (M,)
    return float(d_x @ z), float(d_x.sum())


def alternating_step(p: Players, x: ArrayLike, z: ArrayLike, eta: float) -> Players:
    """One round of gradient descent: the discriminator moves, the generator answers the new one.

    Parameters
    ----------
    p
        Before the round.
    x, z
        Real examples (N,) and noise (M,); both players get the same noise.
    eta
        Step size of both.
    """
    d_w, d_c = discriminator_gradient(p, x, z)
    p = p._replace(w=p.w - eta * d_w, c=p.c - eta * d_c)
    d_a, d_b = generator_gradient(p, z)
    return p._replace(a=p.a - eta * d_a, b=p.b - eta * d_b)


def simultaneous_step(p: Players, x: ArrayLike, z: ArrayLike, eta: float) -> Players:
    """One round in which the generator meets the old discriminator; else as `alternating_step`."""
    (d_w, d_c), (d_a, d_b) = discriminator_gradient(p, x, z), generator_gradient(p, z)
    return Players(p.a - eta * d_a, p.b - eta * d_b, p.w - eta * d_w, p.c - eta * d_c)
