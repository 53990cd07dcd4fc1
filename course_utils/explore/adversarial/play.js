// Draws AdversarialPlay: the plane with both players, one move after the other or at full speed.

const ADVERSARIAL_TRAITS = [...SETTINGS, "moves", "slow", "presets"];
const BEAT = 900;          // milliseconds from one move to the next when slow
const FRAME = 12;          // milliseconds of computing between two pictures when fast
const REPORT = 500;        // milliseconds between two reports of the number of moves when fast
const LEAP = 100;          // rounds in one go where the reader wants no motion
const RATES = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016];
const FORM_NAMES = { "minimax": "log, minimax", "non-saturating": "log, non-saturating", "critic": "critic, bounded",
  "clipping": "Wasserstein, clipping", "penalty": "Wasserstein, penalty" };

// What the last move did, in words.
function moveText({ game, last, goal }) {
  const { settings, moves } = game;
  if (!settings.centres.length) return "There is no data: draw some, or choose a set.";
  if (moves < goal) return `Playing up to move ${goal} once more: ${moves} so far.`;
  if (!last) return `Both networks are random. ${turn(0, settings)} moves first.`;
  const loss = [last.loss, last.after].map((v) => formatNumber(v, 3)), fell = last.after < last.loss;
  const batch = last.who === "D" ? `${BATCH} real and ${BATCH} generated points` : `${BATCH} new points`;
  const other = last.who === "D" ? "G" : "D", next = turn(moves, settings);
  return `Move ${moves}: ${last.who}. On ${batch} its loss ${fell ? "fell" : "rose"} from ${loss[0]} to ${loss[1]}; ${other} stood still. Next: ${next}.`;
}

