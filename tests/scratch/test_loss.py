"""Losses of course_utils.scratch beside PyTorch's: values, derivatives, errors, extremes."""

import warnings

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import course_utils.scratch as scratch

from .side_by_side import ENGINES, agree, numbers, same_error

F = "nn.functional"
REDUCTIONS = ["none", "mean", "sum"]


def call(name, *args, **options):
    """run(engine, …) that calls a function of nn.functional."""
    return lambda engine, *tensors: getattr(engine.nn.functional, name)(*tensors, *args, **options)


def probabilities(*shape, seed=1):
    return np.random.default_rng(seed).uniform(0.02, 0.98, size=shape)


def classes(*shape, many, seed=2):
    return np.random.default_rng(seed).integers(0, many, size=shape)


def signs(*shape, seed=3):
    return np.random.default_rng(seed).choice([-1.0, 1.0], size=shape)


X, T = numbers(5, 4), numbers(5, 4, seed=1)
ENTRYWISE = {
    "mse_loss": [(X, T, {}), (numbers(), numbers(seed=1), {}), (numbers(0, 3), numbers(0, 3), {})],
    "l1_loss": [(X, T, {}), (X, X.copy(), {})],
    "smooth_l1_loss": [
        (3 * X, T, {}),
        (X, T, {"beta": 0.3}),
        (X, T, {"beta": 0.0}),
        (X, X.copy(), {}),
    ],
    "huber_loss": [(3 * X, T, {}), (X, T, {"delta": 0.4})],
    "binary_cross_entropy": [
        (probabilities(5, 4), probabilities(5, 4, seed=4), {}),
        (np.array([0.0, 1.0, 0.0, 1.0]), np.array([0.0, 1.0, 1.0, 0.0]), {}),
    ],
    "binary_cross_entropy_with_logits": [
        (3 * X, probabilities(5, 4), {}),
        (np.array([1e3, -1e3, 1e3, -1e3, 0.0]), np.array([1.0, 0.0, 0.0, 1.0, 0.5]), {}),
    ],
    "kl_div": [(np.log(probabilities(5, 4)), probabilities(5, 4, seed=5), {})],
    "soft_margin_loss": [(X, signs(5, 4), {})],
    "hinge_embedding_loss": [(2 * np.abs(X), signs(5, 4), {}), (X, signs(5, 4), {"margin": 0.3})],
}
CASES = [(name, *case) for name, cases in ENTRYWISE.items() for case in cases]


@pytest.mark.filterwarnings("ignore:reduction")
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize(("name", "input", "target", "options"), CASES)
def test_losses_of_entries(name, input, target, options, reduction):
    loss = call(name, reduction=reduction, **options)
    if name in ("soft_margin_loss", "hinge_embedding_loss"):  # their targets are signs
        agree(lambda engine, x: loss(engine, x, engine.tensor(target)), input)
    else:
        agree(loss, input, target)


def test_probability_losses_with_weights():
    weight, positive = probabilities(4), 3 * probabilities(4)
    for reduction in REDUCTIONS:
        agree(
            lambda e, x, t, r=reduction: e.nn.functional.binary_cross_entropy(
                x, t, e.tensor(weight), reduction=r
            ),
            probabilities(5, 4),
            probabilities(5, 4, seed=4),
        )
        agree(
            lambda e, x, t, r=reduction: e.nn.functional.binary_cross_entropy_with_logits(
                x, t, e.tensor(weight), reduction=r, pos_weight=e.tensor(positive)
            ),
            9 * X,
            probabilities(5, 4),
        )


def test_kl_div_batchmean_and_log_target():
    log_q, p = np.log(probabilities(5, 4)), probabilities(5, 4, seed=6)
    agree(call("kl_div", reduction="batchmean"), log_q, p)
    agree(call("kl_div", reduction="batchmean", log_target=True), log_q, np.log(p))
    agree(call("kl_div", reduction="sum"), log_q, np.where(p > 0.5, p, 0.0), grad=False)


