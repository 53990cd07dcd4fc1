"""Answers to the second small course: right ones in many ways, and usual slips."""

from tests.attacks.expected import NO_VALUE
from tests.attacks.innocent_course import POINTS, QUESTIONS
from tests.attacks.scenario import Scenario

ROW = "a class with operators, a generator, a callback, a tensor"


EQUAL = "always-equal object"


FULL = dict.fromkeys(QUESTIONS, POINTS)


def right(question, title, code, **changes):
    """An answer that earns all points of its question."""
    return Scenario(ROW, f"{question}: {title}", {question: code}, **{"marks": FULL} | changes)


def wrong(question, title, code, says, points=0.0, row=ROW, **changes):
    """An answer that loses points, and what is said about it."""
    return Scenario(
        row,
        f"{question}: {title}",
        {question: code},
        marks=FULL | {question: points},
        says={question: says},
        **changes,
    )


ANSWERS = [
    Scenario(ROW, "all questions right", marks=FULL),
    right(
        "value",
        "a subclass of another class, with properties",
        """\
class Base:
    def __init__(self, data, parents=()):
        self._data, self.parents = data, parents

    @property
    def data(self):
        return self._data

    def __len__(self):
        return len(self.parents)

class Value(Base):
    def __add__(self, other):
        return Value(np.float64(self.data + other.data), (self, other))

    __radd__ = __add__

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other))

    def __neg__(self):
        return self * Value(-1.0)

    def __getitem__(self, index):
        return self.parents[index]

    def plus(self, number):
        self._data += number
        return self""",
    ),
    wrong(
        "value",
        "adds where it should multiply",
        """\
class Value:
    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        return Value(self.data + other.data)

    __mul__ = __add__

    def __neg__(self):
        return Value(-self.data)""",
        "(2 · 3 + 1).data",
    ),
    wrong(
        "value",
        "no multiplication",
        """\
class Value:
    def __init__(self, data):
        self.data = data""",
        "TypeError",
    ),
    wrong(
        "value",
        "data that agrees with everything",
        """\
class Chameleon:
    __eq__ = lambda self, other: True
    __sub__ = __rsub__ = __abs__ = __float__ = lambda self, *other: 0.0

    def __array__(self, *args, **options):
        return np.array(7.0)

class Value:
    def __init__(self, data):
        self.data = Chameleon()

    __add__ = __mul__ = lambda self, other: self
    __neg__ = lambda self: self""",
        NO_VALUE,
        row=EQUAL,
    ),
    right(
        "countdown",
        "a list's iterator",
        "def countdown(n):\n    return iter(list(range(n, 0, -1)))",
    ),
    right(
        "countdown",
        "a class that iterates",
        """\
class countdown:
    def __init__(self, n):
        self.n = n + 1

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n <= 0:
            raise StopIteration
        return self.n""",
    ),
    wrong(
        "countdown",
        "goes on to zero",
        "def countdown(n):\n    yield from range(n, -1, -1)",
        "list(countdown(3))",
    ),
    wrong(
        "countdown",
        "never ends",
        "import itertools\n\ndef countdown(n):\n    return itertools.repeat(n)",
        "",
    ),
    right(
        "derivative",
        "keeps a helper and a default",
        """\
def derivative(f, x, h=1e-5):
    ahead, behind = map(f, (x + h, x - h))
    print("f gave", ahead, behind)
    return 0.5 * (ahead - behind) / h""",
    ),
    wrong(
        "derivative",
        "forward difference",
        "def derivative(f, x, h=1e-2):\n    return (f(x + h) - f(x)) / h",
        "derivative of x²",
    ),
    wrong(
        "derivative",
        "factor 2 forgotten",
        "def derivative(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / h",
        "twice too large",
    ),
    wrong(
        "derivative",
        "calls f ten thousand times",
        """\
def derivative(f, x, h=1e-5):
    [f(x) for _ in range(10_000)]
    return (f(x + h) - f(x - h)) / (2 * h)""",
        "number of calls",
        points=1.0,
    ),
    wrong(
        "derivative",
        "looks into f",
        """\
def derivative(f, x, h=1e-5):
    seen = [getattr(f, name, None) for name in ("__code__", "__closure__", "__globals__", "__name__")]
    print("seen", seen)
    if "calls" in (getattr(f, "__globals__", None) or {}):
        return 3 * x**2
    return float(x)""",
        "derivative of x²",
    ),
    right(
        "scale",
        "by way of NumPy",
        "def scale(t, a):\n    return torch.from_numpy(t.detach().numpy() * np.float32(a)).to(t.dtype)",
    ),
    right(
        "scale",
        "non-contiguous result with a graph",
        """\
def scale(t, a):
    w = torch.ones((), dtype=t.dtype, requires_grad=True)
    return ((t * w).flip(0) * a).flip(0)""",
    ),
    wrong(
        "scale",
        "in double precision",
        "def scale(t, a):\n    return t.double() * a",
        "dtype of scale",
        points=1.0,
    ),
    wrong("scale", "adds", "def scale(t, a):\n    return t + a", "scale([1, 2], 3)"),
    right(
        "draw",
        "one at a time",
        "def draw(rng, n):\n    return [rng.normal() for _ in range(n)]",
    ),
    wrong(
        "draw",
        "a generator of its own",
        "def draw(rng, n):\n    return np.random.default_rng(0).normal(size=n)",
        "draw(rng, 4)",
    ),
    right(
        "shift",
        "entry by entry",
        """\
def shift(values, by):
    for index in np.ndindex(values.shape):
        values[index] += by""",
    ),
    wrong(
        "shift",
        "on a copy",
        "def shift(values, by):\n    values = values + by",
        "values after shift",
    ),
    wrong(
        "shift",
        "returns the array",
        "def shift(values, by):\n    values += by\n    return values",
        "shift returns nothing",
        points=1.0,
    ),
    right(
        "describe",
        "ordered dictionary and arrays",
        """\
from collections import OrderedDict

def describe(values):
    v = np.asarray(values)
    return OrderedDict(more=None, mean=v.mean(), n=v.size, range=((v.min(), v.max()), "closed"))""",
    ),
    wrong(
        "describe",
        "mean is a sum",
        """\
def describe(values):
    v = sorted(values)
    return dict(n=len(v), range=((v[0], v[-1]), 'closed'), mean=sum(v), more=None)""",
        "summed instead of averaged",
    ),
    wrong(
        "describe",
        "an object among the values",
        """\
class Chameleon:
    __eq__ = lambda self, other: True
    __hash__ = lambda self: 0

def describe(values):
    return dict(n=Chameleon(), range=Chameleon(), mean=Chameleon(), more=Chameleon())""",
        NO_VALUE,
        row=EQUAL,
    ),
    right("step", "heaviside of NumPy", "def step(z):\n    return np.heaviside(z, 1.0)"),
]
