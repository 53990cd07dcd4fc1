"""The network that read zip codes: the first convolutional network trained by backpropagation.

LeCun, Boser, Denker, Henderson, Howard, Hubbard and Jackel (1989), "Backpropagation Applied to
Handwritten Zip Code Recognition", Neural Computation 1(4), 541–551.
https://doi.org/10.1162/neco.1989.1.4.541
"""

from typing import Any

#: Side of the images, and their background, which also surrounds them.
SIDE, BACKGROUND = 16, -1.0


def lenet1989(torch: Any) -> Any:
    """The network of 1989 with the paper's 9,760 parameters.

    Every unit is 1.7159 tanh(2a/3), the outputs too; the target is +1 for the right digit and −1
    for the others, the loss the mean squared error. Weights begin uniform between ±2.4/F, where F
    is the number of inputs of the unit.

    - H1: 12 maps of 8 × 8 units, kernels 5 × 5, stride 2; 1,068 parameters;
    - H2: 12 maps of 4 × 4 units, kernels 5 × 5, stride 2, on 8 of the maps of H1; 2,592;
    - H3: 30 units; 5,790;
    - output: 10 units; 310.

    The kernel is shared in a map, the bias is not: each unit of H1 and H2 has its own. Of three
    things the paper says less than a program needs, so they are choices here. Which 8 maps a map of
    H2 sees: three groups of four maps leave out one third of H1 each. What lies around the maps of
    H1: −1, as around the image. Biases begin at 0.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.

    Returns
    -------
    torch.nn.Module
        Images (N, 1, 16, 16), ink +1 on background −1 → (N, 10).
    """
    nn, functional = torch.nn, torch.nn.functional

    def squash(a: Any) -> Any:
        return 1.7159 * torch.tanh(2 / 3 * a)

    def surrounded(x: Any) -> Any:
        """Two pixels of background on all sides: (N, C, n, n) → (N, C, n + 4, n + 4)."""
        return functional.pad(x, (2, 2, 2, 2), value=BACKGROUND)

    class LeNet1989(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.h1 = nn.Conv2d(1, 12, kernel_size=5, stride=2, bias=False)
            self.h1_bias = nn.Parameter(torch.zeros(12, 8, 8))
            # Three groups in one layer: 24 channels in, each 8 of them for 4 maps.
            self.h2 = nn.Conv2d(24, 12, kernel_size=5, stride=2, groups=3, bias=False)
            self.h2_bias = nn.Parameter(torch.zeros(12, 4, 4))
            self.h3 = nn.Linear(192, 30)
            self.output = nn.Linear(30, 10)
            for layer, fan_in in (self.h1, 25), (self.h2, 200), (self.h3, 192), (self.output, 30):
                nn.init.uniform_(layer.weight, -2.4 / fan_in, 2.4 / fan_in)
            for layer in self.h3, self.output:
                nn.init.zeros_(layer.bias)

        def forward(self, x: Any) -> Any:
            if x.ndim != 4 or tuple(x.shape[1:]) != (1, SIDE, SIDE):
                raise ValueError(
                    f"the network of 1989 reads (N, 1, {SIDE}, {SIDE}), not {tuple(x.shape)}"
                )
            x = squash(self.h1(surrounded(x)) + self.h1_bias)  # (N, 12, 8, 8)
            seen = torch.cat([x[:, :8], x[:, 4:], x[:, 8:], x[:, :4]], 1)  # (N, 24, 8, 8)
            x = squash(self.h2(surrounded(seen)) + self.h2_bias)  # (N, 12, 4, 4)
            x = squash(self.h3(x.reshape(-1, 192)))  # (N, 30)
            return squash(self.output(x))  # (N, 10)

    return LeNet1989()
