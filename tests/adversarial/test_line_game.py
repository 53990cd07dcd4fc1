import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import logsigmoid

from course_utils.adversarial import line_game
from course_utils.adversarial.line_game import Players


@st.composite
def games(draw):
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    n, m = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    players = Players(*(float(v) for v in rng.normal(size=4)))
    return players, rng.normal(1, 1, size=n), rng.random(m)


def by_pytorch(players, x, z):
    """Losses and the gradient of each player's own, by autograd."""
    a, b, w, c = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in players)
    x, z = torch.tensor(x), torch.tensor(z)
    fake = a * z + b
    loss_D = -logsigmoid(w * x + c).mean() - logsigmoid(-(w * fake.detach() + c)).mean()
    loss_G = -logsigmoid(w * fake + c).mean()
    return loss_D, loss_G, torch.autograd.grad(loss_D, (w, c)), torch.autograd.grad(loss_G, (a, b))


@settings(deadline=None, max_examples=60)
@given(games())
def test_losses_and_gradients_are_pytorchs(game):
    players, x, z = game
    loss_D, loss_G, grad_D, grad_G = by_pytorch(*game)
    assert line_game.losses(*game) == pytest.approx((loss_D.item(), loss_G.item()))
    found = line_game.discriminator_gradient(players, x, z)
    assert found == pytest.approx([g.item() for g in grad_D], abs=1e-12)
    found = line_game.generator_gradient(players, z)
    assert found == pytest.approx([g.item() for g in grad_G], abs=1e-12)


@settings(deadline=None, max_examples=60)
@given(games())
def test_the_generator_answers_the_new_discriminator(game):
    players, x, z = game
    _, _, (d_w, d_c), (d_a, d_b) = by_pytorch(players, x, z)
    moved = players._replace(w=players.w - 0.3 * d_w.item(), c=players.c - 0.3 * d_c.item())
    _, _, _, (e_a, e_b) = by_pytorch(moved, x, z)
    expected = (players.a - 0.3 * e_a.item(), players.b - 0.3 * e_b.item(), moved.w, moved.c)
    assert line_game.alternating_step(players, x, z, 0.3) == pytest.approx(expected)
    expected = (players.a - 0.3 * d_a.item(), players.b - 0.3 * d_b.item(), moved.w, moved.c)
    assert line_game.simultaneous_step(players, x, z, 0.3) == pytest.approx(expected)
