// Draws PerceptronPlay: the plane, one example at a time, and the race between Novikoff's two bounds.

const PERCEPTRON_TRAITS = ["points", "steps", "brush", "presets", "show_separator", "show_meeting"];
const PACE = 550; // milliseconds from one example to the next while running

const italic = (letter) => element("i", {}, letter);
const sub = (letter, index) => [italic(letter), element("sub", {}, index)];
// Points sit on a grid of tenths, and so do sums of them: one decimal says all. No line break inside.
const vector = (numbers) => `(${numbers.map(tenths).join(",\u00a0")})`;
const tenths = (value) => formatNumber(value, Math.abs(value - Math.round(value)) < 1e-9 ? 0 : 1);
const samePoints = (p, q) => JSON.stringify(p) === JSON.stringify(q);

// What the last example did to the weights, with its arithmetic: two lines.
function verdict(run) {
  if (!run.last) return ["w = (0, 0, 0).", "Each y⟨w, x⟩ is 0, so the first example will be a mistake."];
  const { index, point, score, mistake, after } = run.last;
  const product = point[2] * score;
  const value = formatNumber(product, Math.abs(product - Math.round(product)) < 1e-9 ? 0 : 2);
  return [
    `Example ${index + 1}: x\u00a0=\u00a0${vector(augmented(point))}, y\u00a0=\u00a0${nameOf(point[2])}.`,
    mistake
      ? `y⟨w,\u00a0x⟩ = ${value} ≤ 0, a mistake: w ← w ${point[2] > 0 ? "+" : "−"} x = ${vector(after)}.`
      : `y⟨w,\u00a0x⟩ = ${value} > 0, right: w stays.`,
  ];
}

function outlook({ run, theory, points }) {
  if (!points.length) return "Place points of both classes, or choose a set.";
  if (run.converged) return "Every point is on its side: the perceptron has converged.";
  if (run.cycle) {
    const before = run.cycle.start ? `to where they were after ${run.cycle.start} examples` : "to the start";
    return `The weights have come back ${before}: they go round for ever, in a cycle of ${run.cycle.length} examples.`;
  }
  if (!theory.separable) return "No line separates these points: there is no margin, no bound and no end.";
  return "A line separates these points, so the mistakes must come to an end.";
}

