"""Random computation graphs, and the same graph written for other ways to differentiate it."""

import numpy as np
import torch
from hypothesis import strategies as st

from course_utils.backpropagation.graph import Graph, Step
from course_utils.backpropagation.operations import OPERATIONS
from course_utils.backpropagation.scalar_engine import Value

INPUTS = ("a", "b", "c")


@st.composite
def graphs(draw, operations=tuple(OPERATIONS), most=10):
    """A graph in which each step may use everything before it."""
    names, steps = list(INPUTS), []
    for k in range(draw(st.integers(1, most))):
        operation = draw(st.sampled_from(operations))
        arity = OPERATIONS[operation].arity
        used = tuple(draw(st.sampled_from(names)) for _ in range(arity))
        steps.append(Step(f"v{k}", operation, used))
        names.append(f"v{k}")
    return Graph(INPUTS, tuple(steps))


POINTS = st.tuples(*[st.floats(-2, 2, allow_subnormal=False)] * 3).map(
    lambda numbers: dict(zip(INPUTS, numbers, strict=True))
)


def compute(graph, at, table):
    """The output, by the functions of a table, from values of any kind."""
    values = dict(at)
    for step in graph.steps:
        values[step.result] = table[step.operation](*(values[name] for name in step.inputs))
    return values[graph.output]


#: Each operation for dual numbers and NumPy, for PyTorch, and for the scalar engine.
NUMPY = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b, "neg": lambda a: -a, "square": np.square, "exp": np.exp,
    "log": np.log, "sin": np.sin, "cos": np.cos, "tanh": np.tanh,
    "logistic": lambda a: 1 / (1 + np.exp(-a)), "relu": lambda a: np.where(a > 0, a, 0 * a),
}  # fmt: skip
TORCH = NUMPY | {
    "square": torch.square, "exp": torch.exp, "log": torch.log, "sin": torch.sin,
    "cos": torch.cos, "tanh": torch.tanh, "logistic": torch.sigmoid, "relu": torch.relu,
}  # fmt: skip
ENGINE = NUMPY | {
    "square": lambda a: a**2, "exp": Value.exp, "log": Value.log, "sin": Value.sin,
    "cos": lambda a: (np.pi / 2 - a).sin(), "tanh": Value.tanh,
    "logistic": lambda a: 1 / (1 + (-a).exp()), "relu": Value.relu,
}  # fmt: skip
