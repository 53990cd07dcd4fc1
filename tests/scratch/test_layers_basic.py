"""Linear layers, activations, dropout and embeddings of course_utils.scratch beside PyTorch's."""

import copy
import pickle

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import course_utils.scratch as scratch

from .side_by_side import ENGINES, agree, numbers, plain, same_error

lengths = st.integers(0, 4)


@settings(max_examples=60, deadline=None)
@given(st.lists(lengths, max_size=3), st.integers(1, 4), st.integers(1, 4), st.booleans())
def test_linear(lead, inputs, outputs, bias):
    arrays = [numbers(*lead, inputs), numbers(outputs, inputs, seed=1)]
    if bias:
        arrays.append(numbers(outputs, seed=2))
    agree(lambda e, *tensors: e.nn.functional.linear(*tensors), *arrays)


def test_linear_of_a_vector_weight_and_of_looks_at_other_memory():
    agree(lambda e, x, w: e.nn.functional.linear(x, w), numbers(5, 3), numbers(3))
    agree(
        lambda e, x, w, b: e.nn.functional.linear(x.T[::2], w.T, b),
        numbers(3, 6),
        numbers(3, 4),
        numbers(4),
    )
    agree(
        lambda e, x, w: e.nn.functional.linear(e.nn.functional.linear(x, w), w) + x,
        numbers(5, 3),
        numbers(3, 3),
    )


@pytest.mark.parametrize("lead", [(), (5,), (2, 3)])
def test_bilinear(lead):
    arrays = (
        numbers(*lead, 3),
        numbers(*lead, 4, seed=1),
        numbers(2, 3, 4, seed=2),
        numbers(2, seed=3),
    )
    agree(lambda e, *tensors: e.nn.functional.bilinear(*tensors), *arrays)


EDGES = np.array(
    [-1e3, -30.0, -6.0, -3.0, -1.0, -1e-9, 0.0, 1e-9, 0.5, 1.0, 3.0, 6.0, 20.5, 30.0, 1e3]
)
ACTIVATIONS = {
    "ReLU": [(), (True,)],
    "LeakyReLU": [(), (0.2, True)],
    "ELU": [(), (0.5,), (1.5, True)],
    "SELU": [(), (True,)],
    "CELU": [(), (0.5, True)],
    "GELU": [(), ("tanh",)],
    "SiLU": [(), (True,)],
    "Softplus": [(), (2.0, 5.0)],
    "Softsign": [()],
    "Mish": [(), (True,)],
    "Hardsigmoid": [()],
    "Hardswish": [()],
    "Sigmoid": [()],
    "LogSigmoid": [()],
    "Tanh": [()],
    "Hardtanh": [(), (-3.0, 0.5), (-2.0, 2.0, True)],
    "ReLU6": [(), (True,)],
    "Softmax": [(-1,), (0,)],
    "LogSoftmax": [(-1,), (0,)],
}
CASES = [(name, args) for name, calls in ACTIVATIONS.items() for args in calls]


@pytest.mark.parametrize(("name", "args"), CASES)
def test_activations(name, args):
    ours, theirs = (getattr(engine.nn, name)(*args) for engine in ENGINES)
    assert repr(ours) == repr(theirs)
    for array in (numbers(4, 5), numbers(3, 4, 2), EDGES, EDGES[::2], numbers(0, 3), numbers(1, 1)):
        agree(lambda e, x: getattr(e.nn, name)(*args)(x * 1.0), array)


@pytest.mark.parametrize(
    "name", ["elu", "gelu", "softplus", "logsigmoid", "silu", "selu", "leaky_relu"]
)
def test_second_derivatives_of_activations(name):
    def run(e, x):
        y = getattr(e.nn.functional, name)(x)
        (g,) = e.autograd.grad((y * y).sum(), x, create_graph=True)
        return (g * g).sum()

    agree(run, numbers(4, 5))


@pytest.mark.parametrize(
    "name", ["relu", "leaky_relu", "elu", "selu", "celu", "silu", "hardtanh", "relu6"]
)
def test_in_place_changes_the_tensor_itself(name):
    def run(e, x):
        y = x * 2
        z = getattr(e.nn.functional, name)(y, inplace=True)
        assert z is y or e is torch
        return y * y

    agree(run, numbers(4, 5))


