"""Training on either engine: exact solutions, early stopping, interrupts, and what is refused."""

import importlib
import json
import subprocess
import sys
import warnings

import numpy as np
import pytest

from course_utils.train import History, evaluate, fit

ENGINES = ["torch", "course_utils.scratch"]


@pytest.fixture(params=ENGINES)
def torch(request):
    return importlib.import_module(request.param)


def load(torch, X, y, batch_size=7, **options):
    data = importlib.import_module(f"{torch.__name__}.utils.data")
    return data.DataLoader(data.TensorDataset(X, y), batch_size=batch_size, **options)


def regression(torch, seed=0, N=30):
    """Noisy linear data, a linear model that starts at zero, and the least-squares solution."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(N, 3))
    y = X @ [1.0, -2.0, 0.5] + 3 + 0.1 * rng.normal(size=N)
    model = torch.nn.Linear(3, 1).double()
    with torch.no_grad():
        for p in model.parameters():
            p.zero_()
    solution = np.linalg.lstsq(np.c_[X, np.ones(N)], y, rcond=None)[0]
    return torch.tensor(X), torch.tensor(y[:, None]), model, solution


def weights(model):
    return np.concatenate([p.detach().numpy().ravel() for p in model.parameters()]).copy()


class Scripted:
    """A 'model' with one weight w and a loss |w − …|: each step moves w by exactly 1."""

    def __init__(self, torch, validation_losses):
        self.model = torch.nn.Linear(1, 1, bias=False).double()
        with torch.no_grad():
            self.model.weight.zero_()
        self.losses = validation_losses
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=1.0)
        one = torch.ones(1, 1, dtype=torch.float64)
        self.loader, self.validation = [(one, one)], [(one, one)]

    def loss(self, output, target):
        if self.model.training:
            return -output.mean() + 100  # gradient −1: w counts the epochs
        return (output * 0 + self.losses[round(output.item()) - 1]).mean()

    @property
    def w(self):
        return self.model.weight.item()


def test_reaches_the_least_squares_solution(torch):
    X, y, model, solution = regression(torch)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
    history = fit(torch, model, [(X, y)], torch.nn.MSELoss(), optimizer, epochs=300, progress=False)
    np.testing.assert_allclose(weights(model), solution, rtol=1e-9)
    residual = y.numpy()[:, 0] - np.c_[X.numpy(), np.ones(30)] @ solution
    assert history["train_loss"][-1] == pytest.approx((residual**2).mean(), rel=1e-9)
    assert history["train_loss"][0] == pytest.approx((y.numpy() ** 2).mean()), "before the 1st step"
    assert history["epoch"] == list(range(1, 301))
    assert len(history) == 300
    assert (history.best_epoch, history.stopped_early, history.interrupted) == (None, False, False)


def test_losses_are_means_over_examples_whatever_the_batches(torch):
    """30 examples in batches of 7: the last one has 2, and a mean of means would be wrong."""
    X, y, model, _ = regression(torch)
    loss = torch.nn.MSELoss()
    mean = (y.numpy() ** 2).mean()
    assert evaluate(torch, model, load(torch, X, y), loss)["loss"] == pytest.approx(mean, rel=1e-12)
    standing_still = torch.optim.SGD(model.parameters(), lr=0.0)
    history = fit(torch, model, load(torch, X, y), loss, standing_still, epochs=1, progress=False)
    assert history["train_loss"] == pytest.approx([mean], rel=1e-12)


def classifier(torch):
    nn = torch.nn
    model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 3)).double()
    rng = np.random.default_rng(5)
    model.load_state_dict(
        {
            k: torch.tensor(rng.normal(size=tuple(v.shape)) / 2)
            for k, v in model.state_dict().items()
        }
    )
    X = rng.normal(size=(40, 3))
    return model, torch.tensor(X), torch.tensor(X.argmax(1))


def trained(name):
    torch = importlib.import_module(name)
    model, X, y = classifier(torch)
    torch.manual_seed(3)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    history = fit(
        torch,
        model,
        load(torch, X[:30], y[:30], shuffle=True),
        torch.nn.CrossEntropyLoss(),
        optimizer,
        epochs=12,
        validation=load(torch, X[30:], y[30:]),
        metrics=["accuracy"],
        scheduler=torch.optim.lr_scheduler.StepLR(optimizer, 4, gamma=0.5),
        clip_grad_norm=0.7,
        progress=False,
    )
    return history, weights(model)


def test_both_engines_have_the_same_history():
    (one, w), (other, v) = (trained(name) for name in ENGINES)
    assert one.columns == other.columns
    assert one.columns == [
        "epoch", "train_loss", "learning_rate", "validation_loss", "accuracy", "seconds",
    ]  # fmt: skip
    for column in one.columns[:-1]:
        np.testing.assert_allclose(one[column], other[column], rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(w, v, rtol=1e-10, atol=1e-10)
    assert one.best_epoch == other.best_epoch
    assert one["learning_rate"] == [0.05] * 4 + [0.025] * 4 + [0.0125] * 4
    assert one["train_loss"][-1] < 0.6 * one["train_loss"][0]


def test_history_is_plain_data(torch):
    s = Scripted(torch, [3.0, 2.0])
    history = fit(
        torch, s.model, s.loader, s.loss, s.optimizer, epochs=2, validation=s.validation,
        metrics={"twice": lambda output, target: 2 * output.mean()}, progress=False,
    )  # fmt: skip
    assert json.loads(json.dumps(history.rows)) == history.rows
    assert history["train_loss"] == [100, 99]
    assert history["validation_loss"] == [3, 2]
    assert history["twice"] == [2, 4]
    assert history[-1]["epoch"] == 2
    assert [row["epoch"] for row in history] == [1, 2]
    assert all(seconds > 0 for seconds in history["seconds"])
    with pytest.raises(KeyError, match="no column 'loss' among"):
        history["loss"]


@pytest.mark.parametrize(
    ("losses", "patience", "min_delta", "epochs", "best"),
    [
        ([5, 4, 3, 4, 5, 6, 1], 2, 0.0, 5, 3),  # two epochs without progress: stops before the 1
        ([5, 4, 3, 4, 5, 6, 1], 4, 0.0, 7, 7),
        ([5, 4, 4, 4, 4, 4, 4], 3, 0.0, 5, 2),  # equal is no progress, and the first is kept
        ([5, 4.9, 4.8, 4.7, 4, 4, 4], 3, 1.0, 4, 4),  # progress too slow, yet the last is the best
        ([5, 4.9, 4.8, 3.9, 3.8, 3.7, 3.6], 3, 1.0, 7, 7),  # 5 → 3.9 counts
        ([1, 2, 3, 4, 5, 6, 7], None, 0.0, 7, 1),
    ],
)
def test_early_stopping_restores_the_best_weights(torch, losses, patience, min_delta, epochs, best):
    s = Scripted(torch, losses)
    history = fit(
        torch, s.model, s.loader, s.loss, s.optimizer, epochs=7, validation=s.validation,
        patience=patience, min_delta=min_delta, progress=False,
    )  # fmt: skip
    assert len(history) == epochs
    assert history.best_epoch == best
    assert s.w == best, "w counts the epochs"
    assert history.stopped_early == (patience is not None and epochs < 7)
    assert history["validation_loss"] == losses[:epochs]


def test_who_ran_out_of_epochs_did_not_stop_early(torch):
    s = Scripted(torch, [1, 2, 3])
    history = fit(
        torch, s.model, s.loader, s.loss, s.optimizer, epochs=3, validation=s.validation,
        patience=2, progress=False,
    )  # fmt: skip
    assert not history.stopped_early


class Interrupted:
    """A loader in which Ctrl-C is pressed at the given batch, counted over all epochs."""

    def __init__(self, batches, at):
        self.batches, self.left = batches, at

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        for batch in self.batches:
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
            yield batch


def test_an_interrupt_keeps_what_was_learnt(torch):
    s = Scripted(torch, [])
    loader = Interrupted(s.loader * 3, at=8)  # in the third epoch, after one step
    history = fit(torch, s.model, loader, s.loss, s.optimizer, epochs=9, progress=False)
    assert history.interrupted
    assert len(history) == 2
    assert s.w == 7, "seven steps were made"


def test_an_interrupt_with_validation_gives_the_best_weights(torch):
    for loader_at, validation_at in [(5, 99), (99, 5)]:
        s = Scripted(torch, [3, 1, 2, 4, 5])
        s.model.eval()
        history = fit(
            torch, s.model, Interrupted(s.loader, loader_at), s.loss, s.optimizer, epochs=9,
            validation=Interrupted(s.validation, validation_at), progress=False,
        )  # fmt: skip
        assert history.interrupted
        assert history["validation_loss"] == [3, 1, 2, 4]
        assert (s.w, history.best_epoch) == (2, 2)
        assert not s.model.training, "the mode it had before"


def test_an_interrupt_before_anything_was_learnt(torch):
    s = Scripted(torch, [])
    loader = Interrupted(s.loader, at=1)
    history = fit(
        torch,
        s.model,
        loader,
        s.loss,
        s.optimizer,
        epochs=9,
        validation=s.validation,
        progress=False,
    )
    assert (len(history), history.columns, history.interrupted, s.w) == (0, [], True, 0)


def test_modes_are_set_and_given_back(torch):
    nn = torch.nn
    model = nn.Sequential(nn.Linear(1, 1), nn.Dropout(0.5), nn.BatchNorm1d(1)).double()
    model[2].eval()
    seen = set()

    def loss(output, target):
        seen.add((model.training, output.requires_grad))
        return ((output - target) ** 2).mean()

    x = torch.tensor([[1.0], [2.0]], dtype=torch.float64)
    evaluate(torch, model, [(x, x)], loss)
    assert [m.training for m in model] == [True, True, False]
    assert seen == {(False, False)}
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    fit(torch, model, [(x, x)], loss, optimizer, epochs=2, validation=[(x, x)], progress=False)
    assert [m.training for m in model] == [True, True, False]
    assert seen == {(False, False), (True, True)}

    def failing(output, target):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        evaluate(torch, model, [(x, x)], failing)
    assert [m.training for m in model] == [True, True, False]


@pytest.mark.parametrize("value", ["nan", "inf"])
def test_a_loss_that_is_no_number_stops_training(torch, value):
    s = Scripted(torch, [1, 2])
    bad = (s.loader[0][0] * float(value), s.loader[0][1])
    with pytest.raises(
        FloatingPointError, match=rf"loss in epoch 1, batch 3 is -?{value}: try a lo"
    ):
        fit(torch, s.model, [*s.loader * 2, bad], s.loss, s.optimizer, epochs=3, progress=False)
    assert s.w == 2, "the third step was not made"
    s = Scripted(torch, [2, 1, float(value)])
    with pytest.raises(FloatingPointError, match=f"the validation loss after epoch 3 is {value}"):
        fit(
            torch, s.model, s.loader, s.loss, s.optimizer, epochs=3, validation=s.validation,
            progress=False,
        )  # fmt: skip
    assert s.w == 2, "weights of the best epoch"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"epochs": -1}, "epochs must be ≥ 0 and patience ≥ 1, not -1 and None"),
        ({"patience": 0, "validation": []}, "patience ≥ 1, not 2 and 0"),
        ({"patience": 3}, "need batches in validation="),
        ({"metrics": ["accuracy"]}, "need batches in validation="),
        ({"metrics": "recall", "validation": []}, "no metric 'recall'"),
        ({"metrics": ["precision"], "validation": []}, r"no metric 'precision': known are \['acc"),
        ({"metrics": {"seconds": max}, "validation": []}, r"not be called \['seconds'\]: taken"),
        ({"loader": []}, "epoch 1: the loader gave no batch"),
        ({"validation": []}, "evaluate: the loader gave no batch"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(torch, options, words):
    s = Scripted(torch, [1, 2])
    options = {"epochs": 2, "progress": False, "loader": s.loader} | options
    with pytest.raises(ValueError, match=words) as failure:
        fit(torch, s.model, loss=s.loss, optimizer=s.optimizer, **options)
    assert "\n" not in str(failure.value)


def test_a_generator_lasts_for_one_epoch(torch):
    s = Scripted(torch, [])
    with pytest.raises(ValueError, match=r"epoch 2: .*a generator gives its batches only once"):
        fit(torch, s.model, iter(s.loader), s.loss, s.optimizer, epochs=2, progress=False)


def test_no_epochs_change_nothing(torch):
    s = Scripted(torch, [])
    assert fit(torch, s.model, [], s.loss, s.optimizer, epochs=0, progress=False) == History()
    assert s.w == 0


def test_clipping_shortens_the_gradient(torch):
    s = Scripted(torch, [])
    fit(
        torch, s.model, s.loader, s.loss, s.optimizer, epochs=4, clip_grad_norm=0.25, progress=False
    )
    assert s.w == pytest.approx(1.0, rel=1e-4)  # 4 × 0.25; both engines add 1e-6 to the norm


def test_plateau_scheduler_gets_the_validation_loss():
    import torch

    s = Scripted(torch, [1, 2, 3, 4])
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(s.optimizer, patience=0, factor=0.5)
    with pytest.raises(ValueError, match="ReduceLROnPlateau need batches in validation="):
        fit(
            torch,
            s.model,
            s.loader,
            s.loss,
            s.optimizer,
            epochs=2,
            scheduler=scheduler,
            progress=False,
        )
    s.losses = {0: 1.0, 1: 2.0}  # the weight moves by 1, then by ½
    s.loss = lambda output, target: (
        -output.mean() + 100 if s.model.training else output.mean() * 0 + 1
    )
    history = fit(
        torch, s.model, s.loader, s.loss, s.optimizer, epochs=3, scheduler=scheduler,
        validation=s.validation, progress=False,
    )  # fmt: skip
    assert history["learning_rate"] == [1.0, 1.0, 0.5]


def test_progress_goes_to_standard_output_without_a_warning(torch, capsys):
    s = Scripted(torch, [3, 2])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit(torch, s.model, s.loader, s.loss, s.optimizer, epochs=2, validation=s.validation)
    shown = capsys.readouterr()
    assert "epoch 2/2: 100%" in shown.out
    assert "2/2" in shown.out
    assert "train_loss=99" in shown.out
    assert "validation_loss=2" in shown.out
    assert shown.err == ""
    fit(torch, s.model, s.loader, s.loss, s.optimizer, epochs=2, progress=False)
    assert capsys.readouterr() == ("", "")


def test_needs_no_pytorch():
    code = "import sys; from course_utils import train; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
