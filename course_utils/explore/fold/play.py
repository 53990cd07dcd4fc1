"""Play of chapter 04: two hidden units fold the plane, and a line then cuts out XOR."""

from typing import Any

import numpy as np
import traitlets

from course_utils.explore.base import Explorable, Number, compose, finite_number, with_choice
from course_utils.multilayer.activations import leaky_relu
from course_utils.multilayer.one_hidden import OneHidden, one_hidden, rescale
from course_utils.multilayer.xor import FAMILIES, X, Y, squared_error

LIMIT = 3.0
PROBE_RANGE = (-0.5, 1.5)


def _weights(net: OneHidden) -> dict[str, Any]:
    return {
        "W1": net.W1.tolist(), "b1": net.b1.tolist(), "w2": net.w2.tolist(), "b2": net.b2,
    }  # fmt: skip


#: Weights that the page offers: the families of XOR, and three more.
PRESETS: dict[str, dict[str, Any]] = {
    **{name.capitalize(): _weights(net) for name, net in FAMILIES.items()},
    "Rescaled": _weights(rescale(FAMILIES["difference"], [2, 0.5])),
    "Two corners": _weights(one_hidden([[1, -2], [-2, 1]], [0, 0], [1, 1], 0)),
    "Not yet XOR": _weights(one_hidden([[1, 0], [0, 1]], [0, 0], [1, 1], 0)),
}


class Numbers(traitlets.TraitType[list, list]):
    """Numbers in a list of a fixed shape, each within limits; an array is welcome."""

    def __init__(
        self, default: list, low: float = -LIMIT, high: float = LIMIT, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.start, self.low, self.high = default, low, high
        self.shape = np.shape(default)

    def make_dynamic_default(self) -> list:
        """A list of its own for every widget."""
        return np.array(self.start, dtype=float).tolist()

    def validate(self, obj: traitlets.HasTraits, value: Any) -> list:
        """Return plain lists or raise `TraitError`, saying what is allowed."""
        try:
            entries = np.asarray(value, dtype=object)
        except ValueError:  # lists of unequal lengths
            entries = np.empty(0)
        numbers = [finite_number(entry) for entry in entries.ravel()]
        if entries.shape != self.shape or any(
            number is None or not self.low <= number <= self.high for number in numbers
        ):
            raise traitlets.TraitError(
                f"{type(obj).__name__}.{self.name} must be numbers of shape {self.shape} between "
                f"{self.low:g} and {self.high:g}, got {value!r}"
            )
        return np.reshape(numbers, self.shape).tolist()


class FoldPlay(Explorable):
    """Two hidden units and one output: the input plane beside the plane of hidden answers.

    Parameters
    ----------
    preset : str, optional
        Start with one of `PRESETS` instead of giving the weights.
    **traits
        Any trait below.

    Attributes
    ----------
    W1 : list, 2 × 2
        Weights of the hidden units, a row each, from -3 to 3.
    b1, w2 : list, 2
        Biases of the hidden units, and the output's weights, from -3 to 3.
    b2 : float
        Bias of the output, from -3 to 3.
    slope : float
        What a hidden unit makes of a negative excitation z: slope · z. From -1 (the absolute value)
        over 0 (ReLU) to 1 (no fold at all).
    probe : list, 2
        A point of the input plane that is followed into the hidden plane; from -0.5 to 1.5.

    Raises
    ------
    traitlets.TraitError
        If a value is out of its limits; the message says which.

    Examples
    --------
    >>> play = FoldPlay(preset="Sum")
    >>> play.outputs.tolist(), play.loss
    ([0.0, 1.0, 1.0, 0.0], 0.0)
    """

    _esm = compose("fold/model.js", "fold/planes.js", "fold/play.js")
    _restored = ("W1", "b1", "w2", "b2", "slope", "probe")

    W1 = Numbers([[1, -1], [-1, 1]]).tag(sync=True)
    b1 = Numbers([0, 0]).tag(sync=True)
    w2 = Numbers([1, 1]).tag(sync=True)
    b2 = Number(0, -LIMIT, LIMIT).tag(sync=True)
    slope = Number(0, -1, 1).tag(sync=True)
    probe = Numbers([0.75, 0.25], *PROBE_RANGE).tag(sync=True)
    presets = traitlets.Dict(PRESETS, read_only=True).tag(sync=True)

    def __init__(self, preset: str | None = None, **traits: Any) -> None:
        super().__init__(**with_choice(traits, "preset", preset, PRESETS))

    @property
    def network(self) -> OneHidden:
        """The network, as the reference implementation holds it."""
        return one_hidden(self.W1, self.b1, self.w2, self.b2, leaky_relu(self.slope))

    @property
    def hidden(self) -> np.ndarray:
        """Where the hidden layer puts the inputs 00, 01, 10, 11, shape (4, 2)."""
        return self.network.hidden(X)

    @property
    def outputs(self) -> np.ndarray:
        """Answers to the inputs 00, 01, 10, 11, shape (4,)."""
        return self.network(X)

    @property
    def loss(self) -> float:
        """Mean squared error on the four rows of XOR."""
        return squared_error(self.network)

    @property
    def right(self) -> int:
        """How many of the four answers are on the right side of ½."""
        return int(((self.outputs > 0.5) == (Y == 1)).sum())
