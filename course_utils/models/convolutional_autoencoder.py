"""The convolutional autoencoder: strided convolutions down to a code, transposed ones back up."""

from typing import Any

#: Side of the images: two halvings lead to 2 × 2.
SIDE = 8


def convolutional_autoencoder(
    torch: Any, code: int = 8, channels: tuple[int, int] = (8, 16)
) -> Any:
    """An autoencoder of 8 × 8 images.

    Every kernel is 4 × 4 with stride 2 and padding 1, so each convolution halves the side and each
    transposed one doubles it; as the stride divides the kernel, all pixels are written equally
    often, and no chessboard appears (Odena, Dumoulin and Olah, 2016).

    - encoder: 1 × 8 × 8 → c₁ × 4 × 4 → c₂ × 2 × 2 → code;
    - decoder: code → c₂ × 2 × 2 → c₁ × 4 × 4 → 1 × 8 × 8, with a sigmoid at the end.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    code
        Units of the code.
    channels
        c₁ and c₂.

    Returns
    -------
    torch.nn.Module
        Ink from 0 to 1, (N, 1, 8, 8) → (N, 1, 8, 8), with the parts ``encoder``, → (N, code), and
        ``decoder``.

    Raises
    ------
    ValueError
        Where a size is below 1, or, when called, for images of another shape.
    """
    if min(code, *channels) < 1:
        raise ValueError(f"code and channels must be positive, not {code} and {channels}")
    nn, (first, second) = torch.nn, channels
    how = {"kernel_size": 4, "stride": 2, "padding": 1}

    class ConvolutionalAutoencoder(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = nn.Sequential(
                nn.Conv2d(1, first, **how),  # (N, c1, 4, 4)
                nn.ReLU(),
                nn.Conv2d(first, second, **how),  # (N, c2, 2, 2)
                nn.ReLU(),
                nn.Flatten(),  # (N, 4 c2)
                nn.Linear(4 * second, code),  # (N, code)
            )
            self.decoder = nn.Sequential(
                nn.Linear(code, 4 * second),  # (N, 4 c2)
                nn.ReLU(),
                nn.Unflatten(1, (second, 2, 2)),  # (N, c2, 2, 2)
                nn.ConvTranspose2d(second, first, **how),  # (N, c1, 4, 4)
                nn.ReLU(),
                nn.ConvTranspose2d(first, 1, **how),  # (N, 1, 8, 8)
                nn.Sigmoid(),
            )

        def forward(self, x: Any) -> Any:
            if x.ndim != 4 or tuple(x.shape[1:]) != (1, SIDE, SIDE):
                raise ValueError(
                    f"this autoencoder reads images (N, 1, {SIDE}, {SIDE}), not {tuple(x.shape)}"
                )
            return self.decoder(self.encoder(x))

    return ConvolutionalAutoencoder()
