"""Reverse mode, forward mode and the scalar engine agree on random graphs, and with PyTorch."""

import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings

from course_utils import dual
from course_utils.backpropagation import examples
from course_utils.backpropagation.graph import (
    Graph,
    Step,
    adjoints,
    evaluate,
    messages,
    paths,
    slopes,
    tangents,
    tape,
    uses,
)
from course_utils.backpropagation.scalar_engine import Value
from tests.backpropagation.random_graphs import (
    ENGINE,
    INPUTS,
    NUMPY,
    POINTS,
    TORCH,
    compute,
    graphs,
)


def tame(graph, at):
    """Values and adjoints, where no number is so large that rounding is all there is to see."""
    try:
        values = evaluate(graph, at)
        found = adjoints(graph, values)
    except (ValueError, ZeroDivisionError):
        assume(False)
    assume(np.isfinite(list(found.values())).all())
    assume(max(map(abs, [*values.values(), *found.values()])) < 1e4)
    for step in graph.steps:  # near 0, 1/a and ln a magnify what rounding did
        if step.operation in ("div", "log"):
            assume(abs(values[step.inputs[-1]]) > 1e-3)
        if step.operation == "relu":
            assume(abs(values[step.inputs[0]]) > 1e-9)
    return values, found


@given(graphs(), POINTS)
@settings(deadline=None, max_examples=150)
def test_reverse_mode_is_what_pytorch_finds(graph, at):
    values, found = tame(graph, at)
    leaves = {k: torch.tensor(v, dtype=torch.float64, requires_grad=True) for k, v in at.items()}
    y = compute(graph, leaves, TORCH) + 0 * sum(leaves.values())
    y.backward()
    np.testing.assert_allclose(y.item(), values[graph.output], rtol=1e-9, atol=1e-9)
    expected = [leaves[name].grad.item() for name in INPUTS]
    np.testing.assert_allclose([found[n] for n in INPUTS], expected, rtol=1e-7, atol=1e-7)


@given(graphs(), POINTS)
@settings(deadline=None, max_examples=100)
def test_forward_mode_dual_numbers_and_the_scalar_engine_agree(graph, at):
    values, found = tame(graph, at)
    expected = [found[name] for name in INPUTS]
    forward = [tangents(graph, values, {name: 1.0})[graph.output] for name in INPUTS]
    np.testing.assert_allclose(forward, expected, rtol=1e-7, atol=1e-7)

    y = compute(graph, dict(zip(INPUTS, dual.variables(*at.values()), strict=True)), NUMPY)
    np.testing.assert_allclose(y.tangent, expected, rtol=1e-7, atol=1e-7)

    leaves = {name: Value(number) for name, number in at.items()}
    compute(graph, leaves, ENGINE).backward()
    by_engine = [leaves[name].grad or 0.0 for name in INPUTS]
    np.testing.assert_allclose(by_engine, expected, rtol=1e-7, atol=1e-7)


@given(graphs(), POINTS, POINTS)
@settings(deadline=None, max_examples=60)
def test_forward_and_reverse_mode_give_the_same_number_along_any_direction(graph, at, direction):
    values, found = tame(graph, at)
    along = tangents(graph, values, direction)[graph.output]
    by_adjoints = sum(found[name] * direction[name] for name in INPUTS)
    np.testing.assert_allclose(along, by_adjoints, rtol=1e-7, atol=1e-6)


@given(graphs(), POINTS)
@settings(deadline=None, max_examples=60)
def test_messages_add_up_and_a_node_sends_only_when_complete(graph, at):
    values, found = tame(graph, at)
    sent, heard, complete = [], dict.fromkeys(graph.names, 0.0), {graph.output}
    heard[graph.output] = 1.0
    waiting = uses(graph)
    for message in messages(graph, values):
        assert waiting[message.result] == 0, "all parts had arrived before it sent"
        assert message.part == heard[message.result] * message.slope
        heard[message.input] += message.part
        waiting[message.input] -= 1
        assert message.total == heard[message.input]
        assert message.complete == (waiting[message.input] == 0)
        complete |= {message.input} if message.complete else set()
        sent.append((message.result, message.position))
    assert heard == found
    assert len(sent) == len(set(sent)) == sum(len(step.inputs) for step in graph.steps)


