"""Small networks trained on data, to stand beside polynomials, Fourier sums and an SVM.

The engine, `torch` or `course_utils.scratch`, is the first argument, as it is of a model.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_utils.models import mlp
from course_utils.train import fit


def fit_curve(
    torch: Any,
    x: ArrayLike,
    y: ArrayLike,
    *,
    hidden: Sequence[int] = (20,),
    activation: str = "Tanh",
    steps: int = 2000,
    rate: float = 0.02,
    seed: int = 0,
) -> Callable[[ArrayLike], np.ndarray]:
    """Fit a network to points of a curve, by Adam on the squared error of all points.

    Parameters
    ----------
    torch
        The engine.
    x, y
        Points, (N,) each.
    hidden
        Units of the hidden layers.
    activation
        Name of a module of ``torch.nn``.
    steps, rate
        Number of steps and size of the first; it sinks to 0 along a cosine.
    seed
        Of the first weights. Sets the engine's own generator.

    Returns
    -------
    callable
        From an array of any shape to an array of that shape.

    Raises
    ------
    ValueError
        Where x and y are no two lists of N numbers.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"x and y should both be (N,), got {x.shape} and {y.shape}")
    model = _new_model(torch, (1, *hidden, 1), activation, seed)
    batch = torch.tensor(x[:, None]), torch.tensor(y[:, None])  # (N, 1) each
    _descend(torch, model, batch, torch.nn.functional.mse_loss, steps, rate)
    outputs = scores(torch, model)

    def curve(at: ArrayLike) -> np.ndarray:
        at = np.asarray(at, dtype=float)
        return outputs(at.reshape(-1, 1)).reshape(at.shape)

    return curve


def fit_classes(
    torch: Any,
    X: ArrayLike,
    y: ArrayLike,
    *,
    hidden: Sequence[int] = (8,),
    activation: str = "Tanh",
    steps: int = 400,
    rate: float = 0.05,
    seed: int = 0,
) -> Any:
    """Fit a network to labelled points, by Adam on the softmax cross-entropy of all points.

    Parameters
    ----------
    torch, hidden, activation, steps, rate, seed
        As in `fit_curve`.
    X, y
        Points (N, D) and classes 0 … K−1, (N,).

    Returns
    -------
    torch.nn.Sequential
        (N, D) → scores (N, K), in float64; `scores` and `representations` read it.

    Raises
    ------
    ValueError
        Where the shapes do not fit or a class is no whole number from 0 on.
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    if X.ndim != 2 or y.shape != X.shape[:1]:
        raise ValueError(f"X should be (N, D) and y (N,), got {X.shape} and {y.shape}")
    if y.dtype.kind not in "iub" or y.min() < 0:
        raise ValueError(f"classes should be whole numbers from 0 on, got {np.unique(y)}")
    y = y.astype(np.int64)
    model = _new_model(torch, (X.shape[1], *hidden, int(y.max()) + 1), activation, seed)
    loss = torch.nn.functional.cross_entropy
    _descend(torch, model, (torch.tensor(X), torch.tensor(y)), loss, steps, rate)
    return model


def scores(torch: Any, model: Any) -> Callable[[ArrayLike], np.ndarray]:
    """A model as a function of NumPy arrays, (N, D) → (N, K)."""
    return lambda X: representations(torch, model, X)[-1]


def representations(torch: Any, model: Any, X: ArrayLike) -> list[np.ndarray]:
    """The inputs and what every module of a sequential model makes of them.

    Parameters
    ----------
    torch, model
        The engine and a model made by `mlp`, in float64.
    X
        Inputs, shape (N, D).

    Returns
    -------
    list of ndarray
        Inputs (N, D), excitations and answers of each hidden layer, (N, H) each, scores (N, K).
    """
    steps = [torch.tensor(np.asarray(X, dtype=float))]
    with torch.no_grad():
        for module in model:
            steps.append(module(steps[-1]))
    return [step.detach().numpy() for step in steps]


def _new_model(torch: Any, sizes: Sequence[int], activation: str, seed: int) -> Any:
    torch.manual_seed(seed)
    return mlp(torch, sizes, activation).to(torch.float64)


def _descend(torch: Any, model: Any, batch: tuple, loss: Callable, steps: int, rate: float) -> None:
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    fit(torch, model, [batch], loss, optimizer, epochs=steps, scheduler=schedule, progress=False)
