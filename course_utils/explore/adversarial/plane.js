// The plane of AdversarialPlay: D's field, the data, G's points with the pull on each; and drawing the data.

const LIMIT = 1.5, EDGE = 1.7;      // centres lie within ±LIMIT, the view reaches to ±EDGE
const CELLS = 48;                   // of the field, each way
const MAX_CENTRES = 60;
const DAB = 0.14;                   // a stroke leaves a centre this often
const ARROWS = 60, ARROW = 0.35;    // so many pulls are drawn; a pull of 1 is this long
const LEVELS = [0.1, 0.25, 0.5, 0.75, 0.9];

const hundredths = (v) => Number((Math.round(100 * Math.min(LIMIT, Math.max(-LIMIT, v))) / 100).toFixed(2)) + 0;

// D over the view: from 0 to 1 at the middle of each cell, row by row from the top; for an unbounded
// critic the values between its least (low) and its largest (high) in view.
function fieldOf(game) {
  const at = (k) => EDGE * ((2 * k + 1) / CELLS - 1), points = new Float64Array(2 * CELLS * CELLS);
  for (let k = 0; k < CELLS * CELLS; k++) points.set([at(k % CELLS), -at(Math.floor(k / CELLS))], 2 * k);
  const scores = scoresOf(game, points);
  if (!FORMS[game.settings.form].unbounded) return { values: scores.map(logistic), low: 0, high: 1 };
  const low = scores.reduce((a, b) => Math.min(a, b)), high = scores.reduce((a, b) => Math.max(a, b));
  return { values: scores.map((s) => (high > low ? (s - low) / (high - low) : 0.5)), low, high };
}

const colourOf = (node, name) => {
  const hex = getComputedStyle(node).getPropertyValue(name).trim();
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
};

function paintField(canvas, { values }) {
  const pixels = new ImageData(CELLS, CELLS), [real, made] = ["--class-0", "--class-1"].map((name) => colourOf(canvas, name));
  values.forEach((v, k) => {
    const side = 2 * v - 1;
    pixels.data.set([...(side > 0 ? real : made), 150 * Math.abs(side)], 4 * k);
  });
  canvas.getContext("2d").putImageData(pixels, 0, 0);
}

// The line where the field has this level, as a path (marching squares on the middles of the cells).
function contourPath(plot, values, level) {
  const place = (column, row) => [plot.x(EDGE * ((2 * column + 1) / CELLS - 1)), plot.y(EDGE * (1 - (2 * row + 1) / CELLS))];
  const pieces = [];
  for (let row = 0; row + 1 < CELLS; row++) {
    for (let column = 0; column + 1 < CELLS; column++) {
      const corners = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]], ends = [];
      corners.forEach(([c, r], i) => {
        const [d, q] = corners[(i + 1) % 4], here = values[r * CELLS + c] - level, there = values[q * CELLS + d] - level;
        if ((here < 0) === (there < 0)) return;
        const part = here / (here - there);
        ends.push(place(c + part * (d - c), r + part * (q - r)).map((v) => v.toFixed(1)).join(" "));
      });
      for (let i = 0; i + 1 < ends.length; i += 2) pieces.push(`M${ends[i]}L${ends[i + 1]}`);
    }
  }
  return pieces.join("");
}

function drawPlane(plot, { game, now, field, marks }) {
  for (const level of LEVELS) {
    const middle = level === 0.5 && !FORMS[game.settings.form].unbounded;
    plot.add("path", { class: middle ? "fnn-decision" : "fnn-level", fill: "none", d: contourPath(plot, field.values, level) });
  }
  const inside = (x, y) => Math.abs(x) <= EDGE && Math.abs(y) <= EDGE;
  if (marks.data) {
    const dots = Array.from({ length: game.shown.length / 2 }, (_, i) => [game.shown[2 * i], game.shown[2 * i + 1]]);
    const dot = ([x, y]) => `M${plot.x(x).toFixed(1)} ${plot.y(y).toFixed(1)}m-1.7 0a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0 -3.4 0`;
    plot.add("path", { class: "fnn-real", d: dots.map(dot).join("") });
    game.settings.centres.forEach(([x, y], k) => plot.add("circle", {
      class: now.counts[k] >= LEAST ? "fnn-centre fnn-centre-reached" : "fnn-centre",
      cx: plot.x(x), cy: plot.y(y), r: plot.x(NEAR) - plot.x(0) }));
  }
  const squares = [], arrows = [];
  for (let i = 0; i < PROBES; i++) {
    const [x, y] = [now.points[2 * i], now.points[2 * i + 1]];
    if (!inside(x, y)) continue;
    squares.push(`M${(plot.x(x) - 2.2).toFixed(1)} ${(plot.y(y) - 2.2).toFixed(1)}h4.4v4.4h-4.4Z`);
    if (i < ARROWS) arrows.push(arrowPath(plot, x, y, now.pulls[2 * i], now.pulls[2 * i + 1]));
  }
  if (marks.pulls) plot.add("path", { class: "fnn-pull", fill: "none", d: arrows.join("") });
  plot.add("path", { class: "fnn-made", d: squares.join("") });
  return squares.length;
}

