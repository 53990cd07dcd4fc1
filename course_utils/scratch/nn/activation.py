"""Activations: functions of each entry, and softmax; each stands with its derivative and module.

Where a function has a kink its derivative there is PyTorch's: that of the left side.
"""

import math
import warnings
from typing import Any

from course_utils.scratch import dtypes
from course_utils.scratch.arrays import quiet
from course_utils.scratch.graph import record
from course_utils.scratch.inplace_methods import _in_place as in_place
from course_utils.scratch.nn.module import Module
from course_utils.scratch.nn.registry import empty_parameter
from course_utils.scratch.nn.stateless import Stateless
from course_utils.scratch.tensor import Tensor

SELU_ALPHA, SELU_SCALE = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """max(0, x)."""
    return input.relu_() if inplace else input.relu()


def sigmoid(input: Tensor) -> Tensor:
    """1 / (1 + e^−x)."""
    return input.sigmoid()


def tanh(input: Tensor) -> Tensor:
    """The hyperbolic tangent."""
    return input.tanh()


@quiet
def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """X where positive, else slope · x."""
    if inplace:
        return in_place(leaky_relu)(input, negative_slope)
    x = input.array
    out = input.xp.where(x > 0, x, x * negative_slope)
    return record(out, (input, lambda g: g.where(input > 0, g * negative_slope)), saves=(input,))


def prelu(input: Tensor, weight: Tensor) -> Tensor:
    """X where positive, else weight · x; (N, C, …) with weight (1,) or (C,), which is learnt."""
    channels = input.shape[1] if input.ndim > 1 else 1
    if weight.numel() not in (1, channels):
        raise RuntimeError(
            "Mismatch of parameter numbers and input channel size. Found parameter numbers ="
            f" {weight.numel()} and channel size = {channels}."
        )
    return input.where(input > 0, weight.reshape(-1, *[1] * (input.ndim - 2)) * input)


class PReLU(Module):
    """x where positive, else weight · x; the weight, one or one a channel, is learnt.

    Source: He et al. 2015.
    """

    def __init__(
        self, num_parameters: int = 1, init: float = 0.25, device: Any = None, dtype: Any = None
    ) -> None:
        super().__init__()
        self.num_parameters = num_parameters
        self.weight = empty_parameter((num_parameters,), device, dtype)
        self.weight.data.fill_(init)

    def forward(self, input: Tensor) -> Tensor:
        """(N, C, …) → (N, C, …)."""
        return prelu(input, self.weight)

    def extra_repr(self) -> str:
        """How many weights."""
        return f"num_parameters={self.num_parameters}"


@quiet
def _elu(input: Tensor, alpha: float, scale: float = 1.0, inner: float = 1.0) -> Tensor:
    """Scale · x where positive, else scale · alpha · (e^(inner · x) − 1)."""
    x, xp = input.array, input.xp
    out = xp.where(x > 0, x * scale, xp.expm1(xp.clip(x, None, 0) * inner) * (alpha * scale))

    def derivative(g: Tensor) -> Tensor:
        slope = (input.clamp(max=0) * inner).exp() * (alpha * scale * inner)
        return (g * scale).where(input > 0, g * slope)

    return record(out, (input, derivative), saves=(input,), name="elu")


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """X where positive, else alpha · (e^x − 1). Source: Clevert et al. 2016."""
    return (in_place(_elu) if inplace else _elu)(input, alpha)


def selu(input: Tensor, inplace: bool = False) -> Tensor:
    """`elu` scaled so that mean 0 and variance 1 persist. Source: Klambauer et al. 2017."""
    return (in_place(_elu) if inplace else _elu)(input, SELU_ALPHA, SELU_SCALE)


def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """X where positive, else alpha · (e^(x / alpha) − 1). Source: Barron 2017."""
    return (in_place(_elu) if inplace else _elu)(input, alpha, 1.0, 1 / alpha)


@quiet
def gelu(input: Tensor, approximate: str = "none") -> Tensor:
    """X · Φ(x), Φ the normal distribution function; or its "tanh" approximation.

    Source: Hendrycks & Gimpel 2016.
    """
    if approximate == "tanh":
        inner = math.sqrt(2 / math.pi) * (input + 0.044715 * input * input * input)
        return input * (1 + inner.tanh()) * 0.5
    if approximate != "none":
        raise RuntimeError("approximate argument must be either none or tanh.")
    half = math.sqrt(0.5)

    def derivative(g: Tensor) -> Tensor:  # Φ(x) + x · φ(x)
        density = (input * input * -0.5).exp() / math.sqrt(2 * math.pi)
        return g * ((1 + (input * half).erf()) * 0.5 + input * density)

    out = input.array * (1 + (input.detach() * half).erf().array) * 0.5
    return record(out, (input, derivative), saves=(input,))


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """X · σ(x), also called swish."""
    return in_place(silu)(input) if inplace else input * input.sigmoid()


