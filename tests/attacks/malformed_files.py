"""Malformed: other formats, damaged files, wrong names, and habits of the notebook."""

import json

import nbformat

from course_utils.grading.submission import MAX_BYTES
from course_utils.release import notebook_bytes
from tests.attacks.expected import UNREADABLE
from tests.attacks.malformed_cells import failed
from tests.attacks.scenario import FULL, NO_TOTAL, NOTHING, Scenario
from tests.tiny_course import FILE

SCHEMA = "newer or older notebook schema"


BYTES = "bad JSON, null bytes, other encodings, a huge file"


NAMES = "notebook renamed, missing, extra"


HABITS = "input(), shell magics, plots left open"


def _schema(version):
    def edit(notebook):
        for c in notebook.cells:
            if "nbgrader" in c.metadata:
                c.metadata.nbgrader.schema_version = version
        return notebook

    return edit


def _format(**values):
    def edit(notebook):
        return json.dumps(json.loads(notebook_bytes(notebook)) | values).encode()

    return edit


def _minor_4(notebook):
    stored = json.loads(notebook_bytes(notebook)) | {"nbformat_minor": 4}
    for c in stored["cells"]:
        del c["id"]
    return json.dumps(stored).encode()


def _version_3(notebook):
    older = nbformat.convert(notebook, 3)
    return json.dumps(older).encode()


SCHEMAS = [
    Scenario(SCHEMA, "nbgrader schema 1", edit=_schema(1)),  # the source's metadata count
    Scenario(SCHEMA, "nbgrader schema 2", edit=_schema(2)),
    Scenario(SCHEMA, "nbgrader schema 99", edit=_schema(99)),
    Scenario(SCHEMA, "nbgrader schema of text", edit=_schema("three")),
    Scenario(SCHEMA, "notebook format 4.4", edit=_minor_4),
    Scenario(SCHEMA, "notebook format 4.99", edit=_format(nbformat_minor=99)),
    failed(SCHEMA, "notebook format 5", UNREADABLE, _format(nbformat=5)),
    Scenario(SCHEMA, "notebook format 3", edit=_version_3),
    failed(SCHEMA, "notebook format of text", UNREADABLE, _format(nbformat="four")),
]


def _encoded(encoding):
    return lambda notebook: notebook_bytes(notebook).decode().encode(encoding, "replace")


def _with(old, new):
    return lambda notebook: notebook_bytes(notebook).replace(old, new)


