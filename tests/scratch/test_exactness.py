"""The table of cases on every library that can hold the numbers, beside PyTorch."""

import functools
import inspect

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import course_utils.scratch as scratch
from course_utils.gradcheck import gradcheck
from tests.scratch.cases import CASES, Case
from tests.scratch.evaluation import draw, flat, module_of, run, tensors_of

#: Names without a derivative, or with one that no table of numbers can show; each has its own test.
EXEMPT = {
    "creation (test_tensor)": """tensor as_tensor asarray from_numpy zeros ones empty full arange
        linspace logspace eye zeros_like ones_like empty_like full_like new_empty""",
    "random numbers (test_random)": """rand randn randint randperm normal rand_like randn_like
        randint_like bernoulli multinomial uniform_ normal_ bernoulli_ exponential_""",
    "the graph (test_autograd)": """backward detach data requires_grad_ retain_grad register_hook
        grad""",
    "what a tensor is (test_tensor, test_printing)": """dim numel item tolist numpy size stride type
        is_contiguous is_floating_point element_size data_ptr counter bump_version cpu cuda half
        __array__ __bool__ __contains__ __deepcopy__ __float__ __format__ __hash__ __index__ __init__
        __int__ __len__ __repr__ __getstate__ __setstate__ ndimension
        nelement get_device""",
    "containers and bases (test_module)": "Module Parameter Activation Loss Stateless",
}


def table(**names):
    return named([case for case in CASES if all(getattr(case, k) == v for k, v in names.items())])


def named(cases):
    return [pytest.param(case, id=case.name) for case in cases]


def close(found, wanted, tolerance, what):
    """Equal to `tolerance` of the largest entry (at least 1); None, inf and nan in the same places."""
    assert len(found) == len(wanted)
    for i, (mine, theirs) in enumerate(zip(found, wanted, strict=True)):
        if not isinstance(theirs, np.ndarray):
            assert (mine, type(mine)) == (theirs, type(theirs)), f"{what} {i}"
            continue
        assert mine is not None, f"{what} {i}: PyTorch has one"
        assert mine.shape == theirs.shape, f"{what} {i}"
        finite = np.abs(theirs[np.isfinite(theirs)]) if theirs.dtype.kind == "f" else np.zeros(0)
        scale = max(1.0, finite.max(initial=0))
        np.testing.assert_allclose(
            mine, theirs, rtol=0, atol=tolerance * scale, err_msg=f"{what} {i}"
        )


def same(found, wanted, forward=1e-10, backward=1e-9):
    assert found.kinds == wanted.kinds
    close(found.outputs, wanted.outputs, forward, "output")
    close(found.gradients, wanted.gradients, backward, "gradient")
    close(found.seconds, wanted.seconds, backward, "second derivative")
    assert found.state.keys() == wanted.state.keys()
    close(list(found.state.values()), list(wanted.state.values()), forward, "state")


@functools.cache
def reference(name):
    return run(next(case for case in CASES if case.name == name), "pytorch")


def test_every_operation_is_in_the_table():
    covered = {case.covers.removeprefix(".") for case in CASES}
    exempt = {name for names in EXEMPT.values() for name in names.split()}
    wanted = {name for name in scratch._NAMES if name not in exempt}
    wanted |= {f"F.{name}" for name in dir(scratch.nn.functional) if name[0] != "_"}
    wanted |= {
        f"nn.{name}"
        for name, value in vars(scratch.nn).items()
        if inspect.isclass(value) and issubclass(value, scratch.nn.Module) and name not in exempt
    }
    for name, value in vars(scratch.Tensor).items():
        if not callable(value) or name in exempt or (name[0] == "_" and name[1] != "_"):
            continue
        if name not in scratch._NAMES:
            wanted.add(name)
    assert wanted - covered == set()
    assert len({case.name for case in CASES}) == len(CASES), "two cases of one name"


@pytest.mark.parametrize("place", ["numpy", "torch arrays"])
@pytest.mark.parametrize("case", table())
def test_values_and_gradients(case, place):
    same(run(case, place), reference(case.name), backward=case.tolerance)


@pytest.mark.gpu
@pytest.mark.skipif(not scratch.cuda.is_available(), reason="no CUDA device here")
def test_values_and_gradients_on_cuda():
    for case in CASES:
        if "Dropout" not in case.name and "dropout" not in case.name:
            same(run(case, "cuda"), reference(case.name), 1e-9, 1e-8)


@pytest.mark.parametrize("case", table())
def test_float32(case):
    same(run(case, "numpy", "float32"), run(case, "pytorch", "float32"), 1e-4, 1e-4)


