"""Figures that read well on white and on black, and aloud.

`figure` makes axes in *ink*, a placeholder colour; `show` turns them into an inline SVG in which
ink is the colour of the surrounding text, with a description for those who do not see it.
"""

import ast
import html
import inspect
import io
import re
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend

#: Stands for the text colour of the page, whatever that is.
INK = "#010203"
# At least 3:1 against white and against #121212, and told apart by readers with colour blindness.
BLUE, ORANGE, GREEN = "#3b82c4", "#d9730d", "#2f9e6e"
RED, PURPLE, GREY = "#d64550", "#9a6bd0", "#858585"
CYCLE = (BLUE, ORANGE, GREEN, PURPLE, RED, GREY)

_STYLE = {
    "axes.edgecolor": INK,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.prop_cycle": mpl.cycler(color=CYCLE),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlesize": 11,
    "figure.facecolor": "none",
    "font.size": 10,
    "grid.alpha": 0.2,
    "grid.color": INK,
    "legend.framealpha": 0,
    "lines.linewidth": 2,
    "svg.fonttype": "path",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


class Drawing:
    """A finished figure: what a notebook cell shows.

    Parameters
    ----------
    svg
        The drawing, with its description inside.
    alt
        The description, for outputs that show text only.
    """

    def __init__(self, svg: str, alt: str) -> None:
        self.svg, self.alt = svg, alt

    def _repr_html_(self) -> str:
        return f'<div class="figure-ink">{self.svg}</div>'

    def __repr__(self) -> str:
        return f"[Figure: {self.alt}]"


def figure(
    width: float = 6.4, height: float = 3.6, nrows: int = 1, ncols: int = 1, **options: Any
) -> tuple[Figure, Any]:
    """Figure and axes in the course's style.

    Parameters
    ----------
    width, height
        Size in inches; at 6.4 the text matches the page's.
    nrows, ncols
        Grid of axes. More than two side by side cannot be read on a phone.
    options
        Passed to `matplotlib.figure.Figure.subplots`, e.g. ``sharey=True``.

    Returns
    -------
    (Figure, Axes or array of Axes)
    """
    with mpl.rc_context(_STYLE):
        fig = Figure(figsize=(width, height), layout="constrained")
        return fig, fig.subplots(nrows, ncols, **options)


def show(fig: Figure, alt: str) -> Drawing:
    """Turn ``fig`` into what a cell shows.

    Parameters
    ----------
    fig
        From `figure`.
    alt
        What the figure shows, in words, with the numbers that matter.

    Raises
    ------
    ValueError
        Where ``alt`` is empty: a figure without a description is lost on some readers.
    """
    if not alt.strip():
        raise ValueError("describe the figure: show(fig, alt='…') needs the text")
    for legend in fig.findobj(Legend):  # made after `figure` returned, hence not in its style
        legend.get_frame().set(facecolor="none", edgecolor="none")
    buffer = io.StringIO()
    # The same drawing gives the same bytes: no date, and element ids that depend on the content.
    with mpl.rc_context({**_STYLE, "svg.hashsalt": alt}):
        fig.savefig(buffer, format="svg", metadata={"Date": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    # Matplotlib's own black, as of a text added later, is ink too; as a fill it is left unsaid.
    svg = svg.replace(INK, "currentColor").replace("#000000", "currentColor")
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()
    label = html.escape(" ".join(alt.split()), quote=True)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{label}" '
        f'fill="currentColor" '
        f'style="width: 100%; max-width: {float(width) * 4 / 3:.0f}px; height: auto">'
    )
    svg = re.sub(r"<svg[^>]*>", lambda _: opening, svg, count=1)  # a backslash in alt is no escape
    return Drawing(svg, " ".join(alt.split()))


class Source:
    """Source code of the package, shown as highlighted code."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_markdown_(self) -> str:
        return f"```python\n{self.text.rstrip()}\n```"

    def __repr__(self) -> str:
        return self.text


def source(thing: Callable | type) -> Source:
    """Show how the package does it: a function or class with the first line of its docstrings.

    Parameters
    ----------
    thing
        A function or class of `course_utils`.
    """
    text = textwrap.dedent(inspect.getsource(thing))
    lines = text.splitlines()
    documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, documented)]
    for node in sorted(nodes, key=lambda node: -node.lineno):  # from below: lines stay put
        docstring = ast.get_docstring(node)
        if docstring is not None and "\n" in docstring:
            place = node.body[0]
            raw = "r" * lines[place.lineno - 1].lstrip().startswith("r")  # backslashes are meant
            indent = " " * place.col_offset
            summary = docstring.splitlines()[0]
            lines[place.lineno - 1 : place.end_lineno] = [f'{indent}{raw}"""{summary}"""']
    return Source("\n".join(lines))


def points(
    ax: Axes,
    X: np.ndarray,
    y: np.ndarray,
    names: Sequence[str] | None = None,
    size: float = 45,
) -> None:
    """Scatter two classes, told apart by colour and by marker.

    Parameters
    ----------
    ax
        Axes from `figure`.
    X
        Points, shape (N, 2).
    y
        Labels, shape (N,): two values, the smaller drawn as blue circles, the larger as orange
        squares.
    names
        Two names for a legend.
    size
        Area of a marker in points².
    """
    low, high = (np.min(y), np.max(y)) if len(y) else (0, 1)
    styles = [(low, BLUE, "o"), (high, ORANGE, "s")] if low != high else [(low, BLUE, "o")]
    for index, (value, colour, marker) in enumerate(styles):
        chosen = X[y == value]  # (n, 2)
        label = names[index] if names else None
        ax.scatter(
            chosen[:, 0], chosen[:, 1], s=size, c=colour, marker=marker, label=label, zorder=3
        )
    if names:
        ax.legend()


def half_space(
    ax: Axes, w: np.ndarray, b: float, colour: str = INK, shade: str | None = ORANGE, **line: Any
) -> None:
    """Draw the line wᵀx + b = 0 over the present limits and shade the side where it is positive.

    Parameters
    ----------
    ax
        Axes whose limits are set already.
    w, b
        Normal vector, shape (2,), and bias.
    colour, line
        Of the line.
    shade
        Colour of the positive side; None leaves it open.
    """
    xlim, ylim = ax.get_xlim(), ax.get_ylim()
    x1, x2 = np.meshgrid(np.linspace(*xlim, 200), np.linspace(*ylim, 200))  # (200, 200)
    activation = w[0] * x1 + w[1] * x2 + b  # (200, 200)
    if shade is not None and activation.max() > 0:
        levels = [0, activation.max() + 1]
        ax.contourf(x1, x2, activation, levels=levels, colors=[shade], alpha=0.15)
    if activation.min() < 0 < activation.max():
        drawn = ax.contour(x1, x2, activation, levels=[0], colors=[colour], **line)
        drawn.set_linewidth(line.get("linewidths", 2))
    ax.set(xlim=xlim, ylim=ylim)