DAMAGED = [
    failed(BYTES, title, UNREADABLE, raw=raw)
    for title, raw in (
        ("empty file", b""),
        ("half a notebook", b'{"cells": [{"cell_type": "code", "sou'),
        ("null bytes", b"\0" * 5000),
        ("null", b"null"),
        ("a list", b"[]"),
        ("a number of 100000 digits", b'{"cells": ' + b"9" * 100_000 + b"}"),
        ("nested a million times", b"[" * 1_000_000),
        ("nested in objects", b'{"a":' * 100_000),
        ("a zip archive", b"PK\x03\x04" + b"\0" * 100),
        ("a gzip bomb", b"\x1f\x8b\x08" + b"\0" * 100),
        ("a web page", b"<!DOCTYPE html><html><body>Sign in to continue</body></html>"),
        ("a Python script", b"def total(values):\n    return sum(values)\n"),
        ("NaN for cells", b'{"cells": NaN, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'),
        ("a conflict of git", b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> mine\n"),
    )
] + [
    failed(BYTES, "UTF-16", UNREADABLE, _encoded("utf-16")),
    failed(BYTES, "Latin-1", UNREADABLE, _encoded("latin-1")),
    Scenario(BYTES, "UTF-8 with a byte order mark", edit=_encoded("utf-8-sig")),
    Scenario(BYTES, "Windows line ends", edit=_with(b"\n", b"\r\n")),
    failed(BYTES, "a null byte amid the text", UNREADABLE, _with(b"np.sum", b"np\0sum")),
    failed(BYTES, "cut off in the middle", UNREADABLE, lambda nb: notebook_bytes(nb)[:2000]),
    failed(
        BYTES,
        "a huge file",
        "ask for it with all outputs cleared",
        lambda nb: notebook_bytes(nb) + b" " * MAX_BYTES,
    ),
    Scenario(
        BYTES,
        "a null character escaped in an answer",
        {"total": "def total(values):\n    return np.sum(values)\0"},
        marks=NO_TOTAL,
        says={"total": "total"},
    ),
    Scenario(
        BYTES,
        "half a surrogate in an answer",
        edit=_with(b"np.sum(values)", b"np.sum(values)  # \\ud800"),
        marks=FULL,
    ),
    Scenario(
        BYTES,
        "an answer that is no Python",
        {"total": "def total(values)\n    return np.sum(values)"},
        marks=NO_TOTAL,
        says={"total": "total"},
    ),
    Scenario(
        BYTES,
        "an answer of a hundred thousand brackets",
        {"total": "(" * 100_000 + ")" * 100_000},
        marks=NO_TOTAL,
        says={"total": "total"},
    ),
]


NAMED = [
    failed(
        NAMES, "renamed", f"{FILE} is missing (found tiny (1).ipynb)", file_name="tiny (1).ipynb"
    ),
    failed(NAMES, "missing", f"{FILE} is missing (found no notebook)", file_name=None),
    failed(
        NAMES,
        "a script instead",
        f"{FILE} is missing (found no notebook)",
        file_name=None,
        files={"tiny.py": b"pass"},
    ),
    failed(
        NAMES,
        "a folder under the notebook's name",
        f"{FILE} is missing",
        file_name=None,
        files={f"{FILE}/inside.txt": b"x"},
    ),
    Scenario(NAMES, "another notebook beside it", files={"scratch.ipynb": b"{", "TINY.ipynb": b""}),
    Scenario(
        NAMES,
        "checkpoints and rubbish beside it",
        files={
            f".ipynb_checkpoints/{FILE}": b"{",
            "__pycache__/x.pyc": b"\0",
            "Ärger mit ünïcode.txt": b"x",
            "a\nname": b"x",
            "-rf": b"x",
        },
    ),
]


HABITUAL = [
    Scenario(
        HABITS, "input() in a cell", own_cells={"before:total": "name = input('Who are you? ')"}
    ),
    Scenario(
        HABITS,
        "input() within the call",
        {"total": "def total(values):\n    return float(input('Total? '))"},
        marks=NO_TOTAL,
        says={"total": "input"},
    ),
    Scenario(
        HABITS,
        "getpass and stdin",
        own_cells={
            "before:total": "import getpass\ngetpass.getpass()",
            "after:total": "import sys\nsys.stdin.read()\nsys.stdin.readline()",
        },
    ),
    Scenario(
        HABITS,
        "shell magics",
        own_cells={
            "before:total": "!ls -l\nfiles = !ls\n%pwd\n%matplotlib inline\n%timeit -n1 -r1 1 + 1",
            "after:total": "%%bash\necho from the shell\nexit 3",
            "before:average": "%%writefile own.py\nvalue = 1",
            "after:average": "%load_ext autoreload\n%autoreload 2\nimport own\n%run own.py\n%who",
            "before:hidden_total": "!pip install --quiet no-such-package-of-ours",
        },
    ),
    Scenario(
        HABITS,
        "interactive shell started",
        own_cells={"before:total": "!bash -i\n!python\n!read line"},
    ),
    Scenario(
        HABITS,
        "reset of the namespace",
        own_cells={"after:total": "%reset -f"},
        marks=NOTHING,
        says={"total": "total", "average": "np"},
    ),
    Scenario(
        HABITS,
        "many plots left open",
        own_cells={
            "before:total": """\
import matplotlib.pyplot as plt

for n in range(22):
    plt.figure(figsize=(1, 1))
    plt.plot([n, 1])""",
            "after:total": "plt.ion()\nplt.show(block=True)\nplt.pause(0.01)",
        },
    ),
    Scenario(
        HABITS,
        "a backend with windows asked for",
        own_cells={
            "before:total": """\
import matplotlib
matplotlib.use('TkAgg', force=True)
import matplotlib.pyplot as plt
plt.figure()
plt.show()""",
            "after:total": "%matplotlib qt",
        },
    ),
    Scenario(
        HABITS,
        "debugger called",
        own_cells={"before:total": "breakpoint()", "after:total": "%debug"},
    ),
]