def test_float32_stays_float32():
    for name, args in CASES:
        x = scratch.tensor(numbers(3, 4, dtype=np.float32), requires_grad=True)
        y = getattr(scratch.nn, name)(*args)(x * 1.0)
        y.sum().backward()
        assert y.dtype is scratch.float32
        assert x.grad.dtype is scratch.float32


@pytest.mark.parametrize("shape", [(4, 3), (2, 3, 4), (2, 3, 2, 2), (3,)])
@pytest.mark.parametrize("channels", [1, 3])
def test_prelu(shape, channels):
    if len(shape) == 1 and channels == 3:
        same_error(lambda e: e.nn.functional.prelu(e.ones(shape), e.ones(3)))
    else:
        agree(
            lambda e, x, w: e.nn.functional.prelu(x, w), numbers(*shape), numbers(channels, seed=1)
        )


def test_softmax_without_a_dimension_warns():
    for shape in [(3,), (2, 3), (2, 3, 4), (2, 3, 4, 5)]:
        x, found = numbers(*shape), []
        for engine in ENGINES:
            with pytest.warns(UserWarning, match="Implicit dimension choice for softmax"):
                found.append(plain(engine.nn.functional.softmax(engine.tensor(x))))
        np.testing.assert_allclose(*found, rtol=1e-12)


DROPOUTS = [
    ("dropout", (50, 4)),
    ("dropout1d", (4, 5, 6)),
    ("dropout1d", (5, 6)),
    ("dropout2d", (4, 5, 6, 3)),
]


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9, 1.0])
@pytest.mark.parametrize(("name", "shape"), DROPOUTS)
def test_dropout_drops_what_pytorch_drops(name, shape, p):
    after = []

    def run(e, x):
        e.manual_seed(3)
        out = getattr(e.nn.functional, name)(x, p)
        after.append(e.rand(1).item())
        return out

    out = agree(run, 1 + np.abs(numbers(*shape)))
    assert after[0] == after[1]  # neither took more from the stream than the other
    if name == "dropout" and 0 < p < 1:
        assert abs((out == 0).float().mean().item() - p) < 0.15


@pytest.mark.parametrize(
    "look",
    [
        lambda x: x.transpose(0, 1),
        lambda x: x.permute(2, 0, 1),
        lambda x: x[:, ::2],
        lambda x: x[::2].transpose(0, 2),
        lambda x: x[:, :1].expand(4, 5, 6),
        lambda x: x[:1].transpose(0, 1),
        lambda x: x[:, :1].transpose(0, 2),
    ],
)
def test_dropout_of_a_look_at_memory_in_another_order(look):
    def run(e, x):
        e.manual_seed(3)
        return e.nn.functional.dropout(look(x), 0.4)

    agree(run, 1 + np.abs(numbers(4, 5, 6)))


def test_dropout_only_in_training():
    x = scratch.ones(20, 3)
    layer = scratch.nn.Dropout(0.5).eval()
    assert scratch.equal(layer(x), x)
    assert (layer.train()(x) == 0).any()
    assert scratch.equal(scratch.nn.functional.dropout(x, 0.5, False), x)
    y = scratch.ones(20, 3)
    assert scratch.nn.functional.dropout(y, 0.5, inplace=True) is y
    assert (y == 0).any()


@pytest.mark.parametrize("shape", [(), (5,), (2, 3), (0,)])
@pytest.mark.parametrize("padding", [None, 0, -1])
def test_embedding(shape, padding):
    index = np.random.default_rng(0).integers(0, 4, size=shape)
    index = np.asarray(index)

    def run(e, w):
        return e.nn.functional.embedding(e.tensor(index), w, padding)

    agree(run, numbers(4, 3))


def test_embedding_module():
    for engine in ENGINES:
        rows = engine.tensor(numbers(4, 3))
        layer = engine.nn.Embedding.from_pretrained(rows)
        assert not layer.weight.requires_grad
        assert engine.equal(layer(engine.tensor([2, 0])), rows[[2, 0]])
        assert repr(engine.nn.Embedding(10, 3, padding_idx=-1)) == "Embedding(10, 3, padding_idx=9)"
        assert (engine.nn.Embedding(10, 3, 2).weight[2] == 0).all()


