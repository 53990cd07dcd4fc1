// The state of the game in the address of the page, so that a link brings it back:
// #adversarial?form=critic&rate=0.004&…; centres of the reader's own as "x,y" in hundredths.

const ADDRESS = "#adversarial?";

// Only a page of the book: in JupyterLab, VS Code or a frame the address belongs to someone else.
function addressIsOurs() {
  const { dataset, className } = document.body;
  return window.top === window && !("jpThemeLight" in dataset) && !className.includes("vscode");
}

function writeAddress(state, presets) {
  const name = Object.keys(presets).find((title) => JSON.stringify(presets[title]) === JSON.stringify(state.centres));
  const points = state.centres.map((point) => point.map((v) => Math.round(100 * v)).join()).join("_");
  const fields = { data: name ?? points, form: state.form, rate: state.rate, critic_moves: state.critic_moves,
    seed: state.seed, moves: state.moves, slow: Number(state.slow) };
  const text = Object.entries(fields).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  history.replaceState(null, "", ADDRESS + text);
}

const clearAddress = () => {
  if (location.hash.startsWith(ADDRESS)) history.replaceState(null, "", location.pathname + location.search);
};

// What the address says, as far as it makes sense; the rest keeps its value.
function readAddress(presets) {
  if (!location.hash.startsWith(ADDRESS)) return {};
  const fields = new URLSearchParams(location.hash.slice(ADDRESS.length)), state = {};
  const number = (name, low, high, whole = true) => {
    const value = Number(fields.get(name));
    if (fields.has(name) && value >= low && value <= high && (!whole || Number.isInteger(value))) state[name] = value;
  };
  number("rate", 0.0005, 0.02, false);
  number("critic_moves", 1, 5);
  number("seed", 1, 999);
  number("moves", 0, MAX_MOVES);
  if (fields.has("slow")) state.slow = fields.get("slow") === "1";
  if (fields.get("form") in FORMS) state.form = fields.get("form");
  const data = fields.get("data");
  if (data in presets) state.centres = presets[data];
  else if (data != null) {
    const points = data.split("_").filter(Boolean).map((point) => point.split(",").map((v) => Number(v) / 100));
    const fits = (point) => point.length === 2 && point.every((v) => Math.abs(v) <= LIMIT);
    if (points.length <= MAX_CENTRES && points.every(fits)) state.centres = points;
  }
  return state;
}
