"""The feedback page in a real browser: a hostile student's does nothing, and every one reads well."""

import base64
import io
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import matplotlib.pyplot as plt
import pytest

from tests.graded_notebook import (
    answer,
    code,
    hidden_cell,
    marked,
    page_of,
    printed,
    question,
    raised,
    shown,
    text,
)
from tests.hostile_markdown import HOSTILE

pytestmark = pytest.mark.browser

LOOKS = {"light": ("light", 1000), "dark": ("dark", 1000), "phone": ("light", 390)}


@pytest.fixture(scope="module")
def plot():
    figure, axes = plt.subplots(figsize=(6, 3))
    axes.plot([0, 1, 4, 9])
    file = io.BytesIO()
    figure.savefig(file, format="png")
    plt.close(figure)
    return shown(image_png=base64.b64encode(file.getvalue()).decode(), text_plain="<Figure>")


@pytest.fixture(scope="module")
def ordinary(plot):
    """A page on which everything stands that a page can have."""
    message = (
        "total([1, 2, 4]): 3 times too small: averaged instead of summed?\n  expected 7\n  got 2"
    )
    frames = [
        "Cell [average], line 2, in average",
        "    return values[99]",
        "IndexError: out of range",
    ]
    long_line = "x = " + " + ".join(f"term_{n}" for n in range(60))
    written = {"grade_id": "explain", "grade": True, "solution": True, "points": 2}
    return page_of(
        text("# A tiny assignment\n\nHow it works: $x_0 = 1$."),
        code("import numpy as np", grade_id="imports", locked=True),
        question(body="Add $\\sum_i x_i$.\n\n<details><summary>Hint</summary>\n\nLook.\n\n</details>"),
        answer(f"def total(values):\n    return np.mean(values)  # {'no ' * 40}\n{long_line}", plot),
        code("print(total([1]))", printed("1\n" + "wide " * 60 + "\n" + "x" * 300), key="own"),
        marked("test_total", 0, 1, raised("CheckFailed", message, "✗")),
        hidden_cell(0, raised("CheckFailed", message)),
        question("average", "Question 2 · Average of very many and rather long words (3 points)"),
        answer("def average(values):\n    return values[99]", key="average"),
        marked("test_average", 0, 1, raised("IndexError", "out of range", *frames)),
        marked("hidden_average", 2, 2),
        question("explain", "Question 3 · Explain (2 points, marked by a person)"),
        text("Because $$\\frac{1}{N}\\sum_{i=1}^N (y_i - w^\\top x_i)^2 + \\lambda\\|w\\|^2 + a + b + c"
             " + d + e + f + g + h + i + j + k = 0$$\n\n| a | b |\n|---|---|\n| 1 | 2 |",
             **written, score=0.0, waits=True, comment="See `page 3` and $a + 0 = a$."),
        late_penalty=1,
    )  # fmt: skip


@pytest.fixture
def show(page, tmp_path):
    """Open a page from a file; gives a growing list of the addresses that it asks for."""

    def show(html, *, theme="light", width=1000):
        asked = []
        file = tmp_path / "feedback.html"
        file.write_text(html, encoding="utf-8")
        known = (file.as_uri(), "data:")
        page.on("request", lambda r: None if r.url.startswith(known) else asked.append(r.url))
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        page.goto(file.as_uri())
        page.wait_for_timeout(300)
        return asked

    return show


