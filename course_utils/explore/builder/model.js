// Functions on [−1, 1] put together from steps or triangles, as BuilderPlay has them: numbers only.
// A unit is { w, b, v }: it adds v σ(w x + b); a network is { units, bias, kind }.

const LEFT = -1, RIGHT = 1;
const GRID_COUNT = 2001;
const relu = (z) => Math.max(z, 0);
const logistic = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

// `count` equally spaced numbers, rounded as NumPy rounds them.
function linspace(low, high, count) {
  const step = (high - low) / (count - 1);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? high : i * step + low));
}

const GRID = linspace(LEFT, RIGHT, GRID_COUNT);

const TARGETS = {
  sine: () => (x) => Math.sin(Math.PI * x),
  runge: () => (x) => 1 / (1 + 25 * x * x),
  jump: () => (x) => (x >= 0 ? 1 : 0),
  own: (values) => (x) => {
    const width = (RIGHT - LEFT) / (values.length - 1);
    const piece = Math.min(values.length - 2, Math.max(0, Math.floor((x - LEFT) / width)));
    const part = (x - LEFT - piece * width) / width;
    return values[piece] + part * (values[piece + 1] - values[piece]);
  },
};

const targetOf = (s) => TARGETS[s.target](s.own);

// Three ReLUs: 0 up to centre − half, `height` at the centre, 0 again from centre + half.
function triangleUnits(centre, half, height) {
  return [[-1, 1], [0, -2], [1, 1]].map(([side, factor]) =>
    ({ w: 1 / half, b: -(centre + half * side) / half, v: factor * height }));
}

// A triangle at each of `pieces` + 1 equally spaced points, as high as the target is there.
function trianglesNetwork(f, pieces) {
  const centres = linspace(LEFT, RIGHT, pieces + 1), half = (RIGHT - LEFT) / pieces;
  return { kind: "triangles", bias: 0, parts: centres.map((centre) => ({ at: centre, height: f(centre), units: triangleUnits(centre, half, f(centre)) })) };
}

// Constant on `pieces` equal pieces, with the target's value at the middle of each: a step at each edge.
function stepsNetwork(f, pieces, steepness) {
  const edges = linspace(LEFT, RIGHT, pieces + 1);
  const values = edges.slice(1).map((edge, i) => f((edges[i] + edge) / 2));
  const parts = edges.slice(1, -1).map((at, i) => {
    const height = values[i + 1] - values[i];
    return { at, height, units: [{ w: steepness, b: -steepness * at, v: height }] };
  });
  return { kind: "steps", bias: values[0], parts };
}

const builtNetwork = (s, pieces = s.pieces, kind = s.kind) => (kind === "steps"
  ? stepsNetwork(targetOf(s), pieces, s.steepness) : trianglesNetwork(targetOf(s), pieces));

function partValue(kind, { units }, x) {
  const activation = kind === "steps" ? logistic : relu;
  return units.reduce((sum, { w, b, v }) => sum + v * activation(w * x + b), 0);
}

const networkValue = ({ kind, bias, parts }, x) => parts.reduce((sum, part) => sum + partValue(kind, part, x), bias);

// Largest distance on the grid, and where. The jump is approached from the left as well, where its value
// is 0: the supremum counts both sides.
function supError(s, net) {
  const f = targetOf(s);
  const worst = { error: -1, x: LEFT, from: 0, to: 0 };
  const consider = (x, from, to) => {
    const error = Math.abs(from - to);
    if (error > worst.error) Object.assign(worst, { error, x, from, to });
  };
  for (const x of GRID) consider(x, f(x), networkValue(net, x));
  if (s.target === "jump") consider(0, 0, networkValue(net, 0));
  return worst;
}

const supErrorOf = (s, pieces, kind = s.kind) => supError(s, builtNetwork(s, pieces, kind)).error;

// Hidden units and parameters (a weight in, a bias and a weight out for each unit; one bias of the output).
// Triangles that share their kinks need one ReLU for each piece.
function size(s) {
  const units = s.kind === "steps" ? s.pieces - 1 : 3 * (s.pieces + 1);
  const shared = s.kind === "steps" ? units : s.pieces;
  return { units, shared, parameters: 3 * shared + 1 };
}
