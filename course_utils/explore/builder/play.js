// Draws BuilderPlay: a target, the pieces, their sum, and how the largest distance falls.

const BUILDER_TRAITS = ["target", "kind", "pieces", "steepness", "own", "part", "show_parts"];
const OWN = { min: -1.5, max: 1.5, step: 0.05, vertical: true };

const italic = (letter) => element("i", {}, letter);
const short = (value) => formatNumber(value, Math.abs(value - Math.round(value)) < 1e-9 ? 0 : 2);
const signed = (value) => `${value < 0 ? "−" : "+"}\u00a0${short(Math.abs(value))}`;
const excitation = ({ w, b }) => `σ(${short(w)}x ${signed(b)})`;

// The picked triangle or step with all its weights.
function formulaOf({ net, picked, index }) {
  const which = `${net.kind === "steps" ? "Step" : "Triangle"} ${index + 1} of ${net.parts.length}, at x = ${short(picked.at)}`;
  if (net.kind === "steps") return `${which}: ${short(picked.height)}\u00a0·\u00a0${excitation(picked.units[0])}`;
  const [rise, peak, end] = picked.units.map(excitation);
  return `${which}: ${short(picked.height)}\u00a0·\u00a0[${rise} − 2\u00a0${peak} + ${end}]`;
}

function builderVerdict({ worst, gain, target }) {
  const distance = `Largest distance ${formatNumber(worst.error, 4)}, at x = ${formatNumber(worst.x, 2)}. `;
  if (worst.error < 1e-12) return "The network is the target: the largest distance is 0.";
  if (target === "jump") return `${distance}No continuous function comes nearer to a jump of 1 than ½.`;
  return `${distance}With twice as many pieces: ${formatNumber(gain, 2)} times smaller.`;
}

