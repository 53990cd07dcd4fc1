import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from torch.nn.functional import binary_cross_entropy_with_logits, logsigmoid

from course_utils.adversarial import losses

SCORES = arrays(float, st.integers(1, 8), elements=st.floats(-1000, 1000))


@settings(deadline=None, max_examples=60)
@given(SCORES, SCORES)
def test_losses_are_pytorchs(real, fake):
    r, f = torch.tensor(real), torch.tensor(fake)
    cross_entropy = binary_cross_entropy_with_logits
    expected = cross_entropy(r, torch.ones_like(r)) + cross_entropy(f, torch.zeros_like(f))
    assert losses.discriminator_loss(real, fake) == pytest.approx(expected.item())
    assert losses.saturating_loss(fake) == pytest.approx(logsigmoid(-f).mean().item())
    assert losses.non_saturating_loss(fake) == pytest.approx(-logsigmoid(f).mean().item())
    assert losses.critic_loss(real, fake) == pytest.approx((f.mean() - r.mean()).item())


@settings(deadline=None, max_examples=60)
@given(SCORES, SCORES)
def test_slopes_are_pytorchs(real, fake):
    r, f = (torch.tensor(v, requires_grad=True) for v in (real, fake))
    softplus = torch.nn.functional.softplus
    loss = softplus(-r).mean() + softplus(f).mean()
    for got, expected in zip(
        losses.discriminator_slopes(real, fake), torch.autograd.grad(loss, (r, f)), strict=True
    ):
        np.testing.assert_allclose(got, expected.numpy(), rtol=1e-6, atol=1e-8)
    for function, value in [
        (losses.saturating_slopes, logsigmoid(-f).mean()),
        (losses.non_saturating_slopes, -logsigmoid(f).mean()),
    ]:
        expected = torch.autograd.grad(value, f)[0].numpy()
        np.testing.assert_allclose(function(fake), expected, rtol=1e-6, atol=1e-8)


def test_by_hand():
    assert losses.discriminator_loss([0.0], [0.0, 0.0]) == pytest.approx(np.log(4))
    assert losses.discriminator_loss([np.log(3)], [0.0]) == pytest.approx(np.log(8 / 3))
    np.testing.assert_allclose(losses.sigmoid([0, -1000, 1000]), [0.5, 0, 1])


def test_where_a_fake_is_seen_only_one_of_the_two_losses_has_a_slope():
    assert abs(losses.saturating_slopes([-10.0])[0]) < 1e-4
    assert losses.non_saturating_slopes([-10.0])[0] == pytest.approx(-1, abs=1e-4)


@pytest.mark.parametrize("bad", [[], [[1.0]], 1.0, [np.nan], [np.inf]])
def test_scores_are_checked(bad):
    for call in (
        lambda: losses.discriminator_loss([1.0], bad),
        lambda: losses.discriminator_slopes(bad, [1.0]),
        lambda: losses.saturating_loss(bad),
        lambda: losses.non_saturating_slopes(bad),
        lambda: losses.critic_loss(bad, [1.0]),
    ):
        with pytest.raises(ValueError, match="vector of finite scores"):
            call()
