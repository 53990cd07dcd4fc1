"""Linear autoencoders: tied and untied, their gradient, their minima, and training on an engine."""

from typing import Any

import numpy as np

from course_utils.autoencoders.pca import principal_components
from course_utils.autoencoders.tables import table


def tied_loss(X: Any, W: Any) -> float:
    """Mean over the examples of ‖x − WᵀWx‖²: encoder h = Wx, decoder x̂ = Wᵀh.

    Parameters
    ----------
    X
        Centred examples, shape (N, D).
    W
        Weights, shape (K, D), used by the encoder and, transposed, by the decoder.

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    X, W = _fitting(X, W)
    return float(((X @ W.T @ W - X) ** 2).sum(axis=1).mean())


def tied_gradient(X: Any, W: Any) -> np.ndarray:
    """Gradient of `tied_loss` by W, which the chain rule meets twice: in encoder and decoder.

    Parameters
    ----------
    X, W
        As in `tied_loss`.

    Returns
    -------
    ndarray, shape (K, D)

    Raises
    ------
    ValueError
        Where the shapes do not fit.
    """
    X, W = _fitting(X, W)
    H = X @ W.T  # (N, K)
    R = H @ W - X  # (N, D), residuals
    from_decoder, from_encoder = H.T @ R, (R @ W.T).T @ X  # (K, D) each
    return 2 / len(X) * (from_decoder + from_encoder)


def optimal(X: Any, k: int, mixing: Any = None) -> tuple[np.ndarray, np.ndarray]:
    """A minimum of the linear autoencoder with its own decoder: any invertible mixing gives one.

    The encoder is A Vᵀ and the decoder V A⁻¹, where the columns of V are principal components of
    X: together always V Vᵀ (Baldi and Hornik, 1989).

    Parameters
    ----------
    X
        Examples, shape (N, D); they are centred here.
    k
        Units of the code.
    mixing
        A, shape (k, k), invertible; the identity where not given.

    Returns
    -------
    encoder, decoder
        Shapes (k, D) and (D, k), for centred examples.

    Raises
    ------
    ValueError
        Where X has no k components or A is not invertible.
    """
    V = principal_components(X, k).V  # (D, k)
    A = np.eye(k) if mixing is None else table(mixing, "the mixing matrix", k)
    if A.shape != (k, k) or np.linalg.matrix_rank(A) < k:
        raise ValueError(f"the mixing matrix should be {k} × {k} and invertible")
    return A @ V.T, V @ np.linalg.inv(A)


def train(
    torch: Any, X: Any, k: int, *, steps: int = 1500, rate: float = 0.02, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Train x̂ = D E x on the squared error with Adam, all examples at each step.

    Nothing in it knows of principal components. The learning rate falls to 0 along half a cosine.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    X
        Examples, shape (N, D); they are centred here.
    k
        Units of the code.
    steps, rate
        Number of steps, and the learning rate of the first.
    seed
        Of the first weights.

    Returns
    -------
    encoder, decoder
        E (k, D) and D (D, k), float64, for centred examples. The columns of D span the subspace
        that is learnt. Of E only what it does to data counts: weights of inputs that never vary
        stay as they began.

    Raises
    ------
    ValueError
        Where X is no table or k is less than 1.
    """
    X = table(X, "X")
    if k < 1 or steps < 1:
        raise ValueError(f"k and steps should be at least 1, got {k} and {steps}")
    centred = X - X.mean(axis=0)  # (N, D)
    # The loss sees X only through XᵀX, and D rows can have the same: as fast for any N.
    root = np.linalg.qr(centred)[1] if len(X) > X.shape[1] else centred  # RᵀR = XᵀX
    x = torch.tensor(root / np.sqrt(len(X)), dtype=torch.float64)  # (≤ D, D)
    torch.manual_seed(seed)
    encoder = (0.1 * torch.randn(k, X.shape[1], dtype=torch.float64)).requires_grad_()
    decoder = (0.1 * torch.randn(X.shape[1], k, dtype=torch.float64)).requires_grad_()
    optimizer = torch.optim.Adam([encoder, decoder], lr=rate)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = rate * (1 + np.cos(np.pi * step / steps)) / 2
        optimizer.zero_grad()
        loss = ((x @ encoder.T @ decoder.T - x) ** 2).sum()
        loss.backward()
        optimizer.step()
    return encoder.detach().numpy(), decoder.detach().numpy()


def _fitting(X: Any, W: Any) -> tuple[np.ndarray, np.ndarray]:
    W = table(W, "W")
    return table(X, "X", W.shape[1]), W