function render({ model, el }) {
  const set = (changes) => binding.write(changes);
  const live = announcer();

  const drawing = chart({
    height: (width) => (width < 480 ? 250 : 320), margin: { left: 40, right: 12, top: 14, bottom: 40 },
    title: "Target and network",
    draw(plot, s) {
      const description = drawBuilt(plot, s);
      drawing.scale = plot.y;
      handles.forEach((handle, i) => {
        handle.node.hidden = s.target !== "own";
        const at = linspace(LEFT, RIGHT, s.own.length)[i];
        handle.place(plot.x(at), plot.y(s.own[i]), s.own[i], `${short(s.own[i])} at x = ${short(at)}`);
      });
      return description;
    },
  });
  const handles = model.get("own").map((_, i) => {
    const handle = dragHandle({ ...OWN, label: `Height of point ${i + 1}`, className: "fnn-handle-t",
      read: (event) => drawing.scale.invert(event.clientY - drawing.svg.getBoundingClientRect().top),
      change: (value) => set({ own: model.get("own").map((old, j) => (j === i ? value : old)) }) });
    handle.node.append(element("span", {}, String(i + 1)));
    drawing.node.append(handle.node);
    return handle;
  });
  const errors = chart({ height: 230, margin: { left: 52, right: 12, top: 26, bottom: 40 },
    title: "Largest distance against the number of pieces, on logarithmic axes", draw: drawErrors });

  // --- controls ------------------------------------------------------------------------------------
  const targets = choice("Imitate", [
    { value: "sine", label: phrase("sin ", italic("πx")) }, { value: "runge", label: phrase("1 / (1 + 25", italic("x"), "²)") },
    { value: "jump", label: "a jump" }, { value: "own", label: "your own" },
  ], (target) => set({ target }));
  const kinds = choice("with", [{ value: "triangles", label: "triangles" }, { value: "steps", label: "steps" }], (kind) => set({ kind }));
  const sliders = {
    pieces: slider({ name: "pieces", label: "Pieces", accessibleLabel: "Number of pieces", min: 2, max: 64, step: 1, digits: 0,
      change: (pieces) => set({ pieces }) }),
    steepness: slider({ name: "steepness", label: "Steepness", accessibleLabel: "Steepness of the steps", min: 5, max: 500, step: 5,
      digits: 1, trim: true, change: (steepness) => set({ steepness }) }),
    part: slider({ name: "part", label: "Pick out", accessibleLabel: "Which piece to pick out", min: 1, max: 65, step: 1, digits: 0,
      change: (part) => set({ part }) }),
  };
  const showParts = checkbox("Show every piece", (on) => set({ show_parts: on }));
  const again = button("Start again", () => set(model.get("start")));

  // --- results -------------------------------------------------------------------------------------
  const numbers = Object.fromEntries([["sup_error", 4], ["units", 0], ["shared_units", 0], ["parameters", 0]]
    .map(([name, digits]) => [name, quantity(name, digits)]));
  const result = (term, name) => [element("dt", {}, term), element("dd", {}, numbers[name].node)];
  const results = element("dl", { class: "fnn-results" },
    ...result("Largest distance", "sup_error"), ...result("Hidden units, as drawn", "units"),
    ...result("Hidden units needed", "shared_units"), ...result("Weights and biases of these", "parameters"));
  const statement = element("p", { class: "fnn-statement" });
  const formula = element("p", {});
  const entry = (style, text) => element("span", {}, element("span", { class: "fnn-stroke", style }), text);
  const relus = entry("border-top: 1.5px dotted var(--class-0)", "its three ReLUs");
  const root = element("div", { class: "fnn-play", role: "group", "aria-label": "Explorable: a function built from pieces" },
    element("div", { class: "fnn-stack" }, targets.node, kinds.node),
    drawing.node,
    element("p", { class: "fnn-legend" }, entry("border-top-style: dashed", "target"),
      entry("border-color: var(--class-1)", "network"),
      entry("border-top: 3px solid var(--class-0)", "piece picked out"), relus,
      entry("border-top: 5px solid var(--accent)", "largest distance")),
    statement, formula,
    element("div", { class: "fnn-columns", style: "margin-top: 14px" },
      element("div", {}, sliders.pieces.node, sliders.steepness.node, sliders.part.node, results),
      element("div", {}, errors.node,
        element("p", { class: "fnn-legend" }, entry("border-color: var(--accent)", "triangles"),
          entry("border-top-style: dashed", "steps"),
          element("span", {}, element("span", { class: "fnn-mark-now" }), "now")))),
    element("div", { class: "fnn-row" }, showParts.node, again), live.node);

  const binding = bindModel(model, BUILDER_TRAITS, (traits) => {
    const net = builtNetwork(traits), index = Math.min(traits.part, net.parts.length) - 1;
    const worst = supError(traits, net);
    const s = { ...traits, net, index, picked: net.parts[index], worst,
      gain: worst.error / supErrorOf(traits, 2 * traits.pieces) };
    sliders.pieces.update(s.pieces);
    sliders.steepness.update(s.steepness);
    sliders.steepness.input.disabled = s.kind !== "steps";
    sliders.part.input.max = net.parts.length;
    sliders.part.update(index + 1);
    sliders.part.input.style.setProperty("--part", `${(100 * index) / Math.max(1, net.parts.length - 1)}%`);
    targets.update(s.target);
    kinds.update(s.kind);
    showParts.update(s.show_parts);
    const { units, shared, parameters } = size(s);
    const values = { sup_error: worst.error, units, shared_units: shared, parameters };
    for (const [name, value] of Object.entries(values)) numbers[name].update(value);
    relus.hidden = s.kind === "steps";
    statement.textContent = builderVerdict(s);
    formula.textContent = formulaOf(s);
    drawing.update(s);
    errors.update(s);
    live.say(`${builderVerdict(s)} ${shared} hidden units.`);
  });
  el.append(shieldKeys(root));
  binding.redraw();
  return () => {
    binding.dispose();
    live.dispose();
    drawing.dispose();
    errors.dispose();
    root.remove();
  };
}

export default { render };
