"""Forward mode: dual numbers a + b ε with ε² = 0, whose ε carries derivatives along.

Taylor's series stops after its second term, f(a + b ε) = f(a) + f′(a) b ε: whoever calculates with
such numbers gets derivatives as well, exact to rounding. A function is written with plain NumPy
and called on a `Dual`, an array of dual numbers; nothing in it changes.

At a kink the mean of the two one-sided slopes is taken, which is what central differences and
PyTorch's `abs` and `maximum` give: `|x|′ = 0` and max(x, 0)′ = ½ at 0. (PyTorch's `relu` takes 0;
so does `np.where(x > 0, x, 0)`, because 0 fails the test.)

First derivatives only. A function being differentiated must not differentiate, with respect to
something else, a function of its own variables: the two ε would be taken for one.

Sources: W. K. Clifford, "Preliminary sketch of biquaternions", 1873 (ε² = 0); A. Griewank and
A. Walther, "Evaluating Derivatives", 2nd edition, 2008, chapter 3 (forward mode).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import ArrayLike

#: Each function beside its derivative; y is its value. Where it has two arguments: the two partial
#: derivatives. (Next to a⁰ = 1 and 0ᵇ = 0 the formulas would say 0 · ∞ where the slope is 0.)
SLOPES: dict[np.ufunc, tuple[Callable, ...]] = {
    np.negative: (lambda a, y: -1.0,),
    np.absolute: (lambda a, y: np.sign(a),),
    np.square: (lambda a, y: 2 * a,),
    np.sqrt: (lambda a, y: 1 / (2 * y),),
    np.exp: (lambda a, y: y,),
    np.log: (lambda a, y: 1 / a,),
    np.log1p: (lambda a, y: 1 / (1 + a),),
    np.sin: (lambda a, y: np.cos(a),),
    np.cos: (lambda a, y: -np.sin(a),),
    np.arctan: (lambda a, y: 1 / (1 + a * a),),
    np.tanh: (lambda a, y: 1 - y * y,),
    np.add: (lambda a, b, y: 1.0, lambda a, b, y: 1.0),
    np.subtract: (lambda a, b, y: 1.0, lambda a, b, y: -1.0),
    np.multiply: (lambda a, b, y: b, lambda a, b, y: a),
    np.divide: (lambda a, b, y: 1 / b, lambda a, b, y: -y / b),
    np.power: (
        lambda a, b, y: b * a ** np.where(b == 0, 1, b - 1),
        lambda a, b, y: y * np.log(np.where(a == 0, 1, a)),
    ),
    np.maximum: (lambda a, b, y: (a > b) + (a == b) / 2, lambda a, b, y: (a < b) + (a == b) / 2),
    np.minimum: (lambda a, b, y: (a < b) + (a == b) / 2, lambda a, b, y: (a > b) + (a == b) / 2),
    np.logaddexp: (lambda a, b, y: np.exp(a - y), lambda a, b, y: np.exp(b - y)),
}
#: These only move and add entries; they do to the tangent what they do to the value.
LINEAR = {np.sum, np.mean, np.reshape, np.transpose, np.ravel, np.squeeze, np.expand_dims}
LINEAR |= {np.broadcast_to, np.cumsum, np.diagonal, np.trace, np.moveaxis, np.swapaxes, np.flip}
#: These look at the values alone and give plain arrays: their slope is 0 wherever there is one.
FLAT = {np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal, np.sign}
FLAT |= {np.floor, np.ceil, np.isfinite, np.isnan, np.shape, np.ndim, np.zeros_like, np.ones_like}


class Dual(NDArrayOperatorsMixin):
    """An array of dual numbers; `+ - * / ** @ == < …` act on it through NumPy's functions.

    ``value`` is (…); ``tangent`` holds the derivatives of each entry with respect to k inputs at
    once, (…, k), or (…) where k is 1. A Dual never changes: ``x += y`` makes a new one. ValueError
    where shapes do not fit; TypeError for functions that have no rule.
    """

    def __init__(self, value: ArrayLike, tangent: ArrayLike) -> None:
        self.value, self.tangent = _real(value), _real(tangent)
        if self.tangent.shape == self.value.shape:
            self.tangent = self.tangent[..., None]
        self.shape, self.ndim = self.value.shape, self.value.ndim
        if self.tangent.shape[:-1] != self.shape:
            wanted = str((*self.shape, "k")).replace("'", "")
            raise ValueError(f"tangent must have the shape {wanted}, not {self.tangent.shape}")

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        out = options.pop("out", None)  # x += y asks for out=(x,)
        if out and not (isinstance(out[0], Dual) and out[0] is inputs[0]):
            raise TypeError("a plain array cannot hold derivatives: write y = y + x, not y += x")
        if options or method != "__call__" or ufunc not in {*SLOPES, *FLAT, np.matmul}:
            detail = [method] * (method != "__call__") + [f"{option}=…" for option in options]
            raise _no_rule(" with ".join([ufunc.__name__, *detail]))
        values = [x.value if isinstance(x, Dual) else _real(x) for x in inputs]
        y = ufunc(*values)
        if ufunc in FLAT:
            return y
        if ufunc is np.matmul:  # (a + a′ε) @ (b + b′ε) = a @ b + (a′ @ b + a @ b′) ε
            rules = zip(inputs, (lambda x: x @ values[1], lambda x: values[0] @ x), strict=True)
            return Dual(y, sum(_linear(f, x).tangent for x, f in rules if isinstance(x, Dual)))
        tangent = np.zeros((*y.shape, _directions(inputs)))  # (…, k)
        for x, slope in zip(inputs, SLOPES[ufunc], strict=True):
            if isinstance(x, Dual):  # f(a + b ε) = f(a) + f′(a) b ε
                tangent += np.asarray(slope(*values, y))[..., None] * x.tangent  # (…, k)
        return Dual(y, tangent)

    def __array_function__(self, function: Callable, _: Any, args: tuple, options: dict) -> Any:
        if function in FLAT:
            return function(args[0].value, *args[1:], **options)
        if function in LINEAR:
            return _linear(lambda x: function(x, *args[1:], **options), args[0])
        if function in (np.concatenate, np.stack):
            return _linear(lambda *parts: function(parts, *args[1:], **options), *args[0])
        if function is np.where and len(args) == 3 and not isinstance(args[0], Dual):
            return _linear(lambda x, y: np.where(args[0], x, y), *args[1:])
        if function is np.dot and np.ndim(args[0]) in (1, 2) and np.ndim(args[1]) in (1, 2):
            return args[0] @ args[1]
        raise _no_rule(function.__name__)

    def __getitem__(self, index: Any) -> "Dual":
        return _linear(lambda x: x[index], self)

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Iterator["Dual"]:
        return (self[i] for i in range(len(self)))

    def __repr__(self) -> str:
        return f"Dual({self.value.tolist()}, tangent={self.tangent.tolist()})"

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise TypeError(
            "plain numbers would lose the derivatives of a Dual: write np.exp, not math.exp; "
            "np.stack([…]), not np.array([…]) or out[i] = …; and differentiate only once"
        )

    __float__ = __array__
    sum, mean, T = np.sum, np.mean, property(np.transpose)

    def reshape(self, *shape: int) -> "Dual":
        """Same entries in another shape."""
        return _linear(lambda x: x.reshape(*shape), self)


def variables(*arrays: ArrayLike) -> Any:
    """Inputs, a Dual for each array: an entry's slope is 1 towards itself, 0 towards all others."""
    sizes = [np.size(x) for x in arrays]
    k = sum(sizes)
    parts = zip(arrays, np.split(np.eye(k), np.cumsum(sizes)[:-1]), strict=True)
    duals = [Dual(x, rows.reshape(*np.shape(x), k)) for x, rows in parts]
    return duals[0] if len(duals) == 1 else tuple(duals)


