"""What a program sees of the graph: each test states PyTorch's behaviour and runs on both engines."""

import gc
import warnings
import weakref

import numpy as np
import pytest

import course_utils.scratch as scratch


def leaf(torch, *numbers):
    return torch.tensor(numbers, dtype=torch.float64, requires_grad=True)


def close(tensor, numbers):
    np.testing.assert_allclose(tensor.detach().numpy(), numbers, rtol=1e-12)


# --- backward -----------------------------------------------------------------------------------------


def test_gradients_add_up(torch):
    x = leaf(torch, 1.0, 2.0)
    (x * x).sum().backward()
    (3 * x).sum().backward()
    close(x.grad, [5.0, 7.0])
    assert x.grad.dtype == x.dtype
    assert not x.grad.requires_grad


def test_backward_with_a_gradient(torch):
    x = leaf(torch, 1.0, 2.0)
    (x * x).backward(torch.tensor([1.0, -1.0], dtype=torch.float64))
    close(x.grad, [2.0, -4.0])
    y = leaf(torch, 3.0)
    (y * y).backward(gradient=torch.ones(1, dtype=torch.float64))
    close(y.grad, [6.0])


def test_backward_of_one_entry_needs_no_gradient(torch):
    x = leaf(torch, 2.0)
    (x * x).reshape(1, 1).backward()
    close(x.grad, [4.0])


def test_backward_of_no_single_number_is_refused(torch):
    x = leaf(torch, 1.0, 2.0)
    with pytest.raises(
        RuntimeError, match="grad can be implicitly created only for scalar outputs"
    ):
        (x * x).backward()
    with pytest.raises(RuntimeError, match="does not require grad and does not have a grad_fn"):
        torch.ones(1).backward()
    with pytest.raises(RuntimeError, match="Mismatch in shape"):
        (x * x).backward(torch.ones(3, dtype=torch.float64))


def test_a_leaf_is_its_own_derivative(torch):
    x = leaf(torch, 2.0)
    x.backward()
    close(x.grad, [1.0])


@pytest.mark.parametrize(
    ("name", "refused"),
    [("exp", True), ("mul", True), ("add", False), ("sum", False), ("reshape", False)],
)
def test_a_second_backward_is_refused_where_values_were_freed(torch, name, refused):
    programs = {
        "exp": lambda x: x.exp(),
        "mul": lambda x: x * x,
        "add": lambda x: x + 1,
        "sum": lambda x: x.sum(),
        "reshape": lambda x: x.reshape(1, 2),
    }
    x = leaf(torch, 1.0, 2.0)
    y = programs[name](x)
    y.backward(torch.ones_like(y))
    if refused:
        with pytest.raises(RuntimeError, match="backward through the graph a second time"):
            y.backward(torch.ones_like(y))
    else:
        y.backward(torch.ones_like(y))
        close(x.grad, [2.0, 2.0])


def test_retain_graph(torch):
    x = leaf(torch, 1.0, 2.0)
    y = (x * x).sum()
    y.backward(retain_graph=True)
    y.backward()
    close(x.grad, [4.0, 8.0])
    with pytest.raises(RuntimeError, match="second time"):
        y.backward()


def test_two_losses_of_one_hidden_layer(torch):
    x = leaf(torch, 1.0, 2.0)
    h = x * x
    (h + 1).sum().backward()
    with pytest.raises(RuntimeError, match="second time"):
        (h + 2).sum().backward()
    close(x.grad, [2.0, 4.0])


