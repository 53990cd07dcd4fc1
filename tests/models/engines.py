"""What tests of a model need of both engines."""

import importlib

import numpy as np
import torch

ENGINES = ["torch", "course_utils.scratch"]


def engine(name):
    return importlib.import_module(name)


def count(model):
    return sum(p.numel() for p in model.parameters())


def shapes(model):
    return {key: tuple(value.shape) for key, value in model.state_dict().items()}


def same_numbers(build, *shape):
    """Outputs, gradients and buffers of both engines, from PyTorch's weights, in float64."""
    scratch = engine("course_utils.scratch")
    rng = np.random.default_rng(0)
    x = rng.standard_normal(shape)
    theirs, ours = build(torch).to(torch.float64), build(scratch).to(scratch.float64)
    weights = {key: value.numpy() for key, value in theirs.state_dict().items()}
    ours.load_state_dict({key: scratch.tensor(value) for key, value in weights.items()})

    found = []
    for engine_, model in (torch, theirs), (scratch, ours):
        inputs = engine_.tensor(x, requires_grad=True)
        out = model(inputs)
        (
            out * engine_.linspace(-1, 1, out.numel(), dtype=engine_.float64).reshape(out.shape)
        ).sum().backward()
        gradients = {name: p.grad.numpy() for name, p in model.named_parameters()}
        state = {key: value.numpy() for key, value in model.state_dict().items()}
        found.append(
            {
                "out": out.detach().numpy(),
                "x": inputs.grad.numpy(),
                **state,
                **{f"d{k}": v for k, v in gradients.items()},
            }
        )
    theirs, ours = found
    assert theirs.keys() == ours.keys()
    for key in theirs:
        np.testing.assert_allclose(ours[key], theirs[key], rtol=1e-10, atol=1e-10, err_msg=key)
