"""Training an autoencoder: the input is its own target, however the input was spoilt."""

from collections.abc import Callable
from typing import Any

import numpy as np


def fit(
    torch: Any,
    model: Any,
    X: Any,
    *,
    epochs: int,
    batch: int = 64,
    rate: float = 0.005,
    seed: int = 0,
    corrupt: Callable[[np.ndarray, np.random.Generator], np.ndarray] | None = None,
    penalty: Callable[[Any, Any], Any] | None = None,
) -> list[float]:
    """Minimise the mean squared error per entry with Adam; the rate falls to 0 in a straight line.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    model
        A module with the parts ``encoder`` and ``decoder``; its weights are changed.
    X
        Examples, the first axis numbers them: (N, D), or (N, C, H, W) for images.
    epochs, batch, rate
        Passes over the examples, examples a step, and Adam's first learning rate.
    seed
        Of the order of the examples and of the corruption. (The first weights were drawn before.)
    corrupt
        Spoils a batch: (clean array, rng) → array. The target stays clean.
    penalty
        Adds to the loss: (input tensor, code tensor) → tensor with one number.

    Returns
    -------
    list of float
        Mean of the whole loss in each epoch.

    Raises
    ------
    ValueError
        Where there are no examples, or epochs or batch are less than 1.
    FloatingPointError
        Where the loss is no longer finite.
    """
    X = np.asarray(X)
    if not len(X) or epochs < 1 or batch < 1:
        raise ValueError(f"{len(X)} examples, {epochs} epochs, batches of {batch}: too few")
    dtype = next(iter(model.parameters())).dtype
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    rng, losses = np.random.default_rng(seed), []
    for epoch in range(epochs):
        optimizer.param_groups[0]["lr"] = rate * (1 - epoch / epochs)
        order, total = rng.permutation(len(X)), 0.0
        for start in range(0, len(X), batch):
            clean = X[order[start : start + batch]]
            spoilt = clean if corrupt is None else corrupt(clean, rng)
            x, target = torch.tensor(spoilt, dtype=dtype), torch.tensor(clean, dtype=dtype)
            code = model.encoder(x)
            loss = ((model.decoder(code) - target) ** 2).mean()
            if penalty is not None:
                loss = loss + penalty(x, code)
            if not np.isfinite(loss.item()):
                raise FloatingPointError(f"the loss is {loss.item()} in epoch {epoch + 1}")
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(clean)
        losses.append(total / len(X))
    return losses


def encode(torch: Any, model: Any, X: Any) -> np.ndarray:
    """Codes of examples: (N, …) → (N, K)."""
    return _through(torch, model, model.encoder, X)


def decode(torch: Any, model: Any, H: Any) -> np.ndarray:
    """Reconstructions from codes: (N, K) → (N, …)."""
    return _through(torch, model, model.decoder, H)


def reconstruct(torch: Any, model: Any, X: Any) -> np.ndarray:
    """Reconstructions of examples: (N, …) → (N, …)."""
    return _through(torch, model, model, X)


def _through(torch: Any, model: Any, part: Any, values: Any) -> np.ndarray:
    dtype = next(iter(model.parameters())).dtype
    with torch.no_grad():
        return part(torch.tensor(np.asarray(values), dtype=dtype)).numpy()
