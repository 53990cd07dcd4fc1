"""Fit sin(x) with a polynomial: by hand, with autograd, with nn and with optim."""

import math

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
print(f"running on {device}")

# 1. NumPy, derivatives by hand
x_np = np.linspace(-math.pi, 2.5, 400)
y_np = np.sin(x_np)
rng = np.random.default_rng(0)
start = rng.normal(size=4)
w = start.copy()
learning_rate = 1e-6
for _ in range(100):
    y_pred = w[0] + w[1] * x_np + w[2] * x_np**2 + w[3] * x_np**3
    grad_y = 2.0 * (y_pred - y_np)
    w -= learning_rate * np.array([(grad_y * x_np**k).sum() for k in range(4)])

# 2. Tensors, derivatives by hand
x = torch.linspace(-math.pi, 2.5, 400, device=device)
y = torch.sin(x)
a, b, c, d = (torch.tensor(value, device=device) for value in start)
for t in range(100):
    y_pred = a + b * x + c * x**2 + d * x**3
    loss = (y_pred - y).pow(2).sum().item()
    if t % 25 == 0:
        print(t, round(loss, 6))
    grad_y_pred = 2.0 * (y_pred - y)
    a -= learning_rate * grad_y_pred.sum()
    b -= learning_rate * (grad_y_pred * x).sum()
    c -= learning_rate * (grad_y_pred * x**2).sum()
    d -= learning_rate * (grad_y_pred * x**3).sum()
by_hand = [a.item(), b.item(), c.item(), d.item()]

# 3. Autograd, the step inside no_grad
a, b, c, d = (torch.tensor(value, device=device, requires_grad=True) for value in start)
auto_losses = []
for _ in range(100):
    y_pred = a + b * x + c * x**2 + d * x**3
    loss = (y_pred - y).pow(2).sum()
    auto_losses.append(loss.item())
    loss.backward()
    with torch.no_grad():
        a -= learning_rate * a.grad
        b -= learning_rate * b.grad
        c -= learning_rate * c.grad
        d -= learning_rate * d.grad
        a.grad = None
        b.grad = None
        c.grad = None
        d.grad = None
with_autograd = [a.item(), b.item(), c.item(), d.item()]
print(f"Result: y = {a.item():.6f} + {b.item():.6f} x + {c.item():.6f} x^2 + {d.item():.6f} x^3")

# 4. nn.Sequential on the powers of x, the step in a loop over parameters
torch.manual_seed(0)
p = torch.tensor([1, 2, 3], device=device)
xx = x.unsqueeze(-1).pow(p)
print(xx.shape)
model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Flatten(0, 1)).to(device)
loss_fn = torch.nn.MSELoss(reduction="sum")
nn_losses = []
for _ in range(200):
    y_pred = model(xx)
    loss = loss_fn(y_pred, y)
    nn_losses.append(loss.item())
    model.zero_grad()
    loss.backward()
    with torch.no_grad():
        for param in model.parameters():
            param -= learning_rate * param.grad
linear_layer = model[0]
print(linear_layer)

# 5. An optimiser instead of the loop
optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3)
optim_losses = []
for t in range(100):
    y_pred = model(xx)
    loss = loss_fn(y_pred, y)
    if t % 50 == 49:
        print(t, f"{loss.item():.8f}")
    optim_losses.append(loss.item())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


# 6. A module of our own, with a random number of higher powers
class DynamicNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Parameter(torch.randn(()))
        self.b = torch.nn.Parameter(torch.randn(()))
        self.c = torch.nn.Parameter(torch.randn(()))
        self.d = torch.nn.Parameter(torch.randn(()))
        self.e = torch.nn.Parameter(torch.randn(()))

    def forward(self, x, extra):
        y = self.a + self.b * x + self.c * x**2 + self.d * x**3
        for power in range(4, 4 + extra):
            y = y + self.e * x**power
        return y

    def string(self):
        return f"y = {self.a.item():.5f} + {self.b.item():.5f} x + ... + {self.e.item():.5f} x^4 ?"


net = DynamicNet().to(device)
criterion = torch.nn.MSELoss(reduction="sum")
sgd = torch.optim.SGD(net.parameters(), lr=1e-8, momentum=0.9)
dynamic_losses = []
for t in range(150):
    loss = criterion(net(x, t % 3), y)
    dynamic_losses.append(loss.item())
    sgd.zero_grad()
    loss.backward()
    sgd.step()
print(net.string())

results = {
    "numpy": w.tolist(),
    "by_hand": by_hand,
    "with_autograd": with_autograd,
    "auto_losses": auto_losses,
    "nn_losses": nn_losses,
    "optim_losses": optim_losses,
    "dynamic_losses": dynamic_losses,
    "weight": linear_layer.weight.tolist(),
    "bias": linear_layer.bias.item(),
    "dynamic": [param.item() for param in net.parameters()],
}
