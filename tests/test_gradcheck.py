"""Right gradients pass, planted wrong ones are named: argument, entry, numbers, reason."""

import importlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from course_utils.gradcheck import GradcheckError, gradcheck, numerical_gradient
from course_utils.gradient_diagnosis import find_fault

ENGINES = ["torch", "course_utils.scratch"]


@pytest.fixture(params=ENGINES, scope="module")
def torch(request):
    return importlib.import_module(request.param)


def leaf(torch, *shape, seed=0):
    numbers = np.random.default_rng(seed).normal(size=shape)
    return torch.tensor(numbers, dtype=torch.float64, requires_grad=True)


def square(torch, spoil):
    """x² with a derivative that went through `spoil`."""

    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return spoil(g * 2 * x)

    return Square.apply


def message(function, inputs, **options):
    with pytest.raises(GradcheckError) as failure:
        gradcheck(function, inputs, **options)
    return str(failure.value)


def test_right_gradients_pass(torch):
    x, w = leaf(torch, 4, 3), leaf(torch, 3, seed=1)
    assert gradcheck(lambda x, w: torch.tanh(x @ w), (x, w)) is True
    assert gradcheck(lambda x, w: (x * w, (x @ w).sum()), (x, w)), "several outputs"
    assert gradcheck(lambda x, n: x**n, (x, 3)), "what is no tensor is held constant"
    assert gradcheck(lambda x, w: torch.softmax(x * w, 1), [x, w.detach()])
    assert gradcheck(torch.exp, x), "a tensor alone"
    assert gradcheck(square(torch, lambda g: g), x)
    assert gradcheck(lambda x: (x * x, x.argmax(1)), x), "integers are left out"
    assert gradcheck(lambda x: x.T.reshape(2, 6)[:, 1:], x), "moved entries"


def test_a_model_and_its_parameters(torch):
    model = torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2)
    ).double()
    x, labels = leaf(torch, 5, 3), torch.tensor([0, 1, 1, 0, 1])
    loss = torch.nn.CrossEntropyLoss()
    assert gradcheck(lambda *_: loss(model(x), labels), (x, *model.parameters()))
    names = [name for name, _ in model.named_parameters()]

    def frozen(*_):
        hidden = torch.tanh(model[0](x))
        return hidden @ model[2].weight.detach().T + model[2].bias

    text = message(frozen, tuple(model.parameters()), names=names)
    assert text.startswith("wrong gradient for argument 2, 2.weight: no gradient arrives")


def test_inputs_are_left_as_they_were(torch):
    x, w = leaf(torch, 2, 3), leaf(torch, 3, seed=1)
    (x * x).sum().backward()
    before, gradient = x.detach().clone().tolist(), x.grad
    gradcheck(lambda x, w: x * w, (x, w))
    message(lambda x, w: square(torch, lambda g: -g)(x) * w, (x, w))
    with pytest.raises(ZeroDivisionError):
        gradcheck(lambda x: x * (1 / 0), x)
    assert x.tolist() == before
    assert x.grad is gradient
    assert x.grad.tolist() == (2 * x).tolist()
    assert w.grad is None


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda g: 2 * g, "2 times what it should be: counted twice"),
        (lambda g: g * 0.5, "0.5 times what it should be: a path missing"),
        (lambda g: -g, "sign flipped"),
        (lambda g: g.T, "transposed"),
        (lambda g: g * 0, "no gradient arrives"),
        (lambda g: g * 1.0001, "close, but not equal"),
        (lambda g: g + 1, "9 of 9 entries are wrong"),
        (lambda g: g * float("nan"), "backward gives no number"),
    ],
)
def test_planted_mistakes(torch, spoil, reason):
    w, x = leaf(torch, 3, 3), leaf(torch, 3, 3, seed=1)
    text = message(lambda w, x: square(torch, spoil)(x) + w, (w, x))
    assert text.startswith(f"wrong gradient for argument 1, x: {reason}")


