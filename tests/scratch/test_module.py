"""Module, Parameter and the containers of course_utils.scratch beside PyTorch's."""

import copy
import io
import pickle
from collections import OrderedDict

import numpy as np
import pytest
import torch

import course_utils.scratch as scratch

from .side_by_side import ENGINES, numbers, same_error


def net(engine, dtype=None):
    """A module with parameters, buffers, a shared layer, a list, a dictionary and nothing."""
    nn = engine.nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Linear(4, 3, dtype=dtype)
            self.body = nn.Sequential(nn.Linear(3, 3, dtype=dtype), nn.Tanh(), nn.Dropout(0.5))
            self.again = self.body[0]
            self.list = nn.ModuleList([nn.Linear(3, 3, dtype=dtype) for _ in range(3)])
            self.choice = nn.ModuleDict({"relu": nn.ReLU(), "leaky": nn.LeakyReLU(0.2)})
            self.scale = nn.Parameter(engine.ones(1, dtype=dtype))
            self.register_buffer("steps", engine.tensor(0))
            self.register_buffer("cache", engine.zeros(2), persistent=False)
            self.register_parameter("nothing", None)
            self.name = "net"

        def forward(self, x, kind="relu", *, double=False):
            x = self.body(self.first(x))
            for layer in self.list:
                x = self.choice[kind](layer(x)) + self.again(x)
            return x * self.scale * (2 if double else 1)

    return Net()


def pair(dtype="float64"):
    """The same net for both engines, with the same weights."""
    nets = []
    for engine in ENGINES:
        engine.manual_seed(1)
        nets.append(net(engine, getattr(engine, dtype)).eval())
    nets[0].load_state_dict(nets[1].state_dict())
    return nets


def test_what_it_consists_of():
    ours, theirs = pair()
    for members in (
        lambda m: [name for name, _ in m.named_parameters()],
        lambda m: [name for name, _ in m.named_parameters("top")],
        lambda m: [name for name, _ in m.named_parameters(recurse=False)],
        lambda m: [name for name, _ in m.named_parameters(remove_duplicate=False)],
        lambda m: [name for name, _ in m.named_buffers()],
        lambda m: [(name, type(each).__name__) for name, each in m.named_modules()],
        lambda m: [name for name, _ in m.named_modules(remove_duplicate=False)],
        lambda m: [name for name, _ in m.named_children()],
        lambda m: [type(each).__name__ for each in m.children()],
        lambda m: [type(each).__name__ for each in m.modules()],
        lambda m: [tuple(p.shape) for p in m.parameters()],
        lambda m: len(list(m.buffers())),
        lambda m: list(m.state_dict()),
        lambda m: list(m.state_dict(prefix="net.")),
        lambda m: type(m.state_dict()).__name__,
        lambda m: type(m.get_submodule("body.0")).__name__,
        lambda m: {"first", "scale", "steps", "forward"} <= set(dir(m)),
        lambda m: m.nothing,
        repr,
    ):
        assert members(ours) == members(theirs)


