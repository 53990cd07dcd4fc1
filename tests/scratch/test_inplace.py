"""Changes in place: what is shared, what is recorded, and what is refused, on either engine."""

import numpy as np
import pytest


def leaf(torch, *numbers):
    return torch.tensor(numbers, dtype=torch.float64, requires_grad=True)


def close(tensor, numbers):
    np.testing.assert_allclose(tensor.detach().numpy(), numbers, rtol=1e-12)


# --- values needed by backward ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["exp", "tanh", "sigmoid", "sqrt", "softmax"])
def test_a_changed_result_is_refused_where_the_derivative_needs_it(torch, name):
    x = leaf(torch, 1.0, 2.0)
    y = x.softmax(0) if name == "softmax" else getattr(x, name)()
    y.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


def test_a_changed_result_is_fine_where_nothing_needs_it(torch):
    x = leaf(torch, 1.0, 2.0)
    y = x + 1
    y.mul_(3)
    y.sum().backward()
    close(x.grad, [3.0, 3.0])


def test_a_changed_operand_is_refused(torch):
    x = leaf(torch, 1.0, 2.0)
    w = torch.ones(2, dtype=torch.float64)
    y = x * w
    w.add_(1)
    with pytest.raises(RuntimeError, match="at version 1; expected version 0"):
        y.sum().backward()


def test_a_changed_view_of_an_operand_is_refused(torch):
    x = leaf(torch, 1.0, 2.0)
    w = torch.ones(2, dtype=torch.float64)
    y = x * w
    w[0] = 5.0
    with pytest.raises(RuntimeError, match="inplace operation"):
        y.sum().backward()


def test_relu_in_place_needs_its_own_result_only(torch):
    x = leaf(torch, -1.0, 2.0)
    y = (x * 2).relu_()
    y.sum().backward()
    close(x.grad, [0.0, 2.0])


def test_a_change_under_no_grad_counts_too(torch):
    x = leaf(torch, 1.0, 2.0)
    y = x.exp()
    with torch.no_grad():
        y.zero_()
    with pytest.raises(RuntimeError, match="inplace"):
        y.sum().backward()


def test_a_change_through_data_does_not_count(torch):
    x = leaf(torch, 1.0, 2.0)
    y = x * x
    x.data.mul_(10)
    y.sum().backward()
    close(x.grad, [20.0, 40.0])


def test_weights_changed_between_forward_and_backward_are_refused(torch):
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loss = model(torch.ones(3, 2)).sum()
    loss.backward(retain_graph=True)
    optimizer.step()
    with pytest.raises(RuntimeError, match="inplace"):
        loss.backward()


# --- leaves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.add_(1),
        lambda x: x.zero_(),
        lambda x: x.__setitem__(0, 1.0),
        lambda x: x.__iadd__(1),
        lambda x: x[:1].mul_(2),
        lambda x: x.view(-1).add_(1),
        lambda x: x.copy_(x.detach() * 2),
    ],
)
def test_a_leaf_that_learns_is_not_changed(torch, change):
    x = leaf(torch, 1.0, 2.0)
    with pytest.raises(RuntimeError, match="leaf"):
        change(x)
    close(x, [1.0, 2.0])
    with torch.no_grad():
        change(x)
    assert x.requires_grad
    assert x.is_leaf
    (x * 1).sum().backward()
    close(x.grad, [1.0, 1.0])


def test_a_parameter_step_by_hand(torch):
    w = leaf(torch, 1.0, 2.0)
    for _ in range(3):
        loss = (w * w).sum()
        loss.backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
            w.grad.zero_()
    close(w, np.array([1.0, 2.0]) * 0.8**3)
    assert w.is_leaf


def test_constants_are_changed_freely(torch):
    x = torch.zeros(3)
    x[1] = 5
    x += 1
    x.mul_(2).clamp_(max=10)
    close(x, [2.0, 10.0, 2.0])
    assert not x.requires_grad


# --- in-place operations inside a graph ---------------------------------------------------------------


def test_operators_in_place(torch):
    x = leaf(torch, 1.0, 2.0)
    y = x * 1
    z = y
    y += x
    y *= 3
    y -= 1
    y /= 2
    y **= 2
    assert z is y
    y.sum().backward()
    close(x.grad, 2 * (6 * np.array([1.0, 2.0]) - 1) / 2 * 3)


