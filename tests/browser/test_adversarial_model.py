"""The game that AdversarialPlay plays in JavaScript, against the course's own on two engines."""

import json

import numpy as np
import pytest

from course_utils import scratch
from course_utils.adversarial.coverage import mode_counts
from course_utils.explore.adversarial.game import CLIP, NEAR, PlaneGame, Uniform
from course_utils.explore.adversarial.play import PRESETS
from course_utils.explore.base import compose

pytestmark = pytest.mark.browser

FORMS = ("minimax", "non-saturating", "critic", "clipping", "penalty")
FILES = ("adversarial/network.js", "adversarial/model.js", "adversarial/lab.js")
PLAY = """({ settings, moves }) => {
  const game = newGame(settings), log = [];
  for (let k = 0; k < moves; k++) log.push(makeMove(game, k === 0));
  const { counts, points, pulls, ...numbers } = standing(game);
  return { log, G: [...game.G.weights], D: [...game.D.weights], shown: [...game.shown],
    points: [...points], pulls: [...pulls], numbers };
}"""


def evaluate(page, folder, expression, argument=None):
    """Call a JavaScript function over the explorable's numbers, without drawing."""
    file = folder / "model.html"
    code = f"{compose(*FILES)}\nwindow.model = {expression};"
    file.write_text(
        f'<!doctype html><link rel="icon" href="data:,"><script type="module">{code}</script>',
        encoding="utf-8",
    )
    page.goto(file.as_uri())
    return json.loads(
        page.evaluate("(argument) => JSON.stringify(window.model(argument))", argument)
    )


def settings(form, critic_moves=2, seed=3, data="Ring", rate=0.004):
    return {"centres": PRESETS[data], "form": form, "rate": rate, "critic_moves": critic_moves,
            "seed": seed}  # fmt: skip


def played(torch, chosen, moves):
    game = PlaneGame(torch, *chosen.values())
    return game, [game.move() for _ in range(moves)]


def weights(network):
    return np.concatenate([p.detach().numpy().ravel() for p in network.parameters()])


@pytest.mark.parametrize("engine", ["scratch", "torch"])
@pytest.mark.parametrize("form", FORMS)
def test_both_play_the_same_game(page, tmp_path, form, engine):
    """Same weights, same batches: one move of each, to ten places; and sixty moves, to eight."""
    torch = scratch if engine == "scratch" else pytest.importorskip("torch")
    cases = [(settings(form, k, seed, data, rate), k + 1 if few else 60)
             for k, seed, data, rate, few in [
                 (1, 1, "Ring", 0.004, True), (2, 999, "Spiral", 0.016, True),
                 (5, 17, "Two", 0.0005, True), (2, 3, "Grid", 0.004, False)]]  # fmt: skip
    for chosen, moves in cases:
        js = evaluate(page, tmp_path, PLAY, {"settings": chosen, "moves": moves})
        game, log = played(torch, chosen, moves)
        places = {"rtol": 0, "atol": 1e-10 if moves < 60 else 1e-8}
        assert [move["who"] for move in js["log"]] == [move.who for move in log]
        np.testing.assert_allclose([m["loss"] for m in js["log"]], [m.loss for m in log], **places)
        np.testing.assert_allclose(js["G"], weights(game.players.generator), **places)
        np.testing.assert_allclose(js["D"], weights(game.players.discriminator), **places)
        np.testing.assert_allclose(js["shown"], game.shown.ravel(), **places)
        points = np.reshape(js["points"], (-1, 2))
        np.testing.assert_allclose(points, game.players.sample(game.probes), **places)
        np.testing.assert_allclose(np.reshape(js["pulls"], (-1, 2)), game.players.pulls(points),
                                   rtol=0, atol=1e-7)  # fmt: skip
        assert set(js["numbers"]) == set(game.standing())
        for name, value in game.standing().items():
            assert js["numbers"][name] == pytest.approx(value, abs=1e-8), name


GRADIENTS = """({ settings, moves }) => {
  const game = newGame(settings), h = 1e-6, worst = {};
  for (let k = 0; k < moves; k++) makeMove(game);
  const real = realPoints(settings.centres, game.source, 16), z = uniforms(game.source, 32);
  const fake = generate(game, z), between = settings.form === "penalty" ? mixed(game.source, real, fake) : null;
  const losses = { D: () => discriminatorLoss(game, real, fake, between), G: () => generatorLoss(game, z) };
  for (const [name, loss] of Object.entries(losses)) {
    const { gradient } = loss(), w = game[name].weights;
    worst[name] = Math.max(...gradient.map((slope, i) => {
      const here = w[i];
      w[i] = here + h;
      const up = loss().loss;
      w[i] = here - h;
      const down = loss().loss;
      w[i] = here;
      return Math.abs((up - down) / (2 * h) - slope);
    }));
  }
  return worst;
}"""