def test_the_message_names_the_entry_and_both_numbers(torch):
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], dtype=torch.float64, requires_grad=True)
    mask = torch.tensor([[1.0, 1.0, 1.0], [1.0, 1.0, 3.0]], dtype=torch.float64)
    text = message(lambda image: (square(torch, lambda g: g * mask)(image)).sum(), x)
    lines = text.splitlines()
    assert lines[0] == "wrong gradient for argument 0, image: 1 of 6 entries are wrong"
    assert lines[1] == (
        "  ∂f / ∂image[1, 2]: backward gives 36, central differences 12 (relative error 0.67)"
    )
    text = message(lambda x: (x, square(torch, lambda g: g * mask)(x)), x)
    assert "∂output 1[1, 2] / ∂x[1, 2]: backward gives 36, central differences 12 " in text
    scalar = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
    text = message(lambda a: square(torch, lambda g: -g)(a), scalar)
    assert "∂f / ∂a: backward gives -6, central differences 6 (relative error 2)" in text


def test_a_transposed_gradient_that_is_not_square(torch):
    def spoil(g):
        return g.T.reshape(2, 3)

    text = message(square(torch, spoil), leaf(torch, 2, 3))
    assert "argument 0, " in text
    assert ": transposed\n" in text


def test_a_missing_path(torch):
    x, w = leaf(torch, 3), leaf(torch, 3, seed=1)
    assert "x: 0.5 times" in message(lambda x: x * x.detach(), x)
    assert "w: no gradient arrives" in message(lambda x, w: x * w.detach(), (x, w))

    def half(x):
        return torch.cat([x[:1].detach(), x[1:]]) * 2

    text = message(half, x)
    assert "x: 1 of 3 entries are wrong, and all of those are 0 in backward" in text
    assert "∂f[0] / ∂x[0]: backward gives 0, central differences 2" in text


def test_one_wrong_entry_among_many_is_found(torch):
    wrong = np.ones((60, 50))
    wrong[41, 7] = 1.5
    factor = torch.tensor(wrong, dtype=torch.float64)
    text = message(square(torch, lambda g: g * factor), leaf(torch, 60, 50))
    assert "1 of 375 entries looked at are wrong" in text
    assert "∂f[41, 7] / ∂" in text
    assert "[41, 7]: backward" in text


def test_kinks(torch):
    x = torch.tensor([1.0, 0.0, -2.0], dtype=torch.float64, requires_grad=True)
    text = message(torch.relu, x)
    assert ": a kink: the slope is 0 to the left and 1 to the right\n" in text
    assert "[1]: backward gives 0, central differences 0.5" in text
    assert gradcheck(torch.abs, x), "the mean of the two slopes is what abs takes"
    x = torch.tensor([1.0, 3e-7], dtype=torch.float64, requires_grad=True)
    assert "a kink: the slope is 0.3 to the left and 1 " in message(torch.relu, x)
    assert gradcheck(torch.relu, x, eps=1e-8, rtol=1e-5)
    x = torch.tensor([1.0, 1e-7], dtype=torch.float64, requires_grad=True)
    assert "not finite 1e-06 to the side" in message(torch.log, x)


def test_float32_is_refused_or_seen(torch):
    x = leaf(torch, 3)
    with pytest.raises(ValueError, match=r"argument 0, x is .*float32: differences need float64"):
        gradcheck(lambda x: x, torch.ones(3, requires_grad=True))
    assert message(lambda x: x.float(), x).startswith("f is ")
    text = message(lambda x: ((x.float() + 0.1) ** 2).double(), x)
    assert "is something computed in float32?" in text


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda torch, x: torch.rand(3) * x, "two calls with the same input differ"),
        (lambda torch, x: torch.nn.functional.dropout(x, 0.5), "two calls .* differ .dropout"),
        (lambda torch, x: x.detach() * 2, "no output has a graph"),
        (lambda torch, x: torch.log(x * 0 - 1), "not finite here"),
        (lambda torch, x: x.argmax(0), "no output has a graph"),
    ],
)
def test_functions_that_cannot_be_tested(torch, function, words):
    torch.manual_seed(3)
    with pytest.raises(GradcheckError, match=words) as failure:
        gradcheck(lambda x: function(torch, x), leaf(torch, 3))
    assert "\n" not in str(failure.value)


