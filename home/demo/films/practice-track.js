import { between, box, clear, colour, dot, faded, line, part, words } from "./stage.js";

export const seconds = 32;

// For each string from low to high: the fret (0 open, null not played) and the finger.
const CHORDS = [
  { name: "G", frets: [3, 2, 0, 0, 0, 3], fingers: [2, 1, 0, 0, 0, 4] },
  { name: "Em", frets: [0, 2, 2, 0, 0, 0], fingers: [0, 2, 3, 0, 0, 0] },
  { name: "C", frets: [null, 3, 2, 0, 1, 0], fingers: [0, 3, 2, 0, 1, 0] },
  { name: "D", frets: [null, null, 0, 2, 3, 2], fingers: [0, 0, 0, 1, 3, 2] },
];
const BAR = 4;
const MOVE = 0.7;
const NOW = { x: 400, y: 300, scale: 1 };
const NEXT = { x: 900, y: 326, scale: 0.66 };
const FAINT = 0.42;

export function draw(t) {
  clear();
  const bar = Math.floor(t / BAR + 1e-6);
  const into = t - bar * BAR;
  const turn = bar < seconds / BAR - 1 ? Math.max(0, (into - BAR + MOVE) / MOVE) : 0;
  const move = part(turn, 0.3, 0.95);
  const chord = (by) => CHORDS[(bar + by) % CHORDS.length];
  diagram(chord(0), NOW, { strength: 1 - part(turn, 0, 0.45), swing: struck(into) });
  if (turn) diagram(chord(2), NEXT, { strength: FAINT * part(turn, 0.6, 1) });
  diagram(chord(1), moved(move), { strength: between(FAINT, 1, move) });
  beats(into);
}

function moved(move) {
  return Object.fromEntries(Object.keys(NOW).map((key) => [key, between(NEXT[key], NOW[key], move)]));
}

/** How much the string still swings that the stroke on beat one reached. */
const struck = (into) => (string) => part(into, string * 0.03, string * 0.03 + 0.08) * (1 - part(into, 0.25, 1));

function diagram({ name, frets, fingers }, { x, y, scale }, { strength, swing = () => 0 }) {
  const at = (string, fret) => [x + (string - 2.5) * 74 * scale, y + (fret - 1.75) * 84 * scale];
  words(name, x, y - 234 * scale, { size: 62 * scale, face: "Literata", align: "center" });
  for (let fret = 1; fret <= 4; fret += 1) {
    line([at(0, fret), at(5, fret)], { stroke: colour["line-firm"], weight: 3 * scale });
  }
  frets.forEach((fret, string) => {
    line([at(string, 0), at(string, 4)], { stroke: colour.deep, weight: 3 * scale });
    if (fret !== null) {
      faded(swing(string), () => line([at(string, fret), at(string, 4)], { stroke: colour.warm, weight: 6 }));
    }
  });
  line([at(0, 0), at(5, 0)], { stroke: colour.deep, weight: 10 * scale });
  frets.forEach((fret, string) => mark(fret, fingers[string], at, string, scale));
  // A veil over the whole, so that what lies upon each other does not shine through.
  const veil = { fill: colour.paper };
  faded(1 - strength, () => box(x - 225 * scale, y - 280 * scale, 450 * scale, 480 * scale, veil));
}

function mark(fret, finger, at, string, scale) {
  if (fret === null) return cross(at(string, -0.36), 10 * scale);
  if (fret === 0) return open(at(string, -0.36), 11 * scale);
  const [x, y] = at(string, fret - 0.5);
  dot(x, y, 29 * scale, { fill: colour.deep });
  return words(String(finger), x, y + 2 * scale, { size: 34 * scale, fill: colour.paper, align: "center" });
}

function open([x, y], radius) {
  dot(x, y, radius, { stroke: colour.deep, weight: radius / 4 });
}

function cross([x, y], arm) {
  for (const lean of [-1, 1]) {
    line([[x - arm, y - arm * lean], [x + arm, y + arm * lean]], { stroke: colour["warm-ink"], weight: arm / 2.5 });
  }
}

function beats(into) {
  const beat = Math.min(3, Math.floor(into + 1e-6));
  for (let index = 0; index < BAR; index += 1) {
    const x = NOW.x + (index - 1.5) * 74;
    const grown = index === beat ? 1 - part(into - beat, 0.55, 0.95) : 0;
    const fill = index <= beat ? colour["warm-ink"] : colour.line;
    dot(x, 535, between(11, 19, grown), { fill });
  }
}
