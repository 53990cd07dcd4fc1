// The plane of PerceptronPlay: draws points and boundary; places, moves and removes points.

const LIMIT = 2;          // both coordinates run from −LIMIT to LIMIT
const STEP = 0.1;         // points sit on this grid
const REACH = 0.15;       // the keyboard's cursor touches a point this near
const MAX_POINTS = 40;

const onGrid = (value) => Number((Math.round(Math.min(LIMIT, Math.max(-LIMIT, value)) / STEP) * STEP).toFixed(1));
const nameOf = (label) => (label > 0 ? "+1" : "−1");

// The part of the square where w0 + w1 x1 + w2 x2 ≥ 0, as a polygon (Sutherland–Hodgman, one edge).
function halfSquare(weights) {
  const corners = [[-LIMIT, -LIMIT], [LIMIT, -LIMIT], [LIMIT, LIMIT], [-LIMIT, LIMIT]];
  const polygon = [];
  corners.forEach((corner, i) => {
    const next = corners[(i + 1) % 4];
    const here = dot(weights, augmented(corner)), there = dot(weights, augmented(next));
    if (here >= 0) polygon.push(corner);
    if (here * there < 0) {
      const part = here / (here - there);
      polygon.push([0, 1].map((axis) => corner[axis] + part * (next[axis] - corner[axis])));
    }
  });
  return polygon;
}

// The two ends of the line w0 + w1 x1 + w2 x2 = 0 within the square, or null where it misses it.
function lineInSquare(weights) {
  const [w0, w1, w2] = weights;
  const ends = [];
  for (const side of [-LIMIT, LIMIT]) {
    if (w2 !== 0) ends.push([side, -(w0 + w1 * side) / w2]);
    if (w1 !== 0) ends.push([-(w0 + w2 * side) / w1, side]);
  }
  const inside = ends.filter((end) => end.every((value) => Math.abs(value) <= LIMIT + 1e-9));
  const far = inside.find((end) => Math.hypot(end[0] - inside[0][0], end[1] - inside[0][1]) > 1e-6);
  return far ? [inside[0], far] : null;
}

function drawLine(plot, weights, className) {
  const ends = lineInSquare(weights);
  if (!ends) return;
  const [[x1, y1], [x2, y2]] = ends.map(([x, y]) => [plot.x(x), plot.y(y)]);
  plot.add("line", { class: className, x1, y1, x2, y2 });
}

// What to say where there is no boundary to see: which answer the whole plane gets.
function boundaryNote(weights) {
  if (weights.every((w) => w === 0)) return "w = 0: no boundary yet";
  if (lineInSquare(weights)) return "";
  return `The boundary is outside the view: ${nameOf(dot(weights, augmented([0, 0])))} everywhere here.`;
}

// The normal vector (w1, w2), drawn from the middle of the boundary toward the side of +1.
function drawNormal(plot, weights) {
  const ends = lineInSquare(weights);
  if (!ends) return;
  const [x, y] = [0, 1].map((axis) => (ends[0][axis] + ends[1][axis]) / 2);
  const length = Math.hypot(weights[1], weights[2]);
  const [dx, dy] = [(38 * weights[1]) / length, (-38 * weights[2]) / length];
  const [x0, y0] = [plot.x(x), plot.y(y)], [xe, ye] = [x0 + dx, y0 + dy];
  plot.add("line", { class: "fnn-normal", x1: x0, y1: y0, x2: xe - 0.15 * dx, y2: ye - 0.15 * dy });
  const [xb, yb, xs, ys] = [xe - 0.28 * dx, ye - 0.28 * dy, 0.13 * dy, 0.13 * dx]; // base, half its width
  plot.add("path", { class: "fnn-arrowhead", d: `M${xe} ${ye}L${xb - xs} ${yb + ys}L${xb + xs} ${yb - ys}Z` });
}

