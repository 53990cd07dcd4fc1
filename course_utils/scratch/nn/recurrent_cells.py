"""One step of a recurrent network: from an input and a state to the next state.

H is the hidden size, N the batch, G the number of gates. A *step* takes the input's part of all
gates, weight_ih · input + bias_ih, and the state before.

Sources: Elman, Finding structure in time, 1990 (RNN); Hochreiter & Schmidhuber, Long short-term
memory, 1997, with the forget gate of Gers, Schmidhuber & Cummins, 2000 (LSTM); Cho et al., Learning
phrase representations using RNN encoder-decoder, 2014 (GRU).
"""

import math
from collections.abc import Callable
from typing import Any

from course_utils.scratch.creation import zeros
from course_utils.scratch.nn import init
from course_utils.scratch.nn.linear import linear
from course_utils.scratch.nn.module import Module
from course_utils.scratch.nn.registry import empty_parameter
from course_utils.scratch.tensor import Tensor

State = tuple[Tensor, ...]  # (h,), or (h, c) for the LSTM


def tanh_step(x: Tensor, state: State, weight: Tensor, bias: Tensor | None) -> State:
    """Step h ← tanh(x + W h + b); x (N, H)."""
    return ((x + linear(state[0], weight, bias)).tanh(),)


def relu_step(x: Tensor, state: State, weight: Tensor, bias: Tensor | None) -> State:
    """Step h ← max(0, x + W h + b); x (N, H)."""
    return ((x + linear(state[0], weight, bias)).relu(),)


def lstm_step(x: Tensor, state: State, weight: Tensor, bias: Tensor | None) -> State:
    """Step c ← f c + i g, h ← o tanh c: what the cell keeps, takes in and shows; x (N, 4 H)."""
    h, c = state  # (N, H)
    i, f, g, o = (x + linear(h, weight, bias)).chunk(4, dim=-1)  # (N, H)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


def gru_step(x: Tensor, state: State, weight: Tensor, bias: Tensor | None) -> State:
    """Step h ← (1 − z) n + z h, where the new n sees the part r of the old h; x (N, 3 H)."""
    (h,) = state  # (N, H)
    xr, xz, xn = x.chunk(3, dim=-1)  # (N, H)
    hr, hz, hn = linear(h, weight, bias).chunk(3, dim=-1)  # (N, H)
    r, z = (xr + hr).sigmoid(), (xz + hz).sigmoid()
    n = (xn + r * hn).tanh()
    return (n + z * (h - n),)


#: For each kind: its step, its number of gates.
KINDS: dict[str, tuple[Callable, int]] = {
    "RNN_TANH": (tanh_step, 1),
    "RNN_RELU": (relu_step, 1),
    "LSTM": (lstm_step, 4),
    "GRU": (gru_step, 3),
}


def each(change: Callable[[Tensor], Tensor], state: Any) -> Any:
    """The change made to a state: a tensor, a tuple of them, or None."""
    return change(state) if isinstance(state, Tensor) else state and tuple(map(change, state))


