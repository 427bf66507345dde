import { between, box, clear, colour, faded, line, part, shownFrom, tint, words } from "./stage.js";

export const seconds = 20;

const LOANS = [{ id: "2", tool: "28" }, { id: "57", tool: "13" }, { id: "65", tool: "28" }];
const TOOLS = [{ id: "13", name: "Bar clamps" }, { id: "20", name: "Scythe" }, { id: "28", name: "Pressure washer" }];
const [LOANS_X, TOOLS_X, RESULT_X] = [56, 796, 330];
const [CELL, NAME, ROW] = [140, 288, 50];

// High on the sheet: while a film rests, a phone lifts its captions over the controls.
const rowY = (row) => 82 + row * 55;
const resultY = (row) => 300 + row * 55;
const toolOf = (loan) => TOOLS.findIndex((tool) => tool.id === loan.tool);

export function draw(t) {
  clear();
  heading("loans", LOANS_X, 54);
  heading("tools", TOOLS_X, 54);
  faded(part(t, 4.3, 4.9), () => heading("result", RESULT_X - 24, resultY(0) + ROW / 2, "right"));
  const lent = LOANS.map((_, row) => shownFrom(t, followedAt(row), followedAt(row) + 3.8, 0.4));
  const asked = TOOLS.map((_, index) => Math.max(...LOANS.map((loan, row) => (toolOf(loan) === index ? lent[row] : 0))));
  LOANS.forEach((loan, row) => cells(LOANS_X, rowY(row), [`loan ${loan.id}`, `tool ${loan.tool}`], lent[row], 1));
  TOOLS.forEach((tool, row) => cells(TOOLS_X, rowY(row), [`tool ${tool.id}`, tool.name], asked[row], 0));
  LOANS.forEach((loan, row) => pointer(t, loan, row));
  LOANS.forEach((loan, row) => joined(t, loan, row));
  faded(part(t, 16.8, 17.5), () => {
    box(TOOLS_X - 9, rowY(1) - 9, CELL + NAME + 18, ROW + 18, { stroke: colour.warm, weight: 6, round: 14 });
  });
}

const followedAt = (row) => 4.6 + row * 3.8;

function heading(text, x, y, align) {
  words(text, x, y, { size: 34, face: "Literata", align });
}

/** A row of cells; `key` says which of them holds the tool's number. */
function cells(x, y, texts, strong, key) {
  const widths = texts.map((_, index) => (texts.length - 1 === index && key !== index ? NAME : CELL));
  let left = x;
  const whole = widths.reduce((sum, width) => sum + width);
  box(x, y, whole, ROW, { fill: colour.raised });
  faded(strong, () => box(x, y, whole, ROW, { fill: tint("warm", 34) }));
  box(x, y, whole, ROW, { stroke: colour["ink-3"] });
  texts.forEach((text, index) => {
    if (index) line([[left, y], [left, y + ROW]], { stroke: colour["ink-3"], weight: 2.5, cap: "butt" });
    const fill = index === key ? colour["warm-ink"] : colour.ink;
    words(text, left + 16, y + ROW / 2 + 2, { size: 30, weight: index === key ? 600 : 500, fill });
    left += widths[index];
  });
}

/** First all pointers are shown, then each is followed by itself. */
function pointer(t, loan, row) {
  const [fromY, toY] = [rowY(row) + ROW / 2, rowY(toolOf(loan)) + ROW / 2];
  const [fromX, toX] = [LOANS_X + 2 * CELL + 6, TOOLS_X - 6];
  const points = Array.from({ length: 61 }, (_, step) => {
    const share = step / 60;
    return [between(fromX, toX, share), between(fromY, toY, share * share * (3 - 2 * share))];
  });
  const first = part(t, 0.9 + row * 0.9, 2 + row * 0.9);
  faded(1 - part(t, 4.1, 4.6), () => line(points, { stroke: tint("warm-ink", 75), share: first }));
  const begins = followedAt(row);
  faded(shownFrom(t, begins, begins + 3.8, 0.3), () => {
    line(points, { stroke: colour["warm-ink"], weight: 5, share: part(t, begins + 0.3, begins + 1.6) });
  });
}

/** The loan and its tool come towards each other and become one row. */
function joined(t, loan, row) {
  const begins = followedAt(row) + 1.6;
  const apart = 1 - part(t, begins, begins + 1.4);
  const tool = TOOLS[toolOf(loan)];
  const y = resultY(row);
  if (!apart) {
    cells(RESULT_X, y, [`loan ${loan.id}`, `tool ${loan.tool}`, tool.name], 0, 1);
    return;
  }
  faded(part(t, begins, begins + 0.5), () => {
    cells(RESULT_X + CELL + 280 * apart, y, [`tool ${tool.id}`, tool.name], apart, 0);
    cells(RESULT_X - 20 * apart, y, [`loan ${loan.id}`, `tool ${loan.tool}`], apart, 1);
  });
}
