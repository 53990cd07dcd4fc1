"""The built pages in a real Chromium: nothing from outside, nothing clipped, dark as light."""

import pytest

from tests.contents import CHAPTERS, PAGES

THEMES = ["light", "dark"]

pytestmark = pytest.mark.browser


def open_page(page, address, name, theme="light"):
    """Go to a page and wait until mathematics and laboratories are there; returns the requests."""
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(f"localStorage.setItem('mode', '{theme}')")
    page.goto(f"{address}/{name}.html", wait_until="networkidle")
    if page.locator(".math").count():
        page.wait_for_selector("mjx-container")
    if page.locator('script[type="application/vnd.jupyter.widget-view+json"]').count():
        page.wait_for_selector(".fnn-play svg[aria-label]", timeout=20_000)
    return requests


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_nobody_else_for_anything(page, address, site, name):
    if not (site / "mathjax").is_dir():
        pytest.skip("npm was not there when the book was built, so pages load from a CDN")
    requests = open_page(page, address, name)
    local = (address, "data:", "blob:")
    assert [url for url in requests if not url.startswith(local)] == []
    assert len(requests) > 5


LOOKS = [(name, width, theme) for name in CHAPTERS for width in (1280, 390) for theme in THEMES]
LOOKS += [(name, *look) for name in PAGES for look in [(1280, "dark"), (390, "light")]]


@pytest.mark.parametrize(("name", "width", "theme"), sorted(set(LOOKS)))
def test_page_fits_and_takes_its_picture(page, address, screenshots, name, width, theme):
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, address, name, theme)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.screenshot(path=screenshots / f"{name}-{width}-{theme}.png", full_page=True)
    assert overflow <= 0
    assert page.get_attribute("html", "data-theme") == theme


_CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const background = (node) => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll(".figure-ink svg, .fnn-play")].map((node) => {
    const [a, b] = [rgb(getComputedStyle(node).color), background(node)].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
}"""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", CHAPTERS)
def test_ink_of_figures_stands_out_from_the_page(page, address, name, theme):
    open_page(page, address, name, theme)
    contrasts = page.evaluate(_CONTRAST)
    assert len(contrasts) >= 4
    assert min(contrasts) >= 4.5


@pytest.mark.parametrize("name", CHAPTERS)
def test_folded_code_and_answers_open_by_keyboard(page, address, name):
    open_page(page, address, name)
    folded = page.locator("details.hide.above-input").first
    assert folded.get_attribute("open") is None
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    assert folded.get_attribute("open") is not None


def test_search_finds_a_chapter(page, address):
    page.goto(f"{address}/search.html?q=margin", wait_until="networkidle")
    page.wait_for_selector("#search-results a")
    assert page.locator('#search-results a[href*="03_perceptron"]').count() >= 1
