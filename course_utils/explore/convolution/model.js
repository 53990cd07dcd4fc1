// A 3 × 3 kernel on a square image: numbers only. An image and a kernel are lists of rows.

const KERNEL_SIDE = 3;

// How many places a kernel of this side has along one axis: ⌊(side + 2 padding − kernel) / stride⌋ + 1.
function outputSide(side, { stride, padding }) {
  return Math.floor((side + 2 * padding - KERNEL_SIDE) / stride) + 1;
}

// The weights as they lie on the image: turned by half a turn for a convolution, as they are otherwise.
function appliedKernel({ kernel, flip }) {
  return flip ? kernel.map((row) => [...row].reverse()).reverse() : kernel;
}

// Pixel (row, column) of the image; 0 beyond its rim, where the padding is.
function pixelAt(image, row, column) {
  return image[row]?.[column] ?? 0;
}

// The nine products under the window of output cell (row, column), row by row.
function windowTerms(state, row, column) {
  const weights = appliedKernel(state), { image, stride, padding } = state;
  return weights.flatMap((line, i) => line.map((weight, j) => {
    const [r, c] = [row * stride - padding + i, column * stride - padding + j];
    const pixel = pixelAt(image, r, c);
    return { row: r, column: c, pixel, weight, product: pixel * weight };
  }));
}

function sumOf(terms) {
  return terms.reduce((sum, term) => sum + term.product, 0);
}

function featureMap(state) {
  const side = outputSide(state.image.length, state);
  const places = Array.from({ length: side }, (_, index) => index);
  return places.map((row) => places.map((column) => sumOf(windowTerms(state, row, column))));
}

// The output cell that a position stands for: counted row by row, the last one at most.
function cellAt(position, side) {
  const index = Math.min(position, side * side - 1);
  return { index, row: Math.floor(index / side), column: index % side };
}