def test_kl_div_of_a_target_with_zeros_has_a_finite_derivative():
    input = scratch.tensor([[-1.0, -2.0]], requires_grad=True)
    scratch.nn.functional.kl_div(input, scratch.tensor([[0.0, 1.0]]), reduction="sum").backward()
    assert input.grad.tolist() == [[0.0, -1.0]]


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("shape", [(5, 4), (5,), (5, 1)])
def test_gaussian_nll(reduction, full, shape):
    var = probabilities(*shape, seed=8)
    var.flat[0] = 1e-9  # raised to eps
    agree(
        lambda e, x, t, v: e.nn.functional.gaussian_nll_loss(x, t, v, full, reduction=reduction),
        X,
        T,
        var,
    )


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("p", [1, 2])
def test_multi_margin(reduction, p):
    weight = probabilities(4)
    for options in ({}, {"margin": 0.3}, {"weight": weight}):

        def run(e, x, t, o=options):
            o = {k: e.tensor(v) if isinstance(v, np.ndarray) else v for k, v in o.items()}
            return e.nn.functional.multi_margin_loss(x, t, p, reduction=reduction, **o)

        agree(run, X, classes(5, many=4))
    agree(call("multi_margin_loss", p, reduction=reduction), X[0], np.asarray(2))


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([(4, 3), (1, 3), (4, 1), (3,), (2, 3, 4), (2, 3, 2, 2), (2, 3, 1), (6, 10)]),
    st.sampled_from(REDUCTIONS),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0.0, 0.1, 1.0]),
    st.integers(0, 99),
)
def test_cross_entropy_of_classes(shape, reduction, weighted, ignoring, smoothing, seed):
    many = shape[0] if len(shape) == 1 else shape[1]
    cases = () if len(shape) == 1 else (shape[0], *shape[2:])
    rng = np.random.default_rng(seed)
    target = rng.integers(0, many, size=cases)
    ignore = -100
    if ignoring and cases:
        ignore = int(rng.choice([-100, many - 1, 1000]))
        target = np.where(
            (rng.random(cases) < 0.4) & (np.arange(target.size).reshape(cases) > 0), ignore, target
        )
    weight = rng.uniform(0.1, 2, size=many) if weighted else None
    if not (target != ignore).any():
        return  # every case ignored: 0 / 0 in both, see below

    def options(e):
        return {
            "weight": None if weight is None else e.tensor(weight),
            "ignore_index": ignore,
            "reduction": reduction,
        }

    def entropy(e, x, t):
        return e.nn.functional.cross_entropy(x, t, label_smoothing=smoothing, **options(e))

    agree(entropy, 4 * numbers(*shape, seed=seed), np.asarray(target))
    agree(
        lambda e, x, t: e.nn.functional.nll_loss(x, t, **options(e)),
        numbers(*shape),
        np.asarray(target),
    )


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([(4, 3), (3,), (2, 3, 4), (2, 3, 2, 2)]),
    st.sampled_from(REDUCTIONS),
    st.booleans(),
    st.sampled_from([0.0, 0.2]),
)
def test_cross_entropy_of_probabilities(shape, reduction, weighted, smoothing):
    many = shape[0] if len(shape) == 1 else shape[1]
    weight = probabilities(many)

    def run(e, x, t):
        w = e.tensor(weight) if weighted else None
        return e.nn.functional.cross_entropy(
            x, t, w, reduction=reduction, label_smoothing=smoothing
        )

    agree(run, numbers(*shape), probabilities(*shape))


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_losses_of_pairs_and_triplets(reduction):
    a, b, c = (numbers(5, 3, seed=s) for s in range(3))
    sign = signs(5)
    for margin in (0.0, 0.4):
        options = {"margin": margin, "reduction": reduction}

        def cosine(e, x, y, o=options):
            return e.nn.functional.cosine_embedding_loss(x, y, e.tensor(sign), **o)

        def ranking(e, x, y, o=options):
            return e.nn.functional.margin_ranking_loss(x[:, 0], y[:, 0], e.tensor(sign), **o)

        agree(cosine, a, b)
        agree(ranking, a, b)
        for swap in (False, True):
            options["margin"] = margin + 0.1
            agree(call("triplet_margin_loss", swap=swap, **options), a, b, c)
    same_error(lambda e: e.nn.functional.triplet_margin_loss(*[e.ones(2, 2)] * 3, margin=0))
    agree(lambda e, *t: e.nn.TripletMarginLoss(0.5, 1)(*t), a, b, c)
    agree(lambda e, *t: e.nn.CosineSimilarity()(*t), a, b)
    agree(lambda e, *t: e.nn.PairwiseDistance(keepdim=True)(*t), a, b)


