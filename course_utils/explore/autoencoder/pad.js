// The plots of AutoencoderPlay: two drawings, the plane of codes, and the errors of unseen digits.

const ERROR_LIMIT = 0.25; // of the threshold, and of the histogram
const BINS = 50;

const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));
const inWords = (code) => code.map((value) => formatNumber(value, 2)).join(", ");

function drawInk(plot, { cell, left, top }, ink) {
  ink.forEach((value, i) => {
    const [row, column] = [Math.floor(i / PIXEL_SIDE), i % PIXEL_SIDE];
    drawCell(plot, { x: left + column * cell, y: top + row * cell, cell, size: 0, shade: "fnn-shade",
      opacity: clamp(value, [0, 1]), frame: "fnn-cell", at: { cell: `${row},${column}`, value } });
  });
}

const describeInk = (ink) =>
  `8 by 8 pixels, ${ink.filter((value) => value > 0.5).length} of them more than half inked.`;

// What goes into the encoder. Painting changes the clean drawing below the noise.
function inputGrid({ readState, paint, say }) {
  return paintableGrid({
    className: "fnn-input", title: "Input",
    label: "Input. Arrow keys move the cursor, Enter paints the pixel.",
    padding: () => 0, inkAt: (row, column) => readState().image[row][column], paint, say,
    draw(plot, geometry, { found }) {
      drawInk(plot, geometry, found.input);
      return describeInk(found.input);
    },
  });
}

function outputGrid() {
  return chart({
    height: (width) => Math.min(width, LARGEST_GRID), margin: { left: 2, right: 2, top: 2, bottom: 2 },
    title: "Reconstruction",
    draw(plot, { found }) {
      drawInk(plot, layOut(plot, {}), found.output);
      return describeInk(found.output);
    },
  });
}

// The plane of codes: unseen digits, the encoder's code, and the code that is decoded, which moves.
function codePad({ readState, change, release, say }) {
  let scales = null, dragging = false;
  const plotted = chart({
    height: (width) => Math.min(width, LARGEST_GRID) - 4, margin: { left: 26, right: 2, top: 2, bottom: 22 },
    title: "Plane of codes",
    draw(plot, state) {
      const { found, domain, judged } = state;
      plot.right = Math.min(plot.right, plot.left + plot.bottom - plot.top);
      plot.x = linearScale(domain[0], [plot.left, plot.right]);
      plot.y = linearScale(domain[1], [plot.bottom, plot.top]);
      scales = plot;
      plot.add("rect", { class: "fnn-undecided", x: plot.left, y: plot.top,
        width: plot.right - plot.left, height: plot.bottom - plot.top });
      for (const tick of ticksOf(domain[0], 5)) {
        const at = { class: "fnn-tick", x: plot.x(tick), y: plot.bottom + 15, "text-anchor": "middle" };
        plot.add("text", at, formatNumber(tick, decimalsOf(ticksOf(domain[0], 5))));
      }
      for (const tick of ticksOf(domain[1], 5)) {
        const at = { class: "fnn-tick", x: plot.left - 5, y: plot.y(tick) + 4, "text-anchor": "end" };
        plot.add("text", at, formatNumber(tick, decimalsOf(ticksOf(domain[1], 5))));
      }
      plot.add("text", { class: "fnn-label", x: plot.right - 4, y: plot.bottom - 7, "text-anchor": "end" }, "h₁");
      plot.add("text", { class: "fnn-label", x: plot.left + 6, y: plot.top + 17 }, "h₂");
      judged.forEach(({ label, code }) => plot.add("text", {
        class: `fnn-digit fnn-digit-${label}`, x: plot.x(code[0]), y: plot.y(code[1]) + 4 }, label));
      const place = (code) => [0, 1].map((axis) => [plot.x, plot.y][axis](clamp(code[axis], domain[axis])));
      const [ex, ey] = place(found.encoded), [cx, cy] = place(found.shown);
      if (state.code.length) {
        plot.add("rect", { class: "fnn-best", x: ex - 7, y: ey - 7, width: 14, height: 14,
          transform: `rotate(45 ${ex} ${ey})` });
      }
      plot.add("circle", { class: "fnn-code-rim", cx, cy, r: 10 });
      plot.add("circle", { class: "fnn-code", cx, cy, r: 7.5 });
      plot.add("circle", { class: "fnn-grab", cx, cy, r: 22 });
      const outside = found.shown.some((value, axis) => value !== clamp(value, domain[axis]));
      if (outside) {
        plotText(plot, plot.right - 6, plot.top + 16, "the code lies farther out", { "text-anchor": "end" });
      }
      return `The code ${inWords(found.shown)} among those of ${judged.length} unseen digits`
        + `${outside ? ", outside of the view" : ""}.`;
    },
  });

  const node = element("div", {
    class: "fnn-plane fnn-code-pad", tabindex: 0, role: "application", "aria-roledescription": "plane of codes",
    "aria-label": "Plane of codes. Arrow keys move the code, with Shift in larger steps; Home gives it back to "
      + "the encoder.",
    onpointerdown(event) {
      const box = plotted.svg.getBoundingClientRect(), { shown } = readState().found;
      const [dx, dy] = [event.clientX - box.left - scales.x(shown[0]), event.clientY - box.top - scales.y(shown[1])];
      // A finger beside the mark may be about to scroll: wait for the click.
      if (event.button !== 0 || (event.pointerType === "touch" && Math.hypot(dx, dy) > 24)) return;
      dragging = true;
      node.setPointerCapture(event.pointerId);
      if (event.pointerType !== "touch") move(event);
    },
    onpointermove(event) { if (dragging) move(event); },
    onpointerup() { dragging = false; },
    onpointercancel() { dragging = false; },
    onclick(event) { if (event.detail) move(event); },
    onkeydown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { found, domain } = readState(), leap = (event.shiftKey ? 5 : 1) * step(domain);
      const moves = { ArrowRight: [leap, 0], ArrowLeft: [-leap, 0], ArrowUp: [0, leap], ArrowDown: [0, -leap] };
      if (event.key === "Home") release();
      else if (event.key in moves) to(found.shown.map((value, axis) => value + moves[event.key][axis]));
      else return;
      event.preventDefault();
    },
  }, plotted.node);

  // The arrow keys cross the pad in about a hundred steps, each of them a round number.
  const step = (domain) => niceStep(domain[0][1] - domain[0][0], 200);
  function to(code) {
    const { domain } = readState();
    const next = code.map((value, axis) => Number(clamp(value, domain[axis]).toFixed(3)));
    change(next);
    say(`Code ${inWords(next)}.`);
  }
  function move(event) {
    const box = plotted.svg.getBoundingClientRect();
    to([scales.x.invert(event.clientX - box.left), scales.y.invert(event.clientY - box.top)]);
  }
  return { node, update: plotted.update, dispose: plotted.dispose };
}

