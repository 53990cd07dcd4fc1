// Charts in SVG, drawn in CSS pixels so that text keeps its size when the column narrows.

function linearScale([d0, d1], [r0, r1]) {
  const scale = (value) => r0 + ((value - d0) / (d1 - d0)) * (r1 - r0);
  scale.invert = (pixel) => d0 + ((pixel - r0) / (r1 - r0)) * (d1 - d0);
  scale.domain = [d0, d1];
  scale.range = [r0, r1];
  return scale;
}

// The step 1, 2 or 5 times a power of ten that cuts `span` into at most `count` parts.
function niceStep(span, count) {
  const raw = span / count, power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((m) => m * power).find((step) => step >= raw * (1 - 1e-9));
}

function ticksOf([low, high], count) {
  const step = niceStep(high - low, count), ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.push(i * step);
  return ticks;
}

function niceMax(value, count = 4) {
  if (!(value > 0)) return 1;
  const step = niceStep(value, count);
  return step * Math.ceil(value / step - 1e-9);
}

function decimalsOf(ticks) {
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

// A chart that redraws itself when its column changes width. `draw(plot)` fills it anew each time;
// plot = { x, y: scales, add(tag, attributes, …), width, height }.
function chart({ height, margin, title, draw }) {
  const name = uniqueId("chart");
  const svg = svgElement("svg", { role: "img", class: "fnn-chart" });
  const node = element("div", { class: "fnn-plot" }, svg);
  let width = 0, current = null;

  function paint() {
    if (!current || width === 0) return;
    const tall = typeof height === "function" ? height(width) : height;
    furnish(svg, { width, height: tall, viewBox: `0 0 ${width} ${tall}` }, []);
    svg.replaceChildren(hatch(`${name}-0`, 45, "fnn-hatch-0"), hatch(`${name}-1`, -45, "fnn-hatch-1"));
    const plot = {
      width, height: tall, margin, svg,
      hatch: [`url(#${name}-0)`, `url(#${name}-1)`],
      left: margin.left, right: width - margin.right, top: margin.top, bottom: tall - margin.bottom,
      add(tag, attributes, ...children) {
        const child = svgElement(tag, attributes, ...children);
        svg.append(child);
        return child;
      },
    };
    const description = draw(plot, current);
    svg.setAttribute("aria-label", description ? `${title}. ${description}` : title);
  }

  const observer = new ResizeObserver(([entry]) => {
    const next = Math.floor(entry.contentRect.width);
    if (next !== width) { width = next; paint(); }
  });
  observer.observe(node);
  return {
    node, svg,
    update(state) { current = state; paint(); },
    repaint: paint,
    dispose() { observer.disconnect(); },
  };
}

// One hatch for each class: they differ in direction as well as in colour.
function hatch(id, angle, className) {
  return svgElement("pattern", {
    id, class: className, width: 6, height: 6, patternUnits: "userSpaceOnUse",
    patternTransform: `rotate(${angle})`,
  }, svgElement("line", { x1: 0, y1: 0, x2: 0, y2: 6 }));
}

function xAxis(plot, scale, ticks, label) {
  plot.add("line", { class: "fnn-axis", x1: plot.left, x2: plot.right, y1: plot.bottom, y2: plot.bottom });
  const digits = decimalsOf(ticks);
  for (const tick of ticks) {
    const x = scale(tick);
    plot.add("line", { class: "fnn-axis", x1: x, x2: x, y1: plot.bottom, y2: plot.bottom + 4 });
    plot.add("text", { class: "fnn-tick", x, y: plot.bottom + 17, "text-anchor": "middle" },
      formatNumber(tick, digits));
  }
  if (label) {
    plot.add("text", { class: "fnn-label", x: plot.right, y: plot.bottom + 33, "text-anchor": "end" },
      ...mathText(label));
  }
}

// "threshold *t*": what stands between stars is set in italics.
function mathText(text) {
  return text.split("*").map((part, i) => (i % 2 ? svgElement("tspan", { "font-style": "italic" }, part) : part));
}

function yAxis(plot, scale, ticks, label) {
  const digits = decimalsOf(ticks);
  for (const tick of ticks) {
    const y = scale(tick);
    plot.add("line", { class: "fnn-gridline", x1: plot.left, x2: plot.right, y1: y, y2: y });
    plot.add("text", { class: "fnn-tick", x: plot.left - 7, y: y + 4, "text-anchor": "end" },
      formatNumber(tick, digits));
  }
  if (label) plot.add("text", { class: "fnn-label", x: 2, y: plot.top - 12 }, ...mathText(label));
}

function polyline(plot, xs, ys, attributes) {
  return plot.add("path", { fill: "none", d: linePath(plot, xs, ys), ...attributes });
}

function linePath(plot, xs, ys) {
  return xs.map((x, i) => `${i ? "L" : "M"}${plot.x(x).toFixed(2)} ${plot.y(ys[i]).toFixed(2)}`).join("");
}

// The area between a curve and y = 0 over [low, high], cut exactly at the ends.
function areaPath(plot, f, low, high, count = 120) {
  const xs = Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
  const base = plot.y(0).toFixed(2);
  return `${linePath(plot, xs, xs.map(f))}V${base}H${plot.x(low).toFixed(2)}Z`;
}

// Text with a rim in the page's background, readable over curves.
function plotText(plot, x, y, text, attributes = {}) {
  return plot.add("text", { class: "fnn-note", x, y, ...attributes }, text);
}

// A handle over a chart that can be dragged along one axis or moved by the arrow keys.
// `place(value)` puts it in pixels; `read(event)` turns a pointer position into a value.
function dragHandle({ label, className, vertical = false, min, max, step, read, change }) {
  const node = element("div", {
    class: `fnn-handle ${className}`, role: "slider", tabindex: 0, "aria-label": label,
    "aria-valuemin": min, "aria-valuemax": max, "aria-orientation": vertical ? "vertical" : "horizontal",
  });
  let value = min;
  const clamp = (v) => Math.min(max, Math.max(min, Math.round(v / step) * step));
  const move = (v) => {
    const next = Number(clamp(v).toFixed(6));
    if (next !== value) change(next);
  };
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    node.focus({ preventScroll: true });
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) move(read(event));
  });
  node.addEventListener("keydown", (event) => {
    const leap = 10 * step;
    const moves = {
      ArrowRight: value + step, ArrowUp: value + step, ArrowLeft: value - step, ArrowDown: value - step,
      PageUp: value + leap, PageDown: value - leap, Home: min, End: max,
    };
    if (!(event.key in moves) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(moves[event.key]);
  });
  return {
    node,
    place(left, top, newValue, text) {
      value = newValue;
      node.style.left = `${left}px`;
      node.style.top = `${top}px`;
      node.setAttribute("aria-valuenow", newValue);
      node.setAttribute("aria-valuetext", text);
    },
  };
}
