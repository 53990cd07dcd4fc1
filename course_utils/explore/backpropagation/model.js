// A computation graph, walked forward and backward one step at a time: numbers only.
// graph = { inputs: [name, …], steps: [{ result, operation, inputs }, …] }; the last step gives the output.

// Each operation with its formula, its value, and for each input its slope, as a number and in words.
const unary = (text, value, slope, words) => ({
  text: ([a]) => text(a), value: ([a]) => value(a), slope: ([a], y) => slope(a, y), words: ([a], y) => words(a, y),
});
const OPERATIONS = {
  add: { text: ([a, b]) => `${a} + ${b}`, value: ([a, b]) => a + b, slope: () => 1, words: () => "" },
  sub: { text: ([a, b]) => `${a} − ${b}`, value: ([a, b]) => a - b, slope: (_, y, i) => (i ? -1 : 1), words: () => "" },
  mul: { text: ([a, b]) => `${a} · ${b}`, value: ([a, b]) => a * b,
    slope: (inputs, y, i) => inputs[1 - i], words: (inputs, y, i) => inputs[1 - i] },
  square: unary((a) => `${a}²`, (a) => a * a, (a) => 2 * a, (a) => `2${a}`),
  tanh: unary((a) => `tanh ${a}`, Math.tanh, (a, y) => 1 - y * y, (a, y) => `1 − ${y}²`),
  relu: unary((a) => `max(0, ${a})`, (a) => Math.max(0, a), (a) => (a > 0 ? 1 : 0), () => ""),
};

const REVERSE = "reverse", FORWARD = "forward";
const outputOf = (graph) => graph.steps[graph.steps.length - 1].result;
const edgeKey = (result, position) => `${result}_${position}`;

// What happens in which order. Reverse mode: all values, the seed, then edge after edge from the last
// step to the first. Forward mode: value and tangent of each step together.
function schedule(graph, mode) {
  if (mode === FORWARD) return graph.steps.map((step) => ({ kind: "tangent", step }));
  const values = graph.steps.map((step) => ({ kind: "value", step }));
  const back = [...graph.steps].reverse().flatMap((step) =>
    step.inputs.map((input, position) => ({ kind: "message", step, input, position })));
  return [...values, { kind: "seed" }, ...back];
}

function usesOf(graph) {
  const uses = Object.fromEntries([...graph.inputs, ...graph.steps.map((s) => s.result)].map((name) => [name, 0]));
  for (const step of graph.steps) for (const name of step.inputs) uses[name] += 1;
  return uses;
}

// Everything known after `count` moves. `at`: {input: value}; `seed`: the input whose tangent is 1.
// parts: what each edge has carried; complete: the names whose adjoint will not change any more.
function walk(graph, at, mode, seed, count) {
  const moves = schedule(graph, mode), waiting = usesOf(graph), output = outputOf(graph);
  const s = { values: { ...at }, adjoints: {}, tangents: {}, slopes: {}, parts: {}, complete: new Set(),
    total: moves.length, count: Math.min(count, moves.length), last: null };
  if (mode === FORWARD) for (const name of graph.inputs) s.tangents[name] = name === seed ? 1 : 0;
  const visit = {
    value({ step }) {
      const { result, inputs } = step, rule = OPERATIONS[step.operation];
      const values = inputs.map((name) => s.values[name]);
      s.values[result] = rule.value(values);
      inputs.forEach((_, i) => { s.slopes[edgeKey(result, i)] = rule.slope(values, s.values[result], i); });
    },
    tangent(move) {
      visit.value(move);
      const { result, inputs } = move.step;
      s.tangents[result] = inputs.reduce((sum, name, i) => {
        const key = edgeKey(result, i);
        s.parts[key] = s.slopes[key] * s.tangents[name];
        return sum + s.parts[key];
      }, 0);
    },
    seed() { s.adjoints[output] = 1; s.complete.add(output); },
    message({ step, input, position }) {
      const key = edgeKey(step.result, position), before = s.adjoints[input];
      s.parts[key] = s.adjoints[step.result] * s.slopes[key];
      s.adjoints[input] = (before ?? 0) + s.parts[key];
      if (--waiting[input] === 0) s.complete.add(input);
      return { before, waiting: waiting[input] };
    },
  };
  for (const move of moves.slice(0, s.count)) s.last = { ...move, ...visit[move.kind](move) };
  s.finished = s.count === s.total;
  return s;
}

// The derivatives of the output found so far, {input: number}: in reverse mode those that are complete,
// in forward mode that of the seed after a whole pass, and those of `collected`, the seeds of passes before.
function gradientSoFar(graph, at, mode, seed, count, collected) {
  const s = walk(graph, at, mode, seed, count);
  if (mode === REVERSE) {
    return Object.fromEntries(graph.inputs.filter((name) => s.complete.has(name)).map((name) => [name, s.adjoints[name]]));
  }
  const whole = graph.inputs.filter((name) => collected.includes(name) || (s.finished && name === seed));
  return Object.fromEntries(whole.map((name) =>
    [name, walk(graph, at, FORWARD, name, s.total).tangents[outputOf(graph)]]));
}
