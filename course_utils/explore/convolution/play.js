// Draws ConvolutionPlay: an image, a kernel that slides over it, and the dot product under the window.

const CONVOLUTION_TRAITS = ["image", "kernel", "stride", "padding", "flip", "position", "brush", "images", "kernels"];
const PACE = 500; // milliseconds from one window to the next while playing
const WEIGHT_LIMIT = 10;
const PADDING_NAMES = ["0 (valid)", "1 (same)", "2 (full)"];

const sameTable = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const nameIn = (choices, table) => Object.entries(choices).find(([, other]) => sameTable(other, table))?.[0];
const exactly = (value) => formatNumber(Number(value.toFixed(4)), 4).replace(/\.?0+$/, "");
const inBrackets = (value) => (value < 0 ? `(${exactly(value)})` : exactly(value));

// Nine number inputs. A weight that is no number from −10 to 10 is marked and not taken over.
function kernelInputs(change, say) {
  const inputs = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => {
    const input = element("input", {
      type: "number", step: "any", min: -WEIGHT_LIMIT, max: WEIGHT_LIMIT,
      "aria-label": `Weight in row ${row}, column ${column}`,
      oninput() {
        const value = input.value.trim() === "" ? NaN : Number(input.value);
        const good = Math.abs(value) <= WEIGHT_LIMIT;
        if (good) {
          input.removeAttribute("aria-invalid");
          change(row, column, value);
        } else {
          input.setAttribute("aria-invalid", "true");
          say(`A weight is a number from −${WEIGHT_LIMIT} to ${WEIGHT_LIMIT}.`);
        }
      },
      onblur() { fill(input, current[row][column]); },
    });
    return input;
  }));
  let current = null;
  const fill = (input, value) => {
    input.removeAttribute("aria-invalid");
    input.value = Number(value.toFixed(4));
  };
  return {
    node: element("div", { class: "fnn-kernel" }, ...inputs),
    update(kernel) {
      current = kernel;
      inputs.forEach((input, i) => {
        const value = kernel[Math.floor(i / 3)][i % 3];
        const typing = document.activeElement === input
          && (input.hasAttribute("aria-invalid") || Number(input.value) === value);
        if (!typing) fill(input, value);
      });
    },
  };
}