// Errors of the unseen digits as bars, beyond the threshold hatched; a mark for the drawing's own.
function errorPlot() {
  return chart({
    height: 168, margin: { left: 8, right: 8, top: 26, bottom: 40 },
    title: "Errors of unseen digits",
    draw(plot, { judged, threshold, found, flagged }) {
      const counts = Array(BINS).fill(0), width = ERROR_LIMIT / BINS;
      for (const { error } of judged) counts[Math.min(BINS - 1, Math.floor(error / width))] += 1;
      plot.x = linearScale([0, ERROR_LIMIT], [plot.left, plot.right]);
      plot.y = linearScale([0, Math.max(...counts)], [plot.bottom, plot.top]);
      const bar = (low, high, count, shape) => high > low && plot.add("rect", { ...shape, x: plot.x(low), y: plot.y(count),
        width: plot.x(high) - plot.x(low), height: plot.bottom - plot.y(count) });
      counts.forEach((count, i) => {
        if (!count) return;
        const [low, high] = [i * width, (i + 1) * width], cut = clamp(threshold, [low, high]);
        bar(low, cut, count, { class: "fnn-bar" });
        bar(cut, high, count, { class: "fnn-bar-beyond", fill: plot.hatch[1] });
      });
      const at = plot.x(threshold), own = plot.x(Math.min(found.encoderError, ERROR_LIMIT));
      plot.add("line", { class: "fnn-threshold", x1: at, x2: at, y1: plot.top - 6, y2: plot.bottom });
      xAxis(plot, plot.x, ticksOf([0, ERROR_LIMIT], 5), "error of reconstruction");
      // Beyond the scale the mark lies on its side and points there.
      const mark = found.encoderError > ERROR_LIMIT ? `M${own + 6} ${plot.bottom - 9}l-13 -7v14Z`
        : `M${own} ${plot.bottom - 2}l-7 -13h14Z`;
      plot.add("path", { class: "fnn-now", d: mark });
      const anchor = threshold > 0.6 * ERROR_LIMIT ? "end" : "start";
      plotText(plot, at + (anchor === "end" ? -6 : 6), plot.top - 10, "threshold", { "text-anchor": anchor });
      return `${flagged} of ${judged.length} lie above the threshold ${formatNumber(threshold, 3)}; the drawing's own `
        + `error is ${formatNumber(found.encoderError, 3)}.`;
    },
  });
}
