// Draws the graph of BackpropagationPlay: boxes with values and adjoints, edges with what they carry.

// Where each node stands: [column, row] on a wide screen, the second pair on a narrow one, where the
// walk goes down instead of to the right.
const PLACES = {
  "Square of a sum": {
    a: [0, 0, 0, 0], b: [0, 1, 1, 0], u: [1, 0.5, 0.5, 1], c: [1, 1.5, 1.5, 1], s: [2, 1, 1, 2], f: [3, 1, 1, 3],
  },
  "Used twice": {
    a: [0, 0, 0, 0], b: [0, 1.6, 1.6, 0], u: [1, 0.9, 0.9, 1], v: [2, 0, 0, 2], f: [3, 0.9, 0.9, 3],
  },
  "ReLU neuron": {
    w1: [0, 0, 0, 0], x1: [0, 1, 1, 0], w2: [0, 2, 2, 0], x2: [0, 3, 3, 0],
    a1: [1, 0.5, 0.5, 1], a2: [1, 2.5, 2.5, 1], s: [2, 1.5, 1.5, 2], b: [2, 2.9, 2.8, 2], e: [3, 1.5, 1.5, 3],
    h: [4, 1.5, 1.5, 4], t: [4, 2.9, 2.8, 4], d: [5, 1.5, 1.5, 5], L: [5, 0.2, 1.5, 6],
  },
  "2-2-1 network": {
    w11: [0, 0, 0, 0], x1: [0, 1, 0.5, 1], w21: [0, 2, 1, 0], w12: [0, 3, 2, 0], x2: [0, 4, 2.5, 1], w22: [0, 5, 3, 0],
    a11: [1, 0.5, 0, 2], a21: [1, 1.5, 1, 2], a12: [1, 3.5, 2, 2], a22: [1, 4.5, 3, 2],
    z1: [2, 1.9, 0.5, 3.2], z2: [2, 3.1, 2.5, 3.2], h1: [2, 0.6, 1, 4.2], h2: [2, 4.4, 2, 4.2],
    v1: [3, -0.1, 0, 4.2], v2: [3, 5.1, 3, 4.2], p1: [3, 1.2, 0.5, 5.2], p2: [3, 3.8, 2.5, 5.2],
    y: [4, 2.5, 1.5, 6.2], t: [4, 4, 2.8, 6.2], d: [5, 2.5, 1.5, 7.2], L: [5, 1, 1.5, 8.2],
  },
};
const WIDE = 600;                      // from this width on the walk goes to the right
const BOX = { height: 54, most: 92 };  // of a node; as wide as there is room, up to `most`

