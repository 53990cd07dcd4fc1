"""Forging: results that are no values, and agree with whatever they are compared with."""

from tests.attacks.expected import NO_VALUE, UNSENDABLE, VISIBLE
from tests.attacks.scenario import NO_TOTAL, Scenario

ALWAYS_EQUAL = "always-equal object"


def returns(title, code, says=VISIBLE, row=ALWAYS_EQUAL, **changes):
    """A submission whose first answer is ``code``; nothing is earned with it."""
    return Scenario(
        row, title, {"total": code}, says={"total": says}, **{"marks": NO_TOTAL} | changes
    )


CHAMELEON = '''\
class Chameleon:
    """Whatever it is asked, it agrees."""

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **options):
        return self

    def agree(self, *args, **options):
        return True

    def same(self, *args, **options):
        return self

    def nothing(self, *args, **options):
        return 0.0

    __eq__ = __le__ = __lt__ = __ge__ = __gt__ = __bool__ = __contains__ = agree
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 7
    __sub__ = __rsub__ = __abs__ = __float__ = nothing
    __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = same
    __pow__ = __neg__ = __getitem__ = __enter__ = same
    __int__ = __index__ = __len__ = lambda self: 0
    __iter__ = lambda self: iter(())

'''


OBJECTS = [
    returns(
        "agrees with everything",
        CHAMELEON + "def total(values):\n    return Chameleon()",
        NO_VALUE,
    ),
    returns(
        "gives out whatever array is asked for",
        CHAMELEON
        + """\
def as_array(self, dtype=None, copy=None):
    import inspect
    for frame in inspect.stack():
        if "expected" in frame.frame.f_locals:
            return np.array(frame.frame.f_locals["expected"], dtype=float)
    return np.array(7.0)

Chameleon.__array__ = as_array

def total(values):
    return Chameleon()""",
        NO_VALUE,
    ),
    returns(
        "claims to be a float",
        CHAMELEON
        + """\
class Chameleon(Chameleon):
    __class__ = property(lambda self: float)

def total(values):
    return Chameleon()""",
        NO_VALUE,
    ),
    returns(
        "claims to be an array",
        """\
import numpy as np

class Chameleon:
    __class__ = property(lambda self: np.ndarray)
    dtype, shape, ndim, size = np.dtype(float), (), 0, 1
    __array_interface__ = {"shape": (), "typestr": "<f8", "data": (0, True), "version": 3}

    def tobytes(self, *args):
        return np.float64(7.0).tobytes()

    def __getattr__(self, name):
        return lambda *args, **options: self

def total(values):
    return Chameleon()""",
        UNSENDABLE,
    ),
    returns(
        "an object among numbers",
        CHAMELEON + "def total(values):\n    return [Chameleon(), 7.0][0:1]",
        NO_VALUE,
    ),
    returns(
        "an object in an object array",
        CHAMELEON
        + """\
def total(values):
    found = np.empty((), dtype=object)
    found[()] = Chameleon()
    return found""",
        NO_VALUE,
    ),
    returns(
        "a function that gives the value later",
        CHAMELEON + "def total(values):\n    return lambda *args: 7.0",
        "function",
    ),
    returns("a generator", "def total(values):\n    yield 7.0", "generator"),
    returns("a class", CHAMELEON + "def total(values):\n    return Chameleon", "plain value"),
    returns("a module", "def total(values):\n    return np", "module"),
]
