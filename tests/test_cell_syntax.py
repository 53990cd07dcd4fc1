"""What a cell binds, uses, reads and imports, told without running it."""

import pytest

from course_utils.grading.cell_syntax import (
    defined_names,
    definitions,
    imported_modules,
    read_names,
    used_names,
)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def f(x):\n    y = 1", {"f"}),
        ("class A:\n    b = 1", {"A"}),
        ("async def f(): pass", {"f"}),
        ("a, (b, *c) = 1, (2, 3)\nd: int = 4\ne += 1", {"a", "b", "c", "d", "e"}),
        ("for i in range(3):\n    j = i\nwith open('x') as f: pass", {"i", "j", "f"}),
        ("if True:\n    x = 1\nelse:\n    y = (z := 2)", {"x", "y", "z"}),
        ("import os\nfrom math import pi", set()),
        ("a.b = 1\na[0] = 2", set()),
        ("%pip install x\na = 1\n!ls", {"a"}),
        ("x = !ls", {"x"}),
        ("def broken(:", set()),
        ("", set()),
        ("x = 1\0", set()),
        ("(" * 100_000, set()),
        ("-" * 100_000 + "1", set()),
    ],
    ids=lambda value: repr(value)[:20] if isinstance(value, str) else "",
)
def test_names_that_a_cell_binds(code, names):
    assert defined_names(code) == names


def test_names_that_a_cell_uses():
    code = "%matplotlib inline\ndef f(x):\n    return np.sum(x) + total(y)\nz = f.name"
    assert used_names(code) == {"np", "x", "total", "y", "z", "f", "get_ipython"}
    assert used_names("def broken(:") == set()


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import a.b as c, d", {"a.b", "d"}),
        ("from a import b as c", {"a", "a.b"}),
        ("def f():\n    try:\n        import a\n    except ImportError:\n        pass", {"a"}),
        ("from . import a", set()),
        ("%pip install x\nimport a", {"a"}),
        ("import (", set()),
    ],
)
def test_modules_that_a_cell_imports(code, modules):
    assert imported_modules(code) == modules


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def f(x):\n    y = x + z\n    return np.sum(y)", {"z", "np"}),
        ("def f(total):\n    return total", set()),  # its own argument
        ("def f():\n    return g()\ndef g():\n    return f", {"f", "g"}),
        ("y = x", {"x"}),
        ("def f():\n    def g():\n        return z\n    return g", {"z"}),
        ("%time f(x)", {"get_ipython"}),
        ("def broken(:", set()),
    ],
)
def test_names_that_a_cell_looks_up_in_the_notebook(code, names):
    assert read_names(code) == names


@pytest.mark.parametrize(
    "code",
    [
        "x = 1",
        "f()",
        "print('a')",
        "from a import *",
        "class A:\n    pass",
        "@cache\ndef f():\n    pass",
        "def f(x=[]):\n    pass",
        "def f(*, x=g()):\n    pass",
        "def f():\n    global x\n    x = 1",
        "def f(x: g()):\n    pass",
        "def f(*x: (y := 1)):\n    pass",
        "def f() -> g():\n    pass",
        "def f():\n    pass\nf.mark = 1",
        "!ls",
        "def broken(:",
    ],
)
def test_cells_that_may_do_more_than_define(code):
    assert definitions(code) is None


def test_what_a_cell_of_definitions_binds():
    code = "'words'\nimport a.b\nimport a.b as c\nfrom d import e\ndef f(x: int = 1): pass"
    assert set(definitions(code)) == {"a", "c", "e", "f"}
    assert definitions("import a") == definitions("import a  # once more")
    assert definitions("from a import f") != definitions("from b import f")
    assert definitions("def f():\n    return 1") != definitions("def f():\n    return 2")
    assert definitions("") == {}
