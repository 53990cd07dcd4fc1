import numpy as np
import pytest
import torch

from course_utils import scratch
from course_utils.adversarial import clouds, digits, known, optimal
from course_utils.adversarial.forms import FORMS, penalty
from course_utils.adversarial.game import Game, train
from course_utils.models.adversarial import discriminator, generator, side_by_side

ENGINES = {"torch": torch, "scratch": scratch}
DATA = clouds.ring(5)


def players(engine, seed=0):
    """Both networks in float64, with the same weights on either engine."""
    rng = np.random.default_rng(seed)
    found = generator(engine, (2, 6, 5, 2)), discriminator(engine, (2, 6, 5, 1))
    for network in found:
        network.to(engine.float64)
        state = {
            key: engine.tensor(rng.normal(size=tuple(v.shape)) / 2)
            for key, v in network.state_dict().items()
        }
        network.load_state_dict(state)
    return found


def drawn(engine, seed=1):
    rng = np.random.default_rng(seed)
    arrays = clouds.mixture(DATA, 0.1, 7, rng), rng.random((7, 2)), rng.random((7, 1))
    return [engine.tensor(a) for a in arrays]


@pytest.mark.parametrize("form", FORMS)
def test_both_engines_play_the_same_game(form):
    ways = []
    for engine in ENGINES.values():
        game = Game(engine, form, *players(engine))
        losses = []
        for seed in range(4):
            real, noise, u = drawn(engine, seed)
            losses += [game.discriminator_step(real, noise, u), game.generator_step(noise)]
        weights = [p.detach().numpy() for net in (game.generator, game.discriminator)
                   for p in net.parameters()]  # fmt: skip
        ways.append((losses, weights))
    (theirs, their_weights), (ours, our_weights) = ways
    np.testing.assert_allclose(ours, theirs, rtol=1e-8)
    for a, b in zip(our_weights, their_weights, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_each_step_moves_one_player_only(engine, form):
    game = Game(engine, form, *players(engine))
    real, noise, u = drawn(engine)

    def weights(network):
        return np.concatenate([p.detach().numpy().ravel() for p in network.parameters()])

    before = weights(game.generator), weights(game.discriminator)
    game.discriminator_step(real, noise, u)
    between = weights(game.generator), weights(game.discriminator)
    game.generator_step(noise)
    after = weights(game.generator), weights(game.discriminator)
    np.testing.assert_array_equal(before[0], between[0])
    np.testing.assert_array_equal(between[1], after[1])
    assert (before[1] != between[1]).any()
    assert (between[0] != after[0]).any()


def test_losses_by_hand():
    real, fake = torch.tensor([[0.0], [1.0]]), torch.tensor([[-1.0], [2.0], [0.5]])
    softplus, sigmoid = torch.nn.functional.softplus, torch.sigmoid
    log_D = softplus(-real).mean() + softplus(fake).mean()
    for name, by_discriminator, by_generator in [
        ("minimax", log_D, torch.log(1 - sigmoid(fake)).mean()),
        ("non-saturating", log_D, -torch.log(sigmoid(fake)).mean()),
        ("critic", sigmoid(fake).mean() - sigmoid(real).mean(), -sigmoid(fake).mean()),
        ("clipping", fake.mean() - real.mean(), -fake.mean()),
        ("penalty", fake.mean() - real.mean(), -fake.mean()),
    ]:
        form = FORMS[name]
        torch.testing.assert_close(form.discriminator(torch, real, fake), by_discriminator)
        torch.testing.assert_close(form.generator(torch, fake), by_generator)
        twice = form.generator(torch, torch.stack([fake, fake]))  # two games: their sum
        torch.testing.assert_close(twice, 2 * by_generator)


def test_clipping_keeps_the_weights_small():
    game = Game(scratch, "clipping", *players(scratch))
    real, noise, _ = drawn(scratch)
    game.discriminator_step(real, noise)
    weights = [p.detach().numpy() for p in game.discriminator.parameters()]
    assert max(np.abs(w).max() for w in weights) == pytest.approx(0.1)


def test_the_penalty_is_that_of_differences():
    _, D = players(torch)
    real, fake, u = drawn(torch)
    got = penalty(torch, D, real, fake, u).item()
    points, h = (u * real + (1 - u) * fake).numpy(), 1e-6
    slopes = []
    for direction in np.eye(2):
        up, down = (D(torch.tensor(points + s * h * direction)) for s in (1, -1))
        slopes.append(((up - down) / (2 * h)).detach().numpy()[:, 0])
    norms = np.linalg.norm(slopes, axis=0)
    assert got == pytest.approx(((norms - 1) ** 2).mean(), rel=1e-5)


def test_pulls_lower_the_loss_of_the_generator():
    game = Game(scratch, "non-saturating", *players(scratch))
    x = np.random.default_rng(0).normal(size=(9, 2))
    pulls, h = game.pulls(x), 1e-6

    def loss(points):
        return np.logaddexp(0, -game.scores(points))

    for k, direction in enumerate(np.eye(2)):
        slope = (loss(x + h * direction) - loss(x - h * direction)) / (2 * h)
        np.testing.assert_allclose(pulls[:, k], -slope, atol=1e-6)


def batch(engine, shape):
    return (
        lambda rng: clouds.mixture(DATA, 0.1, shape, rng),
        lambda rng: clouds.uniform_noise(shape, 2, rng),
    )


def test_side_by_side_each_game_goes_as_it_would_alone():
    pairs = [players(scratch, seed) for seed in range(3)]
    together = Game(
        scratch, "penalty", *(side_by_side(scratch, nets) for nets in zip(*pairs, strict=True))
    )
    for net in (together.generator, together.discriminator):
        net.to(scratch.float64)
    rng = np.random.default_rng(3)
    rounds = [(clouds.mixture(DATA, 0.1, (3, 8), rng), rng.random((3, 8, 2)),
               rng.random((3, 8, 1))) for _ in range(4)]  # fmt: skip
    for real, noise, u in rounds:
        together.discriminator_step(*(scratch.tensor(v) for v in (real, noise, u)))
        together.generator_step(scratch.tensor(noise))
    made = together.sample(rounds[0][1])
    for k, pair in enumerate(pairs):
        alone = Game(scratch, "penalty", *pair)
        for real, noise, u in rounds:
            alone.discriminator_step(*(scratch.tensor(v[k]) for v in (real, noise, u)))
            alone.generator_step(scratch.tensor(noise[k]))
        np.testing.assert_allclose(made[k], alone.sample(rounds[0][1][k]), rtol=1e-6, atol=1e-9)


def trained(seen):
    """Samples before and after a short training towards the point (3, 3)."""
    scratch.manual_seed(0)
    game = Game(
        scratch,
        "penalty",
        generator(scratch, (2, 16, 2)),
        discriminator(scratch, (2, 16, 1)),
        rate=1e-2,
    )
    noise = np.random.default_rng(1).random((100, 2))
    before = game.sample(noise)
    history = train(
        game,
        lambda rng: 3 + 0.1 * rng.normal(size=(32, 2)),
        lambda rng: rng.random((32, 2)),
        60,
        np.random.default_rng(0),
        critic_steps=3,
        watch=lambda step, game: seen.append(step),
    )
    return before, game.sample(noise), history


def test_training_is_repeatable_and_learns():
    seen = []
    before, after, history = trained(seen)
    assert seen == list(range(61))
    assert history.shape == (60, 2)
    np.testing.assert_array_equal(trained([])[1], after)
    away = [np.linalg.norm(samples - 3, axis=1).mean() for samples in (before, after)]
    assert away[1] < away[0] / 2


def test_bad_input():
    nets = players(scratch)
    with pytest.raises(ValueError, match=r"no form 'wgan'; there are minimax"):
        Game(scratch, "wgan", *nets)
    game = Game(scratch, "penalty", *nets)
    real, noise, _ = drawn(scratch)
    with pytest.raises(ValueError, match="needs u"):
        game.discriminator_step(real, noise)
    for steps, critic_steps in ((-1, 1), (1, 0)):
        with pytest.raises(ValueError, match="critic_steps ≥ 1"):
            train(game, *batch(scratch, 4), steps, np.random.default_rng(0),
                  critic_steps=critic_steps)  # fmt: skip
    game = Game(scratch, "clipping", *nets)
    with pytest.raises(FloatingPointError, match="in step 1"):
        train(game, lambda rng: np.full((4, 2), np.inf), batch(scratch, 4)[1], 1,
              np.random.default_rng(0))  # fmt: skip


def test_a_discriminator_finds_p_over_p_plus_q():
    p, q = known.Mixture((-1.5, 1.0), 0.4), known.Mixture((0.0,), 1.0)
    x = np.linspace(-3, 3, 121)
    np.testing.assert_allclose(np.trapezoid(p.density(x), x), 1, atol=1e-3)
    assert abs(p.draw(4000, np.random.default_rng(0)).mean() + 0.25) < 0.1
    torch.manual_seed(0)
    D = known.fit_discriminator(torch, p, q, 400, np.random.default_rng(0))
    best = optimal.optimal_discriminator(p.density(x), q.density(x))
    weight = p.density(x) + q.density(x)
    assert (np.abs(D(x) - best) * weight).sum() / weight.sum() < 0.05
    for centres, spread in (((), 1), ((0.0,), 0)):
        with pytest.raises(ValueError, match="spread > 0"):
            known.Mixture(centres, spread)


def test_digits():
    rng = np.random.default_rng(0)
    images = rng.random((60, 64))
    torch.manual_seed(0)
    game = digits.digit_game(torch)
    assert game.form.penalty == 3
    assert digits.learn(game, images, 8, rng).shape == (8, 2)
    made = game.sample(clouds.uniform_noise(10, digits.NOISE, rng))
    assert made.shape == (10, 64)
    assert ((made >= 0) & (made <= 1)).all()
    index, distance = digits.nearest(made, images)
    table = np.linalg.norm(made[:, None] - images, axis=2)
    np.testing.assert_array_equal(index, table.argmin(axis=1))
    np.testing.assert_allclose(distance, table.min(axis=1), rtol=1e-5)
    with pytest.raises(ValueError, match=r"\(N, 64\)"):
        digits.learn(game, images.reshape(-1, 8, 8), 8, rng)
