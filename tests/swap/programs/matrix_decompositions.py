"""Solving and decomposing matrices: derivatives through a solution, least squares, PCA, Newton."""

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(6)
results = {}
a = torch.randn(3, 4)

# Solving, and derivatives through it
A = torch.randn(4, 4)
spd = (A @ A.T + 4 * torch.eye(4)).requires_grad_()
rhs = torch.randn(4, 2)
solution = torch.linalg.solve(spd, rhs)
quantity = (
    solution.sum() + torch.logdet(spd) + torch.linalg.inv(spd).trace() + torch.linalg.det(spd)
)
quantity.backward()
results["solve"] = [solution.tolist(), quantity.item(), spd.grad.tolist()]
L = torch.linalg.cholesky(spd.detach())
results["cholesky"] = L.tolist()
eigenvalues, eigenvectors = torch.linalg.eigh(spd.detach())
assert torch.allclose(eigenvectors @ torch.diag(eigenvalues) @ eigenvectors.T, spd)
results["eigenvalues"] = eigenvalues.tolist()
U, S, Vh = torch.linalg.svd(a, full_matrices=False)
assert torch.allclose(U @ S.diag() @ Vh, a)
results["singular"] = S.tolist()

# Least squares: the normal equations, then QR
x = torch.linspace(-1, 1, 50)
design = torch.stack([x**k for k in range(4)], dim=1)
target = torch.exp(x) + 0.1 * torch.randn(50)
normal = torch.linalg.solve(design.T @ design, design.T @ target)
Q, R = torch.linalg.qr(design)
assert torch.allclose(normal, torch.linalg.solve(R, Q.T @ target))
results["least_squares"] = normal.tolist()

# PCA from a NumPy array and back
table = np.random.default_rng(2).normal(size=(40, 3)) @ np.diag([3.0, 1.0, 0.1])
centred = torch.from_numpy(table)
centred = centred - centred.mean(0)
_, spread, directions = torch.linalg.svd(centred, full_matrices=False)
explained = (spread**2 / (spread**2).sum()).numpy()
assert isinstance(explained, np.ndarray)
results["pca"] = explained.tolist()

# Newton's method on Rosenbrock's function, its Hessian row by row
point = torch.tensor([-1.2, 1.0], requires_grad=True)
path = []
for _ in range(6):
    value = (1 - point[0]) ** 2 + 100 * (point[1] - point[0] ** 2) ** 2
    (gradient,) = torch.autograd.grad(value, point, create_graph=True)
    rows = [torch.autograd.grad(g, point, retain_graph=True)[0] for g in gradient]
    hessian = torch.stack(rows)
    with torch.no_grad():
        point -= torch.linalg.solve(hessian, gradient)
    path.append(value.item())
results["newton"] = path
