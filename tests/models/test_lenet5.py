import pytest
import torch
from torch.nn import functional as F

from course_utils.models import lenet5

from .engines import ENGINES, count, engine, same_numbers, shapes

# Layers as the paper numbers them: weights of one unit, its bias, units (or maps).
TAUGHT = {
    "C1": (25 + 1) * 6,
    "C3": (6 * 25 + 1) * 16,
    "C5": (400 + 1) * 120,
    "F6": (120 + 1) * 84,
    "out": (84 + 1) * 10,
}


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("side", [28, 32])
def test_parameters_and_shapes(name, side):
    model = lenet5(engine(name), side)
    assert list(TAUGHT.values()) == [156, 2_416, 48_120, 10_164, 850]
    assert count(model) == sum(TAUGHT.values()) == 61_706
    assert shapes(model) == shapes(lenet5(torch))
    x = engine(name).zeros(2, 1, side, side)
    assert tuple(model(x).shape) == (2, 10)
    sizes = []
    for layer in model:
        x = layer(x)
        if tuple(x.shape)[1:] not in sizes:
            sizes.append(tuple(x.shape)[1:])
    assert sizes == [
        (6, 28, 28),
        (6, 14, 14),
        (16, 10, 10),
        (16, 5, 5),
        (400,),
        (120,),
        (84,),
        (10,),
    ]


def test_the_paper_counts_that_the_docstring_gives():
    # Table I: six maps see 3 maps, nine see 4, one sees all 6. S2 and S4: a weight and a bias per map.
    c3 = 6 * (3 * 25 + 1) + 9 * (4 * 25 + 1) + 1 * (6 * 25 + 1)
    s2, s4 = 2 * 6, 2 * 16
    assert (c3, s2, s4) == (1_516, 12, 32)
    assert TAUGHT["C1"] + s2 + c3 + s4 + TAUGHT["C5"] + TAUGHT["F6"] == 60_000


def test_it_is_the_formula():
    model = lenet5(torch)
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5 = model.parameters()
    x = torch.randn(3, 1, 28, 28)
    h = F.avg_pool2d(torch.tanh(F.conv2d(x, w1, b1, padding=2)), 2)
    h = F.avg_pool2d(torch.tanh(F.conv2d(h, w2, b2)), 2).reshape(3, 400)
    h = torch.tanh(F.linear(torch.tanh(F.linear(h, w3, b3)), w4, b4))
    torch.testing.assert_close(model(x), F.linear(h, w5, b5))


@pytest.mark.parametrize("side", [0, 27, 64])
def test_other_sides_are_refused(side):
    with pytest.raises(ValueError, match=f"not {side}×{side}"):
        lenet5(torch, side)


@pytest.mark.parametrize("side", [28, 32])
def test_both_engines_give_the_same_numbers(side):
    same_numbers(lambda torch: lenet5(torch, side), 3, 1, side, side)
