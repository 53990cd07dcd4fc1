"""Generator and discriminator: dense networks with leaky ReLU units.

I. Goodfellow et al. (2014), "Generative adversarial nets", Advances in Neural Information
Processing Systems 27. Leaky ReLU, slope 0.2, and the beginning around 0 are those of A. Radford,
L. Metz and S. Chintala (2016), "Unsupervised representation learning with deep convolutional
generative adversarial networks", ICLR.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

#: Of the leaky ReLU below 0.
SLOPE = 0.2


def generator(torch: Any, sizes: Sequence[int], output: str | None = None) -> Any:
    """From noise z ~ U(0, 1)^M to examples.

    The first layer begins as if it saw 2z − 1, which lies around 0 as its inputs should.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    sizes
        Units of every layer, from M numbers of noise to an example's D numbers.
    output
        A module of `torch.nn` behind the last layer, such as "Sigmoid" for pixels; None for none.

    Returns
    -------
    torch.nn.Sequential
        (N, M) → (N, D); layer k has the keys "2k.weight" and "2k.bias".

    Raises
    ------
    ValueError
        With fewer than two sizes, a size below 1, or an output that `torch.nn` does not have.
    """
    network = _dense(torch, sizes)
    with torch.no_grad():
        first = network[0]
        first.bias -= first.weight.sum(1)
        first.weight *= 2
    if output is not None:
        if not hasattr(torch.nn, output):
            raise ValueError(f"torch.nn has no module {output!r}; 'Sigmoid' and 'Tanh' are two")
        network.append(getattr(torch.nn, output)())
    return network


def discriminator(torch: Any, sizes: Sequence[int]) -> Any:
    """From examples to one score each; the opinion D is the sigmoid of it, a critic the score.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    sizes
        Units of every layer, from an example's D numbers to 1.

    Returns
    -------
    torch.nn.Sequential
        (N, D) → (N, 1); layer k has the keys "2k.weight" and "2k.bias".

    Raises
    ------
    ValueError
        With fewer than two sizes, a size below 1, or a last one other than 1.
    """
    if len(sizes) and sizes[-1] != 1:
        raise ValueError(f"a discriminator gives one score: the last size is 1, not {sizes[-1]}")
    return _dense(torch, sizes)


def side_by_side(torch: Any, networks: Sequence[Any]) -> Any:
    """S networks of one shape as one module, which computes all of them at once.

    They share nothing: each has its own weights and sees its own batch. A sum of their losses
    gives each the gradients that it would have alone.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    networks
        What `generator` or `discriminator` return, all of the same sizes; their weights are copied.

    Returns
    -------
    torch.nn.Module
        (S, N, M) → (S, N, D). `weights[k]` is (S, out, in), `biases[k]` (S, 1, out).

    Raises
    ------
    ValueError
        With no network, or where their shapes differ.
    """
    nn = torch.nn
    shapes = [[tuple(p.shape) for p in network.parameters()] for network in networks]
    if not shapes or any(other != shapes[0] for other in shapes):
        raise ValueError("side by side go one or more networks of the same sizes")

    class SideBySide(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            linear = [[m for m in net if isinstance(m, nn.Linear)] for net in networks]
            self.between = [m for m in networks[0] if not isinstance(m, nn.Linear)]
            with torch.no_grad():
                self.weights = nn.ParameterList(
                    nn.Parameter(torch.stack([m.weight for m in layers]))  # (S, out, in)
                    for layers in zip(*linear, strict=True)
                )
                self.biases = nn.ParameterList(
                    nn.Parameter(torch.stack([m.bias[None] for m in layers]))  # (S, 1, out)
                    for layers in zip(*linear, strict=True)
                )

        def forward(self, x: Any) -> Any:
            for k, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
                x = x @ weight.transpose(1, 2) + bias  # (S, N, out)
                if k < len(self.between):
                    x = self.between[k](x)
            return x

    return SideBySide()


def _dense(torch: Any, sizes: Sequence[int]) -> Any:
    """Linear layers with leaky ReLUs between them; weights and biases between ±√(3 / fan-in)."""
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be two or more positive numbers, not {tuple(sizes)}")
    nn = torch.nn
    layers = []
    for fan_in, fan_out in pairwise(sizes):
        linear = nn.Linear(fan_in, fan_out)
        bound = (3 / fan_in) ** 0.5
        nn.init.uniform_(linear.weight, -bound, bound)
        nn.init.uniform_(linear.bias, -bound, bound)
        layers += [linear, nn.LeakyReLU(SLOPE)]  # (N, fan_in) → (N, fan_out)
    return nn.Sequential(*layers[:-1])
