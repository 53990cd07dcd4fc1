"""The basic block of a residual network.

He, Zhang, Ren and Sun (2016), "Deep Residual Learning for Image Recognition", CVPR, figure 5 and
section 3.3. https://arxiv.org/abs/1512.03385
"""

from typing import Any


def residual_block(
    torch: Any, in_channels: int, out_channels: int | None = None, stride: int = 1
) -> Any:
    """relu(F(x) + shortcut(x)), where F is two 3×3 convolutions with batch normalisation.

    The shortcut is x itself where sizes allow it, and otherwise a 1×1 convolution with batch
    normalisation (the paper's option B). Names follow torchvision's `BasicBlock`, so that its
    weights fit.

    Parameters
    ----------
    torch
        The engine: PyTorch or `course_utils.scratch`.
    in_channels, out_channels
        Channels C of the input and K of the output; K = C where left out.
    stride
        Step s of the first convolution: 2 halves height and width.

    Returns
    -------
    torch.nn.Module
        (N, C, H, W) → (N, K, ⌈H/s⌉, ⌈W/s⌉).
    """
    nn = torch.nn
    C, K = in_channels, in_channels if out_channels is None else out_channels

    class ResidualBlock(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv1 = nn.Conv2d(C, K, kernel_size=3, stride=stride, padding=1, bias=False)
            self.bn1 = nn.BatchNorm2d(K)
            self.conv2 = nn.Conv2d(K, K, kernel_size=3, padding=1, bias=False)
            self.bn2 = nn.BatchNorm2d(K)
            self.downsample = None
            if stride != 1 or C != K:
                project = nn.Conv2d(C, K, kernel_size=1, stride=stride, bias=False)
                self.downsample = nn.Sequential(project, nn.BatchNorm2d(K))

        def forward(self, x: Any) -> Any:
            shortcut = x if self.downsample is None else self.downsample(x)  # (N, K, H/s, W/s)
            out = torch.relu(self.bn1(self.conv1(x)))  # (N, C, H, W) → (N, K, H/s, W/s)
            out = self.bn2(self.conv2(out))  # (N, K, H/s, W/s)
            return torch.relu(out + shortcut)

    return ResidualBlock()
