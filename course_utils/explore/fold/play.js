// Draws FoldPlay: the input plane beside the hidden plane, all nine weights in hand.

const FOLD_TRAITS = ["W1", "b1", "w2", "b2", "slope", "probe", "presets"];
const WEIGHT = { min: -3, max: 3, step: 0.1, digits: 1, trim: true };

const italic = (letter) => element("i", {}, letter);
const indexed = (letter, index) => phrase(italic(letter), element("sub", {}, index));
const sameWeights = (s, t) => ["W1", "b1", "w2", "b2"].every((name) => JSON.stringify(s[name]) === JSON.stringify(t[name]));
const replaced = (list, index, value) => list.map((old, i) => (i === index ? value : old));
const tidy = (value) => formatNumber(value, Math.abs(value - Math.round(value)) < 1e-9 ? 0 : 2);

// A point that the pointer drags in two directions and the arrow keys move, a tenth at a time.
function planeHandle(label, read, change) {
  const [low, high] = INPUT_RANGE;
  const within = (point) => point.map((v) => Number(Math.min(high, Math.max(low, Math.round(v * 20) / 20)).toFixed(2)));
  const node = element("div", {
    class: "fnn-handle", role: "application", tabindex: 0, "aria-label": label, "aria-roledescription": "point",
    style: "cursor: move", onkeydown: keydown,
    onpointerdown: (event) => {
      event.preventDefault();
      node.focus({ preventScroll: true });
      node.setPointerCapture(event.pointerId);
    },
    onpointermove: (event) => { if (node.hasPointerCapture(event.pointerId)) change(within(read(event))); },
  }, element("span", { style: "background: var(--accent)" }, italic("x")));
  let here = [0, 0];
  function keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const leap = event.shiftKey ? 0.25 : 0.05;
    const moves = { ArrowRight: [leap, 0], ArrowLeft: [-leap, 0], ArrowUp: [0, leap], ArrowDown: [0, -leap] };
    if (!(event.key in moves)) return;
    event.preventDefault();
    change(within(here.map((v, axis) => v + moves[event.key][axis])));
  }
  return {
    node,
    place(left, top, point) {
      here = point;
      node.style.left = `${left}px`;
      node.style.top = `${top}px`;
    },
  };
}

// What the reader sees, in a few words.
function foldVerdict(s) {
  if (s.loss < 1e-20) return "XOR, exactly.";
  if (s.slope === 1) return "No fold: one affine map, and its boundary is one line.";
  return s.right === 4 ? "XOR, at the threshold ½." : "Not XOR.";
}