def mish(input: Tensor, inplace: bool = False) -> Tensor:
    """X · tanh(softplus(x)). Source: Misra 2019."""
    return in_place(mish)(input) if inplace else input * softplus(input).tanh()


@quiet
def softplus(input: Tensor, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    """log(1 + e^(beta · x)) / beta, and x itself where beta · x exceeds the threshold."""
    x, xp = input.array, input.xp
    small = xp.clip(x * beta, None, threshold)  # so that no exponential overflows
    out = xp.where(x * beta > threshold, x, xp.log1p(xp.exp(small)) / beta)

    def derivative(g: Tensor) -> Tensor:
        return g.where(input * beta > threshold, g * (input * beta).sigmoid())

    return record(out, (input, derivative), saves=(input,))


def softsign(input: Tensor) -> Tensor:
    """`x / (1 + |x|)`."""
    return input / (1 + input.abs())


@quiet
def logsigmoid(input: Tensor) -> Tensor:
    """`log σ(x) = min(x, 0) − log(1 + e^−|x|)`; the derivative is σ(−x)."""
    x, xp = input.array, input.xp
    out = xp.clip(x, None, 0) - xp.log1p(xp.exp(-xp.abs(x)))
    return record(out, (input, lambda g: g * (-input).sigmoid()), saves=(input,))


def hardtanh(
    input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False
) -> Tensor:
    """X kept within min_val … max_val; the derivative at both is 0."""
    if inplace:
        return in_place(hardtanh)(input, min_val, max_val)
    out = input.xp.clip(input.array, min_val, max_val)
    inside = (input > min_val) & (input < max_val)
    return record(out, (input, lambda g: g * inside))


def relu6(input: Tensor, inplace: bool = False) -> Tensor:
    """min(max(0, x), 6)."""
    return hardtanh(input, 0.0, 6.0, inplace)


def hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor:
    """min(max(0, x + 3), 6) / 6."""
    return in_place(hardsigmoid)(input) if inplace else relu6(input + 3) / 6


def hardswish(input: Tensor, inplace: bool = False) -> Tensor:
    """X · hardsigmoid(x)."""
    return in_place(hardswish)(input) if inplace else input * hardsigmoid(input)


def glu(input: Tensor, dim: int = -1) -> Tensor:
    """First half · σ(second half) along one dimension. Source: Dauphin et al. 2017."""
    if input.shape[dim] % 2:
        raise RuntimeError(f"Halving dimension must be even, but dimension {dim} is odd")
    first, second = input.chunk(2, dim)
    return first * second.sigmoid()


def softmax(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: dtypes.dtype | None = None
) -> Tensor:
    """e^x / Σ e^x along one dimension."""
    return input.softmax(_dim("softmax", input, dim, _stacklevel), dtype)


def log_softmax(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: dtypes.dtype | None = None
) -> Tensor:
    """X − log Σ e^x along one dimension."""
    return input.log_softmax(_dim("log_softmax", input, dim, _stacklevel), dtype)


def _dim(name: str, input: Tensor, dim: int | None, stacklevel: int) -> int:
    if dim is not None:
        return dim
    warnings.warn(
        f"Implicit dimension choice for {name} has been deprecated. "
        "Change the call to include dim=X as an argument.",
        stacklevel=stacklevel,
    )
    return 0 if input.ndim in (0, 1, 3) else 1


ReLU = Stateless.of("ReLU", relu)
Sigmoid = Stateless.of("Sigmoid", sigmoid)
Tanh = Stateless.of("Tanh", tanh)
LeakyReLU = Stateless.of("LeakyReLU", leaky_relu)
ELU = Stateless.of("ELU", elu)
SELU = Stateless.of("SELU", selu)
CELU = Stateless.of("CELU", celu)
GELU = Stateless.of("GELU", gelu)
SiLU = Stateless.of("SiLU", silu)
Softplus = Stateless.of("Softplus", softplus)
Softsign = Stateless.of("Softsign", softsign)
LogSigmoid = Stateless.of("LogSigmoid", logsigmoid)
Hardtanh = Stateless.of("Hardtanh", hardtanh)
ReLU6 = Stateless.of("ReLU6", relu6)
Mish = Stateless.of("Mish", mish)
Hardsigmoid = Stateless.of("Hardsigmoid", hardsigmoid)
Hardswish = Stateless.of("Hardswish", hardswish)
GLU = Stateless.of("GLU", glu)
Softmax = Stateless.of("Softmax", softmax)
LogSoftmax = Stateless.of("LogSoftmax", log_softmax)
