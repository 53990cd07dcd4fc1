// Autoencoders of 8 × 8 drawings: numbers only. A drawing is a list of 64 numbers, ink from 0 to 1.

const FULL_INK = 16;
const ACTIVATIONS = { none: (a) => a, tanh: Math.tanh, sigmoid: (a) => 1 / (1 + Math.exp(-a)) };

const dot = (u, v) => u.reduce((sum, value, i) => sum + value * v[i], 0);

// Passes a list of numbers through layers { weight: rows, bias, activation }.
function runLayers(layers, x) {
  return layers.reduce((values, { weight, bias, activation }) =>
    weight.map((row, i) => ACTIVATIONS[activation](dot(row, values) + bias[i])), x);
}

// The first half of an autoencoder's layers makes the code, the second half the drawing.
const encoderOf = (layers) => layers.slice(0, layers.length / 2);
const decoderOf = (layers) => layers.slice(layers.length / 2);

function meanSquare(u, v) {
  return u.reduce((sum, value, i) => sum + (value - v[i]) ** 2, 0) / u.length;
}

// What is on the page, from the state of its controls.
function reconstruct({ networks, network, image, noise, pattern, patterns, code }) {
  const layers = networks[network];
  const clean = image.flat().map((ink) => ink / FULL_INK);
  const input = clean.map((ink, i) => ink + noise * patterns[pattern][i]);
  const encoded = runLayers(encoderOf(layers), input);
  const shown = code.length ? code : encoded;
  const output = runLayers(decoderOf(layers), shown);
  const own = code.length ? runLayers(decoderOf(layers), encoded) : output;
  return {
    clean, input, encoded, shown, output,
    error: meanSquare(input, output), encoderError: meanSquare(input, own),
    noiseError: meanSquare(input, clean), cleanError: meanSquare(output, clean),
  };
}

// "00gf…": the ink of each pixel to the base 17 → 8 rows of 8 whole numbers.
function unpackInk(letters) {
  return Array.from({ length: 8 }, (_, row) =>
    [...letters.slice(8 * row, 8 * row + 8)].map((letter) => parseInt(letter, 17)));
}

// Codes and errors of the examples under one network.
function judgeExamples(layers, examples) {
  return examples.map(([letters, label]) => {
    const ink = unpackInk(letters).flat().map((value) => value / FULL_INK);
    const code = runLayers(encoderOf(layers), ink);
    return { label, code, error: meanSquare(ink, runLayers(decoderOf(layers), code)) };
  });
}

// Index of the example whose code is nearest.
function nearestExample(examples, code) {
  const away = examples.map((example) => meanSquare(example.code, code));
  return away.indexOf(Math.min(...away));
}

// A square of the plane that holds all codes, with some room: [[low, high] along h₁, the same along h₂].
function padDomain(examples) {
  const ends = [0, 1].map((axis) => {
    const values = examples.map((example) => example.code[axis]);
    return [Math.min(...values), Math.max(...values)];
  });
  const half = 0.54 * Math.max(...ends.map(([low, high]) => high - low));
  return ends.map(([low, high]) => [(low + high) / 2 - half, (low + high) / 2 + half]);
}
