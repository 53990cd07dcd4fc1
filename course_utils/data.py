"""Data sets that need no download: truth tables, separable clouds, digits and drawn shapes."""

from itertools import product

import numpy as np

#: Side of the Mark I's retina, in photocells.
RETINA = 20
SHAPES = ("circle", "square", "triangle", "cross")
_TABLES = {
    "AND": lambda bits: all(bits),
    "OR": lambda bits: any(bits),
    "NOT": lambda bits: not bits[0],
    "NOR": lambda bits: not any(bits),
    "NAND": lambda bits: not all(bits),
    "XOR": lambda bits: sum(bits) % 2,
}


def truth_table(name: str, inputs: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Truth table of a logic gate.

    Parameters
    ----------
    name
        "AND", "OR", "NOT", "NOR", "NAND" or "XOR" (parity, for more than two inputs).
    inputs
        Number of inputs; NOT always has one.

    Returns
    -------
    X, y
        Inputs 0 or 1, shape (2^inputs, inputs), in counting order, and outputs 0 or 1.

    Raises
    ------
    ValueError
        Where there is no such gate or no input.
    """
    if name not in _TABLES:
        raise ValueError(f"no gate {name!r}; there are {', '.join(_TABLES)}")
    if inputs < 1:
        raise ValueError(f"a gate needs at least one input, got {inputs}")
    rows = list(product((0, 1), repeat=1 if name == "NOT" else inputs))
    return np.array(rows), np.array([int(_TABLES[name](row)) for row in rows])


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Scikit-learn's handwritten digits (Alpaydin & Kaynak, 1998), 8 × 8 pixels.

    Returns
    -------
    X, y
        Ink from 0 (none) to 1, shape (1797, 64), and the digit, shape (1797,).
    """
    from sklearn.datasets import load_digits  # here: it takes two seconds, and most pages need none

    bunch = load_digits()
    return bunch.data / 16.0, bunch.target


def separable_cloud(
    n: int, margin: float, rng: np.random.Generator, dimension: int = 2
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points of the cube [−1, 1]^d that a random hyperplane separates with room to spare.

    Parameters
    ----------
    n
        Number of points.
    margin
        Least value of y (b + ⟨w, x⟩) with ‖(b, w)‖ = 1: the margin with the bias folded in.
    rng
        Source of randomness.
    dimension
        Of the points, d.

    Returns
    -------
    X, y, w
        Points (n, d) without x₀, labels ±1 (n,), half of each, and the separator (1 + d,), bias
        first.

    Raises
    ------
    ValueError
        Where the margin leaves next to no room for points of both classes.
    """
    direction = rng.normal(size=dimension)  # (d,)
    # The boundary passes the middle at 0.3 at most: both classes get room.
    w = np.append(rng.uniform(-0.3, 0.3), direction / np.linalg.norm(direction))  # (1 + d,)
    w /= np.linalg.norm(w)
    candidates = rng.uniform(-1, 1, size=(1000 + 100 * n, dimension))  # (many, d)
    sums = w[0] + candidates @ w[1:]  # (many,)
    positive, negative = candidates[sums >= margin], candidates[sums <= -margin]
    more, fewer = n - n // 2, n // 2
    if len(positive) < more or len(negative) < fewer:
        raise ValueError(f"a margin of {margin} leaves no room for {n} points of two classes")
    X = np.vstack([positive[:more], negative[:fewer]])  # (n, d)
    y = np.repeat([1.0, -1.0], [more, fewer])  # (n,)
    order = rng.permutation(n)
    return X[order], y[order], w


def marked_cards(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Cards with a filled square on the left or on the right, the task shown to the press in 1958.

    Parameters
    ----------
    n
        Number of cards.
    rng
        Source of randomness: side, place and size (4 to 8 cells) of each square.

    Returns
    -------
    images, y
        0 or 1, shape (n, 20, 20), and −1 for left, +1 for right.
    """
    images = np.zeros((n, RETINA, RETINA))
    y = rng.choice([-1, 1], size=n)  # (n,)
    for image, side in zip(images, y, strict=True):
        size = rng.integers(4, 9)
        top = rng.integers(0, RETINA - size + 1)
        left = rng.integers(0, RETINA // 2 - size + 1) + (RETINA // 2 if side > 0 else 0)
        image[top : top + size, left : left + size] = 1
    return images, y


def shapes(
    n: int,
    rng: np.random.Generator,
    kinds: tuple[str, ...] = SHAPES,
    noise: float = 0.0,
    shift: float = 2.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Filled shapes drawn on a 20 × 20 retina.

    Parameters
    ----------
    n
        Number of images.
    rng
        Source of randomness: kind, place, size (half-width 4 to 7 cells) and noise.
    kinds
        Some of `SHAPES`.
    noise
        Chance that a cell is flipped.
    shift
        The centre lies at most so many cells from the middle, in each direction.

    Returns
    -------
    images, labels
        0 or 1, shape (n, 20, 20), and the index into ``kinds``, shape (n,).

    Raises
    ------
    ValueError
        Where a kind is unknown or ``noise`` is no probability.
    """
    if unknown := set(kinds) - set(SHAPES):
        raise ValueError(f"no shape {sorted(unknown)}; there are {', '.join(SHAPES)}")
    if not 0 <= noise <= 1:
        raise ValueError(f"noise is the chance that a cell flips, from 0 to 1, got {noise}")
    labels = rng.integers(len(kinds), size=n)  # (n,)
    centres = rng.uniform(-shift, shift, size=(n, 2))
    sizes = rng.uniform(4, 7, size=n)
    images = np.array(
        [
            draw_shape(kinds[label], centre, size)
            for label, centre, size in zip(labels, centres, sizes, strict=True)
        ]
    ).reshape(n, RETINA, RETINA)
    flipped = rng.random(images.shape) < noise  # (n, 20, 20)
    return np.where(flipped, 1 - images, images), labels


def draw_shape(kind: str, centre: tuple[float, float], size: float) -> np.ndarray:
    """One filled shape.

    Parameters
    ----------
    kind
        One of `SHAPES`.
    centre
        (right, down) from the middle of the retina, in cells.
    size
        Half-width in cells.

    Returns
    -------
    ndarray of 0.0 and 1.0, shape (20, 20)
    """
    cells = np.arange(RETINA) - (RETINA - 1) / 2
    right, down = np.meshgrid(cells - centre[0], cells - centre[1])  # (20, 20) each
    inside = {
        "circle": right**2 + down**2 <= size**2,
        "square": np.maximum(np.abs(right), np.abs(down)) <= size,
        "triangle": (np.abs(down) <= size) & (2 * np.abs(right) <= down + size),
        "cross": (np.minimum(np.abs(right), np.abs(down)) <= size / 3)
        & (np.maximum(np.abs(right), np.abs(down)) <= size),
    }
    return inside[kind].astype(float)