def test_embedding_with_rows_of_bounded_length():
    found = []
    for engine in ENGINES:
        layer = engine.nn.Embedding(4, 3, max_norm=1.0, _weight=engine.tensor(2 * numbers(4, 3)))
        layer(engine.tensor([0, 2, 2])).sum().backward()
        found.append([plain(layer.weight), layer.weight.grad.numpy()])
        assert repr(layer) == "Embedding(4, 3, max_norm=1.0)"
    np.testing.assert_allclose(*found, rtol=1e-12)


def test_pad_sequence():
    arrays = [numbers(n, 2, seed=n) for n in (3, 1, 4)]
    for options in ({}, {"batch_first": True}, {"padding_value": -1.0}, {"padding_side": "left"}):
        agree(lambda e, *s, o=options: e.nn.utils.rnn.pad_sequence(list(s), **o), *arrays)


def test_glu():
    agree(lambda e, x: e.nn.GLU()(x), numbers(3, 4))
    agree(lambda e, x: e.nn.functional.glu(x, 0), numbers(4, 3))
    same_error(lambda e: e.nn.GLU()(e.ones(3, 3)))


def test_one_hot():
    index = np.array([[0, 2], [1, 0]])
    for count in (-1, 3, 5):
        found = [engine.nn.functional.one_hot(engine.tensor(index), count) for engine in ENGINES]
        np.testing.assert_array_equal(*(each.numpy() for each in found))
        assert found[0].dtype is scratch.int64


def test_reshaping_modules():
    for made in (
        lambda nn: nn.Flatten(),
        lambda nn: nn.Flatten(0, 1),
        lambda nn: nn.Unflatten(1, (2, 3)),
        lambda nn: nn.Unflatten(-1, (2, -1)),
        lambda nn: nn.Identity(54, unused=True),
    ):
        assert repr(made(scratch.nn)) == repr(made(torch.nn))
        agree(lambda e, x, made=made: made(e.nn)(x), numbers(2, 6, 4))


@pytest.mark.parametrize(
    "made",
    [
        lambda nn: nn.Linear(3, 4),
        lambda nn: nn.Linear(3, 4, bias=False),
        lambda nn: nn.Bilinear(2, 3, 4),
        lambda nn: nn.PReLU(),
        lambda nn: nn.Dropout(0.3),
        lambda nn: nn.Dropout2d(inplace=True),
        lambda nn: nn.Embedding(3, 4),
    ],
)
def test_what_layers_print(made):
    assert repr(made(scratch.nn)) == repr(made(torch.nn))


def test_copies_and_pickles():
    for layer in (
        scratch.nn.Linear(3, 4),
        scratch.nn.LeakyReLU(0.3),
        scratch.nn.CrossEntropyLoss(ignore_index=2),
    ):
        for again in (copy.deepcopy(layer), pickle.loads(pickle.dumps(layer))):
            assert repr(again) == repr(layer)
            assert vars(again).keys() == vars(layer).keys()
            for mine, other in zip(again.parameters(), layer.parameters(), strict=True):
                assert mine is not other
                assert scratch.equal(mine, other)
                assert isinstance(mine, scratch.nn.Parameter)
                assert mine.requires_grad


