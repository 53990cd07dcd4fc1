"""What autograd does: graphs, leaves, accumulation, vectors, second derivatives, own functions."""

import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)
results = {}

# One layer by hand
x = torch.ones(5)
y = torch.zeros(3)
w = torch.randn(5, 3, requires_grad=True)
b = torch.randn(3, requires_grad=True)
z = torch.matmul(x, w) + b
loss = torch.nn.functional.binary_cross_entropy_with_logits(z, y)
print(loss)
print(z.requires_grad, z.is_leaf, w.is_leaf, z.grad_fn is not None, w.grad_fn is None)
loss.backward()
print(w.grad)
print(b.grad)
results["w.grad"] = w.grad.tolist()
results["b.grad"] = b.grad.tolist()

# Gradients accumulate until they are set to zero
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
for _ in range(3):
    (x**2).sum().backward()
results["accumulated"] = x.grad.tolist()
x.grad.zero_()
y = x * 2
while y.norm() < 1000:
    y = y * 2
y.backward(torch.tensor([0.1, 1.0, 0.0001]))
results["vector_jacobian"] = x.grad.tolist()

# eye, retain_graph: rows of a Jacobian
inp = torch.eye(4, 5, requires_grad=True)
out = (inp + 1).pow(2).t()
out.backward(torch.ones_like(out), retain_graph=True)
print(f"First call\n{inp.grad}")
out.backward(torch.ones_like(out), retain_graph=True)
print(f"\nSecond call\n{inp.grad}")
inp.grad.zero_()
out.backward(torch.ones_like(out), retain_graph=True)
print(f"\nCall after zeroing gradients\n{inp.grad}")
results["jacobian_product"] = inp.grad.sum().item()

# Not tracking
with torch.no_grad():
    z = torch.matmul(inp, w)
assert not z.requires_grad
z_det = torch.matmul(inp, w).detach()
assert not z_det.requires_grad
with torch.inference_mode():
    assert not (inp * 2).requires_grad


@torch.no_grad()
def double(t):
    return 2 * t


assert not double(inp).requires_grad
with torch.no_grad(), torch.enable_grad():
    assert (inp * 2).requires_grad
with torch.set_grad_enabled(False):
    assert not torch.is_grad_enabled()

# Gradients of intermediate results, and hooks on them
a = torch.linspace(0.0, 2.0 * math.pi, steps=25, requires_grad=True)
s = torch.sin(a)
s.retain_grad()
seen = []
s.register_hook(lambda grad: seen.append(grad.sum().item()))
out = (2 * s + 1).sum()
out.backward()
results["s.grad"] = s.grad.tolist()
results["a.grad"] = a.grad.tolist()
results["seen"] = seen

# torch.autograd.grad, first to fourth derivative
x = torch.tensor(0.7, requires_grad=True)
f = torch.tanh(x) * torch.exp(-(x**2))
derivatives = []
for _ in range(4):
    (f,) = torch.autograd.grad(f, x, create_graph=True)
    derivatives.append(f.item())
results["derivatives"] = derivatives

# Hessian of Rosenbrock's function, row by row; a Newton step
point = torch.tensor([-1.2, 1.0], requires_grad=True)
path = []
for _ in range(6):
    value = (1 - point[0]) ** 2 + 100 * (point[1] - point[0] ** 2) ** 2
    (gradient,) = torch.autograd.grad(value, point, create_graph=True)
    rows = [torch.autograd.grad(g, point, retain_graph=True)[0] for g in gradient]
    hessian = torch.stack(rows)
    with torch.no_grad():
        (p, q), (_, r) = hessian
        inverse = torch.stack([torch.stack([r, -q]), torch.stack([-q, p])]) / (p * r - q * q)
        point -= inverse @ gradient
    path.append(value.item())
results["newton"] = path
results["minimum"] = point.detach().numpy().round(6).tolist()

# A Hessian-vector product through a network
W1 = torch.randn(4, 6, requires_grad=True)
W2 = torch.randn(6, 1, requires_grad=True)
data = torch.randn(10, 4)
v = torch.randn(4, 6)
energy = (F.softplus(data @ W1) @ W2).pow(2).mean()
grad_w1, grad_w2 = torch.autograd.grad(energy, (W1, W2), create_graph=True)
hvp = torch.autograd.grad((grad_w1 * v).sum(), W1)[0]
results["hvp"] = hvp.sum(dim=0).tolist()
unused = torch.ones(2, requires_grad=True)
missing = torch.autograd.grad(energy.detach() + W1.sum(), [W1, unused], allow_unused=True)
print(missing[1] is None)


# A function with its own backward
class LegendrePolynomial3(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return 0.5 * (5 * input**3 - 3 * input)

    @staticmethod
    def backward(ctx, grad_output):
        (input,) = ctx.saved_tensors
        return grad_output * 1.5 * (5 * input**2 - 1)


x = torch.linspace(-math.pi, math.pi, 200)
y = torch.sin(x)
a, b, c, d = (torch.full((), value, requires_grad=True) for value in (0.0, -1.0, 0.0, 0.3))
P3 = LegendrePolynomial3.apply
for _ in range(50):
    y_pred = a + b * P3(c + d * x)
    loss = (y_pred - y).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        for weight in (a, b, c, d):
            weight -= 5e-5 * weight.grad
            weight.grad = None
results["legendre"] = [loss.item(), a.item(), b.item(), c.item(), d.item()]

# Kinks and ties: what the derivative is where there is none
t = torch.tensor([-1.0, 0.0, 0.0, 2.0, 2.0], requires_grad=True)
for name, function in {
    "relu": lambda: F.relu(t).sum(),
    "abs": lambda: t.abs().sum(),
    "max": lambda: t.max(),
    "max_dim": lambda: t.max(dim=0).values,
    "amax": lambda: t.amax(),
    "clamp": lambda: t.clamp(min=0, max=2).sum(),
    "maximum": lambda: torch.maximum(t, torch.zeros(5)).sum(),
    "norm": lambda: (t[1:3]).norm(),
    "sqrt": lambda: t[3:].sqrt().sum(),
    "where": lambda: torch.where(t > 0, t.exp(), t * 3).sum(),
    "prod": lambda: t.prod(),
    "sort": lambda: (t.sort(descending=True).values * torch.arange(5.0)).sum(),
}.items():
    t.grad = None
    function().backward()
    results[f"kink {name}"] = t.grad.tolist()

# Misuse is refused
w = torch.ones(3, requires_grad=True)


def in_place_on_leaf():
    global w
    w += 1


def twice():
    total = (w.exp()).sum()
    total.backward()
    total.backward()


def changed_after_use():
    h = w * 2
    q = h**2
    h += 1
    q.sum().backward()


refused = []
for misuse in (
    lambda: (w * 2).backward(),
    twice,
    in_place_on_leaf,
    changed_after_use,
    lambda: torch.ones(3).sum().backward(),
    lambda: w.numpy(),
    lambda: torch.ones(3, dtype=torch.long, requires_grad=True),
):
    try:
        misuse()
        refused.append("no error")
    except Exception as error:
        refused.append(type(error).__name__)
results["refused"] = refused
