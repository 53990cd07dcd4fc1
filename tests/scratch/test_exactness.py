"""The table of cases on every library that can hold the numbers, beside PyTorch."""

import functools

import numpy as np
import pytest

import course_utils.scratch as scratch
from course_utils.gradcheck import gradcheck
from tests.scratch.cases import CASES
from tests.scratch.evaluation import draw, is_real, flat, run, tensors_of

CUDA = pytest.param(
    "cuda",
    marks=[
        pytest.mark.gpu,
        pytest.mark.skipif(not scratch.cuda.is_available(), reason="no CUDA device here"),
    ],
)


def named(cases):
    return [pytest.param(case, id=case.name) for case in cases]


def close(found, wanted, tolerance, what):
    """Equal to `tolerance` of the largest entry (at least 1); None, inf and nan in the same places."""
    assert len(found) == len(wanted)
    for i, (mine, theirs) in enumerate(zip(found, wanted, strict=True)):
        if not isinstance(theirs, np.ndarray):
            assert mine == theirs or (mine is None) == (theirs is None), f"{what} {i}"
            continue
        assert mine is not None, f"{what} {i}: PyTorch has one"
        assert mine.shape == theirs.shape, f"{what} {i}"
        finite = np.abs(theirs[np.isfinite(theirs)]) if theirs.dtype.kind == "f" else np.zeros(0)
        scale = max(1.0, finite.max(initial=0))
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=tolerance * scale, err_msg=f"{what} {i}")


@functools.cache
def reference(index, dtype="float64", seconds=False, again=False):
    return run(CASES[index], "pytorch", dtype, seconds=seconds, again=again)


def same(found, wanted, forward, backward):
    assert found.kinds == wanted.kinds
    close(found.outputs, wanted.outputs, forward, "output")
    close(found.gradients, wanted.gradients, backward, "gradient")
    close(found.seconds, wanted.seconds, backward, "second derivative")
    assert found.state.keys() == wanted.state.keys()
    close(list(found.state.values()), list(wanted.state.values()), forward, "state")


@pytest.mark.parametrize("place", ["numpy", "torch arrays", CUDA])
@pytest.mark.parametrize("case", named(CASES))
def test_values_and_gradients(case, place):
    wanted = reference(CASES.index(case))
    same(run(case, place), wanted, 1e-10, 1e-9)


@pytest.mark.parametrize("case", named(CASES))
def test_float32(case):
    wanted = reference(CASES.index(case), "float32")
    same(run(case, "numpy", "float32"), wanted, 1e-4, 1e-4)


@pytest.mark.parametrize("case", named([c for c in CASES if c.smooth]))
def test_second_derivatives(case):
    wanted = reference(CASES.index(case), seconds=True)
    same(run(case, "numpy", seconds=True), wanted, 1e-10, 1e-8)


@pytest.mark.parametrize("case", named(CASES))
def test_a_result_used_twice(case):
    wanted = reference(CASES.index(case), again=True)
    same(run(case, "numpy", again=True), wanted, 1e-10, 1e-9)


@pytest.mark.parametrize("case", named([c for c in CASES if c.method and hasattr(scratch.Tensor, c.covers)]))
def test_as_a_method(case):
    found = run(case, "numpy", f=lambda torch, *xs: case.method(*xs))
    same(found, reference(CASES.index(case)), 1e-10, 1e-9)


def layouts(x):
    """The same numbers in other orders in memory, and with gaps."""
    turned = np.ascontiguousarray(x.T).T
    gaps = np.zeros((*x.shape[:-1], 2 * x.shape[-1]), x.dtype)[..., ::2]
    gaps[...] = x
    return {"transposed": turned, "with gaps": gaps}
