"""Figures: read on any background, described in words, the same bytes each time."""

import inspect
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import matplotlib as mpl
import numpy as np
import pytest

from course_utils import plot

SVG = "{http://www.w3.org/2000/svg}"


def drawing(alt="Two classes and the line between them.", title="a title"):
    fig, ax = plot.figure()
    X = np.array([[0.0, 0], [1, 1], [2, 0.5]])
    plot.points(ax, X, np.array([0, 1, 1]), names=["no", "yes"])
    plot.half_space(ax, np.array([1.0, -0.5]), -0.4)
    ax.plot([0, 1], [1, 0], label="line")
    ax.legend()
    ax.text(1, 1, "black by default")
    ax.set(title=title, xlabel="x₁", ylabel="x₂")
    ax.grid()
    return plot.show(fig, alt=alt)


def elements(svg):
    return list(ElementTree.fromstring(svg).iter())


def test_ink_is_the_colour_of_the_page_and_nothing_is_black_or_white():
    svg = drawing().svg
    assert "currentColor" in svg
    assert plot.INK not in svg.lower()
    painted = set(re.findall(r"(?:fill|stroke): ?([^;\"]+)", svg))
    assert painted <= {"none", "currentColor", *plot.CYCLE}
    assert elements(svg)[0].get("fill") == "currentColor"  # black is what SVG leaves unsaid


def test_what_is_added_in_black_later_is_ink_too():
    fig, ax = plot.figure()
    ax.text(0.5, 0.5, "black by default")
    ax.axhline(0.3, color="black")
    ax.annotate("", (0, 0), (1, 1), arrowprops={"arrowstyle": "->"})
    svg = plot.show(fig, alt="A text, a line and an arrow.").svg
    assert "#000" not in svg


def test_alternative_text_reaches_those_who_do_not_see():
    alt = 'Risk "R(α)" falls\n  from 0.5 to 0.1 & <stays> there.'
    figure = drawing(alt)
    root = elements(figure.svg)[0]
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    plain = 'Risk "R(α)" falls from 0.5 to 0.1 & <stays> there.'
    assert root.get("aria-label") == plain
    assert figure.alt == plain
    assert repr(figure) == f"[Figure: {plain}]"
    assert figure._repr_html_() == f'<div class="figure-ink">{figure.svg}</div>'


@pytest.mark.parametrize("alt", [r"the angle \pi and \alpha", r"\1 \g<0>", "100 %"])
def test_alternative_text_may_hold_any_character(alt):
    assert elements(drawing(alt).svg)[0].get("aria-label") == alt


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_a_figure_without_description_is_refused(alt):
    with pytest.raises(ValueError, match="describe the figure"):
        drawing(alt)


def test_a_figure_fits_a_narrow_page():
    root = elements(drawing().svg)[0]
    assert root.get("width") is None
    assert "width: 100%" in root.get("style")
    assert "max-width: 614px" in root.get("style")  # 6.4 inches of 96 px
    assert root.get("viewBox") == "0 0 460.8 259.2"  # in points


def test_the_same_figure_has_the_same_bytes():
    assert drawing().svg == drawing().svg
    code = "from tests.test_plot import drawing; import hashlib; " \
           "print(hashlib.sha256(drawing().svg.encode()).hexdigest())"  # fmt: skip
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert len({run.stdout for run in runs}) == 1
    assert not re.search(r"<metadata|<dc:date", drawing().svg)


def test_two_figures_on_a_page_share_no_element_ids():
    one, two = (
        {e.get("id") for e in elements(drawing(alt).svg) if e.get("id")} for alt in ("one", "two")
    )
    referenced = re.compile(r"url\(#([^)]+)\)|xlink:href=\"#([^\"]+)\"")
    for svg, ids, others in ((drawing("one").svg, one, two), (drawing("two").svg, two, one)):
        used = {a or b for a, b in referenced.findall(svg)}
        assert used
        assert used <= ids
        clips = {name for name in used if name.startswith("p")}
        assert clips.isdisjoint(others)


def test_style_stays_inside_the_figure():
    before = dict(mpl.rcParams)
    drawing()
    assert dict(mpl.rcParams) == before