def test_by_hand():
    """y = x1 sin(x1 x2) + x1 x2 at (2, ½), where x1 x2 = 1."""
    s, c = math.sin(1), math.cos(1)
    values = evaluate(examples.EXAMPLE, examples.EXAMPLE_AT)
    assert values == {"x1": 2.0, "x2": 0.5, "u": 1.0, "s": s, "p": 2 * s, "y": 2 * s + 1}
    found = adjoints(examples.EXAMPLE, values)
    assert found == pytest.approx(
        {"x1": s + c + 0.5, "x2": 4 * c + 2, "u": 1 + 2 * c, "s": 2, "p": 1, "y": 1}
    )
    route = [(m.result, m.input, m.complete) for m in messages(examples.EXAMPLE, values)]
    assert route == [
        ("y", "p", True), ("y", "u", False), ("p", "x1", False), ("p", "s", True),
        ("s", "u", True), ("u", "x1", True), ("u", "x2", True),
    ]  # fmt: skip
    assert slopes(examples.EXAMPLE, values)["p", 0] == s
    assert examples.EXAMPLE.steps[0].formula == "x1 · x2"


def test_small_net_by_hand():
    """δ of hidden unit 1 is 1 · 2 + ½ · (−2) = 1, that of unit 2 is −1 · 2 + 2 · (−2) = −6."""
    found = adjoints(examples.TWO_LAYERS, evaluate(examples.TWO_LAYERS, examples.TWO_LAYERS_AT))
    assert [found[name] for name in ("y1", "y2", "h1", "h2", "e1", "e2")] == [2, -2, 1, -6, 1, -6]
    assert [found[name] for name in ("w11", "w22", "v1", "v2", "x")] == [4, -2, 1, -6, -4]


@pytest.mark.parametrize("title", examples.EXAMPLES)
def test_examples_against_central_differences(title):
    graph, at = examples.EXAMPLES[title]
    found = adjoints(graph, evaluate(graph, at))
    for name in graph.inputs:
        ends = [evaluate(graph, at | {name: at[name] + h})[graph.output] for h in (1e-6, -1e-6)]
        assert found[name] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-7)


def test_a_node_that_does_not_lead_to_the_output_has_adjoint_0():
    graph = tape("a b", ("dead", "exp", "b"), ("y", "square", "a"))
    assert adjoints(graph, evaluate(graph, {"a": 3.0, "b": 1.0})) == {
        "a": 6.0, "b": 0.0, "dead": 0.0, "y": 1.0,
    }  # fmt: skip


def test_paths_grow_where_edges_do_not():
    graph = examples.doubling(50)
    assert paths(graph)["x"] == 2**50
    assert sum(uses(graph).values()) == 100
    assert adjoints(graph, evaluate(graph, {"x": 1.0}))["x"] == 2**50


def test_products_of_many_factors():
    graph = examples.product(6)
    at = {f"x{i}": float(i) for i in range(1, 7)}
    found = adjoints(graph, evaluate(graph, at))
    assert [found[name] for name in graph.inputs] == [720 / i for i in range(1, 7)]


def test_logistic_does_not_overflow():
    graph = tape("a", ("y", "logistic", "a"))
    assert evaluate(graph, {"a": -1e4})["y"] == 0
    assert evaluate(graph, {"a": 1e4})["y"] == 1


@pytest.mark.parametrize(
    ("inputs", "steps", "message"),
    [
        (("a",), [Step("y", "cube", ("a",))], "no operation 'cube'"),
        (("a",), [Step("y", "mul", ("a",))], "takes 2 inputs, got 1"),
        (("a",), [Step("y", "sin", ("z",))], "y uses z, which is not computed before it"),
        (("a",), [Step("y", "sin", ("z",)), Step("z", "sin", ("a",))], "not computed before it"),
        (("a",), [Step("a", "sin", ("a",))], "the name a is given twice"),
        (("a", "a"), [Step("y", "sin", ("a",))], "different names"),
        (("a",), [], "at least one step"),
    ],
)
def test_wrong_graphs_are_refused(inputs, steps, message):
    with pytest.raises(ValueError, match=message):
        Graph(inputs, tuple(steps))


@pytest.mark.parametrize(
    ("step", "at", "message"),
    [
        (("y", "log", "a"), {"a": -1.0}, "y = ln a is no finite number at a = -1"),
        (("y", "log", "a"), {"a": 0.0}, "no finite number"),
        (("y", "div", "a a"), {"a": 0.0}, "y = a / a is no finite number at a = 0"),
        (("y", "exp", "a"), {"a": 1000.0}, "no finite number"),
        (("y", "sin", "a"), {}, "values are needed for a"),
        (("y", "sin", "a"), {"a": 1.0, "b": 1.0}, "values are needed for a, got a, b"),
    ],
)
def test_values_that_do_not_exist_are_told(step, at, message):
    with pytest.raises(ValueError, match=message):
        evaluate(tape("a", step), at)


@pytest.mark.parametrize("make", [examples.product, examples.doubling, examples.chain])
def test_families_refuse_sizes_too_small(make):
    with pytest.raises(ValueError, match="at least"):
        make(0)
