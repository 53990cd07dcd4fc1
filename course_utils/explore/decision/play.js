// Draws DecisionPlay: what the barometer says on dry (y = 0) and rainy days (y = 1), and when to decide 1.

const DECISION_TRAITS = ["prior", "mean_0", "mean_1", "sigma_0", "sigma_1",
  "cost_false_positive", "cost_false_negative", "threshold", "use_bayes_threshold"];
const X_RANGE = [983, 1043];
const MEAN = { min: 998, max: 1028, step: 1, digits: 1, trim: true, unit: "hPa" };
const SIGMA = { min: 2, max: 14, step: 0.5, digits: 1, trim: true, unit: "hPa" };
const COST = { min: 0.1, max: 10, step: 0.1, digits: 1, trim: true };
const MARGIN = { left: 46, right: 14, top: 26, bottom: 22 };
const GRID = Array.from({ length: 241 }, (_, i) => X_RANGE[0] + ((X_RANGE[1] - X_RANGE[0]) * i) / 240);

const sub = (letter, digit) => [element("i", {}, letter), element("sub", {}, digit)];
const italic = (letter) => element("i", {}, letter);

function complement(regions) {
  const cuts = [-Infinity, ...regions.flat(), Infinity];
  const rest = [];
  for (let i = 0; i < cuts.length; i += 2) if (cuts[i] < cuts[i + 1]) rest.push([cuts[i], cuts[i + 1]]);
  return rest;
}

const clipToPlot = (regions) => regions
  .map(([low, high]) => [Math.max(low, X_RANGE[0]), Math.min(high, X_RANGE[1])])
  .filter(([low, high]) => low < high);

// The two decision regions as a tint behind a plot, their limits as lines, their names on top.
function drawRegions(plot, ones, zeros, named) {
  for (const [digit, regions] of [["0", zeros], ["1", ones]]) {
    for (const [low, high] of regions) {
      const left = plot.x(low), right = plot.x(high);
      plot.add("rect", { class: `fnn-region-${digit}`, x: left, width: right - left,
        y: plot.top, height: plot.bottom - plot.top });
      if (low > X_RANGE[0]) {
        plot.add("line", { class: "fnn-boundary", x1: left, x2: left, y1: plot.top, y2: plot.bottom });
      }
      if (named && right - left > 58) {
        plotText(plot, (left + right) / 2, plot.top - 12, `decide ${digit}`,
          { "text-anchor": "middle", class: `fnn-note fnn-ink-${digit}` });
      }
    }
  }
}

