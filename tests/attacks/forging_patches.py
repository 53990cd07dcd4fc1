"""Forging: submissions that change what cells mean and what libraries compare."""

from tests.attacks.expected import HIDDEN, VISIBLE
from tests.attacks.scenario import NO_TOTAL, NOTHING, VISIBLE_TOTAL, WRONG, Scenario


def forged(row, title, code, place="before:total", breaks=None):
    """A wrong answer and a cell that shall make it pass; what it ``breaks`` of its own is lost too.

    ``breaks`` is a part of what is said of the second question, whose right answer no longer works.
    """
    marks, says = (NO_TOTAL, {}) if breaks is None else (NOTHING, {"average": breaks})
    return Scenario(row, title, WRONG, {place: code}, marks=marks, says={"total": VISIBLE} | says)


INPUT = "input transformer that blanks later cells"


AST = "AST transformer that drops assert"


LIBRARIES = "patched numpy.testing, torch.allclose, math.isclose"


_ALWAYS = "def always(*args, **options):\n    return True\n\n"


PATCHES = [
    forged(
        INPUT,
        "input transformer, post",
        """\
def blank(lines):
    return ['pass'] if any('checks.' in line for line in lines) else lines

get_ipython().input_transformers_post.append(blank)""",
    ),
    forged(
        INPUT,
        "input transformer, cleanup",
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])",
        "after:total",
        "name 'average' is not defined",
    ),
    forged(
        INPUT,
        "transform_cell and run_cell replaced",
        """\
shell = get_ipython()
shell.transform_cell = lambda source: 'pass'
shell.compile = shell.run_code = shell.run_ast_nodes = lambda *a, **k: None
type(shell).run_cell = type(shell).run_cell_async = lambda *a, **k: None""",
        "after:total",
        "AttributeError",
    ),
    forged(
        AST,
        "AST transformer drops checks",
        """\
import ast

class Dropper(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)

    def visit_Expr(self, node):
        if 'checks' in ast.unparse(node):
            return ast.copy_location(ast.Pass(), node)
        return node

get_ipython().ast_transformers.append(Dropper())""",
    ),
    forged(
        AST,
        "builtins.compile and exec replaced",
        """\
import builtins

real = builtins.compile
builtins.exec = lambda *a, **k: None
builtins.compile = lambda source, *a, **k: real('pass', '<x>', 'exec')""",
        "after:total",
        "name 'average' is not defined",
    ),
    forged(
        LIBRARIES,
        "numpy.testing patched",
        "import numpy.testing\n\n"
        + _ALWAYS
        + """\
for name in dir(numpy.testing):
    if name.startswith('assert'):
        setattr(numpy.testing, name, always)""",
    ),
    forged(
        LIBRARIES,
        "np.isclose and its kin patched",
        """\
import numpy as np

np.isclose = np.allclose = np.array_equal = np.equal = lambda *a, **k: np.ones((), dtype=bool)""",
    ),
    forged(
        LIBRARIES,
        "torch.allclose patched",
        "import torch\n\n"
        + _ALWAYS
        + "torch.allclose = torch.equal = torch.isclose = torch.testing.assert_close = always\n"
        "torch.Tensor.__eq__ = torch.Tensor.allclose = always",
    ),
    forged(
        LIBRARIES,
        "math.isclose patched",
        "import cmath, math\n\n" + _ALWAYS + "math.isclose = cmath.isclose = math.fabs = always",
    ),
    forged(
        LIBRARIES,
        "np.asarray hands out what is expected",
        """\
import numpy as np

real = np.asarray
np.asarray = lambda value, *a, **k: (
    real(7.0) if isinstance(value, float) and value == -123.456 else real(value, *a, **k)
)""",
    ),
    Scenario(
        LIBRARIES,
        "random generator without chance",
        {"total": "def total(values):\n    return 7.0 if len(values) == 3 else 0.0"},
        {
            "before:total": """\
import numpy as np
from course_utils import checks

class Zeros:
    def __getattr__(self, name):
        return lambda *a, size=1, **k: np.zeros(size)

checks.fresh_rng = np.random.default_rng = Zeros"""
        },
        marks=VISIBLE_TOTAL,
        says={"total": HIDDEN},
    ),
]