def test_rows_written_one_by_one(torch):
    x = leaf(torch, 1.0, 2.0, 3.0)
    out = torch.zeros(3, 2, dtype=torch.float64)
    h = x[:2] * 0
    for i in range(3):
        h = h * x[i] + x[i]
        out[i] = h
    assert out.requires_grad
    out.sum().backward()
    y = leaf(torch, 1.0, 2.0, 3.0)
    h, rows = y[:2] * 0, []
    for i in range(3):
        h = h * y[i] + y[i]
        rows.append(h)
    torch.stack(rows).sum().backward()
    np.testing.assert_allclose(x.grad.numpy(), y.grad.numpy(), rtol=1e-12)


def test_adding_to_a_column(torch):
    x, y = leaf(torch, 1.0, 2.0), leaf(torch, 5.0, 7.0)
    z = torch.stack([x, x * 2], 1)
    z[:, 0] += y
    (z * z).sum().backward()
    close(z, [[6.0, 2.0], [9.0, 4.0]])
    close(y.grad, [12.0, 18.0])
    close(x.grad, [12.0 + 8.0, 18.0 + 16.0])


def test_a_constant_becomes_part_of_the_graph(torch):
    x = leaf(torch, 2.0, 3.0)
    z = torch.ones(2, 2, dtype=torch.float64)
    z[0] = x
    z[1, 1] = x[0] * 10
    z.mul_(2)
    z.sum().backward()
    close(x.grad, [2.0 + 20.0, 2.0])


def test_overwritten_entries_have_no_gradient(torch):
    x, v = leaf(torch, 1.0, 2.0, 3.0), leaf(torch, 7.0)
    y = x * 2
    y[1] = v[0]
    y[2] = 0.0
    (y * torch.tensor([1.0, 10.0, 100.0], dtype=torch.float64)).sum().backward()
    close(x.grad, [2.0, 0.0, 0.0])
    close(v.grad, [10.0])


def test_masked_and_listed_writes(torch):
    x = leaf(torch, 1.0, -2.0, 3.0)
    y = x * 1
    y[y < 0] = 0.0
    y[[0, 2]] = y[[2, 0]] * 2
    close(y, [6.0, 0.0, 2.0])
    y.sum().backward()
    close(x.grad, [2.0, 0.0, 2.0])


def test_writing_to_a_view_changes_the_original(torch):
    x = leaf(torch, 1.0, 2.0, 3.0)
    y = x * 1
    part = y[1:]
    part.mul_(10)
    close(y, [1.0, 20.0, 30.0])
    y.sum().backward()
    close(x.grad, [1.0, 10.0, 10.0])


def test_a_row_of_a_row(torch):
    x = leaf(torch, 1.0, 2.0, 3.0, 4.0)
    y = (x * 1).reshape(2, 2) * 1
    y[1][0] = 0.0
    close(y, [[1.0, 2.0], [0.0, 4.0]])
    (y * y).sum().backward()
    close(x.grad, [2.0, 4.0, 0.0, 8.0])