def test_a_whole_network_computes_pytorchs_numbers():
    ours, theirs = pair()
    x = numbers(5, 4)
    for kind, double in (("relu", False), ("leaky", True)):
        results = [
            m(engine.tensor(x), kind, double=double)
            for m, engine in zip((ours, theirs), ENGINES, strict=True)
        ]
        np.testing.assert_allclose(*(r.detach().numpy() for r in results), rtol=1e-12)
        for r in results:
            r.square().sum().backward()
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        np.testing.assert_allclose(mine.grad.numpy(), other.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_parameter():
    for engine in ENGINES:
        data = engine.ones(2)
        p = engine.nn.Parameter(data)
        assert isinstance(p, engine.Tensor)
        assert p.requires_grad
        assert p.is_leaf
        assert repr(p) == "Parameter containing:\ntensor([1., 1.], requires_grad=True)"
        assert not engine.nn.Parameter(data, requires_grad=False).requires_grad
        data[0] = 5
        assert p[0].item() == 5  # one memory
        assert tuple(engine.nn.Parameter().shape) == (0,)
        twin = copy.deepcopy(p)
        assert isinstance(twin, engine.nn.Parameter)
        with engine.no_grad():
            assert engine.nn.Parameter(engine.ones(1)).requires_grad
            twin.zero_()
        assert p[0].item() == 5


def test_state_dict_shares_memory_outside_the_graph():
    for engine in ENGINES:
        layer = engine.nn.Linear(2, 2)
        state = layer.state_dict()
        assert not state["weight"].requires_grad
        state["weight"].zero_()
        assert layer.weight.abs().sum().item() == 0
        assert layer.state_dict(keep_vars=True)["weight"] is layer.weight


@pytest.mark.parametrize("kind", ["ours", "torch", "numpy"])
def test_state_dict_travels(kind):
    ours, theirs = net(scratch), net(torch)
    state = {
        "ours": lambda: net(scratch).state_dict(),
        "torch": theirs.state_dict,
        "numpy": lambda: {name: value.numpy() for name, value in theirs.state_dict().items()},
    }[kind]()
    before = ours.first.weight
    assert str(ours.load_state_dict(state)) == "<All keys matched successfully>"
    assert ours.first.weight is before
    for name, value in ours.state_dict().items():
        np.testing.assert_array_equal(value.numpy(), np.asarray(state[name]))
    theirs.load_state_dict(
        {name: torch.from_numpy(value.numpy()) for name, value in ours.state_dict().items()}
    )


def test_loading_converts_the_type():
    for engine in ENGINES:
        layer = engine.nn.Linear(2, 1)
        layer.load_state_dict(
            {"weight": engine.ones(1, 2).double(), "bias": engine.ones(1).double()}
        )
        assert layer.weight.dtype is engine.float32
        assert layer.weight.requires_grad


def broken(engine):
    state = OrderedDict(net(engine).state_dict())
    state["extra.weight"] = state.pop("first.weight")
    state["scale"] = engine.ones(2)
    state["list.1.bias"] = engine.full((3,), 7.0)
    return state


def test_loading_what_does_not_fit():
    ours, theirs = same_error(lambda e: net(e).load_state_dict(broken(e)))
    assert ours == theirs
    for engine in ENGINES:
        m = net(engine)
        with pytest.raises(
            RuntimeError, match="size mismatch for scale: copying a param with shape"
        ):
            m.load_state_dict(broken(engine), strict=False)
        assert (m.list[1].bias == 7).all()  # what fits is copied
        state = broken(engine)
        del state["scale"]
        found = m.load_state_dict(state, strict=False)
        assert found.missing_keys == ["scale", "first.weight"]
        assert found.unexpected_keys == ["extra.weight"]
        assert repr(found).startswith("_IncompatibleKeys(missing_keys=['scale', 'first.weight']")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda e: e.nn.Linear(2, 2).load_state_dict([1, 2]),
        lambda e: e.nn.Linear(2, 2).load_state_dict(
            {"weight": [[1, 2], [3, 4]], "bias": e.ones(2)}
        ),
        lambda e: e.nn.Linear(2, 2).no_such_thing,
        lambda e: setattr(e.nn.Linear(2, 2), "weight", e.ones(2, 2)),
        lambda e: setattr(e.nn.Sequential(e.nn.ReLU()), "0", 3),
        lambda e: setattr(e.nn.BatchNorm1d(2), "running_mean", "no tensor"),
        lambda e: e.nn.Module().register_parameter("a", e.ones(2)),
        lambda e: e.nn.Module().register_parameter("a.b", e.nn.Parameter(e.ones(2))),
        lambda e: e.nn.Module().register_parameter("", e.nn.Parameter(e.ones(2))),
        lambda e: e.nn.Module().register_parameter("forward", e.nn.Parameter(e.ones(2))),
        lambda e: e.nn.Module().register_parameter(3, e.nn.Parameter(e.ones(2))),
        lambda e: e.nn.Module().register_buffer("a", 3),
        lambda e: e.nn.Module().register_buffer("training", e.ones(2)),
        lambda e: e.nn.Module().add_module("a", e.ones(2)),
        lambda e: e.nn.Module().add_module("a.b", e.nn.ReLU()),
        lambda e: e.nn.Module()(e.ones(2)),
        lambda e: e.nn.Module().train("yes"),
        lambda e: e.nn.Linear(2, 2).to(e.int64),
        lambda e: e.nn.Linear(2, 2).get_submodule("weight"),
        lambda e: e.nn.Linear(2, 2).get_submodule("a.b"),
        lambda e: e.nn.Sequential(e.nn.ReLU())[1],
        lambda e: e.nn.Sequential(e.nn.ReLU())["0"],
        lambda e: e.nn.Sequential(3),
        lambda e: e.nn.ModuleList([e.nn.ReLU()])[-2],
        lambda e: e.nn.ModuleList([3]),
        lambda e: e.nn.ModuleList().extend(3),
        lambda e: e.nn.ModuleList()(e.ones(2)),
        lambda e: e.nn.ModuleDict()["a"],
        lambda e: e.nn.ModuleDict({"a": 3}),
        lambda e: e.nn.Module(3),
    ],
)
def test_misuse_raises_pytorchs_exception(wrong):
    same_error(wrong)


