// Draws BackpropagationPlay: a graph, a scrubber, and in words the rule that each step applies.

const BACKPROPAGATION_TRAITS = ["graph", "inputs", "mode", "seed", "step", "collected", "graphs"];
const BEAT = 1100;        // milliseconds from one step to the next while playing
const LIMIT = 5;          // inputs run from −LIMIT to LIMIT

// A number to type in. What is no number between the limits is not passed on, and put right on leaving.
function numberField(name, change) {
  let current = 0;
  const input = element("input", {
    type: "number", min: -LIMIT, max: LIMIT, step: 0.1, "aria-label": `Value of ${name}`,
    oninput: () => {
      const value = input.value === "" ? NaN : Number(input.value);
      if (Number.isFinite(value) && Math.abs(value) <= LIMIT && value !== current) change(value);
    },
    onblur: () => { input.value = current; },
  });
  return {
    node: input,
    update(value) {
      current = value;
      if (document.activeElement !== input || Number(input.value) !== value) input.value = value;
    },
  };
}

function render({ model, el }) {
  const write = (changes) => binding.write(changes);
  const live = announcer(), picture = graphPlot();
  let timer = null, shown = null, fields = {}, derivatives = {}, seeds = null;

  // --- the walk ------------------------------------------------------------------------------------
  function goTo(step) {
    const next = Math.max(0, Math.min(step, shown.s.total));
    if (next !== shown.s.count) write({ step: next });
  }
  function pause() {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
  }
  function playOrPause() {
    if (timer) return pause();
    if (prefersStillness()) return goTo(shown.s.finished ? 0 : shown.s.total);
    if (shown.s.finished) goTo(0);
    play.textContent = "Pause";
    timer = setInterval(() => (shown.s.finished ? pause() : goTo(shown.s.count + 1)), BEAT);
  }
  const halt = (act) => () => { pause(); act(); };
  const scrubber = element("input", { type: "range", min: 0, step: 1, "aria-label": "Step",
    oninput: () => { pause(); goTo(Number(scrubber.value)); } });
  const position = quantity("step", 0);
  const back = button("Back", halt(() => goTo(shown.s.count - 1)));
  const forward = button("Step", halt(() => goTo(shown.s.count + 1)), { class: "fnn-primary" });
  const play = button("Play", playOrPause);
  const again = button("Start again", halt(() => write(model.get("start"))));
  const transport = element("div", { class: "fnn-transport", onkeydown: arrows },
    element("div", { class: "fnn-slider" }, element("span", {}, "Step"), scrubber,
      element("span", { class: "fnn-value" }, position.node)),
    element("div", { class: "fnn-buttons" }, forward, back, play));

  // The arrow keys step on the buttons, too. The scrubber has them from the browser.
  function arrows(event) {
    if (event.target === scrubber || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    pause();
    goTo(shown.s.count + move);
  }

  // --- what to look at -------------------------------------------------------------------------------
  const title = choice("Graph", Object.keys(model.get("graphs")).map((name) => ({ value: name, label: name })),
    (name) => { pause(); write({ graph: name, step: 0, collected: [], seed: model.get("graphs")[name].inputs[0] }); });
  const mode = choice("Mode", [
    { value: REVERSE, label: "Reverse: adjoints" }, { value: FORWARD, label: "Forward: dual numbers" },
  ], (value) => { pause(); write({ mode: value, step: 0, collected: [] }); });
  const seedPlace = element("div"), inputRows = element("div", { class: "fnn-inputs" });

  // The rows of a graph's inputs, made anew when another graph is chosen.
  function buildInputs({ title: graphTitle, graph }) {
    fields = {};
    derivatives = {};
    inputRows.replaceChildren(...graph.inputs.map((name) => {
      fields[name] = numberField(name, (value) => write({ collected: [],
        inputs: { ...model.get("inputs"), [graphTitle]: { ...model.get("inputs")[graphTitle], [name]: value } } }));
      derivatives[name] = quantity(`derivative_${name}`);
      return element("div", { class: "fnn-input-row" }, element("span", {}, `${lowered(name)} =`), fields[name].node,
        element("span", {}, `${derivativeText(outputOf(graph), name)} =`), derivatives[name].node);
    }));
    shieldKeys(inputRows);
  }

  // In forward mode: which input is seeded. A pass that was finished keeps its derivative.
  function buildSeeds({ graph }) {
    seeds = choice("Seed, the input whose tangent is 1", graph.inputs.map((name) =>
      ({ value: name, label: lowered(name) })), (name) => {
      pause();
      const done = shown.s.finished ? [...new Set([...model.get("collected"), shown.seed])] : model.get("collected");
      write({ seed: name, step: 0, collected: done });
    });
    shieldKeys(seeds.node);
    seedPlace.replaceChildren(seeds.node);
  }

  // --- results -----------------------------------------------------------------------------------------
  const statement = element("p", { class: "fnn-statement fnn-rule" });
  const passes = quantity("passes", 0), needed = quantity("passes_needed", 0);
  const rules = quantity("rules", 0), rulesReverse = quantity("rules_reverse", 0), rulesForward = quantity("rules_forward", 0);
  const row = (term, ...value) => [element("dt", {}, term), element("dd", { class: "fnn-count" }, ...value)];
  const results = element("dl", { class: "fnn-results" },
    ...row("Derivatives found", passes.node, " of ", needed.node),
    ...row("Edge rules in this pass", rules.node),
    ...row("For all, in reverse: 1 pass", rulesReverse.node),
    ...row("For all, forward: a pass each", rulesForward.node));
  const note = element("p", { class: "fnn-legend fnn-picture-note" });
  const root = element("div", { class: "fnn-play", role: "group", "aria-label": "Explorable: derivatives on a graph" },
    element("div", { class: "fnn-stack" }, title.node, mode.node, seedPlace),
    element("div", { class: "fnn-walk" }, transport, statement),
    picture.node, note,
    element("div", { class: "fnn-columns" },
      element("fieldset", { class: "fnn-group" }, element("legend", {}, "Inputs and derivatives"), inputRows),
      element("div", {}, results, element("div", { class: "fnn-row" }, again))),
    live.node);

  const binding = bindModel(model, BACKPROPAGATION_TRAITS, (traits) => {
    const graph = traits.graphs[traits.graph], at = traits.inputs[traits.graph];
    const seed = graph.inputs.includes(traits.seed) ? traits.seed : graph.inputs[0];
    const s = walk(graph, at, traits.mode, seed, traits.step);
    const newGraph = shown?.title !== traits.graph, newMode = shown?.mode !== traits.mode;
    shown = { title: traits.graph, graph, mode: traits.mode, seed, s };
    if (newGraph) buildInputs(shown);
    if (traits.mode === FORWARD && (newGraph || newMode)) buildSeeds(shown);
    if (traits.mode === REVERSE) seedPlace.replaceChildren();
    else seeds.update(seed);
    const found = gradientSoFar(graph, at, traits.mode, seed, traits.step, traits.collected);
    for (const name of graph.inputs) {
      fields[name].update(at[name]);
      derivatives[name].update(found[name], name in found ? short(found[name]) : "?");
    }
    title.update(traits.graph);
    mode.update(traits.mode);
    const edges = graph.steps.reduce((sum, step) => sum + step.inputs.length, 0);
    passes.update(Object.keys(found).length);
    needed.update(graph.inputs.length);
    rules.update(Object.keys(s.parts).length);
    rulesReverse.update(edges);
    rulesForward.update(edges * graph.inputs.length);
    position.update(s.count, `${s.count} of ${s.total}`);
    scrubber.max = s.total;
    scrubber.value = s.count;
    scrubber.style.setProperty("--part", `${(100 * s.count) / s.total}%`);
    const lines = describe(graph, s, traits.mode, seed);
    scrubber.setAttribute("aria-valuetext", `${s.count} of ${s.total}`);
    statement.replaceChildren(...lines.map((line) => element("span", {}, line)));
    note.textContent = traits.mode === REVERSE
      ? "A bar marks an adjoint: how fast the output changes with this node. Going back, each edge carries its part of it. "
        + "Dashed: not computed yet. Thick: the last step."
      : "A dot marks a tangent: how fast this node changes with the seed. Each edge carries its part of it. "
        + "Dashed: not computed yet. Thick: the last step.";
    back.disabled = s.count === 0;
    forward.disabled = s.finished;
    picture.update(shown);
    live.say(lines.join(" "));
  });
  el.append(shieldKeys(root));
  binding.redraw();
  return () => {
    pause();
    binding.dispose();
    live.dispose();
    picture.dispose();
    root.remove();
  };
}

export default { render };
