// What all films are drawn with: the site's colours and types on a sheet of 1280 by 720.
// The lowest fifth stays empty, because captions are shown there.

const canvas = document.querySelector("canvas");
const pen = canvas.getContext("2d");

const INK = ["paper", "raised", "ink", "ink-2", "ink-3", "line", "line-firm", "accent", "deep", "warm", "warm-ink"];
const probe = document.querySelector("i");

function resolved(value) {
  probe.style.color = value;
  return getComputedStyle(probe).color;
}

export const colour = Object.fromEntries(INK.map((name) => [name, resolved(`var(--${name})`)]));

export function tint(name, percent) {
  return resolved(`color-mix(in oklab, var(--${name}) ${percent}%, var(--paper))`);
}

/** How much of the time from one second to another is over, gently begun and ended. */
export function part(t, from, to) {
  const x = Math.min(1, Math.max(0, (t - from) / (to - from)));
  return x * x * (3 - 2 * x);
}

/** 0, up to 1 from the second `from` on, and back to 0 before `to`. */
export function shownFrom(t, from, to, fade = 0.5) {
  return Math.min(part(t, from, from + fade), 1 - part(t, to - fade, to));
}

export const between = (a, b, share) => a + (b - a) * share;

export function faded(share, draw) {
  if (share <= 0) return;
  const before = pen.globalAlpha;
  pen.globalAlpha = before * share;
  draw();
  pen.globalAlpha = before;
}

export function clear() {
  pen.globalAlpha = 1;
  box(0, 0, 1280, 720, { fill: colour.paper, round: 0 });
}

export function box(x, y, width, height, { fill, stroke, weight = 2.5, round = 8 }) {
  pen.beginPath();
  pen.roundRect(x, y, width, height, round);
  paint(fill, stroke, weight);
}

export function dot(x, y, radius, { fill, stroke, weight = 3 }) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  paint(fill, stroke, weight);
}

export function shape(points, { fill, stroke, weight = 3 }) {
  trace(points);
  pen.closePath();
  paint(fill, stroke, weight);
}

function paint(fill, stroke, weight) {
  if (fill) {
    pen.fillStyle = fill;
    pen.fill();
  }
  if (stroke) {
    pen.strokeStyle = stroke;
    pen.lineWidth = weight;
    pen.setLineDash([]);
    pen.lineJoin = "round";
    pen.stroke();
  }
}

function trace(points) {
  pen.beginPath();
  points.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
}

/** A line through points, as far as `share` of its length. */
export function line(points, { stroke, weight = 3, share = 1, dashes = [], cap = "round" }) {
  if (share <= 0) return;
  trace(share < 1 ? beginningOf(points, share) : points);
  pen.strokeStyle = stroke;
  pen.lineWidth = weight;
  pen.lineCap = cap;
  pen.lineJoin = "round";
  pen.setLineDash(dashes);
  pen.stroke();
}

export function words(text, x, y, { size, fill = colour.ink, weight = 600, face = "Inter", align = "left" }) {
  pen.font = `${weight} ${size}px ${face}`;
  pen.textAlign = align;
  pen.textBaseline = "middle";
  pen.fillStyle = fill;
  pen.fillText(text, x, y);
}

const distance = ([x, y], [u, v]) => Math.hypot(u - x, v - y);

function lengthOf(points) {
  return points.slice(1).reduce((sum, point, index) => sum + distance(points[index], point), 0);
}

function beginningOf(points, share) {
  let left = lengthOf(points) * share;
  const begun = [points[0]];
  for (const point of points.slice(1)) {
    const last = begun.at(-1);
    const step = distance(last, point);
    if (step >= left) {
      const reached = step ? left / step : 0;
      return [...begun, [between(last[0], point[0], reached), between(last[1], point[1], reached)]];
    }
    begun.push(point);
    left -= step;
  }
  return begun;
}

/** The point at `share` of a line, and the angle in which the line goes on there. */
export function along(points, share) {
  const begun = beginningOf(points, Math.max(share, 0.002));
  const [here, before] = [begun.at(-1), begun.at(-2)];
  return { x: here[0], y: here[1], angle: Math.atan2(here[1] - before[1], here[0] - before[0]) };
}

/** A soft line through corners, however unevenly they are spaced (Catmull and Rom, centripetal). */
export function curve(corners) {
  const soft = [corners[0]];
  for (let index = 0; index < corners.length - 1; index += 1) {
    const [from, to] = corners.slice(index, index + 2);
    const before = corners[index - 1] ?? mirrored(to, from);
    const after = corners[index + 2] ?? mirrored(from, to);
    for (let step = 1; step <= 24; step += 1) soft.push(softened([before, from, to, after], step / 24));
  }
  return soft;
}

const mirrored = ([x, y], [u, v]) => [2 * u - x, 2 * v - y];

function softened(four, share) {
  const knots = [0];
  four.slice(1).forEach((point, index) => knots.push(knots[index] + Math.sqrt(distance(four[index], point))));
  const now = between(knots[1], knots[2], share);
  let points = four;
  for (let span = 1; span <= 3; span += 1) {
    points = points.slice(1).map((point, index) => {
      // The last step blends over the middle span only.
      const [begin, end] = span === 3 ? [knots[1], knots[2]] : [knots[index], knots[index + span]];
      const reached = (now - begin) / (end - begin);
      return [0, 1].map((axis) => between(points[index][axis], point[axis], reached));
    });
  }
  return points[0];
}
