"""A computation graph as data: its values forward, its adjoints backward, and every step between.

A graph is a list of steps in an order in which each uses only what came before (Wengert's list,
"A simple automatic derivative evaluation program", 1964). Nothing here is fast; everything can be
looked at, which is what the chapter's laboratory does. Sources: A. Griewank and A. Walther,
"Evaluating Derivatives", 2nd edition, 2008, chapters 2 and 3; G. Leglaive's lecture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course_utils.backpropagation.operations import OPERATIONS


@dataclass(frozen=True)
class Step:
    """One operation: ``result`` is computed from ``inputs`` by ``operation``."""

    result: str
    operation: str
    inputs: tuple[str, ...]

    @property
    def formula(self) -> str:
        """Formula of the step, such as ``x1 · x2``."""
        return OPERATIONS[self.operation].text.format(*self.inputs)


@dataclass(frozen=True)
class Graph:
    """Inputs, and steps in order; the output is the result of the last one.

    Raises ValueError where an operation is unknown or has the wrong number of inputs, where a step
    uses what is computed later or not at all, and where a name is given twice.
    """

    inputs: tuple[str, ...]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        known = set(self.inputs)
        if len(known) < len(self.inputs) or not self.steps:
            raise ValueError("a graph needs inputs with different names, and at least one step")
        for step in self.steps:
            if step.operation not in OPERATIONS:
                raise ValueError(f"{step.result}: no operation {step.operation!r}; there are: "
                                 f"{', '.join(OPERATIONS)}")  # fmt: skip
            arity = OPERATIONS[step.operation].arity
            if len(step.inputs) != arity:
                raise ValueError(f"{step.result}: {step.operation} takes {arity} inputs, "
                                 f"got {len(step.inputs)}")  # fmt: skip
            missing = [name for name in step.inputs if name not in known]
            if missing:
                raise ValueError(
                    f"{step.result} uses {missing[0]}, which is not computed before it"
                )
            if step.result in known:
                raise ValueError(f"the name {step.result} is given twice")
            known.add(step.result)

    @property
    def output(self) -> str:
        """Name of the result."""
        return self.steps[-1].result

    @property
    def names(self) -> tuple[str, ...]:
        """All nodes, inputs first, in forward order."""
        return self.inputs + tuple(step.result for step in self.steps)


@dataclass(frozen=True)
class Message:
    """What one edge carries backward: ``part`` = adjoint of ``result`` × ``slope``, to ``input``.

    ``position`` is 0 or 1: which of the step's inputs. ``total`` is the adjoint of ``input`` after
    this part was added; ``complete`` says that nothing more will arrive there.
    """

    result: str
    input: str
    position: int
    slope: float
    part: float
    total: float
    complete: bool


def tape(inputs: Sequence[str] | str, *steps: tuple) -> Graph:
    """Graph from short lines: ``tape("x1 x2", ("u", "mul", "x1 x2"), ("y", "sin", "u"))``."""

    def names(text: Sequence[str] | str) -> tuple[str, ...]:
        return tuple(text.split() if isinstance(text, str) else text)

    return Graph(names(inputs), tuple(Step(result, op, names(used)) for result, op, used in steps))


def evaluate(graph: Graph, at: Mapping[str, float]) -> dict[str, float]:
    """Forward pass: the value of every node, in forward order.

    Raises ValueError where an input has no value, where there is a value for what is no input, and
    where a step has no finite value (ln −1, 1 / 0, an overflow).
    """
    if set(at) != set(graph.inputs):
        raise ValueError(f"values are needed for {', '.join(graph.inputs)}, got {', '.join(at)}")
    values = {name: float(at[name]) for name in graph.inputs}
    for step in graph.steps:
        values[step.result] = _value(step, values)
    return values


def _value(step: Step, values: Mapping[str, float]) -> float:
    arguments = [values[name] for name in step.inputs]
    try:
        with np.errstate(all="ignore"):  # what is not finite is told below
            value = float(OPERATIONS[step.operation].value(np, *arguments))
    except (ZeroDivisionError, OverflowError):
        value = np.nan
    if not np.isfinite(value):
        where = ", ".join(f"{name} = {values[name]:g}" for name in dict.fromkeys(step.inputs))
        raise ValueError(f"{step.result} = {step.formula} is no finite number at {where}")
    return value


def slopes(graph: Graph, values: Mapping[str, float]) -> dict[tuple[str, int], float]:
    """Local derivative on each edge: {(result, position of the input): number}."""
    found = {}
    for step in graph.steps:
        arguments = [values[name] for name in step.inputs]
        numbers = OPERATIONS[step.operation].slopes(*arguments, values[step.result])
        found |= {(step.result, i): float(slope) for i, slope in enumerate(numbers)}
    return found


def tangents(
    graph: Graph, values: Mapping[str, float], direction: Mapping[str, float]
) -> dict[str, float]:
    """Forward mode: derivative of every node along a direction of the inputs, in forward order.

    ``direction`` gives the tangent of each input; those left out have 0. One pass gives one
    direction: for the gradient by n inputs, n passes are needed.
    """
    local = slopes(graph, values)
    found = {name: float(direction.get(name, 0.0)) for name in graph.inputs}
    for step in graph.steps:
        found[step.result] = sum(
            local[step.result, i] * found[name] for i, name in enumerate(step.inputs)
        )
    return found


def messages(graph: Graph, values: Mapping[str, float]) -> list[Message]:
    """Reverse mode, edge by edge, in the order in which the parts are sent.

    Steps are taken last to first, so a node sends only when all its own parts have arrived.
    Nodes that do not lead to the output receive and send 0.
    """
    local = slopes(graph, values)
    adjoint = dict.fromkeys(graph.names, 0.0) | {graph.output: 1.0}
    waiting = uses(graph)
    sent = []
    for step in reversed(graph.steps):
        for i, name in enumerate(step.inputs):
            slope = local[step.result, i]
            part = adjoint[step.result] * slope
            adjoint[name] += part
            waiting[name] -= 1
            sent.append(
                Message(step.result, name, i, slope, part, adjoint[name], not waiting[name])
            )
    return sent


def adjoints(graph: Graph, values: Mapping[str, float]) -> dict[str, float]:
    """Reverse mode: ∂(output)/∂(node) for every node, in forward order."""
    found = dict.fromkeys(graph.names, 0.0) | {graph.output: 1.0}
    for message in messages(graph, values):
        found[message.input] = message.total
    return found


def uses(graph: Graph) -> dict[str, int]:
    """How many edges leave each node: as many parts will its adjoint be the sum of."""
    count = dict.fromkeys(graph.names, 0)
    for step in graph.steps:
        for name in step.inputs:
            count[name] += 1
    return count


def paths(graph: Graph) -> dict[str, int]:
    """How many paths lead from each node to the output: the terms of the chain rule written out."""
    count = dict.fromkeys(graph.names, 0) | {graph.output: 1}
    for step in reversed(graph.steps):
        for name in step.inputs:
            count[name] += count[step.result]
    return count
