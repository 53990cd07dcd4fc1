// The two grids of ConvolutionPlay: the image that one paints on, and the feature map.

const PIXEL_SIDE = 8;
const LARGEST_GRID = 348; // pixels of the screen

// At most five characters: 12, −128, 0.5, −12.4.
function shortNumber(value) {
  const whole = Math.abs(value - Math.round(value)) < 1e-9 || Math.abs(value) >= 100;
  return formatNumber(value, whole ? 0 : 1);
}

// Both grids share the size of a cell, so that the feature map is seen to shrink or to grow.
function layOut(plot, { padding = 0 }) {
  const count = PIXEL_SIDE + 2 * padding;
  const cell = Math.min(plot.right - plot.left, LARGEST_GRID - 4) / count;
  return { count, cell, left: plot.left, top: plot.top };
}

function drawCell(plot, { x, y, cell, shade, opacity, text, size, textClass = "", frame = "fnn-cell", at }) {
  const box = { x, y, width: cell, height: cell };
  plot.add("rect", { class: frame, ...box, "data-cell": at?.cell, "data-value": at?.value });
  if (opacity > 0) plot.add("rect", { class: shade, ...box, "fill-opacity": opacity.toFixed(3) });
  if (size < 8) return;
  const place = { x: x + cell / 2, y: y + cell / 2 + 0.36 * size, style: `font-size: ${size.toFixed(1)}px` };
  plot.add("text", { class: `fnn-in-cell ${textClass}`, ...place }, text);
}

function drawFrame(plot, className, x, y, side) {
  plot.add("rect", { class: className, x, y, width: side, height: side, rx: 2 });
}

// A grid that takes the keyboard's focus, as high as the part `rows()` of a square. `cellOf` says which
// of `count` × `count` cells, `rim` cells from the edge, the pointer is on, or null.
function pixelGrid({ label, className, title, rows, draw, ...handlers }) {
  let geometry = null;
  const plotted = chart({
    height: (width) => 4 + (Math.min(width, LARGEST_GRID) - 4) * rows(), margin: { left: 2, right: 2, top: 2, bottom: 2 },
    title,
    draw(plot, state) {
      geometry = layOut(plot, state);
      return draw(plot, geometry, state);
    },
  });
  const node = element("div", {
    class: `fnn-pixels ${className}`, tabindex: 0, role: "application", "aria-roledescription": "grid of numbers",
    "aria-label": label, ...handlers,
  }, plotted.node);
  function cellOf(event, count, rim = 0) {
    const box = plotted.svg.getBoundingClientRect(), { cell, left, top } = geometry;
    const column = Math.floor((event.clientX - box.left - left) / cell - rim);
    const row = Math.floor((event.clientY - box.top - top) / cell - rim);
    return [row, column].every((index) => index >= 0 && index < count) ? [row, column] : null;
  }
  return { node, cellOf, update: plotted.update, repaint: plotted.repaint, dispose: plotted.dispose };
}

// A grid on which one paints: `paint(row, column)` leaves the brush's ink, `inkAt` tells what is there.
function paintableGrid({ padding, inkAt, paint, say, draw, ...grid }) {
  let cursor = [0, 0], painting = false, finger = false;
  const spot = (event) => painted.cellOf(event, PIXEL_SIDE, padding());
  const dab = (event) => { const at = spot(event); if (at) { cursor = at; paint(...at); } };

  const painted = pixelGrid({
    ...grid, rows: () => 1,
    draw(plot, geometry, state) {
      const description = draw(plot, geometry, state), { cell, left, top } = geometry;
      const [row, column] = cursor.map((index) => index + padding());
      drawFrame(plot, "fnn-cursor", left + column * cell + 3, top + row * cell + 3, cell - 6);
      return description;
    },
    onpointerdown(event) {
      finger = event.pointerType === "touch"; // a finger may be about to scroll: wait for the click
      if (finger || event.button !== 0) return;
      painting = true;
      painted.node.setPointerCapture(event.pointerId);
      dab(event);
    },
    onpointermove(event) { if (painting) dab(event); },
    onpointerup() { painting = false; },
    onpointercancel() { painting = false; },
    onclick(event) { if (finger) dab(event); },
    onkeydown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
      if (event.key in moves) {
        cursor = cursor.map((v, axis) => Math.min(PIXEL_SIDE - 1, Math.max(0, v + moves[event.key][axis])));
        say(`Pixel ${cursor.join(", ")}: ink ${inkAt(...cursor)}.`);
        painted.repaint();
      } else if (event.key === "Enter" || event.key === " ") paint(...cursor);
      else return;
      event.preventDefault();
    },
  });
  return painted;
}

