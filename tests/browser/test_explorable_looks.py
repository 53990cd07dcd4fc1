"""What every explorable owes every reader: room, contrast, focus, names, themes; and pictures."""

import re

import pytest
from explorable_page import mount, nudge, overflowing

from course_utils.explore import DecisionPlay
from tests.plays import BUSY

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 390, 700, 1000])
@pytest.mark.parametrize("name", BUSY)
def test_nothing_sticks_out(page, tmp_path, name, width):
    page.set_viewport_size({"width": width, "height": 844})
    mount(page, BUSY[name](), tmp_path)
    assert overflowing(page) == []


@pytest.mark.parametrize("name", BUSY)
def test_it_follows_a_column_that_narrows(page, tmp_path, name):
    mount(page, BUSY[name](), tmp_path)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        "[...document.querySelectorAll('.fnn-chart')]"
        ".every((c) => c.getBoundingClientRect().right <= 390)"
    )
    assert overflowing(page) == []


@pytest.mark.parametrize("name", BUSY)
def test_every_control_is_reached_by_tab_and_shows_it(page, tmp_path, name):
    mount(page, BUSY[name](), tmp_path)
    controls = page.locator(
        ".fnn-play :is(button:enabled, input:enabled:not([type=radio]), [tabindex='0'])"
    )
    groups = page.locator(".fnn-choice").count()
    wanted = controls.count() + groups
    reached = set()
    for _ in range(wanted):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
              const n = document.activeElement;
              const shown = n.type === "radio" ? n.nextElementSibling : n;
              const style = getComputedStyle(shown);
              n.dataset.reached = "yes";
              return { inside: !!n.closest(".fnn-play"), outline: style.outlineStyle,
                       width: parseFloat(style.outlineWidth),
                       name: n.ariaLabel || n.labels?.[0]?.textContent || n.textContent };
            }"""
        )
        assert state["inside"]
        assert state["name"].strip()
        assert state["outline"] == "solid"
        assert state["width"] >= 2
        reached.add(state["name"])
    assert page.locator("[data-reached]").count() == wanted
    unshielded = page.locator(
        ".fnn-play :is(button, input, [tabindex]):not([data-lm-suppress-shortcuts])"
    )
    assert unshielded.count() == 0  # JupyterLab would take arrows and Enter for itself


@pytest.mark.parametrize("name", BUSY)
def test_targets_are_large_enough_for_a_finger(page, tmp_path, name):
    page.set_viewport_size({"width": 390, "height": 844})
    mount(page, BUSY[name](), tmp_path)
    small = page.eval_on_selector_all(
        ".fnn-play :is(button, input[type=range], .fnn-check, .fnn-choice label),"
        ".fnn-play :is(.fnn-handle, .fnn-grab)",
        """nodes => nodes.map(n => [n, n.getBoundingClientRect()])
             .filter(([n, r]) => r.width && (r.height < 39.9 || r.width < 39.9))
             .map(([n, r]) => `${n.tagName} ${n.textContent} ${r.width} x ${r.height}`)""",
    )
    assert small == []


@pytest.mark.parametrize("name", BUSY)
def test_plots_describe_themselves(page, tmp_path, name):
    mount(page, BUSY[name](), tmp_path)
    plots = page.locator(".fnn-play svg")
    labels = [plots.nth(i).get_attribute("aria-label") for i in range(plots.count())]
    assert all(plots.nth(i).get_attribute("role") == "img" for i in range(plots.count()))
    assert all(len(label) > 40 and re.search(r"\d", label) for label in labels)


def test_results_are_announced_once_the_hand_rests(page, tmp_path):
    mount(page, DecisionPlay(), tmp_path)
    status = page.locator(".fnn-announcer")
    assert status.get_attribute("aria-live") == "polite"
    nudge(page, "Threshold", "ArrowLeft", 5)
    page.wait_for_function("document.querySelector('.fnn-announcer').textContent.includes('Risk')")
    assert page.locator("output:not([aria-live=off])").count() == 0


def luminance(colour):
    channels = [int(float(v)) / 255 for v in re.findall(r"[\d.]+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours(page):
    return page.evaluate(
        """() => {
          const play = document.querySelector(".fnn-play"), probe = document.createElement("i");
          play.append(probe);
          const found = {};
          const names = "ink muted ground class-0 class-1 ink-0 ink-1 accent";
          for (const name of names.split(" ")) {
            probe.style.color = `var(--${name})`;
            found[name] = getComputedStyle(probe).color;
          }
          probe.remove();
          return found;
        }"""
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(page, tmp_path, theme):
    mount(page, DecisionPlay(), tmp_path, theme=theme)
    found = colours(page)
    for text in ("ink", "muted", "ink-0", "ink-1"):
        assert contrast(found[text], found["ground"]) >= 4.5, text
    for shape in ("class-0", "class-1", "accent"):
        assert contrast(found[shape], found["ground"]) >= 3, shape


def ground(page):
    style = "getComputedStyle(document.querySelector('.fnn-play')).backgroundColor"
    return "dark" if luminance(page.evaluate(style)) < 0.2 else "light"


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_page_decides_the_theme_before_the_system_does(page, tmp_path, system):
    page.emulate_media(color_scheme=system)
    mount(page, DecisionPlay(), tmp_path, theme="light")
    assert ground(page) == "light"
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert ground(page) == "dark"
    page.evaluate("delete document.documentElement.dataset.theme")
    assert ground(page) == system
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert ground(page) == "light"
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    assert ground(page) == "dark"


@pytest.mark.parametrize(("look", "width", "theme"), [
    ("light", 760, "light"), ("dark", 760, "dark"), ("phone", 390, "light"),
])  # fmt: skip
@pytest.mark.parametrize("name", BUSY)
def test_picture(page, tmp_path, screenshots, name, look, width, theme):
    page.set_viewport_size({"width": width, "height": 844})
    mount(page, BUSY[name](), tmp_path, theme=theme)
    file = screenshots / f"explorable-{name}-{look}.png"
    page.screenshot(path=file, full_page=True)
    assert file.stat().st_size > 10_000


# What JupyterLab and the book's theme do to plain elements in an output.
HOST = """
  main dl { display: block; margin: 30px; } main dt { float: left; width: 20%; margin: 9px; }
  main dd { float: left; width: 80%; margin-left: 32px; } main tr:nth-child(even) { background: #f00; }
  main table { margin: 40px auto; } main p { margin: 30px; } main td { text-align: right; }
"""


@pytest.mark.parametrize("name", BUSY)
def test_the_style_of_the_host_does_not_break_the_results(page, tmp_path, name):
    mount(page, BUSY[name](), tmp_path)
    page.add_style_tag(content=HOST)
    rows = page.evaluate(
        """() => [...document.querySelectorAll(".fnn-results dt")].map((dt) => {
             const [term, value] = [dt, dt.nextElementSibling].map((n) => n.getBoundingClientRect());
             return [Math.abs(term.y - value.y), value.x - term.right];
           })"""
    )
    assert len(rows) >= 3
    assert all(drop < 1 and gap >= 0 for drop, gap in rows)
    assert overflowing(page) == []