function render({ model, el }) {
  const set = (changes) => binding.write(changes);
  const joint = (s, y) => (x) =>
    (y ? s.prior : 1 - s.prior) * normalDensity(x, s[`mean_${y}`], s[`sigma_${y}`]);

  // --- plots -------------------------------------------------------------------------------------
  const densities = chart({
    height: (width) => (width < 480 ? 190 : 220), margin: MARGIN,
    title: "Density of the barometer reading in each class, weighted by its prior",
    draw(plot, s) {
      const [f0, f1] = [joint(s, 0), joint(s, 1)];
      const top = niceMax(1.02 * Math.max(f0(s.mean_0), f1(s.mean_1)));
      plot.x = linearScale(X_RANGE, [plot.left, plot.right]);
      plot.y = linearScale([0, top], [plot.bottom, plot.top]);
      drawRegions(plot, s.ones, s.zeros, true);
      yAxis(plot, plot.y, ticksOf([0, top], 4), "*p*(*x*, *y*)");
      const fill = (f, [low, high], pattern) => plot.add("path", { d: areaPath(plot, f, low, high), fill: pattern });
      for (const region of s.ones) fill(f0, region, plot.hatch[0]); // false positives
      for (const region of s.zeros) fill(f1, region, plot.hatch[1]); // false negatives
      polyline(plot, GRID, GRID.map(f0), { class: "fnn-line-0" });
      polyline(plot, GRID, GRID.map(f1), { class: "fnn-line-1" });
      xAxis(plot, plot.x, ticksOf(X_RANGE, plot.width < 480 ? 5 : 8));
      handles.forEach((handle, y) => {
        const mean = s[`mean_${y}`];
        handle.place(plot.x(mean), plot.y([f0, f1][y](mean)), mean, `${mean} hPa`);
      });
      densities.scale = plot.x;
      return `Peaks at ${s.mean_0} hPa for dry days and ${s.mean_1} hPa for rainy days. ${s.rule}`;
    },
  });
  const pointer = (plotted, event) => {
    const box = plotted.svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const handles = [0, 1].map((y) => {
    const handle = dragHandle({ ...MEAN, label: `Drag the mean of class ${y}`, className: `fnn-handle-${y}`,
      read: (event) => densities.scale.invert(pointer(densities, event)[0]),
      change: (value) => set({ [`mean_${y}`]: value }) });
    handle.node.append(element("span", {}, String(y)));
    densities.node.append(handle.node);
    return handle;
  });

  const posteriors = chart({
    height: 170, margin: { ...MARGIN, bottom: 42 },
    title: "Posterior probability of rain given the reading",
    draw(plot, s) {
      plot.x = linearScale(X_RANGE, [plot.left, plot.right]);
      plot.y = linearScale([0, 1], [plot.bottom, plot.top]);
      drawRegions(plot, s.ones, s.zeros, false);
      yAxis(plot, plot.y, [0, 0.5, 1], "*p*(1 | *x*)");
      polyline(plot, GRID, GRID.map((x) => posterior(s, x)), { class: "fnn-line-ink" });
      const y = plot.y(s.t);
      plot.add("line", { class: "fnn-threshold", x1: plot.left, x2: plot.right, y1: y, y2: y });
      xAxis(plot, plot.x, ticksOf(X_RANGE, plot.width < 480 ? 5 : 8), "barometer reading *x* (hPa)");
      thresholdHandle.place(plot.right - 8, y, s.t, formatNumber(s.t, 3));
      posteriors.scale = plot.y;
      return `The threshold is at ${formatNumber(s.t, 3)}. ${s.rule}`;
    },
  });
  const thresholdHandle = dragHandle({ min: 0, max: 1, step: 0.01, vertical: true,
    label: "Drag the threshold", className: "fnn-handle-t",
    read: (event) => posteriors.scale.invert(pointer(posteriors, event)[1]),
    change: (threshold) => set({ threshold, use_bayes_threshold: false }) });
  thresholdHandle.node.append(element("span", {}, italic("t")));
  posteriors.node.append(thresholdHandle.node);

  const risks = chart({
    height: 210, margin: { ...MARGIN, bottom: 42 }, title: "Risk as a function of the threshold",
    draw(plot, s) {
      const ts = Array.from({ length: 201 }, (_, i) => i / 200);
      const values = ts.map((t) => outcomes(s, t).risk);
      const top = niceMax(Math.max(...values));
      plot.x = linearScale([0, 1], [plot.left, plot.right]);
      plot.y = linearScale([0, top], [plot.bottom, plot.top]);
      yAxis(plot, plot.y, ticksOf([0, top], 4), "risk");
      xAxis(plot, plot.x, [0, 0.2, 0.4, 0.6, 0.8, 1], "threshold *t*");
      const best = [plot.x(s.bayes_threshold), plot.y(s.bayes_risk)];
      const now = [plot.x(s.t), plot.y(s.now.risk)];
      plot.add("line", { class: "fnn-threshold", x1: now[0], x2: now[0], y1: now[1], y2: plot.bottom });
      polyline(plot, ts, values, { class: "fnn-line-ink" });
      plot.add("path", { class: "fnn-best", d: `M${best[0]} ${best[1] - 8}l8 8l-8 8l-8 -8Z` });
      plot.add("circle", { class: "fnn-now", cx: now[0], cy: now[1], r: 5.5 });
      return `Least at ${formatNumber(s.bayes_threshold, 3)}, where it is ${formatNumber(s.bayes_risk, 3)}; `
        + `${formatNumber(s.now.risk, 3)} at the current threshold.`;
    },
  });

  // --- controls ------------------------------------------------------------------------------------
  const sliders = {
    prior: slider({ name: "prior", label: phrase(italic("P"), "(", italic("y"), " = 1)"),
      accessibleLabel: "Prior probability of class 1", min: 0.01, max: 0.99, step: 0.01, digits: 2,
      change: (prior) => set({ prior }) }),
    cost_false_positive: slider({ ...COST, name: "cost_false_positive", label: "False positive",
      accessibleLabel: "Cost of a false positive", change: (v) => set({ cost_false_positive: v }) }),
    cost_false_negative: slider({ ...COST, name: "cost_false_negative", label: "False negative",
      accessibleLabel: "Cost of a false negative", change: (v) => set({ cost_false_negative: v }) }),
  };
  for (const y of [0, 1]) {
    sliders[`mean_${y}`] = slider({ ...MEAN, name: `mean_${y}`, label: phrase("Mean ", ...sub("μ", y)),
      accessibleLabel: `Mean of class ${y}`, change: (v) => set({ [`mean_${y}`]: v }) });
    sliders[`sigma_${y}`] = slider({ ...SIGMA, name: `sigma_${y}`, label: phrase("Spread ", ...sub("σ", y)),
      accessibleLabel: `Spread of class ${y}`, change: (v) => set({ [`sigma_${y}`]: v }) });
  }
  const threshold = slider({ name: "current_threshold", label: phrase("Threshold ", italic("t")),
    accessibleLabel: "Threshold", min: 0, max: 1, step: 0.01, digits: 3,
    change: (value) => set({ threshold: value, use_bayes_threshold: false }) });
  const bayesThresholdShown = quantity("bayes_threshold");
  const useBayes = checkbox(phrase("Use the Bayes threshold, ", bayesThresholdShown.node), (on) =>
    set(on ? { use_bayes_threshold: true }
      : { use_bayes_threshold: false, threshold: bayesThreshold(binding.read()) }));
  const again = button("Start again", () => set(model.get("start")));

  // --- results -------------------------------------------------------------------------------------
  const table = confusionTable();
  const risk = quantity("risk", 4), bayesRisk = quantity("bayes_risk", 4), excess = quantity("excess_risk", 4);
  const rule = ruleSentence();
  const live = announcer();
  const days = (y, weather) => group(
    phrase(element("span", { class: `fnn-key fnn-key-${y}` }), `${weather} days, `, italic("y"), ` = ${y}`),
    sliders[`mean_${y}`].node, sliders[`sigma_${y}`].node);
  const root = element("div", { class: "fnn-play", role: "group", "aria-label": "Explorable: umbrella or not?" },
    element("div", { class: "fnn-stack" }, densities.node, posteriors.node),
    rule.node,
    element("div", { class: "fnn-columns" },
      days(0, "Dry"),
      days(1, "Rainy"),
      group("Costs", sliders.cost_false_positive.node, sliders.cost_false_negative.node),
      group("Prior and threshold", sliders.prior.node, threshold.node)),
    element("div", { class: "fnn-row" }, useBayes.node, again),
    element("div", { class: "fnn-columns" },
      element("div", {}, risks.node,
        element("p", { class: "fnn-legend" },
          element("span", {}, element("span", { class: "fnn-mark-now" }), "now"),
          element("span", {}, element("span", { class: "fnn-mark-best" }), "least"))),
      element("div", {}, table.node,
        element("dl", { class: "fnn-results" },
          element("dt", {}, "Risk now"), element("dd", {}, risk.node),
          element("dt", {}, "Bayes risk, the least possible"), element("dd", {}, bayesRisk.node),
          element("dt", {}, "Paid for the wrong threshold"), element("dd", {}, excess.node)))),
    live.node);

  const binding = bindModel(model, DECISION_TRAITS, (traits) => {
    const s = { ...traits, t: currentThreshold(traits), bayes_threshold: bayesThreshold(traits) };
    s.now = outcomes(s, s.t);
    s.bayes_risk = outcomes(s, s.bayes_threshold).risk;
    const regions = regionsOfOne(s, s.t);
    s.ones = clipToPlot(regions);
    s.zeros = clipToPlot(complement(regions));
    s.rule = rule.update(regions);
    for (const [name, control] of Object.entries(sliders)) control.update(s[name]);
    threshold.update(s.t);
    useBayes.update(s.use_bayes_threshold);
    bayesThresholdShown.update(s.bayes_threshold);
    table.update(s);
    risk.update(s.now.risk);
    bayesRisk.update(s.bayes_risk);
    excess.update(Math.max(0, s.now.risk - s.bayes_risk));
    for (const plotted of [densities, posteriors, risks]) plotted.update(s);
    live.say(`${s.rule} Risk ${formatNumber(s.now.risk, 3)}, least possible ${formatNumber(s.bayes_risk, 3)}.`);
  });
  el.append(shieldKeys(root));
  binding.redraw();
  return () => {
    binding.dispose();
    live.dispose();
    for (const plotted of [densities, posteriors, risks]) plotted.dispose();
    root.remove();
  };
}

export default { render };
