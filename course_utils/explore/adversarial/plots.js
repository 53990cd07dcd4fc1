// The two charts below the plane: what the players lose, and how much of the data G reaches.

const HISTORY = { height: 190, margin: { left: 46, right: 10, top: 28, bottom: 40 } };

function roundAxis(plot, record) {
  const last = Math.max(20, record.at(-1).round);
  plot.x = linearScale([0, last], [plot.left, plot.right]);
  xAxis(plot, plot.x, ticksOf([0, last], 5), "round");
}

const lossPlot = () => chart({ ...HISTORY, title: "Losses of both players",
  draw(plot, { record, game }) {
    const known = FORMS[game.settings.form].real === logReal ? Math.log(4) : null;   // D's loss where D = ½
    const all = record.flatMap(({ loss_D, loss_G }) => [loss_D ?? 0, loss_G]);
    const lowest = Math.min(0, ...all), highest = Math.max(known ?? 0.1, ...all), step = niceStep(highest - lowest, 4);
    const range = [step * Math.floor(lowest / step + 1e-9), step * Math.ceil(highest / step - 1e-9)];
    plot.y = linearScale(range, [plot.bottom, plot.top]);
    yAxis(plot, plot.y, ticksOf(range, 4), "loss");
    roundAxis(plot, record);
    const rounds = record.map(({ round }) => round);
    if (known) {
      const y = plot.y(known);
      plot.add("line", { class: "fnn-baseline", x1: plot.left, x2: plot.right, y1: y, y2: y });
      plot.add("text", { class: "fnn-baseline-name", x: plot.right, y: plot.top - 12, "text-anchor": "end" }, "dotted: log 4");
    }
    polyline(plot, rounds, record.map(({ loss_D }) => loss_D ?? 0), { class: "fnn-loss-D" });
    polyline(plot, rounds, record.map(({ loss_G }) => loss_G), { class: "fnn-loss-G" });
    const { loss_D, loss_G } = record.at(-1);
    return `D's loss is ${formatNumber(loss_D ?? 0, 3)}, G's loss is ${formatNumber(loss_G, 3)}.`;
  } });

const reachPlot = () => chart({ ...HISTORY, title: "Data that G reaches",
  draw(plot, { record, centres }) {
    plot.y = linearScale([0, 100], [plot.bottom, plot.top]);
    yAxis(plot, plot.y, [0, 25, 50, 75, 100], "%");
    roundAxis(plot, record);
    const rounds = record.map(({ round }) => round), share = (count, of) => (of ? (100 * count) / of : 0);
    polyline(plot, rounds, record.map(({ reached }) => share(reached, centres.length)), { class: "fnn-reached" });
    polyline(plot, rounds, record.map(({ near }) => share(near, PROBES)), { class: "fnn-near" });
    const { reached, near } = record.at(-1);
    return `${reached} of ${centres.length} centres reached, ${near} of ${PROBES} points near a centre.`;
  } });
