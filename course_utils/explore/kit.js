// Controls shared by the explorables. Plain functions: each makes an element and returns it with an `update`.

// element("button", { class: "x", onclick: f }, "text", child): HTML; svgElement: the same for SVG.
function element(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

function svgElement(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

function uniqueId(stem) {
  return `${stem}-${Math.random().toString(36).slice(2, 10)}`;
}

// A real minus sign, and no "−0.00".
function formatNumber(value, digits) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "–";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

// A displayed number. Tests and readers' tools find it by name, in full precision, in data-value.
// aria-live is off: an <output> would otherwise be read out at every step of a slider.
function quantity(name, digits = 3) {
  const node = element("output", { "data-quantity": name, "aria-live": "off" });
  return {
    node,
    update(value, text) {
      node.dataset.value = value ?? "";
      node.textContent = text ?? (value == null ? "–" : formatNumber(value, digits));
    },
  };
}

function phrase(...parts) {
  return element("span", { class: "fnn-phrase" }, ...parts);
}

// A labelled range input with its value. The number shown is the model's own, which Python may have set
// between two steps of the slider.
function slider({ name, label, accessibleLabel, unit = "", min, max, step, digits, trim = false, change }) {
  const id = uniqueId(name);
  const shown = quantity(name, digits);
  const input = element("input", {
    type: "range", id, min, max, step, "aria-label": accessibleLabel,
    oninput: () => change(Number(input.value)),
  });
  const node = element("div", { class: "fnn-slider" },
    element("label", { for: id }, label), input,
    element("span", { class: "fnn-value" }, shown.node, unit && element("small", {}, ` ${unit}`)));
  return {
    node, input,
    update(value) {
      shown.update(value, trim && Number.isInteger(value) ? formatNumber(value, 0) : undefined);
      if (Number(input.value) !== value) input.value = value;
      input.setAttribute("aria-valuetext", `${shown.node.textContent} ${unit}`.trim());
      input.style.setProperty("--part", `${(100 * (value - min)) / (max - min)}%`);
    },
  };
}

function button(text, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, text);
}

function checkbox(label, change) {
  const input = element("input", { type: "checkbox", onchange: () => change(input.checked) });
  const node = element("label", { class: "fnn-check" }, input, label);
  return { node, input, update(value) { input.checked = value; } };
}

// One choice out of a few, as native radio buttons.
function choice(legend, options, change) {
  const name = uniqueId("choice");
  const inputs = new Map();
  const labels = options.map(({ value, label }) => {
    const input = element("input", { type: "radio", name, value, onchange: () => change(value) });
    inputs.set(value, input);
    return element("label", {}, input, element("span", {}, label));
  });
  const node = element("fieldset", { class: "fnn-choice" }, element("legend", {}, legend), ...labels);
  return {
    node,
    update(value) { for (const [key, input] of inputs) input.checked = key === value; },
  };
}

// A drop-down list; what is none of its entries shows as `otherwise`.
function menu(label, names, otherwise, change) {
  const other = element("option", { value: "", disabled: true, hidden: true }, otherwise);
  const id = uniqueId("menu");
  const select = element("select", { id, tabindex: 0, onchange: () => change(select.value) },
    other, ...names.map((name) => element("option", { value: name }, name)));
  const node = element("div", { class: "fnn-menu" }, element("label", { for: id }, label), select);
  return { node, update(name) { select.value = name ?? ""; } };
}

function group(legend, ...children) {
  return element("fieldset", { class: "fnn-group" }, element("legend", {}, legend), ...children);
}

// Says results to a screen reader once the reader's hand has come to rest.
function announcer(delay = 700) {
  const node = element("div", { class: "fnn-announcer", role: "status", "aria-live": "polite" });
  let timer, last = "";
  return {
    node,
    say(text) {
      if (text === last) return;
      last = text;
      clearTimeout(timer);
      timer = setTimeout(() => { node.textContent = text; }, delay);
    },
    dispose() { clearTimeout(timer); },
  };
}

// JupyterLab moves between cells on arrow keys and Enter, unless the element with the focus says not to.
function shieldKeys(root) {
  for (const node of root.querySelectorAll("input, button, [tabindex]")) {
    node.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  return root;
}

function prefersStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Joins a view to its model: `redraw(state)` after every change of the named traits, wherever it came
// from (this view, another view, Python); one redraw for changes that come together.
function bindModel(model, names, redraw) {
  let queued = false, disposed = false;
  const read = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const onChange = () => {
    if (queued) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      if (!disposed) redraw(read());
    });
  };
  for (const name of names) model.on(`change:${name}`, onChange);
  return {
    read,
    redraw: () => redraw(read()),
    write(changes) {
      for (const [name, value] of Object.entries(changes)) model.set(name, value);
      model.save_changes();
    },
    dispose() {
      disposed = true;
      for (const name of names) model.off(`change:${name}`, onChange);
    },
  };
}