@pytest.mark.parametrize("case", table(smooth=True))
def test_second_derivatives(case):
    found = run(case, "numpy", seconds=True)
    same(found, run(case, "pytorch", seconds=True), 1e-10, 1e-8)


@pytest.mark.parametrize("case", table())
def test_a_result_used_twice(case):
    wanted = run(case, "pytorch", again=True)
    same(run(case, "numpy", again=True), wanted, backward=case.tolerance)


@pytest.mark.parametrize(
    "case", named([c for c in CASES if c.method and hasattr(torch.Tensor, c.covers)])
)
def test_as_a_method(case):
    found = run(case, "numpy", f=lambda engine, *xs: case.method(*xs))
    same(found, reference(case.name))


@pytest.mark.parametrize("case", table())
def test_central_differences(case):
    if "mbedding padding" in case.name:
        return  # the row for padding receives no derivative, on purpose
    inputs = tensors_of(draw(case), case, scratch, "float64", "cpu")
    first = module_of(case, scratch, "float64", "cpu") if case.layer else scratch
    leaves = [x for x in inputs if isinstance(x, scratch.Tensor) and x.requires_grad]
    leaves += list(first.parameters()) if case.layer else []

    def f(*_):
        scratch.manual_seed(3)
        with np.errstate(all="ignore"):
            found = flat(case.f(first, *inputs))
        return tuple(y for y in found if isinstance(y, scratch.Tensor) and y.requires_grad)

    if not leaves or not f() or any(y.dtype != scratch.float64 for y in f()):
        return
    gradcheck(f, tuple(leaves), projections=1)


# --- other orders in memory ---------------------------------------------------------------------------


def scattered(engine, x):
    """The same numbers, every second one of a larger tensor, the last dimension first in memory."""
    order = tuple(reversed(range(x.ndim)))
    apart = engine.stack([x.permute(order)] * 2, -1).flatten(-2)[..., ::2] if x.ndim else x
    return apart.permute(order)


def repeated(engine, x):
    """The first entry of the first dimension for all of it, without a copy."""
    return x[:1].expand(x.shape) if x.ndim and len(x) else x


@pytest.mark.parametrize("layout", [scattered, repeated])
@pytest.mark.parametrize("case", table())
def test_inputs_in_another_order_in_memory(case, layout):
    if "dropout" in case.name.lower() or case.covers in (".view", ".view_as"):
        return  # PyTorch draws in the order of memory; a view of these is refused (test_errors)
    if "F.nll_loss images" in case.name:
        return  # PyTorch's own backward: "grad_input must be contiguous"
    if layout is repeated and ("linalg" in case.name or case.covers in ("det", "logdet")):
        return  # a matrix of equal rows has no inverse
    if layout is repeated and any(getattr(x, "kind", "") == "distinct" for x in case.inputs):
        return  # equal entries: which of them is chosen is tested below

    def f(first, *inputs):
        engine = torch if any(isinstance(x, torch.Tensor) for x in inputs) else scratch
        laid = [layout(engine, x) if hasattr(x, "dtype") else x for x in inputs]
        return case.f(first, *laid)

    wanted = run(case, "pytorch", f=f)
    same(run(case, "numpy", f=f), wanted, backward=case.tolerance)


# --- extreme values -----------------------------------------------------------------------------------

