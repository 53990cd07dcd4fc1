"""Ways to train: optimisers side by side, rate finder, accumulation, early stopping, averaging."""

import copy
import math

import torch
from torch import nn, optim
from torch.nn import functional as F
from torch.optim import lr_scheduler
from torch.utils.data import DataLoader, TensorDataset

torch.set_default_dtype(torch.float64)
SEED = 12
results = {}


def make_moons(n, noise, generator):
    t = torch.rand(n, generator=generator) * math.pi
    upper = torch.stack([torch.cos(t), torch.sin(t)], 1)
    lower = torch.stack([1 - torch.cos(t), 0.5 - torch.sin(t)], 1)
    label = torch.randint(0, 2, (n,), generator=generator)
    points = torch.where(label[:, None] == 0, upper, lower)
    return points + noise * torch.randn(n, 2, generator=generator), label


g = torch.Generator().manual_seed(SEED)
X, y = make_moons(160, 0.15, g)
X_val, y_val = make_moons(80, 0.15, g)
train_set = TensorDataset(X, y)
results["data"] = [X.sum(0).tolist(), y.sum().item()]


def make_model():
    torch.manual_seed(SEED)
    return nn.Sequential(
        nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 2)
    )


def loader(batch_size=32):
    generator = torch.Generator()
    generator.manual_seed(0)
    return DataLoader(train_set, batch_size=batch_size, shuffle=True, generator=generator)


def accuracy(model):
    model.eval()
    with torch.inference_mode():
        return (model(X_val).argmax(dim=1) == y_val).double().mean().item()


# The optimisers on the same start and the same batches
candidates = {
    "SGD": lambda p: optim.SGD(p, lr=0.1),
    "momentum": lambda p: optim.SGD(p, lr=0.05, momentum=0.9),
    "nesterov": lambda p: optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=1e-3),
    "dampened": lambda p: optim.SGD(p, lr=0.1, momentum=0.5, dampening=0.1),
    "ascent": lambda p: optim.SGD(p, lr=0.02, maximize=True),
    "RMSprop": lambda p: optim.RMSprop(p, lr=5e-3),
    "centred": lambda p: optim.RMSprop(p, lr=3e-3, alpha=0.9, momentum=0.5, centered=True),
    "Adagrad": lambda p: optim.Adagrad(p, lr=5e-2),
    "Adam": lambda p: optim.Adam(p, lr=1e-2),
    "AMSGrad": lambda p: optim.Adam(p, lr=1e-2, amsgrad=True, weight_decay=1e-3),
    "AdamW": lambda p: optim.AdamW(p, lr=1e-2, weight_decay=0.1),
}
for name, make_optimizer in candidates.items():
    model = make_model()
    optimizer = make_optimizer(model.parameters())
    losses = []
    for _ in range(2):
        for xb, yb in loader():
            loss = F.cross_entropy(model(xb), yb)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    results[f"optim {name}"] = losses
    results[f"weights {name}"] = [p.norm().item() for p in model.parameters()]
    print(f"{name:10s} last loss {losses[-1]:.5f}, accuracy {accuracy(model):.3f}")

# Schedules of the learning rate
for name, make_scheduler in {
    "StepLR": lambda o: lr_scheduler.StepLR(o, step_size=3, gamma=0.1),
    "MultiStepLR": lambda o: lr_scheduler.MultiStepLR(o, milestones=[2, 5], gamma=0.5),
    "ExponentialLR": lambda o: lr_scheduler.ExponentialLR(o, gamma=0.9),
    "CosineAnnealingLR": lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=5),
    "LambdaLR": lambda o: lr_scheduler.LambdaLR(o, lr_lambda=lambda epoch: 0.95**epoch),
    "LinearLR": lambda o: lr_scheduler.LinearLR(o, start_factor=0.2, total_iters=4),
}.items():
    w = torch.zeros(1, requires_grad=True)
    optimizer = optim.SGD([w], lr=0.5)
    scheduler = make_scheduler(optimizer)
    rates = []
    for _ in range(9):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    results[f"schedule {name}"] = rates + scheduler.get_last_lr()