def elman_mode(nonlinearity: str, error: type[Exception]) -> str:
    """The kind of an RNN, or the error."""
    if nonlinearity not in ("tanh", "relu"):
        raise error(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")
    return f"RNN_{nonlinearity.upper()}"


class Recurrent(Module):
    """What cells and layers share: sets of weights, uniform in ±1/√H at the start."""

    mode: str
    layered = True

    def add_weights(self, suffix: str, inputs: int, options: dict[str, Any]) -> None:
        """One set: weight_ih (G H, inputs), weight_hh (G H, H), bias_ih and bias_hh (G H)."""
        rows = KINDS[self.mode][1] * self.hidden_size
        shapes = {"weight_ih": (rows, inputs), "weight_hh": (rows, self.hidden_size)}
        for name, shape in (shapes | {"bias_ih": (rows,), "bias_hh": (rows,)}).items():
            there = self.bias or name.startswith("weight")
            parameter = empty_parameter(shape, **options) if there else None
            self.register_parameter(name + suffix, parameter)

    def weights(self, suffix: str = "") -> list[Tensor | None]:
        """The four tensors of one set."""
        return [getattr(self, f"{k}_{s}{suffix}") for k in ("weight", "bias") for s in ("ih", "hh")]

    def reset_parameters(self) -> None:
        """Draw all weights and biases anew."""
        bound = 1 / math.sqrt(self.hidden_size)
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def parts(self, hx: Any) -> State:
        """A given state as a tuple, which it is for the LSTM only; () for None."""
        return () if hx is None else tuple(hx) if self.mode == "LSTM" else (hx,)

    def first_state(self, input: Tensor, hx: Any, expected: tuple[int, ...]) -> State:
        """The state to begin with, zeros if not given, once the sizes have been seen to fit."""
        if input.shape[-1] != self.input_size:
            raise RuntimeError(
                "input.size(-1) must be equal to input_size. Expected"
                f" {self.input_size}, got {input.shape[-1]}"
            )
        if hx is None:
            none = zeros(expected, dtype=input.dtype, device=input.device)
            return (none, none) if self.mode == "LSTM" else (none,)
        state = self.parts(hx)
        for i, s in enumerate(state):
            if s.shape != expected:
                which = f"[{i}]" if self.mode == "LSTM" else ""
                raise RuntimeError(f"Expected hidden{which} size {expected}, got {list(s.shape)}")
        return state

    def extra_repr(self) -> str:
        """The sizes, and what is unusual."""
        usual = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0}
        usual |= {"bidirectional": False} if self.layered else {"nonlinearity": "tanh"}
        shown = [f"{k}={v}" for k, u in usual.items() if (v := getattr(self, k, u)) != u]
        return ", ".join([str(self.input_size), str(self.hidden_size), *shown])


class RNNCellBase(Recurrent):
    """One step: input (N, inputs) or (inputs,), state (N, H) or (H,); see the steps.

    Raises
    ------
    ValueError
        An input or a state of another number of dimensions.
    RuntimeError
        Sizes that do not fit.
    """

    layered = False

    def __init__(
        self, input_size: int, hidden_size: int, bias: bool = True, **options: Any
    ) -> None:
        super().__init__()
        self.input_size, self.hidden_size, self.bias = input_size, hidden_size, bias
        self.add_weights("", input_size, options)
        self.reset_parameters()

    def forward(self, input: Tensor, hx: Any = None) -> Any:
        """The state after: a tensor, for the LSTM a pair."""
        for x in (input, *self.parts(hx)):
            if x.dim() not in (1, 2):
                name, noun = type(self).__name__, "input" if x is input else "hidden"
                raise ValueError(f"{name}: Expected {noun} to be 1D or 2D, got {x.dim()}D instead")
        if input.dim() == 1:
            after = self.forward(input.unsqueeze(0), each(lambda s: s.unsqueeze(0), hx))
            return each(lambda s: s.squeeze(0), after)
        state = self.first_state(input, hx, (len(input), self.hidden_size))
        w_ih, w_hh, b_ih, b_hh = self.weights()
        after = KINDS[self.mode][0](linear(input, w_ih, b_ih), state, w_hh, b_hh)
        return after if self.mode == "LSTM" else after[0]


class RNNCell(RNNCellBase):
    """`tanh_step`, or `relu_step` with the nonlinearity "relu"; see `RNNCellBase`."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        nonlinearity: str = "tanh",
        **options: Any,
    ) -> None:
        self.mode, self.nonlinearity = elman_mode(nonlinearity, RuntimeError), nonlinearity
        super().__init__(input_size, hidden_size, bias, **options)


class LSTMCell(RNNCellBase):
    """`lstm_step`: input, (h, c) → (h, c); see `RNNCellBase`."""

    mode = "LSTM"


class GRUCell(RNNCellBase):
    """`gru_step`: input, h → h; see `RNNCellBase`."""

    mode = "GRU"
