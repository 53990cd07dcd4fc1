"""Innocent: odd but honest work that prints, warns and displays; it earns full marks."""

import nbformat

from tests.attacks.scenario import Scenario

WARNS = "warnings and stderr"


def honest(row, title, code, **changes):
    """A right first answer."""
    return Scenario(row, title, {"total": code}, **changes)


def _kept(*texts):
    def proof(graded, scenario):
        printed = graded.printed(scenario)
        for text in texts:
            assert text in printed, f"{text!r} was not kept"

    return proof


def _scripted(notebook):
    """Scripts where only text should be, and among outputs that were there before."""
    scripts = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    notebook.cells.append(nbformat.v4.new_markdown_cell(scripts, id="scripts"))
    for code in (c for c in notebook.cells if c.cell_type == "code"):
        code.outputs = [nbformat.v4.new_output("display_data", {"text/html": scripts})]
    return notebook


def _inert(graded, scenario):
    page = graded.feedback(scenario)
    for text in (
        "<script>alert(1)",
        "<img src=x onerror",
        "<iframe src=x",
        'href="javascript:alert',
        "<svg xmlns='http",
    ):
        assert text not in page, text


INNOCENT = [
    honest(
        WARNS,
        "warns and writes to stderr",
        """\
import sys, warnings

def total(values):
    warnings.warn("mind the step")
    print("noise", file=sys.stderr)
    print("printed")
    return np.sum(values)""",
        proof=_kept("mind the step", "noise", "printed"),
    ),
    honest(
        WARNS,
        "division by zero warned of",
        "def total(values):\n    np.array([1.0]) / 0\n    np.log(-1.0)\n    return np.sum(values)",
    ),
    honest(
        WARNS,
        "warnings from below, and logging",
        """\
import logging, os, subprocess

logging.basicConfig(level=logging.DEBUG)

def total(values):
    logging.getLogger().warning("logged")
    os.write(2, b"raw noise")
    subprocess.run("echo from a child >&2; echo from a child", shell=True)
    return np.sum(values)""",
    ),
    Scenario(
        WARNS,
        "an own cell that fails",
        own_cells={"before:total": "1 / 0", "after:total": "def broken(:\n    pass"},
        proof=_kept("ZeroDivisionError", "SyntaxError"),
    ),
    Scenario(
        WARNS,
        "progress bars and widgets",
        own_cells={
            "before:total": "from tqdm.auto import tqdm\n\nfor _ in tqdm(range(100)):\n    pass",
            "after:total": "import ipywidgets\n\nipywidgets.IntSlider()",
        },
    ),
    Scenario(
        WARNS,
        "HTML and scripts displayed",
        own_cells={
            "before:total": """\
from IPython.display import HTML, SVG, Javascript, Markdown, display

display(HTML("<script>alert(1)</script><img src=x onerror=alert(1)><iframe src=x></iframe>"))
display(Javascript("alert(1)"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>"))
display(Markdown("[x](javascript:alert(1)) <script>alert(1)</script>"))
display({"text/html": "<script>alert(1)</script>", "text/plain": "<script>alert(1)</script>"}, raw=True)
display({"image/png": "'\\"><script>alert(1)</script>", "text/latex": "</script><script>alert(1)"}, raw=True)
print("<script>alert(1)</script>\\x1b]8;;javascript:alert(1)\\x07x")"""
        },
        proof=_inert,
    ),
    Scenario(
        WARNS,
        "scripts in the outputs of the file and in the text",
        edit=_scripted,
        proof=_inert,
    ),
]
