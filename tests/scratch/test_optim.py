"""Optimizers and schedulers of course_utils.scratch beside PyTorch's."""

import copy

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import course_utils.scratch as scratch
from course_utils.scratch.optim import lr_scheduler as schedulers

SHAPES = [(3, 4), (4,), (), (2, 1, 3)]
CHOICES = {
    "SGD": [
        {"lr": 0.1},
        {"lr": 0.1, "momentum": 0.9},
        {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
        {"lr": 0.05, "momentum": 0.8, "dampening": 0.3, "maximize": True},
    ],
    "Adagrad": [
        {},
        {"lr": 0.1, "lr_decay": 0.1, "weight_decay": 0.1, "eps": 1e-3},
        {"initial_accumulator_value": 0.5, "maximize": True},
    ],
    "Adam": [
        {},
        {"lr": 0.05, "betas": (0.5, 0.9), "eps": 1e-3},
        {"lr": 0.05, "betas": (0.0, 0.9), "weight_decay": 0.1, "amsgrad": True},
        {"maximize": True},
    ],
    "AdamW": [{"lr": 0.05}, {"lr": 0.05, "weight_decay": 0.3, "amsgrad": True, "maximize": True}],
    "RMSprop": [
        {},
        {"lr": 0.02, "alpha": 0.9, "centered": True},
        {"lr": 0.02, "momentum": 0.7, "weight_decay": 0.1, "eps": 1e-4},
        {"lr": 0.02, "momentum": 0.7, "centered": True, "maximize": True},
    ],
}
CASES = [(name, options) for name, cases in CHOICES.items() for options in cases]


def parameters(seed=0, dtype=np.float64):
    """The same parameters for both engines."""
    rng = np.random.default_rng(seed)
    arrays = [rng.normal(size=shape).astype(dtype) for shape in SHAPES]
    ours = [scratch.tensor(a).requires_grad_() for a in arrays]
    theirs = [torch.tensor(a).requires_grad_() for a in arrays]
    return ours, theirs


def loss_of(parameters, step=0):
    """A bowl whose bottom moves at each step, so that gradients never die; for either engine."""
    total = 0
    for i, p in enumerate(parameters):
        total = (
            total
            + ((p - np.cos(step * (i + 1))) ** 2).sum()
            + 0.1 * (p * parameters[0].mean()).sum()
        )
    return total


def descend(optimizer, parameters, steps):
    for step in range(steps):
        optimizer.zero_grad()
        loss_of(parameters, step).backward()
        optimizer.step()


def distance(ours, theirs):
    return max(
        float(np.abs(a.detach().numpy() - b.detach().numpy()).max())
        for a, b in zip(ours, theirs, strict=True)
    )


def error_of(call):
    with pytest.raises(Exception) as caught:  # noqa: PT011
        call()
    return caught.type


@pytest.mark.parametrize(("name", "options"), CASES)
def test_200_steps_lead_to_the_same_weights(name, options):
    ours, theirs = parameters()
    down = {**options, "lr": options.get("lr", 0.01) * 0.1} if options.get("maximize") else options
    descend(getattr(scratch.optim, name)(ours, **down), ours, 200)
    descend(getattr(torch.optim, name)(theirs, **down), theirs, 200)
    assert all(torch.isfinite(p).all() for p in theirs)
    assert distance(ours, theirs) <= 1e-12 * (1 + max(p.abs().max().item() for p in theirs))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_options_give_the_same_weights(data):
    unit = st.floats(0.01, 0.99)
    name = data.draw(st.sampled_from(sorted(CHOICES)))
    options = {"lr": data.draw(st.floats(1e-4, 0.05)), "weight_decay": data.draw(st.floats(0, 0.5))}
    if name == "SGD":
        options |= {"momentum": data.draw(unit), "dampening": data.draw(unit)}
    elif name == "Adagrad":
        options |= {"lr_decay": data.draw(unit), "initial_accumulator_value": data.draw(unit)}
    elif name == "RMSprop":
        options |= {"alpha": data.draw(unit), "momentum": data.draw(unit)}
    else:
        options |= {
            "betas": (data.draw(unit), data.draw(unit)),
            "amsgrad": data.draw(st.booleans()),
        }
    ours, theirs = parameters(data.draw(st.integers(0, 99)))
    descend(getattr(scratch.optim, name)(ours, **options), ours, 10)
    descend(getattr(torch.optim, name)(theirs, **options), theirs, 10)
    assert distance(ours, theirs) <= 1e-11 * (1 + max(p.abs().max().item() for p in theirs))


@pytest.mark.parametrize(("name", "options"), CASES)
def test_float32_stays_float32(name, options):
    ours, theirs = parameters(dtype=np.float32)
    descend(getattr(scratch.optim, name)(ours, **options), ours, 5)
    descend(getattr(torch.optim, name)(theirs, **options), theirs, 5)
    assert all(p.dtype is scratch.float32 for p in ours)
    assert distance(ours, theirs) < 1e-4


@pytest.mark.parametrize(("name", "options"), CASES)
def test_state_travels_both_ways(name, options):
    ours, theirs = parameters()
    optimizer = getattr(scratch.optim, name)(ours, **options)
    reference = getattr(torch.optim, name)(theirs, **options)
    descend(optimizer, ours, 3)
    descend(reference, theirs, 3)
    state, expected = optimizer.state_dict(), reference.state_dict()
    assert state["param_groups"] == expected["param_groups"]
    assert {i: set(s) for i, s in state["state"].items()} == {
        i: set(s) for i, s in expected["state"].items()
    }
    for i, remembered in state["state"].items():
        for key, value in remembered.items():
            theirs_too = expected["state"][i][key]
            assert tuple(value.shape) == tuple(theirs_too.shape)
            assert str(value.dtype) == str(theirs_too.dtype)
            np.testing.assert_allclose(value.numpy(), theirs_too.numpy(), rtol=1e-12, atol=1e-14)

    fresh_ours, fresh_theirs = parameters(seed=1)
    optimizer = getattr(scratch.optim, name)(fresh_ours, **options)
    optimizer.load_state_dict(expected)  # PyTorch's tensors
    reference = getattr(torch.optim, name)(fresh_theirs, **options)
    for remembered in state["state"].values():
        remembered.update(
            {key: torch.as_tensor(value.numpy()) for key, value in remembered.items()}
        )
    reference.load_state_dict(state)
    descend(optimizer, fresh_ours, 20)
    descend(reference, fresh_theirs, 20)
    assert distance(fresh_ours, fresh_theirs) < 1e-10


def test_a_loaded_state_is_a_copy():
    ours, _ = parameters()
    first = scratch.optim.SGD(ours, lr=0.1, momentum=0.9)
    descend(first, ours, 2)
    second = scratch.optim.SGD(parameters()[0], lr=0.5, momentum=0.1)
    second.load_state_dict(first.state_dict())
    before = first.state_dict()["state"][0]["momentum_buffer"].numpy().copy()
    descend(second, second.param_groups[0]["params"], 2)
    np.testing.assert_array_equal(first.state_dict()["state"][0]["momentum_buffer"].numpy(), before)
    assert second.param_groups[0]["lr"] == 0.1


@pytest.mark.parametrize("name", sorted(CHOICES))
def test_groups_have_options_of_their_own(name):
    weights = []
    for engine, ps in zip((scratch, torch), parameters(), strict=True):
        groups = [{"params": ps[:2], "lr": 0.03}, {"params": ps[2]}]
        optimizer = getattr(engine.optim, name)(groups, lr=0.01, weight_decay=0.1)
        optimizer.add_param_group({"params": ps[3:], "weight_decay": 0.0})
        descend(optimizer, ps, 10)
        weights.append(ps)
        assert [len(g["params"]) for g in optimizer.param_groups] == [2, 1, 1]
        assert [g["lr"] for g in optimizer.param_groups] == [0.03, 0.01, 0.01]
    assert distance(*weights) < 1e-12


def test_the_printed_optimizer_and_its_defaults():
    ours, theirs = parameters()
    for name in CHOICES:
        mine, reference = getattr(scratch.optim, name)(ours), getattr(torch.optim, name)(theirs)
        assert repr(mine) == repr(reference)
        assert mine.defaults == reference.defaults


def test_without_gradient_nothing_moves_and_zero_grad_has_two_ways():
    for engine, ps in zip((scratch, torch), parameters(), strict=True):
        optimizer = engine.optim.SGD(ps, lr=0.1, weight_decay=0.5)
        before = ps[0].detach().clone()
        optimizer.step()
        assert (ps[0] == before).all()
        assert optimizer.state_dict()["state"] == {}
        assert set(engine.optim.Adagrad(ps[:1]).state_dict()["state"][0]) == {"step", "sum"}
        loss_of(ps).backward()
        kept = ps[0].grad
        optimizer.zero_grad(set_to_none=False)
        assert (ps[0].grad == 0).all()
        assert (kept == 0).all()
        optimizer.zero_grad()
        assert ps[0].grad is None


def test_closure_is_called_with_recording_on():
    for engine, ps in zip((scratch, torch), parameters(), strict=True):
        optimizer = engine.optim.SGD(ps, lr=0.01)

        def closure(optimizer=optimizer, ps=ps):
            optimizer.zero_grad()
            loss = loss_of(ps)
            loss.backward()
            return loss

        with engine.no_grad():
            first = optimizer.step(closure)
        assert optimizer.step(closure) < first


def test_an_update_between_forward_and_backward_is_noticed():
    for engine, ps in zip((scratch, torch), parameters(), strict=True):
        optimizer = engine.optim.SGD(ps, lr=0.1)
        loss_of(ps).backward()
        late = (ps[0] ** 2).sum()
        optimizer.step()
        with pytest.raises(RuntimeError, match=r"inplace|in place"):
            late.backward()


def test_an_optimizer_can_be_copied():
    ours, _ = parameters()
    optimizer = scratch.optim.Adam(ours)
    descend(optimizer, ours, 2)
    twin = copy.deepcopy(optimizer)
    descend(twin, twin.param_groups[0]["params"], 2)
    descend(optimizer, ours, 2)
    assert distance(ours, twin.param_groups[0]["params"]) == 0


def test_an_optimizer_of_ones_own():
    class Signs(scratch.optim.Optimizer):
        def __init__(self, params, lr=0.1):
            super().__init__(params, {"lr": lr})

        def step(self, closure=None):
            with scratch.no_grad():
                for group in self.param_groups:
                    for p in group["params"]:
                        p -= group["lr"] * p.grad.sign()

    ours, _ = parameters()
    optimizer = Signs(ours)
    schedule = schedulers.StepLR(optimizer, 1)
    before = loss_of(ours).item()
    descend(optimizer, ours, 1)
    schedule.step()
    schedule.step()
    assert loss_of(ours).item() < before
    assert schedule.get_last_lr() == pytest.approx([0.001])


WRONG = {
    "no parameters": lambda t, p: t.optim.SGD([], lr=0.1),
    "no group": lambda t, p: t.optim.SGD(iter([]), lr=0.1),
    "a tensor alone": lambda t, p: t.optim.SGD(p[0], lr=0.1),
    "a set": lambda t, p: t.optim.SGD([{"params": set(p)}], lr=0.1),
    "numbers": lambda t, p: t.optim.Adam([1.0, 2.0]),
    "no leaf": lambda t, p: t.optim.Adam([p[0] * 2]),
    "the same group twice": lambda t, p: t.optim.SGD([{"params": p}, {"params": p[0]}], lr=0.1),
    "group no dict": lambda t, p: t.optim.SGD(p, lr=0.1).add_param_group(p),
    "learning rate": lambda t, p: t.optim.SGD(p, lr=-1),
    "momentum": lambda t, p: t.optim.SGD(p, lr=0.1, momentum=-0.5),
    "weight decay": lambda t, p: t.optim.SGD(p, lr=0.1, weight_decay=-0.5),
    "nesterov": lambda t, p: t.optim.SGD(p, lr=0.1, nesterov=True),
    "nesterov damped": lambda t, p: t.optim.SGD(
        p, lr=0.1, momentum=0.9, dampening=0.1, nesterov=True
    ),
    "Adam's rate": lambda t, p: t.optim.Adam(p, lr=-1),
    "eps": lambda t, p: t.optim.Adam(p, eps=-1),
    "beta": lambda t, p: t.optim.Adam(p, betas=(1.0, 0.9)),
    "second beta": lambda t, p: t.optim.AdamW(p, betas=(0.9, -0.1)),
    "integer beta": lambda t, p: t.optim.Adam(p, betas=(0, 0.9)),
    "alpha": lambda t, p: t.optim.RMSprop(p, alpha=-1),
    "accumulator": lambda t, p: t.optim.Adagrad(p, initial_accumulator_value=-1),
    "unknown": lambda t, p: t.optim.RMSprop(p, nesterov=True),
    "unknown to Adam": lambda t, p: t.optim.Adam(p, momentum=0.9),
    "other groups": lambda t, p: t.optim.SGD(p, lr=0.1).load_state_dict(
        {"state": {}, "param_groups": []}
    ),
    "other parameters": lambda t, p: t.optim.SGD(p, lr=0.1).load_state_dict(
        t.optim.SGD(p[:1], lr=0.1).state_dict()
    ),
    "scheduler without optimizer": lambda t, p: t.optim.lr_scheduler.StepLR(p, 3),
    "plateau without optimizer": lambda t, p: t.optim.lr_scheduler.ReduceLROnPlateau(p),
    "resumed": lambda t, p: t.optim.lr_scheduler.StepLR(t.optim.SGD(p, lr=0.1), 3, last_epoch=2),
    "lambdas": lambda t, p: t.optim.lr_scheduler.LambdaLR(t.optim.SGD(p, lr=0.1), [abs, abs]),
    "factor": lambda t, p: t.optim.lr_scheduler.ReduceLROnPlateau(
        t.optim.SGD(p, lr=0.1), factor=1.0
    ),
    "linear": lambda t, p: t.optim.lr_scheduler.LinearLR(t.optim.SGD(p, lr=0.1), start_factor=0),
    "mode": lambda t, p: t.optim.lr_scheduler.ReduceLROnPlateau(t.optim.SGD(p, lr=0.1), "least"),
    "min_lr": lambda t, p: t.optim.lr_scheduler.ReduceLROnPlateau(
        t.optim.SGD(p, lr=0.1), min_lr=[0.1, 0.1]
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_misuse_raises_what_pytorch_raises(case):
    ours, theirs = parameters()
    call = WRONG[case]
    assert error_of(lambda: call(scratch, ours)) is error_of(lambda: call(torch, theirs))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("SGD(p, lr=-1)", "Invalid learning rate: -1"),
        ("SGD([], lr=1)", "optimizer got an empty parameter list"),
    ],
)
def test_words_of_common_errors(call, words):
    for engine, ps in zip((scratch, torch), parameters(), strict=True):
        with pytest.raises(ValueError, match=words):
            eval(f"optim.{call}", {"optim": engine.optim, "p": ps})


def test_duplicates_are_warned_of():
    for engine, ps in zip((scratch, torch), parameters(), strict=True):
        with pytest.warns(UserWarning, match="duplicate parameters"):
            engine.optim.SGD([ps[0], ps[0]], lr=0.1)


SCHEDULES = {
    "step": lambda s, o: s.StepLR(o, step_size=3, gamma=0.5),
    "step every time": lambda s, o: s.StepLR(o, 1.0, gamma=0.95),
    "milestones": lambda s, o: s.MultiStepLR(o, [2, 7, 7, 20], gamma=0.3),
    "exponential": lambda s, o: s.ExponentialLR(o, 0.93),
    "linear": lambda s, o: s.LinearLR(o, start_factor=0.2, total_iters=4),
    "linear down": lambda s, o: s.LinearLR(o, 1.0, 0.1, total_iters=20),
    "lambda": lambda s, o: s.LambdaLR(o, lambda epoch: 1 / (1 + epoch)),
    "two lambdas": lambda s, o: s.LambdaLR(o, [lambda e: 0.9**e, lambda e: min(1, (e + 1) / 5)]),
    "cosine": lambda s, o: s.CosineAnnealingLR(o, T_max=10),
    "cosine to a floor": lambda s, o: s.CosineAnnealingLR(o, 7, eta_min=0.01),
}


def optimizers():
    made = []
    for engine in (scratch, torch):
        ps = [engine.ones(2, requires_grad=True), engine.ones(3, requires_grad=True)]
        for p in ps:
            p.grad = engine.zeros_like(p)
        groups = [{"params": ps[0]}, {"params": ps[1], "lr": 0.03}]
        made.append(engine.optim.SGD(groups, lr=0.2))
    return made


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_follow_pytorchs(name):
    ours, theirs = optimizers()
    mine, reference = (
        SCHEDULES[name](schedulers, ours),
        SCHEDULES[name](torch.optim.lr_scheduler, theirs),
    )
    for epoch in range(50):
        assert mine.get_last_lr() == pytest.approx(reference.get_last_lr(), rel=1e-12, abs=1e-15)
        assert [g["lr"] for g in ours.param_groups] == mine.get_last_lr()
        assert mine.last_epoch == reference.last_epoch == epoch
        ours.step()
        theirs.step()
        mine.step()
        reference.step()
    state, expected = mine.state_dict(), reference.state_dict()
    assert set(expected) - set(state) <= {"_get_lr_called_within_step"}
    assert set(state) <= set(expected)
    for key in set(state) - {"_last_lr"}:
        assert state[key] == expected[key]


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_go_on_from_a_saved_state_of_either_engine(name):
    ours, theirs = optimizers()
    mine, reference = (
        SCHEDULES[name](schedulers, ours),
        SCHEDULES[name](torch.optim.lr_scheduler, theirs),
    )
    for _ in range(6):
        theirs.step()
        reference.step()
    ours.load_state_dict(theirs.state_dict())
    mine.load_state_dict(reference.state_dict())
    for _ in range(20):
        ours.step()
        theirs.step()
        mine.step()
        reference.step()
        assert mine.get_last_lr() == pytest.approx(reference.get_last_lr(), rel=1e-12, abs=1e-15)


def test_schedules_can_act_together():
    ours, theirs = optimizers()
    together = []
    for s, o in ((schedulers, ours), (torch.optim.lr_scheduler, theirs)):
        together.append([s.ExponentialLR(o, 0.9), s.StepLR(o, 4), s.CosineAnnealingLR(o, 9)])
    for _ in range(30):
        for o, each in zip((ours, theirs), together, strict=True):
            o.step()
            for schedule in each:
                schedule.step()
        assert [g["lr"] for g in ours.param_groups] == pytest.approx(
            [g["lr"] for g in theirs.param_groups], rel=1e-12
        )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(-2, 2), min_size=1, max_size=40),
    st.sampled_from(["min", "max"]),
    st.sampled_from(["rel", "abs"]),
    st.integers(0, 3),
    st.integers(0, 2),
    st.floats(0.1, 0.9),
)
def test_plateau_follows_pytorchs(numbers, mode, threshold_mode, patience, cooldown, factor):
    ours, theirs = optimizers()
    options = {
        "mode": mode,
        "threshold_mode": threshold_mode,
        "patience": patience,
        "threshold": 0.1,
    }
    options |= {"cooldown": cooldown, "factor": factor, "min_lr": [0.001, 0.01], "eps": 1e-4}
    mine = schedulers.ReduceLROnPlateau(ours, **options)
    reference = torch.optim.lr_scheduler.ReduceLROnPlateau(theirs, **options)
    for number in numbers:
        mine.step(scratch.tensor(number, dtype=scratch.float64))
        reference.step(torch.tensor(number, dtype=torch.float64))
        assert mine.get_last_lr() == reference.get_last_lr()
        assert mine.num_bad_epochs == reference.num_bad_epochs
        assert mine.best == reference.best


