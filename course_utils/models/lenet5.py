"""LeNet-5, the network that read cheques.

LeCun, Bottou, Bengio and Haffner (1998), "Gradient-Based Learning Applied to Document Recognition",
Proceedings of the IEEE 86(11), section II.B. https://doi.org/10.1109/5.726791
"""

from typing import Any

PADDING = {28: 2, 32: 0}  # pixels that the first convolution adds around an image of that side


def lenet5(torch: Any, side: int = 28) -> Any:
    """LeNet-5 as it is commonly taught, with 61,706 parameters.

    Weights and biases: 156 in the first convolution, 2,416 in the second, then 48,120, 10,164 and
    850 in the linear layers. The paper's network has 60,000 and differs in four places:

    - an average pooling there has one weight and one bias per map (12 and 32 parameters), and a
      sigmoid after it;
    - each of the 16 maps of the second convolution sees 3, 4 or all 6 of the maps before it,
      chosen by a table (1,516 parameters);
    - the nonlinearity is 1.7159 tanh(2a/3);
    - the output units measure the distance to a fixed 7×12 drawing of each character instead of
      being linear (no parameter that is learnt).

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    side
        28 for MNIST's images, which the first convolution pads to 32; or 32, as in the paper.

    Returns
    -------
    torch.nn.Sequential
        (N, 1, side, side) → (N, 10) scores.

    Raises
    ------
    ValueError
        For any other side.
    """
    if side not in PADDING:
        raise ValueError(f"LeNet-5 reads images of 28×28 or 32×32 pixels, not {side}×{side}")
    nn = torch.nn
    return nn.Sequential(
        nn.Conv2d(
            1, 6, kernel_size=5, padding=PADDING[side]
        ),  # (N, 1, side, side) → (N, 6, 28, 28)
        nn.Tanh(),
        nn.AvgPool2d(2),  # (N, 6, 14, 14)
        nn.Conv2d(6, 16, kernel_size=5),  # (N, 16, 10, 10)
        nn.Tanh(),
        nn.AvgPool2d(2),  # (N, 16, 5, 5)
        nn.Flatten(),  # (N, 400)
        nn.Linear(400, 120),  # (N, 120)
        nn.Tanh(),
        nn.Linear(120, 84),  # (N, 84)
        nn.Tanh(),
        nn.Linear(84, 10),  # (N, 10)
    )
