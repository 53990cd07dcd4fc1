"""The graphs that the chapter looks at: the example function, a neuron, a chain, a small net."""

from itertools import pairwise

from course_utils.backpropagation.graph import Graph, Step, tape


def chain(depth: int) -> Graph:
    """Logistic neurons in a row, σ(w3 σ(w2 σ(w1 x))) for a depth of 3: a single path."""
    if depth < 1:
        raise ValueError(f"the depth must be at least 1, not {depth}")
    steps, below = [], "x"
    for i in range(1, depth + 1):
        excitation, above = f"u{2 * i - 1}", "y" if i == depth else f"u{2 * i}"
        steps += [Step(excitation, "mul", (f"w{i}", below)), Step(above, "logistic", (excitation,))]
        below = above
    return Graph(("x", *(f"w{i}" for i in range(1, depth + 1))), tuple(steps))


#: y = x1 sin(x1 x2) + x1 x2. Both x1 and the product u are used more than once.
EXAMPLE = tape(
    "x1 x2",
    ("u", "mul", "x1 x2"),
    ("s", "sin", "u"),
    ("p", "mul", "x1 s"),
    ("y", "add", "p u"),
)
EXAMPLE_AT = {"x1": 2.0, "x2": 0.5}

#: Squared error of a ReLU perceptron with two inputs, L = (max(0, w1 x1 + w2 x2 + b) − t)².
PERCEPTRON = tape(
    "w1 x1 w2 x2 b t",
    ("a1", "mul", "w1 x1"),
    ("a2", "mul", "w2 x2"),
    ("s", "add", "a1 a2"),
    ("e", "add", "s b"),
    ("h", "relu", "e"),
    ("d", "sub", "h t"),
    ("L", "square", "d"),
)
PERCEPTRON_AT = {"w1": 1.5, "x1": 1.0, "w2": -0.5, "x2": 2.0, "b": 0.25, "t": 2.0}

#: Three logistic neurons in a row, the example of G. Leglaive's lecture.
CHAIN = chain(3)
CHAIN_AT = {"x": 1.0, "w1": 2.0, "w2": -1.5, "w3": 3.0}

#: Two ReLU units h1, h2, two linear ones y1, y2 behind both, and L = (y1 − t1)² + (y2 − t2)².
TWO_LAYERS = tape(
    "x v1 v2 w11 w12 w21 w22 t1 t2",
    ("e1", "mul", "v1 x"),
    ("e2", "mul", "v2 x"),
    ("h1", "relu", "e1"),
    ("h2", "relu", "e2"),
    ("a11", "mul", "w11 h1"),
    ("a12", "mul", "w12 h2"),
    ("a21", "mul", "w21 h1"),
    ("a22", "mul", "w22 h2"),
    ("y1", "add", "a11 a12"),
    ("y2", "add", "a21 a22"),
    ("d1", "sub", "y1 t1"),
    ("d2", "sub", "y2 t2"),
    ("q1", "square", "d1"),
    ("q2", "square", "d2"),
    ("L", "add", "q1 q2"),
)
TWO_LAYERS_AT = {
    "x": 1.0, "v1": 2.0, "v2": 1.0, "w11": 1.0, "w12": -1.0, "w21": 0.5, "w22": 2.0,
    "t1": 0.0, "t2": 4.0,
}  # fmt: skip

#: A graph, and values of its inputs to begin with, by title. The laboratory offers these.
EXAMPLES: dict[str, tuple[Graph, dict[str, float]]] = {
    "Example function": (EXAMPLE, EXAMPLE_AT),
    "ReLU perceptron": (PERCEPTRON, PERCEPTRON_AT),
    "Three neurons in a row": (CHAIN, CHAIN_AT),
    "Two layers": (TWO_LAYERS, TWO_LAYERS_AT),
}


def product(n: int) -> Graph:
    """Speelpenning's product y = x1 x2 ⋯ xn of n ≥ 2 inputs, multiplied from left to right."""
    if n < 2:
        raise ValueError(f"a product needs at least two factors, not {n}")
    results = [f"p{i}" for i in range(2, n)] + ["y"]
    left = ["x1", *results[:-1]]
    steps = (
        Step(result, "mul", (so_far, f"x{i}"))
        for i, (result, so_far) in enumerate(zip(results, left, strict=True), start=2)
    )
    return Graph(tuple(f"x{i}" for i in range(1, n + 1)), tuple(steps))


def doubling(depth: int) -> Graph:
    """Each node is the sum of the one before and itself: 2 · depth edges, 2 to the depth paths."""
    if depth < 1:
        raise ValueError(f"the depth must be at least 1, not {depth}")
    names = ["x", *(f"y{i}" for i in range(1, depth + 1))]
    steps = (Step(b, "add", (a, a)) for a, b in pairwise(names))
    return Graph(("x",), tuple(steps))
