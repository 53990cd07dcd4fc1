"""Residual blocks with every normalisation, a network over time series, an autoencoder that denoises."""

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor

torch.set_default_dtype(torch.float64)
torch.manual_seed(23)


def conv3x3(in_planes: int, out_planes: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(in_planes, out_planes, kernel_size=3, stride=stride, padding=1, bias=False)


class BasicBlock(nn.Module):
    expansion: int = 1

    def __init__(self, inplanes, planes, stride=1, downsample: nn.Module | None = None, norm=None):
        super().__init__()
        norm_layer = norm or nn.BatchNorm2d
        self.conv1 = conv3x3(inplanes, planes, stride)
        self.bn1 = norm_layer(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = conv3x3(planes, planes)
        self.bn2 = norm_layer(planes)
        self.downsample = downsample

    def forward(self, x: Tensor) -> Tensor:
        identity = x
        out = self.conv1(x)
        out = self.bn1(out)
        out = self.relu(out)
        out = self.conv2(out)
        out = self.bn2(out)
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        out = self.relu(out)
        return out


class ResNet(nn.Module):
    def __init__(self, layers, num_classes=4, norm=None):
        super().__init__()
        self.inplanes = 6
        self.norm = norm
        self.conv1 = nn.Conv2d(3, 6, kernel_size=5, stride=2, padding=2, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        self.layer1 = self._make_layer(6, layers[0])
        self.layer2 = self._make_layer(8, layers[1], stride=2)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(8, num_classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(m, (nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.constant_(m.weight, 1)
                nn.init.constant_(m.bias, 0)

    def _make_layer(self, planes, blocks, stride=1):
        downsample = None
        if stride != 1 or self.inplanes != planes:
            downsample = nn.Sequential(
                nn.Conv2d(self.inplanes, planes, 1, stride, bias=False), nn.BatchNorm2d(planes)
            )
        layers = [BasicBlock(self.inplanes, planes, stride, downsample, self.norm)]
        self.inplanes = planes
        for _ in range(1, blocks):
            layers.append(BasicBlock(planes, planes, norm=self.norm))
        return nn.Sequential(*layers)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer2(self.layer1(x))
        x = torch.flatten(self.avgpool(x), 1)
        return self.fc(x)


# Stripes in four directions
def stripes(n):
    kind = torch.randint(0, 4, (n,))
    rows, columns = torch.meshgrid(torch.arange(16.0), torch.arange(16.0), indexing="ij")
    waves = torch.stack([rows, columns, rows + columns, rows - columns]).mul(1.3).sin()
    images = waves[kind].unsqueeze(1).expand(n, 3, 16, 16) + 0.3 * torch.randn(n, 3, 16, 16)
    return images, kind


X, y = stripes(48)
results = {"kinds": y.tolist(), "mean": X.mean(dim=(0, 2, 3)).tolist()}
norms = {
    "batch": None,
    "group": lambda planes: nn.GroupNorm(2, planes),
    "instance": lambda planes: nn.InstanceNorm2d(planes, affine=True),
    "none": lambda planes: nn.Identity(),
}
for name, norm in norms.items():
    torch.manual_seed(2)
    model = ResNet([1, 1], norm=norm)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4)
    losses = []
    for step in range(4):
        rows = slice(12 * step, 12 * (step + 1))
        loss = F.cross_entropy(model(X[rows]), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    with torch.no_grad():
        accuracy = (model(X).argmax(1) == y).float().mean()
    print(f"{name:9s} {losses[-1]:.4f} {accuracy:.3f}")
    results[name] = [losses, accuracy.item(), model.fc.weight.sum(1).tolist()]
    results[f"{name} buffers"] = {k: v.sum().item() for k, v in model.named_buffers()}
print(model)

# One dimension: dilated causal convolutions over a noisy signal
signal = torch.sin(torch.linspace(0, 30, 300)) + 0.1 * torch.randn(300)
windows = torch.stack([signal[i : i + 33] for i in range(0, 268, 9)]).unsqueeze(1)  # (N, 1, 33)
network = nn.Sequential(
    nn.Conv1d(1, 4, 3),
    nn.Tanh(),
    nn.Conv1d(4, 4, 3, dilation=2, groups=2),
    nn.Hardtanh(),
    nn.Conv1d(4, 1, 1),
)
optimizer = torch.optim.Adam(network.parameters(), lr=0.02)
series = []
for _ in range(10):
    prediction = network(F.pad(windows[:, :, :-1], (6, 0)))
    loss = F.mse_loss(prediction, windows[:, :, 1:])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    series.append(loss.item())
results["series"] = series
pooled = [
    F.max_pool1d(windows, 4),
    F.avg_pool1d(windows, 3, stride=2, padding=1),
    F.adaptive_avg_pool1d(windows, 5),
    F.max_pool2d(X, 3, stride=2, padding=1, return_indices=False),
    F.avg_pool2d(X, 3, stride=2, padding=1, count_include_pad=False),
    F.adaptive_avg_pool2d(X, (3, 5)),
    F.adaptive_max_pool2d(X, 2),
    F.interpolate(X, scale_factor=2, mode="nearest"),
    F.conv2d(X, torch.ones(6, 1, 2, 3), stride=(1, 2), groups=3, dilation=2),
    F.unfold(X, kernel_size=3, stride=2),
]
results["pooled"] = [[list(p.shape), p.abs().sum().item()] for p in pooled]


# Denoising: down by strides, up by transposed convolutions, a skip in between
class Denoiser(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = nn.Conv2d(3, 4, 4, 2, 1)
        self.down2 = nn.Conv2d(4, 6, 4, 2, 1)
        self.up2 = nn.ConvTranspose2d(6, 4, 4, 2, 1, bias=False)
        self.up1 = nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(8, 3, 3, padding=1))
        self.act = nn.Softplus()

    def forward(self, x):
        low = self.act(self.down1(x))
        lower = torch.tanh(self.down2(low))
        high = F.selu(self.up2(lower))
        return self.up1(torch.cat([low, high], dim=1))


torch.manual_seed(40)
denoiser = Denoiser()
optimizer = torch.optim.RMSprop(denoiser.parameters(), lr=2e-3)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 8)
denoised = []
for _ in range(8):
    noisy = X[:16] + 0.2 * torch.randn_like(X[:16])
    loss = nn.L1Loss()(denoiser(noisy), X[:16])
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    scheduler.step()
    denoised.append(loss.item())
results["denoised"] = denoised
names = """relu leaky_relu elu selu celu gelu silu softplus softsign tanh sigmoid hardtanh
relu6 logsigmoid"""
results["activations"] = {
    name: getattr(F, name)(windows[0, 0, :6]).tolist() for name in names.split()
}
