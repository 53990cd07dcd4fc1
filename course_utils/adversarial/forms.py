"""Five forms of the game, as losses on scores that either engine differentiates.

Scores have the shape (N, 1), or (S, N, 1) for S games side by side: losses are means over the N
examples, summed over games, so that each game gets the gradients that it would have alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

#: (engine, scores of real examples, scores of fakes) → loss.
Loss = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True)
class Form:
    """What both players minimise, and what keeps the critic from being steep."""

    name: str
    discriminator: Loss
    generator: Callable[[Any, Any], Any]
    clip: float | None = None
    penalty: float = 0.0


def _mean(values: Any) -> Any:
    return values.mean(-2).sum()  # over (…, N, 1)


def _log_discriminator(torch: Any, real: Any, fake: Any) -> Any:
    softplus = torch.nn.functional.softplus
    return _mean(softplus(-real)) + _mean(softplus(fake))


def _log_generator(torch: Any, fake: Any) -> Any:
    return -_mean(torch.nn.functional.softplus(fake))


def _non_saturating_generator(torch: Any, fake: Any) -> Any:
    return _mean(torch.nn.functional.softplus(-fake))


def _bounded_discriminator(torch: Any, real: Any, fake: Any) -> Any:
    return _mean(torch.sigmoid(fake)) - _mean(torch.sigmoid(real))


def _bounded_generator(torch: Any, fake: Any) -> Any:
    return -_mean(torch.sigmoid(fake))


def _critic(torch: Any, real: Any, fake: Any) -> Any:
    return _mean(fake) - _mean(real)


def _critic_generator(torch: Any, fake: Any) -> Any:
    return -_mean(fake)


#: By name: the log form (minimax), the same with the other loss for the generator, the critic form
#: with D = σ(s), and Wasserstein's with clipped weights or with a gradient penalty.
FORMS = {
    form.name: form
    for form in (
        Form("minimax", _log_discriminator, _log_generator),
        Form("non-saturating", _log_discriminator, _non_saturating_generator),
        Form("critic", _bounded_discriminator, _bounded_generator),
        Form("clipping", _critic, _critic_generator, clip=0.1),
        Form("penalty", _critic, _critic_generator, penalty=1.0),
    )
}


def penalty(torch: Any, discriminator: Any, real: Any, fake: Any, u: Any) -> Any:
    """Mean of (‖∂s/∂x‖ − 1)² at u x + (1 − u) x̃, differentiable by the discriminator's weights.

    Parameters
    ----------
    torch, discriminator
        The engine; a module from examples to scores.
    real, fake
        Examples (…, N, D); the fakes are constants.
    u
        Numbers from 0 to 1, (…, N, 1).
    """
    between = (u * real + (1 - u) * fake).detach().requires_grad_(True)  # (…, N, D)
    scores = discriminator(between)  # (…, N, 1)
    (slope,) = torch.autograd.grad(scores.sum(), [between], create_graph=True)
    # 1e-12: the square root has no derivative at 0, where a dead critic begins.
    norm = (slope.pow(2).sum(-1, keepdim=True) + 1e-12).sqrt()  # (…, N, 1)
    return _mean((norm - 1).pow(2))
