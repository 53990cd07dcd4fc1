// A small multilayer perceptron, its gradients, Adam, and a source of random numbers: numbers only.
// All weights of a network lie in one Float64Array: layer after layer W (out × in, row by row), then b (out).

const SLOPE = 0.2;   // of the leaky ReLU below 0

// Numbers in [0, 1), equal in every browser and in Python: mulberry32. Its whole state is `source.state`.
function randomSource(state) {
  const source = { state: state >>> 0 };
  source.uniform = () => {
    source.state = (source.state + 0x6d2b79f5) >>> 0;
    let t = source.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return source;
}

// Two independent normal numbers (Box and Muller).
function normalPair(source) {
  const radius = Math.sqrt(-2 * Math.log(1 - source.uniform())), angle = 2 * Math.PI * source.uniform();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function network(sizes, weights) {
  const layers = [];
  let at = 0;
  for (let l = 0; l + 1 < sizes.length; l++) {
    const [fanIn, fanOut] = [sizes[l], sizes[l + 1]];
    layers.push({ fanIn, fanOut, w: at, b: at + fanIn * fanOut });
    at += (fanIn + 1) * fanOut;
  }
  return { sizes, layers, size: at, weights: weights ?? new Float64Array(at) };
}

// W and b between ±√(3 / fan-in). `centred`: the inputs are in (0, 1), and the first layer sees 2z − 1.
function initialise(net, source, centred) {
  net.layers.forEach(({ fanIn, fanOut, w, b }, l) => {
    const bound = Math.sqrt(3 / fanIn);
    for (let i = w; i < b + fanOut; i++) net.weights[i] = bound * (2 * source.uniform() - 1);
    if (!centred || l > 0) return;
    for (let o = 0; o < fanOut; o++) {
      for (let j = 0; j < fanIn; j++) {
        net.weights[b + o] -= net.weights[w + o * fanIn + j];
        net.weights[w + o * fanIn + j] *= 2;
      }
    }
  });
  return net;
}

// Answers of every layer to n inputs, [(n × sizes[0]), …, (n × sizes[L])], each in one Float64Array.
function forward({ layers, weights }, inputs, n) {
  const answers = [inputs];
  layers.forEach(({ fanIn, fanOut, w, b }, l) => {
    const x = answers[l], y = new Float64Array(n * fanOut), last = l + 1 === layers.length;
    for (let i = 0; i < n; i++) {
      for (let o = 0; o < fanOut; o++) {
        let sum = weights[b + o];
        for (let j = 0, row = w + o * fanIn, at = i * fanIn; j < fanIn; j++) sum += weights[row + j] * x[at + j];
        y[i * fanOut + o] = last || sum > 0 ? sum : SLOPE * sum;
      }
    }
    answers.push(y);
  });
  return answers;
}

// Adds the gradient to `gradient` (unless it is null), given ∂/∂output (n × sizes[L]); returns ∂/∂input.
function backward({ layers, weights }, answers, n, outer, gradient) {
  let delta = outer;
  for (let l = layers.length - 1; l >= 0; l--) {
    const { fanIn, fanOut, w, b } = layers[l], x = answers[l], before = new Float64Array(n * fanIn);
    for (let i = 0; i < n; i++) {
      for (let o = 0; o < fanOut; o++) {
        const d = delta[i * fanOut + o], row = w + o * fanIn, at = i * fanIn;
        if (d === 0) continue;
        if (gradient) {
          gradient[b + o] += d;
          for (let j = 0; j < fanIn; j++) gradient[row + j] += d * x[at + j];
        }
        for (let j = 0; j < fanIn; j++) before[at + j] += d * weights[row + j];
      }
      if (l > 0) for (let at = i * fanIn; at < (i + 1) * fanIn; at++) if (x[at] <= 0) before[at] *= SLOPE;
    }
    delta = before;
  }
  return delta;
}

// λ · mean (‖∇f(x)‖ − 1)² of a network f with one output at n points, and its gradient, added to `gradient`.
// f is linear on pieces, so ∇f = W₁ᵀ S₁ W₂ᵀ S₂ … w with slopes S that stay: the product rule is all it takes.
function gradientPenalty(net, points, n, strength, gradient) {
  const { layers, weights } = net, answers = forward(net, points, n), depth = layers.length;
  const slope = (l, at) => (answers[l][at] > 0 ? 1 : SLOPE);
  let penalty = 0;
  for (let i = 0; i < n; i++) {
    const down = [];                      // down[l]: ∂f/∂(excitations of layer l), and down[0] = ∇f
    down[depth] = [1];
    for (let l = depth - 1; l >= 0; l--) {
      const { fanIn, fanOut, w } = layers[l];
      down[l] = new Float64Array(fanIn);
      for (let o = 0; o < fanOut; o++) for (let j = 0; j < fanIn; j++) down[l][j] += weights[w + o * fanIn + j] * down[l + 1][o];
      if (l > 0) for (let j = 0; j < fanIn; j++) down[l][j] *= slope(l, i * fanIn + j);
    }
    const length = Math.hypot(...down[0]);
    penalty += (strength * (length - 1) ** 2) / n;
    if (!gradient || length === 0) continue;
    let up = down[0].map((v) => (2 * strength * (length - 1) * v) / (length * n));
    for (let l = 0; l < depth; l++) {
      const { fanIn, fanOut, w } = layers[l], next = new Float64Array(fanOut);
      for (let o = 0; o < fanOut; o++) {
        for (let j = 0; j < fanIn; j++) {
          gradient[w + o * fanIn + j] += down[l + 1][o] * up[j];
          next[o] += weights[w + o * fanIn + j] * up[j];
        }
        if (l + 1 < depth) next[o] *= slope(l + 1, i * fanOut + o);
      }
      up = next;
    }
  }
  return penalty;
}

const ADAM = { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 };

const adam = (size) => ({ first: new Float64Array(size), second: new Float64Array(size), count: 0 });

function adamStep({ weights }, gradient, memory, rate) {
  memory.count += 1;
  const { beta1, beta2, epsilon } = ADAM, { first, second, count } = memory;
  const one = 1 - beta1 ** count, two = 1 - beta2 ** count;
  for (let i = 0; i < weights.length; i++) {
    first[i] = beta1 * first[i] + (1 - beta1) * gradient[i];
    second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] ** 2;
    weights[i] -= (rate * (first[i] / one)) / (Math.sqrt(second[i] / two) + epsilon);
  }
}
