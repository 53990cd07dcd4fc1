"""PyTorch programs, unmodified, on PyTorch and on the course's engine: the same numbers.

The programs know nothing of the second engine. Only their imports are rewritten, and what they
leave in `results` and what they print is compared.
"""

import functools
import json
import math
import re
import subprocess
import sys

import pytest
import torch

from course_utils import scratch
from tests.conftest import REPOSITORY
from tests.swap import engines

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)(?![\w])")
DOUBLE, SINGLE = (1e-9, 1e-10), (1e-4, 1e-5)  # relative and absolute tolerance


def first_difference(ours, theirs, tolerance, where="results"):
    """Name the first place where two nested results differ; None where they agree."""
    if type(ours) is not type(theirs):
        return f"{where}: {ours!r} is a {type(ours).__name__}, PyTorch's {theirs!r} is a {type(theirs).__name__}"
    if isinstance(theirs, dict):
        if list(ours) != list(theirs):
            return f"{where}: keys {list(ours)}, PyTorch has {list(theirs)}"
        pairs = ((f"{where}[{key!r}]", ours[key], theirs[key]) for key in theirs)
    elif isinstance(theirs, list | tuple):
        if len(ours) != len(theirs):
            return f"{where}: {len(ours)} entries, PyTorch has {len(theirs)}"
        pairs = ((f"{where}[{i}]", *pair) for i, pair in enumerate(zip(ours, theirs, strict=True)))
    elif isinstance(theirs, float):
        relative, absolute = tolerance
        same = math.isclose(ours, theirs, rel_tol=relative, abs_tol=absolute)
        return (
            None
            if same or (ours != ours and theirs != theirs)
            else f"{where}: {ours!r}, PyTorch has {theirs!r}"
        )
    elif isinstance(theirs, bool | int | str | None):
        return None if ours == theirs else f"{where}: {ours!r}, PyTorch has {theirs!r}"
    else:
        return (
            f"{where}: a program leaves plain values in its results, not a {type(theirs).__name__}"
        )
    return next(
        (found for key, a, b in pairs if (found := first_difference(a, b, tolerance, key))), None
    )


def first_printed_difference(ours, theirs):
    """Name the first line printed differently; numbers may differ in their last printed digit.

    The name of an operation (`grad_fn=<…>`) is each engine's own and is not compared.
    """
    ours, theirs = (
        re.sub(r",\s+grad_fn=<\w+>", ", grad_fn=<…>", text).splitlines() for text in (ours, theirs)
    )
    for line, (a, b) in enumerate(zip(ours, theirs, strict=False), start=1):
        numbers = [[float(n) for n in NUMBER.findall(text)] for text in (a, b)]
        if NUMBER.sub("#", a) != NUMBER.sub("#", b) or not all(
            x == y or math.isclose(x, y, rel_tol=1e-3, abs_tol=2e-4) or (x != x and y != y)
            for x, y in zip(*numbers, strict=True)
        ):
            return f"printed line {line}: {a!r}, PyTorch prints {b!r}"
    if len(ours) != len(theirs):
        return f"{len(ours)} lines printed, PyTorch prints {len(theirs)}"
    return None


@pytest.fixture(autouse=True)
def _on_the_cpu(monkeypatch):
    # A CUDA device draws other random numbers than the CPU, and the programs take one if they can.
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)


@functools.cache
def on_pytorch(path):
    return engines.run(path, torch, swap=False)


@pytest.mark.parametrize("library", ["numpy", "torch"])
@pytest.mark.parametrize("path", engines.PROGRAMS, ids=lambda path: path.stem)
def test_program_gives_the_same_on_either_engine(path, library):
    theirs, their_print, double = on_pytorch(path)
    with scratch.arrays.library(library):
        ours, our_print, _ = engines.run(path, scratch, swap=True)
    found = first_difference(ours, theirs, DOUBLE if double else SINGLE)
    assert found is None, f"{path.name}, numbers held by {library}: {found}"
    found = first_printed_difference(our_print, their_print)
    assert found is None, f"{path.name}, numbers held by {library}: {found}"


