"""Random numbers: the same stream as PyTorch's CPU generator, as NumPy arrays.

After `manual_seed(0)` the same calls give the same numbers here and in PyTorch on a CPU. The source
is the Mersenne twister MT19937, which NumPy has too; the rest is how PyTorch turns its 32-bit words
into uniform, normal … numbers. Whole numbers and choices agree exactly, float64 to rounding,
float32 normals to about 1e-6: PyTorch approximates their log, sin and cos. (Older versions of
PyTorch drew dropout masks from another source on Intel's processors.)

Sources: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998; G. E. P. Box and
M. E. Muller, "A note on the generation of random normal deviates", 1958. Mirrored: PyTorch's
ATen/core/DistributionsHelper.h, ATen/native/cpu/DistributionTemplates.h and MultinomialKernel.cpp.
"""

import math
import secrets
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

Shape = int | Sequence[int]
LONG = np.iinfo(np.int64)


class Generator:
    """A source of random numbers, like `torch.Generator`. It draws on the CPU, whatever `device`.

    Its methods raise RuntimeError where a shape or parameter is out of range.
    """

    def __init__(self, device: Any = "cpu") -> None:
        self.device, self._twister = device, np.random.MT19937()
        self.manual_seed(67280421310721)  # PyTorch's default

    def manual_seed(self, seed: int) -> Self:
        """Start the stream of this seed, of which the lowest 32 bits matter.

        Raises
        ------
        RuntimeError, ValueError
            The seed is no Python int; it does not fit into 64 bits.
        """
        require(type(seed) is int, f"manual_seed expected a long, but got {type(seed).__name__}")
        if not LONG.min <= seed < 2**64:
            raise ValueError(f"Overflow when unpacking long long: {seed}")
        self._seed = seed % 2**64
        self._twister.state = np.random.RandomState(seed % 2**32).get_state(legacy=False)
        self._spare: float | None = None  # Box and Muller make two normal numbers at a time
        return self

    def initial_seed(self) -> int:
        """The seed this stream began with."""
        return self._seed

    def seed(self) -> int:
        """Start a stream nobody can foresee; returns its seed."""
        return self.manual_seed(secrets.randbits(53)).initial_seed()

    def get_state(self) -> tuple:
        """The place in the stream, for `set_state`."""
        return self._seed, self._twister.state, self._spare

    def set_state(self, state: tuple) -> Self:
        """Go to a place in a stream; TypeError if `state` is not from `get_state`."""
        if not (isinstance(state, tuple) and len(state) == 3):
            raise TypeError(f"expected the result of get_state(), but got {type(state).__name__}")
        self._seed, self._twister.state, self._spare = state
        return self

    def _words(self, count: int) -> np.ndarray:
        return self._twister.random_raw(count).astype(np.uint32)

    def _long_words(self, count: int) -> np.ndarray:
        pairs = self._twister.random_raw(2 * count).reshape(count, 2)
        return pairs[:, 0] << 32 | pairs[:, 1]

    def uniform(
        self, shape: Shape, dtype: DTypeLike = np.float32, low: float = 0.0, high: float = 1.0
    ) -> np.ndarray:
        """Numbers from [low, high): the low bits of a word, read as a binary fraction."""
        found = f"found from={low:g} > to={high:g}"
        require(low <= high, f"uniform_ expects to return a [from, to) range, but {found}")
        count = entries(shape, dtype)
        if dtype == np.float64:
            fractions = (self._long_words(count) & (2**53 - 1)) * 2.0**-53
            return (fractions * (high - low) + low).reshape(shape)
        fractions = (self._words(count) & (2**24 - 1)).astype(np.float32) * np.float32(2.0**-24)
        if (low, high) != (0, 1):  # float64 between · and +, as PyTorch rounds only once
            low, high = np.float32(low), np.float32(high)
            fractions = fractions.astype(np.float64) * np.float64(high - low) + np.float64(low)
        return fractions.astype(dtype, copy=False).reshape(shape)

    def normal(
        self, shape: Shape, dtype: DTypeLike = np.float32, mean: float = 0.0, std: float = 1.0
    ) -> np.ndarray:
        """Normally distributed numbers; fewer than 16 are drawn one after the other."""
        require(std >= 0, f"normal expects std >= 0.0, but found std {std:g}")
        count = entries(shape, dtype)
        if count < 16:
            values = np.array(self._few_normals(count)) * std + mean
            return values.astype(dtype, copy=False).reshape(shape)
        values, whole = self.uniform(count, np.result_type(dtype, np.float32)), count // 16 * 16
        values[:whole] = box_muller(values[:whole])
        if whole < count:  # the last 16 anew, though some are done
            values[-16:] = box_muller(self.uniform(16, values.dtype))
        return (values * std + mean).astype(dtype, copy=False).reshape(shape)

    def _few_normals(self, count: int) -> list[float]:
        values = [] if self._spare is None else [self._spare]
        for turn, u in self.uniform(((count - len(values) + 1) // 2, 2), np.float64).tolist():
            radius, angle = math.sqrt(-2 * math.log1p(-u)), 2 * math.pi * turn
            values += [radius * math.cos(angle), radius * math.sin(angle)]
        self._spare = values.pop() if len(values) > count else None
        return values

    def exponential(
        self, shape: Shape, dtype: DTypeLike = np.float32, rate: float = 1.0
    ) -> np.ndarray:
        """Waiting times for what happens `rate` times per unit of time."""
        require(rate > 0, f"exponential_ expects lambda > 0.0, but found lambda={rate:g}")
        return (-np.log1p(-self.uniform(shape, np.float64)) / rate).astype(dtype)

    def integers(self, shape: Shape, low: int, high: int) -> np.ndarray:
        """Whole numbers low … high - 1, int64; ValueError where they do not fit."""
        found = f"got from={low} >= to={high}"
        require(low < high, f"random_ expects 'from' to be less than 'to', but {found}")
        if low < LONG.min or high > LONG.max:
            raise ValueError(f"Overflow when unpacking long long: from={low}, to={high}")
        words = (self._words if high - low < 2**28 else self._long_words)(entries(shape))
        return ((words % words.dtype.type(high - low)).astype(np.int64) + low).reshape(shape)

    def integer64(self) -> int:
        """One of 0 … 2⁶³ - 1, as `torch.empty((), dtype=torch.int64).random_()` draws it."""
        return int(self._long_words(1)[0]) % 2**63

    def permutation(self, n: int) -> np.ndarray:
        """0 … n - 1 shuffled, int64: each place in turn swaps with itself or a later one."""
        order, left = list(range(n)), np.arange(entries(n), 1, -1, dtype=np.uint32)
        for i, j in enumerate((self._words(left.size) % left + (n - left)).tolist()):
            order[i], order[j] = order[j], order[i]
        return np.array(order, dtype=np.int64)

    def bernoulli(self, p: ArrayLike, shape: Shape | None = None) -> np.ndarray:
        """True with probability p, of p's shape unless one is given.

        An array of float32 is compared with float32 draws, all else with float64, as in PyTorch.
        """
        p = np.asarray(p)
        wrong = p[~((p >= 0) & (p <= 1))].tolist()
        require(not wrong, f"bernoulli_ expects p to be in [0, 1], but got p={wrong and wrong[0]}")
        dtype = np.float32 if p.dtype == np.float32 else np.float64
        return self.uniform(p.shape if shape is None else shape, dtype) < p

    def multinomial(
        self, weights: ArrayLike, num_samples: int, replacement: bool = False
    ) -> np.ndarray:
        """Indices drawn in proportion to weights, (N,) or (B, N) → int64, N → num_samples."""
        weights, count = np.asarray(weights), num_samples
        shape, kind = weights.shape, weights.dtype
        require(len(shape) in (1, 2), f"prob_dist must be 1 or 2 dim, got shape {shape}")
        require(kind.kind == "f", f"multinomial only supports floating-point dtypes, got: {kind}")
        require(count > 0, f"cannot sample n_sample <= 0 samples, got {count}")
        few = f"cannot sample n_sample > prob_dist.size(-1) samples: {count} > {shape[-1]}"
        require(replacement or count <= shape[-1], f"{few}, without replacement")
        invalid = "probability tensor contains either `inf`, `nan` or element < 0"
        require(np.all((weights >= 0) & (weights < np.inf)), invalid)
        invalid = "invalid multinomial distribution (sum of probabilities <= 0)"
        require(np.all(weights.sum(axis=-1) > 0), invalid)
        if not replacement or count == 1:
            # Of waiting times at rates w, the i-th is the shortest with probability wᵢ / Σ w.
            speeds = weights / self.exponential(shape, kind)
            return np.argsort(-speeds, axis=-1, kind="stable")[..., :count]
        edges = np.cumsum(weights, axis=-1, dtype=kind)  # (…, N)
        edges /= edges[..., -1:]
        draws = self.uniform((*shape[:-1], count), np.float64)  # (…, count)
        rows = zip(np.atleast_2d(edges), np.atleast_2d(draws), strict=True)
        found = [np.searchsorted(*row) for row in rows]
        return np.array(found, dtype=np.int64).reshape(draws.shape)


def require(holds: bool, message: str) -> None:
    """Raise RuntimeError with this message unless `holds`."""
    if not holds:
        raise RuntimeError(message)


def entries(shape: Shape, dtype: DTypeLike = np.float32) -> int:
    """How many entries this shape has; NotImplementedError if `dtype` is no floating point type."""
    if np.dtype(dtype).kind != "f":
        raise NotImplementedError(f"random real numbers not implemented for {np.dtype(dtype)}")
    sizes = [shape] if isinstance(shape, int) else list(shape)
    least = min(sizes, default=0)
    require(least >= 0, f"Trying to create tensor with negative dimension {least}: {sizes}")
    return math.prod(sizes)


def box_muller(uniforms: np.ndarray) -> np.ndarray:
    """Uniform → normal numbers, 16 at a time: 8 radii and 8 angles → 8 cosines and 8 sines."""
    blocks = uniforms.reshape(-1, 16)
    radius = np.sqrt(-2 * np.log(1 - blocks[:, :8]))  # (blocks, 8)
    angle = 2 * np.pi * blocks[:, 8:]
    return np.hstack([radius * np.cos(angle), radius * np.sin(angle)]).reshape(-1)


default_generator = Generator()
initial_seed, seed = default_generator.initial_seed, default_generator.seed
get_rng_state, set_rng_state = default_generator.get_state, default_generator.set_state


def manual_seed(seed: int) -> Generator:
    """Start the default generator anew; takes whatever `int` takes."""
    return default_generator.manual_seed(int(seed))