function render({ model, el }) {
  const write = (changes) => binding.write(changes);
  const live = announcer(), lab = laboratory(), losses = lossPlot(), reach = reachPlot();
  const mine = addressIsOurs() && !document.querySelector(".fnn-play[data-addressed]");
  let timer = null, frame = null, catching = null, shown = {}, reported = 0, addressing = null;

  const board = plane({
    readCentres: () => model.get("centres"), say: live.say,
    change: (centres) => write({ centres, moves: 0 }),
    describe: ({ now, game }) => `${now.reached} of ${game.settings.centres.length} centres reached, `
      + `${now.near} of ${PROBES} generated points near one.`,
  });

  // --- the run ---------------------------------------------------------------------------------------
  const running = () => timer !== null || frame !== null;
  const period = () => model.get("critic_moves") + 1;
  function goTo(moves) {
    lab.advance(moves);
    write({ moves: lab.game.moves });
  }
  function pause() {
    clearInterval(timer);
    cancelAnimationFrame(frame);
    if (frame !== null) write({ moves: lab.game.moves });
    timer = frame = null;
    play.textContent = "Play";
  }
  function fast() {
    const whole = period(), { game } = lab;
    lab.advance(MAX_MOVES, FRAME);
    lab.advance(Math.ceil(game.moves / whole) * whole);      // a picture after whole rounds
    show(model.get("moves"));
    if (game.moves >= MAX_MOVES) return pause();
    if (performance.now() - reported > REPORT) {
      reported = performance.now();
      write({ moves: game.moves });
    }
    frame = requestAnimationFrame(fast);
  }
  function playOrPause() {
    if (running()) return pause();
    if (prefersStillness()) return goTo(lab.game.moves + LEAP * period());
    play.textContent = "Pause";
    if (!model.get("slow")) { frame = requestAnimationFrame(fast); return; }
    timer = setInterval(() => (lab.game.moves < MAX_MOVES ? goTo(lab.game.moves + 1) : pause()), BEAT);
  }
  const halt = (act) => () => { pause(); act(); };
  const play = button("Play", playOrPause, { class: "fnn-primary" });
  const move = button("One move", halt(() => goTo(lab.game.moves + 1)));
  const round = button("One round", halt(() => goTo((roundsOf(lab.game.moves, lab.game.settings) + 1) * period())));
  const rewind = button("Back to move 0", halt(() => write({ moves: 0 })));
  const slow = checkbox("Slow: show every move", (on) => { pause(); write({ slow: on }); });

  // --- settings: each change begins the game anew --------------------------------------------------------
  const anew = (changes) => write({ ...changes, moves: 0 });
  const data = choice("Data", Object.keys(model.get("presets")).map((name) => ({ value: name, label: name })),
    (name) => anew({ centres: model.get("presets")[name] }));
  const form = choice("Loss", Object.entries(FORM_NAMES).map(([value, label]) => ({ value, label })),
    (value) => anew({ form: value }));
  const rate = slider({ name: "rate", label: "Learning rate", min: 0, max: RATES.length - 1, step: 1, digits: 4, trim: false,
    change: (index) => anew({ rate: RATES[index] }) });
  const critic = slider({ name: "critic_moves", label: "D's moves", accessibleLabel: "Moves of D in a round", min: 1, max: 5, step: 1, digits: 0,
    change: (value) => anew({ critic_moves: value }) });
  const seed = button("Other weights", () => anew({ seed: (model.get("seed") % 999) + 1 }));
  const drawData = checkbox("Draw the data", (on) => {
    pause();
    clear.hidden = clear.disabled = !on;
    board.draw(on);
    shieldKeys(root);
  });
  const clear = button("Clear", () => anew({ centres: [] }), { hidden: true, disabled: true });
  const marks = { data: true, pulls: true };
  const showing = { data: checkbox("Show data", (on) => { marks.data = on; show(lab.game.moves); }),
    pulls: checkbox("Show pulls", (on) => { marks.pulls = on; show(lab.game.moves); }) };
  for (const box of Object.values(showing)) box.update(true);
  const again = button("Start again", halt(() => write(model.get("start"))));

  // --- results -------------------------------------------------------------------------------------------
  const numbers = Object.fromEntries([["moves", 0], ["round", 0], ["loss_D", 3], ["loss_G", 3], ["reached", 0],
    ["centres", 0], ["near", 0], ["pull", 3], ["seed", 0]].map(([name, digits]) => [name, quantity(name, digits)]));
  const n = (name) => numbers[name].node;
  const row = (term, ...value) => [element("dt", {}, term), element("dd", {}, ...value)];
  const results = element("dl", { class: "fnn-results" },
    ...row("Round", n("round")), ...row("Moves", n("moves")),
    ...row("Centres reached", n("reached"), " of ", n("centres")),
    ...row("Points near a centre", n("near"), ` of ${PROBES}`),
    ...row("Loss of D", n("loss_D")), ...row("Loss of G", n("loss_G")),
    ...row("Mean pull on a point", n("pull")), ...row("First weights: no.", n("seed")));
  const statement = element("p", { class: "fnn-statement fnn-last-move" });
  const entry = (name, text) => element("span", {}, element("span", { class: `fnn-lab-${name}`, "aria-hidden": "true" }), text);
  const high = element("span", {}), low = element("span", {}), half = entry("half", "D = ½"), level = entry("level", "lines of equal D");
  const legend = element("p", { class: "fnn-legend" }, entry("real", "data"), entry("made", "generated"),
    entry("pull", "pull: −∂(its loss)/∂x"), entry("centre", "centre, solid: reached"), half, level,
    element("span", {}, element("span", { class: "fnn-lab-field", "aria-hidden": "true" }), low, " … ", high));
  const stroke = (name, text) => element("span", {}, element("span", { class: `fnn-stroke fnn-stroke-${name}` }), text);
  const root = element("div", { class: "fnn-play", role: "group", "aria-label": "Explorable: two networks, one game", "data-addressed": mine },
    element("div", { class: "fnn-columns fnn-lab" }, board.node,
      element("div", { class: "fnn-stack" }, element("div", { class: "fnn-buttons" }, play, move, round, rewind), slow.node, statement),
      element("div", {}, legend, element("div", { class: "fnn-buttons fnn-lab-boxes" },
        showing.data.node, showing.pulls.node, drawData.node, clear)),
      element("div", { class: "fnn-stack" }, data.node, form.node)),
    element("div", { class: "fnn-columns" },
      element("div", {}, losses.node, element("p", { class: "fnn-legend" }, stroke("loss-D", "D"), stroke("loss-G", "G"))),
      element("div", {}, reach.node, element("p", { class: "fnn-legend" }, stroke("reached", "centres reached"), stroke("near", "points near a centre")))),
    element("div", { class: "fnn-columns" }, results, element("div", {}, rate.node, critic.node,
      element("div", { class: "fnn-row fnn-lab-end" }, seed, again))), live.node);

  // Draws the game as it stands. `goal`: the move it is on the way to.
  function show(goal) {
    const { game, last, record } = lab, now = standing(game), field = fieldOf(game);
    const { centres, form: name } = game.settings, unbounded = FORMS[name].unbounded;
    const here = { round: roundsOf(game.moves, game.settings), ...now };
    shown = { game, last, goal: Math.min(goal, MAX_MOVES), now, field, marks, centres, record: [...record, here] };
    const values = { moves: game.moves, round: here.round, loss_D: now.loss_D, loss_G: now.loss_G, reached: now.reached,
      centres: centres.length, near: now.near, pull: now.pull, seed: game.settings.seed };
    for (const [key, value] of Object.entries(values)) numbers[key].update(value);
    const text = running() && !model.get("slow") ? `Round ${here.round}: D and G take turns.` : moveText(shown);
    statement.textContent = text;
    half.hidden = Boolean(unbounded);
    low.textContent = unbounded ? `critic: low, ${formatNumber(field.low, 2)}` : "D = 0: generated";
    high.textContent = unbounded ? `high, ${formatNumber(field.high, 2)}` : "1: real";
    const ended = !centres.length || game.moves >= MAX_MOVES;
    for (const control of [move, round]) control.disabled = ended;
    play.disabled = ended && !running();
    rewind.disabled = game.moves === 0;
    board.update(shown);
    losses.update(shown);
    reach.update(shown);
    if (!running() || model.get("slow")) live.say(`${text} ${now.reached} of ${centres.length} centres reached.`);
  }

  // Up to the move that the state asks for; a long way is gone in pieces.
  function catchUp() {
    catching = null;
    const goal = model.get("moves");
    if (!lab.advance(goal, frame === null ? 120 : Infinity)) catching = requestAnimationFrame(catchUp);
    show(goal);
  }

  const binding = bindModel(model, ADVERSARIAL_TRAITS, (traits) => {
    if (!(frame !== null && lab.game.moves > traits.moves && traits.moves > 0)) lab.follow(traits);
    cancelAnimationFrame(catching);
    data.update(Object.entries(traits.presets).find(([, set]) => JSON.stringify(set) === JSON.stringify(traits.centres))?.[0]);
    form.update(traits.form);
    slow.update(traits.slow);
    critic.update(traits.critic_moves);
    rate.update(RATES.reduce((best, _, i) => (Math.abs(RATES[i] - traits.rate) < Math.abs(RATES[best] - traits.rate) ? i : best), 0));
    const shownRate = rate.node.querySelector("output");
    shownRate.dataset.value = traits.rate;
    shownRate.textContent = String(traits.rate);
    rate.input.setAttribute("aria-valuetext", String(traits.rate));
    catchUp();
    keepAddress(traits);
  });

  // The address follows once the hand rests, and only where something differs from the start.
  function keepAddress(traits) {
    if (!mine) return;
    clearTimeout(addressing);
    const start = model.get("start"), same = Object.keys(start).every((key) => JSON.stringify(start[key]) === JSON.stringify(traits[key]));
    addressing = setTimeout(() => (same ? clearAddress() : writeAddress(traits, traits.presets)), 400);
  }

  el.append(shieldKeys(root));
  const asked = mine ? readAddress(model.get("presets")) : {};
  if (Object.keys(asked).length) {
    for (const [name, value] of Object.entries(asked)) model.set(name, value);
    model.save_changes();
    root.scrollIntoView();
  }
  binding.redraw();
  return () => {
    clearInterval(timer);
    clearTimeout(addressing);
    for (const request of [frame, catching]) cancelAnimationFrame(request);
    timer = frame = null;
    binding.dispose();
    live.dispose();
    for (const part of [board, losses, reach]) part.dispose();
    root.remove();
  };
}

export default { render };