@pytest.mark.parametrize(
    "wrong",
    [
        lambda e: e.nn.Linear(4, 5)(e.ones(2, 3)),
        lambda e: e.nn.Linear(4, 5)(e.ones(3)),
        lambda e: e.nn.Linear(4, 5)(e.ones(2, 4).double()),
        lambda e: e.nn.Linear(4, 5)(e.ones(2, 4).long()),
        lambda e: e.nn.Linear(4, 5, biased=True),
        lambda e: e.nn.Linear(4),
        lambda e: e.nn.functional.linear(e.ones(2, 4), e.ones(5, 4), e.ones(3)),
        lambda e: e.nn.Bilinear(2, 3, 4)(e.ones(5, 2), e.ones(4, 3)),
        lambda e: e.nn.Bilinear(2, 3, 4)(e.ones(5, 2), e.ones(5, 2)),
        lambda e: e.nn.Bilinear(0, 3, 4),
        lambda e: e.nn.Dropout(1.5),
        lambda e: e.nn.functional.dropout(e.ones(3), -0.1),
        lambda e: e.nn.functional.dropout1d(e.ones(3)),
        lambda e: e.nn.ReLU(slope=0.1),
        lambda e: e.nn.GELU("erf")(e.ones(3)),
        lambda e: e.nn.Softmax(3)(e.ones(3, 3)),
        lambda e: e.nn.Embedding(3, 2)(e.tensor([0, 3])),
        lambda e: e.nn.Embedding(3, 2)(e.tensor([0, -1])),
        lambda e: e.nn.Embedding(3, 2)(e.tensor([0.0, 1.0])),
        lambda e: e.nn.functional.one_hot(e.tensor([0, 3]), 3),
        lambda e: e.nn.functional.one_hot(e.tensor([0, -3])),
        lambda e: e.nn.functional.one_hot(e.tensor([0.5])),
        lambda e: e.nn.functional.one_hot(e.tensor([], dtype=e.int64)),
        lambda e: e.nn.Unflatten(1, (2, 2))(e.ones(2, 6)),
    ],
)
def test_misuse_raises_pytorchs_exception(wrong):
    same_error(wrong)


def test_messages_name_the_shapes():
    ours, theirs = same_error(lambda e: e.nn.Linear(4, 5)(e.ones(2, 3)))
    assert ours.startswith(theirs)
    ours, theirs = same_error(lambda e: e.nn.Embedding(3, 2)(e.tensor([0, 3])))
    assert ours.startswith(theirs)
    ours, theirs = same_error(lambda e: e.nn.Dropout(1.5))
    assert ours == theirs


class TestClipping:
    GRADS = (numbers(3, 4), numbers(5, seed=1), 100 * numbers(2, seed=2))

    def parameters(self, engine):
        made = []
        for grad in self.GRADS:
            made.append(engine.nn.Parameter(engine.zeros(grad.shape, dtype=engine.float64)))
            made[-1].grad = engine.tensor(grad)
        return [*made, engine.nn.Parameter(engine.zeros(2))]  # the last has no derivative

    @pytest.mark.parametrize("norm_type", [2.0, 1.0, float("inf"), 3])
    @pytest.mark.parametrize("max_norm", [0.5, 1e6])
    def test_norm(self, norm_type, max_norm):
        found = []
        for engine in ENGINES:
            made = self.parameters(engine)
            total = engine.nn.utils.clip_grad_norm_(made, max_norm, norm_type)
            found.append((total.item(), [p.grad.numpy() for p in made[:-1]]))
        assert found[0][0] == pytest.approx(found[1][0], rel=1e-12)
        for mine, other in zip(found[0][1], found[1][1], strict=True):
            np.testing.assert_allclose(mine, other, rtol=1e-12)

    def test_value_and_single_tensor(self):
        for engine in ENGINES:
            made = self.parameters(engine)
            engine.nn.utils.clip_grad_value_(iter(made), 0.1)
            assert made[0].grad.abs().max().item() == 0.1
            assert engine.nn.utils.clip_grad_norm_(made[0], 1.0).item() > 0

    def test_not_finite(self):
        def run(engine):
            parameter = engine.nn.Parameter(engine.ones(2))
            parameter.grad = engine.tensor([1.0, float("inf")])
            engine.nn.utils.clip_grad_norm_([parameter], 1.0, error_if_nonfinite=True)

        same_error(run)

    def test_nothing_to_clip(self):
        assert (
            scratch.nn.utils.clip_grad_norm_([scratch.nn.Parameter(scratch.ones(2))], 1.0).item()
            == 0
        )

    def test_vector_of_parameters(self):
        for engine in ENGINES:
            net = engine.nn.Sequential(engine.nn.Linear(3, 4), engine.nn.Linear(4, 2))
            vector = engine.nn.utils.parameters_to_vector(net.parameters())
            assert tuple(vector.shape) == (26,)
            engine.nn.utils.vector_to_parameters(engine.arange(26).float(), net.parameters())
            assert net[0].bias.tolist() == [12, 13, 14, 15]
            assert isinstance(net[0].bias, engine.nn.Parameter)