// Boxes in pixels, {name: {x, y, w, h}} with x, y the middle, and the height that they take.
function layOut(title, width) {
  const wide = width >= WIDE, offset = wide ? 0 : 2, rowPitch = wide ? (title === "2-2-1 network" ? 66 : 82) : 88;
  const places = Object.entries(PLACES[title]).map(([name, p]) => [name, p[offset], p[offset + 1]]);
  const columns = places.map(([, column]) => column), rows = places.map(([, , row]) => row);
  const [c0, c1, r0, r1] = [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
  const gap = wide ? 46 : 8;           // between boxes side by side; edges need room for their numbers
  const w = Math.min(BOX.most, (width - 2 - gap * (c1 - c0)) / (c1 - c0 + 1));
  const pitch = Math.min((width - 2 - w) / (c1 - c0), wide ? 190 : 130), left = (width - pitch * (c1 - c0)) / 2;
  const boxes = Object.fromEntries(places.map(([name, column, row]) => [name, {
    x: left + pitch * (column - c0), y: 4 + BOX.height / 2 + rowPitch * (row - r0), w, h: BOX.height,
  }]));
  return { boxes, height: 8 + BOX.height + rowPitch * (r1 - r0) };
}

// Where the line from the middle of `box` to (x, y) leaves the box.
function border(box, [x, y], margin) {
  const [dx, dy] = [x - box.x, y - box.y];
  const t = Math.min((box.w / 2 + margin) / Math.abs(dx || 1e-9), (box.h / 2 + margin) / Math.abs(dy || 1e-9));
  return [box.x + t * dx, box.y + t * dy];
}

function drawEdge(plot, from, to, { state, label, part, towards, wide }) {
  const start = border(from, [to.x, to.y], 2), end = border(to, [from.x, from.y], 2);
  const [tail, tip] = towards === "input" ? [end, start] : [start, end];
  const length = Math.hypot(tip[0] - tail[0], tip[1] - tail[1]) || 1;
  const [ux, uy] = [(tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length];
  const back = (along, aside) => `${tip[0] - along * ux - aside * uy} ${tip[1] - along * uy + aside * ux}`;
  plot.add("line", { class: `fnn-edge fnn-edge-${state}`, x1: tail[0], y1: tail[1], x2: tip[0] - 4 * ux, y2: tip[1] - 4 * uy });
  plot.add("path", { class: `fnn-tip fnn-tip-${state}`, d: `M${tip[0]} ${tip[1]}L${back(8, 4)}L${back(8, -4)}Z` });
  if (label === undefined) return null;
  // Half-way across the gap next to the input: edges meet at results, so there is more room here.
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const flat = !wide && Math.abs(dx) > 1.2 * Math.abs(dy);  // on a narrow screen such edges cross half-way
  const t = flat ? 0.74 : Math.min(0.5, wide ? 23 / Math.abs(dx) : 17 / Math.abs(dy));
  const [x, y] = [start[0] + t * dx, start[1] + t * dy];
  return () => plot.add("text", { class: `fnn-part fnn-part-${state}`, x, y: y + 4, "text-anchor": "middle",
    ...(part ? { "data-quantity": `part_${part}`, "data-value": label } : {}) }, short(label, 3));
}

function drawBox(plot, box, { name, formula, value, second, mark, role }) {
  const [left, top] = [box.x - box.w / 2, box.y - box.h / 2];
  plot.add("rect", { class: `fnn-node fnn-node-${role}`, x: left, y: top, width: box.w, height: box.h, rx: formula ? 3 : 16 });
  const line = (y, className, text, quantityName, number) => plot.add("text", {
    class: className, x: box.x, y: top + y, "text-anchor": "middle",
    ...(quantityName && number !== undefined ? { "data-quantity": quantityName, "data-value": number } : {}),
  }, text);
  const known = value === undefined ? lowered(name) : `${lowered(name)}\u2009=\u2009${short(value, 3)}`;
  if (formula) line(14, "fnn-formula", formula);
  line(formula ? 31 : 24, "fnn-value-text", known, `value_${name}`, value);
  if (second !== undefined) {
    const text = `${(mark === "tangent" ? dotted : barred)(name)}\u2009=\u2009${short(second, 3)}`;
    line(formula ? 47 : 42, `fnn-${mark}-text`, text, `${mark}_${name}`, second);
  }
}

function graphPlot() {
  let shown = null;                    // which graph: its height depends on it
  const plotted = chart({
    height: (width) => layOut(shown, width).height, margin: { left: 0, right: 0, top: 0, bottom: 0 },
    title: "Computation graph",
    draw(plot, { title, graph, mode, seed, s }) {
      const { boxes } = layOut(title, plot.width), { last } = s, labels = [];
      const mark = mode === FORWARD ? "tangent" : "adjoint", second = mode === FORWARD ? s.tangents : s.adjoints;
      const current = last && (last.input ?? last.step?.result ?? outputOf(graph));
      for (const step of graph.steps) {
        step.inputs.forEach((name, position) => {
          const key = edgeKey(step.result, position), carried = s.parts[key];
          const active = last?.step === step && (last.kind !== "message" || last.position === position);
          const done = mode === FORWARD ? "tangent" : carried === undefined ? "known" : "adjoint";
          const state = active ? `${last.kind} fnn-active` : s.values[step.result] === undefined ? "open" : done;
          labels.push(drawEdge(plot, boxes[name], boxes[step.result], {
            state, wide: plot.width >= WIDE, part: carried !== undefined && key, label: carried ?? (active ? s.values[name] : undefined),
            towards: mode === REVERSE && carried !== undefined ? "input" : "result",
          }));
        });
      }
      for (const draw of labels) draw?.();
      const operations = new Map(graph.steps.map((step) => [step.result, step]));
      for (const name of [...graph.inputs, ...operations.keys()]) {
        const step = operations.get(name), value = s.values[name];
        const role = name === current ? "current" : value === undefined ? "open" : "known";
        drawBox(plot, boxes[name], { name, value, second: second[name], mark, role,
          formula: step && OPERATIONS[step.operation].text(step.inputs.map(lowered)) });
      }
      const known = Object.keys(s.values).length, carried = Object.keys(s.parts).length;
      return `${known} of ${graph.inputs.length + graph.steps.length} values known, ${carried} edges walked with `
        + `${mark}s. ${describe(graph, s, mode, seed).join(" ")}`;
    },
  });
  return { ...plotted, update(state) { shown = state.title; plotted.update(state); } };
}
