"""Two distributions on a line whose densities are known, and a discriminator that sees samples."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_utils.adversarial.forms import FORMS
from course_utils.models.adversarial import discriminator


@dataclass(frozen=True)
class Mixture:
    """Normal distributions on a line, in equal parts, all with the same spread.

    Parameters
    ----------
    centres
        Where they lie.
    spread
        Standard deviation of each, > 0.

    Raises
    ------
    ValueError
        Without a centre, or with a spread that is not > 0.
    """

    centres: tuple[float, ...]
    spread: float

    def __post_init__(self) -> None:
        if not self.centres or not self.spread > 0:
            raise ValueError(
                f"a centre and a spread > 0 are needed, not {self.centres} and {self.spread}"
            )

    def density(self, x: ArrayLike) -> np.ndarray:
        """Density at x, same shape as x."""
        away = (np.asarray(x, dtype=float)[..., None] - np.array(self.centres)) / self.spread
        return np.exp(-(away**2) / 2).mean(-1) / (self.spread * np.sqrt(2 * np.pi))

    def draw(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Samples (n,)."""
        return rng.choice(self.centres, size=n) + self.spread * rng.normal(size=n)


def fit_discriminator(
    torch: Any,
    p: Mixture,
    q: Mixture,
    steps: int,
    rng: np.random.Generator,
    *,
    batch: int = 256,
    hidden: int = 32,
    rate: float = 5e-3,
) -> Any:
    """Train a discriminator between samples of p and of q, which stand still.

    Weights come from the engine's own generator: call ``torch.manual_seed`` before.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    p, q
        Of the data and of the generator.
    steps, batch, hidden, rate
        Steps of Adam, samples of each in every step, units in both hidden layers, learning rate,
        which falls to 0 in a straight line.
    rng
        Source of the samples.

    Returns
    -------
    callable
        From an array x to D(x), of the same shape.
    """
    network = discriminator(torch, (1, hidden, hidden, 1))
    optimizer = torch.optim.Adam(network.parameters(), rate)

    def column(x: np.ndarray) -> Any:
        return torch.tensor(x.reshape(-1, 1), dtype=torch.float32)

    for step in range(steps):
        optimizer.param_groups[0]["lr"] = rate * (1 - step / steps)
        real, fake = (network(column(d.draw(batch, rng))) for d in (p, q))
        loss = FORMS["minimax"].discriminator(torch, real, fake)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    def opinion(x: ArrayLike) -> np.ndarray:
        x = np.asarray(x, dtype=float)
        with torch.no_grad():
            return torch.sigmoid(network(column(x))).numpy().reshape(x.shape)

    return opinion
