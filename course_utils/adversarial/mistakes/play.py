"""What the usual mistakes in the players' steps would give.

Each function takes the arguments of a question and gives {description: value}.
"""

import math

import numpy as np

from course_utils.adversarial import bilinear
from course_utils.adversarial.line_game import (
    Players,
    alternating_step,
    discriminator_gradient,
    generate,
    generator_gradient,
    scores,
    simultaneous_step,
)
from course_utils.adversarial.losses import saturating_slopes, sigmoid
from course_utils.adversarial.mistakes.scores import Values


def alternating(p: Players, x: np.ndarray, z: np.ndarray, eta: float) -> Values:
    """Of `line_game.alternating_step`, as (a, b, w, c)."""
    right = alternating_step(p, x, z, eta)
    n, m = len(x), len(z)
    d_w, d_c = discriminator_gradient(p, x, z)
    d_a, d_b = generator_gradient(right._replace(a=p.a, b=p.b), z)  # as the new discriminator says
    through = sigmoid(scores(p, generate(p, z))) * p.w / m  # ∂L_D/∂G(z), (M,)
    leak_a, leak_b = float(through @ z), float(through.sum())
    leaked = p._replace(a=p.a - eta * leak_a, b=p.b - eta * leak_b)
    up = p._replace(w=p.w + eta * d_w, c=p.c + eta * d_c)
    generator_first = p._replace(
        a=p.a - eta * generator_gradient(p, z)[0], b=p.b - eta * generator_gradient(p, z)[1]
    )

    def answered(discriminator: Players, k: float = 1.0) -> Players:
        """The generator's step of size k η against this discriminator."""
        g_a, g_b = generator_gradient(discriminator, z)
        return discriminator._replace(
            a=discriminator.a - k * eta * g_a, b=discriminator.b - k * eta * g_b
        )

    def first(gradient: tuple[float, float]) -> Players:
        """The whole round, where the discriminator's gradient is this one."""
        return answered(p._replace(w=p.w - eta * gradient[0], c=p.c - eta * gradient[1]))

    new = right._replace(a=p.a, b=p.b)
    fake_scores = scores(new, generate(new, z))
    d_fake = (sigmoid(fake_scores) - 1) / m  # ∂L_G/∂s, (M,)
    own_w, own_c = float(d_fake @ generate(new, z)), float(d_fake.sum())
    saturating = saturating_slopes(fake_scores) * new.w
    summed_D = p._replace(
        w=p.w - eta * _sums(p, x, z)[0],
        c=p.c - eta * _sums(p, x, z)[1],
    )
    exchanged = _labels_exchanged(p, x, z)
    only_fakes = _part(p, x, z, real=False)
    only_real = _part(p, x, z, real=True)
    old_slope = (sigmoid(scores(p, generate(p, z))) - 1) / m
    half_moved = p._replace(w=right.w)
    late_c = p.c - eta * discriminator_gradient(half_moved, x, z)[1]
    late_b = p.b - eta * generator_gradient(right._replace(b=p.b), z)[1]
    return {
        "the generator met the old discriminator; it answers the new one": simultaneous_step(
            p, x, z, eta
        ),
        "the generator moved first; the discriminator does": first(
            discriminator_gradient(generator_first, x, z)
        )._replace(a=generator_first.a, b=generator_first.b),
        "the discriminator's loss moved the generator too: its fakes are constants (detach)": (
            right._replace(a=right.a - eta * leak_a, b=right.b - eta * leak_b)
        ),
        "the discriminator's loss moved the generator before its turn: detach the fakes": (
            answered(leaked._replace(w=right.w, c=right.c))
        ),
        "the generator's loss moved the discriminator too; only a and b move on its turn": (
            right._replace(w=right.w - eta * own_w, c=right.c - eta * own_c)
        ),
        "the generator followed the discriminator's loss, not its own": right._replace(
            a=p.a - eta * _leak(new, z)[0], b=p.b - eta * _leak(new, z)[1]
        ),
        "the discriminator went uphill on its loss; each player goes down its own": answered(up),
        "the generator went uphill on its loss; each player goes down its own": right._replace(
            a=p.a + eta * d_a, b=p.b + eta * d_b
        ),
        "both players went uphill; each goes down its own loss": answered(up, -1.0),
        "the generator lost log(1 − D); the loss of this question is −log D": right._replace(
            a=p.a - eta * float(saturating @ z), b=p.b - eta * float(saturating.sum())
        ),
        "the gradients were summed over the examples; take means, for both players": answered(
            summed_D, m
        ),
        "the discriminator's gradient was summed; take the mean of each batch": answered(summed_D),
        "the generator's gradient was summed; take the mean": right._replace(
            a=p.a - m * eta * d_a, b=p.b - m * eta * d_b
        ),
        "real and fake are exchanged in the discriminator's loss": first(exchanged),
        "the discriminator learnt from the fakes only": first(only_fakes),
        "the discriminator learnt from the real examples only": first(only_real),
        "the factor w is missing: the generator's gradient passes through the score w x + c": (
            right._replace(a=p.a - eta * float(d_fake @ z), b=p.b - eta * float(d_fake.sum()))
        ),
        "the factor z is missing in the gradient by a": right._replace(a=p.a - eta * d_b),
        "the generator's gradient used the old w in w x + c": right._replace(
            a=p.a - eta * float(d_fake @ z) * p.w, b=p.b - eta * float(d_fake.sum()) * p.w
        ),
        "the fakes' old opinions were used; the new w and c give them new scores": right._replace(
            a=p.a - eta * new.w * float(old_slope @ z), b=p.b - eta * new.w * float(old_slope.sum())
        ),
        "c followed the new w; w and c move together, by the gradient at the old ones": answered(
            half_moved._replace(c=late_c)
        ),
        "b followed the new a; a and b move together, by the gradient at the old ones": (
            right._replace(b=late_b)
        ),
        "D and 1 − D are no slopes by the score: differentiate −log σ(s) and −log(1 − σ(s))": first(
            _opinions_for_slopes(p, x, z)
        ),
        "the discriminator was shown the noise z; its fakes are a z + b": first(
            _noise_shown(p, x, z)
        ),
        "the generator has not moved": right._replace(a=p.a, b=p.b),
        "the discriminator has not moved": answered(p),
        "the order is a, b, w, c": Players(right.w, right.c, right.a, right.b),
        "the gradients came back; the new values are asked for": Players(d_a, d_b, d_w, d_c),
    } | (
        {}
        if n == m
        else {
            "averaged over all N + M examples; take the mean of each batch": first(
                _all_at_once(p, x, z)
            )
        }
    )


