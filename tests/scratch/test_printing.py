"""Tensors print as PyTorch prints them."""

import numpy as np
import pytest
import torch

import course_utils.scratch as scratch

PROGRAMS = {
    "floats": lambda t: t.tensor([1.0, 2.5, -3.0]),
    "whole floats": lambda t: t.tensor([1.0, 2.0, -3.0]),
    "a matrix": lambda t: t.tensor([[1.5, 2.0], [3.25, -4.0]]),
    "whole numbers": lambda t: t.tensor([1, 20, -300]),
    "a matrix of whole numbers": lambda t: t.tensor([[1, 2], [30, 4]]),
    "truths": lambda t: t.tensor([True, False]),
    "one number": lambda t: t.tensor(1.5),
    "one whole number": lambda t: t.tensor(3),
    "one truth": lambda t: t.tensor(True),
    "one small number": lambda t: t.tensor(1e-9),
    "one large number": lambda t: t.tensor(123456789.0),
    "zero": lambda t: t.tensor(0.0),
    "zeros": lambda t: t.zeros(2, 3),
    "ones": lambda t: t.ones(2, 2, 2),
    "nothing": lambda t: t.tensor([]),
    "no rows": lambda t: t.zeros(0, 3),
    "no whole numbers": lambda t: t.zeros(0, dtype=t.int64),
    "no truths": lambda t: t.zeros(0, 2, dtype=t.bool),
    "no columns": lambda t: t.zeros(2, 0),
    "float64": lambda t: t.tensor([1.5, 2.0], dtype=t.float64),
    "int32": lambda t: t.tensor([1, 2], dtype=t.int32),
    "uint8": lambda t: t.tensor([1, 2], dtype=t.uint8),
    "half": lambda t: t.tensor([1.5, 2.0], dtype=t.float16),
    "learns": lambda t: t.tensor([1.0, 2.0], requires_grad=True),
    "learns in float64": lambda t: t.tensor([1.0], dtype=t.float64, requires_grad=True),
    "inf and nan": lambda t: t.tensor([1.0, float("inf"), float("nan"), -float("inf")]),
    "nothing but nan": lambda t: t.tensor([float("nan"), float("nan")]),
    "whole and inf": lambda t: t.tensor([100.0, float("inf")]),
    "wide range": lambda t: t.tensor([1e-5, 1.0, 1000.0]),
    "very wide range": lambda t: t.tensor([1e-10, 1e10]),
    "small": lambda t: t.tensor([1e-5, 2e-5]),
    "small but one": lambda t: t.tensor([0.001, 0.5]),
    "large": lambda t: t.tensor([12345.678, 2.5]),
    "large whole": lambda t: t.tensor([1e5, 2e6]),
    "huge whole": lambda t: t.tensor([1e9, 1.0]),
    "thirds": lambda t: t.arange(5) / 3,
    "negative zero": lambda t: t.tensor([-0.0, 1.5]),
    "long row": lambda t: t.arange(30),
    "long row of floats": lambda t: t.arange(30) / 7,
    "two long rows": lambda t: (t.arange(60) / 7).reshape(2, 30),
    "more than is shown": lambda t: t.arange(2000),
    "more rows than are shown": lambda t: t.arange(3000.0).reshape(1000, 3),
    "more of both than is shown": lambda t: t.arange(40000.0).reshape(200, 200) / 3,
    "four dimensions": lambda t: t.arange(16.0).reshape(2, 2, 2, 2),
    "a sum": lambda t: t.tensor([1.0, 2.0], requires_grad=True).sum(),
    "a product": lambda t: t.tensor([1.0, 2.0], requires_grad=True) * 2,
    "a quotient": lambda t: t.tensor([1.0, 2.0], requires_grad=True) / 2,
    "an exponential": lambda t: t.tensor([1.0, 2.0], requires_grad=True).exp(),
    "a relu": lambda t: t.tensor([1.0, 2.0], requires_grad=True).relu(),
    "a mean": lambda t: t.tensor([1.0, 2.0], requires_grad=True).mean(),
    "a softmax": lambda t: t.tensor([1.0, 2.0], requires_grad=True).softmax(0),
    "a size": lambda t: t.zeros(2, 3).shape,
    "a type": lambda t: t.float32,
    "the type of truths": lambda t: t.bool,
    "a device": lambda t: t.device("cuda:1"),
    "the device of a tensor": lambda t: t.zeros(1).device,
    "a parameter": lambda t: t.nn.Parameter(t.tensor([[1.5, 2.0], [3.0, 4.0]])),
    "a maximum": lambda t: tuple(t.tensor([[1.5, 2.0]]).max(1)),
    "a maximum with its place": lambda t: t.tensor([[1.5, 2.0]]).max(1),
    "sorted numbers": lambda t: t.tensor([3.0, 1.0]).sort(),
    "the largest": lambda t: t.tensor([3, 1, 2]).topk(2),
    "a list": lambda t: [t.tensor(1.0), t.tensor([2])],
    "formatted": lambda t: (
        f"{t.tensor(1.23456):.2f} {t.tensor(3):d} {t.tensor(2.0)} {t.tensor([1.0])}"
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_printed_as_pytorch_does(name):
    assert str(PROGRAMS[name](scratch)) == str(PROGRAMS[name](torch))
    assert repr(PROGRAMS[name](scratch)) == repr(PROGRAMS[name](torch))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shape", [(3,), (2, 3), (4, 5), (2, 2, 3)])
@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1.0, 1e3, 1e6])
def test_random_numbers_printed_as_pytorch_does(seed, shape, scale):
    x = np.random.default_rng(seed).standard_normal(shape).astype(np.float32) * np.float32(scale)
    assert repr(scratch.tensor(x)) == repr(torch.tensor(x))


def test_print_options_change_and_come_back():
    x = [1 / 3, 2000.0]
    try:
        for engine in (torch, scratch):
            engine.set_printoptions(precision=2, sci_mode=False)
        assert repr(scratch.tensor(x)) == repr(torch.tensor(x))
        with pytest.raises(TypeError, match="colour"):
            scratch.set_printoptions(colour=True)
    finally:
        for engine in (torch, scratch):
            engine.set_printoptions(precision=4, sci_mode=None)
    assert repr(scratch.tensor(x)) == repr(torch.tensor(x))


def test_names_of_operations():
    x = scratch.ones(2, 2, requires_grad=True)
    assert (x + 1).grad_fn.name() == "AddBackward0"
    assert "MulBackward0" in repr((x * 2).grad_fn)
    assert (x @ x).grad_fn.name() in ("MmBackward0", "MatmulBackward0")
