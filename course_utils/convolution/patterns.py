"""Small drawings for the neocognitron: strokes one pixel wide, and stains that spoil them."""

import numpy as np

from course_utils.convolution.equivariance import shift
from course_utils.convolution.sizes import whole

_DRAWINGS = {
    "L": "#......|#......|#......|#......|#......|#......|#######",
    "T": "#######|...#...|...#...|...#...|...#...|...#...|...#...",
    "X": "#.....#|.#...#.|..#.#..|...#...|..#.#..|.#...#.|#.....#",
    "O": "#######|#.....#|#.....#|#.....#|#.....#|#.....#|#######",
    "N": "#.....#|##....#|#.#...#|#..#..#|#...#.#|#....##|#.....#",
}

#: Names of the drawings.
NAMES = tuple(_DRAWINGS)


def drawing(name: str, side: int = 16, down: int = 0, right: int = 0) -> np.ndarray:
    """A drawing of 7 × 7 pixels in the middle of an image, or beside it.

    Parameters
    ----------
    name
        One of `NAMES`.
    side
        Of the image, from 7.
    down, right
        Pixels from the middle.

    Returns
    -------
    ndarray, shape (side, side)
        Ink 1 on paper 0.

    Raises
    ------
    ValueError
        Where there is no such drawing, or it leaves the image.
    """
    if name not in _DRAWINGS:
        raise ValueError(f"no drawing {name!r}; there are {', '.join(NAMES)}")
    first = (whole(side, "side", 7) - 7) // 2
    if not all(0 <= first + moved <= side - 7 for moved in (down, right)):
        raise ValueError(f"moved by {(down, right)}, the drawing leaves the {side} × {side} image")
    image = np.zeros((side, side))
    rows = _DRAWINGS[name].split("|")
    image[first : first + 7, first : first + 7] = [[pixel == "#" for pixel in row] for row in rows]
    return shift(image, down, right)


def stained(image: np.ndarray, pixels: int, rng: np.random.Generator) -> np.ndarray:
    """The image (H, W) with some pixels, drawn by ``rng``, changed from ink to paper or back.

    Raises
    ------
    ValueError
        Where the image has fewer pixels.
    """
    if whole(pixels, "pixels", 0) > image.size:
        raise ValueError(f"the image has {image.size} pixels, not {pixels}")
    changed = image.copy().ravel()
    where = rng.choice(image.size, size=pixels, replace=False)
    changed[where] = 1 - changed[where]
    return changed.reshape(image.shape)