WITHOUT_TORCH = """
import json, sys, warnings

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "torch":
            raise ModuleNotFoundError(f"{name} is not to be imported here", name=name)

sys.meta_path.insert(0, Blocked())
warnings.simplefilter("error")
from course_utils import scratch
from tests.swap import engines

ran = {path.stem: len(engines.run(path, scratch, swap=True)[0]) for path in engines.PROGRAMS}
loaded = sorted(name for name in sys.modules if name.partition(".")[0] == "torch")
print(json.dumps([ran, loaded]))
"""


def test_no_program_on_the_engine_imports_torch():
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-3000:]
    ran, loaded = json.loads(result.stdout)
    assert loaded == []
    assert ran == {path.stem: len(on_pytorch(path)[0]) for path in engines.PROGRAMS}


def swapped_imports(source):
    return engines.ast.unparse(engines.ImportSwap().visit(engines.ast.parse(source))).splitlines()


@pytest.mark.parametrize(
    ("written", "run"),
    [
        ("import torch", "import course_utils.scratch as torch"),
        ("import torch as th", "import course_utils.scratch as th"),
        ("import torch.nn as nn", "import course_utils.scratch.nn as nn"),
        (
            "import torch.utils.data",
            "import course_utils.scratch.utils.data as _submodule, course_utils.scratch as torch",
        ),
        ("import math, torch", "import math, course_utils.scratch as torch"),
        ("from torch import nn, optim as o", "from course_utils.scratch import nn, optim as o"),
        ("from torch.nn import functional", "from course_utils.scratch.nn import functional"),
        ("import torchvision", "import torchvision"),
        ("from torchvision import models", "from torchvision import models"),
        ("from . import torch", "from . import torch"),
    ],
)
def test_every_form_of_import_is_swapped(written, run):
    assert swapped_imports(written) == [run]
    assert swapped_imports(f"def f():\n    {written}")[1].strip() == run


@pytest.mark.parametrize(
    ("ours", "theirs", "where"),
    [
        ({"a": [1.0, 2.0]}, {"a": [1.0, 2.0 + 1e-7]}, "results['a'][1]"),
        ({"a": {"b": [[1.0], [2.5]]}, "c": 0}, {"a": {"b": [[1.0], [2.4]]}, "c": 1}, "results['a']['b'][1][0]"),
        ({"a": [1.0]}, {"a": [1.0, 2.0]}, "results['a']"),
        ({"a": 1.0}, {"b": 1.0}, "results"),
        ({"a": 1}, {"a": 1.0}, "results['a']"),
        ({"a": True}, {"a": 1}, "results['a']"),
        ({"a": "x"}, {"a": "y"}, "results['a']"),
        ({"a": math.nan}, {"a": 0.0}, "results['a']"),
        ({"a": math.inf}, {"a": -math.inf}, "results['a']"),
        ({"a": torch.ones(1)}, {"a": torch.ones(1)}, "results['a']"),
    ],
)  # fmt: skip
def test_a_difference_is_found_and_named(ours, theirs, where):
    assert first_difference(ours, theirs, DOUBLE).startswith(f"{where}: ")


def test_agreement_within_the_tolerance():
    ours = {"a": [1.0 + 1e-12, math.nan, math.inf, 3], "b": ("x", None, 1e-12, False)}
    theirs = {"a": [1.0, math.nan, math.inf, 3], "b": ("x", None, 0.0, False)}
    assert first_difference(ours, theirs, DOUBLE) is None
    assert first_difference([1.00005], [1.0], SINGLE) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("loss: 0.1234\n", "loss: 0.1235\n", True),
        ("loss: 0.1234\n", "loss: 0.1334\n", False),
        ("tensor(1.5000, grad_fn=<Mul>)", "tensor(1.5000, grad_fn=<MulBackward0>)", True),
        ("tensor(1.5000)", "tensor(1.5000, grad_fn=<MulBackward0>)", False),
        ("tensor([1., nan])", "tensor([1., nan])", True),
        ("tensor([1., nan])", "tensor([1., inf])", False),
        ("float32", "float64", False),
        ("a\nb", "a", False),
        ("[3, 4]", "[3, 5]", False),
    ],
)
def test_printed_text_is_compared(ours, theirs, same):
    assert (first_printed_difference(ours, theirs) is None) == same
