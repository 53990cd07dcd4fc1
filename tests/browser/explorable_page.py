"""Open an explorable in a bare page, move its controls by keyboard, read its numbers back.

`read_quantity`, `read_all` and `nudge` work on any page that holds explorables, the built book too;
`mount` makes the bare page, in which a small object stands for anywidget's model.
"""

import json
from pathlib import Path
from typing import Any

# What anywidget gives an explorable: get, set, on, off, save_changes. `saved` keeps what was sent
# to Python; `receive` is a change that comes from Python.
_PAGE = """<!doctype html>
<html lang="en" %(theme)s><head><meta charset="utf-8"><title>explorable</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<style>%(css)s</style>
<style>
  body { margin: 0; padding: 8px; font-family: system-ui, sans-serif; background: #fff; }
  html[data-theme="dark"] body { background: #14181e; }
  main { max-width: 716px; margin: auto; }
</style></head><body><main></main>
<script type="module">
  const widget = (await import(URL.createObjectURL(
    new Blob([%(esm)s], { type: "text/javascript" })))).default;
  const values = %(state)s, listeners = new Map();
  let dirty = {};
  const model = {
    saved: [],
    get: (name) => values[name],
    set(name, value) {
      if (JSON.stringify(values[name]) === JSON.stringify(value)) return;
      values[name] = value;
      dirty[name] = value;
      for (const f of [...(listeners.get(`change:${name}`) ?? [])]) f();
    },
    save_changes() { if (Object.keys(dirty).length) this.saved.push(dirty); dirty = {}; },
    on(event, f) { listeners.set(event, [...(listeners.get(event) ?? []), f]); },
    off(event, f) { listeners.set(event, (listeners.get(event) ?? []).filter((g) => g !== f)); },
  };
  const disposers = [];
  for (let i = 0; i < %(views)d; i++) {
    const el = document.querySelector("main").appendChild(document.createElement("div"));
    disposers.push(await widget.render({ model, el }));
  }
  Object.assign(window, { model, disposers, values,
    receive(changes) { for (const [k, v] of Object.entries(changes)) model.set(k, v); dirty = {}; },
    listenerCount: () => [...listeners.values()].reduce((n, list) => n + list.length, 0),
  });
  document.body.dataset.ready = "yes";
</script></body></html>"""


def mount(page, play, folder: Path, *, theme: str | None = "light", views: int = 1) -> None:
    """Show the explorable `play` in `page`; `folder` receives the HTML file."""
    state = {name: getattr(play, name) for name in play.keys if not name.startswith("_")}
    state = {name: v for name, v in state.items() if isinstance(v, int | float | str | list | dict)}
    text = _PAGE % {
        "theme": f'data-theme="{theme}"' if theme else "",
        "css": play._css,
        "esm": json.dumps(play._esm).replace("</", "<\\/"),
        "state": json.dumps(state),
        "views": views,
    }
    file = folder / "explorable.html"
    file.write_text(text, encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector(".fnn-play svg[aria-label]")


def saved(page) -> dict[str, Any]:
    """Everything the page has sent to Python so far, later values over earlier ones."""
    return page.evaluate("Object.assign({}, ...model.saved)")


def receive(page, **changes: Any) -> None:
    """Change traits as if Python had."""
    page.evaluate("(changes) => receive(changes)", changes)


def read_quantity(page, name: str, view: int = 0) -> float | None:
    """The number shown under this name, in full precision; None where there is none at present."""
    value = page.locator(f'[data-quantity="{name}"]').nth(view).get_attribute("data-value")
    return float(value) if value else None


def read_all(page) -> dict[str, float | None]:
    """All numbers that are shown, by name (of several views, the first)."""
    found = page.eval_on_selector_all(
        "[data-quantity]", "nodes => nodes.map(n => [n.dataset.quantity, n.dataset.value])"
    )
    return {name: float(value) if value else None for name, value in reversed(found)}


def nudge(page, label: str, key: str, times: int = 1) -> None:
    """Focus the control with this accessible name and press a key on it."""
    control = page.get_by_label(label, exact=True).first
    control.focus()
    for _ in range(times):
        page.keyboard.press(key)


def overflowing(page) -> list[str]:
    """Describe elements that stick out of the page to the right (scrolling sideways)."""
    return page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          const sticksOut = (n) => n.getBoundingClientRect().right > wide + 0.5;
          const out = [...document.querySelectorAll(".fnn-play, .fnn-play *")]
            .filter((n) => !n.closest(".fnn-announcer") && sticksOut(n))
            .map((n) => `${n.tagName} ${n.getAttribute("class")} ${n.textContent.slice(0, 30)}`);
          if (document.documentElement.scrollWidth > wide) out.push("the page scrolls sideways");
          return out;
        }"""
    )


def evaluate_model(page, folder: Path, module: str, expression: str, argument: Any = None) -> Any:
    """Evaluate a JavaScript function over an explorable's pure functions, without drawing.

    `expression` is a function of one argument; `module` is a file such as ``decision/model.js``.
    """
    from course_utils.explore.base import compose

    file = folder / "model.html"
    code = f"{compose(module)}\nwindow.model = {expression};"
    file.write_text(
        f'<!doctype html><link rel="icon" href="data:,"><script type="module">{code}</script>',
        encoding="utf-8",
    )
    page.goto(file.as_uri())
    return page.evaluate("(argument) => window.model(argument)", argument)


def drag(page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press the pointer at `start`, move it to `end` in two moves, let go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*((a + b) / 2 for a, b in zip(start, end, strict=True)))
    page.mouse.move(*end)
    page.mouse.up()


def centre(locator) -> tuple[float, float]:
    """The middle of an element, in pixels of the window."""
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
