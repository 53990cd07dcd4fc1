// The two planes of FoldPlay: the inputs with their grid, and where the hidden layer puts both.

const INPUT_RANGE = [-0.5, 1.5];
const GRID_LINES = Array.from({ length: 9 }, (_, i) => INPUT_RANGE[0] + i * 0.25);

// Square plot of [low, high]² in the middle of the chart, with ticks and a clipping path.
function squarePlot(plot, [low, high], ticks) {
  const side = Math.min(plot.right - plot.left, plot.bottom - plot.top);
  const left = (plot.left + plot.right - side) / 2;
  Object.assign(plot, { left, right: left + side, bottom: plot.top + side });
  plot.x = linearScale([low, high], [left, left + side]);
  plot.y = linearScale([low, high], [plot.bottom, plot.top]);
  const clip = uniqueId("clip");
  plot.add("clipPath", { id: clip },
    svgElement("rect", { x: left, y: plot.top, width: side, height: side }));
  plot.clip = `url(#${clip})`;
  plot.add("rect", { class: "fnn-undecided", x: left, y: plot.top, width: side, height: side });
  for (const tick of ticks) {
    const digits = decimalsOf(ticks);
    plot.add("text", { class: "fnn-tick", x: plot.x(tick), y: plot.bottom + 16, "text-anchor": "middle" },
      formatNumber(tick, digits));
    plot.add("text", { class: "fnn-tick", x: left - 6, y: plot.y(tick) + 4, "text-anchor": "end" },
      formatNumber(tick, digits));
  }
}

function axisNames(plot, across, up) {
  plot.add("text", { class: "fnn-label", x: plot.right, y: plot.bottom + 33, "text-anchor": "end" }, ...mathText(across));
  plot.add("text", { class: "fnn-label", x: plot.left, y: plot.top - 8 }, ...mathText(up));
}

const cornersOf = (plot, polygon) => polygon.map(([x, y]) => `${plot.x(x).toFixed(2)},${plot.y(y).toFixed(2)}`).join(" ");
const area = (plot, polygon, attributes) =>
  plot.add("polygon", { points: cornersOf(plot, polygon), "clip-path": plot.clip, ...attributes });
const path = (plot, points, attributes) =>
  polyline(plot, points.map((p) => p[0]), points.map((p) => p[1]), { "clip-path": plot.clip, ...attributes });

// The line a x + b y + c = 0 within [low, high]², as its two ends; nothing where it misses the square.
function lineWithin([a, b, c], range) {
  if (a === 0 && b === 0) return [];
  const edge = clipPolygon(square(range), [a, b, c]);
  return edge.filter((p) => Math.abs(valueAt([a, b, c], p)) < 1e-9 * (1 + Math.abs(a) + Math.abs(b) + Math.abs(c)));
}

function drawSplit(plot, half, range) {
  const ends = lineWithin(half, range);
  if (ends.length >= 2) path(plot, [ends[0], ends[ends.length - 1]], { class: "fnn-decision" });
}

// The grid of the input plane: upright lines solid, level ones dashed, so that they stay apart when folded.
function drawGrid(plot, map) {
  const [low, high] = INPUT_RANGE;
  for (const at of GRID_LINES) {
    path(plot, map([at, low], [at, high]), { stroke: "var(--muted)", "stroke-width": 0.9 });
    path(plot, map([low, at], [high, at]), { stroke: "var(--muted)", "stroke-width": 0.9, "stroke-dasharray": "3 3" });
  }
}

// As in the book's figures: a circle where XOR is 0, a square where it is 1; outlined where the answer is
// wrong. Points that land on one place are drawn one inside the other, with their number beside them.
function drawCorner(plot, place, one, wrong, size) {
  const [cx, cy] = [plot.x(place[0]), plot.y(place[1])], digit = one ? "1" : "0";
  const className = `fnn-point-${digit}${wrong ? " fnn-wrong-point" : ""}`;
  if (one) plot.add("rect", { class: className, x: cx - size, y: cy - size, width: 2 * size, height: 2 * size, rx: 2 });
  else plot.add("circle", { class: className, cx, cy, r: size + 0.5 });
  plot.add("text", { x: cx, y: cy + 0.45 * size, "text-anchor": "middle", "font-weight": 700,
    style: `fill: var(${wrong ? `--ink-${digit}` : "--ground"}); font-size: ${1.35 * size}px` }, digit);
}