def jvp(f: Callable, x: ArrayLike, v: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Value f(x) and its derivative J(x) v along v (shape of x), for the price of two or three f.

    Raises ValueError where x and v differ in shape, TypeError where f uses what has no rule.
    """
    if np.shape(x) != np.shape(v):
        raise ValueError(f"point {np.shape(x)} and direction {np.shape(v)} must have one shape")
    y = _as_dual(f(Dual(x, np.asarray(v)[..., None])), 1)
    return y.value, y.tangent[..., 0]


def derivative(f: Callable) -> Callable[[ArrayLike], np.ndarray]:
    """f′ for a function of one number; given an array, f′ at each entry."""
    return lambda x: jvp(f, x, np.ones(np.shape(x)))[1]


def jacobian(f: Callable, x: ArrayLike) -> np.ndarray:
    """All derivatives of f at the array x in one evaluation, (shape of f(x), shape of x)."""
    y = _as_dual(f(variables(x)), np.size(x))
    return y.tangent.reshape(y.shape + np.shape(x))


def _as_dual(x: Any, k: int) -> Dual:
    """Lists of Duals are stacked; plain numbers depend on no input, so their tangent is 0."""
    x = np.stack(x) if isinstance(x, list | tuple) and len(x) else x
    return x if isinstance(x, Dual) else Dual(x, np.zeros((*np.shape(x), k)))


def _linear(f: Callable, *operands: Any) -> Dual:
    """f(a + b ε) = f(a) + f(b) ε, for one of the k inputs after the other."""
    k = _directions(operands)
    duals = [_as_dual(x, k) for x in operands]
    y = f(*(x.value for x in duals))
    columns = [f(*(x.tangent[..., i] for x in duals)) for i in range(k)]
    return Dual(y, np.reshape(columns, (k, y.size)).T.reshape(*y.shape, k))


def _directions(operands: Iterable) -> int:
    """The k that all Duals among the operands share."""
    counts = {x.tangent.shape[-1] for x in operands if isinstance(x, Dual)}
    if len(counts) > 1:
        raise ValueError(f"derivatives with respect to {sorted(counts)} inputs don't go together")
    return counts.pop()


def _real(x: Any) -> np.ndarray:
    x = np.asarray(x)
    if x.dtype.kind not in "fiub":
        raise TypeError(f"dual numbers are made of real numbers, not of {x.dtype}: {x!r:.60}")
    return x.astype(float)


def _no_rule(name: str) -> TypeError:
    return TypeError(
        f"dual numbers have no rule for {name}: write it with functions that have one, or put its "
        f"derivative into SLOPES in course_utils/dual.py"
    )
