"""Modules of our own: parameters, lists and dictionaries of modules, buffers, initialisation."""

import math

import torch
from torch import nn
from torch.nn import Parameter, init

torch.set_default_dtype(torch.float64)
torch.manual_seed(17)
results = {}


class MyLinear(nn.Module):
    __constants__ = ("in_features", "out_features")

    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(torch.empty(out_features, in_features))
        if bias:
            self.bias = Parameter(torch.empty(out_features))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            bound = 1 / math.sqrt(fan_in)
            init.uniform_(self.bias, -bound, bound)

    def forward(self, x):
        return nn.functional.linear(x, self.weight, self.bias)

    def extra_repr(self):
        return f"{self.in_features} -> {self.out_features}, bias={self.bias is not None}"


# The same seed gives the same layer as nn.Linear
torch.manual_seed(0)
mine = MyLinear(7, 3)
torch.manual_seed(0)
theirs = nn.Linear(7, 3)
assert torch.equal(mine.weight, theirs.weight)
assert torch.equal(mine.bias, theirs.bias)
print(mine)


class Swish(nn.Module):
    def __init__(self):
        super().__init__()
        self.beta = nn.Parameter(torch.tensor(1.0))

    def forward(self, x):
        return x * torch.sigmoid(self.beta * x)


class RunningScale(nn.Module):
    """Divides by a running standard deviation, which is a buffer."""

    def __init__(self, features, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("scale", torch.ones(features))
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x):
        if self.training:
            with torch.no_grad():
                self.scale.mul_(1 - self.momentum).add_(x.std(dim=0), alpha=self.momentum)
                self.steps += 1
        return x / self.scale


