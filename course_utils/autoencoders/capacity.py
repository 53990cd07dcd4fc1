"""What one real number can hold: any picture whole, and still nothing learnt.

A code of one number is no constraint by itself. `pack` writes a picture's pixels one after another
behind the point; `Lookup` numbers the training examples. Both give the input back without a fault,
and neither says what a number in between should mean.
"""

from fractions import Fraction
from typing import Any

import numpy as np

from course_utils.autoencoders.tables import table


def pack(image: Any, base: int = 17) -> Fraction:
    """All pixels as the digits behind the point of one number: Σᵢ xᵢ base⁻ⁱ.

    Parameters
    ----------
    image
        Whole numbers from 0 to base − 1, any shape, read row by row.
    base
        At least 2; 17 for ink from 0 to 16.

    Returns
    -------
    Fraction
        From 0 to less than 1, exact.

    Raises
    ------
    ValueError
        Where a pixel is no digit of that base.
    """
    pixels = np.asarray(image)
    if base < 2 or not np.isin(pixels, np.arange(base)).all():
        raise ValueError(f"pixels should be whole numbers from 0 to {base - 1}")
    number = 0
    for pixel in pixels.ravel():
        number = number * base + int(pixel)
    return Fraction(number, base**pixels.size)


def unpack(number: Fraction | float, size: int, base: int = 17) -> np.ndarray:
    """The first digits behind the point, which `pack` has put there.

    A `Fraction` gives all of them back. A `float` has 53 bits, which hold about 12 digits to the
    base 17; rounding may carry into some more.

    Parameters
    ----------
    number
        From 0 to less than 1.
    size
        How many digits.
    base
        As in `pack`.

    Returns
    -------
    ndarray of int, shape (size,)

    Raises
    ------
    ValueError
        Where the number is 1 or more, or negative.
    """
    rest = Fraction(number)
    if not 0 <= rest < 1:
        raise ValueError(f"the number should be from 0 to less than 1, got {float(rest)}")
    digits = np.empty(size, dtype=int)
    for i in range(size):
        rest *= base
        digits[i] = int(rest)
        rest -= digits[i].item()
    return digits


class Lookup:
    """An autoencoder with a code of one number and no error on its training examples.

    Parameters
    ----------
    X
        Training examples, shape (N, D).
    """

    def __init__(self, X: Any) -> None:
        self.X = table(X, "X").copy()

    def encode(self, X: Any) -> np.ndarray:
        """n/N for the n-th training example, or the one nearest: (M, D) → (M,)."""
        X = table(X, "X", self.X.shape[1])
        squares = (self.X**2).sum(axis=1) - 2 * X @ self.X.T  # (M, N), up to ‖x‖²
        return squares.argmin(axis=1) / len(self.X)

    def decode(self, numbers: Any) -> np.ndarray:
        """The training example whose number lies nearest: (M,) → (M, D)."""
        n = np.rint(np.asarray(numbers, dtype=float) * len(self.X)).astype(int)
        return self.X[np.clip(n, 0, len(self.X) - 1)]

    def reconstruct(self, X: Any) -> np.ndarray:
        """The nearest training example: (M, D) → (M, D)."""
        return self.decode(self.encode(X))
