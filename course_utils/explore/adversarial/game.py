"""The game of `AdversarialPlay`, move for move, played by the course's own `Game`.

The explorable plays in JavaScript, with gradients written by hand. Here the same batches meet the
same first weights on an engine with automatic gradients, so that each can check the other.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from course_utils.adversarial.coverage import mode_counts
from course_utils.adversarial.forms import FORMS
from course_utils.adversarial.game import Game
from course_utils.models.adversarial import discriminator, generator

BATCH, NOISE, HIDDEN = 32, 2, 16
SPREAD = 0.08  # of the data around each centre
NEAR = 3 * SPREAD
LEAST = 2  # probes near a centre that counts as reached
PROBES = 200
CLIP = 0.2  # less leaves too little to a critic of 16 units a layer


class Uniform:
    """Numbers in [0, 1) that JavaScript draws, too: mulberry32, whose state has 32 bits."""

    def __init__(self, seed: int) -> None:
        self.state = seed % 2**32

    def __call__(self, *shape: int) -> np.ndarray:
        """Return the next numbers in this shape."""
        counter = np.arange(1, int(np.prod(shape)) + 1, dtype=np.uint64)
        t = ((self.state + 0x6D2B79F5 * counter) % 2**32).astype(np.uint32)
        self.state = int(t[-1]) if t.size else self.state
        t = (t ^ (t >> 15)) * (t | 1)  # modulo 2³², as everything below
        t ^= t + (t ^ (t >> 7)) * (t | 61)
        return ((t ^ (t >> 14)) / 2**32).reshape(shape)


class Move(NamedTuple):
    """Who moved, "D" or "G", and that player's loss on its batch before the move."""

    who: str
    loss: float


class PlaneGame:
    """Generator and discriminator of 2 × 16 hidden units, and the source of all random numbers.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    centres
        (K, 2): the data are equal parts of normal distributions around them, of spread 0.08.
    form
        Name of one of the five `FORMS`.
    rate
        Adam's step size for both players.
    critic_moves
        How many moves the discriminator has for one of the generator.
    seed
        Fixes the weights at the start and all batches.
    """

    def __init__(
        self,
        torch: Any,
        centres: Sequence[Sequence[float]],
        form: str = "non-saturating",
        rate: float = 0.004,
        critic_moves: int = 1,
        seed: int = 1,
    ) -> None:
        self.torch, self.critic_moves, self.moves = torch, critic_moves, 0
        self.centres = np.array(centres, dtype=float).reshape(-1, 2)  # (K, 2)
        self.source, probing = Uniform(seed), Uniform(seed + 1000003)
        G = generator(torch, (NOISE, HIDDEN, HIDDEN, 2)).to(torch.float64)
        D = discriminator(torch, (2, HIDDEN, HIDDEN, 1)).to(torch.float64)
        self._draw_weights(G, centred=True)
        self._draw_weights(D, centred=False)
        rules = replace(FORMS[form], clip=CLIP) if FORMS[form].clip else FORMS[form]
        self.players = Game(torch, rules, G, D, rate=rate, betas=(0.5, 0.9))
        self.probes = probing(PROBES, NOISE)
        self.shown = self.real_points(probing, PROBES) if len(self.centres) else np.empty((0, 2))

    def _draw_weights(self, network: Any, *, centred: bool) -> None:
        """As the models begin, but from this source; `centred`: the first layer sees 2z − 1."""
        for layer in (network[0], network[2], network[4]):
            fan_out, fan_in = layer.weight.shape
            bound = np.sqrt(3 / fan_in)
            W = bound * (2 * self.source(fan_out, fan_in) - 1)
            b = bound * (2 * self.source(fan_out) - 1)
            if centred and layer is network[0]:
                W, b = 2 * W, b - W[:, 0] - W[:, 1]
            with self.torch.no_grad():
                layer.weight.copy_(self.torch.tensor(W))
                layer.bias.copy_(self.torch.tensor(b))

    def real_points(self, source: Uniform, n: int) -> np.ndarray:
        """Real points (n, 2)."""
        u = source(n, 3)  # which centre, then the two numbers of Box and Muller
        centre = self.centres[np.floor(u[:, 0] * len(self.centres)).astype(int)]  # (n, 2)
        radius, angle = np.sqrt(-2 * np.log(1 - u[:, 1])), 2 * np.pi * u[:, 2]
        return centre + SPREAD * np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)

    def move(self) -> Move:
        """Let the player whose turn it is make one move."""
        tensor = self.torch.tensor
        who = "D" if self.moves % (self.critic_moves + 1) < self.critic_moves else "G"
        self.moves += 1
        if who == "G":
            return Move(who, self.players.generator_step(tensor(self.source(BATCH, NOISE))))
        real, noise = self.real_points(self.source, BATCH), self.source(BATCH, NOISE)
        u = tensor(self.source(BATCH, 1)) if self.players.form.penalty else None
        return Move(who, self.players.discriminator_step(tensor(real), tensor(noise), u))

    def standing(self) -> dict[str, float]:
        """What the explorable shows, measured on its 200 probes; D's loss without the penalty."""
        torch, form, points = self.torch, self.players.form, self.players.sample(self.probes)
        real, fake = (torch.tensor(self.players.scores(x)[:, None]) for x in (self.shown, points))
        counts = mode_counts(points, self.centres, NEAR)  # (K,)
        return {
            "loss_D": form.discriminator(torch, real, fake).item(),
            "loss_G": form.generator(torch, fake).item(),
            "reached": int((counts >= LEAST).sum()),
            "near": int(counts.sum()),
            "pull": float(np.linalg.norm(self.players.pulls(points), axis=1).mean()),
        }
