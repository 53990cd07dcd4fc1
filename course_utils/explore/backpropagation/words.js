// Says what the last move did, with its numbers.

// "w11" is written w₁₁. A bar over the letter is an adjoint, a dot a tangent.
const lowered = (name) => name.replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);
const barred = (name) => lowered(`${name[0]}\u0304${name.slice(1)}`);
const dotted = (name) => lowered(`${name[0]}\u0307${name.slice(1)}`);

// A few digits, no zeros behind them, a real minus sign.
function short(value, digits = 4) {
  if (!Number.isFinite(value)) return formatNumber(value, 0);
  const size = Math.abs(value);
  const text = size !== 0 && (size >= 1e5 || size < 1e-4) ? value.toExponential(digits > 3 ? 1 : 0) : String(Number(value.toPrecision(digits)));
  return text.replace("-0", "−0").replace("e+", "e").replace(/-/g, "−").replace(/^−0$/, "0");
}
const factor = (value) => (short(value).startsWith("−") ? `(${short(value)})` : short(value));

const derivativeText = (result, input) => `∂${lowered(result)}/∂${lowered(input)}`;

// "∂u/∂a = b = 3"
function slopeText({ result, operation, inputs }, position, s) {
  const words = OPERATIONS[operation].words(inputs.map(lowered), lowered(result), position);
  const slope = short(s.slopes[edgeKey(result, position)]);
  return `${derivativeText(result, inputs[position])} = ${words ? `${words} = ` : ""}${slope}`;
}

// "u = a · b = 2 · 3 = 6"
function valueText({ result, operation, inputs }, s) {
  const { text } = OPERATIONS[operation], numbers = inputs.map((name) => factor(s.values[name]));
  const y = short(s.values[result]);
  return `${lowered(result)} = ${text(inputs.map(lowered))} = ${text(numbers)} = ${y}`;
}

const times = (n) => (n === 1 ? "once" : n === 2 ? "twice" : `${n} times`);

const SAY = {
  value({ step }, s) {
    const slopes = step.inputs.map((_, i) => slopeText(step, i, s)).join(", ");
    return [`Forward: ${valueText(step, s)}.`, `Kept for the way back: ${slopes}.`];
  },
  seed(_, s, graph) {
    const f = lowered(outputOf(graph));
    return [`Turn round: the adjoint of ${f} is ∂${f}/∂${f} = 1.`,
      "From here every edge hands back: adjoint of its result × its slope."];
  },
  message({ step, input, position, before, waiting }, s) {
    const name = lowered(input), key = edgeKey(step.result, position), part = s.parts[key];
    const sum = `adjoint of ${name} += adjoint of ${lowered(step.result)} × ${derivativeText(step.result, input)}`
      + ` = ${factor(s.adjoints[step.result])} × ${factor(s.slopes[key])} = ${short(part)}`;
    const total = short(s.adjoints[input]);
    const added = before === undefined ? total : `${short(before)} + ${factor(part)} = ${total}`;
    const status = waiting > 0
      ? `So far ${added}; ${name} is used ${times(waiting)} more, so this is not all.`
      : before === undefined
        ? `${name} is used nowhere else: its adjoint is complete, ${total}.`
        : `All uses of ${name} have reported: ${added}.`;
    return [`Back: ${sum}.`, status];
  },
  tangent({ step }, s) {
    const { result, inputs } = step;
    const letters = inputs.map((name, i) => `${derivativeText(result, name)} · ${dotted(name)}`).join(" + ");
    const numbers = inputs.map((name, i) =>
      `${factor(s.slopes[edgeKey(result, i)])} · ${factor(s.tangents[name])}`).join(" + ");
    return [`Value: ${valueText(step, s)}.`,
      `Tangent: ${dotted(result)} = ${letters} = ${numbers} = ${short(s.tangents[result])}.`];
  },
};

function describe(graph, s, mode, seed) {
  const n = graph.inputs.length, f = lowered(outputOf(graph));
  if (!s.last) {
    return mode === REVERSE
      ? ["Only the inputs are known.", "Step forward: each node computes its value from its inputs."]
      : [`Only the inputs are known. The seed: ${lowered(seed)} is ${dual(s.values[seed], 1)}, the others have 0 ε.`,
        "Each step now computes a value and a tangent together."];
  }
  const lines = SAY[s.last.kind](s.last, s, graph);
  if (s.finished) {
    lines.push(mode === REVERSE
      ? `Done: one pass back has found all ${n} derivatives of ${f}.`
      : `Done: ${f} = ${dual(s.values[outputOf(graph)], s.tangents[outputOf(graph)])}, so `
        + `${derivativeText(outputOf(graph), seed)} = ${short(s.tangents[outputOf(graph)])}. One pass, one derivative of ${n}.`);
  }
  return lines;
}

const dual = (value, tangent) =>
  `${short(value)} ${tangent < 0 ? "−" : "+"} ${short(Math.abs(tangent))} ε`;