def test_figure_passes_options_on():
    fig, axes = plot.figure(4, 3, nrows=2, ncols=2, sharex=True)
    assert axes.shape == (2, 2)
    assert fig.get_size_inches().tolist() == [4, 3]
    assert axes[0, 0].get_shared_x_axes().joined(axes[0, 0], axes[1, 1])


def test_colours_can_be_seen_on_white_and_on_near_black():
    def luminance(colour):
        rgb = np.array(mpl.colors.to_rgb(colour))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]  # WCAG 2, relative luminance

    for colour in plot.CYCLE:
        for ground in ("#ffffff", "#121212"):
            light, dark = sorted([luminance(colour), luminance(ground)], reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 3, (colour, ground)


def test_classes_differ_in_colour_and_in_marker():
    _, ax = plot.figure()
    X, y = np.arange(12.0).reshape(6, 2), np.array([1, -1, 1, 1, -1, -1])
    plot.points(ax, X, y)
    low, high = ax.collections
    assert low.get_offsets().tolist() == X[y == -1].tolist()
    assert high.get_offsets().tolist() == X[y == 1].tolist()
    assert mpl.colors.same_color(low.get_facecolor()[0], plot.BLUE)
    assert mpl.colors.same_color(high.get_facecolor()[0], plot.ORANGE)
    assert len(low.get_paths()[0]) != len(high.get_paths()[0])


@pytest.mark.parametrize("y", [[], [1, 1]])
def test_points_of_no_or_one_class(y):
    _, ax = plot.figure()
    plot.points(ax, np.zeros((len(y), 2)), np.array(y), names=["no", "yes"])
    assert sum(len(c.get_offsets()) for c in ax.collections) == len(y)


def test_half_space_draws_the_line_and_shades_the_positive_side():
    _, ax = plot.figure()
    ax.set(xlim=(-2, 2), ylim=(-1, 3))
    w, b = np.array([1.0, 2.0]), -1.5
    plot.half_space(ax, w, b, linewidths=3)
    shaded, line = ax.collections
    for x in line.get_paths()[0].vertices:
        assert w @ x + b == pytest.approx(0, abs=1e-9)
    inside = shaded.get_paths()[0]
    for x in ([1.5, 2.5], [1.9, 0.1], [-1.9, -0.9], [0.0, 0.0]):
        assert inside.contains_point(x) == (w @ x + b > 0)
    assert line.get_linewidth() == 3
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 2), (-1, 3))


@pytest.mark.parametrize(("b", "drawn"), [(1.0, 1), (-1.0, 0)])
def test_half_space_without_a_line_in_sight(b, drawn):
    _, ax = plot.figure()
    plot.half_space(ax, np.zeros(2), b)
    assert len(ax.collections) == drawn


class Documented:
    r"""A class with \alpha in its first line.

    More that a page need not show.
    """

    class Inner:
        """Inner one."""

        def first(self):
            """Inner method.

            Its details, over
            several lines.
            """
            return 1

    def second(self):
        """Outer method.

        Its details.
        """

        def inner():
            """Nested function.

            Details.
            """
            return "kept"

        return inner()

    def third(self):
        return 3


def test_source_shows_code_with_the_first_line_of_each_docstring():
    shown = repr(plot.source(Documented))
    assert "details" not in shown.lower()
    assert "More that" not in shown
    assert [line.strip() for line in shown.splitlines() if '"""' in line] == [
        r'r"""A class with \alpha in its first line."""',
        '"""Inner one."""',
        '"""Inner method."""',
        '"""Outer method."""',
        '"""Nested function."""',
    ]
    space = {}
    exec(shown, space)
    assert space["Documented"]().second() == "kept"
    assert space["Documented"].Inner().first() == 1
    assert space["Documented"]().third() == 3


def test_source_is_dedented_and_highlighted():
    shown = plot.source(Documented.third)
    assert repr(shown) == "def third(self):\n    return 3"
    assert shown._repr_markdown_() == "```python\ndef third(self):\n    return 3\n```"
    assert inspect.getsource(plot.half_space).splitlines()[0] in repr(plot.source(plot.half_space))