def test_resuming_with_last_epoch():
    for build in (
        lambda s, o: s.StepLR(o, 3, last_epoch=2),
        lambda s, o: s.CosineAnnealingLR(o, 10, last_epoch=4),
        lambda s, o: s.ExponentialLR(o, 0.9, last_epoch=4),
        lambda s, o: s.LinearLR(o, 0.5, total_iters=9, last_epoch=4),
    ):
        rates = []
        for engine in (scratch, torch):
            p = engine.ones(2, requires_grad=True)
            o = engine.optim.SGD([{"params": [p], "initial_lr": 0.1}], lr=0.05)
            schedule = build(engine.optim.lr_scheduler, o)
            seen = []
            for _ in range(12):
                seen += schedule.get_last_lr()
                o.step()
                schedule.step()
            rates.append(seen)
        assert rates[0] == pytest.approx(rates[1], rel=1e-12, abs=1e-15)


def test_a_schedule_that_runs_ahead_is_warned_of():
    for o, s in zip(optimizers(), (schedulers, torch.optim.lr_scheduler), strict=True):
        schedule = s.StepLR(o, 3)
        with pytest.warns(UserWarning, match=r"before `optimizer.step\(\)`"):
            schedule.step()
        schedule.step()
        assert schedule.last_epoch == 2
