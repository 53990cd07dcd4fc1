"""Innocent: right values of every kind, slow ones, and helpers of one's own."""

from tests.attacks.innocent import _kept, honest
from tests.attacks.scenario import FULL, NO_TOTAL, Scenario
from tests.tiny_course import SUMMED

KINDS = "float32, lists, 0-d arrays, read-only and non-contiguous arrays"


EDGE = "values at the tolerance's edge"


SLOW = "slow but within limits"


HELPERS = "helper functions and imports in cells of one's own"


def _plot_kept(graded, scenario):
    outputs = [o for c in graded.notebook(scenario).cells for o in c.get("outputs", [])]
    assert any("image/png" in o.get("data", {}) for o in outputs)


INNOCENT_VALUES = [
    honest(
        KINDS,
        "float32",
        "def total(values):\n    return np.float64(np.sum(values)).astype(np.float32) if len(values) == 3 else np.sum(values)",
    ),
    honest(KINDS, "0-d array", "def total(values):\n    return np.array(np.sum(values))"),
    honest(KINDS, "Python's float", "def total(values):\n    return float(sum(values))"),
    honest(
        KINDS, "long double", "def total(values):\n    return np.sum(values, dtype=np.longdouble)"
    ),
    honest(
        KINDS,
        "integer where the value is whole",
        "def total(values):\n    found = float(np.sum(values))\n    return int(found) if found.is_integer() else found",
    ),
    honest(
        KINDS,
        "0-d tensor with a graph",
        """\
import torch

def total(values):
    return torch.tensor(values, dtype=torch.float64, requires_grad=True).sum()""",
    ),
    honest(
        KINDS,
        "read-only array",
        "def total(values):\n    found = np.array(np.sum(values))\n    found.flags.writeable = False\n    return found",
    ),
    honest(
        KINDS,
        "a view into a larger array, big-endian",
        """\
def total(values):
    found = np.zeros((4, 6), dtype=">f8")
    found[2, 3] = np.sum(values)
    return found[::-1, ::-1].T[2::9, 1::9].squeeze()""",
    ),
    honest(
        KINDS,
        "argument read as list",
        "def total(values):\n    found = 0.0\n    for value in list(values):\n        found += value\n    return found",
    ),
    honest(
        KINDS,
        "argument changed in place, its own copy",
        """\
def total(values):
    values = list(values)
    found = 0.0
    while values:
        found += values.pop()
    return found""",
    ),
    honest(
        EDGE,
        "just within the tolerance",
        "def total(values):\n    exact = np.sum(values)\n    return exact + 0.9e-6 * abs(exact)",
    ),
    honest(
        EDGE,
        "just outside the tolerance",
        "def total(values):\n    exact = np.sum(values)\n    return exact * (1 + 3e-6) + 3e-8",
        marks=NO_TOTAL,
        says={"total": "total([1, 2, 4])"},
    ),
    honest(
        SLOW,
        "half of the time there is",
        "import time\n\ndef total(values):\n    time.sleep(0.9)\n    return np.sum(values)",
    ),
    honest(
        SLOW,
        "busy for half a second",
        """\
import time

def total(values):
    end = time.process_time() + 0.6
    while time.process_time() < end:
        pass
    return np.sum(values)""",
    ),
    honest(
        SLOW,
        "300 MB for a while",
        "def total(values):\n    return np.ones(40_000_000).sum() * 0 + np.sum(values)",
    ),
    honest(
        SLOW,
        "trains a network with threads",
        """\
import torch

def total(values):
    torch.manual_seed(0)
    layer = torch.nn.Linear(8, 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.01)
    for _ in range(10):
        loss = (layer(torch.ones(64, 8)) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    torch.rand(300, 300) @ torch.rand(300, 300)
    return np.sum(values)""",
    ),
]


INNOCENT_HELPERS = [
    Scenario(
        HELPERS,
        "helpers, imports and globals in own cells",
        {
            "total": """\
@functools.lru_cache
def offset():
    return ZERO

def total(values):
    return add(values) + offset()"""
        },
        {
            "before:total": "import functools, math\nfrom functools import reduce\n\nZERO = 0.0",
            "after:imports": "def add(values):\n    return reduce(lambda a, b: a + b, values, ZERO)",
        },
    ),
    Scenario(
        HELPERS,
        "helper defined after the answer",
        {"total": "def total(values):\n    return later(values)"},
        {"after:total": "def later(values):\n    return sum(values)"},
    ),
    Scenario(
        HELPERS,
        "own module and data beside the notebook",
        {
            "total": """\
import json, pathlib

import own_helpers

def total(values):
    start = json.loads(pathlib.Path('data/start.json').read_text())
    return own_helpers.add(values) + start"""
        },
        files={
            "own_helpers.py": b"def add(values):\n    return sum(values)\n",
            "data/start.json": b"0",
        },
    ),
    honest(HELPERS, "a lambda", "total = lambda values: sum(values)"),
    honest(HELPERS, "NumPy's own function", "total = np.sum"),
    honest(
        HELPERS,
        "a partial function",
        "import functools\n\ntotal = functools.partial(np.sum, axis=0)",
    ),
    honest(
        HELPERS,
        "a decorated method",
        """\
import functools

def logged(function):
    @functools.wraps(function)
    def inner(*args):
        print("called with", len(args))
        return function(*args)
    return inner

class Adder:
    @logged
    def add(self, values):
        return sum(values)

total = Adder().add""",
    ),
    Scenario(
        HELPERS,
        "answer written again in an own cell",
        {"total": "def total(values):\n    return 0.0"},
        {"after:total": "def total(values):\n    return np.sum(values)"},
    ),
    Scenario(
        HELPERS,
        "names of the tests used for something else",
        own_cells={
            "after:total": "checks = 'my list of checks'\nsecret_of_the_tests = 3\nsum_ = total\nnp = np"
        },
    ),
    Scenario(
        HELPERS,
        "top-level await, types, dataclasses, pickles and child processes",
        own_cells={
            "before:total": """\
import asyncio, dataclasses, pickle
from multiprocessing import get_context
from concurrent.futures import ThreadPoolExecutor

await asyncio.sleep(0)

@dataclasses.dataclass
class Point:
    x: float = 0.0

assert pickle.loads(pickle.dumps(Point(2.0))) == Point(2.0)
with ThreadPoolExecutor(2) as pool:
    assert list(pool.map(abs, [-1, 2])) == [1, 2]
print("all of it worked")"""
        },
        proof=_kept("all of it worked"),
    ),
    Scenario(
        HELPERS,
        "plot and table kept",
        own_cells={
            "after:total": "import matplotlib.pyplot as plt\n\nplt.plot([1, 2, 3])\nplt.show()\nnp.arange(3)"
        },
        proof=_plot_kept,
    ),
    Scenario(
        HELPERS,
        "one right, one wrong",
        SUMMED,
        marks={"total": 3.0, "average": 0.0},
        says={"average": "summed instead of averaged?"},
    ),
    Scenario(HELPERS, "the plain right answer", marks=FULL),
]
