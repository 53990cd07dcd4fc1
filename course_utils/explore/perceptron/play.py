"""Play of chapter 03: Rosenblatt's rule, one example at a time, on points the reader places."""

import math
from typing import Any

import numpy as np
import traitlets

from course_utils.explore.base import (
    Explorable,
    WholeNumber,
    compose,
    finite_number,
    of_trait,
    stylesheet,
    with_choice,
)
from course_utils.margin import is_separable, mistake_bound
from course_utils.neuron import with_bias
from course_utils.perceptron import train

#: Sets of points (x1, x2, y) that the page offers. The gates use the truth values 0 and 1.
PRESETS: dict[str, list[list[float]]] = {
    "AND": [[0, 0, -1], [0, 1, -1], [1, 0, -1], [1, 1, 1]],
    "OR": [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, 1]],
    "XOR": [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]],
    "Wide margin": [
        [1.7, -0.5, -1], [0.6, 0.4, 1], [-1.1, -1.6, -1], [0.0, 1.0, 1],
        [1.6, -1.0, -1], [1.5, 1.3, 1], [1.3, -0.6, -1], [-0.6, 0.5, 1],
        [0.4, -1.5, -1], [0.6, 1.0, 1], [1.2, -1.6, -1], [-1.5, 1.7, 1],
    ],
    "Narrow margin": [
        [0.8, -1.1, -1], [1.3, -0.5, 1], [-1.0, -0.3, -1], [1.0, 0.2, 1],
        [-1.5, -0.9, -1], [1.8, 0.2, 1], [0.1, -1.2, -1], [-0.5, 1.1, 1],
        [-1.8, -0.5, -1], [-1.3, 0.5, 1], [1.1, -1.4, -1], [-1.7, 0.2, 1],
    ],
    "Not separable": [
        [-1.2, -0.5, -1], [1.1, 0.6, 1], [-0.3, -1.2, -1], [0.3, 1.2, 1], [0.6, 0.2, -1],
        [-0.6, 0.1, 1], [-1.5, 0.9, -1], [1.5, -0.4, 1],
    ],
}  # fmt: skip
LIMIT = 2.0
MAX_POINTS = 40
MAX_EXAMPLES = 5000


class Points(traitlets.List):
    """Up to 40 points [x1, x2, y]: coordinates from -2 to 2, y = +1 or -1; an array is welcome."""

    def validate(self, obj: traitlets.HasTraits, value: Any) -> list[list[float]]:
        """Return the points as plain lists or raise `TraitError`, naming the first bad one."""
        where = f"{type(obj).__name__}.{self.name}"
        try:
            rows = [list(row) for row in value]
        except TypeError:
            raise traitlets.TraitError(
                f"{where} must be a list of points [x1, x2, y], got {value!r}"
            ) from None
        if len(rows) > MAX_POINTS:
            raise traitlets.TraitError(
                f"{where} holds at most {MAX_POINTS} points, got {len(rows)}"
            )
        return [self._point(where, index, row) for index, row in enumerate(rows)]

    @staticmethod
    def _point(where: str, index: int, row: list[Any]) -> list[float]:
        numbers = [finite_number(value) for value in row]
        good = (
            len(numbers) == 3
            and None not in numbers
            and max(abs(numbers[0]), abs(numbers[1])) <= LIMIT
            and numbers[2] in (-1, 1)
        )
        if not good:
            raise traitlets.TraitError(
                f"{where}[{index}] must be [x1, x2, y] with x1 and x2 from {-LIMIT:g} to {LIMIT:g} "
                f"and y = 1 or -1, got {row!r}"
            )
        return [numbers[0], numbers[1], int(numbers[2])]


class PerceptronPlay(Explorable):
    """Points in the plane, shown in turn to a perceptron that starts at w = 0 with step size 1.

    The weights are no trait: they follow from `points` and `steps`.

    Parameters
    ----------
    preset : str, optional
        Start with one of `PRESETS` instead of giving `points`.
    **traits
        Any trait below.

    Attributes
    ----------
    points : list of [x1, x2, y]
        Up to 40 examples in the order in which they are shown; x1, x2 from -2 to 2, y = +1 or -1.
    steps : int
        How many examples have been shown, counted over all passes; from 0 to 5000.
    brush : int
        What a click on the plane does: 1 or -1 places a point of that class, 0 removes one.
    show_separator : bool
        Draw the separator of largest margin.
    show_meeting : bool
        Let the chart reach to where the two bounds meet, (R/γ)² mistakes.

    Raises
    ------
    traitlets.TraitError
        If a value is out of its limits; the message says which point is wrong.

    Examples
    --------
    >>> play = PerceptronPlay(preset="OR", steps=100)
    >>> play.mistakes, play.weights.tolist()
    (9, [-1.0, 2.0, 2.0])
    """

    _esm = compose("perceptron/model.js", "perceptron/plane.js", "perceptron/play.js")
    _css = stylesheet("perceptron/play.css")
    _restored = ("points", "steps", "brush", "show_separator", "show_meeting")

    points = Points(PRESETS["AND"]).tag(sync=True)
    steps = WholeNumber(0, 0, MAX_EXAMPLES).tag(sync=True)
    brush = traitlets.Enum((1, -1, 0), default_value=1).tag(sync=True)
    show_separator = traitlets.Bool(False).tag(sync=True)
    show_meeting = traitlets.Bool(True).tag(sync=True)
    presets = traitlets.Dict(PRESETS, read_only=True).tag(sync=True)

    def __init__(self, preset: str | None = None, **traits: Any) -> None:
        choices = of_trait("points", PRESETS)
        super().__init__(**with_choice(traits, "preset", preset, choices))

    @property
    def X(self) -> np.ndarray:
        """Inputs (1, x1, x2), shape (N, 3)."""
        return with_bias(np.array([point[:2] for point in self.points]).reshape(-1, 2))  # (N, 3)

    @property
    def y(self) -> np.ndarray:
        """Labels, +1 or -1, shape (N,)."""
        return np.array([point[2] for point in self.points], dtype=int)  # (N,)

    @property
    def mistakes(self) -> int:
        """How many of the `steps` examples shown were mistakes."""
        return len(self._path()) - 1

    @property
    def weights(self) -> np.ndarray:
        """Weights (w0, w1, w2) after `steps` examples, shape (3,)."""
        return self._path()[-1]

    @property
    def separable(self) -> bool:
        """Whether a line separates the two classes; false while there is no point."""
        return bool(self.points) and is_separable(self.X, self.y)

    @property
    def mistake_bound(self) -> float:
        """(R/γ)², infinite where no line separates the classes."""
        return mistake_bound(self.X, self.y) if self.separable else math.inf

    def _path(self) -> np.ndarray:
        """Weights at the start and after each mistake within `steps` examples, shape (M + 1, 3)."""
        if not self.points or self.steps == 0:
            return np.zeros((1, 3))
        count = len(self.points)
        history = train(self.X, self.y, max_epochs=math.ceil(self.steps / count))
        shown = history.epochs * count + history.examples < self.steps  # (M,)
        return history.weights[: 1 + int(shown.sum())]
