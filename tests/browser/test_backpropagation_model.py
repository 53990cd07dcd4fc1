"""The walk that BackpropagationPlay computes in JavaScript, against Python's graph, Dual, scratch, PyTorch."""

import numpy as np
import pytest
from explorable_page import evaluate_model

from course_utils import dual, scratch
from course_utils.backpropagation import graph as tape
from course_utils.explore.backpropagation.play import GRAPHS, LIMIT, _plain

pytestmark = pytest.mark.browser

WALK = """(cases) => cases.map(([graph, at, mode, seed, step]) => {
  const s = walk(graph, at, mode, seed, step);
  return { ...s, complete: [...s.complete], found: gradientSoFar(graph, at, mode, seed, step, []) };
})"""


def points():
    """Each graph at its own inputs, at random ones, and with zeros (the kink of ReLU among them)."""
    rng = np.random.default_rng(5)
    for title, (graph, start) in GRAPHS.items():
        yield title, graph, start
        for _ in range(8):
            yield title, graph, {name: rng.uniform(-LIMIT, LIMIT) for name in graph.inputs}
        yield title, graph, {name: float(rng.integers(-1, 2)) for name in graph.inputs}
        yield title, graph, dict.fromkeys(graph.inputs, 0.0)


def walked(page, folder, mode, seeds=lambda graph: graph.inputs[:1]):
    found = [
        (graph, at, seed) for _, graph, at in points() for seed in seeds(graph)
    ]  # fmt: skip
    argument = [[_plain(graph), at, mode, seed, 99] for graph, at, seed in found]
    files = "backpropagation/model.js"
    return zip(found, evaluate_model(page, folder, files, WALK, argument), strict=True)


def near(got, expected):
    assert set(got) == set(expected)
    for name, value in expected.items():
        assert got[name] == pytest.approx(value, rel=1e-12, abs=1e-12), name


def test_values_adjoints_and_messages(page, tmp_path):
    for (graph, at, _), js in walked(page, tmp_path, "reverse"):
        values = tape.evaluate(graph, at)
        near(js["values"], values)
        near(js["adjoints"], tape.adjoints(graph, values))
        sent = tape.messages(graph, values)
        near(js["parts"], {f"{m.result}_{m.position}": m.part for m in sent})
        near(js["slopes"], {f"{m.result}_{m.position}": m.slope for m in sent})
        assert js["total"] == len(graph.steps) + 1 + len(sent)
        assert sorted(js["complete"]) == sorted(graph.names)


def test_adjoints_after_each_move(page, tmp_path):
    graph, at = GRAPHS["2-2-1 network"]
    values = tape.evaluate(graph, at)
    sent, known = tape.messages(graph, values), len(graph.steps)
    argument = [[_plain(graph), at, "reverse", "x1", known + 1 + k] for k in range(len(sent) + 1)]
    for k, js in enumerate(
        evaluate_model(page, tmp_path, "backpropagation/model.js", WALK, argument)
    ):
        near(js["adjoints"], {graph.output: 1.0} | {m.input: m.total for m in sent[:k]})
        assert set(js["complete"]) == {graph.output} | {m.input for m in sent[:k] if m.complete}
        assert set(js["found"]) == set(js["complete"]) & set(graph.inputs)


def test_tangents_of_every_seed(page, tmp_path):
    for (graph, at, seed), js in walked(page, tmp_path, "forward", lambda graph: graph.inputs):
        values = tape.evaluate(graph, at)
        near(js["values"], values)
        near(js["tangents"], tape.tangents(graph, values, {seed: 1.0}))
        near(js["found"], {seed: tape.adjoints(graph, values)[seed]})


class OfDual:
    """The few functions the graphs use, for dual numbers; ReLU has slope 0 at its kink."""

    square, tanh = staticmethod(np.square), staticmethod(np.tanh)

    @staticmethod
    def relu(x):
        return np.where(x > 0, x, 0 * x)


def run(library, graph, values):
    """The graph's operations written once more, for any library."""
    for step in graph.steps:
        a, *rest = (values[name] for name in step.inputs)
        values[step.result] = {
            "add": lambda a=a, rest=rest: a + rest[0],
            "sub": lambda a=a, rest=rest: a - rest[0],
            "mul": lambda a=a, rest=rest: a * rest[0],
        }.get(step.operation, lambda a=a, step=step: getattr(library, step.operation)(a))()
    return values[graph.output]


@pytest.mark.parametrize("library", ["scratch", "torch"])
def test_gradients_against_the_engines(page, tmp_path, library):
    torch = scratch if library == "scratch" else pytest.importorskip("torch")
    for (graph, at, _), js in walked(page, tmp_path, "reverse"):
        leaves = {
            name: torch.tensor(value, dtype=torch.float64, requires_grad=True)
            for name, value in at.items()
        }
        run(torch, graph, dict(leaves)).backward()
        near(js["found"], {name: leaf.grad.item() for name, leaf in leaves.items()})


def test_tangents_against_dual_numbers(page, tmp_path):
    for (graph, at, seed), js in walked(page, tmp_path, "forward", lambda graph: graph.inputs):
        inputs = {name: dual.Dual(value, float(name == seed)) for name, value in at.items()}
        y = run(OfDual, graph, inputs)
        near(js["found"], {seed: y.tangent.item()})
        near({"y": js["values"][graph.output]}, {"y": y.value.item()})


def test_formulas_are_those_of_the_package(page, tmp_path):
    """What the boxes say is what Python says; here, that no operation was forgotten or renamed."""
    names = evaluate_model(
        page, tmp_path, "backpropagation/model.js", "() => Object.keys(OPERATIONS)"
    )
    used = {step.operation for graph, _ in GRAPHS.values() for step in graph.steps}
    assert used <= set(names)
