"""A tour of tensors: making, indexing, reshaping, reducing and printing them."""

import math

import numpy as np
import torch

torch.manual_seed(1)
results = {}

# Creation
data = [[1, 2], [3, 4]]
x_data = torch.tensor(data)
np_array = np.array(data)
x_np = torch.from_numpy(np_array)
print(x_data, x_data.dtype)
print(f"Ones Tensor: \n {torch.ones_like(x_data)} \n")
print(f"Random Tensor: \n {torch.rand_like(x_data, dtype=torch.float)} \n")
shape = (2, 3)
rand_tensor = torch.rand(shape)
print(f"Random Tensor: \n {rand_tensor} \n")
print(f"Ones Tensor: \n {torch.ones(shape)} \n")
print(f"Zeros Tensor: \n {torch.zeros(shape)}")
results["random"] = rand_tensor.tolist()
results["randn"] = torch.randn(3, 7).tolist()
results["randint"] = torch.randint(0, 10, (4, 3)).tolist()
results["randperm"] = torch.randperm(12).tolist()
results["normal"] = torch.normal(2.0, 0.5, size=(5,)).tolist()
results["uniform"] = torch.empty(2, 3).uniform_(-1, 1).tolist()

# Attributes
tensor = torch.rand(3, 4)
print(f"Shape of tensor: {tensor.shape}")
print(f"Datatype of tensor: {tensor.dtype}")
print(f"Device tensor is stored on: {tensor.device}")
print(tensor.size(), tensor.size(0), tensor.dim(), tensor.numel(), tensor.ndim)
assert isinstance(tensor, torch.Tensor)
assert torch.is_tensor(tensor)
assert tensor.shape == (3, 4)
assert tensor.shape == torch.Size([3, 4])
assert tensor.shape[1:] == (4,)
assert tensor.dtype == torch.float32
assert tensor.dtype is torch.float
assert torch.arange(3).dtype == torch.int64 == torch.long
assert (torch.arange(3) / 2).dtype == torch.float32
assert (torch.tensor([True]) + 1).dtype == torch.int64
assert (torch.ones(2, dtype=torch.float64) + torch.ones(2)).dtype == torch.double
assert tensor.is_floating_point()
assert not tensor.requires_grad

# Indexing and slicing
tensor = torch.arange(24.0).reshape(4, 6)
print(f"First row: {tensor[0]}")
print(f"First column: {tensor[:, 0]}")
print(f"Last column: {tensor[..., -1]}")
tensor[:, 1] = 0
print(tensor)
tensor[tensor > 20] = -1
tensor[1:3, ::2] *= 10
tensor[[0, 3], [5, 5]] = torch.tensor([100.0, 200.0])
results["written"] = tensor.tolist()
results["mask"] = tensor[tensor < 0].tolist()
results["fancy"] = tensor[torch.tensor([0, 2]), 1:4].tolist()
results["new_axis"] = list(tensor[:, None, 2:4].shape)
results["rows"] = [row.sum().item() for row in tensor]
results["len"] = len(tensor)
results["nonzero"] = (tensor > 50).nonzero().tolist()
first, *others = torch.tensor([5, 6, 7])
print(first, others)

# Views share memory
base = torch.zeros(6)
view = base.view(2, 3)
view[1] += 1
base.add_(0.5)
results["view"] = view.tolist()
copy = base.clone()
copy.zero_()
results["base"] = base.sum().item()
t = torch.ones(5)
n = t.numpy()
t.add_(1)
print(f"t: {t}")
print(f"n: {n}")
n = np.ones(5)
t = torch.from_numpy(n)
np.add(n, 1, out=n)
print(f"t: {t}")
results["shared"] = t.tolist()

# Joining and splitting
t1 = torch.cat([tensor, tensor, tensor], dim=1)
print(t1.shape)
results["stack"] = torch.stack([tensor[0], tensor[1]], dim=1).shape[0]
results["split"] = [part.shape[1] for part in torch.split(t1, 7, dim=1)]
results["chunk"] = [part.sum().item() for part in tensor.chunk(3, dim=1)]
a, b = torch.arange(6).view(2, 3).unbind()
results["unbind"] = (a * b).tolist()

# Arithmetic
tensor = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
y1 = tensor @ tensor.T
y2 = tensor.matmul(tensor.T)
y3 = torch.rand_like(y1)
torch.matmul(tensor, tensor.T, out=y3)
assert torch.equal(y1, y2)
assert torch.allclose(y1, y3)
z1 = tensor * tensor
z2 = tensor.mul(tensor)
assert (z1 == z2).all()
if (z1 - z2).abs().sum() < 1e-6:
    print("equal")
