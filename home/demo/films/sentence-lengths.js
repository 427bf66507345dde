import { box, clear, colour, faded, part, tint, words } from "./stage.js";

export const seconds = 16;

const DRONES = { counts: [19, 21, 18, 20], x: 56, begins: 0.9, fill: tint("accent", 42) };
const BREATHES = { counts: [22, 9, 17, 4], x: 688, begins: 8.3, fill: colour.accent };
// Both are read at one pace, so that the eye hears the difference.
const WORD_SECONDS = 0.07;
const REST_SECONDS = 0.35;

export function draw(t) {
  clear();
  paragraph(t, DRONES);
  paragraph(t, BREATHES);
}

function paragraph(t, { counts, x, begins, fill }) {
  let now = begins;
  counts.forEach((count, row) => {
    const y = 82 + row * 116;
    for (let word = 0; word < count; word += 1) {
      const left = x + word * 22;
      faded(part(t, now, now + 0.16), () => box(left, y, 15, 62, { fill, round: 4 }));
      now += WORD_SECONDS;
    }
    const right = x + count * 22 + 14;
    faded(part(t, now, now + 0.3), () => words(String(count), right, y + 33, { size: 42 }));
    now += REST_SECONDS;
  });
}
