"""Measuring a model: accuracy by hand, what a batch may be, and no trace left behind."""

import importlib
import subprocess
import sys

import pytest

from course_utils.evaluation import accuracy, evaluate, mode

ENGINES = ["torch", "course_utils.scratch"]


@pytest.fixture(params=ENGINES)
def torch(request):
    return importlib.import_module(request.param)


def squared(output, target):
    return ((output - target) ** 2).mean()


def test_accuracy_by_hand(torch):
    scores = torch.tensor([[1.0, 2.0, 0.0], [3.0, 1.0, 2.0], [0.0, 1.0, 5.0], [1.0, 0.0, 0.0]])
    assert accuracy(scores, torch.tensor([1, 0, 2, 2])) == 0.75
    margins = torch.tensor([0.5, -1.0, 2.0, -3.0])
    assert accuracy(margins, torch.tensor([1, 0, 0, 0])) == 0.75
    assert accuracy(margins[:, None], torch.tensor([[1.0], [1.0], [0.0], [0.0]])) == 0.5
    pixels = scores.reshape(2, 3, 2)  # (N, C, length)
    expected = (pixels.numpy().argmax(1) == [[1, 0], [2, 2]]).mean()
    assert accuracy(pixels, torch.tensor([[1, 0], [2, 2]])) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("output", "target"), [((4, 3), (3,)), ((4, 1), (4,)), ((4,), (4, 1)), ((4, 3), (4, 2))]
)
def test_accuracy_refuses_shapes_that_would_give_nonsense(torch, output, target):
    with pytest.raises(ValueError, match="accuracy compares scores") as failure:
        accuracy(torch.zeros(*output), torch.zeros(*target))
    assert f"{output} with {target}" in str(failure.value)


def test_a_batch_may_have_several_inputs_or_be_its_own_target(torch):
    class Sum(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.w = torch.nn.Parameter(torch.tensor(2.0, dtype=torch.float64))

        def forward(self, *inputs):
            return self.w * sum(inputs)

    model, x = Sum(), torch.tensor([1.0, 2.0], dtype=torch.float64)

    def gap(output, target):
        return (output - target).mean()

    assert evaluate(torch, model, [(x, x, x)], gap) == {"loss": 4.5}
    assert evaluate(torch, model, [(x,)], gap) == {"loss": 1.5}
    assert evaluate(torch, model, [x, [x]], gap) == {"loss": 1.5}


def test_no_gradient_and_no_change_of_mode(torch):
    nn = torch.nn
    model = nn.Sequential(nn.Linear(1, 1), nn.Dropout(0.5), nn.BatchNorm1d(1)).double()
    model[1].eval()
    before = [p.tolist() for p in model.state_dict().values()]
    seen = []

    def loss(output, target):
        seen.append((model.training, model[1].training, output.requires_grad))
        return squared(output, target)

    x = torch.tensor([[1.0], [2.0]], dtype=torch.float64)
    evaluate(torch, model, [(x, x), (x, x)], loss)
    assert seen == [(False, False, False)] * 2
    assert [m.training for m in model] == [True, False, True]
    assert [p.tolist() for p in model.state_dict().values()] == before, "running means untouched"
    assert all(p.grad is None for p in model.parameters())


def test_the_mode_is_given_back_after_an_error(torch):
    model = torch.nn.Sequential(torch.nn.Dropout(0.5), torch.nn.Dropout(0.5))
    model[0].eval()

    def fail():
        with mode(model, training=True):
            assert model[0].training
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [model.training, model[0].training, model[1].training] == [True, False, True]


def test_metrics_are_means_over_examples(torch):
    """Three examples and one: accuracies ⅓ and 1 make ½, not ⅔."""
    x = torch.tensor([[1.0], [1.0], [-1.0]])
    y = torch.tensor([[1.0], [0.0], [1.0]])
    model = torch.nn.Identity()
    found = evaluate(torch, model, [(x, y), (x[:1], y[:1])], squared, "accuracy")
    assert found == pytest.approx({"loss": (0 + 1 + 4 + 0) / 4, "accuracy": 0.5})
    twice = {"twice": lambda output, target: 2 * (output * target).mean()}
    assert evaluate(torch, model, [(x, y)], squared, twice)["twice"] == pytest.approx(0)


@pytest.mark.parametrize(
    ("loader", "metrics", "words"),
    [
        ([], None, "evaluate: the loader gave no batch"),
        (iter(()), None, "a generator gives its batches only once"),
        ([], ["F1"], r"no metric 'F1': known are \['accuracy'\]; or pass {name: f}"),
        ([], {"loss": max}, r"not be called \['loss'\]: taken"),
    ],
)
def test_bad_calls_get_one_clear_line(torch, loader, metrics, words):
    with pytest.raises(ValueError, match=words) as failure:
        evaluate(torch, torch.nn.Linear(1, 1), loader, squared, metrics)
    assert "\n" not in str(failure.value)


def test_needs_no_pytorch():
    code = "import sys; from course_utils import evaluation; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
