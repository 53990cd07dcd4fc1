"""What the usual mistakes with principal components, angles and tied weights would give."""

from typing import Any

import numpy as np

from course_utils.autoencoders import linear
from course_utils.autoencoders.angles import principal_angles
from course_utils.autoencoders.pca import principal_components

#: {what is wrong, in words for the student: the result that it gives}
Values = dict[str, Any]


def aligned(V: Any, right: np.ndarray) -> Any:
    """The columns of V with the signs that bring them nearer to those of ``right``.

    The sign of a principal direction is free. What has another shape stays as it is.
    """
    try:
        found = np.asarray(V, dtype=float)
    except (TypeError, ValueError):
        return V
    if found.shape != right.shape:
        return V
    return found * np.where((found * right).sum(axis=0) < 0, -1, 1)


def mean(X: np.ndarray, k: int) -> Values:
    """Of the mean, for examples (N, D)."""
    V = _directions(X - X.mean(axis=0), k)
    return {
        "V came first; the results are mean, V and variances, in this order": V,
        "V came alone; the results are mean, V and variances, so many results": V[0],
        "the mean of each example was taken (axis 1); the mean example is over axis 0": (
            X.mean(axis=1)
        ),
        "the mean of all entries was taken; every column has a mean of its own": X.mean(),
        "the sum over the examples came back, not their mean": X.sum(axis=0),
    }


def directions(X: np.ndarray, k: int) -> Values:
    """Of the directions V (D, k), with signs as near to the right ones as they get."""
    right = principal_components(X, k).V
    centred = X - X.mean(axis=0)
    U, singular, Vt = np.linalg.svd(centred, full_matrices=False)
    per_example = X - X.mean(axis=1, keepdims=True)
    one_mean = X - X.mean()
    deviation = centred.std(axis=0)
    scaled = centred / np.where(deviation > 0, deviation, 1)
    found = {
        "the data were not centred: subtract the mean of each column before the SVD": (
            _directions(X, k)
        ),
        "the mean of each example was subtracted, not that of each column": (
            _directions(per_example, k)
        ),
        "one mean of all entries was subtracted; every column has its own": (
            _directions(one_mean, k)
        ),
        "the columns were divided by their standard deviation; that changes the directions": (
            _directions(scaled, k)
        ),
        "the directions with the smallest variance came back; sort by falling variance": (
            np.linalg.eigh(centred.T @ centred)[1][:, :k]
        ),
        "the right directions in the reverse order; the largest variance comes first": (
            right[:, ::-1]
        ),
        "columns of Vᵀ were taken; the directions are its rows (np.linalg.svd returns Vᵀ, not V)": (
            Vt[:, :k]
        ),
        "columns of U were taken: they have an entry for each example, a direction has D": U[:, :k],
        "the directions should have length 1; were they multiplied by the singular values?": (
            right * singular[:k]
        ),
    }
    return {text: aligned(value, right) for text, value in found.items()}


def variances(X: np.ndarray, k: int) -> Values:
    """Of the variances (k,)."""
    n, centred = len(X), X - X.mean(axis=0)
    singular = np.linalg.svd(centred, compute_uv=False)
    raw = np.linalg.svd(X, compute_uv=False)[:k]
    s = singular[:k]
    return {
        "the data were not centred: subtract the mean of each column before the SVD": raw**2 / n,
        "the singular values came back; a variance is their square, divided by N": s,
        "the 1/N is missing: squared singular values are sums over the examples": s**2,
        "divided by N − 1; here the variance is the mean over the N examples": s**2 / (n - 1),
        "singular values were divided by N without being squared": s / n,
        "standard deviations came back, not variances": s / np.sqrt(n),
        "divided by √N; squared singular values are divided by N": s**2 / np.sqrt(n),
        "all variances came back; only the first k are asked for": singular**2 / n,
        "shares of the total variance came back, not variances": s**2 / (singular**2).sum(),
        "the largest variance comes first": (s**2 / n)[::-1],
    }


