"""Play of chapter 08: a 3 × 3 kernel slides over an 8 × 8 image, one dot product at a time."""

from typing import Any

import numpy as np
import traitlets

from course_utils.convolution.conv2d import convolve, cross_correlate
from course_utils.explore.base import (
    Explorable,
    WholeNumber,
    compose,
    finite_number,
    of_trait,
    stylesheet,
    with_choice,
)
from course_utils.explore.convolution.images import IMAGES, KERNELS

SIDE, KERNEL_SIDE = 8, 3
FULL_INK = 16
LARGEST_WEIGHT = 10.0


class Table(traitlets.TraitType[list, list]):
    """Rows of finite numbers between two limits, all rows of one length; an array is welcome."""

    def __init__(self, default: list, side: int, low: float, high: float, whole: bool) -> None:
        super().__init__(default_value=default)
        self.side, self.low, self.high, self.whole = side, low, high, whole

    def validate(self, obj: traitlets.HasTraits, value: Any) -> list[list[float]]:
        """Return the rows as plain lists or raise `TraitError`, naming the first bad number."""
        where = f"{type(obj).__name__}.{self.name}"
        try:
            rows = [list(row) for row in value]
        except TypeError:
            raise traitlets.TraitError(
                f"{where} must be {self.side} rows of {self.side} numbers, got {value!r}"
            ) from None
        lengths = [len(row) for row in rows]
        if lengths != [self.side] * self.side:
            raise traitlets.TraitError(
                f"{where} must be {self.side} rows of {self.side} numbers, got {len(rows)} rows "
                f"of {lengths} numbers"
            )
        return [
            [self._number(f"{where}[{r}][{c}]", v) for c, v in enumerate(row)]
            for r, row in enumerate(rows)
        ]

    def _number(self, where: str, value: Any) -> float:
        number = finite_number(value)
        good = number is not None and self.low <= number <= self.high
        if not good or (self.whole and number != int(number)):
            kind = "a whole number" if self.whole else "a number"
            raise traitlets.TraitError(
                f"{where} must be {kind} from {self.low:g} to {self.high:g}, got {value!r}"
            )
        return int(number) if number == int(number) else number


class ConvolutionPlay(Explorable):
    """An image, a kernel, and the window under which they are multiplied and summed.

    The feature map is no trait: it follows from the traits.

    Parameters
    ----------
    picture : str, optional
        Start with one of `IMAGES` instead of giving ``image``.
    preset : str, optional
        Start with one of `KERNELS` instead of giving ``kernel``.
    **traits
        Any trait below.

    Attributes
    ----------
    image : list of 8 lists of 8 int
        Ink from 0 to 16.
    kernel : list of 3 lists of 3 float
        Weights from −10 to 10.
    stride : int
        Pixels from one window to the next, 1 to 3.
    padding : int
        Rows and columns of zeros around the image: 0 (valid), 1 (same, at stride 1) or 2 (full).
    flip : bool
        False for the cross-correlation, True for the convolution: the kernel turned by 180°.
    position : int
        Output cell whose window is shown, counted row by row from 0; beyond the last, the last.
    brush : int
        Ink that painting leaves: 16, 8 or 0.

    Raises
    ------
    traitlets.TraitError
        If a value is out of its limits; the message says which one.
    ValueError
        If there is no such picture or preset, or both a name and the numbers are given.

    Examples
    --------
    >>> ConvolutionPlay(picture="upright edge", preset="Sobel →").feature_map[0].tolist()
    [0.0, 0.0, 64.0, 64.0, 0.0, 0.0]
    """

    _esm = compose("convolution/model.js", "convolution/grids.js", "convolution/play.js")
    _css = stylesheet("convolution/play.css")
    _restored = ("image", "kernel", "stride", "padding", "flip", "position", "brush")

    image = Table(IMAGES["4"], SIDE, 0, FULL_INK, whole=True).tag(sync=True)
    kernel = Table(
        KERNELS["Sobel →"], KERNEL_SIDE, -LARGEST_WEIGHT, LARGEST_WEIGHT, whole=False
    ).tag(sync=True)
    stride = WholeNumber(1, 1, 3).tag(sync=True)
    padding = WholeNumber(0, 0, 2).tag(sync=True)
    flip = traitlets.Bool(False).tag(sync=True)
    position = WholeNumber(14, 0, 99).tag(sync=True)
    brush = traitlets.Enum((FULL_INK, FULL_INK // 2, 0), default_value=FULL_INK).tag(sync=True)
    images = traitlets.Dict(IMAGES, read_only=True).tag(sync=True)
    kernels = traitlets.Dict(KERNELS, read_only=True).tag(sync=True)

    def __init__(
        self, picture: str | None = None, preset: str | None = None, **traits: Any
    ) -> None:
        traits = with_choice(traits, "picture", picture, of_trait("image", IMAGES))
        traits = with_choice(traits, "preset", preset, of_trait("kernel", KERNELS))
        super().__init__(**traits)

    @property
    def feature_map(self) -> np.ndarray:
        """What the kernel makes of the image, shape (M, M)."""
        slide = convolve if self.flip else cross_correlate
        image, kernel = np.array([[self.image]], float), np.array([[self.kernel]], float)
        return slide(image, kernel, stride=self.stride, padding=self.padding)[0, 0]  # (M, M)

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column of the output cell whose window is shown."""
        side = len(self.feature_map)
        return divmod(min(self.position, side * side - 1), side)
