import { between, box, clear, colour, curve, dot, faded, line, part, shape, tint, words } from "./stage.js";

export const seconds = 32;

const LINE_Y = 160;
const [A, B] = [200, 1090];
const HEIGHTS = [180, 190, 200, 210, 220, 230, 240];
const LEFTS = [318, 370, 420, 466, 510, 556, 612];
const RIGHTS = [968, 934, 904, 876, 848, 816, 770];
const DEPTHS = [112, 96, 81, 67, 53, 39, 24];
const STRIP = 40;

const heightY = (height) => 544 - (height - 170) * 2.6;

const contours = HEIGHTS.map((_, index) => {
  const half = (RIGHTS[index] - LEFTS[index]) / 2;
  return Array.from({ length: 120 }, (_, step) => {
    const angle = (step * Math.PI) / 60;
    const lean = 0.1 * Math.cos(angle) + 0.1 * Math.cos(2 * angle + 0.6);
    return [
      LEFTS[index] + half + half * Math.cos(angle),
      LINE_Y + DEPTHS[index] * Math.sin(angle) * (1 + lean),
    ];
  });
});

const ticks = [
  ...HEIGHTS.map((height, index) => ({ x: LEFTS[index], height })),
  ...HEIGHTS.toReversed().map((height, index) => ({ x: RIGHTS.toReversed()[index], height })),
];
const point = ({ x, height }) => [x, heightY(height)];
const summit = [[691, heightY(246.5)]];
const whole = curve([[A, heightY(172)], ...ticks.slice(0, 7).map(point), ...summit, ...ticks.slice(7).map(point), [B, heightY(171)]]);
const [rise, fall] = [LEFTS[6], RIGHTS[6]];
const up = whole.filter(([x]) => x <= rise);
const over = whole.filter(([x]) => x >= rise && x <= fall);
const down = whole.filter(([x]) => x >= fall);

export function draw(t) {
  clear();
  contours.forEach((contour, index) => {
    shape(contour, { fill: tint("accent", 10 + index * 8), stroke: colour.deep, weight: HEIGHTS[index] === 200 ? 4 : 2 });
  });
  line([[A, LINE_Y], [B, LINE_Y]], { stroke: colour["warm-ink"], weight: 3.5, share: part(t, 1.2, 4.2) });
  end("A", A, 1);
  end("B", B, part(t, 3.7, 4.4));
  grid(part(t, 11, 12.4));
  strip(t);
  drops(t);
  line(up, { stroke: colour["warm-ink"], weight: 5, share: part(t, 19.8, 22.8) });
  line(down, { stroke: colour["warm-ink"], weight: 5, share: part(t, 22.8, 25.6) });
  line(over, { stroke: colour["warm-ink"], weight: 5, dashes: [0.1, 11.5], share: part(t, 26.6, 29.2) });
}

function end(name, x, share) {
  faded(share, () => {
    dot(x, LINE_Y, 24, { fill: colour["warm-ink"] });
    words(name, x, LINE_Y + 2, { size: 28, fill: colour.paper, align: "center" });
  });
}

function grid(share) {
  faded(share, () => {
    for (let height = 170; height <= 250; height += 10) {
      const stroke = height === 170 ? colour["line-firm"] : colour.line;
      line([[A, heightY(height)], [B, heightY(height)]], { stroke, weight: height === 170 ? 3 : 2 });
    }
    for (const height of [180, 200, 220, 240]) {
      words(`${height} m`, A - 24, heightY(height), { size: 30, weight: 500, fill: colour["ink-2"], align: "right" });
    }
  });
}

/** A strip of paper: laid with its edge along the line, ticked, and carried down to the grid. */
function strip(t) {
  const y = between(LINE_Y + 2, heightY(250) - STRIP - 4, part(t, 11.2, 13.2));
  faded(part(t, 5, 5.8), () => {
    box(A + 34, y, B - A - 68, STRIP, { fill: colour.raised, stroke: colour["line-firm"], weight: 2, round: 2 });
    ticks.forEach(({ x }, index) => {
      const share = part(t, 6 + index * 0.34, 6.3 + index * 0.34);
      line([[x, y - 7], [x, y + 20]], { stroke: colour["warm-ink"], weight: 5, share, cap: "butt" });
    });
  });
}

function drops(t) {
  ticks.forEach(({ x, height }, index) => {
    const begins = 13.4 + index * 0.41;
    line([[x, heightY(250) - STRIP + 16], [x, heightY(height)]], {
      stroke: tint("warm-ink", 60), weight: 2, dashes: [5, 7], cap: "butt", share: part(t, begins, begins + 0.5),
    });
    faded(part(t, begins + 0.4, begins + 0.6), () => dot(x, heightY(height), 8, { fill: colour["warm-ink"] }));
  });
}
