import numpy as np
import pytest
import torch
from torch.nn import functional as F

from course_utils.autoencoders import training
from course_utils.data import digits
from course_utils.models.autoencoder import autoencoder
from course_utils.models.convolutional_autoencoder import convolutional_autoencoder
from course_utils.scratch import arrays

from .engines import ENGINES, count, engine, same_numbers, shapes


@pytest.mark.parametrize("name", ENGINES)
def test_parameters_and_shapes(name):
    model = autoencoder(engine(name), (64, 40, 2), "Tanh", output="Sigmoid")
    assert count(model) == (64 + 1) * 40 + (40 + 1) * 2 + (2 + 1) * 40 + (40 + 1) * 64
    assert shapes(model) == shapes(autoencoder(torch, (64, 40, 2)))
    x = engine(name).zeros(3, 64)
    assert tuple(model.encoder(x).shape) == (3, 2)
    assert tuple(model(x).shape) == (3, 64)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("code", [2, 8])
def test_convolutional_parameters_and_shapes(name, code):
    model = convolutional_autoencoder(engine(name), code)
    down = (16 * 1 + 1) * 8 + (16 * 8 + 1) * 16 + (64 + 1) * code
    up = (code + 1) * 64 + (16 * 16 * 8 + 8) + (16 * 8 * 1 + 1)
    assert count(model) == down + up
    assert shapes(model) == shapes(convolutional_autoencoder(torch, code))
    x = engine(name).zeros(3, 1, 8, 8)
    assert tuple(model.encoder(x).shape) == (3, code)
    assert tuple(model(x).shape) == (3, 1, 8, 8)


def test_it_is_the_formula():
    model = autoencoder(torch, (6, 4, 3), "Tanh", code="Sigmoid")
    w1, b1, w2, b2, w3, b3, w4, b4 = model.parameters()
    x = torch.randn(5, 6)
    code = torch.sigmoid(F.linear(torch.tanh(F.linear(x, w1, b1)), w2, b2))
    torch.testing.assert_close(model.encoder(x), code)
    torch.testing.assert_close(model(x), F.linear(torch.tanh(F.linear(code, w3, b3)), w4, b4))


def test_the_convolutional_one_is_the_formula():
    model = convolutional_autoencoder(torch, 5, (3, 4))
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5, w6, b6 = model.parameters()
    x = torch.rand(2, 1, 8, 8)
    h = torch.relu(F.conv2d(x, w1, b1, stride=2, padding=1))
    h = torch.relu(F.conv2d(h, w2, b2, stride=2, padding=1)).reshape(2, 16)
    h = torch.relu(F.linear(F.linear(h, w3, b3), w4, b4)).reshape(2, 4, 2, 2)
    h = torch.relu(F.conv_transpose2d(h, w5, b5, stride=2, padding=1))
    torch.testing.assert_close(
        model(x), torch.sigmoid(F.conv_transpose2d(h, w6, b6, stride=2, padding=1))
    )


def test_without_activation_it_is_linear():
    model = autoencoder(torch, (6, 4, 2), None)
    assert [type(layer).__name__ for layer in model.encoder] == ["Linear", "Linear"]


@pytest.mark.parametrize(
    ("sizes", "activation", "says"),
    [((4,), "ReLU", "two or more"), ((4, 0), "ReLU", "positive"), ((4, 3, 2), "Relu", "no module")],
)
def test_bad_sizes_and_activations(sizes, activation, says):
    with pytest.raises(ValueError, match=says):
        autoencoder(torch, sizes, activation)


@pytest.mark.parametrize("name", ENGINES)
def test_other_images_are_refused(name):
    with pytest.raises(ValueError, match=r"not \(3, 1, 9, 8\)"):
        convolutional_autoencoder(engine(name))(engine(name).zeros(3, 1, 9, 8))
    with pytest.raises(ValueError, match="must be positive"):
        convolutional_autoencoder(torch, 0)


@pytest.mark.parametrize("holder", ["numpy", "torch"])
def test_both_engines_give_the_same_numbers(holder):
    with arrays.library(holder):
        same_numbers(lambda torch: autoencoder(torch, (9, 7, 3), "Tanh", output="Sigmoid"), 4, 9)
        same_numbers(lambda torch: convolutional_autoencoder(torch, 3), 3, 1, 8, 8)


def trained(engine, **how):
    X = digits()[0][:200]
    engine.manual_seed(0)
    model = autoencoder(engine, (64, 20, 6), "Tanh", output="Sigmoid")
    losses = training.fit(engine, model, X, epochs=3, **how)
    return losses, training.reconstruct(engine, model, X), training.encode(engine, model, X)


@pytest.mark.parametrize("holder", ["numpy", "torch"])
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"corrupt": lambda x, rng: x + 0.1 * rng.normal(size=x.shape)},
        {"penalty": lambda x, h: 0.01 * h.abs().sum(1).mean()},
    ],
    ids=["plain", "denoising", "sparse"],
)
def test_training_is_the_same_on_all_engines(holder, how):
    theirs = trained(torch, **how)
    with arrays.library(holder):
        ours = trained(engine("course_utils.scratch"), **how)
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-4)
    assert ours[0][-1] < ours[0][0]


def test_training_refuses_and_stops():
    model = autoencoder(torch, (2, 1))
    with pytest.raises(ValueError, match="0 examples"):
        training.fit(torch, model, np.zeros((0, 2)), epochs=1)
    with pytest.raises(FloatingPointError, match="in epoch 1"):
        training.fit(torch, model, [[np.inf, 0]], epochs=2)
