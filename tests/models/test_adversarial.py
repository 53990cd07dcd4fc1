import numpy as np
import pytest
import torch

from course_utils.models.adversarial import SLOPE, discriminator, generator, side_by_side
from course_utils.scratch import arrays

from .engines import ENGINES, count, engine, same_numbers, shapes


@pytest.mark.parametrize("name", ENGINES)
def test_sizes_and_parameters(name):
    torch = engine(name)
    model = generator(torch, (2, 24, 24, 3), output="Sigmoid")
    assert count(model) == 2 * 24 + 24 + 24 * 24 + 24 + 24 * 3 + 3
    assert shapes(model)["2.weight"] == (24, 24)
    out = model(torch.rand(5, 2))
    assert tuple(out.shape) == (5, 3)
    assert ((out > 0) & (out < 1)).all()
    assert tuple(discriminator(torch, (3, 8, 1))(out).shape) == (5, 1)


def test_it_is_the_formula():
    model = generator(torch, (4, 3, 2), output="Tanh")
    z = torch.rand(5, 4)
    w1, b1, w2, b2 = model.parameters()
    hidden = torch.nn.functional.leaky_relu(z @ w1.T + b1, SLOPE)
    torch.testing.assert_close(model(z), torch.tanh(hidden @ w2.T + b2))


@pytest.mark.parametrize("name", ENGINES)
def test_the_first_layer_of_the_generator_begins_as_if_it_saw_numbers_around_0(name):
    torch = engine(name)
    torch.manual_seed(0)
    centred = generator(torch, (3, 4, 2))
    torch.manual_seed(0)
    model = torch.nn.Sequential(*discriminator(torch, (3, 4, 1)))  # same numbers, not centred
    z = torch.rand(6, 3)
    np.testing.assert_allclose(
        centred[0](z).detach().numpy(), model[0](2 * z - 1).detach().numpy(), atol=1e-5
    )
    assert np.abs(model[0].weight.detach().numpy()).max() <= 1  # √(3/3)


@pytest.mark.parametrize("sizes", [(), (3,), (3, 0, 1), (3, -1, 1)])
def test_sizes_are_checked(sizes):
    for build in (generator, discriminator):
        with pytest.raises(ValueError, match=r"sizes must be|one score"):
            build(torch, sizes)


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="the last size is 1, not 2"):
        discriminator(torch, (3, 2))
    with pytest.raises(ValueError, match="'sigmoid'"):
        generator(torch, (3, 2), output="sigmoid")
    for networks in [], [generator(torch, (2, 3)), generator(torch, (2, 4))]:
        with pytest.raises(ValueError, match="the same sizes"):
            side_by_side(torch, networks)


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_all_engines_give_the_same_numbers(library):
    with arrays.library(library):
        same_numbers(lambda torch: generator(torch, (3, 6, 5, 2), "Sigmoid"), 4, 3)
        same_numbers(lambda torch: discriminator(torch, (2, 6, 5, 1)), 4, 2)
        same_numbers(
            lambda torch: side_by_side(torch, [discriminator(torch, (2, 4, 1)) for _ in "abc"]),
            3,
            4,
            2,
        )


@pytest.mark.parametrize("name", ENGINES)
def test_side_by_side_each_computes_what_it_would_alone(name):
    torch = engine(name)
    for build in (
        lambda: generator(torch, (2, 4, 3), output="Tanh"),
        lambda: discriminator(torch, (2, 4, 5, 1)),
    ):
        networks = [build() for _ in range(3)]
        together = side_by_side(torch, networks)
        x = torch.rand(3, 6, 2)
        y = together(x)
        y.pow(2).sum().backward()
        for k, network in enumerate(networks):
            alone = network(x[k])
            np.testing.assert_allclose(
                y[k].detach().numpy(), alone.detach().numpy(), rtol=1e-5, atol=1e-6
            )
            alone.pow(2).sum().backward()
            first = network[0].weight.grad.numpy()
            np.testing.assert_allclose(
                together.weights[0].grad[k].numpy(), first, rtol=1e-4, atol=1e-5
            )


@pytest.mark.parametrize("name", ENGINES)
def test_side_by_side_copies_the_weights(name):
    torch = engine(name)
    network = discriminator(torch, (2, 3, 1))
    together = side_by_side(torch, [network, network])
    before = network[0].weight.detach().numpy().copy()
    with torch.no_grad():
        together.weights[0].add_(1)
    np.testing.assert_array_equal(network[0].weight.detach().numpy(), before)