LARGE = np.array([[-1000.0, 0.0, 1000.0], [1000.0, 1000.0, -1000.0], [1e4, 1e4 + 1, 1e4 - 1]])
ENDLESS = np.array([np.inf, -np.inf, np.nan, 0.0, -0.0, 1.0, -1.0, 1e150, 5e-324])
EXTREMES = [
    ("softmax", lambda t, x: t.softmax(x, 1), LARGE),
    ("log_softmax", lambda t, x: t.log_softmax(x, 1), LARGE),
    ("logsumexp", lambda t, x: t.logsumexp(x, 1), LARGE),
    ("softmax of -inf", lambda t, x: t.softmax(x, 0), np.array([-np.inf, 0.0, 1.0])),
    ("log_softmax of -inf", lambda t, x: t.log_softmax(x, 0), np.array([-np.inf, 0.0, 1.0])),
    ("logsumexp of -inf", lambda t, x: t.logsumexp(x, 0), np.full(3, -np.inf)),
    ("logsumexp of inf", lambda t, x: t.logsumexp(x, 0), np.array([np.inf, 1.0])),
    ("softmax of nothing but -inf", lambda t, x: t.softmax(x, 0), np.full(2, -np.inf)),
    ("cross_entropy", lambda t, x: t.nn.functional.cross_entropy(x, t.tensor([0, 2, 1])), LARGE),
    (
        "bce",
        lambda t, x: t.nn.functional.binary_cross_entropy_with_logits(x, (x > 0).to(x.dtype)),
        LARGE,
    ),
    (
        "bce wrong",
        lambda t, x: t.nn.functional.binary_cross_entropy_with_logits(x, (x < 0).to(x.dtype)),
        LARGE,
    ),
    (
        "bce of 0 and 1",
        lambda t, x: t.nn.functional.binary_cross_entropy(x, 1 - x.detach()),
        np.array([0.0, 1.0]),
    ),
    ("layer_norm", lambda t, x: t.nn.functional.layer_norm(x, (3,)), LARGE / 1e3 + 1e4),
    ("layer_norm of equal", lambda t, x: t.nn.functional.layer_norm(x, (3,)), np.ones((2, 3))),
    (
        "batch_norm",
        lambda t, x: t.nn.functional.batch_norm(x, None, None, training=True),
        LARGE / 1e3 + 1e4,
    ),
    ("norm", lambda t, x: x.norm(), np.zeros(3)),
    ("norm of rows", lambda t, x: x.norm(dim=1), np.array([[0.0, 0.0], [3.0, 4.0]])),
    ("norm 1", lambda t, x: x.norm(1), np.zeros(3)),
    ("max of equal", lambda t, x: x.max(), np.array([1.0, 3.0, 3.0])),
    ("max of equal rows", lambda t, x: x.max(1), np.array([[3.0, 1.0, 3.0], [2.0, 2.0, 2.0]])),
    ("min of equal rows", lambda t, x: x.min(1), np.array([[3.0, 1.0, 1.0], [2.0, 2.0, 2.0]])),
    (
        "argmax of equal",
        lambda t, x: (x.argmax(), x.argmin(), x.argmax(0)),
        np.array([1.0, 3.0, 3.0, 1.0]),
    ),
    ("amax of equal", lambda t, x: x.amax(1), np.array([[3.0, 1.0, 3.0], [2.0, 2.0, 2.0]])),
    (
        "max with nan",
        lambda t, x: (x.max(), x.max(0).values, x.amax()),
        np.array([1.0, np.nan, 3.0]),
    ),
    ("maximum of equal", lambda t, x: t.maximum(x, x.detach()), np.ones(3)),
    ("max_pool of equal", lambda t, x: t.nn.functional.max_pool2d(x, 2, 1), np.zeros((1, 1, 3, 3))),
    (
        "max_pool with nan",
        lambda t, x: t.nn.functional.max_pool1d(x, 2),
        np.array([[[1.0, np.nan, 3.0, 2.0]]]),
    ),
    ("clamp at its ends", lambda t, x: x.clamp(-1, 1), np.array([-1.0, 1.0, 0.0, 2.0])),
    (
        "hardtanh at its ends",
        lambda t, x: t.nn.functional.hardtanh(x),
        np.array([-1.0, 1.0, 0.0, 2.0]),
    ),
    ("sort of equal", lambda t, x: x.sort(stable=True), np.array([2.0, 1.0, 2.0, 1.0])),
    ("std of one", lambda t, x: x.std(correction=0), np.zeros(1)),
    ("var of one", lambda t, x: x.var(), np.ones(1)),
    ("mean of nothing", lambda t, x: x.mean(), np.zeros(0)),
    ("sum of inf", lambda t, x: x.sum(), np.array([np.inf, -np.inf])),
    ("prod of zeros", lambda t, x: x.prod(), np.array([0.0, 0.0, 2.0])),
    ("pow 0 of 0", lambda t, x: x**0, np.zeros(2)),
    ("pow 1 of 0", lambda t, x: x**1, np.zeros(2)),
    ("pow 2 of 0", lambda t, x: x**2, np.zeros(2)),
    ("pow 0.5 of 0", lambda t, x: x**0.5, np.zeros(2)),
    ("pow -1 of 0", lambda t, x: x**-1, np.zeros(2)),
    ("0 to a power", lambda t, x: t.pow(0.0, x), np.array([0.0, 1.0, 2.0, -1.0])),
    (
        "pow of tensors at 0",
        lambda t, x: x ** t.tensor([0.0, 1.0, 2.0], dtype=x.dtype),
        np.zeros(3),
    ),
    ("a negative to a power", lambda t, x: x ** t.tensor([2.0, 0.5], dtype=x.dtype), -np.ones(2)),
    ("division by 0", lambda t, x: t.tensor([1.0, -1.0, 0.0], dtype=x.dtype) / x, np.zeros(3)),
    ("division of 0", lambda t, x: x / 0.0, np.array([1.0, -1.0, 0.0])),
    ("floor_divide by 0", lambda t, x: t.floor_divide(x.detach(), 0.0), np.array([1.0, -1.0, 0.0])),
    ("remainder by 0", lambda t, x: x.detach() % 0.0, np.array([1.0, -1.0, 0.0])),
    ("relu at 0", lambda t, x: t.relu(x), np.array([0.0, -0.0])),
    ("where hides nan", lambda t, x: t.where(x > 0, x.log(), 0.0), np.array([0.0, 1.0, -1.0])),
    ("masked attention", lambda t, x: t.softmax(x.masked_fill(x < 0, -np.inf), 1), LARGE[:2]),
]
for _name in [
    "exp",
    "expm1",
    "log",
    "log1p",
    "log2",
    "log10",
    "sqrt",
    "rsqrt",
    "reciprocal",
    "sin",
    "cos",
    "tanh",
    "sigmoid",
    "erf",
    "abs",
    "sign",
    "floor",
    "ceil",
    "round",
    "trunc",
    "square",
    "relu",
    "neg",
    "isnan",
    "isinf",
    "isfinite",
    "nan_to_num",
    "atan",
]:
    EXTREMES.append((_name, lambda t, x, n=_name: getattr(t, n)(x), ENDLESS))