def test_calls_that_make_no_sense(torch):
    x = leaf(torch, 3)
    for inputs in (x.detach(), (), (2.0, [x])):
        with pytest.raises(ValueError, match="nothing to check"):
            gradcheck(lambda *x: x[0], inputs)
    with pytest.raises(ValueError, match=r"argument 0, x was computed: pass its \.detach"):
        gradcheck(lambda x: x, x * 2)
    with pytest.raises(TypeError, match="must return tensors, not float"):
        gradcheck(lambda x: 1.0, x)
    with pytest.raises(ValueError, match="1 names for 2 inputs"):
        gradcheck(lambda x, y: x, (x, x), names=["x"])


def test_names_of_arguments(torch):
    x = leaf(torch, 2)
    wrong = square(torch, lambda g: -g)
    assert "argument 1, rest[0]:" in message(lambda a, *rest: a + wrong(rest[0]), (x.detach(), x))
    assert "argument 1, bias:" in message(lambda a, b: wrong(b), (1, x), names=["w", "bias"])


@settings(deadline=None, max_examples=30)
@given(shapes.array_shapes(min_dims=0, max_dims=3, max_side=4, min_side=0), st.integers(0, 9))
def test_all_shapes(torch, shape, seed):
    x, w = leaf(torch, *shape, seed=seed), leaf(torch, *shape, seed=seed + 1)
    assert gradcheck(lambda x, w: torch.exp(x) * w, (x, w), seed=seed)
    if x.numel():
        text = message(lambda x, w: x * square(torch, lambda g: 3 * g)(w), (x, w), seed=seed)
        assert "argument 1, w: 3 times what it should be" in text


@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_find_fault_finds_any_wrong_entry_of_a_jacobian(m, n, data):
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    J, x = rng.normal(size=(m, n)), rng.normal(size=n)
    i, j = data.draw(st.integers(0, m - 1)), data.draw(st.integers(0, n - 1))
    wrong = J.copy()
    wrong[i, j] += 0.5

    def ends(v, step):
        return J @ (x + step * v), J @ (x - step * v)

    fault = find_fault(lambda u: u @ wrong, ends, rng.normal(size=m), 1e-6, 1e-6)
    assert (fault.output, fault.entry) == (i, (j,))
    assert fault.backward == pytest.approx(wrong[i, j])
    assert fault.differences == pytest.approx(J[i, j], abs=1e-8)


def test_numerical_gradient():
    x = np.array([[1, 2], [3, 4]])
    gradient = numerical_gradient(lambda x: (x**3).sum(), x)
    np.testing.assert_allclose(gradient, 3 * x**2, rtol=1e-8)
    assert x.tolist() == [[1, 2], [3, 4]]
    assert numerical_gradient(np.exp, 0.0) == pytest.approx(1)
    assert numerical_gradient(lambda x: x[:1] * 2, [1.0, 2.0]).tolist() == pytest.approx([2, 0])
    assert numerical_gradient(lambda x: 1.0, np.zeros((0, 3))).shape == (0, 3)
    half = numerical_gradient(lambda x: x @ x / 2, [0.3, -0.7], eps=1e-3)
    np.testing.assert_allclose(half, [0.3, -0.7], rtol=1e-10)
    with pytest.raises(ValueError, match=r"one number, not an array of shape \(2,\)"):
        numerical_gradient(np.exp, [1.0, 2.0])


def test_a_failure_shows_in_jupyter_without_frames():
    assert GradcheckError("wrong")._render_traceback_() == ["✗ wrong"]


def test_needs_no_pytorch():
    code = "import sys; from course_utils import gradcheck; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
