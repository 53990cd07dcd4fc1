// Keeps a game in step with the explorable's state, and a record of how it went.

const MAX_MOVES = 10000;
const RECORDED = 200;      // at most so many entries are kept: then every second one goes
const SETTINGS = ["centres", "form", "rate", "critic_moves", "seed"];

const settingsOf = (state) => Object.fromEntries(SETTINGS.map((name) => [name, state[name]]));

// advance(moves): on to so many moves in all, as far as `milliseconds` reach; says whether it got there.
// The same settings and moves always give the same game: it is played anew where the way leads back.
function laboratory() {
  const lab = { game: null, last: null, record: [], every: 1 };
  let key = "";

  function begin(state) {
    key = JSON.stringify(settingsOf(state));
    Object.assign(lab, { game: newGame(settingsOf(state)), last: null, record: [], every: 1 });
    note();
  }

  function note() {
    const { loss_D, loss_G, reached, near } = standing(lab.game);
    lab.record.push({ round: roundsOf(lab.game.moves, lab.game.settings), loss_D, loss_G, reached, near });
    if (lab.record.length <= RECORDED) return;
    lab.every *= 2;
    lab.record = lab.record.filter(({ round }) => round % lab.every === 0);
  }

  lab.follow = (state) => {
    if (key !== JSON.stringify(settingsOf(state)) || lab.game.moves > state.moves) begin(state);
  };
  lab.advance = (moves, milliseconds = Infinity) => {
    const { game } = lab, period = game.settings.critic_moves + 1, end = performance.now() + milliseconds;
    const goal = game.settings.centres.length ? Math.min(moves, MAX_MOVES) : game.moves;
    while (game.moves < goal) {
      const late = performance.now() > end;
      lab.last = makeMove(game, late || game.moves + 1 === goal);
      if (game.moves % period === 0 && (game.moves / period) % lab.every === 0) note();
      if (late) break;
    }
    return game.moves >= goal;
  };
  return lab;
}
