"""What the plays of chapter 04 compute in JavaScript, against `course_utils` on the same inputs."""

import numpy as np
import pytest
from explorable_page import evaluate_model

from course_utils.explore.builder.play import GRID_COUNT, LEFT, RIGHT, BuilderPlay
from course_utils.explore.fold.play import PRESETS, FoldPlay
from course_utils.multilayer.activations import leaky_relu
from course_utils.multilayer.one_hidden import one_hidden
from course_utils.multilayer.xor import squared_error

pytestmark = pytest.mark.browser


def state_of(play):
    return {name: getattr(play, name) for name in play.start}


BUILT = [
    {"target": target, "kind": kind, "pieces": pieces, "steepness": steepness}
    for target in ("sine", "runge", "jump", "own")
    for kind, steepness in (("triangles", 60), ("steps", 5), ("steps", 500))
    for pieces in (2, 3, 8, 37, 64)
]


def test_built_networks(page, tmp_path):
    rng = np.random.default_rng(4)
    plays = [BuilderPlay(**state, own=rng.uniform(-1.5, 1.5, 7)) for state in BUILT]
    got = evaluate_model(
        page,
        tmp_path,
        "builder/model.js",
        """(states) => states.map((s) => {
             const net = builtNetwork(s), xs = GRID.filter((_, i) => i % 20 === 0);
             return { ...size(s), values: xs.map((x) => networkValue(net, x)),
               target: xs.map(targetOf(s)), error: supError(s, net).error,
               weights: net.parts.flatMap((p) => p.units.map(({ w, b, v }) => [w, b, v])) };
           })""",
        [state_of(play) for play in plays],
    )
    x = np.linspace(LEFT, RIGHT, GRID_COUNT)[::20]
    for play, js in zip(plays, got, strict=True):
        net = play.built()
        weights = np.column_stack([net.W1[:, 0], net.b1, net.w2])
        np.testing.assert_allclose(js["weights"], weights, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(js["values"], net(x), rtol=0, atol=1e-12)
        np.testing.assert_allclose(js["target"], play.function(x), rtol=0, atol=1e-12)
        assert js["error"] == pytest.approx(play.sup_error, abs=1e-12)
        assert js["units"] == play.units
        assert js["shared"] == play.shared_units
        assert js["parameters"] == play.parameters


@pytest.mark.parametrize("target", ["sine", "runge", "own"])
def test_sharing_kinks_changes_nothing(target):
    play = BuilderPlay(target=target, pieces=23)
    x = np.linspace(LEFT, RIGHT, 501)
    np.testing.assert_allclose(play.shared(x), play.built()(x), rtol=0, atol=1e-12)
    assert play.shared_units < play.units


def random_states(count):
    rng = np.random.default_rng(5)
    for _ in range(count):
        yield {
            "W1": rng.uniform(-3, 3, (2, 2)).tolist(),
            "b1": rng.uniform(-3, 3, 2).tolist(),
            "w2": rng.uniform(-3, 3, 2).tolist(),
            "b2": rng.uniform(-3, 3),
            "slope": rng.choice([-1, 0, 1, rng.uniform(-1, 1)]),
        }


FOLDED = [{**weights, "slope": 0} for weights in PRESETS.values()]


def test_folded_points_and_answers(page, tmp_path):
    states = [*FOLDED, *random_states(200)]
    inputs = np.random.default_rng(6).uniform(-0.5, 1.5, (20, 2))
    got = evaluate_model(
        page,
        tmp_path,
        "fold/model.js",
        """([states, inputs]) => states.map((s) => ({ hidden: inputs.map((x) => fold(s, x)),
             outputs: inputs.map((x) => network(s, x)), loss: squaredError(s),
             right: rightAnswers(s) }))""",
        [states, inputs.tolist()],
    )
    for s, js in zip(states, got, strict=True):
        net = one_hidden(s["W1"], s["b1"], s["w2"], s["b2"], leaky_relu(s["slope"]))
        np.testing.assert_allclose(js["hidden"], net.hidden(inputs), rtol=0, atol=1e-12)
        np.testing.assert_allclose(js["outputs"], net(inputs), rtol=0, atol=1e-12)
        assert js["loss"] == pytest.approx(squared_error(net), rel=1e-12, abs=1e-12)
        assert js["right"] == FoldPlay(**s).right


def test_regions_hold_the_points_with_answers_above_one_half(page, tmp_path):
    """The polygons of the drawing cover just the points where the network says more than ½."""
    states = [*FOLDED, *random_states(60)]
    inputs = np.random.default_rng(7).uniform(-0.5, 1.5, (400, 2))
    got = evaluate_model(
        page,
        tmp_path,
        "fold/model.js",
        """([states, inputs]) => {
             const within = (polygon, [x, y]) => polygon.every(([x0, y0], i) => {
               const [x1, y1] = polygon[(i + 1) % polygon.length];
               return (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) >= 0;
             });
             return states.map((s) => {
               const polygons = positiveRegion(s, [-0.5, 1.5]);
               return inputs.map((x) => polygons.some((polygon) => within(polygon, x)));
             });
           }""",
        [states, inputs.tolist()],
    )
    both = set()
    for s, covered in zip(states, got, strict=True):
        net = one_hidden(s["W1"], s["b1"], s["w2"], s["b2"], leaky_relu(s["slope"]))
        answers = net(inputs)
        clear = np.abs(answers - 0.5) > 1e-9
        assert np.array_equal(np.array(covered)[clear], (answers > 0.5)[clear])
        both |= set(covered)
    assert both == {True, False}


def test_a_folded_segment_bends_where_a_unit_changes_sign(page, tmp_path):
    states = list(random_states(60))
    got = evaluate_model(
        page,
        tmp_path,
        "fold/model.js",
        "(states) => states.map((s) => foldedSegment(s, [-0.5, 0.2], [1.5, 0.9]))",
        states,
    )
    path = np.linspace([-0.5, 0.2], [1.5, 0.9], 2001)
    for s, bends in zip(states, got, strict=True):
        net = one_hidden(s["W1"], s["b1"], s["w2"], s["b2"], leaky_relu(s["slope"]))
        folded, bends = net.hidden(path), np.array(bends)
        np.testing.assert_allclose(bends[[0, -1]], folded[[0, -1]], atol=1e-12)
        length = np.linalg.norm(np.diff(folded, axis=0), axis=1).sum()
        drawn = np.linalg.norm(np.diff(bends, axis=0), axis=1).sum()
        assert drawn == pytest.approx(length, rel=1e-3)
