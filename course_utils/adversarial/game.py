"""An adversarial network in training: the two players, their optimizers, and whose turn it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.adversarial.forms import FORMS, Form, penalty


@dataclass
class Game:
    """Generator against discriminator on either engine.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    form
        One of `FORMS`, or its name.
    generator, discriminator
        Modules from noise to examples and from examples to scores; both for one game, (N, ·), or
        both for S games `side_by_side`, (S, N, ·).
    rate, betas
        Of the optimizers, two times Adam.

    Raises
    ------
    ValueError
        Where there is no such form.
    """

    torch: Any
    form: Form | str
    generator: Any
    discriminator: Any
    rate: float = 2e-3
    betas: tuple[float, float] = (0.5, 0.9)
    discriminator_optimizer: Any = field(init=False)
    generator_optimizer: Any = field(init=False)

    def __post_init__(self) -> None:
        if isinstance(self.form, str):
            if self.form not in FORMS:
                raise ValueError(f"no form {self.form!r}; there are {', '.join(FORMS)}")
            self.form = FORMS[self.form]
        adam = self.torch.optim.Adam
        self.discriminator_optimizer = adam(self.discriminator.parameters(), self.rate, self.betas)
        self.generator_optimizer = adam(self.generator.parameters(), self.rate, self.betas)

    def discriminator_step(self, real: Any, noise: Any, u: Any = None) -> float:
        """The discriminator learns from real examples and fakes; returns its loss before the step.

        ``real`` (N, D), ``noise`` (N, M), and for the gradient penalty ``u`` (N, 1), tensors.
        """
        fake = self.generator(noise).detach()  # no gradient of this loss reaches the generator
        scores = self.discriminator(real), self.discriminator(fake)
        loss = self.form.discriminator(self.torch, *scores)
        if self.form.penalty:
            if u is None:
                raise ValueError("the gradient penalty needs u: numbers from 0 to 1, (N, 1)")
            loss = loss + self.form.penalty * penalty(self.torch, self.discriminator, real, fake, u)
        _descend(loss, self.discriminator_optimizer)
        if self.form.clip is not None:
            with self.torch.no_grad():
                for weights in self.discriminator.parameters():
                    weights.clamp_(-self.form.clip, self.form.clip)
        return loss.item()

    def generator_step(self, noise: Any) -> float:
        """The generator learns from the discriminator's scores; returns its loss before the step.

        The gradient passes through the discriminator, but only the generator's weights move.
        """
        loss = self.form.generator(self.torch, self.discriminator(self.generator(noise)))
        _descend(loss, self.generator_optimizer)
        return loss.item()

    def sample(self, noise: np.ndarray) -> np.ndarray:
        """Generated examples as an array, from noise as an array."""
        with self.torch.no_grad():
            return self.generator(self._tensor(noise)).numpy()

    def scores(self, x: np.ndarray) -> np.ndarray:
        """Scores (…, N) of examples (…, N, D), arrays."""
        with self.torch.no_grad():
            return self.discriminator(self._tensor(x)).numpy()[..., 0]

    def pulls(self, x: np.ndarray) -> np.ndarray:
        """The direction in which each example would lower the generator's loss, (…, N, D)."""
        points = self._tensor(x).requires_grad_(True)
        loss = self.form.generator(self.torch, self.discriminator(points))
        (slope,) = self.torch.autograd.grad(loss, [points])
        return -points.shape[-2] * slope.numpy()  # the loss is a mean over the examples

    def _tensor(self, values: np.ndarray) -> Any:
        weights = next(iter(self.discriminator.parameters()))
        return self.torch.tensor(np.asarray(values), dtype=weights.dtype)


def train(
    game: Game,
    data: Callable[[np.random.Generator], np.ndarray],
    noise: Callable[[np.random.Generator], np.ndarray],
    steps: int,
    rng: np.random.Generator,
    *,
    critic_steps: int = 1,
    watch: Callable[[int, Game], None] | None = None,
) -> np.ndarray:
    """Let the players take turns.

    Parameters
    ----------
    game
        Both players; they are changed.
    data, noise
        Draw a batch of real examples (N, D) and of noise (N, M); with S games, (S, N, ·).
    steps
        Steps of the generator, ≥ 0.
    rng
        Source of all randomness.
    critic_steps
        Steps of the discriminator before each one of the generator, ≥ 1.
    watch
        Called with the number of steps made and the game, before the first and after each.

    Returns
    -------
    ndarray, shape (steps, 2)
        Loss of the discriminator (in the last of its steps) and of the generator.

    Raises
    ------
    ValueError
        Where the numbers of steps make no sense.
    FloatingPointError
        Where a loss is infinite or NaN; says in which step.
    """
    if steps < 0 or critic_steps < 1:
        raise ValueError(f"steps ≥ 0 and critic_steps ≥ 1 are needed, not {steps}, {critic_steps}")
    history = np.empty((steps, 2))
    if watch is not None:
        watch(0, game)
    for step in range(steps):
        for _ in range(critic_steps):
            real = game._tensor(data(rng))
            u = None
            if game.form.penalty:
                u = game._tensor(rng.random((*real.shape[:-1], 1)))  # (…, N, 1)
            history[step, 0] = game.discriminator_step(real, game._tensor(noise(rng)), u)
        history[step, 1] = game.generator_step(game._tensor(noise(rng)))
        if not np.isfinite(history[step]).all():
            raise FloatingPointError(f"a loss is infinite in step {step + 1}: try a lower rate")
        if watch is not None:
            watch(step + 1, game)
    return history


def _descend(loss: Any, optimizer: Any) -> None:
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