for _name in [
    "softplus",
    "gelu",
    "silu",
    "elu",
    "selu",
    "leaky_relu",
    "logsigmoid",
    "softsign",
    "celu",
    "relu6",
    "hardtanh",
]:
    EXTREMES.append((f"F.{_name}", lambda t, x, n=_name: getattr(t.nn.functional, n)(x), LARGE))
    EXTREMES.append(
        (f"F.{_name} at 0", lambda t, x, n=_name: getattr(t.nn.functional, n)(x), np.zeros(2))
    )


@pytest.mark.parametrize(("f", "x"), [pytest.param(f, x, id=name) for name, f, x in EXTREMES])
@pytest.mark.parametrize("place", ["numpy", "torch arrays"])
def test_extreme_values(f, x, place):
    case = Case("extreme", f, (x,))
    found, wanted = run(case, place, inputs=[x]), run(case, "pytorch", inputs=[x])
    assert found.kinds == wanted.kinds
    for mine, theirs in zip(
        found.outputs + found.gradients, wanted.outputs + wanted.gradients, strict=True
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-8, atol=1e-12)


# --- shapes drawn by Hypothesis -----------------------------------------------------------------------

drawn = settings(max_examples=40, deadline=None)
shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


def check(f, *arrays):
    case = Case("drawn", f, arrays)
    same(run(case, "numpy", inputs=list(arrays)), run(case, "pytorch", inputs=list(arrays)))


def numbers(shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


@drawn
@given(
    hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, max_side=3, min_side=0),
    st.sampled_from(["add", "sub", "mul", "div", "maximum"]),
)
def test_broadcast_shapes(drawn, name):
    a, b = (numbers(shape, i) for i, shape in enumerate(drawn.input_shapes))
    check(lambda t, x, y: getattr(t, name)(x, y), a, b)


@drawn
@given(
    shapes,
    st.sampled_from(["sum", "mean", "var", "softmax", "logsumexp", "norm", "cumsum"]),
    st.data(),
)
def test_reductions_of_any_shape(shape, name, data):
    dim = data.draw(st.integers(-max(len(shape), 1), max(len(shape), 1) - 1))
    keep = {} if name in ("softmax", "cumsum") else {"keepdim": data.draw(st.booleans())}
    check(lambda t, x: getattr(t, name)(x, dim=dim, **keep), numbers(shape))


@drawn
@given(shapes, st.data())
def test_sums_over_any_dimensions(shape, data):
    dims = data.draw(st.sets(st.integers(0, max(len(shape) - 1, 0)))) if shape else set()
    dims = tuple(d - len(shape) * data.draw(st.booleans()) for d in dims)
    check(lambda t, x: x.sum(dims) if dims else x.sum(), numbers(shape))


@drawn
@given(shapes, st.data())
def test_rearrangements_of_any_shape(shape, data):
    order = data.draw(st.permutations(range(len(shape))))
    cut = data.draw(st.integers(0, len(shape)))
    place = data.draw(st.integers(-len(shape) - 1, len(shape)))
    known = int(np.prod(shape[:cut])), int(np.prod(shape[cut:]))

    def f(t, x):
        turned = x.permute(order)
        return (
            turned,
            turned.reshape(known),
            x.unsqueeze(place).squeeze(),
            x.flatten(),
            turned.flip(tuple(range(x.ndim))),
        )

    check(f, numbers(shape))