// The image with its padding and the window.
function imageGrid({ readState, paint, say }) {
  return paintableGrid({
    className: "fnn-image", title: "The image",
    label: "Image. Arrow keys move the cursor, Enter paints the pixel.",
    padding: () => readState().padding, inkAt: (...at) => pixelAt(readState().image, ...at), paint, say,
    draw(plot, { count, cell, left, top }, state) {
      const { image, padding, stride, shown } = state;
      const [firstRow, firstColumn] = [shown.row * stride, shown.column * stride];
      const size = Math.min(12, 0.45 * cell);
      for (let r = 0; r < count; r++) {
        for (let c = 0; c < count; c++) {
          const [row, column] = [r - padding, c - padding], pixel = pixelAt(image, row, column);
          const inside = image[row]?.[column] != null;
          const seen = r >= firstRow && r < firstRow + KERNEL_SIDE && c >= firstColumn && c < firstColumn + KERNEL_SIDE;
          drawCell(plot, { x: left + c * cell, y: top + r * cell, cell, size, text: String(pixel),
            shade: "fnn-shade", opacity: 0.38 * pixel / 16, frame: inside ? "fnn-cell" : "fnn-pad",
            textClass: `${seen ? "fnn-in-window" : ""} ${inside ? "" : "fnn-in-pad"}`,
            at: inside && { cell: `${row},${column}`, value: pixel } });
        }
      }
      const corner = [left + firstColumn * cell, top + firstRow * cell, KERNEL_SIDE * cell];
      drawFrame(plot, "fnn-window-rim", ...corner);
      drawFrame(plot, "fnn-window", ...corner);
      const inked = image.flat().filter(Boolean).length;
      return `${PIXEL_SIDE} by ${PIXEL_SIDE} pixels, ${inked} of them inked, ${padding} rows of zeros around them.`;
    },
  });
}

// The feature map. `hover(cell or null)` shows a window while the mouse is there, `choose(cell)` keeps it.
function mapGrid({ readState, hover, choose }) {
  const framed = ({ padding }) => PIXEL_SIDE + 2 * padding;
  const spot = (event) => grid.cellOf(event, readState().side);

  const grid = pixelGrid({
    className: "fnn-map", title: "The feature map", rows: () => readState().side / framed(readState()),
    label: "Feature map. Arrow keys move the window.",
    draw(plot, { cell, left, top }, { values, side, shown }) {
      const largest = Math.max(...values.flat().map(Math.abs));
      const longest = Math.max(...values.flat().map((value) => shortNumber(value).length));
      const size = Math.min(12, 0.45 * cell, (cell - 3) / (0.66 * longest));
      values.forEach((line, r) => line.forEach((value, c) => {
        drawCell(plot, { x: left + c * cell, y: top + r * cell, cell, size, text: shortNumber(value),
          shade: value > 0 ? "fnn-shade-1" : "fnn-shade-0", opacity: largest ? 0.55 * Math.abs(value) / largest : 0,
          textClass: r === shown.row && c === shown.column ? "fnn-in-window" : "",
          at: { cell: `${r},${c}`, value } });
      }));
      const corner = [left + shown.column * cell, top + shown.row * cell, cell];
      drawFrame(plot, "fnn-window-rim", ...corner);
      drawFrame(plot, "fnn-window", ...corner);
      return `${side} by ${side} numbers from ${shortNumber(Math.min(...values.flat()))} to `
        + `${shortNumber(Math.max(...values.flat()))}.`;
    },
    onpointermove(event) { if (event.pointerType === "mouse") hover(spot(event)); },
    onpointerleave() { hover(null); },
    onclick(event) { const at = spot(event); if (at) choose(...at); },
    onkeydown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { side, shown } = readState();
      const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
        Home: [-side, -side], End: [side, side] };
      if (!(event.key in moves)) return;
      event.preventDefault();
      const [row, column] = [shown.row, shown.column].map((index, axis) =>
        Math.min(side - 1, Math.max(0, index + moves[event.key][axis])));
      choose(row, column);
    },
  });
  return grid;
}