function drawCorners(plot, s, map) {
  const places = CORNERS.map(map);
  const met = [];
  CORNERS.forEach((x, row) => {
    const before = met.filter((p) => Math.hypot(p[0] - places[row][0], p[1] - places[row][1]) < 1e-9).length;
    met.push(places[row]);
    const wrong = (s.outputs[row] > HALF) !== (XOR[row] === 1);
    drawCorner(plot, places[row], XOR[row] === 1, wrong, 9.5 - 3 * Math.min(before, 2));
    if (before) {
      const [left, top] = [plot.x(places[row][0]) + 12, plot.y(places[row][1]) - 10];
      plotText(plot, left, top, `×${before + 1}`);
    }
  });
}

function drawInputs(plot, s) {
  squarePlot(plot, INPUT_RANGE, [0, 0.5, 1]);
  axisNames(plot, "*x*₁", "*x*₂");
  area(plot, square(INPUT_RANGE), { class: "fnn-region-0" });
  for (const polygon of positiveRegion(s, INPUT_RANGE)) {
    area(plot, polygon, { class: "fnn-cover" });
    area(plot, polygon, { class: "fnn-region-1" });
  }
  drawGrid(plot, (p, q) => [p, q]);
  for (const { polygon, output: [a, b, c] } of cells(s, INPUT_RANGE)) drawEdge(plot, polygon, [a, b, c - HALF]);
  s.W1.forEach(([u, v], unit) => {
    const ends = lineWithin([u, v, s.b1[unit]], INPUT_RANGE);
    if (ends.length < 2) return;
    path(plot, [ends[0], ends[ends.length - 1]], { class: "fnn-along", "stroke-dasharray": unit ? "2 4" : "9 4" });
  });
  drawCorners(plot, s, (x) => x);
}

// Where the answer is ½ inside one cell: a straight piece of the boundary.
function drawEdge(plot, polygon, half) {
  const cut = clipPolygon(polygon, half);
  if (!cut.length || cut.length === polygon.length && polygon.every((p) => valueAt(half, p) > 0)) return;
  const scale = 1e-9 * (1 + half.reduce((sum, value) => sum + Math.abs(value), 0));
  const ends = cut.filter((p) => Math.abs(valueAt(half, p)) < scale);
  if (ends.length >= 2) path(plot, [ends[0], ends[ends.length - 1]], { class: "fnn-decision" });
}

// The hidden plane reaches as far as the folded square does, in halves.
function hiddenRange(s) {
  const values = cells(s, INPUT_RANGE).flatMap(({ polygon }) => polygon.flatMap((p) => fold(s, p)));
  const low = Math.min(-0.5, ...values), high = Math.max(1.5, ...values);
  return [Math.floor(2 * low) / 2, Math.ceil(2 * high) / 2];
}

function drawHidden(plot, s) {
  const range = hiddenRange(s);
  squarePlot(plot, range, ticksOf(range, 5));
  axisNames(plot, "*h*₁", "*h*₂");
  const half = [...s.w2, s.b2 - HALF];
  area(plot, square(range), { class: "fnn-region-0" });
  const positive = clipPolygon(square(range), half);
  if (positive.length) {
    area(plot, positive, { class: "fnn-cover" });
    area(plot, positive, { class: "fnn-region-1" });
  }
  for (const { polygon } of cells(s, INPUT_RANGE)) {
    area(plot, polygon.map((p) => fold(s, p)), { fill: "var(--muted)", "fill-opacity": 0.16, stroke: "var(--muted)", "stroke-opacity": 0.5 });
  }
  drawGrid(plot, (p, q) => foldedSegment(s, p, q));
  for (const axis of [0, 1]) {
    const line = axis ? [[range[0], 0], [range[1], 0]] : [[0, range[0]], [0, range[1]]];
    path(plot, line, { class: "fnn-axis" });
  }
  drawSplit(plot, half, range);
  drawCorners(plot, s, (x) => fold(s, x));
}