@pytest.mark.parametrize("form", FORMS)
def test_gradients_against_finite_differences(page, tmp_path, form):
    worst = evaluate(page, tmp_path, GRADIENTS, {"settings": settings(form), "moves": 30})
    assert worst["D"] < 1e-6  # of loss and penalty, whose gradient is a derivative of slopes
    assert worst["G"] < 1e-6


@pytest.mark.parametrize("form", FORMS)
def test_only_the_mover_moves(page, tmp_path, form):
    code = """(settings) => {
      const game = newGame(settings), copy = () => ({ G: [...game.G.weights], D: [...game.D.weights] });
      return Array.from({ length: 6 }, () => {
        const before = copy(), { who, loss, after } = makeMove(game, true), now = copy();
        return { who, loss, after, G: `${before.G}` !== `${now.G}`, D: `${before.D}` !== `${now.D}`,
          largest: Math.max(...now.D.map(Math.abs)) };
      });
    }"""
    for move in evaluate(page, tmp_path, code, settings(form)):
        assert (move["G"], move["D"]) == (move["who"] == "G", move["who"] == "D")
        assert move["after"] != move["loss"]
        if form == "clipping":
            assert move["largest"] <= CLIP


def test_a_small_step_lowers_the_movers_loss(page, tmp_path):
    for form in FORMS:
        chosen = settings(form, 1, rate=0.0005)
        code = "(s) => { const g = newGame(s); return [makeMove(g, true), makeMove(g, true)]; }"
        first, second = evaluate(page, tmp_path, code, chosen)
        if form != "clipping":  # its first move also cuts the weights to a fifth
            assert first["after"] < first["loss"]
        assert second["after"] < second["loss"], form


def test_counts_of_points_near_centres(page, tmp_path):
    rng = np.random.default_rng(0)
    for K in (1, 2, 9, 30):
        centres, points = rng.uniform(-1.5, 1.5, (K, 2)), rng.uniform(-1.7, 1.7, (200, 2))
        got = evaluate(page, tmp_path, "([p, c]) => countNear(p, c)",
                       [points.ravel().tolist(), centres.tolist()])  # fmt: skip
        assert got == mode_counts(points, centres, NEAR).tolist()


def test_random_numbers(page, tmp_path):
    code = "(seed) => { const s = randomSource(seed); return [...uniforms(s, 1000), ...uniforms(s, 5)]; }"
    for seed in (0, 1, 77, 2**32 - 1):
        source = Uniform(seed)
        expected = np.concatenate([source(10, 100).ravel(), source(5)])
        assert evaluate(page, tmp_path, code, seed) == expected.tolist()
    many = Uniform(5)(100_000)
    counts = np.histogram(many, 10, (0, 1))[0]
    assert np.abs(counts - 10_000).max() < 500  # 5 standard deviations
    assert abs(np.corrcoef(many[:-1], many[1:])[0, 1]) < 0.02


def test_a_game_does_not_depend_on_how_it_is_cut(page, tmp_path):
    code = """(settings) => {
      const play = (stops) => {
        const lab = laboratory();
        for (const moves of stops) { lab.follow({ ...settings, moves }); lab.advance(moves); }
        return { weights: [...lab.game.G.weights], record: lab.record, every: lab.every };
      };
      const stops = [1, 2, 3, 50, 51, 400, 7, 1500];
      return { whole: play([1500]), cut: play(stops) };
    }"""
    found = evaluate(page, tmp_path, code, settings("non-saturating", 1))
    assert found["whole"] == found["cut"]
    rounds = [entry["round"] for entry in found["whole"]["record"]]
    assert rounds == list(range(0, 751, found["whole"]["every"]))
    assert len(rounds) <= 200


def test_no_data_no_moves(page, tmp_path):
    code = """(settings) => {
      const lab = laboratory();
      lab.follow({ ...settings, centres: [], moves: 10 });
      return [lab.advance(10), lab.game.moves, standing(lab.game).loss_D];
    }"""
    assert evaluate(page, tmp_path, code, settings("minimax")) == [True, 0, None]
