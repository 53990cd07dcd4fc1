"""Play of chapter 16: a generator and a discriminator, trained live in the plane."""

from typing import Any

import numpy as np
import traitlets

from course_utils import scratch
from course_utils.adversarial.clouds import grid, ring
from course_utils.explore.adversarial.game import FORMS, PlaneGame
from course_utils.explore.base import (
    Explorable,
    Number,
    WholeNumber,
    compose,
    finite_number,
    of_trait,
    stylesheet,
    with_choice,
)

LIMIT = 1.5
MAX_CENTRES = 60
MAX_MOVES = 10_000


def _plain(points: np.ndarray) -> list[list[float]]:
    """Points on a grid of hundredths, so that a page's address can hold them."""
    return (np.round(points, 2) + 0.0).tolist()


def _spiral(count: int = 24) -> np.ndarray:
    """Centres (count, 2) along one and a half turns, evenly spaced."""
    fine = np.linspace(0, 1, 2001)
    angle, radius = 3 * np.pi * fine, 0.2 + fine
    curve = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)  # (2001, 2)
    length = np.concatenate([[0], np.linalg.norm(np.diff(curve, axis=0), axis=1).cumsum()])
    at = np.interp(np.linspace(0, length[-1], count), length, fine)
    return np.stack([np.interp(at, fine, curve[:, axis]) for axis in (0, 1)], axis=1)


#: Sets of centres (x, y) that the page offers.
PRESETS: dict[str, list[list[float]]] = {
    "Ring": _plain(ring(8)),
    "Grid": _plain(grid(3)),
    "Two": [[-0.8, 0.0], [0.8, 0.0]],
    "Spiral": _plain(_spiral()),
}


class Centres(traitlets.TraitType[list, list]):
    """Up to 60 points [x, y] of the plane, in hundredths; an array is welcome."""

    def make_dynamic_default(self) -> list:
        """The ring."""
        return [list(centre) for centre in PRESETS["Ring"]]

    def validate(self, obj: traitlets.HasTraits, value: Any) -> list:
        """Return plain lists or raise `TraitError`, naming the centre that is wrong."""
        where = f"{type(obj).__name__}.{self.name}"
        if not isinstance(value, list | tuple | np.ndarray) or len(value) > MAX_CENTRES:
            raise traitlets.TraitError(
                f"{where} must be a list of at most {MAX_CENTRES} points [x, y], got {value!r}"
            )
        for i, point in enumerate(value):
            if not isinstance(point, list | tuple | np.ndarray) or len(point) != 2:
                raise traitlets.TraitError(f"{where}[{i}] must be a point [x, y], got {point!r}")
            numbers = [finite_number(v) for v in point]
            if any(v is None or abs(v) > LIMIT for v in numbers):
                raise traitlets.TraitError(
                    f"{where}[{i}] must be two numbers between {-LIMIT:g} and {LIMIT:g}, "
                    f"got {point!r}"
                )
        return _plain(np.array(value, dtype=float).reshape(-1, 2))


class AdversarialPlay(Explorable):
    """A generator and a discriminator in the plane: their samples, field, pulls and losses.

    The weights are no traits: they follow from the settings, the seed and the number of moves.

    Parameters
    ----------
    preset : str, optional
        Start with one of `PRESETS` instead of giving `centres`.
    **traits
        Any trait below.

    Attributes
    ----------
    centres : list of [x, y]
        The data: equal parts of normal distributions of spread 0.08 around up to 60 centres, each
        coordinate from -1.5 to 1.5 and rounded to hundredths.
    form : str
        What the players lose: "minimax" or "non-saturating" (logarithms), "critic" (the
        difference of means of D = σ(s)), "clipping" or "penalty" (Wasserstein's critic).
    rate : float
        Adam's step size for both players, from 0.0005 to 0.02.
    critic_moves : int
        Moves of D for each move of G, from 1 to 5.
    seed : int
        Fixes the weights at the start and all batches; from 1 to 999.
    moves : int
        How many moves have been made, from 0 to 10000.
    slow : bool
        Whether *Play* shows every move.

    Raises
    ------
    traitlets.TraitError
        If a value is out of its limits; the message says which.

    Examples
    --------
    >>> play = AdversarialPlay(preset="Two", moves=2)
    >>> game = play.game()
    >>> game.moves, sorted(game.standing())
    (2, ['loss_D', 'loss_G', 'near', 'pull', 'reached'])
    """

    _esm = compose(
        "adversarial/network.js",
        "adversarial/model.js",
        "adversarial/lab.js",
        "adversarial/address.js",
        "adversarial/plane.js",
        "adversarial/plots.js",
        "adversarial/play.js",
    )
    _css = stylesheet("adversarial/play.css")
    _restored = ("centres", "form", "rate", "critic_moves", "seed", "moves", "slow")

    centres = Centres().tag(sync=True)
    form = traitlets.Enum(tuple(FORMS), default_value="non-saturating").tag(sync=True)
    rate = Number(0.004, 0.0005, 0.02).tag(sync=True)
    critic_moves = WholeNumber(1, 1, 5).tag(sync=True)
    seed = WholeNumber(1, 1, 999).tag(sync=True)
    moves = WholeNumber(0, 0, MAX_MOVES).tag(sync=True)
    slow = traitlets.Bool(False).tag(sync=True)
    presets = traitlets.Dict(PRESETS, read_only=True).tag(sync=True)

    def __init__(self, preset: str | None = None, **traits: Any) -> None:
        choices = of_trait("centres", PRESETS)
        super().__init__(**with_choice(traits, "preset", preset, choices))

    def game(self, torch: Any = scratch) -> PlaneGame:
        """Play the game up to `moves` on an engine, by default `course_utils.scratch`.

        Rounding differs from JavaScript's in the last digit, and the game enlarges differences:
        the two agree to many digits in the first hundred moves, later only in kind.
        """
        settings = (self.centres, self.form, self.rate, self.critic_moves, self.seed)
        game = PlaneGame(torch, *settings)
        for _ in range(self.moves):
            game.move()
        return game