@pytest.mark.parametrize("name", ["view", "reshape", "T", "unsqueeze", "flatten", "data"])
def test_a_rearranged_view_inside_a_graph_is_changed(torch, name):
    x = leaf(torch, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    y = (x * 1).reshape(2, 3) * 1
    view = VIEWS[name](y)
    if name == "data":
        view.zero_()
        assert bool((y == 0).all())
        return
    view.mul_(view.detach().clone())
    z = view * 1
    (y * y + z.reshape(-1)[:1]).sum().backward()
    numbers = np.arange(1.0, 7.0)
    close(y, (numbers**2).reshape(2, 3))
    close(x.grad, 2 * numbers**3 + 6 * np.eye(6)[0])


def test_activations_in_place_on_a_view(torch):
    x = leaf(torch, -1.0, 2.0, -3.0, 4.0)
    y = torch.nn.ReLU(inplace=True)((x * 2).view(2, 2))
    y.sum().backward()
    close(y, [[0.0, 4.0], [0.0, 8.0]])
    close(x.grad, [0.0, 2.0, 0.0, 2.0])


def test_a_view_of_a_view_is_changed(torch):
    x = leaf(torch, 1.0, 2.0, 3.0, 4.0)
    y = x * 1
    y.view(2, 2)[0].view(2, 1).mul_(10)
    close(y, [10.0, 20.0, 3.0, 4.0])
    (y * y).sum().backward()
    close(x.grad, [200.0, 400.0, 6.0, 8.0])


def test_a_view_sees_what_its_original_became(torch):
    x = leaf(torch, 1.0, 2.0, 3.0)
    y = x * 1
    first, rest, turned = y[0], y[1:], y.view(3, 1)
    part = rest[1:]
    y.mul_(5)
    first.backward(retain_graph=True)
    close(x.grad, [5.0, 0.0, 0.0])
    (rest * 2).sum().backward(retain_graph=True)
    close(x.grad, [5.0, 10.0, 10.0])
    (turned.T * 1).sum().backward(retain_graph=True)
    part.sum().backward()
    close(x.grad, [10.0, 15.0, 20.0])


def test_a_view_of_a_constant_that_became_part_of_a_graph(torch):
    x = leaf(torch, 3.0)
    z = torch.zeros(2, dtype=torch.float64)
    part = z[:1]
    z[0] = x[0]
    (part * 4).sum().backward()
    close(x.grad, [4.0])


def test_a_view_of_a_parameter_after_a_step(torch):
    w = leaf(torch, 1.0, 2.0)
    row = w[:1]
    with torch.no_grad():
        w.mul_(3)
    (row * row).sum().backward()
    close(w.grad, [6.0, 0.0])


def test_a_diagonal_is_changed(torch):
    x = leaf(torch, 1.0, 2.0, 3.0, 4.0)
    y = (x * 1).view(2, 2) * 1
    y.diagonal().mul_(10)
    close(y, [[10.0, 2.0], [3.0, 40.0]])
    (y * y).sum().backward()
    close(x.grad, [200.0, 4.0, 6.0, 800.0])
    a = torch.zeros(3, 3)
    a.diagonal().fill_(2)
    a.diagonal(1)[0] = 5
    assert a.tolist() == [[2, 5, 0], [0, 2, 0], [0, 0, 2]]


def test_a_copy_by_reshape_is_another_tensor(torch):
    x = leaf(torch, 1.0, 2.0, 3.0, 4.0)
    y = (x * 1).view(2, 2).exp()
    flat = y.T.reshape(4)
    flat.mul_(0)
    assert bool((y > 0).all())
    y.sum().backward()
    close(x.grad, np.exp([1.0, 2.0, 3.0, 4.0]))


def test_copy_is_recorded(torch):
    x = leaf(torch, 1.0, 2.0)
    y = torch.zeros(2, 2, dtype=torch.float64)
    y.copy_(x)
    y.sum().backward()
    close(x.grad, [2.0, 2.0])


def test_zero_and_fill_stop_the_gradient(torch):
    x = leaf(torch, 1.0, 2.0)
    y = x * 2
    y.zero_()
    (y + x).sum().backward()
    close(x.grad, [1.0, 1.0])


def test_dropout_and_activations_in_place(torch):
    x = leaf(torch, -1.0, 2.0)
    y = torch.nn.ReLU(inplace=True)(x * 3)
    y = torch.nn.functional.leaky_relu(y - 1, 0.5, inplace=True)
    y.sum().backward()
    close(x.grad, [0.0, 3.0])


def test_residual_connection_in_place(torch):
    x = leaf(torch, -1.0, 2.0)
    y = torch.relu(x * 2)
    y = y + x
    y += 1
    y.sum().backward()
    close(x.grad, [1.0, 3.0])


# --- memory that is shared ----------------------------------------------------------------------------

VIEWS = {
    "view": lambda x: x.view(3, 2),
    "reshape": lambda x: x.reshape(6),
    "T": lambda x: x.T,
    "transpose": lambda x: x.transpose(0, 1),
    "permute": lambda x: x.permute(1, 0),
    "slice": lambda x: x[:, 1:],
    "row": lambda x: x[1],
    "unsqueeze": lambda x: x.unsqueeze(0),
    "squeeze": lambda x: x.squeeze(),
    "flatten": lambda x: x.flatten(),
    "expand": lambda x: x.unsqueeze(0).expand(2, 2, 3)[0],
    "narrow": lambda x: x.narrow(1, 0, 2),
    "chunk": lambda x: x.chunk(2)[0],
    "split": lambda x: x.split(1)[1],
    "unbind": lambda x: x.unbind(0)[0],
    "detach": lambda x: x.detach(),
    "data": lambda x: x.data,
    "None": lambda x: x[None],
    "diagonal": lambda x: x.diagonal(),
    "diagonal above": lambda x: x.diagonal(1),
}


@pytest.mark.parametrize("name", VIEWS)
def test_views_share_memory(torch, name):
    x = torch.arange(6, dtype=torch.float64).reshape(2, 3).clone()
    view = VIEWS[name](x)
    x.fill_(7)
    assert bool((view == 7).all())
    if name == "expand":
        return
    view.mul_(0)
    assert bool((x == 0).any())
    assert x.numel() < view.numel() or int((x == 0).sum()) == view.numel()


COPIES = {
    "clone": lambda x: x.clone(),
    "list": lambda x: x[[0, 1]],
    "mask": lambda x: x[x >= 0],
    "tensor": lambda x: x[0 * x[:, 0].long()],
    "flip": lambda x: x.flip(0),
    "repeat": lambda x: x.repeat(1, 1),
    "cat": lambda x: x.new_tensor(x.tolist()),
    "reshaped transpose": lambda x: x.T.reshape(6),
    "float32": lambda x: x.float(),
    "sort": lambda x: x.sort().values,
    "diag": lambda x: x.diag(),
    "roll": lambda x: x.roll(0),
    "repeat_interleave": lambda x: x.repeat_interleave(1),
    "masked_fill": lambda x: x.masked_fill(x < 0, 1.0),
    "clamp": lambda x: x.clamp(min=-1),
    "where": lambda x: x.where(x >= 0, 1.0),
    "abs": lambda x: x.abs(),
    "floor": lambda x: x.floor(),
    "round": lambda x: x.long().round(),
    "sum of nothing": lambda x: x.sum((), keepdim=True),
    "sum of one": lambda x: x.unsqueeze(0).sum(0),
    "max of one": lambda x: x.unsqueeze(0).max(0).values,
    "index_select": lambda x: x.index_select(0, x[:, 0].long() * 0),
    "gather": lambda x: x.gather(0, x.long() * 0),
    "tril": lambda x: x.tril(5),
    "pow": lambda x: x**1,
    "add 0": lambda x: x + 0,
}


@pytest.mark.parametrize("name", COPIES)
def test_copies_do_not(torch, name):
    x = torch.arange(6, dtype=torch.float64).reshape(2, 3)
    copied = COPIES[name](x)
    before = copied.clone()
    x.fill_(7)
    assert torch.equal(copied, before)


def test_the_same_tensor_where_nothing_changes(torch):
    x = torch.ones(2, 2)
    assert x.contiguous() is x
    assert x.to(torch.float32) is x
    assert x.float() is x
    assert x.cpu() is x
    assert x.to("cpu", copy=True) is not x
    assert torch.as_tensor(x) is x


def test_versions_are_counted(torch):
    x = torch.zeros(3)
    assert x._version == 0
    x.add_(1)
    x[0] = 2
    view = x[1:]
    view.zero_()
    assert x._version == view._version == 3


# --- refused ------------------------------------------------------------------------------------------


def test_results_that_do_not_fit_are_refused(torch):
    x = torch.ones(2)
    with pytest.raises(
        RuntimeError, match=r"output with shape \[2\] doesn't match the broadcast shape \[3, 2\]"
    ):
        x.add_(torch.ones(3, 2))
    i = torch.ones(2, dtype=torch.int64)
    with pytest.raises(RuntimeError, match="can't be cast to the desired output type"):
        i.add_(0.5)
    with pytest.raises(RuntimeError, match="can't be cast"):
        i /= 2
    i += 3
    assert i.tolist() == [4, 4]
    assert i.dtype == torch.int64


def test_values_that_do_not_fit_an_index_are_refused(torch):
    x = torch.zeros(3, 2)
    with pytest.raises(RuntimeError):
        x[0] = torch.ones(3)
    with pytest.raises(IndexError):
        x[5] = 1.0
    with pytest.raises(IndexError):
        x[0, 0, 0] = 1.0
    x[0] = torch.ones(1)
    x[1:] = torch.ones(1, 2)
    assert x.sum().item() == 6


def test_a_written_value_takes_the_type_of_the_tensor(torch):
    x = torch.zeros(3, dtype=torch.int64)
    x[0] = 2.7
    x[1] = torch.tensor(3.9)
    assert x.tolist() == [2, 3, 0]
    y = torch.zeros(2)
    y[0] = True
    y[1] = torch.tensor(3)
    assert y.tolist() == [1.0, 3.0]
    mask = torch.zeros(2, dtype=torch.bool)
    mask[1] = 1
    assert mask.tolist() == [False, True]
