"""Random tensors, and random numbers in place: uniform, normal, integers, choices."""

import math
from collections.abc import Callable
from typing import Any

from course_utils.scratch import arrays, dtypes, random
from course_utils.scratch.creation import new
from course_utils.scratch.dtypes import dtype as Dtype
from course_utils.scratch.inplace import replace
from course_utils.scratch.operation import NAMES, function, integers, method, operation
from course_utils.scratch.tensor import Tensor


def _generator(given: random.Generator | None) -> random.Generator:
    return given or random.default_generator


def _drawn(name: str, draw: Callable[..., Any]) -> Callable[..., Tensor]:
    """Define `rand` or `randn` and its `_like` form."""

    def body(
        *size: Any, generator: Any = None, dtype: Dtype | None = None, **options: Any
    ) -> Tensor:
        dtype = (dtype or dtypes.get_default_dtype()).numpy
        return new(draw(_generator(generator), integers(size), dtype), **options)

    def like(input: Tensor, *, dtype: Dtype | None = None, **options: Any) -> Tensor:
        options.setdefault("device", input.device)
        made = NAMES["empty_like"](input, dtype=dtype, **options)
        return made.uniform_() if name == "rand" else made.normal_()

    body.__name__, like.__name__ = name, f"{name}_like"
    body.__doc__ = (
        f"Random numbers, {'uniform on [0, 1)' if name == 'rand' else 'standard normal'}."
    )
    like.__doc__ = f"`{name}` with the size, type and device of another tensor."
    function()(body)
    function()(like)
    return body


rand = _drawn("rand", random.Generator.uniform)
randn = _drawn("randn", random.Generator.normal)


@function()
def randint(
    low: int,
    high: Any,
    size: Any = None,
    *,
    generator: Any = None,
    dtype: Dtype | None = None,
    **options: Any,
) -> Tensor:
    """Random integers in [low, high), int64; `randint(high, size)` starts at 0."""
    if size is None:
        low, high, size = 0, low, high
    return new(_generator(generator).integers(integers((size,)), low, high), dtype, **options)


@function()
def randint_like(input: Tensor, low: int, high: int | None = None, **options: Any) -> Tensor:
    """`randint` with the size and type of another tensor."""
    low, high = (0, low) if high is None else (low, high)
    return randint(low, high, tuple(input.shape), dtype=input.dtype, **options)


@function()
def randperm(
    n: int, *, generator: Any = None, dtype: Dtype | None = None, **options: Any
) -> Tensor:
    """The integers 0 … n − 1 in random order."""
    return new(_generator(generator).permutation(n), dtype, **options)


@function()
def normal(
    mean: Any = 0.0, std: Any = 1.0, size: Any = None, *, generator: Any = None, **options: Any
) -> Tensor:
    """Normal numbers; mean and std may be tensors, which then give the size."""
    if not isinstance(std, Tensor) and std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std}")
    if size is None:
        size = (mean if isinstance(mean, Tensor) else std).shape
    return randn(size, generator=generator, **options) * std + mean


@operation
def bernoulli(input: Tensor, *, generator: Any = None) -> Tensor:
    """1 with the probability that the entry names, else 0."""
    drawn = _generator(generator).bernoulli(arrays.to_numpy(input.array), tuple(input.shape))
    return new(drawn, input.dtype, input.device)


@operation
def multinomial(
    input: Tensor, num_samples: int, replacement: bool = False, *, generator: Any = None
) -> Tensor:
    """Indices drawn with probabilities proportional to the last dimension, (…, num_samples)."""
    weights = arrays.to_numpy(input.array)
    return new(
        _generator(generator).multinomial(weights, num_samples, replacement), None, input.device
    )


def _in_place(self: Tensor, numbers: Any) -> Tensor:
    return replace(self, new(numbers, self.dtype, self.device))


def _in_memory_order(x: Tensor, draw: Callable[[tuple], Any]) -> Any:
    """Numbers drawn in the order in which the tensor's memory holds its entries, as in PyTorch."""
    shape, steps = x.array.shape, x.stride()
    order = list(range(x.ndim))
    if 0 not in steps:  # an expanded dimension has no place in this order
        order.sort(key=lambda d: -steps[d] if shape[d] > 1 else -math.inf)
    numbers = draw(tuple(shape[d] for d in order))
    return numbers.transpose([order.index(d) for d in range(x.ndim)])


@method("uniform_")
def uniform_(self: Tensor, from_: float = 0.0, to: float = 1.0, *, generator: Any = None) -> Tensor:
    """Random entries, uniform on [from, to)."""
    source, dtype = _generator(generator), self.dtype.numpy
    return _in_place(
        self, _in_memory_order(self, lambda shape: source.uniform(shape, dtype, from_, to))
    )


@method("normal_")
def normal_(self: Tensor, mean: float = 0.0, std: float = 1.0, *, generator: Any = None) -> Tensor:
    """Random entries, normal with this mean and standard deviation."""
    shape, dtype = tuple(self.shape), self.dtype.numpy
    return _in_place(self, _generator(generator).normal(shape, dtype, mean, std))


@method("bernoulli_")
def bernoulli_(self: Tensor, p: float | Tensor = 0.5, *, generator: Any = None) -> Tensor:
    """1 with probability p, else 0."""
    source = _generator(generator)
    if isinstance(p, Tensor):
        return _in_place(self, source.bernoulli(arrays.to_numpy(p.array), tuple(self.shape)))
    return _in_place(self, _in_memory_order(self, lambda shape: source.bernoulli(p, shape)))
