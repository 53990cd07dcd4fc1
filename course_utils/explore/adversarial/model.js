// The game: a generator G and a discriminator (or critic) D take turns on points of the plane.
// Data: equal parts of narrow normal distributions around `centres`. Noise: z uniform on (0, 1)².
// settings = { centres: [[x, y], …], form, rate, critic_moves, seed }

const BATCH = 32, NOISE = 2, HIDDEN = 16;
const SPREAD = 0.08;       // standard deviation around a centre
const NEAR = 3 * SPREAD;   // a point within this distance belongs to its nearest centre
const LEAST = 2;           // so many of the probes must belong to a centre that counts as reached
const PROBES = 200;        // generated points that are shown and counted
const CLIP = 0.2, PENALTY = 1;

const logistic = (s) => 1 / (1 + Math.exp(-s));
const softplus = (s) => Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

// What D loses by a real point's score s and by a generated point's, and G by its own, with slopes in s.
const logReal = { value: (s) => softplus(-s), slope: (s) => -logistic(-s) };       // −log D
const logFake = { value: softplus, slope: logistic };                              // −log(1 − D)
const saturated = { value: (s) => -softplus(s), slope: (s) => -logistic(s) };      // log(1 − D)
const bounded = (sign) => ({ value: (s) => sign * logistic(s), slope: (s) => sign * logistic(s) * logistic(-s) });
const plain = (sign) => ({ value: (s) => sign * s, slope: () => sign });
const FORMS = {
  "minimax": { real: logReal, fake: logFake, move: saturated },
  "non-saturating": { real: logReal, fake: logFake, move: logReal },
  "critic": { real: bounded(-1), fake: bounded(1), move: bounded(-1) },
  "clipping": { real: plain(-1), fake: plain(1), move: plain(-1), unbounded: true, clip: CLIP },
  "penalty": { real: plain(-1), fake: plain(1), move: plain(-1), unbounded: true, penalty: PENALTY },
};

const uniforms = (source, count) => Float64Array.from({ length: count }, () => source.uniform());

function newGame(settings) {
  const source = randomSource(settings.seed), probing = randomSource(settings.seed + 1000003);
  const G = initialise(network([NOISE, HIDDEN, HIDDEN, 2]), source, true);
  const D = initialise(network([2, HIDDEN, HIDDEN, 1]), source, false);
  const game = { settings, G, D, adamG: adam(G.size), adamD: adam(D.size), moves: 0, source };
  game.probes = uniforms(probing, PROBES * NOISE);
  game.shown = settings.centres.length ? realPoints(settings.centres, probing, PROBES) : new Float64Array(0);
  return game;
}

function realPoints(centres, source, n) {
  const points = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    const centre = centres[Math.floor(source.uniform() * centres.length)], noise = normalPair(source);
    for (const axis of [0, 1]) points[2 * i + axis] = centre[axis] + SPREAD * noise[axis];
  }
  return points;
}

const generate = (game, z) => forward(game.G, z, z.length / NOISE).at(-1);
const scoresOf = (game, points) => forward(game.D, points, points.length / 2).at(-1);

// A round: D has `critic_moves` moves, then G has one.
const turn = (moves, { critic_moves }) => (moves % (critic_moves + 1) < critic_moves ? "D" : "G");
const roundsOf = (moves, { critic_moves }) => Math.floor(moves / (critic_moves + 1));

// D's loss on real and generated points, and its gradient in D's weights. The points are constants.
function discriminatorLoss({ D, settings }, real, fake, between) {
  const rule = FORMS[settings.form], gradient = new Float64Array(D.size), n = real.length / 2;
  let loss = 0;
  for (const [points, term] of [[real, rule.real], [fake, rule.fake]]) {
    const answers = forward(D, points, n), s = answers.at(-1);
    loss += mean(s.map(term.value));
    backward(D, answers, n, s.map((v) => term.slope(v) / n), gradient);
  }
  if (between) loss += gradientPenalty(D, between, n, rule.penalty, gradient);
  return { loss, gradient };
}

// G's loss for noise z, its gradient in G's weights, and the pull on each point: −∂(what it costs)/∂x.
function generatorLoss({ G, D, settings }, z) {
  const { move } = FORMS[settings.form], n = z.length / NOISE, gradient = new Float64Array(G.size);
  const made = forward(G, z, n), points = made.at(-1), answers = forward(D, points, n), s = answers.at(-1);
  const slopes = backward(D, answers, n, s.map(move.slope), null);   // (n × 2)
  backward(G, made, n, slopes.map((v) => v / n), gradient);
  return { loss: mean(s.map(move.value)), gradient, pulls: slopes.map((v) => -v), points };
}

// Points on the lines between real and generated ones.
function mixed(source, real, fake) {
  const between = new Float64Array(real.length);
  for (let i = 0; i < real.length; i += 2) {
    const part = source.uniform();
    for (const k of [i, i + 1]) between[k] = part * real[k] + (1 - part) * fake[k];
  }
  return between;
}

// One move of the player whose turn it is: { who, loss }, and `after`, the loss of the same batch after
// the move, where it is asked for.
function makeMove(game, compare = false) {
  const { settings, source, G, D } = game, { clip, penalty } = FORMS[settings.form], who = turn(game.moves, settings);
  const real = who === "D" ? realPoints(settings.centres, source, BATCH) : null;
  const z = uniforms(source, BATCH * NOISE), fake = who === "D" ? generate(game, z) : null;
  const between = who === "D" && penalty ? mixed(source, real, fake) : null;
  const measure = () => (who === "D" ? discriminatorLoss(game, real, fake, between) : generatorLoss(game, z));
  const { loss, gradient } = measure();
  if (who === "D") adamStep(D, gradient, game.adamD, settings.rate);
  else adamStep(G, gradient, game.adamG, settings.rate);
  if (who === "D" && clip) for (let i = 0; i < D.size; i++) D.weights[i] = Math.min(clip, Math.max(-clip, D.weights[i]));
  game.moves += 1;
  return { who, loss, after: compare ? measure().loss : null };
}

// For each centre the number of points that belong to it.
function countNear(points, centres) {
  const counts = centres.map(() => 0);
  for (let i = 0; i < points.length; i += 2) {
    let best = -1, least = NEAR ** 2;
    centres.forEach(([x, y], k) => {
      const square = (points[i] - x) ** 2 + (points[i + 1] - y) ** 2;
      if (square <= least) [best, least] = [k, square];
    });
    if (best >= 0) counts[best] += 1;
  }
  return counts;
}

// How the game stands, measured on the probes: 200 fixed draws of noise and 200 fixed real points.
// D's loss is told without the penalty, which is no part of the game.
function standing(game) {
  const { settings: { centres, form } } = game, { loss, pulls, points } = generatorLoss(game, game.probes);
  const counts = countNear(points, centres), rule = FORMS[form];
  let pull = 0;
  for (let i = 0; i < pulls.length; i += 2) pull += Math.hypot(pulls[i], pulls[i + 1]) / PROBES;
  const real = centres.length ? scoresOf(game, game.shown) : null, fake = scoresOf(game, points);
  return {
    points, pulls, counts, pull, loss_G: loss,
    loss_D: real ? mean(real.map(rule.real.value)) + mean(fake.map(rule.fake.value)) : null,
    reached: counts.filter((count) => count >= LEAST).length, near: counts.reduce((sum, count) => sum + count, 0),
  };
}