def angles(A: np.ndarray, B: np.ndarray, got: Any) -> Values:
    """Of the angles between the spaces of two bases (D, k), given the answer ``got``."""
    right = principal_angles(A, B)
    P, Q = np.linalg.qr(A)[0], np.linalg.qr(B)[0]
    a, b = A / np.linalg.norm(A, axis=0), B / np.linalg.norm(B, axis=0)
    cosines = np.linalg.svd(P.T @ Q, compute_uv=False)

    def arccos(values: np.ndarray) -> np.ndarray:
        return np.sort(np.arccos(np.clip(values, -1, 1)))

    found = {
        "the cosines came back, not the angles: take arccos": cosines,
        "the angles should ascend": right[::-1],
        "the singular values of AᵀB are cosines only where A and B have orthonormal columns": (
            arccos(np.linalg.svd(A.T @ B, compute_uv=False))
        ),
        "the columns were given length 1, but they are not at right angles to each other: make "
        "them orthonormal (QR)": arccos(np.linalg.svd(a.T @ b, compute_uv=False)),
        "each column was compared with its partner; a subspace has many bases, so take singular "
        "values": arccos((a * b).sum(axis=0)),
        "the diagonal of PᵀQ was taken, which depends on the bases; take its singular values": (
            arccos(np.diag(P.T @ Q))
        ),
        "only one of the two bases was made orthonormal": (
            arccos(np.linalg.svd(P.T @ B, compute_uv=False))
        ),
        "the singular values were squared, as eigenvalues of (PᵀQ)ᵀPᵀQ are: take a root before "
        "arccos": arccos(cosines**2),
        "sines came back, not angles": np.sin(right),
        "arccos of the entries of PᵀQ came back; take its singular values first": (
            np.arccos(np.clip(P.T @ Q, -1, 1))
        ),
    }
    if got is not None and np.shape(got) == right.shape and np.isnan(np.array(got, float)).any():
        singular = np.linalg.svd(A.T @ B, compute_uv=False)
        if right[np.isnan(np.array(got, float))].max() > 1e-3:  # more than rounding
            with np.errstate(invalid="ignore"):
                found[
                    "NaN, as the singular values of AᵀB are larger than 1: they are cosines only "
                    "where A and B have orthonormal columns"
                ] = np.arccos(singular)
        found[
            "rounding made a cosine a little larger than 1, and its arccos is NaN: use np.clip"
        ] = np.where(np.isnan(np.array(got, float)), np.nan, right)
    return found


def tied_loss(X: np.ndarray, W: np.ndarray) -> Values:
    """Of the loss of a tied linear autoencoder: X (N, D), W (K, D)."""
    right = linear.tied_loss(X, W)
    n, d = X.shape
    squared = ((X @ W.T @ W - X) ** 2).sum(axis=1)
    turned = {}
    if len(W) == d:  # else the shapes do not fit
        turned["W was turned round: with examples in rows, the codes are X @ W.T"] = (
            (X @ W @ W.T - X) ** 2
        ).sum() / n
    return turned | {
        "the mean over all N·D entries was taken: sum over the entries, mean over the examples": (
            right / d
        ),
        "the 1/N is missing: summed over the examples instead of averaged": right * n,
        "a factor ½ too many: the loss is the mean of ‖x − x̂‖²": right / 2,
        "the distances were not squared": np.sqrt(squared).mean(),
        "the squared size of x̂ was taken; subtract x first": (
            ((X @ W.T @ W) ** 2).sum(axis=1).mean()
        ),
        "the codes were compared with nothing: decode with Wᵀ before comparing with x": (
            ((X @ W.T) ** 2).sum(axis=1).mean()
        ),
    }


def tied_gradient(X: np.ndarray, W: np.ndarray) -> Values:
    """Of its gradient by W (K, D)."""
    n, d = X.shape
    H = X @ W.T
    R = H @ W - X
    decoder, encoder = H.T @ R * 2 / n, (R @ W.T).T @ X * 2 / n
    right = decoder + encoder
    turned = {}
    if len(W) == d:  # else the shapes do not fit
        turned = {
            "the encoder's path is transposed: each unit has a row": decoder + encoder.T,
            "the decoder's path is transposed: each unit has a row": decoder.T + encoder,
        }
    return turned | {
        "the encoder's path is missing: W is also in h = Wx": decoder,
        "the decoder's path is missing: W is also in x̂ = Wᵀh": encoder,
        "the decoder's path was doubled; the encoder's path is another matrix": 2 * decoder,
        "the encoder's path was doubled; the decoder's path is another matrix": 2 * encoder,
        "the 1/N is missing: summed over the examples instead of averaged": right * n,
        "the factor 2 of the square is missing": right / 2,
        "the mean over all N·D entries was taken: the loss sums over the entries": right / d,
        "the sign is flipped: the residual is x̂ − x": -right,
        "the two paths were subtracted; the chain rule adds them": decoder - encoder,
    }


def _directions(X: np.ndarray, k: int) -> np.ndarray:
    return np.linalg.svd(X, full_matrices=False)[2][:k].T