function render({ model, el }) {
  const set = (changes) => binding.write(changes);
  const live = announcer();
  let inputPlot = null;

  const planes = { height: (width) => Math.min(width, 400) + 18, margin: { left: 30, right: 8, top: 28, bottom: 40 } };
  const inputs = chart({ ...planes, title: "Input plane",
    draw(plot, s) {
      drawInputs(plot, s);
      inputPlot = plot;
      handle.place(plot.x(s.probe[0]), plot.y(s.probe[1]), s.probe);
      return `The answers to 00, 01, 10, 11 are ${s.outputs.map(tidy).join(", ")}. ${s.right} of 4 are on the right side of ½. ${foldVerdict(s)}`;
    },
  });
  const handle = planeHandle("The point x. Arrow keys move it.", (event) => {
    const box = inputs.svg.getBoundingClientRect();
    return [inputPlot.x.invert(event.clientX - box.left), inputPlot.y.invert(event.clientY - box.top)];
  }, (probe) => { if (JSON.stringify(probe) !== JSON.stringify(model.get("probe"))) set({ probe }); });
  inputs.node.append(handle.node);
  const hiddenPlane = chart({ ...planes, title: "Plane of the hidden answers",
    draw(plot, s) {
      drawHidden(plot, s);
      const [x, y] = [plot.x(s.image[0]), plot.y(s.image[1])];
      plot.add("path", { d: `M${x} ${y - 8}l8 8l-8 8l-8 -8Z`, fill: "var(--accent)", stroke: "var(--ground)", "stroke-width": 1.5 });
      const places = s.hidden.map((h) => `(${h.map(tidy).join(", ")})`);
      return `00, 01, 10, 11 go to ${places.join(", ")}.`;
    },
  });

  // --- controls ------------------------------------------------------------------------------------
  const presets = choice("Weights", Object.keys(model.get("presets")).map((name) => ({ value: name, label: name })),
    (name) => set({ ...model.get("presets")[name], slope: 0 }));
  const sliders = [];
  const weight = (name, label, accessibleLabel, read, write) => {
    const control = slider({ ...WEIGHT, name, label, accessibleLabel, change: (value) => set(write(binding.read(), value)) });
    sliders.push([control, read]);
    return control.node;
  };
  const unit = (k) => group(`Hidden unit ${k + 1}`,
    ...[0, 1].map((j) => weight(`w_${k + 1}${j + 1}`, indexed("w", `${k + 1}${j + 1}`),
      `Weight from x${j + 1} to hidden unit ${k + 1}`, (s) => s.W1[k][j],
      (s, value) => ({ W1: replaced(s.W1, k, replaced(s.W1[k], j, value)) }))),
    weight(`b_${k + 1}`, indexed("b", k + 1), `Bias of hidden unit ${k + 1}`, (s) => s.b1[k],
      (s, value) => ({ b1: replaced(s.b1, k, value) })));
  const output = group("Output",
    ...[0, 1].map((k) => weight(`v_${k + 1}`, indexed("v", k + 1), `Weight from hidden unit ${k + 1} to the output`,
      (s) => s.w2[k], (s, value) => ({ w2: replaced(s.w2, k, value) }))),
    weight("c", italic("c"), "Bias of the output", (s) => s.b2, (s, value) => ({ b2: value })));
  const bending = group("The fold", weight("slope", "Slope below 0", "Slope of a hidden unit below 0", (s) => s.slope,
    (s, value) => ({ slope: Math.max(-1, Math.min(1, value)) })));
  const slopeInput = sliders.at(-1)[0].input;
  Object.assign(slopeInput, { min: -1, max: 1 });
  const weights = element("div", { class: "fnn-columns", hidden: true }, unit(0), unit(1), output);
  const own = checkbox("Set the weights yourself", (on) => showWeights(on));
  function showWeights(on) {
    weights.hidden = !on;
    for (const input of weights.querySelectorAll("input")) input.disabled = !on;
  }
  showWeights(false);
  const again = button("Start again", () => set(model.get("start")));

  // --- results -------------------------------------------------------------------------------------
  const shown = {};
  const number = (name, digits = 2) => (shown[name] = quantity(name, digits)).node;
  const row = (head, key, target) => element("tr", {}, element("th", { scope: "row" }, head),
    element("td", {}, "(", number(`h1_${key}`), ", ", number(`h2_${key}`), ")"),
    element("td", {}, number(`output_${key}`)), element("td", {}, target));
  const table = element("table", { class: "fnn-table" },
    element("caption", {}, "What becomes of each input"),
    element("thead", {}, element("tr", {}, ...["input", "hidden", "output", "XOR"].map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...["00", "01", "10", "11"].map((key, i) => row(key.split("").join(", "), key, String(XOR[i]))),
      row(italic("x"), "probe", "")));
  const verdict = element("span", {});
  const statement = element("p", { class: "fnn-statement" }, verdict);
  const results = element("dl", { class: "fnn-results" },
    element("dt", {}, "Right answers"), element("dd", {}, number("right", 0), " of 4"),
    element("dt", {}, "Mean squared error"), element("dd", {}, number("loss", 4)),
    element("dt", {}, "The point ", italic("x")), element("dd", {}, "(", number("probe_1"), ", ", number("probe_2"), ")"));
  const entry = (style, text) => element("span", {}, element("span", { class: "fnn-key", style }), text);
  const lineEntry = (style, text) => element("span", {}, element("span", { class: "fnn-stroke", style }), text);
  const legend = element("p", { class: "fnn-legend" },
    entry("background: var(--class-0)", "XOR is 0"),
    entry("background: var(--class-1); border-radius: 2px", "XOR is 1; outlined: answered wrongly"),
    lineEntry("", "answer ½"),
    lineEntry("border-top: 2px dashed var(--accent)", "fold of unit 1"),
    lineEntry("border-top: 2px dotted var(--accent)", "fold of unit 2"),
    entry("background: var(--faint); border: 1px solid var(--muted); border-radius: 0", "the folded square"),
    entry("background: var(--accent); border-radius: 0; transform: rotate(45deg) scale(0.8)", phrase("where ", italic("x"), " lands")));
  const root = element("div", { class: "fnn-play", role: "group", "aria-label": "Explorable: the plane folded by two hidden units" },
    presets.node,
    element("div", { class: "fnn-columns", style: "margin-top: 12px" }, inputs.node, hiddenPlane.node),
    statement,
    element("div", { class: "fnn-columns" }, bending, results),
    legend,
    element("div", { style: "margin-top: 14px" }, table),
    element("div", { class: "fnn-row" }, own.node, again),
    weights, live.node);

  const binding = bindModel(model, FOLD_TRAITS, (traits) => {
    const s = { ...traits, hidden: CORNERS.map((x) => fold(traits, x)), outputs: CORNERS.map((x) => network(traits, x)),
      image: fold(traits, traits.probe), right: rightAnswers(traits), loss: squaredError(traits) };
    for (const [control, read] of sliders) control.update(read(s));
    slopeInput.style.setProperty("--part", `${50 * (s.slope + 1)}%`);
    presets.update(Object.entries(s.presets).find(([, weights]) => sameWeights(s, weights))?.[0]);
    ["00", "01", "10", "11"].forEach((key, i) => {
      shown[`h1_${key}`].update(s.hidden[i][0]);
      shown[`h2_${key}`].update(s.hidden[i][1]);
      shown[`output_${key}`].update(s.outputs[i]);
    });
    shown.h1_probe.update(s.image[0]);
    shown.h2_probe.update(s.image[1]);
    shown.output_probe.update(outputOf(s, s.image));
    shown.probe_1.update(s.probe[0]);
    shown.probe_2.update(s.probe[1]);
    shown.right.update(s.right);
    shown.loss.update(s.loss);
    verdict.textContent = foldVerdict(s);
    inputs.update(s);
    hiddenPlane.update(s);
    live.say(`${foldVerdict(s)} ${s.right} of 4 right. Mean squared error ${formatNumber(s.loss, 3)}.`);
  });
  el.append(shieldKeys(root));
  binding.redraw();
  return () => {
    binding.dispose();
    live.dispose();
    inputs.dispose();
    hiddenPlane.dispose();
    root.remove();
  };
}

export default { render };
