import pytest
import torch
from torch.nn import functional as F

from course_utils.models import residual_block

from .engines import ENGINES, count, engine, same_numbers, shapes

# (in, out, stride): parameters by hand, output's (channels, height, width) from 9×8
CASES = {
    (16, None, 1): (2 * 16 * 16 * 9 + 2 * 2 * 16, (16, 9, 8)),
    (16, 32, 2): (16 * 32 * 9 + 32 * 32 * 9 + 16 * 32 + 3 * 2 * 32, (32, 5, 4)),
    (16, 16, 2): (2 * 16 * 16 * 9 + 16 * 16 + 3 * 2 * 16, (16, 5, 4)),
    (3, 5, 1): (3 * 5 * 9 + 5 * 5 * 9 + 3 * 5 + 3 * 2 * 5, (5, 9, 8)),
}


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("sizes", CASES)
def test_parameters_and_shapes(name, sizes):
    parameters, out = CASES[sizes]
    model = residual_block(engine(name), *sizes)
    assert count(model) == parameters
    assert shapes(model) == shapes(residual_block(torch, *sizes))
    assert tuple(model(engine(name).zeros(2, sizes[0], 9, 8)).shape) == (2, *out)


def test_counts_of_the_two_common_blocks():
    assert CASES[16, None, 1][0] == 4_672
    assert CASES[16, 32, 2][0] == 14_528


def test_keys_are_those_of_torchvision():
    keys = [key for key, _ in residual_block(torch, 4, 8, stride=2).named_parameters()]
    assert keys == [
        "conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight", "bn2.weight", "bn2.bias",
        "downsample.0.weight", "downsample.1.weight", "downsample.1.bias",
    ]  # fmt: skip


def test_it_is_the_formula():
    model = residual_block(torch, 3, 4, stride=2)
    x = torch.randn(2, 3, 6, 6)
    state = dict(model.named_parameters())

    def normalised(x, name):
        return F.batch_norm(
            x, None, None, state[f"{name}.weight"], state[f"{name}.bias"], training=True
        )

    h = F.relu(normalised(F.conv2d(x, state["conv1.weight"], stride=2, padding=1), "bn1"))
    h = normalised(F.conv2d(h, state["conv2.weight"], padding=1), "bn2")
    shortcut = normalised(F.conv2d(x, state["downsample.0.weight"], stride=2), "downsample.1")
    torch.testing.assert_close(model(x), F.relu(h + shortcut))


def test_without_its_branch_it_is_relu():
    model = residual_block(torch, 3)
    torch.nn.init.zeros_(model.bn2.weight)
    x = torch.randn(2, 3, 4, 4)
    torch.testing.assert_close(model(x), x.relu())


@pytest.mark.parametrize("sizes", CASES)
def test_both_engines_give_the_same_numbers(sizes):
    same_numbers(lambda torch: residual_block(torch, *sizes), 3, sizes[0], 9, 8)
