"""The same call on course_utils.scratch and on PyTorch: same numbers, same derivatives, same errors."""

import numpy as np
import pytest
import torch

import course_utils.scratch as scratch

ENGINES = (scratch, torch)


def numbers(*shape, seed=0, dtype=np.float64):
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


def given_to(engine, value, grad=True):
    """An array as a tensor of the engine (a leaf that requires a derivative, if of floats)."""
    if not isinstance(value, np.ndarray):
        return value
    tensor = engine.tensor(value)
    return tensor.requires_grad_() if grad and value.dtype.kind == "f" else tensor


def plain(tensor):
    return tensor.detach().numpy()


def agree(run, *arrays, forward=1e-10, backward=1e-6, grad=True):
    """Check that run(engine, *tensors) and its derivatives are PyTorch's; returns our result."""
    outcomes = []
    for engine in ENGINES:
        leaves = [given_to(engine, array, grad) for array in arrays]
        out = run(engine, *leaves)
        if out.requires_grad:
            weights = engine.tensor(numbers(*out.shape, seed=99).astype(plain(out).dtype))
            (out * weights).sum().backward()
        outcomes.append((out, leaves))
    (ours, our_leaves), (theirs, their_leaves) = outcomes
    assert tuple(ours.shape) == tuple(theirs.shape)
    assert str(ours.dtype) == str(theirs.dtype)
    assert ours.requires_grad == theirs.requires_grad
    np.testing.assert_allclose(plain(ours), plain(theirs), rtol=forward, atol=forward)
    for mine, other in zip(our_leaves, their_leaves, strict=True):
        if isinstance(other, torch.Tensor) and other.grad is not None:
            assert mine.grad is not None
            np.testing.assert_allclose(
                mine.grad.numpy(), other.grad.numpy(), rtol=backward, atol=backward
            )
    return ours


def same_error(run, ours=None):
    """Check that run(engine) raises the exception type that PyTorch raises; returns both messages."""
    with pytest.raises(Exception) as theirs:  # noqa: PT011
        run(torch)
    with pytest.raises(ours or theirs.type) as mine:
        run(scratch)
    assert mine.type is (ours or theirs.type), (
        f"{mine.type} instead of {theirs.type}: {theirs.value}"
    )
    return str(mine.value), str(theirs.value)
