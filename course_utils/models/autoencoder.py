"""The autoencoder of linear layers: an encoder to the code, and its mirror image back."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any


def autoencoder(
    torch: Any,
    sizes: Sequence[int],
    activation: str | None = "ReLU",
    *,
    code: str | None = None,
    output: str | None = None,
) -> Any:
    """Linear layers from the input to the code, and layers of the same sizes back.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    sizes
        Units from the input to the code: (64, 40, 2) makes 64 → 40 → 2 → 40 → 64. With a code
        larger than the input it is overcomplete.
    activation
        Of the hidden layers, a module of `torch.nn` such as "ReLU" or "Tanh"; None for none.
    code
        Of the code: "Sigmoid", "ReLU" …; None leaves it linear.
    output
        Of the output: "Sigmoid" for ink from 0 to 1; None leaves it linear.

    Returns
    -------
    torch.nn.Module
        (N, sizes[0]) → (N, sizes[0]), with the parts ``encoder``, → (N, sizes[-1]), and
        ``decoder``.

    Raises
    ------
    ValueError
        With fewer than two sizes, a size below 1, or an activation that `torch.nn` does not have.
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must be two or more positive numbers, not {tuple(sizes)}")
    nn = torch.nn

    def nonlinearity(name: str | None) -> list[Any]:
        if name is None:
            return []
        if getattr(nn, name, None) is None:
            raise ValueError(f"torch.nn has no module {name!r}; 'ReLU' and 'Tanh' are two it has")
        return [getattr(nn, name)()]

    def stack(units: Sequence[int], last: str | None) -> Any:
        layers, ends = [], [activation] * (len(units) - 2) + [last]
        for (fan_in, fan_out), end in zip(pairwise(units), ends, strict=True):
            layers += [nn.Linear(fan_in, fan_out), *nonlinearity(end)]  # (N, fan_in) → (N, fan_out)
        return nn.Sequential(*layers)

    class Autoencoder(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = stack(sizes, code)
            self.decoder = stack(sizes[::-1], output)

        def forward(self, x: Any) -> Any:
            return self.decoder(self.encoder(x))

    return Autoencoder()
