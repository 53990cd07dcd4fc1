"""Play of chapter 14: a digit is squeezed into two numbers, and drawn again from them."""

from typing import Any

import numpy as np
import traitlets

from course_utils.explore.autoencoder.networks import (
    networks,
    noise_patterns,
    run,
    unseen_digits,
)
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
from course_utils.explore.convolution.images import IMAGES
from course_utils.explore.convolution.play import FULL_INK, SIDE, Table

_LETTERS = {
    "letter A": "000gg000 00gggg00 0gg00gg0 0gg00gg0 0gggggg0 0gg00gg0 0gg00gg0 0gg00gg0",
    "letter E": "0gggggg0 0gg00000 0gg00000 0ggggg00 0ggggg00 0gg00000 0gg00000 0gggggg0",
    "heart": "00000000 0gg00gg0 gggggggg gggggggg gggggggg 0gggggg0 00gggg00 000gg000",
    "smile": "00gggg00 0g0000g0 g0g00g0g g000000g g0g00g0g g00gg00g 0g0000g0 00gggg00",
}
#: What the page offers: ten digits that no network has seen, and some that are none.
PICTURES: dict[str, list[list[int]]] = {
    **{name: IMAGES[name] for name in "0123456789"},
    **{name: [[int(p, 17) for p in row] for row in t.split()] for name, t in _LETTERS.items()},
    **{name: IMAGES[name] for name in ("cross", "chessboard", "nothing")},
}
LARGEST_CODE = 1000.0


class Code(traitlets.TraitType[list, list]):
    """Two finite numbers, or none at all: then the encoder gives them."""

    def validate(self, obj: traitlets.HasTraits, value: Any) -> list[float]:
        """Return a plain list or raise `TraitError`, saying what is allowed."""
        entries = list(value) if isinstance(value, list | tuple | np.ndarray) else [None]
        numbers = [finite_number(entry) for entry in entries]
        good = all(n is not None and abs(n) <= LARGEST_CODE for n in numbers)
        if len(numbers) not in (0, 2) or not good:
            raise traitlets.TraitError(
                f"{type(obj).__name__}.{self.name} must be two numbers between "
                f"−{LARGEST_CODE:g} and {LARGEST_CODE:g}, or none, got {value!r}"
            )
        return numbers


class AutoencoderPlay(Explorable):
    """A drawing, its code of two numbers, and what a decoder makes of the code.

    Errors are means over the 64 pixels of squared differences, with ink from 0 to 1.

    Parameters
    ----------
    picture : str, optional
        Start with one of `PICTURES` instead of giving ``image``.
    **traits
        Any trait below.

    Attributes
    ----------
    network : str
        "linear" (PCA), "deep" or "denoising".
    image : list of 8 lists of 8 int
        The clean drawing: ink from 0 to 16.
    noise : float
        Standard deviation of the noise added to it, 0 to 1, where 1 is full ink.
    pattern : int
        Which of eight draws of noise, 0 to 7.
    code : list of 2 float, or empty
        The code that is decoded; empty: the encoder's.
    threshold : float
        Errors above it count as anomalies, 0 to 0.25.
    brush : int
        Ink that painting leaves: 16, 8 or 0.

    Raises
    ------
    traitlets.TraitError
        If a value is out of its limits; the message says which one.
    ValueError
        If there is no such picture, or both a picture and an image are given.

    Examples
    --------
    >>> play = AutoencoderPlay(picture="smile")
    >>> bool(play.encoder_error > play.threshold)
    True
    """

    _esm = compose(
        "convolution/grids.js", "autoencoder/model.js", "autoencoder/pad.js", "autoencoder/play.js"
    )
    _css = stylesheet("convolution/play.css", "autoencoder/play.css")
    _restored = ("network", "image", "noise", "pattern", "code", "threshold", "brush")

    network = traitlets.Enum(("linear", "deep", "denoising"), default_value="deep").tag(sync=True)
    image = Table(PICTURES["0"], SIDE, 0, FULL_INK, whole=True).tag(sync=True)
    noise = Number(0, 0, 1).tag(sync=True)
    pattern = WholeNumber(0, 0, 7).tag(sync=True)
    code = Code(default_value=[]).tag(sync=True)
    threshold = Number(0.08, 0, 0.25).tag(sync=True)
    brush = traitlets.Enum((FULL_INK, FULL_INK // 2, 0), default_value=FULL_INK).tag(sync=True)

    networks = traitlets.Dict(read_only=True).tag(sync=True)
    examples = traitlets.List(read_only=True).tag(sync=True)
    patterns = traitlets.List(read_only=True).tag(sync=True)
    pictures = traitlets.Dict(PICTURES, read_only=True).tag(sync=True)

    def __init__(self, picture: str | None = None, **traits: Any) -> None:
        choices = of_trait("image", PICTURES)
        super().__init__(**with_choice(traits, "picture", picture, choices))

    @traitlets.default("networks")
    def _networks(self) -> dict[str, Any]:
        return networks()

    @traitlets.default("examples")
    def _examples(self) -> list[Any]:
        return unseen_digits()

    @traitlets.default("patterns")
    def _patterns(self) -> list[Any]:
        return noise_patterns()

    @property
    def layers(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Encoder and decoder of the chosen network."""
        layers = self.networks[self.network]
        return layers[: len(layers) // 2], layers[len(layers) // 2 :]

    @property
    def clean(self) -> np.ndarray:
        """The drawing, ink from 0 to 1, shape (64,)."""
        return np.ravel(self.image) / FULL_INK

    @property
    def input(self) -> np.ndarray:
        """The drawing with its noise, shape (64,); the noise may lead out of 0 to 1."""
        return self.clean + self.noise * np.array(self.patterns[self.pattern])

    @property
    def encoded(self) -> np.ndarray:
        """What the encoder makes of the input, shape (2,)."""
        return run(self.layers[0], self.input)

    @property
    def shown_code(self) -> np.ndarray:
        """The code that is decoded, shape (2,)."""
        return np.array(self.code) if self.code else self.encoded

    @property
    def output(self) -> np.ndarray:
        """What the decoder makes of the code, shape (64,)."""
        return run(self.layers[1], self.shown_code)

    @property
    def error(self) -> float:
        """Mean squared difference between input and output."""
        return float(np.mean((self.input - self.output) ** 2))

    @property
    def encoder_error(self) -> float:
        """The same for the encoder's code: the anomaly score."""
        return float(np.mean((self.input - run(self.layers[1], self.encoded)) ** 2))

    @property
    def example_ink(self) -> np.ndarray:
        """The digits that no network has seen, ink from 0 to 1, shape (300, 64)."""
        return np.array([[int(p, 17) for p in ink] for ink, _ in self.examples]) / FULL_INK

    @property
    def example_codes(self) -> np.ndarray:
        """Their codes, shape (300, 2)."""
        return run(self.layers[0], self.example_ink)

    @property
    def example_errors(self) -> np.ndarray:
        """Their errors, shape (300,)."""
        ink = self.example_ink
        return np.mean((ink - run(self.networks[self.network], ink)) ** 2, axis=1)

    @property
    def nearest(self) -> int:
        """Which example has the code nearest to the one that is decoded."""
        return int(np.sum((self.example_codes - self.shown_code) ** 2, axis=1).argmin())
