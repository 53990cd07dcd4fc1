// The two charts of BuilderPlay: target and network, and the error against the number of pieces.

const COUNTS = [2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
const HEIGHTS = { sine: [-1.6, 1.6], own: [-1.6, 1.6], runge: [-0.4, 1.4], jump: [-0.4, 1.4] };
const PLOT_XS = linspace(LEFT, RIGHT, 401);
const PART = { stroke: "var(--class-0)", "stroke-width": 1.25 };
const PICKED = { stroke: "var(--class-0)", "stroke-width": 2.5 };
const BUILT = { class: "fnn-line-1" };
const TARGET = { stroke: "var(--ink)", "stroke-width": 2, "stroke-dasharray": "6 4" };

// Points where a curve bends or climbs steeply, besides the even ones.
function curvePoints(net) {
  const special = net.parts.flatMap(({ at, units }) =>
    (net.kind === "steps" ? [-6, -4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4, 6].map((z) => at + z / units[0].w) : [at]));
  return [...PLOT_XS, ...special].filter((x) => x >= LEFT && x <= RIGHT).sort((x, y) => x - y);
}

// The pieces of the target that can be drawn without lifting the pen.
function targetBranches(s) {
  const f = targetOf(s);
  if (s.target !== "jump") return [PLOT_XS.map((x) => [x, f(x)])];
  return [[[LEFT, 0], [0, 0]], [[0, 1], [RIGHT, 1]]];
}

function drawBuilt(plot, s) {
  const [low, high] = HEIGHTS[s.target];
  plot.x = linearScale([LEFT, RIGHT], [plot.left, plot.right]);
  plot.y = linearScale([low, high], [plot.bottom, plot.top]);
  const clip = uniqueId("clip");
  plot.add("clipPath", { id: clip }, svgElement("rect",
    { x: plot.left - 2, y: plot.top - 2, width: plot.right - plot.left + 4, height: plot.bottom - plot.top + 4 }));
  const inside = { "clip-path": `url(#${clip})` };
  yAxis(plot, plot.y, ticksOf([low, high], 5));
  xAxis(plot, plot.x, [-1, -0.5, 0, 0.5, 1], "*x*");
  const { net, worst, picked } = s;
  const xs = curvePoints(net);
  const curve = (f, attributes) => polyline(plot, xs, xs.map(f), { ...inside, ...attributes });
  const part = (p, attributes) => curve((x) => partValue(net.kind, p, x), attributes);
  if (s.show_parts) for (const p of net.parts) part(p, PART);
  const activation = net.kind === "steps" ? logistic : relu;
  if (net.kind === "triangles") {
    for (const { w, b, v } of picked.units) curve((x) => v * activation(w * x + b), { ...PART, "stroke-dasharray": "2 3" });
  }
  part(picked, PICKED);
  for (const branch of targetBranches(s)) {
    polyline(plot, branch.map((p) => p[0]), branch.map((p) => p[1]), { ...inside, ...TARGET });
  }
  curve((x) => networkValue(net, x), BUILT);
  const x = plot.x(worst.x);
  plot.add("line", { ...inside, x1: x, x2: x, y1: plot.y(worst.from), y2: plot.y(worst.to), stroke: "var(--accent)", "stroke-width": 5 });
  return `The largest distance is ${formatNumber(worst.error, 4)}, at x = ${formatNumber(worst.x, 2)}.`;
}

function drawErrors(plot, s) {
  const low = -3, high = Math.log10(2);
  const across = linearScale([1, 6], [plot.left + 6, plot.right - 8]);
  const up = linearScale([low, high], [plot.bottom, plot.top]);
  plot.x = (pieces) => across(Math.log2(pieces));
  plot.y = (error) => up(Math.max(low, Math.log10(Math.max(error, 1e-12))));
  for (const [error, text] of [[1, "1"], [0.1, "0.1"], [0.01, "0.01"], [0.001, "0.001"]]) {
    const y = plot.y(error);
    plot.add("line", { class: "fnn-gridline", x1: plot.left, x2: plot.right, y1: y, y2: y });
    plot.add("text", { class: "fnn-tick", x: plot.left - 7, y: y + 4, "text-anchor": "end" }, text);
  }
  plot.add("line", { class: "fnn-axis", x1: plot.left, x2: plot.right, y1: plot.bottom, y2: plot.bottom });
  for (const pieces of [2, 4, 8, 16, 32, 64]) {
    plot.add("text", { class: "fnn-tick", x: plot.x(pieces), y: plot.bottom + 17, "text-anchor": "middle" }, String(pieces));
  }
  plot.add("text", { class: "fnn-label", x: plot.right, y: plot.bottom + 33, "text-anchor": "end" }, "pieces");
  plot.add("text", { class: "fnn-label", x: 2, y: plot.top - 12 }, "largest distance");
  for (const [kind, attributes] of [["triangles", { stroke: "var(--accent)", "stroke-width": 2 }],
    ["steps", { stroke: "var(--ink)", "stroke-width": 2, "stroke-dasharray": "6 4" }]]) {
    polyline(plot, COUNTS, COUNTS.map((pieces) => supErrorOf(s, pieces, kind)), attributes);
  }
  plot.add("circle", { class: "fnn-now", cx: plot.x(s.pieces), cy: plot.y(s.worst.error), r: 6 });
  const ends = ["triangles", "steps"].map((kind) => `${kind} ${formatNumber(supErrorOf(s, 64, kind), 4)}`);
  return `With 64 pieces: ${ends.join(", ")}. Now ${formatNumber(s.worst.error, 4)} with ${s.pieces}.`;
}
