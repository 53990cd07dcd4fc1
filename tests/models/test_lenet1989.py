import numpy as np
import pytest
import torch
from torch.nn import functional as F

from course_utils.convolution import counts
from course_utils.models.lenet1989 import lenet1989

from .engines import ENGINES, count, engine, same_numbers, shapes


@pytest.mark.parametrize("name", ENGINES)
def test_parameters_are_the_papers(name):
    model = lenet1989(engine(name))
    of_layer = {}
    for key, value in model.named_parameters():
        layer = key.split(".")[0].removesuffix("_bias")
        of_layer[layer] = of_layer.get(layer, 0) + value.numel()
    assert of_layer == {"h1": 1_068, "h2": 2_592, "h3": 5_790, "output": 310}
    assert count(model) == 9_760 == counts.total(counts.LENET_1989).parameters
    assert shapes(model) == shapes(lenet1989(torch))


def test_connections_and_units_are_the_papers():
    model = lenet1989(torch).double()
    x = torch.zeros(1, 1, 16, 16, dtype=torch.float64)
    maps = []
    for layer in model.h1, model.h2:
        layer.register_forward_hook(lambda _, inputs, out: maps.append((inputs[0], out)))
    model(x)
    connections = 0
    for (_, out), layer in zip(maps, (model.h1, model.h2), strict=True):
        connections += out.numel() * (layer.weight[0].numel() + 1)  # + 1: the unit's own bias
    connections += model.h3.weight.numel() + 30 + model.output.weight.numel() + 10
    units = x.numel() + sum(out.numel() for _, out in maps) + 30 + 10
    assert (units, connections) == (1_256, 64_660)


def test_it_is_the_formula():
    torch.manual_seed(0)
    model = lenet1989(torch).double()
    with torch.no_grad():
        model.h1_bias.uniform_(-1, 1)
        model.h2_bias.uniform_(-1, 1)
    state = model.state_dict()

    def squash(a):
        return 1.7159 * torch.tanh(2 * a / 3)

    x = torch.randn(2, 1, 16, 16, dtype=torch.float64)
    around = torch.full((2, 1, 20, 20), -1.0, dtype=torch.float64)
    around[:, :, 2:18, 2:18] = x
    h1 = squash(F.conv2d(around, state["h1.weight"], stride=2) + state["h1_bias"])
    around = torch.full((2, 12, 12, 12), -1.0, dtype=torch.float64)
    around[:, :, 2:10, 2:10] = h1
    seen = [range(8)] * 4 + [range(4, 12)] * 4 + [[8, 9, 10, 11, 0, 1, 2, 3]] * 4
    h2 = torch.cat(
        [
            F.conv2d(around[:, list(maps)], state["h2.weight"][k : k + 1], stride=2)
            for k, maps in enumerate(seen)
        ],
        dim=1,
    )
    h2 = squash(h2 + state["h2_bias"]).reshape(2, 192)
    h3 = squash(F.linear(h2, state["h3.weight"], state["h3.bias"]))
    out = squash(F.linear(h3, state["output.weight"], state["output.bias"]))
    torch.testing.assert_close(model(x).detach(), out)


@pytest.mark.parametrize("name", ENGINES)
def test_weights_begin_as_the_paper_says(name):
    state = lenet1989(engine(name)).state_dict()
    for layer, fan_in in ("h1", 25), ("h2", 200), ("h3", 192), ("output", 30):
        largest = np.abs(state[f"{layer}.weight"].numpy()).max()
        assert 0.9 * 2.4 / fan_in < largest <= 2.4 / fan_in * (1 + 1e-6)
    for key in "h1_bias", "h2_bias", "h3.bias", "output.bias":
        assert not state[key].numpy().any()


def test_both_engines_give_the_same_numbers():
    same_numbers(lenet1989, 3, 1, 16, 16)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("shape", [(2, 1, 28, 28), (2, 3, 16, 16), (1, 16, 16)])
def test_other_images_are_refused(name, shape):
    torch_ = engine(name)
    with pytest.raises(ValueError, match=r"reads \(N, 1, 16, 16\), not"):
        lenet1989(torch_)(torch_.zeros(*shape))