def test_hostile_work_does_nothing(page, show):
    """Markdown, code, outputs, comments and errors full of attacks; not even the policy is needed."""
    attacks = "\n\n".join(HOSTILE)
    kinds = {"text_html": attacks, "image_svg": HOSTILE[2], "application_javascript": "alert(1)"}
    script = "<script>document.title = 'taken'</script></pre></main><img src=x onerror=alert(1)>"
    html = page_of(
        text(f"# {script}\n\n{attacks}"),
        question(title=script),
        answer(script, printed(script), shown(text_plain=script, **kinds), shown(**kinds),
               raised(script, script, script)),
        *[text(source) for source in HOSTILE],
        marked("test_total", 0, 1, raised("CheckFailed", f"{script}\n{script}")),
        hidden_cell(0, raised(script, script, script)),
        text(attacks, grade_id="explain", grade=True, solution=True, score=1.0, points=2,
             comment=attacks),
        student=script,
    )  # fmt: skip
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    asked = show(html)
    page.wait_for_timeout(700)  # for a refresh or a late script
    assert asked == []
    assert page.url.startswith("file:")
    assert page.title() != "taken"
    assert page.locator("script, iframe, form, object, embed, svg, input, button").count() == 0
    assert page.locator("meta[http-equiv=refresh], base, style").count() == 1  # our own style
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.locator("main > section").count() == 2
    handlers, fixed = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll("*")];
          const handled = (n) => [...n.attributes].some((a) => /^on|^style$/i.test(a.name));
          const lifted = (n) => ["fixed", "sticky", "absolute"].includes(getComputedStyle(n).position);
          return [all.filter(handled).length, all.filter(lifted).map((n) => n.tagName)];
        }"""
    )
    assert handlers == 0
    assert fixed == ["CAPTION"]  # for screen readers, ours
    links = page.eval_on_selector_all("main a", "nodes => nodes.map(n => n.href)")
    assert all(re.match("https?:|mailto:|file:.*#", link) for link in links), links


@pytest.fixture
def listener():
    """A server on loopback: its address, and the paths that something asked it for."""
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.mark.console_errors_allowed
@pytest.mark.parametrize("policy", [True, False], ids=["policy", "none"])
def test_the_policy_holds_even_where_something_came_through(page, show, ordinary, listener, policy):
    """Attacks written into the finished page, as if the escaping had a hole; and a page without it."""
    address, asked = listener
    hole = f"""
      <script>window.taken = true</script><img src="{address}/image">
      <iframe src="{address}/frame"></iframe><object data="{address}/object"></object>
      <link rel="stylesheet" href="{address}/link">
      <style>@import "{address}/import"; h1 {{ position: fixed }}</style>
      <p id="overlay" style="position: fixed; inset: 0">overlay</p>
      <form action="{address}/form"></form>"""
    html = ordinary.replace("</main>", hole + "</main>")
    show(html if policy else html.replace("Content-Security-Policy", "nothing"))
    places = "['h1', '#overlay'].map(x => getComputedStyle(document.querySelector(x)).position)"
    taken = page.evaluate(f"[window.taken, ...{places}]")
    page.evaluate("document.forms[0].requestSubmit()")
    page.wait_for_timeout(500)
    if policy:
        assert taken == [None, "static", "static"]
        assert asked == []
        assert page.url.startswith("file:")
    else:
        assert taken == [True, "fixed", "fixed"]
        for kind in ("image", "frame", "object", "link", "import", "form"):
            assert any(path.startswith(f"/{kind}") for path in asked), kind


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_fits_and_has_contrast(page, show, ordinary, screenshots, look):
    theme, width = LOOKS[look]
    assert show(ordinary, theme=theme, width=width) == []
    for unfolded in (False, True):
        page.evaluate(
            f"document.querySelectorAll('details').forEach(d => d.open = {str(unfolded).lower()})"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        faint = page.evaluate(FAINT_TEXT)
        assert faint == []
        page.screenshot(path=screenshots / f"feedback_{look}_{unfolded}.png", full_page=True)
    assert page.locator("img").evaluate("image => image.naturalWidth") > 100
    boxes = page.eval_on_selector_all(
        "math", "all => all.map(n => n.getBoundingClientRect().width)"
    )
    assert len(boxes) >= 4
    assert all(box > 5 for box in boxes)


# Text whose contrast with what lies behind it is below 4.5 : 1 (WCAG AA).
FAINT_TEXT = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const behind = (node) => {
    for (let n = node; n; n = n.parentElement) {
      const found = channels(getComputedStyle(n).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.getClientRects().length) continue;
    const [a, b] = [channels(getComputedStyle(node).color), behind(node)].map(luminance);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${node.className} ${node.textContent.slice(0, 30)}`);
  }
  return faint;
}"""


def test_by_keyboard(page, show, ordinary):
    show(ordinary)
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.textContent") == "Question 1 · Total"
    assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.url.endswith("#question-total")
    page.keyboard.press("Tab")  # goes on from there
    assert page.evaluate(f"{focused}.textContent") == "What was asked"
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.parentElement.open")
    for name in (
        "Question 1 · Total (3 points)",
        "Question 3 · Explain (2 points, marked by a person)",
    ):
        assert page.get_by_role("heading", name=name, level=2).count() == 1
    assert page.get_by_role("table", name="Questions, points and results").count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_print(page, show, ordinary, screenshots, theme):
    show(ordinary, theme=theme)
    page.evaluate("document.querySelector('details.asked').open = true")
    page.emulate_media(media="print", color_scheme=theme)
    style = "getComputedStyle(document.body)"
    assert page.evaluate(f"[{style}.backgroundColor, {style}.color]") == [
        "rgb(255, 255, 255)",
        "rgb(0, 0, 0)",
    ]
    assert page.evaluate(FAINT_TEXT) == []
    assert page.get_by_text("Add", exact=False).first.is_visible()  # what is open is printed
    assert not page.locator("section.before").is_visible()  # all of it is folded
    assert not page.get_by_text("Back to the summary").first.is_visible()
    for part in page.locator(".test").all():
        assert part.evaluate("node => getComputedStyle(node).breakInside") == "avoid"
    page.pdf(path=screenshots / f"feedback_{theme}.pdf", format="A4")