# Learning-rate finder
model = make_model()
optimizer = optim.SGD(model.parameters(), lr=1e-4)
found, smooth = [], 0.0
batches = iter(loader(16))
for i in range(1, 11):
    xb, yb = next(batches)
    loss = nn.functional.cross_entropy(model(xb), yb)
    smooth = 0.9 * smooth + 0.1 * loss.item()
    found.append((optimizer.param_groups[0]["lr"], smooth / (1 - 0.9**i)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    for group in optimizer.param_groups:
        group["lr"] *= 2.5
results["finder"] = found

# Gradient accumulation: four small batches make the step of a large one
model, reference = make_model(), make_model()
criterion = nn.CrossEntropyLoss()
optimizer, reference_optimizer = (optim.Adam(m.parameters(), lr=0.01) for m in (model, reference))
accumulation_steps = 4
for i, (inputs, labels) in enumerate(DataLoader(train_set, batch_size=16)):
    loss = criterion(model(inputs), labels) / accumulation_steps
    loss.backward()
    if (i + 1) % accumulation_steps == 0:
        optimizer.step()
        optimizer.zero_grad()
for inputs, labels in DataLoader(train_set, batch_size=64, drop_last=True):
    reference_optimizer.zero_grad()
    criterion(reference(inputs), labels).backward()
    reference_optimizer.step()
for p, q in zip(model.parameters(), reference.parameters(), strict=True):
    assert torch.allclose(p, q)
results["accumulated"] = [p.sum().item() for p in model.parameters()]


# Early stopping with patience, best weights kept
class EarlyStopping:
    def __init__(self, patience=3, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best = float("inf")
        self.counter = 0
        self.state = None

    def __call__(self, value, model):
        if value < self.best - self.min_delta:
            self.best = value
            self.counter = 0
            self.state = copy.deepcopy(model.state_dict())
        else:
            self.counter += 1
        return self.counter >= self.patience


model = make_model()
optimizer = optim.AdamW(model.parameters(), lr=0.05)
plateau = lr_scheduler.ReduceLROnPlateau(optimizer, mode="min", factor=0.5, patience=1)
stopping = EarlyStopping(patience=4)
validation = []
for _epoch in range(40):
    model.train()
    for inputs, labels in loader(40):
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        val_loss = criterion(model(X_val), y_val)
    validation.append(val_loss.item())
    plateau.step(val_loss)
    if stopping(val_loss.item(), model):
        print(f"stopped after {len(validation)} epochs, best {stopping.best:.4f}")
        break
model.load_state_dict(stopping.state)
assert math.isclose(criterion(model(X_val), y_val).item(), stopping.best)
results["validation"] = validation
results["stopped"] = [len(validation), stopping.best, optimizer.param_groups[0]["lr"]]

# A moving average of the weights, L1 penalty, clipping by value, an ignored class
model = make_model()
average = copy.deepcopy(model)
for p in average.parameters():
    p.requires_grad_(False)
optimizer = optim.SGD(model.parameters(), lr=0.2)
weighted = nn.CrossEntropyLoss(weight=torch.tensor([1.0, 3.0]), ignore_index=-100)
losses = []
for inputs, labels in loader():
    labels = labels.masked_fill(inputs[:, 0] > 1.8, -100)
    l1 = sum(p.abs().sum() for p in model.parameters())
    loss = weighted(model(inputs), labels) + 1e-3 * l1
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_value_(model.parameters(), clip_value=0.05)
    optimizer.step()
    with torch.no_grad():
        for p, q in zip(average.parameters(), model.parameters(), strict=True):
            p.lerp_(q, 0.1)
    losses.append(loss.item())
results["penalised"] = losses
results["average"] = [p.sum().item() for p in average.parameters()]
vector = nn.utils.parameters_to_vector(model.parameters())
print(vector.shape, sum(p.grad.norm() ** 2 for p in model.parameters()).sqrt().item() < 10)
results["vector"] = vector[:8].tolist()

# Losses
p, q = torch.randn(4, 3, generator=g), torch.randn(4, 3, generator=g)
classes, signs = torch.tensor([0, 2, 1, 1]), torch.tensor([1.0, -1.0, 1.0, -1.0])
for name, value in {
    "mse": F.mse_loss(p, q),
    "l1": F.l1_loss(p, q, reduction="none").sum(1),
    "huber": F.huber_loss(p, q, delta=0.7),
    "smooth_l1": F.smooth_l1_loss(p, q),
    "nll": F.nll_loss(F.log_softmax(p, 1), classes, weight=torch.tensor([1.0, 2.0, 0.5])),
    "soft": F.cross_entropy(p, q.softmax(1)),
    "bce": F.binary_cross_entropy(p.sigmoid(), q.sigmoid()),
    "logits": F.binary_cross_entropy_with_logits(p, (q > 0).double(), pos_weight=torch.ones(3) * 2),
    "kl": F.kl_div(p.log_softmax(1), q.softmax(1), reduction="batchmean"),
    "margin": nn.MultiMarginLoss()(p, classes),
    "embedding": nn.HingeEmbeddingLoss()(p[:, 0], signs),
    "triplet": nn.TripletMarginLoss()(p, q, p.flip(0)),
    "soft_margin": nn.SoftMarginLoss()(p[:, 0], signs),
    "gaussian": nn.GaussianNLLLoss()(p, q, q.exp()),
}.items():
    results[f"loss {name}"] = value.tolist()
