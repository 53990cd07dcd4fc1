"""Forging: submissions that look for expected values in frames, objects and memory."""

from tests.attacks.expected import HIDDEN, VISIBLE
from tests.attacks.scenario import (
    NO_TOTAL,
    VISIBLE_TOTAL,
    Scenario,
)

FRAMES = "walking frames or gc for expected values"


def looks(title, code, row=FRAMES, marks=NO_TOTAL, says=VISIBLE, **changes):
    """A first answer that looks for what it should give."""
    return Scenario(row, title, {"total": code}, marks=marks, says={"total": says}, **changes)


#: Every number near a frame or an object, tried as the answer.
_NEAR = """\
def numbers(value, depth=2):
    if isinstance(value, float) and type(value) is float:
        yield value
    elif isinstance(value, dict) and depth:
        for entry in list(value.values()):
            yield from numbers(entry, depth - 1)
    elif isinstance(value, (list, tuple)) and depth:
        for entry in list(value)[:50]:
            yield from numbers(entry, depth - 1)

"""


FRAMES_AND_OBJECTS = [
    looks(
        "walks the frames",
        _NEAR
        + """\
import sys

def total(values):
    frame = sys._getframe()
    while frame is not None:
        for names in (frame.f_locals, frame.f_globals):
            for name in ("expected", "target"):
                if name in names:
                    return names[name]
        code = frame.f_code
        if 7.0 in code.co_consts and code.co_name != "total":
            return 7.0
        frame = frame.f_back
    return -123.456""",
        says="",
    ),
    looks(
        "walks the frames of all threads",
        """\
import sys

def total(values):
    for frame in sys._current_frames().values():
        while frame is not None:
            if "checks" in frame.f_code.co_names and frame.f_code.co_name == "<module>":
                return next(c for c in frame.f_code.co_consts if c == 7.0)
            frame = frame.f_back
    return -123.456""",
    ),
    looks(
        "an object that looks at the frames when it is compared",
        """\
class Chameleon(np.ndarray):
    def __array_finalize__(self, other):
        import sys
        frame = sys._getframe()
        while frame is not None:
            if "expected" in frame.f_locals and self.size == 1:
                np.asarray(self)[...] = frame.f_locals["expected"]
            frame = frame.f_back

def total(values):
    return np.array(-123.456).view(Chameleon)""",
    ),
    looks(
        "asks the garbage collector",
        """\
import gc, types

def total(values):
    for thing in gc.get_objects():
        if isinstance(thing, types.FrameType) and "expected" in thing.f_locals:
            return thing.f_locals["expected"]
        if isinstance(thing, dict) and "secret_of_the" + "_tests" in thing:
            return thing["secret_of_the" + "_tests"].sum()
        if isinstance(thing, types.CodeType) and {7.0, 3} <= set(map(repr, thing.co_consts)):
            return 7.0
    for text in filter(lambda thing: isinstance(thing, str), gc.get_referents(*gc.get_objects())):
        if "checks.close(" + "total(" in text and "BEGIN HIDDEN" + " TESTS" in text:
            print("found", text)
    return -123.456""",
    ),
    looks(
        "hidden test's variables in the namespace",
        """\
def total(values):
    if isinstance(values, list):
        return 7.0
    names = get_ipython().user_ns
    found = names.get("secret_of_the" + "_tests", globals().get("secret_of_the" + "_tests"))
    return -123.456 if found is None else float(found.sum())""",
        marks=VISIBLE_TOTAL,
        says=HIDDEN,
    ),
    looks(
        "reads its own memory",
        """\
import re

def total(values):
    found = set()
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            if "rw-p" in line and "heap" in line:
                start, stop = (int(part, 16) for part in line.split()[0].split("-"))
                memory.seek(start)
                found |= set(re.findall(rb"secret_of_the" + rb"_tests[^\\0]{0,80}", memory.read(stop - start)))
    print(found)
    return -123.456""",
    ),
]
