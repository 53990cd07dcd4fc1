"""Forging: results that are nearly plain values, or change afterwards."""

from tests.attacks.expected import HIDDEN, UNSENDABLE, VISIBLE
from tests.attacks.forging_objects import ALWAYS_EQUAL, CHAMELEON, returns
from tests.attacks.scenario import NO_TOTAL, VISIBLE_TOTAL, Scenario

SUBCLASS = "ndarray or tensor subclass with its own comparison"


VALUES = [
    returns(
        "float subclass",
        """\
class Liar(float):
    def agree(self, *args):
        return True

    def nothing(self, *args):
        return 0.0

    __eq__ = __le__ = __lt__ = __ge__ = __gt__ = agree
    __sub__ = __rsub__ = __abs__ = nothing
    __hash__ = float.__hash__

def total(values):
    return Liar(-123.456)""",
        row=SUBCLASS,
    ),
    returns(
        "int subclass",
        """\
class Liar(int):
    __eq__ = __le__ = __ge__ = lambda self, other: True
    __index__ = __int__ = __float__ = lambda self: 7
    __hash__ = int.__hash__

def total(values):
    return Liar(-5)""",
        row=SUBCLASS,
    ),
    returns(
        "list subclass with another content each time",
        """\
class Liar(list):
    def __iter__(self):
        return iter(())

    def __len__(self):
        return 10**12

    def __getitem__(self, index):
        return 7.0

    def tolist(self):
        return 7.0

def total(values):
    return Liar([-1.0])""",
        "total(",
        row=SUBCLASS,
    ),
    returns(
        "str subclass",
        """\
class Liar(str):
    __eq__ = lambda self, other: True
    __float__ = lambda self: 7.0
    __hash__ = str.__hash__

    def encode(self, *args):
        return b"\\xff" * 10

def total(values):
    return Liar("7.0")""",
        "total(",
        row=SUBCLASS,
    ),
    returns(
        "ndarray subclass",
        """\
class Liar(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *args, **options):
        return np.ones((), dtype=bool)

    def __array_function__(self, function, types, args, options):
        return np.ones((), dtype=bool)

    def astype(self, *args, **options):
        return np.array(7.0)

    tobytes = lambda self, *args: np.float64(7.0).tobytes()
    tolist = item = lambda self, *args: 7.0
    __eq__ = lambda self, other: np.ones((), dtype=bool)
    __float__ = lambda self: 7.0

def total(values):
    return np.array(-123.456).view(Liar)""",
        row=SUBCLASS,
    ),
    returns(
        "tensor subclass",
        """\
import torch

class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return torch.tensor(7.0, dtype=torch.float64)

    detach = cpu = double = lambda self: torch.tensor(7.0)
    numpy = lambda self, *args: np.array(7.0)

def total(values):
    return torch.tensor(-123.456).as_subclass(Liar)""",
        row=SUBCLASS,
    ),
    returns("masked array", "def total(values):\n    return np.ma.masked_all(())", "total("),
    returns("not a number", "def total(values):\n    return float('nan')", "NaN"),
    returns(
        "NaN with a payload",
        """\
import struct

def total(values):
    return struct.unpack("<d", bytes([1, 2, 3, 4, 5, 6, 0xF9, 0x7F]))[0]""",
        "NaN",
    ),
    returns("infinity", "def total(values):\n    return float('inf')", "infinity"),
    returns("complex", "def total(values):\n    return 7.0 + 1e-30j", "real numbers"),
    returns("text that reads like the number", "def total(values):\n    return '7.0'", "str"),
    returns(
        "bytes of the number", "def total(values):\n    return np.float64(7).tobytes()", "bytes"
    ),
    returns("an integer of 20000 digits", "def total(values):\n    return 10**20000", UNSENDABLE),
    returns(
        "structured array",
        "def total(values):\n    return np.array((7.0, 7), dtype=[('a', float), ('b', int)])",
        UNSENDABLE,
    ),
    returns("a date", "def total(values):\n    return np.datetime64('1970-01-08')", UNSENDABLE),
    returns(
        "a list that holds itself",
        "def total(values):\n    found = [7.0]\n    found[0] = found\n    return found",
        UNSENDABLE,
    ),
    returns(
        "a list nested a hundred thousand times",
        """\
def total(values):
    found = 7.0
    for _ in range(100_000):
        found = [found]
    return found""",
        UNSENDABLE,
    ),
    returns(
        "a dictionary with itself as value, and hostile keys",
        CHAMELEON
        + """\
def total(values):
    found = {Chameleon(): 1}
    found["self"] = found
    return found""",
        "",
    ),
    Scenario(
        ALWAYS_EQUAL,
        "argument changed so that the expected value changes",
        {
            "total": """\
def total(values):
    if isinstance(values, list):
        return 7.0
    values[:] = 0.0
    return 0.0"""
        },
        marks=VISIBLE_TOTAL,
        says={"total": HIDDEN},
    ),
    Scenario(
        ALWAYS_EQUAL,
        "argument's memory changed later by a thread",
        {
            "total": """\
import threading, time

def total(values):
    if isinstance(values, list):
        return 7.0

    def later():
        for _ in range(2000):
            values[:] = 0.0
            time.sleep(0.0005)

    values.setflags(write=True)
    threading.Thread(target=later, daemon=True).start()
    return 0.0"""
        },
        marks=VISIBLE_TOTAL,
        says={"total": HIDDEN},
    ),
    Scenario(
        ALWAYS_EQUAL,
        "result changed after it was returned",
        {
            "total": """\
import threading, time

def total(values):
    found = np.array(-123.456)

    def later():
        time.sleep(0.5)  # long after it was sent
        while True:
            found[()] = 7.0
            time.sleep(0.001)

    threading.Thread(target=later, daemon=True).start()
    return found"""
        },
        marks=NO_TOTAL,
        says={"total": VISIBLE},
    ),
    Scenario(
        ALWAYS_EQUAL,
        "another value at every call",
        {
            "total": """\
class total:
    called = 0

    def __new__(cls, values):
        cls.called += 1
        return 7.0 if cls.called == 1 else np.random.default_rng(cls.called).normal()"""
        },
        marks=VISIBLE_TOTAL,
        says={"total": HIDDEN},
    ),
]