agg = tensor.sum()
agg_item = agg.item()
print(agg_item, type(agg_item))
print(f"{tensor} \n")
tensor.add_(5)
print(tensor)
print(f"half of it is {agg.item() / 2:.3f}, its root {math.sqrt(agg):.4f}, as an int {int(agg)}")
results["broadcast"] = (tensor[:, :, None] - torch.arange(2.0)).sum(dim=1).tolist()
results["remainder"] = (torch.arange(-5, 6) % 3).tolist()
results["floor"] = (torch.arange(-5, 6) // 2).tolist()
results["reverse"] = (1 - 2 / tensor).tolist()
results["power"] = (2**tensor).tolist()
results["logic"] = ((tensor > 7) & ~(tensor > 10) | (tensor == 11)).tolist()

# Reductions
tensor = torch.tensor([[3.0, 1.0, 2.0], [9.0, 7.0, 8.0]])
values, indices = tensor.max(dim=1)
print(values, indices)
results["max"] = [values.tolist(), indices.tolist(), tensor.max().item()]
results["min"] = torch.min(tensor, dim=0).indices.tolist()
results["argmax"] = [tensor.argmax().item(), tensor.argmax(dim=1, keepdim=True).tolist()]
results["mean"] = tensor.mean(0).tolist()
results["std"] = [tensor.std().item(), tensor.std(dim=1, unbiased=False).tolist()]
results["var"] = tensor.var(dim=0, keepdim=True).tolist()
results["median"] = tensor.median().item()
results["prod"] = tensor.prod(dim=1).tolist()
results["cumsum"] = tensor.cumsum(dim=1).tolist()
results["norm"] = tensor.norm().item()
results["any"] = [(tensor > 8).any().item(), bool((tensor > 8).all())]
ordered, order = tensor.sort(dim=1, descending=True)
results["sort"] = [ordered.tolist(), order.tolist(), torch.argsort(tensor[0]).tolist()]
top = torch.topk(tensor, k=2)
results["topk"] = [top.values.tolist(), top.indices.tolist()]
results["unique"] = torch.unique(torch.tensor([3, 1, 3, 2, 1])).tolist()
results["bincount"] = torch.bincount(torch.tensor([0, 2, 2, 1])).tolist()

# Shapes
x = torch.arange(24).view(2, 3, 4)
results["permute"] = list(x.permute(2, 0, 1).shape)
results["transpose"] = x.transpose(1, 2)[0].tolist()
results["squeeze"] = list(x[:, :1].squeeze(1).shape)
results["expand"] = list(torch.ones(3, 1).expand(-1, 4).shape)
results["flatten"] = list(x.flatten(1).shape)
results["repeat"] = torch.tensor([1, 2]).repeat(2, 2).tolist()
results["flip"] = torch.flip(torch.arange(4), dims=(0,)).tolist()
results["contiguous"] = x.transpose(0, 1).contiguous().view(-1)[:5].tolist()
results["tril"] = torch.tril(torch.ones(3, 3)).tolist()
results["eye"] = torch.eye(3).sum().item()
results["linspace"] = torch.linspace(0, 1, 5).tolist()
results["full"] = torch.full((2, 2), 7).tolist()
results["meshgrid"] = [g.tolist() for g in torch.meshgrid(a, b, indexing="ij")]
print(x.float().mean(), x.to(torch.float64).std(), x.type(torch.int32).dtype, x.double().dtype)
print(torch.tensor(3.14159), torch.tensor([1e-8, 1.0]), torch.tensor([1e6, 2.5]))
print(torch.tensor([True, False]), torch.tensor([]), torch.zeros(2, 0))
print(torch.tensor([float("inf"), float("nan"), 1.0]))

# Errors that everyone meets
refused = []
for wrong in (
    lambda: torch.ones(2, 3) @ torch.ones(2, 3),
    lambda: torch.ones(2, 3) + torch.ones(4),
    lambda: torch.ones(2, 3).view(4, 2),
    lambda: bool(torch.ones(2)),
    lambda: torch.ones(3).item(),
    lambda: torch.arange(4).mean(),
    lambda: torch.cat([torch.ones(2, 3), torch.ones(2)]),
    lambda: torch.ones(3)[3],
    lambda: torch.ones(3).sum(dim=1),
    lambda: torch.ones(3).to("no such device"),
    lambda: len(torch.tensor(1.0)),
    lambda: torch.tensor([[1, 2], [3]]),
    lambda: torch.randn(2, "3"),
):
    try:
        wrong()
    except Exception as error:
        refused.append(type(error).__name__)
results["refused"] = refused
