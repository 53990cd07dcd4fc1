"""Play of chapter 04: a function built from steps or triangles, and how far off it is."""

from typing import Any

import numpy as np
import traitlets

from course_utils.explore.base import Explorable, Number, WholeNumber, compose
from course_utils.explore.fold.play import Numbers
from course_utils.multilayer.interpolant import relu_interpolant
from course_utils.multilayer.layers import parameter_count
from course_utils.multilayer.one_hidden import OneHidden
from course_utils.multilayer.pieces import staircase, sup_error, triangles
from course_utils.multilayer.runge import runge

LEFT, RIGHT = -1.0, 1.0
GRID_COUNT = 2001
MAX_PIECES = 64
OWN_POINTS = 7
OWN_LIMIT = 1.5


class BuilderPlay(Explorable):
    """One hidden layer on [-1, 1] that adds up steps or triangles to imitate a function.

    Attributes
    ----------
    target : str
        "sine", sin(πx); "runge", 1/(1 + 25x²); "jump", 1 from x = 0 on and 0 before; or "own".
    kind : str
        "triangles", three ReLUs each, or "steps", one steep logistic unit each.
    pieces : int
        Into how many equal pieces the interval is cut, from 2 to 64.
    steepness : float
        Weight of the logistic units, from 5 to 500.
    own : list of 7 floats
        The reader's function: straight between these values at equally spaced points; -1.5 to 1.5.
    part : int
        Which of the triangles or steps is picked out, counted from 1.
    show_parts : bool
        Draw all of them.

    Raises
    ------
    traitlets.TraitError
        If a value is out of its limits.

    Examples
    --------
    >>> play = BuilderPlay(target="sine", pieces=8)
    >>> round(play.sup_error, 4), play.units, play.shared_units
    (0.0704, 27, 8)
    """

    _esm = compose("builder/model.js", "builder/plots.js", "builder/play.js")
    _restored = ("target", "kind", "pieces", "steepness", "own", "part", "show_parts")

    target = traitlets.Enum(("sine", "runge", "jump", "own"), default_value="sine").tag(sync=True)
    kind = traitlets.Enum(("triangles", "steps"), default_value="triangles").tag(sync=True)
    pieces = WholeNumber(8, 2, MAX_PIECES).tag(sync=True)
    steepness = Number(60, 5, 500).tag(sync=True)
    own = Numbers([0.0, 0.9, 0.4, -0.6, -0.2, 1.1, 0.3], -OWN_LIMIT, OWN_LIMIT).tag(sync=True)
    part = WholeNumber(3, 1, MAX_PIECES + 1).tag(sync=True)
    show_parts = traitlets.Bool(True).tag(sync=True)

    def function(self, x: Any) -> np.ndarray:
        """The target at x, an array of any shape."""
        x = np.asarray(x, dtype=float)
        if self.target == "sine":
            return np.sin(np.pi * x)
        if self.target == "runge":
            return runge(x)
        if self.target == "jump":
            return np.where(x >= 0, 1.0, 0.0)
        return np.interp(x, np.linspace(LEFT, RIGHT, OWN_POINTS), self.own)

    def built(self, pieces: int | None = None) -> OneHidden:
        """The network of so many pieces, by default as many as there are, weights and all."""
        pieces = self.pieces if pieces is None else pieces
        if self.kind == "steps":
            return staircase(self.function, LEFT, RIGHT, pieces, self.steepness)
        return triangles(self.function, LEFT, RIGHT, pieces)

    @property
    def shared(self) -> OneHidden:
        """The same function on [-1, 1] with fewer units: triangles that share their kinks."""
        if self.kind == "steps":
            return self.built()
        knots = np.linspace(LEFT, RIGHT, self.pieces + 1)  # (pieces + 1,)
        return relu_interpolant(knots, self.function(knots))

    def error_of(self, net: OneHidden) -> float:
        """Largest distance from the target on 2001 points, and at the jump from both sides."""
        error = sup_error(self.function, net, LEFT, RIGHT, GRID_COUNT)
        if self.target == "jump":
            error = max(error, abs(float(net(np.zeros(1))[0])))  # the limit from the left is 0
        return error

    @property
    def sup_error(self) -> float:
        """Largest distance between target and network."""
        return self.error_of(self.built())

    @property
    def gain(self) -> float:
        """How many times smaller the largest distance is with twice as many pieces."""
        return self.sup_error / self.error_of(self.built(2 * self.pieces))

    @property
    def units(self) -> int:
        """Number of hidden units, three for each triangle."""
        return self.built().width

    @property
    def shared_units(self) -> int:
        """Number of hidden units where triangles share their kinks."""
        return self.shared.width

    @property
    def parameters(self) -> int:
        """Weights and biases of the network with `shared_units`."""
        return parameter_count((1, self.shared_units, 1))
