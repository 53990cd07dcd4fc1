"""Answers to the second small course that were not written but taken."""

from tests.attacks.expected import NO_VALUE, WITHHELD
from tests.attacks.forging_checks import CHECKS
from tests.attacks.forging_leaving import HARD_CODED
from tests.attacks.forging_objects import ALWAYS_EQUAL, CHAMELEON
from tests.attacks.forging_patches import AST, LIBRARIES, PATCHES
from tests.attacks.innocent_answers import wrong

REFERENCE = "importing the reference from course_utils instead of writing it"


_ASSIGN = "\n\ndef step(z):\n    return reference.heaviside(z)"

STOLEN = [
    wrong("step", title, code + _ASSIGN, WITHHELD, row=REFERENCE)
    for title, code in (
        ("imports the reference", "from course_utils import neuron as reference"),
        (
            "imports from the reference",
            "from course_utils.neuron import *\nimport course_utils.neuron as reference",
        ),
        (
            "importlib",
            "import importlib\nreference = importlib.import_module('course_utils.neuron')",
        ),
        ("__import__", "reference = __import__('course_utils.neuron', fromlist=['heaviside'])"),
        (
            "importlib's machinery",
            """\
import importlib.util as u
reference = u.module_from_spec(s := u.find_spec('course_utils.neuron'))
s.loader.exec_module(reference)""",
        ),
    )
] + [
    wrong("step", title, code + _ASSIGN, "", row=REFERENCE)
    for title, code in (
        ("modules that are loaded", "import sys\nreference = sys.modules['course_utils.neuron']"),
        (
            "by way of another module",
            "from course_utils import perceptron, mark_one\nreference = perceptron",
        ),
        (
            "by file path",
            """\
import importlib.util, pathlib

import course_utils.checks

path = pathlib.Path(course_utils.checks.__file__).with_name("neuron.py")
spec = importlib.util.spec_from_file_location("mine", path)
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)""",
        ),
        (
            "by its source as text",
            """\
import glob, sys, types

reference = types.ModuleType("mine")
for folder in [*sys.path, "@COURSE@", "/*", "/*/*", "/*/*/*"]:
    for path in glob.glob(folder + "/course_utils/neuron.py"):
        exec(open(path).read(), vars(reference))""",
        ),
        (
            "by its byte code",
            """\
import glob, marshal, sys, types

reference = types.ModuleType("mine")
for folder in sys.path:
    for path in glob.glob(folder + "/course_utils/__pycache__/neuron.*.pyc"):
        exec(marshal.loads(open(path, "rb").read()[16:]), vars(reference))""",
        ),
        (
            "among all objects",
            """\
import gc, types

reference = next(
    m for m in gc.get_objects()
    if isinstance(m, types.ModuleType) and hasattr(m, "heaviside") and hasattr(m, "threshold_unit")
)""",
        ),
        (
            "by a fresh interpreter",
            """\
import subprocess, sys

class reference:
    @staticmethod
    def heaviside(z):
        code = f"from course_utils.neuron import heaviside as h; print(h({z.tolist()}).tolist())"
        return eval(subprocess.check_output([sys.executable, "-c", code], text=True))""",
        ),
        (
            "with the hook that withholds it removed",
            """\
import importlib, sys

from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder

sys.meta_path[:] = [BuiltinImporter, FrozenImporter, PathFinder]
importlib.invalidate_caches()
for name in [n for n in sys.modules if n.startswith("course_utils")]:
    del sys.modules[name]
reference = importlib.import_module("course_utils.neuron")""",
        ),
        (
            "pkgutil and zipimport",
            """\
import pkgutil, types

reference = types.ModuleType("mine")
exec(pkgutil.get_data("course_utils", "neuron.py"), vars(reference))""",
        ),
    )
]


_DROPS_ASSERT = next(s for s in PATCHES if s.row == AST).own_cells["before:total"]
_WRONG = "def norm(values):\n    return -1.0"


def _cheats(title, code, row, answer=_WRONG, says="Assert"):
    """An attack on the question that is tested by bare asserts."""
    return wrong("norm", title, answer, says, row=row, own_cells={"before:test_norm": code})


BARE = [
    _cheats("tests by assert", "", HARD_CODED),
    _cheats("AST transformer drops assert", _DROPS_ASSERT, AST),
    _cheats(
        "every comparison patched",
        """\
import builtins, math

import numpy.testing

def always(*args, **options):
    return True

for name in dir(numpy.testing):
    if name.startswith("assert"):
        setattr(numpy.testing, name, always)
torch.allclose = torch.equal = torch.isclose = math.isclose = np.isclose = np.allclose = always
builtins.abs = lambda value: 0.0
torch.Tensor.norm = lambda *args: torch.tensor(-1.0)
math.hypot = lambda *args: -1.0""",
        LIBRARIES,
    ),
    _cheats(
        "assert that never fails",
        "import builtins, sys\n\nbuiltins.AssertionError = type('Quiet', (BaseException,), {})\n"
        "get_ipython().showtraceback = lambda *args, **options: None",
        CHECKS,
    ),
    _cheats(
        "a difference that is nothing",
        "",
        ALWAYS_EQUAL,
        CHAMELEON + "def norm(values):\n    return Chameleon()",
        NO_VALUE,
    ),
]
