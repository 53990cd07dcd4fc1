"""Looking into a model: names, hooks, buffers, freezing, saving and loading, the best weights."""

import copy
import tempfile
from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn, optim

torch.set_default_dtype(torch.float64)
torch.manual_seed(5)
results = {}

model = nn.Sequential(
    OrderedDict(
        [
            ("hidden", nn.Linear(6, 10)),
            ("norm", nn.BatchNorm1d(10)),
            ("act", nn.Tanh()),
            ("head", nn.Linear(10, 3)),
        ]
    )
)
print(model)
print("Model's state_dict:")
for param_tensor in model.state_dict():
    print(param_tensor, "\t", model.state_dict()[param_tensor].size())
optimizer = optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
print("Optimizer's state_dict:")
for var_name in optimizer.state_dict():
    print(var_name, "\t", optimizer.state_dict()[var_name])
results["keys"] = list(model.state_dict())
results["children"] = [name for name, _ in model.named_children()]
results["modules"] = [type(m).__name__ for m in model.modules()]
results["buffers"] = [name for name, _ in model.named_buffers()]

# Hooks: activations forward, gradients backward
activations, gradients = {}, {}


def keep(name):
    def hook(module, inputs, output):
        assert isinstance(inputs, tuple)
        activations.setdefault(name, []).append(output.detach().abs().mean().item())

    return hook


handles = [layer.register_forward_hook(keep(name)) for name, layer in model.named_children()]
model.head.register_full_backward_hook(
    lambda module, grad_input, grad_output: gradients.setdefault("head", []).append(
        [grad_input[0].norm().item(), grad_output[0].norm().item()]
    )
)
model.hidden.weight.register_hook(lambda grad: grad * 0.5)

# Data: three noisy spirals in six dimensions
N = 60
t = torch.linspace(0, 1, N)
angle = torch.cat([t * 4 + 2 * torch.pi * k / 3 for k in range(3)]) + 0.2 * torch.randn(3 * N)
radius = t.repeat(3)
plane = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
X = torch.cat([plane, plane**2, plane.prod(1, keepdim=True), radius[:, None]], dim=1)
y = torch.arange(3).repeat_interleave(N)
permutation = torch.randperm(3 * N)
train, valid = permutation[:120], permutation[120:]
print(X.shape, y.bincount())

criterion = nn.CrossEntropyLoss()
folder = Path(tempfile.mkdtemp())
path = folder / "checkpoint.pt"
best_acc, best_epoch = -1.0, -1
best_model_wts = copy.deepcopy(model.state_dict())
history = {"train": [], "valid": [], "acc": []}
for epoch in range(25):
    for phase in ["train", "valid"]:
        if phase == "train":
            model.train()
            rows = train
        else:
            model.eval()
            rows = valid
        optimizer.zero_grad()
        with torch.set_grad_enabled(phase == "train"):
            outputs = model(X[rows])
            _, preds = torch.max(outputs, 1)
            loss = criterion(outputs, y[rows])
            if phase == "train":
                loss.backward()
                optimizer.step()
        history[phase].append(loss.item())
        if phase == "valid":
            acc = torch.sum(preds == y[rows].data).double() / len(rows)
            history["acc"].append(acc.item())
            if acc > best_acc:
                best_acc, best_epoch = acc, epoch
                best_model_wts = copy.deepcopy(model.state_dict())
    if epoch == 14:
        torch.save(
            {
                "epoch": epoch,
                "model_state_dict": model.state_dict(),
                "optimizer_state_dict": optimizer.state_dict(),
                "loss": loss,
            },
            path,
        )
for handle in handles:
    handle.remove()
print(f"Best val Acc: {best_acc:4f} in epoch {best_epoch}")
last = model.head.weight.clone()
model.load_state_dict(best_model_wts)
print("changed by the best weights:", not torch.equal(last, model.head.weight))

# Resume from the checkpoint: the same last ten epochs again
twin = nn.Sequential(
    OrderedDict(
        hidden=nn.Linear(6, 10), norm=nn.BatchNorm1d(10), act=nn.Tanh(), head=nn.Linear(10, 3)
    )
)
twin.hidden.weight.register_hook(lambda grad: grad * 0.5)
twin_optimizer = optim.SGD(twin.parameters(), lr=0.001, momentum=0.5)
checkpoint = torch.load(path, weights_only=True)
print(twin.load_state_dict(checkpoint["model_state_dict"]))
twin_optimizer.load_state_dict(checkpoint["optimizer_state_dict"])
print(twin_optimizer)
resumed = []
for _ in range(checkpoint["epoch"] + 1, 25):
    twin.train()
    twin_optimizer.zero_grad()
    loss = criterion(twin(X[train]), y[train])
    loss.backward()
    twin_optimizer.step()
    resumed.append(loss.item())
assert resumed == history["train"][15:]

# Loading what does not fit
smaller = nn.Sequential(OrderedDict(hidden=nn.Linear(6, 10), extra=nn.Linear(10, 2)))
try:
    smaller.load_state_dict(model.state_dict())
except RuntimeError as error:
    print("head.weight" in str(error), "extra.bias" in str(error))
missing = smaller.load_state_dict(model.state_dict(), strict=False)
results["missing"] = [sorted(missing.missing_keys), sorted(missing.unexpected_keys)]

# Transfer: freeze everything but a new head
for param in model.parameters():
    param.requires_grad = False
num_ftrs = model.head.in_features
model.head = nn.Linear(num_ftrs, 2)
optimizer_conv = optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.5)
before = model.hidden.weight.sum().item()
new_losses = []
for _ in range(10):
    optimizer_conv.zero_grad(set_to_none=False)
    loss = criterion(model(X), (y == 1).long())
    loss.backward()
    optimizer_conv.step()
    new_losses.append(loss.item())
assert model.hidden.weight.grad is None or model.hidden.weight.grad.abs().sum() == 0
assert before == model.hidden.weight.sum().item()

# Copies, casts and counting
clone = copy.deepcopy(model)
clone.head.bias.data.fill_(0.0)
assert not torch.equal(clone.head.bias, model.head.bias)
half = clone.float()
print(half.head.weight.dtype, next(half.parameters()).dtype, half(X.float()).dtype)
total = sum(p.numel() for p in model.parameters())
trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
print(f"{total} parameters, {trainable} to be trained")

results.update(
    history=history,
    activations=activations,
    gradients=gradients["head"],
    best=[best_acc.item(), best_epoch],
    resumed=resumed,
    checkpoint_loss=checkpoint["loss"].item(),
    new_losses=new_losses,
    running_mean=model.norm.running_mean.tolist(),
    counts=[total, trainable],
    weights={name: p.abs().sum().item() for name, p in model.named_parameters()},
)
torch.save(model.state_dict(), str(path))
reloaded = torch.load(str(path))
assert all(torch.equal(reloaded[key], value) for key, value in model.state_dict().items())
path.unlink()
folder.rmdir()
