// Rosenblatt's rule on points in the plane, and the best separator to compare it with: numbers only.
// A point is [x1, x2, y] with y = +1 or −1; a weight vector is [w0, w1, w2], w0 for the constant input 1.

const MAX_EXAMPLES = 5000;

const augmented = ([x1, x2]) => [1, x1, x2];
const dot = (u, v) => u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
const minus = (u, v) => u.map((value, i) => value - v[i]);
const scaled = (u, factor) => u.map((value) => value * factor);
const cross = (u, v) => [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];

// Show the points in turn, again and again, `steps` of them in all, from w = 0 at rate 1. A point is a
// mistake when y⟨w, x⟩ ≤ 0; then w ← w + y x. Stops early once every point is right (`converged`).
function trajectory(points, steps) {
  const run = { weights: [0, 0, 0], examples: 0, mistakes: [], last: null, converged: false, cycle: null };
  const seen = new Map();
  let right = 0;
  while (points.length && run.examples < steps && !run.converged) {
    const index = run.examples % points.length;
    if (index === 0) noteCycle(run, seen);
    const point = points[index], x = augmented(point), score = dot(run.weights, x);
    const before = run.weights, mistake = point[2] * score <= 0;
    if (mistake) run.weights = before.map((w, i) => w + point[2] * x[i]);
    run.examples += 1;
    run.last = { index, point, score, mistake, before, after: run.weights };
    if (mistake) run.mistakes.push({ examples: run.examples, weights: run.weights });
    right = mistake ? 0 : right + 1;
    run.converged = right >= points.length;
  }
  if (points.length && run.examples % points.length === 0) noteCycle(run, seen);
  return run;
}

// At the start of a pass, weights met before mean that all to come has been, too. Coordinates are
// compared to 6 decimals: rounding may differ where the same sum was reached in another order.
function noteCycle(run, seen) {
  if (run.cycle || run.converged) return;
  const key = run.weights.map((w) => (w + 0).toFixed(6).replace(/^-(0\.0+)$/, "$1")).join();
  if (seen.has(key)) run.cycle = { start: seen.get(key), length: run.examples - seen.get(key) };
  else seen.set(key, run.examples);
}

// How many examples to show in all until the next mistake, or until there is nothing more to see.
function nextMistake(points, steps) {
  const made = trajectory(points, steps).mistakes.length;
  const whole = trajectory(points, MAX_EXAMPLES);
  return whole.mistakes[made]?.examples ?? whole.examples;
}

// How many examples to show in all until nothing new can happen: all right, or once round the cycle.
function untilSettled(points) {
  const { examples, cycle } = trajectory(points, MAX_EXAMPLES);
  return cycle ? Math.min(cycle.start + cycle.length, examples) : examples;
}

// The unit vector w* through the origin of (1, x1, x2)-space whose smallest y⟨w*, x⟩ is largest, exactly.
// It points at the point nearest to the origin of the convex hull of the y x. That point lies on the
// plane through three of them, the line through two, or is one of them: each such candidate is tried,
// and the one with the largest margin wins. margin ≤ 0 where the points cannot be separated.
function maximumMargin(points) {
  const vectors = points.map((point) => scaled(augmented(point), point[2]));
  const best = { separator: null, margin: -Infinity };
  const consider = (candidate) => {
    const length = Math.hypot(...candidate);
    if (!(length > 1e-12)) return;
    const unit = scaled(candidate, 1 / length);
    let margin = Infinity;
    for (const v of vectors) {
      margin = Math.min(margin, dot(unit, v));
      if (margin <= best.margin) return;
    }
    Object.assign(best, { separator: unit, margin });
  };
  for (let i = 0; i < vectors.length; i++) {
    consider(vectors[i]);
    for (let j = 0; j < i; j++) {
      const along = minus(vectors[j], vectors[i]);
      consider(minus(vectors[i], scaled(along, dot(vectors[i], along) / dot(along, along))));
      for (let k = 0; k < j; k++) {
        const normal = cross(along, minus(vectors[k], vectors[i]));
        consider(scaled(normal, Math.sign(dot(normal, vectors[i]))));
      }
    }
  }
  return best;
}

// What Novikoff's theorem says of these points: R, γ, w* and the bound (R/γ)² on the mistakes.
function novikoff(points) {
  const radius = Math.max(0, ...points.map((point) => Math.hypot(...augmented(point))));
  const { separator, margin } = maximumMargin(points);
  if (!points.length || margin <= 1e-9 * radius) return { radius, separable: false };
  return { radius, separable: true, separator, margin, bound: (radius / margin) ** 2 };
}

function classify(weights, point) {
  return Math.sign(dot(weights, augmented(point)));
}
