// Two hidden units and one output on the plane, as FoldPlay has them: numbers only, no drawing.
// s = { W1: [[w, w], [w, w]], b1: [b, b], w2: [w, w], b2: b, slope }; a hidden unit passes its excitation
// where it is positive and `slope` times it where it is not: 1 is no fold, 0 a ReLU, −1 the absolute value.

const CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]];
const XOR = [0, 1, 1, 0];
const HALF = 0.5;

function excitations(s, [x1, x2]) {
  return s.W1.map(([u, v], unit) => u * x1 + v * x2 + s.b1[unit]);
}

const bend = (z, slope) => (z > 0 ? z : slope * z);

function fold(s, x) {
  return excitations(s, x).map((z) => bend(z, s.slope));
}

function outputOf(s, [h1, h2]) {
  return s.w2[0] * h1 + s.w2[1] * h2 + s.b2;
}

const network = (s, x) => outputOf(s, fold(s, x));

function squaredError(s) {
  return CORNERS.reduce((sum, x, row) => sum + (network(s, x) - XOR[row]) ** 2, 0) / CORNERS.length;
}

const rightAnswers = (s) => CORNERS.filter((x, row) => (network(s, x) > HALF) === (XOR[row] === 1)).length;

// --- pieces of the plane: polygons as lists of corners, half-planes a x1 + b x2 + c ≥ 0 as [a, b, c] -----

const valueAt = ([a, b, c], [x1, x2]) => a * x1 + b * x2 + c;

// The part of a convex polygon within a half-plane (Sutherland–Hodgman).
function clipPolygon(polygon, half) {
  const kept = [];
  polygon.forEach((corner, i) => {
    const next = polygon[(i + 1) % polygon.length];
    const here = valueAt(half, corner), there = valueAt(half, next);
    if (here >= 0) kept.push(corner);
    if (here * there < 0) {
      const part = here / (here - there);
      kept.push([0, 1].map((axis) => corner[axis] + part * (next[axis] - corner[axis])));
    }
  });
  return kept.length > 2 ? kept : [];
}

const square = ([low, high]) => [[low, low], [high, low], [high, high], [low, high]];
const negated = (half) => half.map((value) => -value);

// The plane falls into up to four cells, by the signs of the two excitations. On each of them the hidden
// layer and the output are affine: `on` holds the factor of each unit (1 or slope).
function cells(s, range) {
  const halves = s.W1.map(([u, v], unit) => [u, v, s.b1[unit]]);
  const found = [];
  for (const first of [true, false]) {
    for (const second of [true, false]) {
      const one = clipPolygon(square(range), first ? halves[0] : negated(halves[0]));
      const polygon = one.length ? clipPolygon(one, second ? halves[1] : negated(halves[1])) : [];
      if (!polygon.length) continue;
      const on = [first ? 1 : s.slope, second ? 1 : s.slope];
      const output = [0, 1, 2].map((j) => halves.reduce((sum, half, unit) => sum + s.w2[unit] * on[unit] * half[j], 0));
      output[2] += s.b2;
      found.push({ polygon, on, output });
    }
  }
  return found;
}

// Where the network's answer is above ½: one convex polygon for each cell that has any of it.
function positiveRegion(s, range) {
  return cells(s, range)
    .map(({ polygon, output: [a, b, c] }) => clipPolygon(polygon, [a, b, c - HALF]))
    .filter((polygon) => polygon.length);
}

// The segment from p to q, cut where a unit changes sign: the hidden layer maps it to this polyline.
function foldedSegment(s, p, q) {
  const from = excitations(s, p), to = excitations(s, q);
  const cuts = from.map((z, unit) => z / (z - to[unit])).filter((t) => t > 0 && t < 1);
  return [0, ...cuts.sort((t, u) => t - u), 1].map((t) =>
    fold(s, [0, 1].map((axis) => p[axis] + t * (q[axis] - p[axis]))));
}
