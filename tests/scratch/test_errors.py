"""Bad calls: the exception has PyTorch's type, and its message has the shapes or numbers."""

import pytest
import torch as pytorch

import course_utils.scratch as scratch

#: name: (program, what the engine's message has to contain)
BAD = {
    # shapes
    "broadcast": (lambda t: t.ones(2, 3) + t.ones(4), ["3", "4", "dimension 1"]),
    "broadcast mul": (lambda t: t.ones(2, 3) * t.ones(3, 3), ["2", "3"]),
    "broadcast in place": (lambda t: t.ones(2).add_(t.ones(3)), ["2", "3"]),
    "comparison": (lambda t: t.ones(2) > t.ones(3), ["2", "3"]),
    "where": (lambda t: t.where(t.ones(2) > 0, t.ones(3), t.ones(2)), ["2", "3"]),
    "matmul": (lambda t: t.ones(2, 3) @ t.ones(2, 3), ["2x3"]),
    "matmul vectors": (lambda t: t.ones(2) @ t.ones(3), ["2", "3"]),
    "matmul batches": (lambda t: t.ones(2, 3, 4) @ t.ones(3, 4, 5), ["2", "3"]),
    "matmul numbers": (lambda t: t.tensor(1.0) @ t.tensor(2.0), ["0D"]),
    "mm of vectors": (lambda t: t.mm(t.ones(2), t.ones(2)), ["2"]),
    "bmm of matrices": (lambda t: t.bmm(t.ones(2, 2), t.ones(2, 2)), ["2"]),
    "dot of two lengths": (lambda t: t.dot(t.ones(2), t.ones(3)), ["2", "3"]),
    "einsum": (lambda t: t.einsum("ij,jk->ik", t.ones(2, 3), t.ones(2, 3)), ["3", "2"]),
    "einsum letters": (lambda t: t.einsum("ijk->ik", t.ones(2, 3)), ["ijk"]),
    "einsum operands": (lambda t: t.einsum("ij,jk->ik", t.ones(2, 3)), ["2", "1"]),
    "reshape": (lambda t: t.ones(2, 3).reshape(4, 2), ["[4, 2]", "6"]),
    "reshape guessed": (lambda t: t.ones(2, 3).reshape(4, -1), ["[4, -1]", "6"]),
    "reshape guessed twice": (lambda t: t.ones(2, 3).reshape(-1, -1), ["-1"]),
    "view": (lambda t: t.ones(2, 3).view(5), ["[5]", "6"]),
    "view transposed": (lambda t: t.ones(2, 3).T.view(6), ["reshape"]),
    "expand": (lambda t: t.ones(2, 3).expand(2, 4), ["4", "3"]),
    "expand fewer": (lambda t: t.ones(2, 3).expand(3), ["3"]),
    "repeat": (lambda t: t.ones(2, 3).repeat(2), ["dim"]),
    "permute": (lambda t: t.ones(2, 3).permute(0, 0), ["0"]),
    "permute few": (lambda t: t.ones(2, 3).permute(0), ["2"]),
    "cat": (lambda t: t.cat([t.ones(2, 3), t.ones(2, 4)]), ["3", "4"]),
    "cat dimensions": (lambda t: t.cat([t.ones(2, 3), t.ones(2)]), ["2"]),
    "cat of nothing": (lambda t: t.cat([]), ["non-empty"]),
    "stack": (lambda t: t.stack([t.ones(2), t.ones(3)]), ["2", "3"]),
    "stack of nothing": (lambda t: t.stack([]), ["non-empty"]),
    "split": (lambda t: t.ones(5).split([2, 2]), ["5", "2"]),
    "unflatten": (lambda t: t.ones(5).unflatten(0, (2, 3)), ["5"]),
    "t of a cube": (lambda t: t.ones(2, 2, 2).t(), ["3D"]),
    "gather dimensions": (lambda t: t.ones(2, 3).gather(1, t.zeros(2, dtype=t.int64)), ["2"]),
    "narrow": (lambda t: t.ones(3).narrow(0, 2, 5), ["2", "5", "3"]),
    "linear": (lambda t: t.nn.functional.linear(t.ones(2, 3), t.ones(5, 4)), ["2x3", "4x5"]),
    "Linear": (lambda t: t.nn.Linear(4, 2)(t.ones(2, 3)), ["2x3", "4x2"]),
    # dimensions
    "sum over no dimension": (lambda t: t.ones(2, 3).sum(2), ["[-2, 1]", "2"]),
    "sum over one twice": (lambda t: t.ones(2, 3).sum((0, 0)), ["multiple"]),
    "softmax over no dimension": (lambda t: t.ones(2).softmax(1), ["1"]),
    "transpose": (lambda t: t.ones(2, 3).transpose(0, 5), ["5"]),
    "unsqueeze": (lambda t: t.ones(2).unsqueeze(3), ["3"]),
    "squeeze": (lambda t: t.ones(2).squeeze(3), ["3"]),
    "size": (lambda t: t.ones(2).size(3), ["3"]),
    "flatten": (lambda t: t.ones(2).flatten(2), ["2"]),
    "cat dim": (lambda t: t.cat([t.ones(2)], 1), ["1"]),
    "max over no dimension": (lambda t: t.ones(2).max(2), ["2"]),
    "max of nothing": (lambda t: t.ones(0).max(), ["max"]),
    "max of no rows": (lambda t: t.ones(0, 2).max(0), ["0"]),
    "argmax of nothing": (lambda t: t.ones(0).argmax(), ["argmax"]),
    "topk": (lambda t: t.ones(3).topk(5), ["5"]),
    # indices
    "index": (lambda t: t.ones(3)[3], ["3"]),
    "negative index": (lambda t: t.ones(3)[-4], ["-4", "3"]),
    "too many indices": (lambda t: t.ones(3)[0, 0], ["1"]),
    "index of a number": (lambda t: t.tensor(1.0)[0], ["0"]),
    "index list": (lambda t: t.ones(3)[[0, 5]], ["5", "3"]),
    "index tensor": (lambda t: t.ones(3)[t.tensor([5])], ["5", "3"]),
    "index of floats": (lambda t: t.ones(3)[t.tensor([1.0])], ["float32"]),
    "index by a float": (lambda t: t.ones(3)[1.5], []),
    "index by a name": (lambda t: t.ones(3)["a"], []),
    "mask": (lambda t: t.ones(3)[t.ones(2) > 0], ["2", "3"]),
    "negative step": (lambda t: t.ones(3)[::-1], ["step"]),
    "written value": (lambda t: t.ones(3).__setitem__(slice(0, 2), t.ones(3)), ["3", "2"]),
    "written index": (lambda t: t.ones(3).__setitem__(4, 1.0), ["4", "3"]),
    "gather": (lambda t: t.ones(3).gather(0, t.tensor([3])), ["3"]),
    "index_select": (lambda t: t.ones(3).index_select(0, t.tensor([3])), ["3"]),
    "scatter": (lambda t: t.zeros(3).scatter(0, t.tensor([4]), 1.0), ["4", "3"]),
    "select": (lambda t: t.ones(3).select(0, 4), ["4"]),
    "where of two kinds": (lambda t: t.where(t.ones(2), t.ones(2), t.ones(2)), ["bool"]),
    # types
    "matmul of two types": (lambda t: t.ones(2, 2) @ t.ones(2, 2).double(), ["dtype"]),
    "Linear of two types": (lambda t: t.nn.Linear(2, 2)(t.ones(2, 2).double()), ["dtype"]),
    "mean of whole numbers": (lambda t: t.arange(3).mean(), ["int64"]),
    "whole number power": (lambda t: t.arange(3) ** -1, ["negative"]),
    "in-place type": (lambda t: t.arange(3).add_(1.5), ["float32", "int64"]),
    "learning whole numbers": (lambda t: t.tensor([1], requires_grad=True), ["floating point"]),
    "text": (lambda t: t.tensor("a"), []),
    "list of texts": (lambda t: t.tensor(["a"]), []),
    "ragged": (lambda t: t.tensor([[1, 2], [3]]), []),
    "none": (lambda t: t.tensor(None), []),
    "add a text": (lambda t: t.ones(2) + "a", []),
    "add a list": (lambda t: t.ones(2) + [1, 2], []),  # noqa: RUF005
    "add none": (lambda t: t.ones(2) + None, []),
    "none add": (lambda t: None + t.ones(2), []),
    "matmul with a number": (lambda t: t.ones(2) @ 3, []),
    "exp of a number": (lambda t: t.exp(1.0), ["float"]),
    "relu of a list": (lambda t: t.relu([1.0]), ["list"]),
    "sum of a list": (lambda t: t.sum([1.0]), ["list"]),
    "cat of numbers": (lambda t: t.cat([1.0, 2.0]), []),
    "cat of a tensor": (lambda t: t.cat(t.ones(2), t.ones(2)), []),
    "not of floats": (lambda t: ~t.ones(2), []),
    "and of floats": (lambda t: t.ones(2) & t.ones(2), []),
    "unknown argument": (lambda t: t.zeros(2, color=1), ["color"]),
    "unknown argument of a method": (lambda t: t.ones(2).sum(color=1), ["color"]),
    "unknown argument of a layer": (lambda t: t.nn.Linear(2, 2, color=1), ["color"]),
    "missing argument": (lambda t: t.nn.Linear(2), []),
    "unknown method": (lambda t: t.ones(2).colour(), ["colour"]),
    "unknown function": (lambda t: t.colour(), ["colour"]),
    "set_default_dtype": (lambda t: t.set_default_dtype(t.int64), ["floating"]),
    # single numbers
    "item of several": (lambda t: t.ones(2).item(), ["2"]),
    "truth of several": (lambda t: bool(t.ones(2)), ["ambiguous"]),
    "truth of none": (lambda t: bool(t.ones(0)), []),
    "float of several": (lambda t: float(t.ones(2)), []),
    "int of several": (lambda t: int(t.ones(2)), []),
    "len of a number": (lambda t: len(t.tensor(1.0)), ["0-d"]),
    "iteration of a number": (lambda t: list(t.tensor(1.0)), ["0-d"]),
    "range of a float": (lambda t: range(t.tensor(1.0)), []),
    "range of several": (lambda t: range(t.tensor([1, 2])), []),
    # creation
    "negative size": (lambda t: t.zeros(-1), ["-1"]),
    "arange the wrong way": (lambda t: t.arange(3, 0), ["3", "0"]),
    "arange step 0": (lambda t: t.arange(0, 3, 0), []),
    "linspace": (lambda t: t.linspace(0, 1, -1), []),
    "randint": (lambda t: t.randint(3, 3, (2,)), ["3"]),
    "normal": (lambda t: t.normal(0.0, -1.0, (2,)), ["-1"]),
    "multinomial": (lambda t: t.multinomial(t.ones(2), 3), ["3"]),
    "manual_seed": (lambda t: t.manual_seed("a"), []),
    "device": (lambda t: t.zeros(2, device="abacus"), ["abacus"]),
    "clamp without bounds": (lambda t: t.ones(2).clamp(), ["min", "max"]),
    # the graph
    "backward of constants": (lambda t: t.ones(1).backward(), ["require grad"]),
    "backward of several": (lambda t: t.ones(2, requires_grad=True).backward(), ["scalar"]),
    "backward with a wrong gradient": (
        lambda t: t.ones(2, requires_grad=True).backward(t.ones(3)),
        ["3", "2"],
    ),
    "grad of constants": (lambda t: t.autograd.grad(t.ones(1), t.ones(1)), ["require grad"]),
    "numpy of a learning tensor": (lambda t: t.ones(2, requires_grad=True).numpy(), ["detach"]),
    "deepcopy of a result": (
        lambda t: __import__("copy").deepcopy(t.ones(2, requires_grad=True) * 2),
        [],
    ),
    "leaf in place": (lambda t: t.ones(2, requires_grad=True).add_(1), ["leaf"]),
    # losses
    "label too large": (lambda t: cross_entropy(t, t.ones(2, 3), t.tensor([0, 3])), ["3"]),
    "label negative": (lambda t: cross_entropy(t, t.ones(2, 3), t.tensor([0, -1])), ["-1"]),
    "labels of another number": (
        lambda t: cross_entropy(t, t.ones(2, 3), t.tensor([0])),
        ["2", "1"],
    ),
    "labels as floats": (lambda t: cross_entropy(t, t.ones(2, 3), t.ones(2)), ["float"]),
    "labels of two dimensions": (
        lambda t: cross_entropy(t, t.ones(2, 3), t.zeros(2, 2, dtype=t.int64)),
        ["2"],
    ),
    "probabilities as whole numbers": (
        lambda t: cross_entropy(t, t.ones(2, 3), t.ones(2, 3, dtype=t.int64)),
        ["int64"],
    ),
    "smoothing": (
        lambda t: t.nn.functional.cross_entropy(
            t.ones(2, 3), t.tensor([0, 1]), label_smoothing=2.0
        ),
        ["2.0"],
    ),
    "class weights": (
        lambda t: t.nn.functional.cross_entropy(t.ones(2, 3), t.tensor([0, 1]), t.ones(4)),
        ["3", "4"],
    ),
    "reduction": (
        lambda t: t.nn.functional.mse_loss(t.ones(2), t.ones(2), reduction="most"),
        ["most"],
    ),
    "bce shapes": (
        lambda t: t.nn.functional.binary_cross_entropy(t.ones(2), t.ones(3)),
        ["2", "3"],
    ),
    "bce range": (
        lambda t: t.nn.functional.binary_cross_entropy(t.ones(2) * 2, t.ones(2)),
        ["0", "1"],
    ),
    "bce with logits shapes": (
        lambda t: t.nn.functional.binary_cross_entropy_with_logits(t.ones(2), t.ones(3)),
        ["2", "3"],
    ),
    "one_hot": (lambda t: t.nn.functional.one_hot(t.tensor([0, 3]), 3), ["3"]),
    "one_hot of floats": (lambda t: t.nn.functional.one_hot(t.ones(2)), ["float"]),
    "embedding": (lambda t: t.nn.Embedding(3, 2)(t.tensor([3])), ["3"]),
    "embedding of floats": (lambda t: t.nn.Embedding(3, 2)(t.ones(2)), ["float"]),
    # layers
    "conv channels": (lambda t: t.nn.Conv2d(3, 4, 3)(t.ones(1, 2, 5, 5)), ["3", "2"]),
    "conv kernel": (lambda t: t.nn.Conv2d(1, 1, 5)(t.ones(1, 1, 3, 3)), ["3", "5"]),
    "conv dimensions": (lambda t: t.nn.Conv2d(1, 1, 3)(t.ones(3, 3)), ["3"]),
    "conv groups": (lambda t: t.nn.Conv2d(3, 4, 3, groups=2), ["groups"]),
    "conv types": (lambda t: t.nn.Conv1d(1, 1, 1)(t.ones(1, 1, 3).double()), ["float64"]),
    "conv same and stride": (lambda t: t.nn.Conv2d(1, 1, 3, padding="same", stride=2), ["stride"]),
    "conv padding": (lambda t: t.nn.Conv2d(1, 1, 3, padding="wide"), ["wide"]),
    "transposed output padding": (
        lambda t: t.nn.ConvTranspose2d(1, 1, 3, output_padding=1)(t.ones(1, 1, 3, 3)),
        ["output_padding"],
    ),
    "pool padding": (lambda t: t.nn.functional.max_pool2d(t.ones(1, 1, 4, 4), 2, padding=2), ["2"]),
    "pool window": (lambda t: t.nn.functional.max_pool2d(t.ones(1, 1, 2, 2), 3), ["2", "3"]),
    "batch norm of one": (lambda t: t.nn.BatchNorm1d(2)(t.ones(1, 2)), ["1, 2"]),
    "batch norm dimensions": (lambda t: t.nn.BatchNorm2d(2)(t.ones(3, 2)), ["2D"]),
    "batch norm channels": (lambda t: t.nn.BatchNorm1d(2)(t.ones(4, 3)), ["3", "2"]),
    "layer norm": (lambda t: t.nn.LayerNorm(3)(t.ones(2, 4)), ["3", "4"]),
    "group norm": (lambda t: t.nn.GroupNorm(2, 3), ["2", "3"]),
    "dropout": (lambda t: t.nn.Dropout(1.5), ["1.5"]),
    "lstm input": (lambda t: t.nn.LSTM(3, 4)(t.ones(5, 2, 2)), ["3", "2"]),
    "rnn dimensions": (lambda t: t.nn.RNN(3, 4)(t.ones(3)), ["1"]),
    "attention heads": (lambda t: t.nn.MultiheadAttention(5, 2), ["5"]),
    "pad": (lambda t: t.nn.functional.pad(t.ones(2), (1,)), []),
    "state_dict key": (
        lambda t: t.nn.Linear(2, 2).load_state_dict({"a": t.ones(1)}),
        ["a", "weight"],
    ),
    "state_dict size": (
        lambda t: t.nn.Linear(2, 2).load_state_dict({"weight": t.ones(3, 2), "bias": t.ones(2)}),
        ["[3, 2]", "[2, 2]"],
    ),
    "a module that is not ready": (lambda t: t.nn.Module()(t.ones(1)), ["forward"]),
    "optimizer of nothing": (lambda t: t.optim.SGD([], lr=0.1), ["empty"]),
    "learning rate": (lambda t: t.optim.SGD([t.ones(1, requires_grad=True)], lr=-1), ["-1"]),
    "optimizer of a result": (
        lambda t: t.optim.SGD([t.ones(1, requires_grad=True) * 2], lr=1),
        ["leaf"],
    ),
    # linear algebra
    "inverse of no square": (lambda t: t.linalg.inv(t.ones(2, 3)), ["2", "3"]),
    "inverse of a singular matrix": (lambda t: t.linalg.inv(t.zeros(2, 2)), ["ingular"]),
}


def cross_entropy(torch, scores, labels):
    return torch.nn.functional.cross_entropy(scores, labels)


def raised(program, engine):
    """The exception, or None."""
    try:
        program(engine)
    except Exception as error:
        return error
    return None


@pytest.mark.parametrize("name", BAD)
def test_a_bad_call_raises_what_pytorch_raises(name):
    program, parts = BAD[name]
    theirs, ours = raised(program, pytorch), raised(program, scratch)
    assert theirs is not None, "PyTorch accepts this"
    assert ours is not None, f"accepted; PyTorch: {theirs!r}"
    assert (
        isinstance(ours, type(theirs)) or type(theirs).__name__.lstrip("_") == type(ours).__name__
    ), repr(ours)
    message = str(ours)
    for part in parts:
        assert part in message, message
    assert "/" not in message, "no paths"
    assert len(message) < 600


def test_a_bad_call_changes_nothing():
    x = scratch.arange(3.0)
    version = x._version
    for program in (lambda: x.add_(scratch.ones(4)), lambda: x.__setitem__(7, 1.0)):
        assert raised(lambda _, p=program: p(), scratch) is not None
        assert x.tolist() == [0, 1, 2]
        assert x._version == version