def test_create_graph(torch):
    x = leaf(torch, 2.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch warns of the cycle x → x.grad → x
        (x**3).sum().backward(create_graph=True)
    close(x.grad, [12.0])
    assert x.grad.requires_grad
    (second,) = torch.autograd.grad(x.grad.sum(), x)
    close(second, [12.0])
    x.grad = None


def test_gradients_share_no_memory(torch):
    a, b = leaf(torch, 1.0, 2.0), leaf(torch, 3.0, 4.0)
    (a + b).sum().backward()
    a.grad.add_(10)
    close(b.grad, [1.0, 1.0])
    given = torch.ones(2, dtype=torch.float64)
    c = leaf(torch, 1.0, 2.0)
    (c + 0).backward(given)
    c.grad.mul_(5)
    close(given, [1.0, 1.0])


def test_a_gradient_that_was_expanded_can_be_changed(torch):
    x = leaf(torch, 1.0, 2.0)
    x.sum().backward()
    x.grad[0] = 7
    close(x.grad, [7.0, 1.0])


def test_gradient_of_a_single_number_has_no_dimensions(torch):
    x = torch.tensor(2.0, requires_grad=True)
    (x * torch.ones(3)).sum().backward()
    assert x.grad.shape == ()
    assert x.grad.item() == 3.0


def test_only_leaves_receive_gradients(torch):
    x = leaf(torch, 1.0)
    y = x * 2
    y.retain_grad()
    z = y * 3
    z.backward()
    assert z.is_leaf is False
    close(y.grad, [3.0])
    close(x.grad, [6.0])
    assert x.is_leaf
    assert x.grad_fn is None
    constant = torch.ones(2)
    assert constant.grad is None


def test_zeroing_and_assigning_gradients(torch):
    x = leaf(torch, 1.0, 2.0)
    x.sum().backward()
    x.grad.zero_()
    (2 * x).sum().backward()
    close(x.grad, [2.0, 2.0])
    x.grad = None
    (3 * x).sum().backward()
    close(x.grad, [3.0, 3.0])


def test_unused_leaf_has_no_gradient(torch):
    x, y = leaf(torch, 1.0), leaf(torch, 2.0)
    x.sum().backward()
    assert y.grad is None


def test_a_diamond_is_walked_once_per_edge(torch):
    x = leaf(torch, 1.5)
    y = x * x
    z = y * y + y * x + y
    z.sum().backward()
    close(x.grad, [4 * 1.5**3 + 3 * 1.5**2 + 2 * 1.5])


def test_a_long_chain_needs_no_recursion(torch):
    x = leaf(torch, 1.0)
    y = x
    for _ in range(5000):
        y = y + 0.001
    y.backward()
    close(x.grad, [1.0])


# --- grad ---------------------------------------------------------------------------------------------


def test_grad_leaves_grad_alone(torch):
    x, y = leaf(torch, 2.0), leaf(torch, 3.0)
    gx, gy = torch.autograd.grad((x * y).sum(), (x, y))
    close(gx, [3.0])
    close(gy, [2.0])
    assert x.grad is None


def test_grad_with_weights_and_several_outputs(torch):
    x = leaf(torch, 2.0, 3.0)
    w = torch.tensor([1.0, 10.0], dtype=torch.float64)
    (g,) = torch.autograd.grad([x * x, 2 * x], x, grad_outputs=[w, w])
    close(g, [6.0, 80.0])


def test_grad_of_an_unused_input(torch):
    x, y = leaf(torch, 2.0), leaf(torch, 3.0)
    with pytest.raises(RuntimeError, match="appears to not have been used"):
        torch.autograd.grad(x * 2, [x, y])
    assert torch.autograd.grad(x * 2, [x, y], allow_unused=True)[1] is None
    with pytest.raises(RuntimeError, match="does not require grad"):
        torch.autograd.grad(x * 2, torch.ones(1))


def test_grad_of_a_result_on_the_way(torch):
    x = leaf(torch, 2.0)
    y = x * x
    z = y * 3
    gy, gx = torch.autograd.grad(z, [y, x])
    close(gy, [3.0])
    close(gx, [12.0])


def test_grad_to_a_result_stops_there(torch):
    x = leaf(torch, 2.0)
    y = x * x
    (g,) = torch.autograd.grad((y * y).sum(), y, retain_graph=True)
    close(g, [8.0])
    (y * 1).sum().backward()
    close(x.grad, [4.0])


def test_third_derivative(torch):
    x = leaf(torch, 1.3)
    y = torch.sin(x)
    for wanted in (np.cos(1.3), -np.sin(1.3), -np.cos(1.3)):
        (y,) = torch.autograd.grad(y, x, create_graph=True)
        close(y, [wanted])


def test_gradient_penalty(torch):
    x, w = leaf(torch, 1.0, 2.0), leaf(torch, 0.5, -1.0)
    score = (torch.tanh(x * w)).sum()
    (g,) = torch.autograd.grad(score, x, create_graph=True)
    penalty = (g.norm() - 1) ** 2
    penalty.backward()
    h, numeric = 1e-6, []
    for i in range(2):
        values = []
        for sign in (1, -1):
            v = np.array([0.5, -1.0])
            v[i] += sign * h
            slope = v * (1 - np.tanh(np.array([1.0, 2.0]) * v) ** 2)
            values.append((np.linalg.norm(slope) - 1) ** 2)
        numeric.append((values[0] - values[1]) / (2 * h))
    np.testing.assert_allclose(w.grad.numpy(), numeric, rtol=1e-7)


# --- recording or not ---------------------------------------------------------------------------------


def test_no_grad_as_context_decorator_and_function(torch):
    x = leaf(torch, 1.0)
    with torch.no_grad():
        assert not (x * 2).requires_grad
        assert not torch.is_grad_enabled()
        with torch.enable_grad():
            assert (x * 2).requires_grad
        assert not (x * 2).requires_grad
    assert torch.is_grad_enabled()

    @torch.no_grad()
    def twice(t):
        """Doubled."""
        return t * 2

    assert not twice(x).requires_grad
    assert twice.__name__ == "twice"
    assert (x * 2).requires_grad

    @torch.no_grad
    def thrice(t):
        return t * 3

    assert not thrice(x).requires_grad


def test_recording_comes_back_after_an_error(torch):
    with pytest.raises(ZeroDivisionError), torch.no_grad():
        1 / 0  # noqa: B018
    assert torch.is_grad_enabled()


def test_set_grad_enabled(torch):
    x = leaf(torch, 1.0)
    with torch.set_grad_enabled(False):
        assert not (x * 2).requires_grad
    assert (x * 2).requires_grad
    try:
        torch.set_grad_enabled(False)
        assert not (x * 2).requires_grad
    finally:
        torch.set_grad_enabled(True)
    assert (x * 2).requires_grad

    @torch.set_grad_enabled(False)
    def f(t):
        return t * 2

    assert not f(x).requires_grad
    assert torch.is_grad_enabled()


def test_inference_mode(torch):
    x = leaf(torch, 1.0)
    with torch.inference_mode():
        assert not (x * 2).requires_grad

    @torch.inference_mode()
    def f(t):
        return t * 2

    assert not f(x).requires_grad
    assert (x * 2).requires_grad


def test_a_parameter_made_without_recording_still_learns(torch):
    with torch.no_grad():
        x = torch.ones(2, requires_grad=True)
        layer = torch.nn.Linear(2, 1)
    assert x.requires_grad
    assert layer.weight.requires_grad


def test_a_result_of_no_grad_is_a_constant(torch):
    x = leaf(torch, 1.0)
    with torch.no_grad():
        y = x * 2
    z = y * x
    z.backward()
    close(x.grad, [2.0])


def test_detach(torch):
    x = leaf(torch, 2.0)
    y = (x * x).detach()
    assert not y.requires_grad
    assert y.is_leaf
    (y * x).backward()
    close(x.grad, [4.0])
    view = x.detach()
    view[0] = 7.0
    assert x.item() == 7.0


def test_requires_grad_of_whole_numbers_is_refused(torch):
    with pytest.raises(RuntimeError, match="floating point"):
        torch.tensor([1, 2], requires_grad=True)
    with pytest.raises(RuntimeError, match="floating point"):
        torch.ones(2, dtype=torch.int64).requires_grad_()
    x = leaf(torch, 1.0)
    with pytest.raises(RuntimeError, match="leaf"):
        (x * 2).requires_grad_(False)
    assert not x.requires_grad_(False).requires_grad


def test_constants_are_not_recorded(torch):
    assert not (torch.ones(2) * 2).requires_grad
    x = leaf(torch, 1.0)
    assert (torch.ones(1, dtype=torch.float64) * x).requires_grad
    assert not (x > 0).requires_grad
    assert not x.argmax().requires_grad
    assert (x * 2).grad_fn.name().startswith("Mul")


# --- hooks and operations of one's own ----------------------------------------------------------------


def test_hooks_see_and_replace_gradients(torch):
    x = leaf(torch, 1.0, 2.0)
    seen = []
    first = x.register_hook(lambda g: seen.append(g.clone()))
    second = x.register_hook(lambda g: g * 10)
    y = x * 3
    y.register_hook(lambda g: g + 1)
    y.sum().backward()
    close(seen[0], [6.0, 6.0])
    close(x.grad, [60.0, 60.0])
    first.remove()
    second.remove()
    (x * 1).sum().backward()
    close(x.grad, [61.0, 61.0])
    assert len(seen) == 1
    with pytest.raises(RuntimeError, match="doesn't require grad"):
        torch.ones(1).register_hook(print)


def test_function_of_ones_own(torch):
    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, factor):
            ctx.save_for_backward(x)
            ctx.factor = factor
            return factor * x**3

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            assert ctx.needs_input_grad == (True, False)
            return 3 * ctx.factor * g * x**2, None

    x = leaf(torch, 1.0, 2.0)
    y = Cube.apply(x, 2.0)
    close(y, [2.0, 16.0])
    y.sum().backward()
    close(x.grad, [6.0, 24.0])


