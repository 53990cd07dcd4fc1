"""Digits that nobody wrote: an adversarial network on the bundled 8 × 8 digits."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_utils.adversarial.clouds import uniform_noise
from course_utils.adversarial.forms import FORMS, Form
from course_utils.adversarial.game import Game, train
from course_utils.models.adversarial import discriminator, generator

#: Numbers of noise, units in each of two hidden layers, examples in a batch.
NOISE, HIDDEN, BATCH = 8, 96, 48


def digit_game(torch: Any, form: Form | str = "penalty") -> Game:
    """Both players before training; weights come from the engine's own random numbers.

    The gradient penalty weighs 3 here: there are 64 pixels, where the plane has 2 coordinates.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    form
        One of `FORMS`, or its name.

    Raises
    ------
    ValueError
        Where there is no such form.
    """
    players = (
        generator(torch, (NOISE, HIDDEN, HIDDEN, 64), output="Sigmoid"),
        discriminator(torch, (64, HIDDEN, HIDDEN, 1)),
    )
    if form == "penalty":
        form = dataclasses.replace(FORMS["penalty"], penalty=3.0)
    return Game(torch, form, *players)


def learn(game: Game, images: ArrayLike, steps: int, rng: np.random.Generator) -> np.ndarray:
    """Train on images; in the last quarter of the steps, with a quarter of the learning rate.

    Parameters
    ----------
    game
        From `digit_game`; it is changed.
    images
        Ink from 0 to 1, (N, 64).
    steps
        Of the generator, each after two of the discriminator.
    rng
        Source of batches and noise.

    Returns
    -------
    ndarray, shape (steps, 2)
        Loss of the discriminator and of the generator.

    Raises
    ------
    ValueError
        Where the images are not (N, 64).
    """
    images = np.asarray(images, dtype=float)
    if images.ndim != 2 or images.shape[1] != 64 or not len(images):
        raise ValueError(f"images should have the shape (N, 64), not {images.shape}")
    losses = []
    for part, rate in ((steps - steps // 4, game.rate), (steps // 4, game.rate / 4)):
        for optimizer in (game.discriminator_optimizer, game.generator_optimizer):
            optimizer.param_groups[0]["lr"] = rate
        losses.append(
            train(
                game,
                lambda rng: images[rng.integers(len(images), size=BATCH)],
                lambda rng: uniform_noise(BATCH, NOISE, rng),
                part,
                rng,
                critic_steps=2,
            )
        )
    return np.concatenate(losses)


def nearest(samples: ArrayLike, images: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """For each sample, the image nearest to it and how far away it is (Euclid, all pixels).

    Parameters
    ----------
    samples, images
        (M, 64) and (N, 64).

    Returns
    -------
    index, distance : ndarray, shape (M,)
    """
    samples, images = np.asarray(samples, dtype=float), np.asarray(images, dtype=float)
    squared = (  # ‖s − x‖² = ‖s‖² − 2 s·x + ‖x‖², (M, N)
        (samples**2).sum(1)[:, None] - 2 * samples @ images.T + (images**2).sum(1)
    )
    index = squared.argmin(axis=1)  # (M,)
    return index, np.linalg.norm(samples - images[index], axis=1)
