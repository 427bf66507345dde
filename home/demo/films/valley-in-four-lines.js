import { along, box, clear, colour, curve, dot, faded, line, part, shownFrom, words } from "./stage.js";

export const seconds = 24;

const stream = curve([[232, 62], [300, 150], [372, 222], [480, 262], [590, 306], [672, 384], [760, 446], [890, 486], [1010, 522]]);
const path = curve([[96, 430], [240, 412], [390, 392], [480, 330], [560, 262], [660, 214], [790, 200], [930, 190], [1060, 136], [1184, 76]]);
const contour = curve([[300, 546], [292, 470], [304, 384], [330, 300], [362, 238], [392, 214], [440, 212], [560, 226], [700, 262], [850, 330], [1010, 404], [1218, 448]]);
const wall = curve([[836, 58], [856, 120], [884, 196], [880, 290], [864, 400], [858, 528]]);

const GATE = { x: 884, y: 195 };

export function draw(t) {
  clear();
  box(60, 36, 1160, 512, { fill: colour.raised, stroke: colour.line, weight: 2.5, round: 6 });
  line(contour, { stroke: colour.warm, weight: 3.5, share: part(t, 11.8, 15), cap: "butt" });
  line(stream, { stroke: colour.accent, weight: 8, share: part(t, 0.8, 3.8) });
  line(path, { stroke: colour.ink, weight: 4.5, dashes: [16, 11], cap: "butt", share: part(t, 6.2, 9) });
  wallOfStones(t);
  flow(t);
  goes(path, t, 9, 11.4, 1);
  goes(contour, t, 14.8, 17.2, 1);
  goes(path, t, 19.2, 26, 0.655, 1.7);
  asked(part(t, 20.9, 21.6));
}

function wallOfStones(t) {
  const share = part(t, 17.2, 19);
  line(wall, { stroke: colour["ink-2"], weight: 4, share });
  for (let step = 1; step <= 23; step += 1) {
    const { x, y } = along(wall, step / 24);
    if (step / 24 <= share) dot(x, y, 6.5, { fill: colour["ink-2"] });
  }
}

/** Arrowheads that drift downstream and come to rest. */
function flow(t) {
  for (const rest of [0.14, 0.54, 0.76]) {
    const { x, y, angle } = along(stream, rest - 0.12 * (1 - part(t, 3.2, 5.8)));
    const wing = (turn) => [x - 22 * Math.cos(angle + turn), y - 22 * Math.sin(angle + turn)];
    faded(part(t, 3.2, 3.9), () => line([wing(0.62), [x, y], wing(-0.62)], { stroke: colour.accent, weight: 6 }));
  }
}

/** Somebody who walks along a line, as far as `share` of it. */
function goes(points, t, from, to, share, takes = to - from - 0.3) {
  const { x, y } = along(points, share * part(t, from, from + takes));
  faded(shownFrom(t, from, to, 0.3), () => dot(x, y, 13, { fill: colour["warm-ink"], stroke: colour.raised, weight: 4 }));
}

function asked(share) {
  faded(share, () => {
    dot(GATE.x, GATE.y, 50, { stroke: colour["warm-ink"], weight: 5 });
    words("?", GATE.x + 78, GATE.y - 52, { size: 76, fill: colour["warm-ink"], face: "Literata", align: "center" });
  });
}