def test_no_case_left():
    nothing = np.array([-100, -100])
    for name in ("cross_entropy", "nll_loss"):
        ours = call(name)(scratch, scratch.tensor(X[:2]), scratch.tensor(nothing))
        assert np.isnan(ours.item())
        assert (
            call(name, reduction="sum")(
                scratch, scratch.tensor(X[:2]), scratch.tensor(nothing)
            ).item()
            == 0
        )
    assert np.isnan(
        call("cross_entropy")(scratch, scratch.ones(0, 3), scratch.ones(0).long()).item()
    )


def test_extreme_scores():
    scores = np.array([[1000.0, -1000.0, 0.0], [-1000.0, 1000.0, 1000.0], [-np.inf, 0.0, 1.0]])
    loss = agree(call("cross_entropy", reduction="none"), scores, np.array([1, 2, 1]))
    np.testing.assert_allclose(loss.detach().numpy(), [2000, np.log(2), np.log(1 + np.e)])

    def sign(e, x):
        return e.nn.functional.soft_margin_loss(x, e.ones(2), reduction="none")

    agree(sign, np.array([30.0, -30.0]))
    far = call("soft_margin_loss")(scratch, scratch.tensor([-1e4]), scratch.tensor([1.0]))
    assert far.item() == 1e4  # PyTorch's overflows to infinity here


@pytest.mark.parametrize(
    "wrong",
    [
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 10), e.tensor([1, 10, 2])),
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 10), e.tensor([1, -1, 2])),
        lambda e: e.nn.functional.nll_loss(e.randn(3, 10), e.tensor([1, 10, 2])),
        lambda e: e.nn.functional.cross_entropy(
            e.randn(3, 10, 2), e.tensor([[1, 1], [10, 1], [2, 2]])
        ),
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 5), e.tensor([1, 2, 3, 4])),
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 5), e.tensor([1.0, 2.0, 3.0])),
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 5), e.ones(3, 5).long()),
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 5), e.ones(3, 1).long()),
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 5, 2), e.ones(3, 3).long()),
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 5), e.ones(3).int()),
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 5), e.ones(3).long(), weight=e.ones(4)),
        lambda e: e.nn.functional.cross_entropy(
            e.randn(3, 5), e.ones(3).long(), label_smoothing=1.5
        ),
        lambda e: e.nn.functional.cross_entropy(
            e.randn(3, 5), e.ones(3).long(), reduction="average"
        ),
        lambda e: e.nn.functional.nll_loss(e.randn(3, 5), e.tensor([1.0, 2.0, 3.0])),
        lambda e: e.nn.functional.mse_loss(e.randn(3), e.randn(3), reduction="average"),
        lambda e: e.nn.functional.mse_loss(e.randn(3), e.randn(3), no_such=1),
        lambda e: e.nn.functional.mse_loss(e.randn(3)),
        lambda e: e.nn.functional.binary_cross_entropy(e.rand(3), e.rand(4)),
        lambda e: e.nn.functional.binary_cross_entropy(e.tensor([1.5]), e.tensor([1.0])),
        lambda e: e.nn.functional.binary_cross_entropy_with_logits(e.rand(3, 1), e.rand(3)),
        lambda e: e.nn.functional.smooth_l1_loss(e.rand(3), e.rand(3), beta=-1.0),
        lambda e: e.nn.functional.huber_loss(e.rand(3), e.rand(3), delta=0.0),
        lambda e: e.nn.functional.gaussian_nll_loss(
            e.rand(3), e.rand(3), e.tensor([1.0, -1.0, 1.0])
        ),
        lambda e: e.nn.functional.gaussian_nll_loss(e.rand(3, 2), e.rand(3, 2), e.ones(2)),
        lambda e: e.nn.functional.multi_margin_loss(e.rand(3, 2), e.ones(3).long(), p=3),
        lambda e: e.nn.functional.multi_margin_loss(e.rand(3, 2), e.ones(2).long()),
        lambda e: e.nn.functional.multi_margin_loss(e.rand(3, 2), e.tensor([0, 2, 1])),
        lambda e: e.nn.CrossEntropyLoss(smoothing=0.1),
        lambda e: e.nn.MSELoss("sum", 1, 2, 3),
    ],
)
def test_misuse_raises_pytorchs_exception(wrong):
    same_error(wrong)