// As in the book's figures: −1 is a blue circle, +1 an orange square, here with its sign on it; hollow
// while it is on the wrong side.
function drawPoint(plot, point, { wrong, current }) {
  const [cx, cy] = [plot.x(point[0]), plot.y(point[1])], digit = point[2] > 0 ? "1" : "0";
  if (current) plot.add("circle", { class: "fnn-current", cx, cy, r: 17 });
  const className = `fnn-point-${digit}${wrong ? " fnn-wrong-point" : ""}`;
  if (point[2] > 0) plot.add("rect", { class: className, x: cx - 8.5, y: cy - 8.5, width: 17, height: 17, rx: 2 });
  else plot.add("circle", { class: className, cx, cy, r: 9.5 });
  const sign = point[2] > 0 ? `M${cx - 4.5} ${cy}h9M${cx} ${cy - 4.5}v9` : `M${cx - 4.5} ${cy}h9`;
  plot.add("path", { class: `${className} fnn-sign`, d: sign });
  plot.add("circle", { class: "fnn-grab", cx, cy, r: 20 });
}

function plane({ readPoints, readBrush, change, say }) {
  let cursor = [0, 0];
  let dragged = null;
  let scales = null;

  const plotted = chart({
    height: (width) => Math.min(width, 420), margin: { left: 26, right: 12, top: 12, bottom: 24 },
    title: "Plane of the points",
    draw(plot, s) {
      const side = Math.min(plot.right - plot.left, plot.bottom - plot.top);
      const left = (plot.left + plot.right - side) / 2;
      plot.left = left;
      plot.right = left + side;
      plot.x = linearScale([-LIMIT, LIMIT], [left, left + side]);
      plot.y = linearScale([-LIMIT, LIMIT], [plot.top + side, plot.top]);
      plot.bottom = plot.top + side;
      scales = plot;
      const { weights, last } = s.run;
      const positive = halfSquare(weights);
      const decided = weights.some((w) => w !== 0);
      plot.add("rect", { class: decided ? "fnn-region-0" : "fnn-undecided",
        x: left, y: plot.top, width: side, height: side });
      if (decided && positive.length) {
        const corners = positive.map(([x, y]) => `${plot.x(x)},${plot.y(y)}`).join(" ");
        plot.add("polygon", { class: "fnn-cover", points: corners });
        plot.add("polygon", { class: "fnn-region-1", points: corners });
      }
      for (const tick of [-2, -1, 0, 1, 2]) {
        const [x, y] = [plot.x(tick), plot.y(tick)], zero = tick === 0 ? "fnn-axis" : "fnn-gridline";
        plot.add("line", { class: zero, x1: x, x2: x, y1: plot.top, y2: plot.bottom });
        plot.add("line", { class: zero, x1: plot.left, x2: plot.right, y1: y, y2: y });
        const text = formatNumber(tick, 0);
        plot.add("text", { class: "fnn-tick", x, y: plot.bottom + 16, "text-anchor": "middle" }, text);
        plot.add("text", { class: "fnn-tick", x: plot.left - 7, y: y + 4, "text-anchor": "end" }, text);
      }
      if (s.show_separator && s.theory.separable) drawLine(plot, s.theory.separator, "fnn-separator");
      if (last?.mistake) drawLine(plot, last.before, "fnn-before");
      drawLine(plot, weights, "fnn-decision");
      drawNormal(plot, weights);
      s.points.forEach((point, i) =>
        drawPoint(plot, point, { wrong: classify(weights, point) !== point[2], current: last?.index === i }));
      const [cx, cy] = [plot.x(cursor[0]), plot.y(cursor[1])];
      plot.add("path", { class: "fnn-cursor", d: `M${cx - 14} ${cy}h8m12 0h8M${cx} ${cy - 14}v8m0 12v8` });
      const note = boundaryNote(weights);
      if (note) plotText(plot, (plot.left + plot.right) / 2, plot.bottom - 8, note, { "text-anchor": "middle" });
      const count = (label) => s.points.filter((point) => point[2] === label).length;
      return `${count(1)} points of class +1, ${count(-1)} of class −1, ${s.errors} on the wrong side.${note && ` ${note}`}`;
    },
  });

  const node = element("div", {
    class: "fnn-plane", tabindex: 0, role: "application", "aria-roledescription": "plane of points",
    "aria-label": "Plane of points. Arrow keys move the cursor, Enter places a point of the chosen class, "
      + "Delete removes one.",
    onkeydown: keydown, onpointerdown: pointerdown, onpointermove: pointermove, onclick: click,
    onpointerup: () => { if (dragged && !dragged.moved) dragged = null; },
    onpointercancel: () => { dragged = null; },
  }, plotted.node);

  function nearest(at, reach) {
    const distances = readPoints().map(([x, y]) => Math.hypot(x - at[0], y - at[1]));
    const index = distances.indexOf(Math.min(...distances));
    return distances[index] <= reach ? index : -1;
  }

  // The brush does its work at a place: +1 and −1 place a point or change its class, 0 removes it.
  function apply(brush, at, reach) {
    const points = readPoints(), index = nearest(at, reach);
    const spot = at.map(onGrid), where = spot.map((v) => formatNumber(v, 1)).join(", ");
    if (brush === 0 && index < 0) say(`No point at ${where}.`);
    else if (brush === 0) change(points.filter((_, i) => i !== index));
    else if (points[index]?.[2] === brush) say(`Already a point of class ${nameOf(brush)} there.`);
    else if (index >= 0) change(points.map((p, i) => (i === index ? [p[0], p[1], brush] : p)));
    else if (points.length >= MAX_POINTS) say(`No more than ${MAX_POINTS} points.`);
    else change([...points, [...spot, brush]]);
  }

  function place(event) {
    const box = plotted.svg.getBoundingClientRect();
    return [scales.x.invert(event.clientX - box.left), scales.y.invert(event.clientY - box.top)];
  }
  const fingertip = () => 20 / (scales.x(1) - scales.x(0));

  function pointerdown(event) {
    const index = nearest(place(event), fingertip());
    dragged = null;
    if (index < 0 || readBrush() === 0 || event.button !== 0) return;
    dragged = { index, moved: false };
    node.setPointerCapture(event.pointerId);
  }

  function pointermove(event) {
    if (!dragged || !node.hasPointerCapture(event.pointerId)) return;
    const spot = place(event).map(onGrid), points = readPoints(), old = points[dragged.index];
    if (spot[0] === old[0] && spot[1] === old[1]) return;
    dragged.moved = true;
    change(points.map((p, i) => (i === dragged.index ? [...spot, p[2]] : p)));
  }

  function click(event) {
    const wasDrag = dragged?.moved;
    dragged = null;
    const at = place(event);
    if (wasDrag || at.some((value) => Math.abs(value) > LIMIT + STEP)) return;
    cursor = at.map(onGrid);
    apply(readBrush(), at, fingertip());
  }

  function keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const leap = event.shiftKey ? 5 * STEP : STEP;
    const moves = { ArrowRight: [leap, 0], ArrowLeft: [-leap, 0], ArrowUp: [0, leap], ArrowDown: [0, -leap] };
    if (event.key in moves) {
      cursor = cursor.map((value, axis) => onGrid(value + moves[event.key][axis]));
      const index = nearest(cursor, REACH);
      const there = index < 0 ? "" : `, point ${nameOf(readPoints()[index][2])}`;
      say(cursor.map((v) => formatNumber(v, 1)).join(", ") + there);
      plotted.repaint();
    } else if (event.key === "Enter" || event.key === " ") apply(readBrush(), cursor, REACH);
    else if (event.key === "Delete" || event.key === "Backspace") apply(0, cursor, REACH);
    else return;
    event.preventDefault();
  }

  return { node, update: plotted.update, dispose: plotted.dispose };
}