def test_messages():
    for wrong in (
        lambda e: e.nn.Linear(2, 2).no_such_thing,
        lambda e: e.nn.Module()(e.ones(2)),
        lambda e: net(e).load_state_dict({}),
        lambda e: setattr(e.nn.Sequential(e.nn.ReLU()), "0", "text"),
        lambda e: e.nn.Linear(2, 2).to(e.int64),
    ):
        ours, theirs = same_error(wrong)
        assert ours.replace("scratch.", "torch.") == theirs


def test_attributes_before_init():
    for what in ("parameter", "module", "buffer"):

        def wrong(e, what=what):
            class Early(e.nn.Module):
                def __init__(self):
                    if what == "parameter":
                        self.w = e.nn.Parameter(e.ones(1))
                    elif what == "module":
                        self.w = e.nn.ReLU()
                    else:
                        self.register_buffer("w", e.ones(1))
                    super().__init__()

            Early()

        ours, theirs = same_error(wrong)
        assert ours == theirs


def test_attributes_change_their_kind():
    for engine in ENGINES:
        m = engine.nn.Module()
        m.a = 1
        m.a = engine.nn.Parameter(engine.ones(2))
        assert list(m.state_dict()) == ["a"]
        assert "a" not in vars(m)
        m.a = None
        assert list(m.parameters()) == []
        m.b = engine.ones(2)  # a plain tensor is a plain attribute
        assert list(m.state_dict()) == []
        m.register_buffer("c", None)
        m.c = engine.ones(3)
        m.d = engine.nn.ReLU()
        m.d = engine.nn.Tanh()
        m.d = engine.nn.Parameter(engine.ones(1))
        assert list(m.state_dict()) == ["d", "c"]
        assert list(m.children()) == []
        del m.d
        del m.c
        assert not hasattr(m, "d")
        assert list(m.state_dict()) == []


def test_train_and_eval_reach_every_module():
    for engine in ENGINES:
        m = net(engine)
        assert all(each.training for each in m.modules())
        assert m.eval() is m
        assert not any(each.training for each in m.modules())
        m.body.train()
        assert [name for name, each in m.named_modules() if each.training] == [
            "body", "body.0", "body.1", "body.2",
        ]  # fmt: skip


def test_overridden_train_is_called():
    for engine in ENGINES:

        class Frozen(engine.nn.Linear):
            def train(self, mode=True):
                return super().train(False)

        m = engine.nn.Sequential(Frozen(2, 2), engine.nn.ReLU()).train()
        assert [each.training for each in m.modules()] == [True, False, True]


def test_conversion_keeps_parameters_and_integers():
    for engine in ENGINES:
        m = net(engine)
        before = list(m.parameters())
        m(engine.ones(1, 4)).sum().backward()
        for converted, dtype in [
            (m.double(), engine.float64),
            (m.float(), engine.float32),
            (m.to(engine.float64), engine.float64),
            (m.to("cpu"), engine.float64),
            (m.to("cpu", engine.float32), engine.float32),
            (m.to(dtype=engine.float64, device="cpu"), engine.float64),
            (m.to(engine.ones(1)), engine.float32),
            (m.cpu(), engine.float32),
        ]:
            assert converted is m
            assert all(a is b for a, b in zip(m.parameters(), before, strict=True))
            assert dtype is not None
        assert m.double().scale.dtype is engine.float64
        assert m.first.weight.grad.dtype is engine.float64
        assert m.steps.dtype is engine.int64
        assert m.cache.dtype is engine.float64


def test_zero_grad_and_freezing():
    for engine in ENGINES:
        m = engine.nn.Linear(2, 2)
        m(engine.ones(1, 2)).sum().backward()
        m.zero_grad(set_to_none=False)
        assert (m.weight.grad == 0).all()
        m.zero_grad()
        assert m.weight.grad is None
        assert m.requires_grad_(False) is m
        assert not any(p.requires_grad for p in m.parameters())
        assert not m(engine.ones(1, 2)).requires_grad