def test_function_of_two_tensors(torch):
    class Product(torch.autograd.Function):
        @staticmethod
        def forward(ctx, a, b):
            ctx.save_for_backward(a, b)
            return a * b

        @staticmethod
        def backward(ctx, g):
            a, b = ctx.saved_tensors
            return g * b, g * a

    a, b = leaf(torch, 2.0), leaf(torch, 3.0)
    Product.apply(a, b).backward()
    close(a.grad, [3.0])
    close(b.grad, [2.0])
    c = leaf(torch, 2.0)
    Product.apply(c, c).backward()
    close(c.grad, [4.0])
    assert not Product.apply(torch.ones(1), torch.ones(1)).requires_grad


def test_straight_through_estimator(torch):
    class Round(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.round()

        @staticmethod
        def backward(ctx, g):
            return g

    x = leaf(torch, 1.4, 2.6)
    y = Round.apply(x)
    (y * y).sum().backward()
    close(x.grad, [2.0, 6.0])
    x.grad = None
    (x + (x.round() - x).detach()).sum().backward()
    close(x.grad, [1.0, 1.0])


# --- memory -------------------------------------------------------------------------------------------


def alive(arrays):
    return [ref for ref in arrays if ref() is not None]


def test_a_graph_is_freed_after_backward():
    x = scratch.randn(50, requires_grad=True)
    h = x.exp()
    memory = weakref.ref(h.array)
    loss = (h * h).sum()
    del h
    assert memory() is not None, "the product needs its operand"
    loss.backward()
    assert memory() is None, "freed although the loss is still there"
    assert loss.item() > 0


@pytest.mark.parametrize(
    "f",
    [
        lambda x: x.exp().sum(),
        lambda x: (x.tanh() @ x.T).relu().norm(),
        lambda x: scratch.nn.functional.cross_entropy(x.sigmoid(), scratch.arange(4)),
        lambda x: x.softmax(1).log().max(1).values.sum(),
        lambda x: scratch.nn.functional.conv1d(x[None], x[:, None, :2].exp(), groups=4).std(),
        lambda x: scratch.nn.functional.layer_norm(x.sqrt(), (4,)).var(),
        lambda x: scratch.einsum("ij,jk->ik", x.exp(), x.cos()).prod(),
        lambda x: scratch.nn.LSTM(4, 3)(x)[0].sum(),
        lambda x: scratch.nn.functional.max_pool1d(x.exp()[None], 2).sum(),
        lambda x: scratch.cat([x.exp(), x.sin()])[1:, ::2].clamp(0, 1).sum(),
    ],
)
@pytest.mark.parametrize("walked", ["not walked", "walked", "walked twice"])
def test_a_graph_holds_no_cycles(f, walked):
    x = scratch.rand(4, 4, requires_grad=True)
    f(x).backward()  # fills caches
    x.grad = None
    gc.collect()
    gc.freeze()  # what there is so far is not looked at
    gc.disable()
    try:
        loss = f(x)
        node = weakref.ref(loss)
        if walked != "not walked":
            loss.backward(create_graph=walked == "walked twice")
        if walked == "walked twice":
            x.grad.sum().backward()
        x.grad = None
        del loss
        assert node() is None
        unreachable = gc.collect()
        assert unreachable == 0, f"{unreachable} objects were kept alive by a cycle"
    finally:
        gc.enable()
        gc.unfreeze()


def test_a_training_loop_does_not_grow():
    model = scratch.nn.Sequential(
        scratch.nn.Linear(4, 8), scratch.nn.ReLU(), scratch.nn.Linear(8, 1)
    )
    optimizer = scratch.optim.Adam(model.parameters())
    gc.collect()
    gc.freeze()
    gc.disable()
    counts = []
    try:
        for _ in range(6):
            loss = (model(scratch.randn(16, 4)) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            counts.append(len(gc.get_objects()))
    finally:
        gc.enable()
        gc.unfreeze()
    assert counts[-1] == counts[2]