@drawn
@given(
    hnp.mutually_broadcastable_shapes(
        signature="(n?,k),(k,m?)->(n?,m?)", max_dims=2, max_side=3, min_side=0
    )
)
def test_matrix_products_of_any_shape(drawn):
    a, b = (numbers(shape, i) for i, shape in enumerate(drawn.input_shapes))
    check(lambda t, x, y: x @ y, a, b)


@st.composite
def windows(draw):
    """A window that fits: sizes, kernel, stride, padding and dilation of two dimensions."""
    kernel = draw(st.tuples(*[st.integers(1, 3)] * 2))
    dilation = draw(st.tuples(*[st.integers(1, 2)] * 2))
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    stride = draw(st.tuples(*[st.integers(1, 3)] * 2))
    least = [
        max(1, d * (k - 1) + 1 - 2 * p) for k, d, p in zip(kernel, dilation, padding, strict=True)
    ]
    size = tuple(n + draw(st.integers(0, 4)) for n in least)
    return size, kernel, stride, padding, dilation


@drawn
@given(
    windows(),
    st.sampled_from([(1, 1, 1), (2, 3, 1), (4, 2, 2), (2, 4, 2), (3, 3, 3)]),
    st.integers(0, 2),
)
def test_convolutions_of_any_geometry(window, channels, batch):
    size, kernel, stride, padding, dilation = window
    into, out, groups = channels
    x, w, b = (
        numbers((batch, into, *size)),
        numbers((out, into // groups, *kernel), 1),
        numbers(out, 2),
    )
    check(
        lambda t, x, w, b: t.nn.functional.conv2d(x, w, b, stride, padding, dilation, groups),
        x,
        w,
        b,
    )
    x, w, b = x[..., 0], w[..., 0], b
    if size[0] >= dilation[0] * (kernel[0] - 1) + 1:
        check(
            lambda t, x, w, b: t.nn.functional.conv1d(
                x, w, b, stride[0], padding[0], dilation[0], groups
            ),
            x,
            w,
            b,
        )


@drawn
@given(windows(), st.sampled_from([(1, 1, 1), (2, 3, 1), (4, 2, 2)]), st.data())
def test_transposed_convolutions_of_any_geometry(window, channels, data):
    size, kernel, stride, padding, dilation = window
    into, out, groups = channels
    most = [max(s, d) - 1 for s, d in zip(stride, dilation, strict=True)]
    extra = tuple(data.draw(st.integers(0, m)) for m in most)
    grown = [
        (n - 1) * s - 2 * p + d * (k - 1) + e + 1
        for n, s, p, d, k, e in zip(size, stride, padding, dilation, kernel, extra, strict=True)
    ]
    if min(grown) < 1:
        return
    x, w, b = numbers((2, into, *size)), numbers((into, out // groups, *kernel), 1), numbers(out, 2)
    check(
        lambda t, x, w, b: t.nn.functional.conv_transpose2d(
            x, w, b, stride, padding, extra, groups, dilation
        ),
        x,
        w,
        b,
    )


@drawn
@given(windows())
def test_pools_of_any_geometry(window):
    size, kernel, stride, padding, dilation = window
    x = np.random.default_rng(0).permutation(2 * 2 * size[0] * size[1]).reshape(2, 2, *size) / 7
    if all(n >= d * (k - 1) + 1 for n, d, k in zip(size, dilation, kernel, strict=True)):
        check(lambda t, x: t.nn.functional.max_pool2d(x, kernel, stride, padding, dilation), x)
    if all(n + 2 * p >= k for n, p, k in zip(size, padding, kernel, strict=True)):
        check(lambda t, x: t.nn.functional.avg_pool2d(x, kernel, stride, padding), x)
        check(
            lambda t, x: t.nn.functional.avg_pool2d(
                x, kernel, stride, padding, count_include_pad=False
            ),
            x,
        )


@drawn
@given(st.tuples(*[st.integers(1, 7)] * 2), st.tuples(*[st.integers(1, 5)] * 2))
def test_adaptive_pools_of_any_geometry(size, cells):
    x = np.random.default_rng(0).permutation(2 * size[0] * size[1]).reshape(1, 2, *size) / 7
    check(lambda t, x: t.nn.functional.adaptive_avg_pool2d(x, cells), x)
    check(lambda t, x: t.nn.functional.adaptive_max_pool2d(x, cells), x)