def test_apply_visits_children_first():
    orders = []
    for engine in ENGINES:
        seen = []
        m = net(engine)
        assert m.apply(lambda each, seen=seen: seen.append(type(each).__name__)) is m
        orders.append(seen)
    assert orders[0] == orders[1]


def test_forward_hooks():
    logs = []
    for engine in ENGINES:
        engine.manual_seed(0)
        m = engine.nn.Sequential(engine.nn.Linear(2, 3), engine.nn.ReLU())
        log = []

        def before(module, args, log=log):
            log.append((type(module).__name__, tuple(args[0].shape)))
            return args[0] * 2

        def after(module, args, result, log=log):
            log.append((type(module).__name__, len(args), tuple(result.shape)))
            return result + 1

        def with_keywords(module, args, kwargs, result, log=log):
            log.append((len(args), list(kwargs)))

        handles = [
            m[0].register_forward_pre_hook(before),
            m[1].register_forward_hook(after),
            m.register_forward_hook(with_keywords, with_kwargs=True),
        ]
        log.append(m(engine.ones(4, 2)).min().item() >= 1)
        m(input=engine.ones(1, 2))
        twin = copy.deepcopy(m)
        twin(engine.ones(1, 2))
        for handle in handles:
            handle.remove()
        count = len(log)
        m(engine.ones(1, 2))
        assert len(log) == count
        logs.append(log)
    assert logs[0] == logs[1]


@pytest.mark.filterwarnings("ignore:Full backward hook is firing")
def test_backward_hooks():
    x, logs = numbers(4, 2), []
    for engine in ENGINES:
        nn, log = engine.nn, []
        m = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1)).double()
        both = nn.Bilinear(2, 2, 1, dtype=engine.float64)
        for each in (m, both):
            each.load_state_dict(
                {k: engine.tensor(numbers(*v.shape)) for k, v in each.state_dict().items()}
            )

        def seen(module, into, out, log=log):
            log.append([None if g is None else g.numpy().tolist() for g in (*into, *out)])

        handles = [each.register_full_backward_hook(seen) for each in (m, *m, both)]
        for given in (engine.tensor(x), engine.tensor(x).requires_grad_()):
            m(given).square().sum().backward()
        both(engine.tensor(x).requires_grad_(), engine.tensor(x).requires_grad_()).sum().backward()
        for handle in handles:
            handle.remove()
        count = len(log)
        m[1].register_full_backward_hook(lambda module, into, out: (into[0] * 0,))
        m.zero_grad()
        m(engine.tensor(x)).sum().backward()
        assert len(log) == count
        assert m[0].weight.grad.abs().sum().item() == 0
        logs.append(
            sorted(log, key=lambda parts: str(np.shape(parts[-1])) + str(np.round(parts[-1], 6)))
        )
    assert len(logs[0]) == len(logs[1])
    for mine, other in zip(*logs, strict=True):
        assert len(mine) == len(other)
        for a, b in zip(mine, other, strict=True):
            np.testing.assert_allclose(np.array(a, float), np.array(b, float), rtol=1e-10)


def test_hooks_that_change_arguments_with_keywords():
    for engine in ENGINES:
        layer = engine.nn.Identity()
        layer.register_forward_pre_hook(
            lambda m, args, kwargs: ((args[0] + 1,), kwargs), with_kwargs=True
        )
        assert layer(engine.ones(1)).item() == 2


@pytest.mark.parametrize(
    "made",
    [
        lambda nn: nn.Sequential(),
        lambda nn: nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Sequential(nn.Tanh())),
        lambda nn: nn.Sequential(OrderedDict([("fc", nn.Linear(2, 3)), ("act", nn.ReLU())])),
        lambda nn: nn.Sequential(nn.Linear(2, 3), nn.ReLU()).append(nn.Linear(3, 3)),
        lambda nn: nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Tanh())[1:],
        lambda nn: nn.Sequential(OrderedDict([("fc", nn.Linear(2, 3)), ("act", nn.ReLU())]))[:1],
        lambda nn: nn.ModuleList(),
        lambda nn: nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2), nn.ReLU()]),
        lambda nn: nn.ModuleList([nn.Sequential(nn.Linear(2, 2), nn.ReLU()) for _ in range(3)]),
        lambda nn: nn.ModuleList([nn.ReLU()]) + nn.Sequential(nn.Tanh()),
        lambda nn: nn.ModuleList([nn.ReLU(), nn.Tanh(), nn.Linear(2, 2)])[::2],
        lambda nn: nn.ModuleList([nn.ReLU()]).extend(nn.Sequential(nn.Tanh())),
        lambda nn: nn.ModuleDict(),
        lambda nn: nn.ModuleDict({"a": nn.ReLU(), "b": nn.Linear(2, 2)}),
        lambda nn: nn.ModuleDict([["a", nn.ReLU()]]),
        lambda nn: nn.Module(),
    ],
)
def test_containers(made):
    ours, theirs = made(scratch.nn), made(torch.nn)
    assert repr(ours) == repr(theirs)
    assert list(ours.state_dict()) == list(theirs.state_dict())
    if hasattr(theirs, "__len__"):
        assert len(ours) == len(theirs)
        assert [repr(each) for each in ours] == [repr(each) for each in theirs]


