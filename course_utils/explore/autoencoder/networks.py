"""The three autoencoders of AutoencoderPlay, trained when they are first asked for."""

from functools import cache
from typing import Any

import numpy as np

import course_utils.scratch as torch
from course_utils import data
from course_utils.autoencoders.corruption import add_noise
from course_utils.autoencoders.pca import principal_components
from course_utils.autoencoders.training import fit
from course_utils.models.autoencoder import autoencoder

UNSEEN = 300  # the first digits of the bundled set: no network learns from them
HIDDEN = (40, 20)  # units before the code; after it, the same in reverse
CODE = 2
EPOCHS, BATCH, RATE = 50, 64, 0.01
NOISE = 0.3  # standard deviation of the noise on the inputs of "denoising"

#: What a layer may end in, by the name it has in ``networks``.
ACTIVATIONS = {
    "none": lambda a: a,
    "tanh": np.tanh,
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
}


def _layer(weight: np.ndarray, bias: np.ndarray, activation: str, decimals: int) -> dict[str, Any]:
    """A layer σ(Wx + b) as plain numbers: W (outputs, inputs), b (outputs,)."""
    rows = np.asarray(weight, float).round(decimals) + 0.0  # no −0.0
    return {
        "weight": rows.tolist(),
        "bias": (np.asarray(bias, float).round(decimals) + 0.0).tolist(),
        "activation": activation,
    }


def _linear(ink: np.ndarray) -> list[dict[str, Any]]:
    """Principal components of ``ink`` (N, 64) as an encoder and a decoder without activation."""
    found = principal_components(ink, CODE)
    V, mean = found.V, found.mean  # (64, 2), (64,)
    return [_layer(V.T, -V.T @ mean, "none", 6), _layer(V, mean, "none", 6)]


def _deep(ink: np.ndarray, noise: float) -> list[dict[str, Any]]:
    """Train 64 → 40 → 20 → 2 → 20 → 40 → 64 to give ``ink`` back from a noisy copy of it."""
    torch.manual_seed(0)
    model = autoencoder(torch, (ink.shape[1], *HIDDEN, CODE), activation="Tanh", output="Sigmoid")

    def corrupt(clean: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        return add_noise(clean, noise, rng)

    fit(torch, model, ink, epochs=EPOCHS, batch=BATCH, rate=RATE, corrupt=corrupt)
    linear = [part for part in model.modules() if isinstance(part, torch.nn.Linear)]
    tanh = ["tanh"] * len(HIDDEN)
    ends = [*tanh, "none", *tanh, "sigmoid"]
    return [
        _layer(layer.weight.detach().numpy(), layer.bias.detach().numpy(), end, 4)
        for layer, end in zip(linear, ends, strict=True)
    ]


@cache
def networks() -> dict[str, list[dict[str, Any]]]:
    """Return the layers of each autoencoder, first to last; some seconds at the first call.

    Returns
    -------
    dict
        "linear": PCA. "deep": two hidden layers on either side of the code. "denoising": the same,
        trained to give clean digits back from noisy ones. The first half of the layers encodes.
    """
    ink = data.digits()[0][UNSEEN:].astype("float32")  # (1497, 64)
    return {
        "linear": _linear(ink.astype(float)),
        "deep": _deep(ink, 0),
        "denoising": _deep(ink, NOISE),
    }


@cache
def unseen_digits() -> list[list[Any]]:
    """Return the digits that no network has seen: each its ink as 64 letters, and what it is.

    A letter is the ink of a pixel to the base 17: 0 for none, g for 16, row by row.
    """
    ink, digit = data.digits()
    letters = np.array(list("0123456789abcdefg"))
    rows = letters[np.rint(16 * ink[:UNSEEN]).astype(int)]  # (300, 64)
    return [["".join(row), int(d)] for row, d in zip(rows, digit[:UNSEEN], strict=True)]


@cache
def noise_patterns() -> list[list[float]]:
    """Return eight draws of 64 standard normal numbers, shape (8, 64), to three decimals."""
    return np.random.default_rng(14).normal(size=(8, 64)).round(3).tolist()


def run(layers: list[dict[str, Any]], x: np.ndarray) -> np.ndarray:
    """Pass inputs (..., inputs) through layers; gives (..., outputs)."""
    for layer in layers:
        a = np.asarray(x) @ np.array(layer["weight"]).T + np.array(layer["bias"])
        x = ACTIVATIONS[layer["activation"]](a)
    return x
