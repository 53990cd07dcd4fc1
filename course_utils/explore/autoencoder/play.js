// Draws AutoencoderPlay: a drawing, its code of two numbers on a pad, and what the decoder makes of it.

const AUTOENCODER_TRAITS = ["network", "image", "noise", "pattern", "code", "threshold", "brush", "networks",
  "examples", "patterns", "pictures"];
const NETWORK_NAMES = [
  { value: "linear", label: "linear (PCA)" }, { value: "deep", label: "deep" },
  { value: "denoising", label: "deep, trained on noise" },
];

function render({ model, el }) {
  const write = (changes) => binding.write(changes);
  const live = announcer(), judgedBy = {};
  let state = null;
  const readState = () => state;

  // Codes and errors of the unseen digits: computed once for each network.
  function judge({ networks, network, examples }) {
    if (judgedBy[network]?.layers !== networks[network]) {
      const judged = judgeExamples(networks[network], examples);
      judgedBy[network] = { layers: networks[network], judged, domain: padDomain(judged) };
    }
    return judgedBy[network];
  }

  const input = inputGrid({
    readState, say: live.say,
    paint(row, column) {
      if (state.image[row][column] === state.brush && !state.code.length) return;
      write({ code: [], image: state.image.map((line, r) =>
        line.map((pixel, c) => (r === row && c === column ? state.brush : pixel))) });
    },
  });
  const output = outputGrid();
  const pad = codePad({
    readState, say: live.say, change: (code) => write({ code }), release: () => write({ code: [] }),
  });
  const errors = errorPlot();

  // --- controls ------------------------------------------------------------------------------------
  const picture = menu("Drawing", Object.keys(model.get("pictures")), "your own",
    (name) => write({ image: state.pictures[name], code: [] }));
  const brush = choice("A click on the input paints", [
    { value: 16, label: "16 (full)" }, { value: 8, label: "8 (half)" }, { value: 0, label: "0 (none)" },
  ], (value) => write({ brush: value }));
  const network = choice("Autoencoder", NETWORK_NAMES, (value) => write({ network: value, code: [] }));
  const noise = slider({ name: "noise", label: "Noise", min: 0, max: 1, step: 0.05, digits: 2,
    accessibleLabel: "Noise", change: (value) => write({ noise: value, code: [] }) });
  const other = button("Other noise", () =>
    write({ pattern: (state.pattern + 1) % state.patterns.length, code: [] }));
  const release = button("Back to the encoder's code", () => write({ code: [] }));
  const nearest = button("Draw the nearest digit", () => write({
    image: unpackInk(state.examples[state.nearest][0]), code: [], noise: 0 }), { class: "fnn-primary" });
  const threshold = slider({ name: "threshold", label: "Threshold", min: 0, max: ERROR_LIMIT, step: 0.005, digits: 3,
    accessibleLabel: "Threshold", change: (value) => write({ threshold: value }) });
  const again = button("Start again", () => write(model.get("start")));

  // --- results -------------------------------------------------------------------------------------
  const numbers = Object.fromEntries([["code_1", 2], ["code_2", 2], ["error", 4], ["encoder_error", 4],
    ["noise_error", 4], ["clean_error", 4], ["flagged", 0]].map(([name, digits]) => [name, quantity(name, digits)]));
  const code = element("p", { class: "fnn-statement" }, "Code ", phrase("(", numbers.code_1.node, ", ",
    numbers.code_2.node, ")"), ": error ", numbers.error.node, ".", element("br", {}));
  const comment = element("span", {});
  code.append(comment);
  const row = (term, node) => [element("dt", {}, term), element("dd", {}, node)];
  const results = element("dl", { class: "fnn-results fnn-errors" },
    ...row("Error with the encoder's code", numbers.encoder_error.node),
    ...row("Input against clean drawing", numbers.noise_error.node),
    ...row("Decoded against clean drawing", numbers.clean_error.node));
  const verdict = element("p", { class: "fnn-statement" });
  const caption = (text, aside) => element("p", { class: "fnn-caption" }, text, element("small", {}, aside));
  const key = (className, text) => element("span", {}, element("i", { class: className }), text);
  const codeKey = key("fnn-key-code", "decoded"), encoderKey = key("fnn-key fnn-mark-best", "encoder's code");
  const root = element("div", {
    class: "fnn-play", role: "group", "aria-label": "Explorable: a digit is squeezed into two numbers",
  },
    element("div", { class: "fnn-autoencoders" }, network.node),
    element("div", { class: "fnn-columns" },
      element("div", { class: "fnn-stack" }, picture.node,
        element("div", { class: "fnn-pair" },
          element("div", {}, caption("Input ", "(paint)"), input.node),
          element("div", {}, caption("Decoded", ""), output.node)),
        code, element("div", {}, noise.node, other), brush.node),
      element("div", { class: "fnn-stack" }, caption("Code ", "(drag the mark; 300 unseen digits)"), pad.node,
        element("p", { class: "fnn-legend" }, codeKey, encoderKey),
        element("div", { class: "fnn-buttons" }, nearest, release))),
    element("div", { class: "fnn-columns" },
      element("div", { class: "fnn-stack" }, caption("Errors of your drawing", ""), results, verdict),
      element("div", { class: "fnn-stack" }, caption("Is it a digit? ", "▼ your drawing"), errors.node,
        threshold.node)),
    element("div", { class: "fnn-row" }, again), live.node);

  function commentOn({ error, encoderError }) {
    if (!state.code.length) return "The encoder has chosen it.";
    const gain = encoderError - error;
    if (gain > 5e-5) return "Your code beats the encoder's.";
    return gain < -5e-5 ? "The encoder's code is better." : "As good as the encoder's.";
  }

  const binding = bindModel(model, AUTOENCODER_TRAITS, (traits) => {
    const found = reconstruct(traits), { judged, domain } = judge(traits);
    const flagged = judged.filter(({ error }) => error > traits.threshold).length;
    state = { ...traits, found, judged, domain, flagged, nearest: nearestExample(judged, found.shown) };
    const values = { code_1: found.shown[0], code_2: found.shown[1], error: found.error,
      encoder_error: found.encoderError, noise_error: found.noiseError, clean_error: found.cleanError, flagged };
    for (const [name, value] of Object.entries(values)) numbers[name].update(value);
    comment.textContent = commentOn(found);
    const alarm = found.encoderError > traits.threshold;
    verdict.replaceChildren(alarm ? "Your drawing is an anomaly. " : "Your drawing passes as a digit. ",
      numbers.flagged.node, ` of the ${judged.length} digits ${flagged === 1 ? "is a false alarm." : "are false alarms."}`);
    nearest.textContent = `Draw the nearest digit, a ${judged[state.nearest].label}`;
    release.disabled = !traits.code.length;
    encoderKey.hidden = !traits.code.length;
    other.disabled = traits.noise === 0;
    network.update(traits.network);
    picture.update(Object.entries(traits.pictures)
      .find(([, image]) => JSON.stringify(image) === JSON.stringify(traits.image))?.[0]);
    brush.update(traits.brush);
    noise.update(traits.noise);
    threshold.update(traits.threshold);
    for (const part of [input, output, pad, errors]) part.update(state);
    live.say(`Code ${inWords(found.shown)}, error ${formatNumber(found.error, 3)}. ${verdict.textContent}`);
  });
  el.append(shieldKeys(root));
  binding.redraw();
  return () => {
    for (const part of [binding, live, input, output, pad, errors]) part.dispose();
    root.remove();
  };
}

export default { render };
