"""The table of cases: each a call written once, in PyTorch's language, for either engine.

`Case.f(torch, *inputs)` receives the engine and the inputs as its tensors. Inputs of floating point
are differentiated. A case is named after what it covers: "sum", "sum of rows" cover `torch.sum`;
".expand" a method; "F.conv2d …" a function of `nn.functional`; "nn.Conv2d …" a layer, whose
parameters are differentiated too.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Numbers:
    """How to draw an input; `kind` keeps it where the function is defined and has no kink."""

    shape: tuple
    kind: str = "normal"
    limit: int = 0

    def draw(self, rng):
        if self.kind == "classes":
            return rng.integers(0, self.limit, self.shape)
        if self.kind == "mask":
            return rng.random(self.shape) < 0.5
        if self.kind == "distinct":  # no two entries nearer than 0.1, none nearer to 0 than 0.05
            size = int(np.prod(self.shape))
            return ((rng.permutation(size) - size // 2 + 0.5) / 10).reshape(self.shape)
        x = rng.standard_normal(self.shape)
        if self.kind == "positive":
            return np.abs(x) + 0.5
        if self.kind == "away":  # from 0
            return np.where(x < 0, x - 0.2, x + 0.2)
        if self.kind == "inside":  # of -1 … 1
            return np.tanh(x) * 0.9
        if self.kind == "probability":
            return 1 / (1 + np.exp(-x))
        if self.kind == "distribution":
            return np.exp(x) / np.exp(x).sum(-1, keepdims=True)
        if self.kind == "signs":
            return np.where(x < 0, -1.0, 1.0)
        assert self.kind == "normal"
        return x


def normal(*shape):
    return Numbers(shape)


def positive(*shape):
    return Numbers(shape, "positive")


def away(*shape):
    return Numbers(shape, "away")


def inside(*shape):
    return Numbers(shape, "inside")


def distinct(*shape):
    return Numbers(shape, "distinct")


def probability(*shape):
    return Numbers(shape, "probability")


def distribution(*shape):
    return Numbers(shape, "distribution")


def signs(*shape):
    return Numbers(shape, "signs")


def classes(limit, *shape):
    return Numbers(shape, "classes", limit)


def mask(*shape):
    return Numbers(shape, "mask")


@dataclass
class Case:
    name: str
    f: Callable
    inputs: tuple
    smooth: bool = True  # twice differentiable at the inputs
    exact32: bool = True  # well conditioned: float32 agrees to 1e-4
    layer: Callable | None = None  # torch -> module; then f is called with the module first
    method: Callable | None = None  # the same through the method
    tolerance: float = 1e-9  # of gradients, where PyTorch's own are rounded
    constant: tuple = ()  # which inputs are not differentiated

    @property
    def covers(self):
        return self.name.split()[0]


CASES = []


def case(name, f, *inputs, **flags):
    CASES.append(Case(name, f, inputs, **flags))


def call(name, *inputs, smooth=True, exact32=True, constant=(), **options):
    """`torch.name(*inputs, **options)`, and the same as a method where there is one."""
    plain = name.split()[0]
    case(
        name,
        lambda torch, *xs: getattr(torch, plain)(*xs, **options),
        *inputs,
        smooth=smooth,
        exact32=exact32,
        constant=constant,
        method=lambda x, *xs: getattr(x, plain)(*xs, **options),
    )


def method(name, *inputs, smooth=True, **options):
    """A method that is no function."""
    plain = name.split()[0][1:]
    case(name, lambda torch, x, *xs: getattr(x, plain)(*xs, **options), *inputs, smooth=smooth)


def functional(name, *inputs, smooth=True, constant=(), exact32=True, **options):
    plain = name.split()[0].removeprefix("F.")
    case(
        name,
        lambda torch, *xs: getattr(torch.nn.functional, plain)(*xs, **options),
        *inputs,
        smooth=smooth,
        constant=constant,
        exact32=exact32,
    )


def layer(name, args, *inputs, smooth=True, evaluate=False, f=None, constant=(), **options):
    plain = name.split()[0].removeprefix("nn.")

    def build(torch):
        module = getattr(torch.nn, plain)(*args, **options)
        return module.eval() if evaluate else module

    case(
        name,
        f or (lambda module, *xs: module(*xs)),
        *inputs,
        smooth=smooth,
        layer=build,
        constant=constant,
    )


# --- each entry -------------------------------------------------------------------------------------

for name in [
    "exp",
    "expm1",
    "sin",
    "cos",
    "tan",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "sigmoid",
    "erf",
    "square",
    "deg2rad",
    "clone",
]:
    call(name, normal(2, 3))
for name in ["log", "log1p", "log2", "log10", "sqrt", "rsqrt", "reciprocal"]:
    call(name, positive(2, 3))
for name in ["asin", "acos"]:
    call(name, inside(2, 3))
for name in ["neg", "negative"]:
    call(name, normal(4))
for name in ["abs", "absolute", "relu", "sign", "floor", "ceil", "round", "trunc", "fix"]:
    call(name, away(3, 2))
call("sqrt of no numbers", positive(0, 3))
call("exp of one number", normal())
call("sigmoid of whole numbers", classes(5, 3))
call("nan_to_num", normal(3))
case(
    "nan_to_num of nan and inf",
    lambda torch, x: torch.nan_to_num(x / (x - x)),
    normal(2, 2),
    constant=(0,),
)
for name in ["isnan", "isfinite", "isinf"]:
    case(name, lambda torch, x, name=name: getattr(torch, name)(x[:1] / (x - x)), positive(3))

for name in [
    "add",
    "sub",
    "subtract",
    "mul",
    "multiply",
    "div",
    "divide",
    "true_divide",
    "maximum",
    "minimum",
]:
    right = away(2, 3) if "div" in name else distinct(2, 3)
    call(name, distinct(2, 3), right)
    call(f"{name} broadcast", normal(4, 1, 3), away(2, 1))
    call(f"{name} with one number", normal(2, 3), away())
    call(f"{name} of no numbers", normal(0, 3), away(3))
for name in ["add", "sub", "mul", "div", "remainder"]:
    call(f"{name} a Python number", normal(2, 3), 1.5)
for name in ["add", "sub", "mul", "div", "floor_divide", "remainder"]:
    call(f"{name} whole numbers", classes(9, 3), 2)
call("add alpha", normal(2, 3), normal(3), alpha=2)
call("sub alpha", normal(2, 3), normal(3), alpha=0.5)
call("div rounded down", away(7), 0.3, rounding_mode="floor", constant=(0,))
call("div cut off", away(7), 0.3, rounding_mode="trunc", constant=(0,))
call("div whole numbers cut off", classes(9, 5), -2, rounding_mode="trunc")
call("floor_divide", away(5), away(5), constant=(0, 1))
call("remainder", away(5), away(5))
call("remainder broadcast", away(4, 1), away(3))
call("pow", positive(2, 3), normal(2, 3))
call("pow broadcast", positive(2, 1), normal(3))
for exponent in (0, 1, 2, 3, -1, 0.5, -1.5, 2.0):
    call(f"pow to {exponent}", positive(3), exponent)
call("pow whole numbers", classes(5, 4), 3)
call("pow whole numbers to 0.5", classes(5, 4), 0.5)
case("pow of a number", lambda torch, x: torch.pow(2.0, x), normal(3))

case("__add__", lambda torch, a, b: a + b, normal(2, 3), normal(3))
case("__radd__", lambda torch, a: 2 + a, normal(3))
case("__sub__", lambda torch, a, b: a - b, normal(2, 3), normal(3))
case("__rsub__", lambda torch, a: 2 - a, normal(3))
case("__mul__", lambda torch, a, b: a * b, normal(2, 3), normal(3))
case("__rmul__", lambda torch, a: 2 * a, normal(3))
case("__truediv__", lambda torch, a, b: a / b, normal(2, 3), away(3))
case("__rtruediv__", lambda torch, a: 2 / a, away(3))
case("__floordiv__", lambda torch, a, b: a // b, normal(2, 3), away(3), constant=(0, 1))
case("__rfloordiv__", lambda torch, a: 2 // a, away(3), constant=(0,))
case("__mod__", lambda torch, a, b: a % b, normal(2, 3), away(3))
case("__rmod__", lambda torch, a: 2 % a, away(3), constant=(0,))
case("__pow__", lambda torch, a, b: a**b, positive(2, 3), normal(3))
case("__rpow__", lambda torch, a: 2**a, normal(3))
case("__neg__", lambda torch, a: -a, normal(3))
case("__abs__", lambda torch, a: abs(a), away(3))
case("__matmul__", lambda torch, a, b: a @ b, normal(2, 3), normal(3, 4))
case("__invert__", lambda torch, a: ~a, mask(4))
case("__invert__ whole numbers", lambda torch, a: ~a, classes(5, 4))
case("bitwise_not", lambda torch, a: torch.bitwise_not(a), classes(5, 4))
case("__getitem__", lambda torch, a: a[1], normal(3, 2))

for name in ["eq", "ne", "lt", "le", "gt", "ge"]:
    call(name, classes(3, 2, 4), classes(3, 4))
    call(f"{name} a number", normal(2, 3), 0.3)
    operator = f"__{name}__"
    case(operator, lambda torch, a, b, o=operator: getattr(a, o)(b), classes(3, 5), classes(3, 5))
for name in ["bitwise_and", "bitwise_or", "bitwise_xor"]:
    call(name, mask(5), mask(5))
    call(f"{name} whole numbers", classes(9, 5), classes(9, 5))
    operator = f"__{name.removeprefix('bitwise_')}__"
    case(operator, lambda torch, a, b, o=operator: getattr(a, o)(b), mask(5), mask(5))
for name in ["logical_and", "logical_or", "logical_xor"]:
    call(name, mask(5), mask(5))
    call(f"{name} of numbers", classes(2, 5), classes(2, 5))
call("logical_not", mask(5))
call("logical_not of numbers", classes(2, 5))
call("isclose", normal(3), normal(3))
call("isclose wide", normal(3), normal(3), rtol=0.5, atol=0.5)
call("allclose", normal(3), normal(3))
call("equal", normal(3), normal(3))
case("equal itself", lambda torch, a: torch.equal(a, a), normal(3))
call("heaviside", away(4), normal(4), constant=(0, 1))

call("clamp", distinct(8), -0.2, 0.2)
call("clamp below", distinct(8), min=-0.2)
call("clamp above", distinct(8), max=0.2)
call("clamp by tensors", distinct(8), normal(8), positive(8))
call("clamp whole numbers", classes(9, 6), 2, 5)
call("clip", distinct(8), -0.2, 0.2)
case("where", lambda torch, c, a, b: torch.where(c, a, b), mask(2, 3), normal(2, 3), normal(3))
case("where a number", lambda torch, c, a: torch.where(c, a, 0.0), mask(2, 3), normal(2, 3))
case("where numbers", lambda torch, c: torch.where(c, 1.0, 0.0).double(), mask(2, 3))
case("where whole numbers", lambda torch, c: torch.where(c, 1, 0), mask(2, 3))
case("where alone", lambda torch, c: torch.where(c), mask(2, 3))
case(".where", lambda torch, c, a, b: a.where(c, b), mask(2, 3), normal(2, 3), normal(2, 3))
case("masked_fill", lambda torch, x, m: x.masked_fill(m, 7.0), normal(2, 3), mask(3))
case(
    "masked_fill endless",
    lambda torch, x, m: x.masked_fill(m, float("-inf")).exp(),
    normal(2, 3),
    mask(2, 3),
)
call("atan2", away(4), away(4))
call("logaddexp", normal(4), normal(4))
method(".clamp_min", distinct(8), 0.12)
method(".clamp_max", distinct(8), 0.12)
call("lerp", normal(2, 3), normal(2, 3), 0.3)
call("lerp by a tensor", normal(2, 3), normal(2, 3), normal(3))
call("addcmul", normal(2, 3), normal(2, 3), normal(3), value=0.5)
call("addcdiv", normal(2, 3), normal(2, 3), away(3), value=0.5)
call("addmm", normal(4), normal(2, 3), normal(3, 4), beta=0.5, alpha=2)

# --- over dimensions --------------------------------------------------------------------------------

for name in ["sum", "mean", "amax", "amin"]:
    call(name, distinct(2, 3, 4))
    for dim in (0, -1, (0, 2), (-1, 0)):
        call(f"{name} over {dim}", distinct(2, 3, 4), dim=dim)
        call(f"{name} over {dim} kept", distinct(2, 3, 4), dim=dim, keepdim=True)
    call(f"{name} axis", distinct(2, 3), axis=1)
    call(f"{name} of one number", normal())
for name in ["std", "var"]:
    call(name, normal(2, 3, 4))
    call(f"{name} not corrected", normal(2, 3, 4), unbiased=False)
    call(f"{name} over rows", normal(2, 3, 4), dim=1)
    call(f"{name} over two", normal(2, 3, 4), dim=(0, 2), keepdim=True)
    call(f"{name} correction", normal(2, 5), dim=1, correction=0)
    case(f"{name} biased", lambda torch, x, n=name: getattr(torch, n)(x, 1, False), normal(2, 4))
for name in ["std_mean", "var_mean"]:
    call(name, normal(2, 3))
    call(f"{name} of rows", normal(2, 3), dim=1, keepdim=True)
    call(f"{name} not corrected", normal(2, 3), dim=0, unbiased=False)
    call(f"{name} correction", normal(2, 3), dim=0, correction=0)
call("diff", normal(3, 5))
call("diff twice", normal(3, 5), n=2, dim=0)
call("sum of no numbers", normal(0, 3))
call("sum of no columns", normal(3, 0), dim=1)
call("sum of whole numbers", classes(5, 2, 3))
call("sum of truths", mask(2, 3), dim=0)
case("mean as float64", lambda torch, x: torch.mean(x, dtype=torch.float64), classes(5, 2, 3))
case("sum as float64", lambda torch, x: x.sum(0, dtype=torch.float64), classes(5, 2, 3))
call("sum of ones", normal(1, 1), dim=1)
call("prod", away(5))
call("prod of rows", away(2, 3), dim=1)
call("prod kept", away(2, 3), dim=0, keepdim=True)
call("prod of whole numbers", classes(5, 2, 3))
case("prod with a 0", lambda torch, x: (x * (x > 0)).prod(), normal(5))
call("cumsum", normal(2, 3), 1)
call("cumsum first", normal(2, 3), dim=0)
call("cumsum of whole numbers", classes(5, 2, 3), dim=0)
call("cumprod", away(2, 3), 1)
call("softmax", normal(2, 3), 1)
call("softmax first", normal(2, 3, 2), dim=0)
call("softmax of one", normal(2, 1), dim=-1)
call("log_softmax", normal(2, 3), 1)
call("log_softmax first", normal(2, 3), dim=0)
call("logsumexp", normal(2, 3), 1)
call("logsumexp of all", normal(2, 3), dim=(0, 1))
call("logsumexp kept", normal(2, 3), dim=0, keepdim=True)
call("norm", normal(2, 3))
call("norm of rows", normal(2, 3), dim=1)
call("norm kept", normal(2, 3), dim=0, keepdim=True)
call("norm fro", normal(2, 3), p="fro")
call("norm 0", normal(2, 3), p=0, dim=1, constant=(0,))
for p in (1, 3, 2.5, float("inf"), float("-inf")):
    call(f"norm {p}", distinct(2, 3), p=p, dim=1)
call("dist", normal(4), normal(4))
call("dist 1", distinct(4), normal(4), p=1)
case("cdist", lambda torch, a, b: torch.cdist(a, b), normal(3, 2), normal(4, 2), smooth=False)
case(
    "cdist 1",
    lambda torch, a, b: torch.cdist(a, b, p=1.0),
    normal(2, 3, 2),
    normal(2, 4, 2),
    smooth=False,
)
for name in ["any", "all"]:
    call(name, mask(2, 3))
    call(f"{name} of rows", mask(2, 3), dim=1)
    call(f"{name} kept", classes(2, 2, 3), dim=0, keepdim=True)
    call(f"{name} of no truths", mask(0))
call("count_nonzero", classes(2, 2, 3))
call("count_nonzero of rows", classes(2, 2, 3), dim=1)

case("linalg.norm", lambda torch, x: torch.linalg.norm(x), normal(2, 3))
case("linalg.norm of rows", lambda torch, x: torch.linalg.norm(x, dim=1), normal(2, 3))
case("linalg.norm 1", lambda torch, x: torch.linalg.norm(x, 1), away(4))
case("linalg.vector_norm", lambda torch, x: torch.linalg.vector_norm(x, 3, 1, True), away(2, 3))

# --- choosing ---------------------------------------------------------------------------------------

for name in ["max", "min"]:
    call(name, distinct(2, 3))
    call(f"{name} of rows", distinct(2, 3), 1)
    call(f"{name} kept", distinct(2, 3), dim=0, keepdim=True)
    call(f"{name} of two", distinct(2, 3), normal(2, 3))
    call(f"{name} of whole numbers", classes(9, 2, 3), 1)
    case(f"{name} by name", lambda torch, x, n=name: getattr(x, n)(-1).values, distinct(2, 3))
    call(f"arg{name}", distinct(2, 3))
    call(f"arg{name} of rows", distinct(2, 3), 1)
    call(f"arg{name} kept", distinct(2, 3), dim=0, keepdim=True)
call("sort", distinct(3, 4))
call("sort down", distinct(3, 4), dim=0, descending=True)
call("argsort", distinct(3, 4))
call("argsort down", distinct(3, 4), dim=0, descending=True)
call("topk", distinct(3, 4), 2)
call("topk smallest", distinct(3, 4), 2, dim=0, largest=False)
call("median", distinct(6))
call("median of rows", distinct(3, 5), 1)
call("median kept", distinct(3, 4), dim=0, keepdim=True)
call("unique", classes(4, 3, 4))
call("unique inverse", classes(4, 3, 4), return_inverse=True)
call("unique counts", classes(4, 3, 4), return_counts=True)
call("unique all", classes(4, 3, 4), return_inverse=True, return_counts=True)
call("bincount", classes(4, 9))
call("bincount longer", classes(4, 9), minlength=7)
call("bincount weighted", classes(4, 9), positive(9), constant=(1,))
call("nonzero", classes(2, 3, 4))
call("nonzero of columns", classes(2, 3, 4), as_tuple=True)
call("gather", normal(3, 4), 1, classes(4, 3, 2))
call("gather first", normal(3, 4), 0, classes(3, 2, 4))
call("take_along_dim", normal(3, 4), classes(4, 3, 2), 1)
call("index_select", normal(3, 4), 1, classes(4, 6))
method(".select", normal(3, 4), 1, 2)
call("masked_select", normal(3, 4), mask(3, 4))
call("scatter_add", normal(3, 4), 1, classes(4, 3, 2), normal(3, 2))
case(
    "scatter",
    lambda torch, x, i, s: torch.scatter(x, 1, i.argsort(1), s),
    normal(3, 4),
    classes(99, 3, 4),
    normal(3, 4),
)
case("scatter a number", lambda torch, x, i: x.scatter(0, i, 1.5), normal(3, 4), classes(3, 1, 4))
call("index_add", normal(3, 4), 0, classes(3, 5), normal(5, 4))
call("diag", normal(3))
call("diag of a matrix", normal(3, 4))
call("diag above", normal(3), 1)
call("diag below", normal(4, 3), -1)
call("trace", normal(3, 4))
call("tril", normal(3, 4))
call("tril below", normal(2, 3, 3), -1)
call("triu", normal(3, 4))
call("triu above", normal(3, 3), diagonal=1)

for name in ["arcsin", "arccos", "arctan"]:
    call(name, inside(3))
call("det", normal(3, 3))
call("det of batches", normal(2, 3, 3))
case("logdet", lambda torch, x: torch.logdet(x @ x.mT), normal(2, 3, 3))
case("linalg.inv", lambda torch, x: torch.linalg.inv(x), normal(2, 3, 3))
case("linalg.solve", lambda torch, x, b: torch.linalg.solve(x, b), normal(3, 3), normal(3, 2))
case("linalg.solve a vector", lambda torch, x, b: torch.linalg.solve(x, b), normal(3, 3), normal(3))
case("linalg.slogdet", lambda torch, x: torch.linalg.slogdet(x).logabsdet, normal(2, 3, 3))
case("linalg.slogdet sign", lambda torch, x: torch.linalg.slogdet(x.detach()), normal(2, 3, 3))
call("diagonal", normal(3, 4))
call("diagonal of batches", normal(2, 3, 4), 0, 1, 2)
call("diagonal above", normal(3, 4), offset=1)

# --- rearranging ------------------------------------------------------------------------------------

call("reshape", normal(2, 6), (3, -1))
call("reshape to one number", normal(1, 1), ())
call("flatten", normal(2, 3, 4))
call("flatten from 1", normal(2, 3, 4), 1)
call("flatten middle", normal(2, 3, 4, 2), start_dim=1, end_dim=2)
call("ravel", normal(2, 3))
call("permute", normal(2, 3, 4), (2, 0, 1))
call("transpose", normal(2, 3, 4), 0, -1)
call("swapaxes", normal(2, 3, 4), 0, 1)
call("t", normal(2, 3))
call("squeeze", normal(1, 2, 1))
call("squeeze one", normal(1, 2, 1), -1)
call("squeeze none", normal(1, 2, 1), 1)
call("squeeze two", normal(1, 2, 1), (0, 2))
call("unsqueeze", normal(2, 3), 1)
call("unsqueeze last", normal(2, 3), -1)
call("unflatten", normal(2, 6), 1, (2, 3))
call("unflatten guessed", normal(2, 6), -1, (-1, 3))
call("movedim", normal(2, 3, 4), 0, 2)
call("moveaxis", normal(2, 3, 4), -1, 0)
call("flip", normal(2, 3), (0, 1))
call("flip one", normal(2, 3), dims=(1,))
call("roll", normal(2, 3), 1)
call("roll rows", normal(3, 2), -1, 0)
call("roll both", normal(3, 4), (1, 2), (0, 1))
call("tile", normal(2, 3), (2, 1, 2))
call("repeat_interleave", normal(2, 3), 2)
call("repeat_interleave columns", normal(2, 3), 3, dim=1)
call("narrow", normal(3, 4), 1, 1, 2)
call("split", normal(5, 2), 2)
call("split to sizes", normal(5, 2), (1, 4))
call("split columns", normal(2, 5), 3, dim=1)
call("chunk", normal(5, 2), 2)
call("chunk columns", normal(2, 6), 3, dim=1)
call("unbind", normal(3, 2))
call("unbind columns", normal(2, 3), 1)
call("broadcast_to", normal(2, 1), (3, 2, 4))
method(".sum_to_size", normal(2, 3), 1, 3)
for name in ["cat", "concat", "concatenate"]:
    case(name, lambda torch, a, b, n=name: getattr(torch, n)([a, b]), normal(2, 3), normal(1, 3))
case("cat columns", lambda torch, a, b: torch.cat((a, b), dim=-1), normal(2, 3), normal(2, 1))
case("cat nothing", lambda torch, a, b: torch.cat([a, b]), normal(2, 3), normal(0, 3))
case("cat one tensor twice", lambda torch, a: torch.cat([a, a * a]), normal(3))
case("cat of two types", lambda torch, a, b: torch.cat([a, b]), normal(3), classes(3, 2))
case("stack", lambda torch, a, b: torch.stack([a, b]), normal(2, 3), normal(2, 3))
case("stack last", lambda torch, a, b: torch.stack([a, b], -1), normal(2, 3), normal(2, 3))
case("stack numbers", lambda torch, a, b: torch.stack([a, b]), normal(), normal())
for name in ["vstack", "row_stack", "hstack"]:
    case(name, lambda torch, a, b, n=name: getattr(torch, n)([a, b]), normal(3), normal(3))
    case(
        f"{name} of matrices",
        lambda torch, a, b, n=name: getattr(torch, n)([a, b]),
        normal(2, 2),
        normal(2, 2),
    )
case("meshgrid", lambda torch, a, b: torch.meshgrid(a, b, indexing="ij"), normal(2), normal(3))
case("meshgrid xy", lambda torch, a, b: torch.meshgrid([a, b], indexing="xy"), normal(2), normal(3))
case("cartesian_prod", lambda torch, a, b: torch.cartesian_prod(a, b), normal(2), normal(3))

method(".view", normal(2, 6), 3, 4)
case(".view a tuple", lambda torch, x: x.view((4, -1)), normal(2, 6))
case(".view_as", lambda torch, x, y: x.view_as(y), normal(2, 6), normal(3, 4))
case(".reshape_as", lambda torch, x, y: x.reshape_as(y), normal(2, 6), normal(3, 4))
method(".expand", normal(2, 1), 4, -1, 3)
method(".expand of no rows", normal(1, 3), 0, 3)
case(".expand_as", lambda torch, x, y: x.expand_as(y), normal(3), normal(2, 3))
method(".repeat", normal(2, 3), 2, 1)
method(".repeat more", normal(3), 2, 2)
method(".contiguous", normal(2, 3))
case(".contiguous transposed", lambda torch, x: x.T.contiguous(), normal(2, 3))
case(".T", lambda torch, x: x.T, normal(2, 3))
case(".mT", lambda torch, x: x.mT, normal(4, 2, 3))
case(".to", lambda torch, x: x.to(torch.float64) * 2, normal(2, 3))
case(".to and back", lambda torch, x: x.to(torch.float64).to(x.dtype), normal(2, 3))
case(".double", lambda torch, x: x.double(), normal(2, 3))
case(".float", lambda torch, x: x.float(), normal(2, 3), smooth=False)
case(".type_as", lambda torch, x, i: i.type_as(x) * x, normal(3), classes(5, 3))
for name in ["bool", "byte", "int", "long"]:
    case(f".{name}", lambda torch, x, n=name: getattr(x.abs() * 3, n)(), normal(2, 3))
case(".new_zeros", lambda torch, x: x.new_zeros(2, 3) + x, normal(3))
case(".new_ones", lambda torch, x: x.new_ones((2, 3)) * x, normal(3))
case(".new_full", lambda torch, x: x.new_full((3,), 2.5) * x, normal(3))
case(".new_tensor", lambda torch, x: x.new_tensor([1, 2, 3]) * x, normal(3))

INDICES = {
    "number": 1,
    "negative": -1,
    "slice": slice(1, 3),
    "step": slice(None, None, 2),
    "columns": (slice(None), 1),
    "ellipsis": (Ellipsis, 0),
    "none": (None, 1),
    "none between": (slice(None), None, slice(1, 2)),
    "entry": (2, 1),
    "list": [0, 2, 0],
    "list of truths": [True, False, True],
    "columns list": (slice(None), [1, 1, 0]),
    "two lists": ([0, 1, 1], [0, 0, 0]),
    "list and slice": ([2, 0], slice(0, 2)),
    "empty slice": slice(2, 1),
    "beyond": slice(1, 99),
    "everything": Ellipsis,
}
for name, index in INDICES.items():
    case(f"__getitem__ {name}", lambda torch, x, i=index: x[i], normal(3, 2))
case("__getitem__ tensor", lambda torch, x, i: x[i], normal(3, 2), classes(3, 2, 4))
case("__getitem__ tensor of columns", lambda torch, x, i: x[:, i], normal(3, 2), classes(2, 3))
case("__getitem__ mask", lambda torch, x, m: x[m], normal(3, 2), mask(3, 2))
case("__getitem__ mask of rows", lambda torch, x, m: x[m], normal(3, 2), mask(3))
case(
    "__getitem__ two tensors",
    lambda torch, x, i, j: x[i, j],
    normal(3, 2),
    classes(3, 5),
    classes(2, 5),
)
case("__getitem__ row and tensor", lambda torch, x, i: x[1, i], normal(3, 2), classes(2, 5))
case("__getitem__ apart", lambda torch, x, i: x[i, :, i], normal(3, 2, 3), classes(3, 4))
case("__getitem__ twice", lambda torch, x: x[1:][0] * x[1], normal(3, 2))
case("__getitem__ range", lambda torch, x, i: x[range(2), [1, 0]], normal(3, 2), classes(2, 1))
case("__iter__", lambda torch, x: [row * k for k, row in enumerate(x)], normal(3, 2))


def written(torch, x, index, value):
    """A copy of x with a value written at an index."""
    y = x * 1
    y[index] = value
    return y


case("__setitem__", lambda torch, x, v: written(torch, x, 1, v), normal(3, 2), normal(2))
case(
    "__setitem__ column",
    lambda torch, x, v: written(torch, x, (slice(None), 0), v),
    normal(3, 2),
    normal(3),
)
case("__setitem__ a number", lambda torch, x: written(torch, x, (1, 0), 5.0), normal(3, 2))
case("__setitem__ mask", lambda torch, x, m: written(torch, x, m, 0.0), normal(3, 2), mask(3, 2))
case(
    "__setitem__ list", lambda torch, x, v: written(torch, x, [2, 0], v), normal(3, 2), normal(2, 2)
)
case(
    "__setitem__ everything", lambda torch, x, v: written(torch, x, ..., v), normal(3, 2), normal(2)
)
case(
    "__setitem__ tensor",
    lambda torch, x, i, v: written(torch, x, (i, 1), v),
    normal(3, 2),
    classes(3, 1),
    normal(1),
)

# --- products ---------------------------------------------------------------------------------------

for name, a, b in [
    ("matrices", (2, 3), (3, 4)),
    ("vectors", (3,), (3,)),
    ("matrix and vector", (2, 3), (3,)),
    ("vector and matrix", (3,), (3, 4)),
    ("batches", (5, 2, 3), (5, 3, 4)),
    ("batch and matrix", (5, 2, 3), (3, 4)),
    ("matrix and batch", (2, 3), (5, 3, 4)),
    ("batch and vector", (5, 2, 3), (3,)),
    ("vector and batch", (3,), (5, 3, 4)),
    ("broadcast", (2, 1, 2, 3), (5, 3, 4)),
    ("no rows", (0, 3), (3, 4)),
    ("no inner", (2, 0), (0, 4)),
    ("ones", (1, 1), (1, 1)),
]:
    call(f"matmul {name}", normal(*a), normal(*b))
call("mm", normal(2, 3), normal(3, 4))
call("bmm", normal(5, 2, 3), normal(5, 3, 4))
call("mv", normal(2, 3), normal(3))
call("dot", normal(3), normal(3))
call("inner", normal(3), normal(3))
call("inner of matrices", normal(2, 3), normal(4, 3))
call("outer", normal(3), normal(2))
call("ger", normal(3), normal(2))
for equation, *shapes in [
    ("ij,jk->ik", (2, 3), (3, 4)),
    ("ij,jk", (2, 3), (3, 4)),
    ("ij->ji", (2, 3)),
    ("ij->", (2, 3)),
    ("ij->j", (2, 3)),
    ("ii->i", (3, 3)),
    ("ii", (3, 3)),
    ("bij,bjk->bik", (2, 2, 3), (2, 3, 4)),
    ("i,j->ij", (2,), (3,)),
    ("i,i", (3,), (3,)),
    ("...ij,...jk->...ik", (2, 2, 3), (2, 3, 4)),
    ("bnqd,bnkd->bnqk", (2, 2, 3, 2), (2, 2, 4, 2)),
    ("ab,bc,cd->ad", (2, 3), (3, 2), (2, 4)),
    ("ij,kj->i", (2, 3), (4, 3)),
    ("... i -> ...", (2, 3)),
]:
    case(
        f"einsum {equation}",
        lambda torch, *xs, e=equation: torch.einsum(e, *xs),
        *(normal(*s) for s in shapes),
    )

# --- functions of nn --------------------------------------------------------------------------------

for name in [
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "celu",
    "gelu",
    "silu",
    "softplus",
    "softsign",
    "logsigmoid",
    "hardtanh",
    "relu6",
    "sigmoid",
    "tanh",
    "mish",
    "hardsigmoid",
    "hardswish",
]:
    functional(f"F.{name}", away(3, 4))
for name in [
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "celu",
    "silu",
    "hardtanh",
    "relu6",
    "mish",
    "hardsigmoid",
    "hardswish",
]:
    case(
        f"F.{name} in place",
        lambda torch, x, n=name: getattr(torch.nn.functional, n)(x * 1, inplace=True),
        away(3, 4),
        smooth=name not in ("leaky_relu",),
    )
functional("F.leaky_relu slope", away(5), negative_slope=0.3)
functional("F.elu alpha", away(5), alpha=2.0)
functional("F.celu alpha", away(5), alpha=2.0)
functional("F.gelu tanh", normal(5), approximate="tanh")
functional("F.softplus steep", normal(5), beta=3.0, threshold=2.0)
functional("F.hardtanh limits", distinct(5), min_val=-0.2, max_val=0.12)
functional("F.glu", normal(3, 4))
functional("F.glu first", normal(4, 3), dim=0)
functional("F.prelu", away(2, 3, 2), normal(3))
functional("F.prelu one weight", away(2, 3), normal(1))
for name in ["softmax", "log_softmax"]:
    functional(f"F.{name}", normal(2, 3), dim=1)
    functional(f"F.{name} images", normal(2, 3, 2, 2), dim=1)
functional("F.linear", normal(2, 3), normal(4, 3), normal(4))
functional("F.linear without bias", normal(5, 2, 3), normal(4, 3))
functional("F.linear of one", normal(3), normal(4, 3), normal(4))
functional("F.bilinear", normal(5, 2), normal(5, 3), normal(4, 2, 3), normal(4))
functional("F.embedding", classes(5, 2, 3), normal(5, 4))
functional("F.embedding padding", classes(3, 2, 3), normal(3, 4), padding_idx=1)
functional("F.one_hot", classes(4, 2, 3), num_classes=5)
functional("F.one_hot guessed", classes(4, 9))
for name in ["dropout", "dropout1d", "dropout2d"]:
    shape = (2, 3, 4, 4) if name == "dropout2d" else (2, 3, 4)
    functional(f"F.{name} in evaluation", normal(*shape), training=False)
    functional(f"F.{name} of everything", normal(*shape), p=1.0)
functional("F.dropout", normal(4, 5), p=0.3)
for pads in [(1, 2), (1, 0, 2, 1), (-1, 1)]:
    functional(f"F.pad {pads}", normal(2, 3, 4), pads)
functional("F.pad circular", normal(2, 3, 4), (2, 1), mode="circular")
functional("F.pad value", normal(2, 3), (1, 1), value=3.0)
functional("F.pad reflect", normal(2, 3, 4), (2, 1), mode="reflect")
functional("F.pad replicate", normal(2, 3, 4), (2, 1), mode="replicate")
functional("F.interpolate", normal(2, 3, 3, 4), scale_factor=2)
functional("F.interpolate to a size", normal(2, 3, 3, 4), (6, 5))
functional("F.interpolate smaller", normal(2, 3, 7, 5), (3, 2))
functional("F.interpolate signals", normal(2, 3, 5), scale_factor=2)
functional("F.unfold", normal(2, 3, 5, 6), 2)
functional("F.unfold all", normal(2, 3, 5, 6), (2, 3), dilation=2, padding=1, stride=(1, 2))
functional("F.fold", normal(2, 12, 12), (5, 4), 2)
functional("F.fold all", normal(2, 12, 9), (4, 5), (2, 3), padding=1, stride=2)
functional("F.normalize", normal(3, 4))
functional("F.normalize of nothing", normal(3, 0))
functional("F.cosine_similarity columns", normal(3, 4), normal(3, 4), dim=0)
functional("F.pairwise_distance 1", normal(3, 4), normal(3, 4), p=1.0, keepdim=True)
functional("F.normalize first", normal(3, 4), p=1.0, dim=0)
functional("F.cosine_similarity", normal(3, 4), normal(3, 4))
functional("F.pairwise_distance", normal(3, 4), normal(3, 4))

for reduction in ("mean", "sum", "none"):
    for name in ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"]:
        functional(f"F.{name} {reduction}", normal(4, 3), normal(4, 3), reduction=reduction)
    functional(
        f"F.binary_cross_entropy {reduction}",
        probability(4, 3),
        probability(4, 3),
        reduction=reduction,
    )
    functional(
        f"F.binary_cross_entropy weight {reduction}",
        probability(4, 3),
        probability(4, 3),
        reduction=reduction,
        constant=(1, 2),
        smooth=False,
    )
    functional(
        f"F.binary_cross_entropy_with_logits {reduction}",
        normal(4, 3),
        probability(4, 3),
        reduction=reduction,
    )
    case(
        f"F.binary_cross_entropy_with_logits weights {reduction}",
        lambda torch, x, t, w, p, r=reduction: torch.nn.functional.binary_cross_entropy_with_logits(
            x, t, w, pos_weight=p, reduction=r
        ),
        normal(4, 3),
        probability(4, 3),
        positive(3),
        positive(3),
        constant=(1, 2, 3),
    )
    functional(f"F.nll_loss {reduction}", normal(4, 3), classes(3, 4), reduction=reduction)
    functional(
        f"F.nll_loss images {reduction}",
        normal(2, 3, 2, 2),
        classes(3, 2, 2, 2),
        reduction=reduction,
    )
    functional(
        f"F.nll_loss weight {reduction}",
        normal(4, 3),
        classes(3, 4),
        positive(3),
        reduction=reduction,
        constant=(2,),
    )
    functional(f"F.cross_entropy {reduction}", normal(4, 3), classes(3, 4), reduction=reduction)
    functional(
        f"F.cross_entropy images {reduction}",
        normal(2, 3, 2, 2),
        classes(3, 2, 2, 2),
        reduction=reduction,
    )
    functional(
        f"F.cross_entropy weight {reduction}",
        normal(4, 3),
        classes(3, 4),
        positive(3),
        reduction=reduction,
        constant=(2,),
    )
    functional(
        f"F.cross_entropy ignoring {reduction}",
        normal(6, 3),
        classes(3, 6),
        reduction=reduction,
        ignore_index=1,
    )
    functional(
        f"F.cross_entropy smoothed {reduction}",
        normal(4, 3),
        classes(3, 4),
        reduction=reduction,
        label_smoothing=0.2,
    )
    functional(
        f"F.cross_entropy smoothed weight ignoring {reduction}",
        normal(6, 3),
        classes(3, 6),
        positive(3),
        reduction=reduction,
        label_smoothing=0.2,
        ignore_index=2,
        constant=(2,),
    )
    functional(
        f"F.cross_entropy of probabilities {reduction}",
        normal(4, 3),
        distribution(4, 3),
        reduction=reduction,
    )
    functional(
        f"F.cross_entropy of probabilities smoothed weight {reduction}",
        normal(4, 3),
        distribution(4, 3),
        positive(3),
        reduction=reduction,
        label_smoothing=0.1,
        constant=(2,),
    )
    functional(
        f"F.soft_margin_loss {reduction}",
        normal(4, 3),
        signs(4, 3),
        reduction=reduction,
        constant=(1,),
    )
    functional(
        f"F.hinge_embedding_loss {reduction}",
        normal(4, 3),
        signs(4, 3),
        reduction=reduction,
        constant=(1,),
    )
    functional(
        f"F.multi_margin_loss {reduction}",
        normal(4, 3),
        classes(3, 4),
        reduction=reduction,
        smooth=False,
    )
    functional(
        f"F.gaussian_nll_loss {reduction}",
        normal(4, 3),
        normal(4, 3),
        positive(4, 3),
        reduction=reduction,
    )
for reduction in ("mean", "sum", "none"):
    for name, options in [("", {}), (" margin", {"margin": 0.3})]:
        functional(
            f"F.cosine_embedding_loss{name} {reduction}",
            normal(4, 3),
            normal(4, 3),
            signs(4),
            constant=(2,),
            reduction=reduction,
            **options,
        )
        functional(
            f"F.margin_ranking_loss{name} {reduction}",
            normal(4),
            normal(4),
            signs(4),
            constant=(2,),
            reduction=reduction,
            **options,
        )
        functional(
            f"F.triplet_margin_loss{name} {reduction}",
            normal(4, 3),
            normal(4, 3),
            normal(4, 3),
            reduction=reduction,
            **options,
        )
functional("F.triplet_margin_loss swap", normal(4, 3), normal(4, 3), normal(4, 3), swap=True, p=1.0)
for reduction in ("batchmean", "sum", "none"):
    functional(f"F.kl_div {reduction}", normal(4, 3), distribution(4, 3), reduction=reduction)
    functional(
        f"F.kl_div of logarithms {reduction}",
        normal(4, 3),
        normal(4, 3),
        reduction=reduction,
        log_target=True,
    )
functional("F.smooth_l1_loss beta", normal(4, 3), normal(4, 3), beta=0.5)
functional("F.smooth_l1_loss beta 0", normal(4, 3), normal(4, 3), beta=0.0)
functional("F.huber_loss delta", normal(4, 3), normal(4, 3), delta=0.5)
functional("F.cross_entropy one example", normal(3), classes(3))
functional("F.nll_loss one example", normal(3), classes(3))
functional("F.nll_loss ignoring", normal(6, 3), classes(3, 6), ignore_index=1)
functional("F.cross_entropy signals", normal(2, 3, 5), classes(3, 2, 5), label_smoothing=0.1)
functional("F.cross_entropy of probabilities of images", normal(2, 3, 2, 2), normal(2, 3, 2, 2))
functional(
    "F.multi_margin_loss squared", normal(4, 3), classes(3, 4), p=2, margin=0.5, smooth=False
)
functional("F.gaussian_nll_loss full", normal(4, 3), normal(4, 3), positive(4, 1), full=True)
functional("F.hinge_embedding_loss margin", normal(4), signs(4), margin=0.3, constant=(1,))

for options in [
    {},
    {"stride": 2},
    {"padding": 1},
    {"padding": "same"},
    {"padding": "valid"},
    {"dilation": 2},
    {"groups": 2},
    {"stride": 3, "padding": 2, "dilation": 2},
]:
    name = " ".join(f"{key}={value}" for key, value in options.items())
    into = 4 // options.get("groups", 1)
    functional(f"F.conv1d {name}", normal(2, 4, 9), normal(6, into, 3), normal(6), **options)
    functional(f"F.conv2d {name}", normal(2, 4, 7, 8), normal(6, into, 3, 3), normal(6), **options)
functional("F.conv1d without bias", normal(2, 3, 6), normal(4, 3, 2))
functional("F.conv2d without bias", normal(2, 3, 5, 6), normal(4, 3, 2, 3))
functional("F.conv1d of one signal", normal(3, 6), normal(4, 3, 2), normal(4))
functional("F.conv2d of one image", normal(3, 5, 6), normal(4, 3, 2, 3), normal(4))
functional("F.conv1d 1", normal(2, 3, 6), normal(4, 3, 1), normal(4))
functional("F.conv2d 1x1", normal(2, 3, 5, 6), normal(4, 3, 1, 1), normal(4))
functional("F.conv2d 1x1 stride=2", normal(2, 3, 5, 6), normal(4, 3, 1, 1), normal(4), stride=2)
functional("F.conv2d as large as the image", normal(2, 3, 4, 5), normal(4, 3, 4, 5), normal(4))
functional(
    "F.conv2d each channel", normal(2, 4, 5, 5), normal(4, 1, 3, 3), normal(4), groups=4, padding=1
)
functional(
    "F.conv2d uneven",
    normal(2, 2, 9, 7),
    normal(3, 2, 3, 2),
    stride=(2, 1),
    padding=(1, 0),
    dilation=(1, 2),
)
functional(
    "F.conv2d same uneven", normal(2, 2, 6, 7), normal(3, 2, 3, 5), padding="same", dilation=(2, 1)
)
functional("F.conv2d same even", normal(2, 2, 6, 7), normal(3, 2, 2, 4), padding="same")
functional("F.conv2d no images", normal(0, 2, 6, 7), normal(3, 2, 3, 3), normal(3))
functional("F.conv2d leaves a rest", normal(1, 1, 8, 8), normal(1, 1, 3, 3), stride=3)
for options in [
    {},
    {"stride": 2},
    {"padding": 1},
    {"stride": 2, "padding": 1, "output_padding": 1},
    {"dilation": 2},
    {"groups": 2},
    {"stride": 3, "output_padding": 2, "dilation": 2, "padding": 2},
]:
    name = " ".join(f"{key}={value}" for key, value in options.items())
    out = 6 // options.get("groups", 1)
    functional(
        f"F.conv_transpose1d {name}", normal(2, 4, 5), normal(4, out, 3), normal(6), **options
    )
    functional(
        f"F.conv_transpose2d {name}", normal(2, 4, 4, 5), normal(4, out, 3, 3), normal(6), **options
    )
functional("F.conv_transpose2d without bias", normal(2, 3, 4, 5), normal(3, 2, 2, 3))
functional("F.conv_transpose2d of one image", normal(3, 4, 5), normal(3, 2, 2, 3), normal(2))
functional(
    "F.conv_transpose2d uneven",
    normal(2, 3, 4, 5),
    normal(3, 2, 2, 3),
    stride=(1, 2),
    padding=(0, 1),
    output_padding=(0, 1),
)
for kind in ("max", "avg"):
    for options in [
        {"kernel_size": 2},
        {"kernel_size": 3, "stride": 1},
        {"kernel_size": 3, "stride": 2, "padding": 1},
        {"kernel_size": 2, "stride": 3},
    ]:
        name = " ".join(f"{key}={value}" for key, value in options.items())
        functional(f"F.{kind}_pool1d {name}", distinct(2, 3, 8), **options)
        functional(f"F.{kind}_pool2d {name}", distinct(2, 3, 7, 8), **options)
    functional(f"F.{kind}_pool2d uneven", distinct(2, 3, 7, 8), (2, 3), (1, 2), (1, 0))
    functional(f"F.{kind}_pool2d of one image", distinct(3, 7, 8), 2)
    functional(f"F.{kind}_pool1d of one signal", distinct(3, 7), 2)
    for size in (1, 3, (2, 4), (None, 2), (5, 9)):
        functional(f"F.adaptive_{kind}_pool2d {size}", distinct(2, 3, 7, 8), size)
    functional(f"F.adaptive_{kind}_pool2d of one image", distinct(3, 7, 8), 2)
functional("F.adaptive_avg_pool1d", normal(2, 3, 7), 3)
functional("F.max_pool1d dilation", distinct(2, 3, 9), 3, dilation=2)
functional("F.max_pool2d dilation", distinct(2, 3, 9, 8), 3, stride=1, dilation=2)
functional("F.max_pool2d places", distinct(2, 3, 6, 8), 3, 2, 1, return_indices=True)
functional("F.avg_pool1d without padding", normal(2, 3, 8), 3, 2, 1, count_include_pad=False)
functional("F.avg_pool2d without padding", normal(2, 3, 6, 8), 3, 2, 1, count_include_pad=False)

for shape in [(5, 3), (4, 3, 5), (3, 3, 2, 4)]:
    sizes = len(shape)
    scale = normal(3), normal(3), positive(3), normal(3), normal(3)
    case(
        f"F.batch_norm {sizes}D",
        lambda torch, x, w, b: torch.nn.functional.batch_norm(x, None, None, w, b, training=True),
        normal(*shape),
        normal(3),
        normal(3),
    )
    functional(
        f"F.batch_norm {sizes}D evaluation", normal(*shape), *scale[1:], constant=(1, 2), eps=1e-3
    )
    functional(
        f"F.group_norm {sizes}D", normal(*shape), 3 if sizes > 2 else 1, normal(3), normal(3)
    )
functional("F.batch_norm without weights", normal(5, 3), None, None, training=True)
functional("F.group_norm groups", normal(2, 6, 3), 2, normal(6), normal(6))
functional("F.instance_norm", normal(2, 3, 4))
case(
    "F.instance_norm weights",
    lambda torch, x, w, b: torch.nn.functional.instance_norm(x, weight=w, bias=b, eps=1e-3),
    normal(2, 3, 4, 2),
    normal(3),
    normal(3),
)
functional("F.layer_norm", normal(4, 5), (5,))
functional("F.layer_norm weights", normal(4, 5), (5,), normal(5), normal(5))
functional(
    "F.layer_norm two dimensions", normal(2, 3, 4), (3, 4), normal(3, 4), normal(3, 4), eps=1e-3
)

functional("F.scaled_dot_product_attention", normal(2, 3, 4), normal(2, 5, 4), normal(2, 5, 6))
functional(
    "F.scaled_dot_product_attention causal",
    normal(2, 2, 4, 3),
    normal(2, 2, 4, 3),
    normal(2, 2, 4, 3),
    is_causal=True,
    smooth=False,  # PyTorch has no second derivative here
)

# --- layers -----------------------------------------------------------------------------------------

layer("nn.Identity", (), normal(2, 3))
layer("nn.Linear", (3, 4), normal(5, 3))
layer("nn.Linear bias=False", (3, 4), normal(2, 5, 3), bias=False)
layer("nn.Linear of one", (3, 4), normal(3))
layer("nn.Bilinear", (2, 3, 4), normal(5, 2), normal(5, 3))
layer("nn.Flatten", (), normal(2, 3, 4))
layer("nn.Flatten middle", (1, 2), normal(2, 3, 4, 2))
layer("nn.Unflatten", (1, (2, 3)), normal(4, 6))
for name in [
    "ReLU",
    "LeakyReLU",
    "ELU",
    "SELU",
    "CELU",
    "GELU",
    "SiLU",
    "Softplus",
    "Softsign",
    "Sigmoid",
    "LogSigmoid",
    "Tanh",
    "Hardtanh",
    "ReLU6",
    "PReLU",
    "Mish",
    "Hardsigmoid",
    "Hardswish",
]:
    layer(f"nn.{name}", (), away(3, 4))
layer("nn.GLU", (), normal(3, 4))
layer("nn.LeakyReLU slope", (0.2,), away(3, 4))
layer("nn.GELU tanh", (), normal(3, 4), approximate="tanh")
layer("nn.PReLU channels", (4,), away(3, 4))
for name in ["Softmax", "LogSoftmax"]:
    layer(f"nn.{name}", (), normal(3, 4), dim=1)
layer("nn.Embedding", (5, 3), classes(5, 2, 4))
layer("nn.Embedding padding", (3, 3), classes(3, 2, 4), padding_idx=0)
for name, shape in [("Dropout", (4, 5)), ("Dropout1d", (2, 3, 4)), ("Dropout2d", (2, 3, 4, 4))]:
    layer(f"nn.{name} in evaluation", (0.4,), normal(*shape), evaluate=True)
layer("nn.Dropout", (0.4,), normal(4, 5))

layer("nn.Conv1d", (4, 6, 3), normal(2, 4, 8), stride=2, padding=1)
layer("nn.Conv2d", (4, 6, 3), normal(2, 4, 7, 6), padding=1)
layer("nn.Conv2d groups", (4, 6, (3, 2)), normal(2, 4, 7, 6), groups=2, bias=False, dilation=2)
layer("nn.Conv2d same", (2, 3, 5), normal(1, 2, 6, 6), padding="same")
layer("nn.ConvTranspose1d", (4, 6, 3), normal(2, 4, 5), stride=2, output_padding=1)
layer("nn.ConvTranspose2d", (4, 6, 3), normal(2, 4, 4, 5), stride=2, padding=1, output_padding=1)
for kind in ("Max", "Avg"):
    layer(f"nn.{kind}Pool1d", (2,), distinct(2, 3, 7))
    layer(f"nn.{kind}Pool2d", (3, 2, 1), distinct(2, 3, 7, 6))
    layer(f"nn.Adaptive{kind}Pool2d", ((2, 3),), distinct(2, 3, 7, 6))
for shape, name in [
    ((5, 3), "BatchNorm1d"),
    ((4, 3, 5), "BatchNorm1d"),
    ((3, 3, 2, 4), "BatchNorm2d"),
]:
    for evaluate in (False, True):
        mode = "evaluation" if evaluate else "training"
        layer(f"nn.{name} {len(shape)}D {mode}", (3,), normal(*shape), evaluate=evaluate)
layer("nn.BatchNorm1d plain", (3,), normal(5, 3), affine=False, track_running_stats=False, eps=1e-3)
layer("nn.BatchNorm2d momentum", (3,), normal(5, 3, 2, 2), momentum=0.4)
layer("nn.BatchNorm1d average", (3,), normal(5, 3), momentum=None)
layer("nn.AdaptiveAvgPool1d", (3,), normal(2, 3, 7))
layer("nn.LayerNorm", (4,), normal(2, 3, 4))
layer("nn.LayerNorm two dimensions", ((3, 4),), normal(2, 3, 4))
layer("nn.LayerNorm plain", (4,), normal(2, 3, 4), elementwise_affine=False)
layer("nn.GroupNorm", (2, 6), normal(2, 6, 4))
layer("nn.GroupNorm plain", (3, 6), normal(2, 6, 2, 2), affine=False)
for evaluate in (False, True):
    mode = "evaluation" if evaluate else "training"
    layer(f"nn.InstanceNorm1d {mode}", (3,), normal(2, 3, 4), evaluate=evaluate)
    layer(
        f"nn.InstanceNorm2d {mode}",
        (3,),
        normal(2, 3, 4, 2),
        evaluate=evaluate,
        affine=True,
        track_running_stats=True,
    )
for name in ["RNN", "LSTM", "GRU"]:
    layer(f"nn.{name}", (3, 4), normal(5, 2, 3))
    layer(
        f"nn.{name} two layers both ways",
        (3, 4),
        normal(2, 5, 3),
        num_layers=2,
        bidirectional=True,
        batch_first=True,
    )
    layer(f"nn.{name}Cell", (3, 4), normal(2, 3))
layer("nn.RNN relu", (3, 4), normal(5, 2, 3), normal(1, 2, 4), nonlinearity="relu")
layer(
    "nn.LSTM states",
    (3, 4),
    normal(5, 2, 3),
    normal(1, 2, 4),
    normal(1, 2, 4),
    f=lambda m, x, h, c: m(x, (h, c)),
)
layer("nn.GRU states", (3, 4), normal(5, 2, 3), normal(1, 2, 4))
layer("nn.GRUCell states", (3, 4), normal(2, 3), normal(2, 4))
layer(
    "nn.LSTMCell states",
    (3, 4),
    normal(2, 3),
    normal(2, 4),
    normal(2, 4),
    f=lambda m, x, h, c: m(x, (h, c)),
)
layer("nn.MultiheadAttention", (6, 2), normal(4, 3, 6), f=lambda m, x: m(x, x, x))
layer(
    "nn.MultiheadAttention between",
    (6, 3),
    normal(2, 4, 6),
    normal(2, 5, 6),
    f=lambda m, q, k: m(q, k, k),
    batch_first=True,
)

LOSSES = {
    "MSELoss": (normal(4, 3), normal(4, 3)),
    "L1Loss": (normal(4, 3), normal(4, 3)),
    "SmoothL1Loss": (normal(4, 3), normal(4, 3)),
    "HuberLoss": (normal(4, 3), normal(4, 3)),
    "NLLLoss": (normal(4, 3), classes(3, 4)),
    "CrossEntropyLoss": (normal(4, 3), classes(3, 4)),
    "BCELoss": (probability(4, 3), probability(4, 3)),
    "BCEWithLogitsLoss": (normal(4, 3), probability(4, 3)),
    "GaussianNLLLoss": (normal(4, 3), normal(4, 3), positive(4, 3)),
    "SoftMarginLoss": (normal(4, 3), signs(4, 3)),
    "HingeEmbeddingLoss": (normal(4, 3), signs(4, 3)),
    "MultiMarginLoss": (normal(4, 3), classes(3, 4)),
    "MarginRankingLoss": (normal(4), normal(4), signs(4)),
    "CosineEmbeddingLoss": (normal(4, 3), normal(4, 3), signs(4)),
    "TripletMarginLoss": (normal(4, 3), normal(4, 3), normal(4, 3)),
}
for name, inputs in LOSSES.items():
    fixed = tuple(i for i, x in enumerate(inputs) if x.kind == "signs")
    smooth = name != "MultiMarginLoss"
    layer(f"nn.{name}", (), *inputs, constant=fixed, smooth=smooth)
    layer(f"nn.{name} sum", (), *inputs, constant=fixed, smooth=smooth, reduction="sum")
layer("nn.Upsample", (), normal(2, 3, 4, 4), scale_factor=2)
layer("nn.CosineSimilarity", (), normal(3, 4), normal(3, 4))
layer("nn.PairwiseDistance", (), normal(3, 4), normal(3, 4))
layer("nn.KLDivLoss", (), normal(4, 3), distribution(4, 3), reduction="batchmean")
layer("nn.CrossEntropyLoss smoothed", (), normal(4, 3), classes(3, 4), label_smoothing=0.1)


case(
    "nn.Sequential",
    lambda module, x: module(x),
    normal(5, 3),
    layer=lambda torch: torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2)
    ),
)
case(
    "nn.ModuleList",
    lambda module, x: sum(m(x) for m in module),
    normal(5, 3),
    layer=lambda torch: torch.nn.ModuleList([torch.nn.Linear(3, 2), torch.nn.Linear(3, 2)]),
)
case(
    "nn.ModuleDict",
    lambda module, x: module["b"](module["a"](x)),
    normal(5, 3),
    layer=lambda torch: torch.nn.ModuleDict({"a": torch.nn.Linear(3, 2), "b": torch.nn.Tanh()}),
)
case(
    "nn.ParameterList",
    lambda module, x: x * module[0] + module[1],
    normal(5, 3),
    layer=lambda torch: torch.nn.ParameterList(
        [torch.nn.Parameter(torch.ones(3)), torch.nn.Parameter(torch.zeros(1))]
    ),
)

# --- in place ---------------------------------------------------------------------------------------

for name in [
    "exp",
    "relu",
    "neg",
    "abs",
    "sigmoid",
    "tanh",
    "round",
    "floor",
    "ceil",
    "erf",
    "sin",
    "cos",
    "sign",
    "tril",
    "triu",
    "zero",
    "log",
    "sqrt",
    "reciprocal",
    "rsqrt",
]:
    numbers = positive(3, 4) if name in ("log", "sqrt", "reciprocal", "rsqrt") else away(3, 4)
    case(f".{name}_", lambda torch, x, n=name: getattr(x * 1, f"{n}_")(), numbers)
for name in ["add", "sub", "mul", "div", "remainder", "copy"]:
    case(f".{name}_", lambda torch, x, y, n=name: getattr(x * 1, f"{n}_")(y), normal(3, 4), away(4))
for name in ["pow", "clamp", "fill"]:
    case(f".{name}_", lambda torch, x, n=name: getattr(x * 1, f"{n}_")(0.5), positive(3, 4))
case(".masked_fill_", lambda torch, x, m: (x * 1).masked_fill_(m, 2.0), normal(3, 4), mask(3, 4))
case(
    ".scatter_",
    lambda torch, x, i, s: (x * 1).scatter_(0, i, s),
    normal(3, 4),
    classes(3, 1, 4),
    normal(1, 4),
)
case(
    ".scatter_add_",
    lambda torch, x, i, s: (x * 1).scatter_add_(1, i, s),
    normal(3, 4),
    classes(4, 3, 2),
    normal(3, 2),
)
case(
    ".index_add_",
    lambda torch, x, i, s: (x * 1).index_add_(0, i, s),
    normal(3, 4),
    classes(3, 5),
    normal(5, 4),
)
case(
    ".addcmul_",
    lambda torch, x, a, b: (x * 1).addcmul_(a, b, value=0.5),
    normal(3, 4),
    normal(3, 4),
    normal(3, 4),
)
case(
    ".addcdiv_",
    lambda torch, x, a, b: (x * 1).addcdiv_(a, b, value=0.5),
    normal(3, 4),
    normal(3, 4),
    away(3, 4),
)
case(".lerp_", lambda torch, x, y: (x * 1).lerp_(y, 0.3), normal(3, 4), normal(3, 4))
case(".squeeze_", lambda torch, x: (x * 1).squeeze_(), normal(3, 1))
case(".unsqueeze_", lambda torch, x: (x * 1).unsqueeze_(0), normal(3, 2))
case(".transpose_", lambda torch, x: (x * 1).transpose_(0, 1), normal(3, 2))
case(".t_", lambda torch, x: (x * 1).t_(), normal(3, 2))
case(".logical_not_", lambda torch, x: (x > 0).logical_not_(), normal(3, 4))


def changed(x, operator, y):
    x = x * 1
    return getattr(x, operator)(y)


for name in ["add", "sub", "mul", "truediv"]:
    operator = f"__i{name}__"
    case(operator, lambda torch, x, y, o=operator: changed(x, o, y), normal(3, 4), away(4))
for name in ["pow", "mod"]:
    operator = f"__i{name}__"
    case(operator, lambda torch, x, o=operator: changed(x, o, 2), away(3, 4))
case("__ifloordiv__", lambda torch, x: changed(x, "__ifloordiv__", 2), away(3, 4), constant=(0,))
case(".floor_divide_", lambda torch, x: (x * 1).floor_divide_(0.3), away(3, 4), constant=(0,))
for each in CASES:
    if "ardsigmoid" in each.name:  # PyTorch multiplies by a float32 1/6 also in float64, and has no
        each.tolerance, each.smooth = 1e-7, False  # second derivative
