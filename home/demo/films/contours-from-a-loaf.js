import { clear, colour, dot, faded, line, part, shape, shownFrom, tint } from "./stage.js";

export const seconds = 24;

const TOP = 52;
const BOARD = 262;
const [LEFT, CREST, RIGHT] = [380, 545, 960];
const PAPER_Y = 434;
const LEVELS = [0, 0.2, 0.4, 0.6, 0.8];

const leftAt = (height) => CREST - (CREST - LEFT) * (1 - height ** 1.6) ** 0.62;
const rightAt = (height) => CREST + (RIGHT - CREST) * (1 - height) ** 0.66;
const yAt = (height) => BOARD - (BOARD - TOP) * height;

// Closer together towards the crest, which is round.
const upwards = Array.from({ length: 81 }, (_, step) => 1 - (1 - step / 80) ** 3);
const steepSide = upwards.map((height) => [leftAt(height), yAt(height)]);
const gentleSide = upwards.map((height) => [rightAt(height), yAt(height)]);
const loaf = [...steepSide, ...gentleSide.toReversed()];

/** The outline of a slice as it lies on paper, from one angle to another (0 is to the right). */
function outline(height, from = Math.PI, to = 3 * Math.PI) {
  const half = (rightAt(height) - leftAt(height)) / 2;
  const middle = leftAt(height) + half;
  return Array.from({ length: 121 }, (_, step) => {
    const angle = from + ((to - from) * step) / 120;
    return [middle + half * Math.cos(angle), PAPER_Y + half * 0.36 * Math.sin(angle)];
  });
}

function slice(height) {
  const inside = upwards.filter((one) => one > height && one < height + 0.2);
  const levels = [height, ...inside, Math.min(1, height + 0.2)];
  return [
    ...levels.map((one) => [leftAt(one), yAt(one)]),
    ...levels.toReversed().map((one) => [rightAt(one), yAt(one)]),
  ];
}

export function draw(t) {
  clear();
  shape(loaf, { fill: tint("warm", 38) });
  LEVELS.forEach((height, index) => {
    const begins = 6.2 + index * 1.64;
    faded(shownFrom(t, begins, begins + 1.64, 0.4), () => shape(slice(height), { fill: tint("warm", 78) }));
  });
  shape(loaf, { stroke: colour.ink, weight: 3.5 });
  line([[240, BOARD], [1060, BOARD]], { stroke: colour.ink, weight: 3.5 });
  LEVELS.slice(1).forEach((height, index) => {
    const cut = [[leftAt(height) - 26, yAt(height)], [rightAt(height) + 26, yAt(height)]];
    line(cut, { stroke: colour["warm-ink"], weight: 3.5, share: part(t, 1 + index * 1.15, 2.1 + index * 1.15) });
  });
  LEVELS.forEach((height, index) => drawnRound(t, height, index));
  told(t, 14.7, 19.5, steepSide, [0.72, 1.28]);
  told(t, 19.7, 24.6, gentleSide, [-0.28, 0.28]);
}

function drawnRound(t, height, index) {
  const begins = 6.2 + index * 1.64;
  for (const x of [leftAt(height), rightAt(height)]) {
    line([[x, yAt(height)], [x, PAPER_Y]], {
      stroke: tint("warm-ink", 60), weight: 2, dashes: [5, 7], cap: "butt", share: part(t, begins, begins + 0.6),
    });
  }
  faded(part(t, begins + 1.1, begins + 1.6), () => shape(outline(height), { fill: tint("accent", 14 + index * 13) }));
  line(outline(height), { stroke: colour.deep, weight: 3, share: part(t, begins + 0.5, begins + 1.5) });
}

/** One side of the loaf, and the same side of its outlines, are made strong together. */
function told(t, from, to, side, [begin, end]) {
  faded(shownFrom(t, from, to, 0.6), () => {
    line(side, { stroke: colour.warm, weight: 10 });
    for (const height of LEVELS) {
      line(outline(height, begin * Math.PI, end * Math.PI), { stroke: colour.warm, weight: 5.5 });
      const x = side === steepSide ? leftAt(height) : rightAt(height);
      dot(x, yAt(height), 7, { fill: colour["warm-ink"] });
    }
  });
}
