"""Recurrent layers: a state carried along a sequence, changed at each step by the same weights.

H is the hidden size, N the batch, T the number of steps, G the number of gates. The steps
and their sources are in `recurrent_cells`.
"""

import warnings
from typing import Any

from course_utils.scratch.nn.dropout import dropout
from course_utils.scratch.nn.linear import linear
from course_utils.scratch.nn.recurrent_cells import KINDS, Recurrent, State, each, elman_mode
from course_utils.scratch.shapes import cat, stack
from course_utils.scratch.tensor import Tensor


def slices(x: Tensor) -> list[Tensor]:
    """x[0], x[1] …; halved first: the adjoints then fill T log T numbers with zeros, not T²."""
    if len(x) <= 8:
        return [x[t] for t in range(len(x))]
    half = len(x) // 2
    return slices(x[:half]) + slices(x[half:])


class RNNBase(Recurrent):
    """Layers of steps, each reading the states of the one below; D is 2 if bidirectional, else 1.

    input (T, N, inputs), or (N, T, inputs) with `batch_first`, or (T, inputs); first state
    (layers D, N, H), for the LSTM a pair of them → all states of the top layer (T, N, D H), last
    state of every layer. Dropout acts between layers. No packed sequences, no `proj_size`.

    Raises
    ------
    ValueError
        An input neither 2D nor 3D, or of another type than the weights; an option out of range.
    RuntimeError
        Sizes that do not fit.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        **options: Any,
    ) -> None:
        super().__init__()
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.bidirectional = bias, batch_first, bidirectional
        for name in ("input_size", "hidden_size", "num_layers"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be greater than zero, got {getattr(self, name)}")
        if isinstance(dropout, bool) or not 0 <= dropout <= 1:
            raise ValueError(f"dropout should be a number in range [0, 1], got {dropout}")
        if dropout > 0 and num_layers == 1:
            warnings.warn(f"dropout={dropout} acts between layers, and there is one", stacklevel=2)
        self.dropout = float(dropout)
        self.directions = ("", "_reverse") if bidirectional else ("",)
        for layer in range(num_layers):
            inputs = hidden_size * len(self.directions) if layer else input_size
            for direction in self.directions:
                self.add_weights(f"_l{layer}{direction}", inputs, options)
        self.reset_parameters()

    def flatten_parameters(self) -> None:
        """Nothing: in PyTorch this moves the weights together for the GPU."""

    def forward(self, input: Tensor, hx: Any = None) -> tuple[Tensor, Any]:
        """All states of the top layer, and the last state of every layer."""
        self._check(input, self.parts(hx))
        time, batch = (1, 0) if self.batch_first else (0, 1)
        if input.dim() == 2:
            states, last = self.forward(input.unsqueeze(batch), each(lambda s: s.unsqueeze(1), hx))
            return states.squeeze(batch), each(lambda s: s.squeeze(1), last)
        rows = self.num_layers * len(self.directions)
        first = self.first_state(input, hx, (rows, input.shape[batch], self.hidden_size))
        input = input.transpose(time, 0)  # (T, N, inputs)
        if len(input) == 0:
            raise RuntimeError("Expected sequence length to be larger than 0 in RNN")
        last = []
        for layer in range(self.num_layers):
            if layer > 0 and self.dropout > 0:
                input = dropout(input, self.dropout, self.training)
            both = []
            for direction in self.directions:
                state = tuple(s[len(last)] for s in first)
                states, state = self.run(input, state, f"_l{layer}{direction}")
                both.append(states)
                last.append(state)
            input = cat(both, dim=-1) if len(both) > 1 else both[0]  # (T, N, D H)
        final = tuple(stack(s) for s in zip(*last, strict=True))  # (layers D, N, H)
        return input.transpose(time, 0), final if self.mode == "LSTM" else final[0]

    def run(self, input: Tensor, state: State, suffix: str) -> tuple[Tensor, State]:
        """One layer in one direction: input (T, N, …) → all states (T, N, H), the last state."""
        step, backwards = KINDS[self.mode][0], suffix.endswith("reverse")
        w_ih, w_hh, b_ih, b_hh = self.weights(suffix)
        gates = slices(linear(input, w_ih, b_ih))  # T times (N, G H)
        states = []
        for x in reversed(gates) if backwards else gates:
            state = step(x, state, w_hh, b_hh)
            states.append(state[0])
        return stack(states[::-1] if backwards else states), state

    def _check(self, input: Tensor, state: State) -> None:
        dims, name, dtype = input.dim(), type(self).__name__, self.weight_ih_l0.dtype
        if dims not in (2, 3):
            raise ValueError(f"{name}: Expected input to be 2D or 3D, got {dims}D instead")
        for s in state:
            if s.dim() != dims:
                raise RuntimeError(f"For {dims}-D input, hx should be {dims}-D, got {s.dim()}-D")
        if input.dtype is not dtype:
            raise ValueError(f"RNN input dtype ({input.dtype}) is not the weights' dtype ({dtype})")


class RNN(RNNBase):
    """Layers of `tanh_step`, or of `relu_step` with the nonlinearity "relu"; see `RNNBase`."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        nonlinearity: str = "tanh",
        *others: Any,
        **options: Any,
    ) -> None:
        self.mode, self.nonlinearity = elman_mode(nonlinearity, ValueError), nonlinearity
        super().__init__(input_size, hidden_size, num_layers, *others, **options)


class LSTM(RNNBase):
    """Long short-term memory: layers of `lstm_step`, with a pair (h, c) as state; see `RNNBase`."""

    mode = "LSTM"


class GRU(RNNBase):
    """Gated recurrent units: layers of `gru_step`; see `RNNBase`."""

    mode = "GRU"
