"""Play of chapter 05: a computation graph, walked forward and backward with all its numbers."""

from collections.abc import Mapping
from typing import Any

import traitlets

from course_utils.backpropagation import graph as tape_graph
from course_utils.backpropagation.examples import PERCEPTRON, PERCEPTRON_AT
from course_utils.backpropagation.graph import Graph, tape
from course_utils.explore.base import Explorable, WholeNumber, compose, finite_number, stylesheet

#: The graphs that the page offers, each with the values of its inputs to begin with.
GRAPHS: dict[str, tuple[Graph, dict[str, float]]] = {
    "Square of a sum": (
        tape("a b c", ("u", "mul", "a b"), ("s", "add", "u c"), ("f", "square", "s")),
        {"a": 2.0, "b": 3.0, "c": -1.0},
    ),
    "Used twice": (
        tape("a b", ("u", "mul", "a b"), ("v", "add", "u a"), ("f", "mul", "u v")),
        {"a": 2.0, "b": 3.0},
    ),
    "ReLU neuron": (PERCEPTRON, PERCEPTRON_AT),
    "2-2-1 network": (
        tape(
            "x1 x2 w11 w12 w21 w22 v1 v2 t",
            ("a11", "mul", "w11 x1"),
            ("a12", "mul", "w12 x2"),
            ("a21", "mul", "w21 x1"),
            ("a22", "mul", "w22 x2"),
            ("z1", "add", "a11 a12"),
            ("z2", "add", "a21 a22"),
            ("h1", "tanh", "z1"),
            ("h2", "tanh", "z2"),
            ("p1", "mul", "v1 h1"),
            ("p2", "mul", "v2 h2"),
            ("y", "add", "p1 p2"),
            ("d", "sub", "y t"),
            ("L", "square", "d"),
        ),
        {"x1": 1.0, "x2": -1.0, "w11": 1.0, "w12": 0.5, "w21": -0.5, "w22": 0.5,
         "v1": 2.0, "v2": 1.0, "t": 1.0},
    ),
}  # fmt: skip
LIMIT = 5.0
MAX_STEPS = 40


def _plain(graph: Graph) -> dict[str, Any]:
    """Return the graph as lists and strings, as JavaScript gets it."""
    steps = [
        {"result": step.result, "operation": step.operation, "inputs": list(step.inputs)}
        for step in graph.steps
    ]
    return {"inputs": list(graph.inputs), "steps": steps}


class InputValues(traitlets.Dict):
    """For each graph its inputs' values, from -5 to 5; what is left out keeps its first value."""

    def validate(self, obj: traitlets.HasTraits, value: Any) -> dict[str, dict[str, float]]:
        """Return plain numbers for every graph or raise `TraitError`, naming what is wrong."""
        where = f"{type(obj).__name__}.{self.name}"
        if not isinstance(value, Mapping) or not all(
            isinstance(v, Mapping) for v in value.values()
        ):
            raise traitlets.TraitError(
                f"{where} must be a dict such as {{'Used twice': {{'a': 2}}}}, got {value!r}"
            )
        found = {title: dict(start) for title, (_, start) in GRAPHS.items()}
        for title, numbers in value.items():
            if title not in found:
                raise traitlets.TraitError(f"{where}: no graph {title!r}; {_known_graphs()}")
            for name, given in numbers.items():
                number = finite_number(given)
                if name not in found[title]:
                    known = ", ".join(found[title])
                    raise traitlets.TraitError(
                        f"{where}: {title!r} has no input {name!r}; it has {known}"
                    )
                if number is None or abs(number) > LIMIT:
                    raise traitlets.TraitError(
                        f"{where}: {name} must be a number between {-LIMIT:g} and {LIMIT:g}, "
                        f"got {given!r}"
                    )
                found[title][name] = number
        return found


class BackpropagationPlay(Explorable):
    """A graph of a few operations, its values forward, then its adjoints backward, step by step.

    The numbers on the nodes are no traits: they follow from the inputs, the mode and the step.

    Parameters
    ----------
    graph : str, optional
        One of `GRAPHS`.
    at : mapping, optional
        Values for some inputs of that graph, such as ``{"a": 2}``.
    **traits
        Any trait below.

    Attributes
    ----------
    graph : str
        Which graph is shown.
    inputs : dict of dict
        Values of the inputs of every graph; each from -5 to 5.
    mode : str
        ``"reverse"`` for adjoints, ``"forward"`` for dual numbers.
    seed : str
        In forward mode: the input whose tangent is 1. A name that the graph does not have stands
        for its first input.
    step : int
        How many moves have been made, from 0 to 40; more than the walk has means all of them.
    collected : list of str
        In forward mode: inputs whose derivative an earlier pass has found.

    Raises
    ------
    traitlets.TraitError, ValueError
        If a value is out of its limits, or a graph or an input does not exist.

    Examples
    --------
    >>> play = BackpropagationPlay("Used twice", at={"a": 1, "b": 1})
    >>> play.adjoints["a"], play.tangents["f"]
    (4.0, 4.0)
    """

    _esm = compose(
        "backpropagation/model.js",
        "backpropagation/words.js",
        "backpropagation/graph.js",
        "backpropagation/play.js",
    )
    _css = stylesheet("backpropagation/play.css")
    _restored = ("graph", "inputs", "mode", "seed", "step", "collected")

    graph = traitlets.Enum(tuple(GRAPHS), default_value="Square of a sum").tag(sync=True)
    inputs = InputValues({title: start for title, (_, start) in GRAPHS.items()}).tag(sync=True)
    mode = traitlets.Enum(("reverse", "forward"), default_value="reverse").tag(sync=True)
    seed = traitlets.Unicode("a").tag(sync=True)
    step = WholeNumber(0, 0, MAX_STEPS).tag(sync=True)
    collected = traitlets.List(traitlets.Unicode()).tag(sync=True)
    graphs = traitlets.Dict(
        {title: _plain(graph) for title, (graph, _) in GRAPHS.items()}, read_only=True
    ).tag(sync=True)

    def __init__(
        self,
        graph: str = "Square of a sum",
        at: Mapping[str, float] | None = None,
        **traits: Any,
    ) -> None:
        if graph not in GRAPHS:
            raise ValueError(f"no graph {graph!r}: {_known_graphs()}")
        if at is not None:
            if "inputs" in traits:
                raise ValueError("give at (for this graph) or inputs (for all), not both")
            traits["inputs"] = {graph: at}
        super().__init__(graph=graph, **traits)

    @property
    def tape(self) -> Graph:
        """The graph itself."""
        return GRAPHS[self.graph][0]

    @property
    def values(self) -> dict[str, float]:
        """Value of every node."""
        return tape_graph.evaluate(self.tape, self.inputs[self.graph])

    @property
    def adjoints(self) -> dict[str, float]:
        """Derivative of the output with respect to every node, by reverse mode."""
        return tape_graph.adjoints(self.tape, self.values)

    @property
    def seeded(self) -> str:
        """The input whose tangent is 1."""
        return self.seed if self.seed in self.tape.inputs else self.tape.inputs[0]

    @property
    def tangents(self) -> dict[str, float]:
        """Derivative of every node with respect to the seeded input, by forward mode."""
        return tape_graph.tangents(self.tape, self.values, {self.seeded: 1.0})


def _known_graphs() -> str:
    return f"there are {', '.join(GRAPHS)}"