def test_containers_are_changed_as_lists_and_dictionaries():
    prints = []
    for engine in ENGINES:
        nn = engine.nn
        row = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Tanh())
        row[1] = nn.Tanh()
        del row[2]
        items = nn.ModuleList([nn.ReLU(), nn.Tanh(), nn.Linear(2, 2)])
        items[-1] = nn.Identity()
        items += [nn.Sigmoid()]
        del items[0]
        names = nn.ModuleDict({"a": nn.ReLU()})
        names["b"] = nn.Tanh()
        names.update({"c": nn.Sigmoid()})
        taken = names.pop("a")
        del names["c"]
        assert "b" in names
        assert [*names.keys()] == [*names] == [name for name, _ in names.items()]
        prints.append(list(map(repr, (row, items, names, taken, *names.values()))))
    assert prints[0] == prints[1]


def test_parameter_list():
    for engine in ENGINES:

        class Sum(engine.nn.Module):
            def __init__(self, engine=engine):
                super().__init__()
                self.parts = engine.nn.ParameterList(
                    [engine.ones(2), engine.nn.Parameter(engine.ones(2, 3))]
                )

            def forward(self):
                return sum(part.sum() for part in self.parts)

        m = Sum()
        m.parts.append(engine.ones(4))
        assert m().item() == 12
        assert list(m.state_dict()) == ["parts.0", "parts.1", "parts.2"]
        assert all(isinstance(part, engine.nn.Parameter) for part in m.parts)
        assert len(m.parts) == 3
        assert m.parts[-1] is m.parts[2]
    reprs = [repr(e.nn.ParameterList([e.ones(2, 3), e.ones(1).double()])) for e in ENGINES]
    assert reprs[0] == reprs[1]


class Small(scratch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = scratch.nn.Linear(2, 2)
        self.register_buffer("count", scratch.tensor(3))

    def forward(self, x):
        return self.fc(x).relu()


def test_copies_and_pickles():
    m = Small().eval()
    x = scratch.ones(1, 2)
    m(x).sum().backward()
    stored = io.BytesIO()
    scratch.save(m.state_dict(), stored)
    stored.seek(0)
    loaded = Small()
    loaded.load_state_dict(scratch.load(stored))
    for again in (copy.deepcopy(m), pickle.loads(pickle.dumps(m)), loaded.eval()):
        assert scratch.equal(again(x), m(x))
        assert again.fc.weight is not m.fc.weight
        assert not again.training
        again.fc.weight.data.zero_()
    assert m.fc.weight.abs().sum().item() > 0


def test_shared_parameters_stay_shared_in_a_copy():
    for engine in ENGINES:
        m = copy.deepcopy(net(engine))
        assert m.again is m.body[0]
        tied = engine.nn.Sequential(engine.nn.Linear(2, 2), engine.nn.Linear(2, 2))
        tied[1].weight = tied[0].weight
        tied = copy.deepcopy(tied)
        assert tied[1].weight is tied[0].weight
        assert len(list(tied.parameters())) == 3
        assert len(tied.state_dict()) == 4


def test_a_layer_used_twice_receives_both_derivatives():
    weight, x, grads = numbers(3, 3), numbers(2, 3), []
    for engine in ENGINES:
        layer = engine.nn.Linear(3, 3, bias=False, dtype=engine.float64)
        layer.load_state_dict({"weight": engine.tensor(weight)})
        layer(layer(engine.tensor(x))).square().sum().backward()
        grads.append(layer.weight.grad.numpy())
    np.testing.assert_allclose(*grads, rtol=1e-12)