def _slopes(p: Players, x: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fakes, and D − 1 on the real and D on the fake examples."""
    fake = generate(p, z)
    return fake, sigmoid(scores(p, x)) - 1, sigmoid(scores(p, fake))


def _sums(p: Players, x: np.ndarray, z: np.ndarray) -> tuple[float, float]:
    fake, real_slope, fake_slope = _slopes(p, x, z)
    return float(real_slope @ x + fake_slope @ fake), float(real_slope.sum() + fake_slope.sum())


def _all_at_once(p: Players, x: np.ndarray, z: np.ndarray) -> tuple[float, float]:
    by_w, by_c = _sums(p, x, z)
    return by_w / (len(x) + len(z)), by_c / (len(x) + len(z))


def _part(p: Players, x: np.ndarray, z: np.ndarray, *, real: bool) -> tuple[float, float]:
    fake, real_slope, fake_slope = _slopes(p, x, z)
    points, slope = (np.asarray(x), real_slope) if real else (fake, fake_slope)
    return float((slope * points).mean()), float(slope.mean())


def _labels_exchanged(p: Players, x: np.ndarray, z: np.ndarray) -> tuple[float, float]:
    fake, real_slope, fake_slope = _slopes(p, x, z)
    return (
        float(((real_slope + 1) * x).mean() + ((fake_slope - 1) * fake).mean()),
        float((real_slope + 1).mean() + (fake_slope - 1).mean()),
    )


def _opinions_for_slopes(p: Players, x: np.ndarray, z: np.ndarray) -> tuple[float, float]:
    fake, real_slope, fake_slope = _slopes(p, x, z)
    return (
        float(((real_slope + 1) * x).mean() + ((1 - fake_slope) * fake).mean()),
        float((real_slope + 1).mean() + (1 - fake_slope).mean()),
    )


def _noise_shown(p: Players, x: np.ndarray, z: np.ndarray) -> tuple[float, float]:
    return discriminator_gradient(p._replace(a=1.0, b=0.0), x, z)


def _leak(p: Players, z: np.ndarray) -> tuple[float, float]:
    """Gradient of the discriminator's loss by a and b."""
    through = sigmoid(scores(p, generate(p, z))) * p.w / len(z)
    return float(through @ z), float(through.sum())


def simultaneous(a: float, b: float, eta: float) -> Values:
    """Of `bilinear.simultaneous_step`."""
    return {
        "player two answered the new a: both move at once, from the old (a, b)": (
            bilinear.alternating_step(a, b, eta)
        ),
        "player one answered the new b: both move at once, from the old (a, b)": (
            a - eta * (b + eta * a),
            b + eta * a,
        ),
        "both went downhill; player two makes V large": (a - eta * b, b - eta * a),
        "both went uphill; player one makes V small": (a + eta * b, b + eta * a),
        "the players are exchanged: one makes V small, two makes it large": (
            a + eta * b,
            b - eta * a,
        ),
        "the derivative of a b by a is b, and by b it is a": (a - eta * a, b + eta * b),
        "that is a b times the step; the derivatives are b and a": (
            a - eta * a * b,
            b + eta * a * b,
        ),
        "the step size is missing": (a - b, b + a),
        "the gradients came back; the new a and b are asked for": (b, a),
        "only player one moved": (a - eta * b, b),
        "only player two moved": (a, b + eta * a),
        "b came first; return (a, b)": (b + eta * a, a - eta * b),
    }


def doubling(eta: float) -> Values:
    """Of the number of rounds after which simultaneous play has doubled its distance."""
    per_round = math.log(1 + eta**2) / 2
    exact = math.log(2) / per_round
    right = math.ceil(exact)
    found = {
        "the square root is missing: the *squared* distance grows by 1 + η² a round": math.ceil(
            exact / 2
        ),
        "rounded down; after that many rounds it has not doubled yet": math.floor(exact),
        "not rounded: rounds are whole": exact,
        "the distance grows by √(1 + η²) a round, not by 1 + η": math.ceil(
            math.log(2) / math.log(1 + eta)
        ),
        "that is 2 divided by the growth; it is multiplied every round, so a logarithm is needed": (
            math.ceil(2 / math.exp(per_round))
        ),
        "one round too many": right + 1,
        "that is when the squared distance is four times as large and more: 4 takes one doubling": (
            math.ceil(2 * exact)
        ),
    }
    return {text: value for text, value in found.items() if value != right}
