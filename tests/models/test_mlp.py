import pytest
import torch

from course_utils.models import mlp

from .engines import ENGINES, count, engine, same_numbers, shapes


@pytest.mark.parametrize("name", ENGINES)
def test_sizes_and_parameters(name):
    model = mlp(engine(name), (784, 256, 10))
    assert count(model) == 784 * 256 + 256 + 256 * 10 + 10 == 203_530
    assert shapes(model) == {
        "0.weight": (256, 784),
        "0.bias": (256,),
        "2.weight": (10, 256),
        "2.bias": (10,),
    }
    assert tuple(model(engine(name).zeros(3, 784)).shape) == (3, 10)


@pytest.mark.parametrize("activation", ["ReLU", "Tanh"])
def test_it_is_the_formula(activation):
    model = mlp(torch, (4, 3, 2), activation=activation)
    x = torch.randn(5, 4)
    w1, b1, w2, b2 = model.parameters()
    hidden = getattr(torch, activation.lower())(x @ w1.T + b1)
    torch.testing.assert_close(model(x), hidden @ w2.T + b2)


def test_two_sizes_make_a_linear_model():
    assert [type(layer) for layer in mlp(torch, (4, 3))] == [torch.nn.Linear]


@pytest.mark.parametrize("sizes", [(), (3,), (3, 0), (3, -1, 2)])
def test_sizes_are_checked(sizes):
    with pytest.raises(ValueError, match="sizes must be"):
        mlp(torch, sizes)


def test_an_unknown_activation_is_named():
    with pytest.raises(ValueError, match="'relu'"):
        mlp(torch, (3, 2), activation="relu")


@pytest.mark.parametrize("activation", ["ReLU", "Tanh"])
def test_both_engines_give_the_same_numbers(activation):
    same_numbers(lambda torch: mlp(torch, (7, 5, 6, 3), activation), 4, 7)