function render({ model, el }) {
  const write = (changes) => binding.write(changes);
  const live = announcer();
  let timer = null;
  let shown = null;

  const board = plane({
    readPoints: () => model.get("points"), readBrush: () => model.get("brush"),
    change: (points) => { pause(); write({ points, steps: 0 }); }, say: live.say,
  });

  // --- the race: kγ ≤ ⟨w, w*⟩ ≤ ‖w‖ ≤ R√k after k mistakes -------------------------------------------
  const race = chart({
    height: 240, margin: { left: 46, right: 14, top: 26, bottom: 42 },
    title: "Length of w and its part along w* against the number of mistakes",
    draw(plot, { run, theory, show_meeting }) {
      const made = run.mistakes.length;
      const meeting = theory.separable && show_meeting;
      const last = meeting ? Math.max(theory.bound, made) : Math.max(8, Math.ceil(1.2 * made));
      const high = niceMax(Math.sqrt(last) * theory.radius);
      plot.x = linearScale([0, last * (meeting ? 1.06 : 1)], [plot.left, plot.right]);
      plot.y = linearScale([0, high * (meeting ? 1.06 : 1)], [plot.bottom, plot.top]);
      yAxis(plot, plot.y, ticksOf([0, high], 4), "length");
      xAxis(plot, plot.x, ticksOf(plot.x.domain, plot.width < 400 ? 5 : 8), "mistakes *k*");
      const ks = Array.from({ length: 101 }, (_, i) => (last * i) / 100);
      polyline(plot, ks, ks.map((k) => theory.radius * Math.sqrt(k)), { class: "fnn-bound-length" });
      const counts = Array.from({ length: made + 1 }, (_, k) => k);
      const weights = [[0, 0, 0], ...run.mistakes.map((mistake) => mistake.weights)];
      const spot = (shape, attributes) => made <= 40 && plot.add(shape, attributes);
      const size = plot.x(1) - plot.x(0) < 8 ? 2 : 3;
      if (theory.separable) {
        polyline(plot, [0, last], [0, last * theory.margin], { class: "fnn-bound-along" });
        const along = weights.map((w) => dot(w, theory.separator));
        polyline(plot, counts, along, { class: "fnn-along" });
        along.forEach((v, k) => spot("circle", { class: "fnn-along-dot", cx: plot.x(k), cy: plot.y(v), r: size }));
      }
      const lengths = weights.map((w) => Math.hypot(...w));
      polyline(plot, counts, lengths, { class: "fnn-length" });
      lengths.forEach((v, k) => spot("rect", { class: "fnn-length-dot",
        x: plot.x(k) - size, y: plot.y(v) - size, width: 2 * size, height: 2 * size }));
      if (meeting) {
        const [x, y] = [plot.x(theory.bound), plot.y(theory.bound * theory.margin)];
        plot.add("line", { class: "fnn-meeting-line", x1: x, x2: x, y1: y, y2: plot.bottom });
        plot.add("circle", { class: "fnn-meeting", cx: x, cy: y, r: 5 });
        plotText(plot, x - 8, plot.bottom - 9, "(R/γ)²", { "text-anchor": "end" });
      }
      return `${made} mistakes so far${theory.separable ? `, at most ${formatNumber(theory.bound, 1)}` : ""}.`;
    },
  });

  // --- controls ------------------------------------------------------------------------------------
  const preset = choice("Points", Object.keys(model.get("presets")).map((name) => ({ value: name, label: name })),
    (name) => { pause(); write({ points: model.get("presets")[name], steps: 0 }); });
  const mark = (digit, sign) => phrase(element("span", { class: `fnn-key fnn-key-${digit}` }), sign);
  const brush = choice("A click places", [
    { value: 1, label: mark(1, "+1") }, { value: -1, label: mark(0, "−1") }, { value: 0, label: "or removes" },
  ], (value) => write({ brush: value }));

  function goTo(steps) {
    const reached = trajectory(model.get("points"), Math.min(steps, MAX_EXAMPLES)).examples;
    if (reached !== model.get("steps")) write({ steps: reached });
  }
  const forward = () => goTo(shown.run.examples + 1);
  function pause() {
    clearInterval(timer);
    timer = null;
    runButton.textContent = "Run";
  }
  function runOrPause() {
    if (timer) return pause();
    if (prefersStillness()) return goTo(Math.max(untilSettled(model.get("points")), shown.run.examples + 1));
    runButton.textContent = "Pause";
    timer = setInterval(() => (shown.finished ? pause() : forward()), PACE);
    forward();
  }
  const halt = (act) => () => { pause(); act(); };
  const back = button("Back", halt(() => goTo(shown.run.examples - 1)));
  const step = button("Step", halt(forward), { class: "fnn-primary" });
  const jump = button("Next mistake", halt(() => goTo(nextMistake(model.get("points"), shown.run.examples))));
  const runButton = button("Run", runOrPause);
  const reset = button("Restart at w = 0", halt(() => goTo(0)));
  const again = button("Start again", halt(() => write(model.get("start"))));
  const separator = checkbox(phrase("Show the best separator ", italic("w"), "*"), (on) => write({ show_separator: on }));
  const meetingBox = checkbox("Show where the bounds meet", (on) => write({ show_meeting: on }));

  // --- results -------------------------------------------------------------------------------------
  const numbers = Object.fromEntries([
    ["weight_0", 2], ["weight_1", 2], ["weight_2", 2], ["examples_seen", 0], ["errors", 0], ["mistakes", 0],
    ["mistake_bound", 1], ["radius", 3], ["margin", 3], ["inner_product", 3], ["inner_product_bound", 3],
    ["squared_norm", 2], ["squared_norm_bound", 2],
  ].map(([name, digits]) => [name, quantity(name, digits)]));
  const n = (name) => numbers[name].node;
  const row = (term, ...value) => [element("dt", {}, ...term), element("dd", {}, ...value)];
  const needsSeparator = [];   // what there is to see only where a line separates the classes
  const ifSeparable = (...nodes) => { needsSeparator.push(...nodes); return nodes; };
  const inner = () => ["⟨", italic("w"), ", ", italic("w"), "*⟩"];
  const statement = element("p", { class: "fnn-statement fnn-verdict" });
  const forecast = element("p", { class: "fnn-forecast" });
  const results = element("dl", { class: "fnn-results" },
    ...row(["Mistakes ", italic("k"), ...ifSeparable(phrase(" ≤ (", italic("R"), "/", italic("γ"), ")²"))],
      n("mistakes"), ...ifSeparable(phrase(" ≤ ", n("mistake_bound")))),
    ...ifSeparable(...row([...inner(), " ≥ ", italic("kγ")], n("inner_product"), " ≥ ", n("inner_product_bound"))),
    ...row(["‖", italic("w"), "‖² ≤ ", italic("kR"), "²"], n("squared_norm"), " ≤ ", n("squared_norm_bound")),
    ...row(["Longest example ", italic("R")], n("radius")),
    ...ifSeparable(...row(["Margin ", italic("γ")], n("margin"))),
    ...row(["Weights ", ...sub("w", 0), ", ", ...sub("w", 1), ", ", ...sub("w", 2)],
      n("weight_0"), ", ", n("weight_1"), ", ", n("weight_2")),
    ...row(["Examples shown"], n("examples_seen")),
    ...row(["Points still wrong"], n("errors")));
  const entry = (key, ...text) =>
    element("span", {}, element("span", { class: `fnn-stroke fnn-stroke-${key}` }), ...text);
  const swatch = (key, ...text) =>
    element("span", {}, element("span", { class: `fnn-swatch-of-${key}`, "aria-hidden": "true" }), ...text);
  const separatorEntry = swatch("separator", "best separator ", italic("w"), "*");
  const planeLegend = element("p", { class: "fnn-legend" },
    swatch("decision", "boundary now"), swatch("before", "boundary before the last mistake"), separatorEntry,
    swatch("normal", "direction of ", italic("w"), ", the side called +1"),
    swatch("wrong", "hollow: on the wrong side"), swatch("current", "ring: the last example shown"));
  const legend = element("p", { class: "fnn-legend" },
    ...ifSeparable(entry("along", ...inner()), entry("bound-along", italic("kγ"))),
    entry("length", "‖", italic("w"), "‖"), entry("bound-length", italic("R"), "√", italic("k")));
  const root = element("div", {
    class: "fnn-play", role: "group", "aria-label": "Explorable: the perceptron, one mistake at a time",
  },
    element("div", { class: "fnn-stack fnn-presets" }, preset.node),
    element("div", { class: "fnn-columns fnn-plane-and-steps" }, board.node,
      element("div", { class: "fnn-stack" },
        element("div", { class: "fnn-buttons" }, step, jump, runButton, back, reset), statement, forecast,
        planeLegend),
      brush.node),
    element("div", { class: "fnn-columns" },
      element("div", {}, race.node, legend), results),
    element("div", { class: "fnn-row" }, separator.node, meetingBox.node, again), live.node);

  const binding = bindModel(model, PERCEPTRON_TRAITS, (traits) => {
    const { points } = traits;
    const run = trajectory(points, traits.steps);
    const theory = shown && samePoints(shown.points, points) ? shown.theory : novikoff(points);
    const errors = points.filter((point) => classify(run.weights, point) !== point[2]).length;
    const finished = !points.length || run.converged || run.examples >= MAX_EXAMPLES;
    shown = { ...traits, run, theory, errors, finished };
    const k = run.mistakes.length;
    const along = theory.separable ? dot(run.weights, theory.separator) : null;
    const values = {
      weight_0: run.weights[0], weight_1: run.weights[1], weight_2: run.weights[2],
      examples_seen: run.examples, errors, mistakes: k, mistake_bound: theory.bound, radius: theory.radius,
      margin: theory.margin, inner_product: along, inner_product_bound: theory.separable ? k * theory.margin : null,
      squared_norm: dot(run.weights, run.weights), squared_norm_bound: k * theory.radius ** 2,
    };
    for (const [name, value] of Object.entries(values)) numbers[name].update(value);
    preset.update(Object.entries(traits.presets).find(([, set]) => samePoints(set, points))?.[0]);
    brush.update(traits.brush);
    separator.update(traits.show_separator);
    separator.input.disabled = meetingBox.input.disabled = !theory.separable;
    separatorEntry.hidden = !(traits.show_separator && theory.separable);
    meetingBox.update(traits.show_meeting);
    for (const control of [step, jump]) control.disabled = finished;
    runButton.disabled = finished && !timer;
    for (const control of [back, reset]) control.disabled = run.examples === 0;
    for (const node of needsSeparator) node.hidden = !theory.separable;
    statement.replaceChildren(...verdict(run).map((line) => element("span", {}, line)));
    forecast.textContent = outlook(shown);
    board.update(shown);
    race.update(shown);
    live.say(`${verdict(run).join(" ")} ${k} mistakes. ${outlook(shown)}`);
  });
  el.append(shieldKeys(root));
  binding.redraw();
  return () => {
    pause();
    binding.dispose();
    live.dispose();
    board.dispose();
    race.dispose();
    root.remove();
  };
}

export default { render };