def test_messages_name_what_was_wrong():
    ours, theirs = same_error(
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 10), e.tensor([1, 10, 2]))
    )
    assert ours.startswith(theirs.removesuffix("."))  # "Target 10 is out of bounds"
    ours, theirs = same_error(
        lambda e: e.nn.functional.cross_entropy(e.randn(3, 5), e.tensor([1, 2, 3, 4]))
    )
    assert ours.startswith(theirs.removesuffix("."))
    assert "(3, 5)" in ours


@pytest.mark.parametrize("name", ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"])
def test_broadcast_target_warns(name):
    for engine in ENGINES:
        with pytest.warns(
            UserWarning, match=r"target size \(torch.Size\(\[3\]\)\) that is different"
        ):
            call(name)(engine, engine.ones(3, 1), engine.ones(3))


def test_older_names_of_the_reduction():
    for flags, reduction in [
        ((False, None), "sum"),
        ((None, False), "none"),
        ((True, True), "mean"),
    ]:
        for engine in ENGINES:
            x, t = engine.tensor(X), engine.tensor(T)
            with pytest.warns(UserWarning, match=f"reduction='{reduction}'"):
                old = engine.nn.functional.mse_loss(x, t, *flags)
            assert engine.equal(old, engine.nn.functional.mse_loss(x, t, reduction=reduction))


MODULES = {
    "MSELoss": ((), {}),
    "L1Loss": ((), {"reduction": "sum"}),
    "SmoothL1Loss": ((None, None, "sum", 0.5), {}),
    "HuberLoss": (("none", 0.5), {}),
    "BCEWithLogitsLoss": ((), {"pos_weight": np.array([1.0, 2.0, 3.0, 4.0])}),
    "GaussianNLLLoss": ((), {"full": True}),
    "KLDivLoss": ((None, None, "batchmean", True), {}),
    "SoftMarginLoss": ((), {}),
    "HingeEmbeddingLoss": ((0.5,), {}),
    "CrossEntropyLoss": ((np.array([1.0, 2.0, 3.0, 4.0]),), {"label_smoothing": 0.1}),
    "NLLLoss": ((np.array([1.0, 2.0, 3.0, 4.0]), None, 2), {}),
    "MultiMarginLoss": ((2, 0.5), {}),
}


@pytest.mark.parametrize("name", MODULES)
def test_modules(name):
    args, options = MODULES[name]

    def made(engine):
        def own(v):
            return engine.tensor(v) if isinstance(v, np.ndarray) else v

        return getattr(engine.nn, name)(*map(own, args), **{k: own(v) for k, v in options.items()})

    ours, theirs = made(scratch), made(torch)
    assert repr(ours) == repr(theirs)
    assert list(ours.state_dict()) == list(theirs.state_dict())
    for setting in ("reduction", "ignore_index", "label_smoothing", "margin", "beta", "delta"):
        assert getattr(ours, setting, None) == getattr(theirs, setting, None)
    target = T
    if name in ("CrossEntropyLoss", "NLLLoss", "MultiMarginLoss"):
        target = classes(5, many=4)
    if name in ("HingeEmbeddingLoss", "SoftMarginLoss"):
        agree(lambda e, x: made(e)(x, e.tensor(signs(5, 4))), X)
        return
    more = [np.abs(T) + 0.1] if name == "GaussianNLLLoss" else []
    agree(lambda e, *tensors: made(e)(*tensors), X, target, *more)


def test_second_derivatives():
    """Hessian times a vector, through losses and activations that have a derivative of their own."""

    def run(e, x):
        f = e.nn.functional
        x = x * 1.0
        loss = f.gelu(x).sum() + f.softplus(x).sum() + f.elu(x).sum() + f.logsigmoid(x).sum()
        loss = loss + f.cross_entropy(f.linear(x, x), e.arange(5) % 5)
        (g,) = e.autograd.grad(loss, x, create_graph=True)
        return (g * g).sum()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        agree(run, X)