function render({ model, el }) {
  const write = (changes) => binding.write(changes);
  const live = announcer();
  let timer = null, state = null, hovered = null;
  const readState = () => state;

  const image = imageGrid({
    readState, say: live.say,
    paint(row, column) {
      if (state.image[row][column] === state.brush) return;
      write({ image: state.image.map((line, r) =>
        line.map((pixel, c) => (r === row && c === column ? state.brush : pixel))) });
    },
  });
  const map = mapGrid({
    readState,
    hover(at) {
      const next = at && { row: at[0], column: at[1] };
      if (timer || (next?.row === hovered?.row && next?.column === hovered?.column)) return;
      hovered = next;
      binding.redraw();
    },
    choose(row, column) { pause(); goTo(row * state.side + column); },
  });

  // --- controls ------------------------------------------------------------------------------------
  const picture = menu("Image", Object.keys(model.get("images")), "your own",
    (name) => write({ image: state.images[name] }));
  const brush = choice("A click on the image paints", [
    { value: 16, label: "16 (full)" }, { value: 8, label: "8 (half)" }, { value: 0, label: "0 (none)" },
  ], (value) => write({ brush: value }));
  const preset = choice("Kernel", Object.keys(model.get("kernels")).map((name) => ({ value: name, label: name })),
    (name) => write({ kernel: state.kernels[name] }));
  const weights = kernelInputs((row, column, value) => write({ kernel: state.kernel.map((line, r) =>
    line.map((weight, c) => (r === row && c === column ? value : weight))) }), live.say);
  const flip = choice("The kernel lies on the image", [
    { value: false, label: "as it is: cross-correlation" }, { value: true, label: "turned by 180°: convolution" },
  ], (value) => write({ flip: value }));
  const stride = choice("Stride", [1, 2, 3].map((value) => ({ value, label: String(value) })),
    (value) => write({ stride: value }));
  const padding = choice("Padding", PADDING_NAMES.map((label, value) => ({ value, label })),
    (value) => write({ padding: value }));

  const last = () => state.side * state.side - 1;
  function goTo(position) {
    hovered = null;
    const next = Math.min(last(), Math.max(0, position));
    if (next !== state.position) write({ position: next });
    else binding.redraw();
  }
  function pause() {
    clearInterval(timer);
    timer = null;
    playButton.textContent = "Play";
  }
  function playOrPause() {
    if (timer) return pause();
    const from = state.kept.index === last() ? 0 : state.kept.index + 1;
    if (prefersStillness()) return goTo(last());
    playButton.textContent = "Pause";
    timer = setInterval(() => (state.kept.index === last() ? pause() : goTo(state.kept.index + 1)), PACE);
    goTo(from);
  }
  const halt = (act) => () => { pause(); act(); };
  const step = button("Step", halt(() => goTo(state.kept.index + 1)), { class: "fnn-primary" });
  const back = button("Back", halt(() => goTo(state.kept.index - 1)));
  const playButton = button("Play", playOrPause);
  const first = button("First", halt(() => goTo(0)));
  const again = button("Start again", halt(() => { hovered = null; write(model.get("start")); }));

  // --- results -------------------------------------------------------------------------------------
  const numbers = Object.fromEntries([["output_side", 0], ["output_value", 4], ["row", 0], ["column", 0],
    ["largest", 4], ["smallest", 4]].map(([name, digits]) => [name, quantity(name, digits)]));
  const products = element("div", { class: "fnn-products" });
  const sum = element("p", { class: "fnn-statement" }, "Their sum is the number in row ", numbers.row.node,
    ", column ", numbers.column.node, " of the feature map: ", numbers.output_value.node);
  const formula = element("p", {}), size = element("span", {});
  const unseen = element("p", { class: "fnn-legend" });
  const row = (term, node) => [element("dt", {}, term), element("dd", {}, node)];
  const results = element("dl", { class: "fnn-results" },
    ...row("Size of the feature map", element("span", {}, numbers.output_side.node, size)),
    ...row("Largest number", numbers.largest.node),
    ...row("Smallest number", numbers.smallest.node));
  const caption = (text, aside) => element("p", { class: "fnn-caption" }, text, element("small", {}, aside));
  const note = (text) => element("p", { class: "fnn-legend" }, text);
  const root = element("div", {
    class: "fnn-play", role: "group", "aria-label": "Explorable: a kernel slides over an image",
  },
    element("div", { class: "fnn-columns" },
      element("div", { class: "fnn-stack" }, picture.node, image.node, note("Framed: the window. Dashed: padding.")),
      element("div", { class: "fnn-stack" }, caption("Feature map ", "(point at a number)"), map.node,
        note("Orange: positive. Blue: negative."))),
    element("div", { class: "fnn-columns" },
      element("div", { class: "fnn-stack" }, element("div", { class: "fnn-buttons" }, step, back, playButton, first),
        caption("Pixel × weight ", "in the framed window"), products, sum, results, brush.node),
      element("div", { class: "fnn-stack" }, preset.node, weights.node, flip.node, stride.node, padding.node,
        formula, unseen)),
    element("div", { class: "fnn-row" }, again), live.node);

  function showProducts(terms) {
    products.replaceChildren(...terms.map(({ pixel, weight, product }) =>
      element("span", { class: product === 0 ? "fnn-idle" : "", "data-product": product },
        `${pixel} × ${inBrackets(weight)}`, element("small", {}, `= ${exactly(product)}`))));
  }

  const binding = bindModel(model, CONVOLUTION_TRAITS, (traits) => {
    const side = outputSide(traits.image.length, traits), values = featureMap(traits);
    if (hovered && Math.max(hovered.row, hovered.column) >= side) hovered = null;
    const kept = cellAt(traits.position, side), shown = hovered ?? kept;
    state = { ...traits, side, values, kept, shown };
    const all = values.flat(), value = values[shown.row][shown.column];
    const found = { output_side: side, output_value: value, row: shown.row, column: shown.column,
      largest: Math.max(...all), smallest: Math.min(...all) };
    for (const [name, number] of Object.entries(found)) numbers[name].update(number, exactly(number));
    showProducts(windowTerms(traits, shown.row, shown.column));
    size.textContent = ` × ${side}`;
    const { padding: p, stride: s } = traits, left = (PIXEL_SIDE + 2 * p - KERNEL_SIDE) % s;
    formula.textContent = `Output size: ⌊(8 + 2·${p} − 3) / ${s}⌋ + 1 = ${side}`;
    unseen.textContent = left
      ? `The last ${left === 1 ? "row and column are" : `${left} rows and columns are`} never looked at.` : "";
    unseen.hidden = !left;
    picture.update(nameIn(traits.images, traits.image));
    preset.update(nameIn(traits.kernels, traits.kernel));
    brush.update(traits.brush);
    weights.update(traits.kernel);
    flip.update(traits.flip);
    stride.update(s);
    padding.update(p);
    back.disabled = first.disabled = kept.index === 0;
    step.disabled = kept.index === last();
    image.update(state);
    map.update(state);
    live.say(`Feature map, row ${shown.row}, column ${shown.column}: ${exactly(value)}.`);
  });
  el.append(shieldKeys(root));
  binding.redraw();
  return () => {
    pause();
    for (const part of [binding, live, image, map]) part.dispose();
    root.remove();
  };
}

export default { render };
