// Two Gaussian classes on a line and the rule "predict 1 when p(1 | x) > t": numbers only, no drawing.
// A state s holds the traits of DecisionPlay under their Python names.

const SQRT_2PI = Math.sqrt(2 * Math.PI);

function normalDensity(x, mean, sigma) {
  const z = (x - mean) / sigma;
  return Math.exp(-0.5 * z * z) / (sigma * SQRT_2PI);
}

// Standard normal distribution function by the Taylor series of G. Marsaglia, "Evaluating the normal
// distribution", J. Stat. Software 11(4), 2004. Absolute error below 1e-15 where the sum is used;
// beyond 8 standard deviations the tail is below 1e-15.
function normalCdf(z) {
  if (z < -8) return 0;
  if (z > 8) return 1;
  let term = z, sum = z;
  for (let i = 3; sum + term !== sum; i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * z * z)) / SQRT_2PI;
}

// P(low < x < high) in one class. Of the two equal forms, the one without cancellation in the tail.
function normalMass(low, high, mean, sigma) {
  const a = (low - mean) / sigma, b = (high - mean) / sigma;
  return a > 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a);
}

// log p(x, 1) − log p(x, 0) = a x² + b x + c
function logOddsPolynomial(s) {
  const v0 = s.sigma_0 ** 2, v1 = s.sigma_1 ** 2;
  return {
    a: (1 / v0 - 1 / v1) / 2,
    b: s.mean_1 / v1 - s.mean_0 / v0,
    c: s.mean_0 ** 2 / (2 * v0) - s.mean_1 ** 2 / (2 * v1)
      + Math.log(s.sigma_0 / s.sigma_1) + Math.log(s.prior / (1 - s.prior)),
  };
}

function posterior(s, x) {
  const { a, b, c } = logOddsPolynomial(s);
  return 1 / (1 + Math.exp(-(a * x * x + b * x + c)));
}

// Predicting 1 risks c_FP (1 − p), predicting 0 risks c_FN p: they are equal at this p.
function bayesThreshold(s) {
  return s.cost_false_positive / (s.cost_false_positive + s.cost_false_negative);
}

function currentThreshold(s) {
  return s.use_bayes_threshold ? bayesThreshold(s) : s.threshold;
}

// The intervals [low, high] where the rule predicts 1; ends may be ±Infinity.
function regionsOfOne(s, t) {
  const everywhere = [[-Infinity, Infinity]];
  if (t <= 0) return everywhere;
  if (t >= 1) return [];
  const { a, b, c: c0 } = logOddsPolynomial(s);
  const c = c0 - Math.log(t / (1 - t)); // now the region is where a x² + b x + c > 0
  if (a === 0 && b === 0) return c > 0 ? everywhere : [];
  if (a === 0) return b > 0 ? [[-c / b, Infinity]] : [[-Infinity, -c / b]];
  const discriminant = b * b - 4 * a * c;
  if (discriminant <= 0) return a > 0 ? everywhere : [];
  // Both roots from a sum of numbers of one sign: −b ± √… would cancel where a is tiny.
  const q = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant));
  const [low, high] = q / a < c / q ? [q / a, c / q] : [c / q, q / a];
  return a > 0 ? [[-Infinity, low], [high, Infinity]] : [[low, high]];
}

// Joint probabilities of truth and prediction, and the risk they cost.
function outcomes(s, t) {
  const massOfOne = (mean, sigma) =>
    regionsOfOne(s, t).reduce((sum, [low, high]) => sum + normalMass(low, high, mean, sigma), 0);
  const false_positive = (1 - s.prior) * massOfOne(s.mean_0, s.sigma_0);
  const true_positive = s.prior * massOfOne(s.mean_1, s.sigma_1);
  const true_negative = 1 - s.prior - false_positive;
  const false_negative = s.prior - true_positive;
  return {
    true_negative, false_positive, false_negative, true_positive,
    cost_of_false_positives: s.cost_false_positive * false_positive,
    cost_of_false_negatives: s.cost_false_negative * false_negative,
    risk: s.cost_false_positive * false_positive + s.cost_false_negative * false_negative,
  };
}
