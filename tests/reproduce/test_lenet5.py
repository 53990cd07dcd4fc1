"""Training LeNet-5 as the stored result was: on either engine, from a seed, to the same numbers."""

import importlib
from dataclasses import replace

import numpy as np
import pytest
import torch as pytorch

from course_utils.models import lenet5
from course_utils.reproduce.lenet5 import RECIPE, Batches, prepare, train_and_test
from tests.datasets.tiny_mnist import drawn_digits

ENGINES = ["torch", "course_utils.scratch"]
TRAIN, TEST = drawn_digits(150, 1), drawn_digits(70, 2)
QUICK = replace(RECIPE, epochs=2)


@pytest.fixture(autouse=True)
def one_thread():
    """As the command has it; and with more, small networks wait for each other on a busy machine."""
    before = pytorch.get_num_threads()
    pytorch.set_num_threads(1)
    yield
    pytorch.set_num_threads(before)


def data(train=TRAIN, test=TEST):
    return [(images, labels.astype(np.int64)) for images, labels in (train, test)]


def trained(engine, **options):
    torch = importlib.import_module(engine)
    options = {"seed": 0, "recipe": QUICK, **options}
    return train_and_test(torch, *data(), **options)


def test_images_are_prepared_as_in_the_paper():
    images = np.zeros((2, 28, 28), dtype="u1")
    images[0, 0, 27] = 255
    images[1, 27, 0] = 51
    found = prepare(images)
    assert (found.shape, found.dtype) == ((2, 1, 32, 32), np.float32)
    expected = np.full((2, 1, 32, 32), -0.1)
    expected[0, 0, 2, 29] = 1.175
    expected[1, 0, 29, 2] = 0.155  # a fifth of the way from −0.1 to 1.175
    np.testing.assert_allclose(found, expected, atol=1e-7)


@pytest.mark.parametrize("shape", [(28, 28), (2, 28, 27), (2, 1, 28, 28), (2, 784)])
def test_other_images_are_refused(shape):
    with pytest.raises(ValueError, match=r"images must have shape \(N, 28, 28\), not \("):
        prepare(np.zeros(shape, dtype="u1"))


def test_batches_hold_every_image_once_in_an_order_of_the_seed():
    items = np.arange(10)
    batches = Batches(items, items * 2, 4, np.random.default_rng(3))
    assert len(batches) == 3
    orders = []
    for _ in range(2):
        walk = list(batches)
        assert [len(labels) for _, labels in walk] == [4, 4, 2]
        assert all((labels == images * 2).all() for images, labels in walk)
        orders.append(np.concatenate([images for images, _ in walk]))
        assert sorted(orders[-1]) == list(range(10))
    rng = np.random.default_rng(3)
    np.testing.assert_array_equal(orders, [rng.permutation(10), rng.permutation(10)])
    in_order = [images.tolist() for images, _ in Batches(items, items, 4)]
    assert in_order == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]


def test_both_engines_learn_the_same():
    """Same first weights, same batches: in float64 the losses stay the same to rounding."""
    theirs, ours = (trained(engine, dtype="float64") for engine in ENGINES)
    np.testing.assert_allclose(ours.train_loss, theirs.train_loss, rtol=1e-9)
    np.testing.assert_allclose(ours.learning_rate, theirs.learning_rate, rtol=1e-12)
    assert ours.test_errors == theirs.test_errors


def test_a_seed_repeats_a_run_and_another_does_not():
    first, again, other = (trained("torch", seed=seed) for seed in (1, 1, 2))
    assert first.train_loss == again.train_loss
    assert first.test_errors == again.test_errors
    assert first.train_loss != other.train_loss


def test_the_recipe_is_followed():
    """The loop written out in PyTorch, from the recipe's words, gives the same losses."""
    pytorch.manual_seed(5)
    model = lenet5(pytorch, side=32)
    images = pytorch.tensor(prepare(TRAIN[0]))
    labels = pytorch.tensor(TRAIN[1].astype(np.int64))
    velocity = [pytorch.zeros_like(p) for p in model.parameters()]
    rng, losses = np.random.default_rng(5), []
    for epoch in range(2):
        rate = 0.05 * (1 + np.cos(np.pi * epoch / 2)) / 2
        total = 0.0
        order = rng.permutation(150)
        for chosen in (order[:64], order[64:128], order[128:]):
            loss = pytorch.nn.functional.cross_entropy(model(images[chosen]), labels[chosen])
            total += loss.item() * len(chosen)
            gradients = pytorch.autograd.grad(loss, list(model.parameters()))
            with pytorch.no_grad():
                for p, v, gradient in zip(model.parameters(), velocity, gradients, strict=True):
                    gradient = gradient + 5e-4 * p
                    v.mul_(0.9).add_(gradient)
                    p -= rate * (gradient + 0.9 * v)
        losses.append(total / 150)
    run = trained("torch", seed=5)
    np.testing.assert_allclose(run.train_loss, losses, rtol=1e-4)
    np.testing.assert_allclose(run.learning_rate, [0.05, 0.025], rtol=1e-12)
    with pytorch.no_grad():
        answers = model(pytorch.tensor(prepare(TEST[0]))).argmax(1).numpy()
    assert abs(run.test_errors - (answers != TEST[1]).sum()) <= 1  # a tie may fall either way
    assert run.test_images == 70
    assert run.test_error_percent == 100 * run.test_errors / 70
    assert run.seconds > 0


def test_it_learns():
    run = trained("torch", recipe=replace(RECIPE, epochs=25))
    assert run.train_loss[-1] < 0.1
    assert run.test_errors == 0


@pytest.mark.parametrize("epochs", [0, -1])
def test_no_epoch_is_refused(epochs):
    with pytest.raises(ValueError, match=f"at least one epoch, not {epochs}"):
        trained("torch", recipe=replace(RECIPE, epochs=epochs))


def test_divergence_is_no_result():
    with pytest.raises(FloatingPointError, match="in epoch"):
        trained("torch", recipe=replace(RECIPE, learning_rate=1e30))


def test_interruption_is_no_result(monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(pytorch.optim.SGD, "step", interrupted)
    with pytest.raises(KeyboardInterrupt):
        trained("torch")


@pytest.mark.gpu
@pytest.mark.parametrize("engine", ENGINES)
def test_on_a_gpu_the_same(engine):
    if not pytorch.cuda.is_available():
        pytest.skip("needs a CUDA device: torch.cuda.is_available() is False")
    on_cpu, on_gpu = (trained(engine, dtype="float64", device=device) for device in ("cpu", "cuda"))
    np.testing.assert_allclose(on_gpu.train_loss, on_cpu.train_loss, rtol=1e-6)
