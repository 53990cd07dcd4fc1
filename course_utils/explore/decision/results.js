// The words and the table below the plots of DecisionPlay.

// "Decide 1 where x < 1013.4": the boundaries are quantities of their own, 0, 1 or 2 of them.
function ruleSentence() {
  const node = element("p", { class: "fnn-statement" });
  const cuts = [quantity("boundary_1", 2), quantity("boundary_2", 2)];
  return {
    node,
    update(regions) {
      const ends = regions.flat().filter(Number.isFinite);
      cuts.forEach((cut, i) => cut.update(ends[i]));
      const x = () => element("i", {}, "x");
      const [one, two] = cuts.map((cut) => cut.node);
      let parts;
      if (regions.length === 0) parts = ["nowhere"];
      else if (ends.length === 0) parts = ["everywhere"];
      else if (regions.length === 2) parts = ["where ", x(), " < ", one, " or ", x(), " > ", two];
      else if (ends.length === 2) parts = ["where ", one, " < ", x(), " < ", two];
      else if (regions[0][0] === -Infinity) parts = ["where ", x(), " < ", one];
      else parts = ["where ", x(), " > ", one];
      node.replaceChildren("Decide 1, take the umbrella, ", ...parts, ends.length ? " hPa." : ".");
      return node.textContent;
    },
  };
}

// Truth in rows, decision in columns, as everywhere in the course.
function confusionTable() {
  const names = ["true_negative", "false_positive", "false_negative", "true_positive"];
  const shown = Object.fromEntries(names.map((name) => [name, quantity(name)]));
  const paid = {
    false_positive: quantity("cost_of_false_positives"),
    false_negative: quantity("cost_of_false_negatives"),
  };
  const cost = { false_positive: element("span"), false_negative: element("span") };
  const right = (name) => element("td", {}, shown[name].node, element("small", {}, "right, costs 0"));
  const wrong = (name, key) => element("td", { class: "fnn-wrong" },
    element("span", { class: `fnn-swatch fnn-swatch-${key}`, "aria-hidden": "true" }), shown[name].node,
    element("small", {}, "× ", cost[name], " = ", paid[name].node));
  const head = (scope, ...text) => element("th", { scope }, ...text);
  const truth = (y, weather) => head("row", phrase(element("i", {}, "y"), ` = ${y}`), element("small", {}, weather));
  const node = element("table", { class: "fnn-table" },
    element("caption", {}, "Each outcome: probability and cost"),
    element("thead", {}, element("tr", {}, element("td"),
      head("col", "decide 0", element("small", {}, "no umbrella")),
      head("col", "decide 1", element("small", {}, "umbrella")))),
    element("tbody", {},
      element("tr", {}, truth(0, "dry"), right("true_negative"), wrong("false_positive", "0")),
      element("tr", {}, truth(1, "rain"), wrong("false_negative", "1"), right("true_positive"))));
  return {
    node,
    update(s) {
      for (const [name, output] of Object.entries(shown)) output.update(s.now[name]);
      for (const name of ["false_positive", "false_negative"]) {
        const each = s[`cost_${name}`];
        cost[name].textContent = formatNumber(each, Number.isInteger(each) ? 0 : 1);
        paid[name].update(s.now[`cost_of_${name}s`]);
      }
    },
  };
}