function arrowPath(plot, x, y, dx, dy) {
  const [a, b] = [plot.x(x), plot.y(y)], size = plot.x(ARROW) - plot.x(0), length = size * Math.hypot(dx, dy);
  if (length < 1) return "";
  const shrink = Math.min(1, 44 / length), [u, v] = [dx * size * shrink, -dy * size * shrink];
  const tip = Math.min(5, 0.5 * length) / Math.hypot(u, v);
  const barb = (turn) => `M${(a + u).toFixed(1)} ${(b + v).toFixed(1)}l${(tip * (-u * 0.87 - turn * v * 0.5)).toFixed(1)} ${(tip * (turn * u * 0.5 - v * 0.87)).toFixed(1)}`;
  return `M${a.toFixed(1)} ${b.toFixed(1)}l${u.toFixed(1)} ${v.toFixed(1)}${barb(1)}${barb(-1)}`;
}

// The chart with its field, and drawing on it: by strokes and taps, or with arrow keys and Enter.
function plane({ readCentres, change, say, describe }) {
  const canvas = element("canvas", { class: "fnn-field", width: CELLS, height: CELLS, "aria-hidden": "true" });
  let plotted = null, drawing = false, cursor = [0, 0], stroke = null;
  const plotting = chart({ height: (width) => Math.min(width, 430), margin: { left: 1, right: 1, top: 1, bottom: 1 },
    title: "The plane",
    draw(plot, s) {
      const side = plot.bottom - plot.top, left = (plot.width - side) / 2;
      plot.x = linearScale([-EDGE, EDGE], [left, left + side]);
      plot.y = linearScale([-EDGE, EDGE], [plot.bottom, plot.top]);
      Object.assign(canvas.style, { left: `${left}px`, top: `${plot.top}px`, width: `${side}px`, height: `${side}px` });
      plotted = plot;
      paintField(canvas, s.field);
      const inView = drawPlane(plot, s);
      plot.add("rect", { class: "fnn-frame", x: left, y: plot.top, width: side, height: side });
      if (drawing) plot.add("path", { class: "fnn-cursor", d: `M${plot.x(cursor[0]) - 9} ${plot.y(cursor[1])}h18m-9 -9v18` });
      return `${describe(s)} ${inView} of ${PROBES} generated points are in view.`;
    } });
  const { node } = plotting;
  node.classList.add("fnn-lab-plane");
  node.prepend(canvas);

  const nearest = ([x, y], reach) => readCentres().findIndex((c) => Math.hypot(c[0] - x, c[1] - y) < reach);
  const add = (point) => {
    if (readCentres().length < MAX_CENTRES) change([...readCentres(), point.map(hundredths)]);
    else say(`No more than ${MAX_CENTRES} centres.`);
  };
  const remove = (index) => change(readCentres().filter((_, i) => i !== index));
  const place = (event) => {
    const box = plotting.svg.getBoundingClientRect();
    return [plotted.x.invert(event.clientX - box.left), plotted.y.invert(event.clientY - box.top)];
  };
  const listeners = {
    pointerdown(event) {
      if (!drawing) return;
      event.preventDefault();
      node.focus({ preventScroll: true });
      node.setPointerCapture(event.pointerId);
      const point = place(event), index = nearest(point, DAB);
      stroke = index < 0;
      if (stroke) add(point);
      else remove(index);
    },
    pointermove(event) {
      if (!drawing || !stroke || !node.hasPointerCapture(event.pointerId)) return;
      const point = place(event);
      if (point.every((v) => Math.abs(v) <= LIMIT) && nearest(point, DAB) < 0) add(point);
    },
    keydown(event) {
      if (!drawing || event.ctrlKey || event.metaKey || event.altKey) return;
      const leap = event.shiftKey ? 0.5 : 0.1;
      const moves = { ArrowRight: [leap, 0], ArrowLeft: [-leap, 0], ArrowUp: [0, leap], ArrowDown: [0, -leap] };
      if (event.key in moves) {
        cursor = cursor.map((v, axis) => hundredths(v + moves[event.key][axis]));
        say(cursor.map((v) => formatNumber(v, 1)).join(", ") + (nearest(cursor, 0.05) < 0 ? "" : ", a centre"));
        plotting.repaint();
      } else if (event.key === "Enter" || event.key === " ") {
        const index = nearest(cursor, 0.05);
        if (index < 0) add(cursor);
        else remove(index);
      } else return;
      event.preventDefault();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) node.addEventListener(name, listener);
  return {
    node, update: plotting.update, dispose: plotting.dispose,
    draw(on) {
      drawing = on;
      node.classList.toggle("fnn-drawing", on);
      const attributes = { role: "application", tabindex: 0, "aria-label": "Data. Arrow keys move the cross, Enter places or removes a centre." };
      for (const [name, value] of Object.entries(attributes)) on ? node.setAttribute(name, value) : node.removeAttribute(name);
      plotting.repaint();
    },
  };
}
