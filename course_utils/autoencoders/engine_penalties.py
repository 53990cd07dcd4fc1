"""Penalties for training: of engine tensors, so that they have derivatives."""

from collections.abc import Callable
from typing import Any


def l1(H: Any, lam: float) -> Any:
    """Mean over the examples of Σᵢ λ|hᵢ|.

    Parameters
    ----------
    H
        Codes, a tensor (N, K).
    lam
        Weight λ.
    """
    return lam * H.abs().sum(1).mean()


def contraction(H: Any, weight: Any) -> Any:
    """Mean over the examples of ‖∂h/∂x‖²_F for one layer of sigmoids.

    Parameters
    ----------
    H
        Its outputs, a tensor (N, K).
    weight
        Its weights, a tensor (K, D).
    """
    return ((H * (1 - H)) ** 2 @ (weight**2).sum(1)).mean()


def jacobian_penalty(torch: Any, encoder: Callable[[Any], Any], x: Any) -> Any:
    """Mean over the examples of ‖∂h/∂x‖²_F for any encoder: one backward pass for each unit.

    The gradient of each unit is recorded as well, so the penalty can be trained with.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    encoder
        A function of tensors, (N, D) → (N, K), that treats every example by itself.
    x
        Inputs, a tensor (N, D).
    """
    x = x.detach().requires_grad_()
    H = encoder(x)  # (N, K)
    total = 0.0
    for unit in range(H.shape[1]):
        (slope,) = torch.autograd.grad(H[:, unit].sum(), x, create_graph=True)  # (N, D)
        total = total + (slope**2).sum()
    return total / len(x)
