"""Matrices and indices: einsum, least squares, stable softmax, gathering, k-means, attention."""

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(6)
results = {}

# Products of every kind
a, b, c = torch.randn(3, 4), torch.randn(4, 5), torch.randn(3, 4)
batch = torch.randn(2, 3, 4)
results["einsum"] = {
    "ij,jk->ik": torch.einsum("ij,jk->ik", a, b).tolist(),
    "ij,ij->": torch.einsum("ij,ij->", a, c).item(),
    "ii": torch.einsum("ii", a @ a.T).item(),
    "bij,jk->bk": torch.einsum("bij,jk->bk", batch, b).tolist(),
    "i,j": torch.einsum("i,j->ij", a[:, 0], b[0]).tolist(),
    "...ij->...ji": list(torch.einsum("...ij->...ji", batch).shape),
}
assert torch.allclose(torch.einsum("ij,jk", a, b), a.mm(b))
assert torch.allclose(torch.bmm(batch, batch.mT)[0], batch[0] @ batch[0].T)
assert torch.allclose(a.mv(b[:, 0]), a @ b[:, 0])
assert torch.allclose(torch.dot(a[0], c[0]), (a[0] * c[0]).sum())
assert torch.allclose(torch.outer(a[0], b[0]), a[0][:, None] * b[0])
results["matmul"] = [list((batch @ b).shape), list((a[0] @ b).shape), list((batch @ a[0]).shape)]
results["addmm"] = torch.addmm(torch.ones(5), a, b, beta=0.5, alpha=2.0).tolist()

results["norms"] = [
    torch.linalg.norm(a).item(),
    a.norm(p=1, dim=1).tolist(),
    torch.linalg.norm(a[0], ord=float("inf")).item(),
    a.norm(dim=0, keepdim=True).tolist(),
]

# Least squares by gradient descent, the gradient from autograd and from matrix calculus
x = torch.linspace(-1, 1, 50)
design = torch.stack([x**k for k in range(4)], dim=1)
target = torch.exp(x) + 0.1 * torch.randn(50)
w = torch.zeros(4, requires_grad=True)
for _ in range(200):
    error = design @ w - target
    error.square().mean().backward()
    assert torch.allclose(w.grad, 2 / 50 * design.T @ error)
    with torch.no_grad():
        w.sub_(w.grad, alpha=0.3)
    w.grad.zero_()
results["least_squares"] = w.tolist()

# Stable softmax, gathering, masks
logits = torch.tensor([[1000.0, 0.0, -1000.0], [1.0, 2.0, 3.0]], requires_grad=True)
label = torch.tensor([0, 2])
naive = torch.exp(logits) / torch.exp(logits).sum(1, keepdim=True)
print("overflow:", naive.isnan().any().item())
log_probabilities = logits - torch.logsumexp(logits, dim=1, keepdim=True)
nll = -log_probabilities.gather(1, label.unsqueeze(1)).squeeze(1).mean()
nll.backward()
assert torch.allclose(nll, F.cross_entropy(logits, label))
assert torch.allclose(nll, -log_probabilities[range(2), label].mean())
results["softmax"] = [nll.item(), logits.grad.tolist(), F.softmax(logits, dim=1).tolist()]
one_hot = F.one_hot(torch.tensor([2, 0, 1, 2]), num_classes=4)
print(one_hot)
scattered = torch.zeros(4, 4).scatter_(1, torch.tensor([[2], [0], [1], [2]]), 1.0)
assert torch.equal(one_hot.double(), scattered)
results["scatter_add"] = (
    torch.zeros(3).scatter_add(0, torch.tensor([0, 1, 0, 2]), torch.arange(4.0)).tolist()
)
results["index_add"] = (
    torch.zeros(3, 4).index_add_(0, torch.tensor([2, 2]), torch.ones(2, 4)).sum(1).tolist()
)
results["index_select"] = a.index_select(1, torch.tensor([3, 0])).tolist()
results["take"] = torch.take_along_dim(a, a.argsort(dim=1), dim=1).tolist()
results["masked"] = [
    a.masked_fill(a < 0, 0.0).sum().item(),
    a.masked_select(a > 0.5).tolist(),
    torch.where(a > 0, a, -a).sum().item(),
    a.clamp(-0.5, 0.5).sum().item(),
    torch.where(a > 1)[0].tolist(),
]
results["cumulative"] = [a.cumsum(0)[-1].tolist(), a.cumprod(1)[:, -1].tolist()]
results["rounding"] = [a.round().sum().item(), a.floor().sum().item(), a.ceil().sum().item()]
results["special"] = [
    torch.erf(a[0]).tolist(),
    torch.log1p(a[0].abs()).tolist(),
    torch.expm1(a[0]).tolist(),
    torch.rsqrt(a[0].abs()).tolist(),
    torch.sign(a[0]).tolist(),
    torch.reciprocal(a[0]).tolist(),
    torch.sinh(a[0]).tolist(),
    torch.arctan(a[0]).tolist(),
    torch.log2(a[0].abs()).tolist(),
]
results["roll"] = torch.roll(torch.arange(5), 2).tolist()
results["triu"] = torch.triu(a, diagonal=1).sum().item()
results["diagonal"] = [a.diagonal().tolist(), torch.diag(torch.arange(2)).tolist()]
results["movedim"] = list(torch.movedim(batch, 0, -1).shape)
results["pad"] = F.pad(torch.ones(2, 2), (1, 0, 0, 2), value=3.0).tolist()
results["cat"] = torch.hstack([torch.vstack([a, c]), torch.zeros(6, 1)]).sum(0).tolist()
results["cosine"] = F.cosine_similarity(a, c, dim=1).tolist()
results["normalize"] = F.normalize(a, dim=1).tolist()
results["cdist"] = torch.cdist(a, c).tolist()

# k-means
centres = torch.tensor([[0.0, 0.0], [3.0, 3.0], [0.0, 4.0]])
points = torch.cat([centre + 0.5 * torch.randn(30, 2) for centre in centres])
means = points[torch.randperm(len(points))[:3]].clone()
for _ in range(8):
    distances = (points[:, None, :] - means[None, :, :]).pow(2).sum(dim=-1)  # (N, 3)
    nearest = distances.argmin(dim=1)
    for k in range(3):
        if (nearest == k).any():
            means[k] = points[nearest == k].mean(dim=0)
results["kmeans"] = [means.tolist(), torch.bincount(nearest, minlength=3).tolist()]

# To NumPy and back
table = np.random.default_rng(2).normal(size=(40, 3)) @ np.diag([3.0, 1.0, 0.1])
centred = torch.from_numpy(table)
centred = centred - centred.mean(0)
covariance = centred.T @ centred / (len(centred) - 1)
assert isinstance(covariance.numpy(), np.ndarray)
results["covariance"] = covariance.tolist()
results["numpy"] = [float(np.asarray(centred).std()), float(np.exp(centred.numpy()).sum())]

# Attention by hand against the function
q, k, v = torch.randn(3, 2, 5, 4).unbind(0)
scores = q @ k.transpose(-2, -1) / 4**0.5
allowed = torch.ones(5, 5).tril().bool()
weights = scores.masked_fill(~allowed, float("-inf")).softmax(dim=-1)
assert torch.allclose(
    weights @ v, F.scaled_dot_product_attention(q, k, v, attn_mask=allowed), atol=1e-12
)
results["attention"] = (weights @ v).sum(-1).tolist()