class Residual(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
        self.gate = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x + self.gate.tanh() * self.inner(x)


class Mixture(nn.Module):
    """Blocks in a list, heads in a dictionary."""

    def __init__(self, width, depth, heads):
        super().__init__()
        self.scale = RunningScale(5)
        self.stem = nn.Linear(5, width)
        self.blocks = nn.ModuleList(
            [Residual(nn.Sequential(MyLinear(width, width), Swish())) for _ in range(depth)]
        )
        self.blocks.append(Residual(nn.Tanh()))
        self.heads = nn.ModuleDict(
            {name: MyLinear(width, n, bias=False) for name, n in heads.items()}
        )
        self.temperatures = nn.ParameterList([nn.Parameter(torch.ones(1)) for _ in heads])

    def forward(self, x, head):
        x = self.stem(self.scale(x))
        for i, block in enumerate(self.blocks):
            x = block(x) if i % 2 == 0 else self.blocks[i](x)
        position = list(self.heads.keys()).index(head)
        return self.heads[head](x) * self.temperatures[position]


torch.manual_seed(17)
model = Mixture(8, 2, {"colour": 3, "size": 1})
print(model)
print(f"{len(model.blocks)} blocks, heads: {', '.join(model.heads)}")
results["names"] = [name for name, _ in model.named_parameters()]
results["buffers"] = sorted(dict(model.named_buffers()))
results["shapes"] = {name: list(value.shape) for name, value in model.state_dict().items()}
assert "colour" in model.heads
assert isinstance(model.blocks[0].gate, nn.Parameter)
assert isinstance(model.blocks[0].gate, torch.Tensor)
assert model.get_submodule("blocks.0.inner.1") is model.blocks[0].inner[1]


# Initialise by layer type with apply
@torch.no_grad()
def init_weights(m):
    if isinstance(m, MyLinear):
        nn.init.xavier_uniform_(m.weight, gain=nn.init.calculate_gain("tanh"))
        if m.bias is not None:
            nn.init.zeros_(m.bias)
    elif type(m) is nn.Linear:
        nn.init.trunc_normal_(m.weight, std=0.2)
        m.bias.fill_(0.01)


model.apply(init_weights)
results["initial"] = {name: p.abs().sum().item() for name, p in model.named_parameters()}

X = torch.randn(90, 5) * torch.tensor([1.0, 5.0, 0.1, 2.0, 1.0])
colour = (X[:, 0] + 0.3 * X[:, 1] > 0).long() + (X[:, 3] > 2).long()
size = (X @ torch.tensor([[1.0], [0.2], [3.0], [-0.5], [0.0]])).sin()
optimizer = torch.optim.Adam(
    [
        {"params": model.stem.parameters(), "lr": 1e-3},
        {"params": model.blocks.parameters()},
        {"params": list(model.heads.parameters()) + list(model.temperatures)},
    ],
    lr=1e-2,
)
criterion = {"colour": nn.CrossEntropyLoss(), "size": nn.SmoothL1Loss(beta=0.5)}
losses = []
for step in range(40):
    rows = torch.arange(step % 3, 90, 3)
    loss = criterion["colour"](model(X[rows], "colour"), colour[rows])
    loss = loss + 0.5 * criterion["size"](model(X[rows], "size"), size[rows])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    if step % 10 == 9:
        print(f"step {step + 1}: {losses[-1]:.6f}")
results["losses"] = losses
results["steps"] = model.scale.steps.item()
results["scale"] = model.scale.scale.tolist()
results["gates"] = [block.gate.item() for block in model.blocks]
results["temperatures"] = [t.item() for t in model.temperatures]
results["betas"] = [m.beta.item() for m in model.modules() if isinstance(m, Swish)]

# The initialisers, one after another
w = torch.empty(4, 6)
for name, initialise in {
    "uniform_": lambda: nn.init.uniform_(w),
    "normal_": lambda: nn.init.normal_(w, 1.0, 0.1),
    "constant_": lambda: nn.init.constant_(w, 0.3),
    "ones_": lambda: nn.init.ones_(w),
    "eye_": lambda: nn.init.eye_(w),
    "xavier_uniform_": lambda: nn.init.xavier_uniform_(w),
    "xavier_normal_": lambda: nn.init.xavier_normal_(w, gain=2.0),
    "kaiming_uniform_": lambda: nn.init.kaiming_uniform_(w, mode="fan_out", nonlinearity="relu"),
    "kaiming_normal_": lambda: nn.init.kaiming_normal_(w, a=0.1),
    "orthogonal_": lambda: nn.init.orthogonal_(w, gain=0.5),
}.items():
    torch.manual_seed(21)
    returned = initialise()
    assert returned is w
    results[f"init {name}"] = w.tolist()

# Default initialisation of every layer in order, from one stream
torch.manual_seed(8)
layers = [
    nn.Linear(3, 4),
    nn.Conv2d(2, 3, 3),
    nn.ConvTranspose2d(2, 3, 2),
    nn.Conv1d(2, 2, 3, bias=False),
    nn.Embedding(5, 2),
    nn.BatchNorm2d(3),
    nn.LayerNorm((2, 3)),
    nn.GroupNorm(2, 4),
    nn.PReLU(),
    nn.RNN(2, 3),
    nn.LSTM(2, 3, num_layers=2),
    nn.GRU(2, 3, bidirectional=True),
    nn.LSTMCell(2, 2),
    nn.Bilinear(2, 3, 2),
    nn.MultiheadAttention(4, 2),
]
results["defaults"] = [[p.sum().item() for p in layer.parameters()] for layer in layers]
for layer in layers[:-1]:
    print(layer)

# What a Module refuses
refused = []
for wrong in (
    lambda: model.no_such_attribute,
    lambda: model(torch.randn(2, 4), "size"),
    lambda: setattr(model, "stem", torch.ones(2)),
    lambda: setattr(model.stem, "weight", torch.ones(2)),
    lambda: nn.Linear(2, 3, no_such_option=True),
    lambda: nn.Module()(1),
    lambda: nn.CrossEntropyLoss()(torch.zeros(2, 3), torch.tensor([0, 3])),
    lambda: nn.BCELoss()(torch.rand(2, 3), torch.rand(2)),
    lambda: nn.Conv2d(1, 2, 3)(torch.zeros(1, 2, 5, 5)),
    lambda: nn.BatchNorm1d(3)(torch.zeros(1, 3)),
    lambda: nn.Embedding(3, 2)(torch.tensor([3])),
    lambda: torch.optim.SGD([], lr=0.1),
    lambda: torch.optim.Adam(model.parameters(), lr=-1.0),
):
    try:
        wrong()
        refused.append("no error")
    except Exception as error:
        refused.append(type(error).__name__)
results["refused"] = refused
