/* Rows held by their grip and carried, with a mouse, a pen or a finger. The one that is held
   floats; a line says where it would stand and what its number would be. */

import { amount, say } from "./words.js";
import { announce, showToast } from "./telling.js";
import { course, outline, row } from "./state.js";
import {
  isChapter,
  lastIn,
  mayHold,
  measured,
  moved,
  neighbour,
  uppermost,
  withBelow,
} from "./tree.js";
import { isFiltered, view, visible } from "./view.js";
import { elementOf, focusRow, grid, hold, rowAt } from "./drawing.js";
import { move, togetherWith } from "./verbs.js";

const SLACK = 5; // a press that moves less is a press
const EDGE = 80; // this near to an edge of the window the page begins to move
const FASTEST = 18; // pixels a frame
const BELOW = 20; // pixels under the hand, so that the line is seen
const line = document.getElementById("outline-line");
let press = null;
let held = null;

export const isHolding = () => held !== null;

grid.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".grip");
  if (!grip || event.button !== 0 || press) return;
  press = { id: rowAt(grip), grip, x: event.clientX, y: event.clientY, pointer: event.pointerId };
  grip.setPointerCapture(event.pointerId);
});

grid.addEventListener("pointermove", (event) => {
  if (event.pointerId !== press?.pointer) return;
  const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) >= SLACK;
  if (!held && far && !lift()) return;
  if (held) follow(event.clientX, event.clientY);
});

grid.addEventListener("pointerup", (event) => {
  if (event.pointerId !== press?.pointer) return;
  if (held) {
    // The press ends on the grip, which a click would take for a press.
    const stop = (click) => click.stopPropagation();
    grid.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => grid.removeEventListener("click", stop, { capture: true }));
  }
  letGo(true);
});
for (const event of ["pointercancel", "lostpointercapture"]) {
  grid.addEventListener(event, ({ pointerId }) => pointerId === press?.pointer && letGo(false));
}
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !held) return;
    event.preventDefault();
    event.stopPropagation();
    letGo(false);
    announce(say("put_back"));
  },
  true,
);

function lift() {
  const { id } = press;
  if (isFiltered() || !row(id)) {
    showToast(say("not_while_filtered"));
    press = null;
    return false;
  }
  const { rows } = outline();
  const ids = togetherWith(id);
  const tops = uppermost(rows, ids);
  const going = new Set(withBelow(rows, ids).map((one) => one.id));
  const element = elementOf(id);
  const level = Number(element.getAttribute("aria-level"));
  held = { id, tops, ids: tops.map((one) => one.id), going, level, place: null, gap: null };
  hold(true);
  document.documentElement.classList.add("outline-holds");
  for (const one of going) elementOf(one)?.classList.add("held");
  held.ghost = float(element);
  // Nothing is drawn while something is held, so these stay the rows that there are.
  held.standing = visible()
    .filter((one) => !going.has(one.id))
    .map((one) => ({ ...one, element: elementOf(one.id) }));
  held.indent = stepOf(held.ghost);
  return true;
}

/* How far one depth is set in from the next, in pixels. */
function stepOf(ghost) {
  const level = ghost.style.getPropertyValue("--l");
  ghost.style.setProperty("--l", 2);
  const step = parseFloat(getComputedStyle(ghost.querySelector(".name")).paddingInlineStart);
  ghost.style.setProperty("--l", level);
  return step;
}

function float(element) {
  const at = element.getBoundingClientRect();
  const ghost = element.cloneNode(true);
  ghost.classList.remove("held");
  ghost.classList.add("moving");
  ghost.setAttribute("aria-hidden", "true");
  ghost.removeAttribute("role");
  ghost.inert = true;
  ghost.style.inlineSize = `${at.width}px`;
  ghost.style.left = `${at.left}px`;
  if (held.tops.length > 1) {
    const count = document.createElement("span");
    count.className = "st-tag";
    count.textContent = amount(held.tops);
    ghost.querySelector(".name a").after(count);
  }
  held.from = { left: at.left, top: at.top };
  line.parentElement.append(ghost);
  return ghost;
}

function follow(x, y) {
  held.at = { x, y };
  const { ghost, from } = held;
  ghost.style.left = `${from.left + (x - press.x)}px`;
  ghost.style.top = `${from.top + (y - press.y) + BELOW}px`;
  aim();
  if (speedAt(y) && !held.scrolls) held.scrolls = requestAnimationFrame(scroll);
}

/* Between which rows, and how deep: as deep as the hand is to the side, of what may be there. */
function aim() {
  const { x, y } = held.at;
  const top = y - line.parentElement.getBoundingClientRect().top;
  const { standing } = held;
  const gap = standing.filter(({ element }) => middleOf(element) < top).length;
  const isRightToLeft = getComputedStyle(grid).direction === "rtl";
  const aside = (isRightToLeft ? press.x - x : x - press.x) / held.indent;
  const wanted = held.level + Math.round(aside);
  if (gap === held.gap && wanted === held.wanted) return;
  Object.assign(held, { gap, wanted });
  const all = placesAt(standing[gap - 1], standing[gap]);
  const nearest = (a, b) => Math.abs(a.level - wanted) - Math.abs(b.level - wanted);
  held.place = all.sort(nearest)[0] ?? null;
  drawLine(standing[gap - 1]);
}

// Read anew each time: rows out of sight have no height of their own till they come into it.
const middleOf = (element) => element.offsetTop + element.offsetHeight / 2;

function placesAt(above, below) {
  const { rows } = outline();
  const fits = (where) => held.tops.every(({ kind }) => mayHold(outline(), where, kind));
  const put = (parent, after, level) => ({ parent, after: neighbour(rows, held.going, parent, after), level });
  const found = [];
  if (!above) found.push({ parent: course, after: null, level: 1, where: null });
  else {
    if (isChapter(above.row)) {
      const after = above.isShut ? lastIn(rows, above.id) : null;
      found.push({ ...put(above.id, after, above.level + 1), where: above.row });
    }
    let one = above.row;
    for (let { level } = above; level >= (below?.level ?? 1); level--) {
      found.push({ ...put(one.parent, one.id, level), where: row(one.parent) });
      one = row(one.parent);
    }
  }
  return found.filter(({ where, level }) => fits(where) && level >= (below?.level ?? 1));
}

/* The line stands in the gap; it says nothing that is not true: the numbers are counted anew. */
function drawLine(above) {
  const { place } = held;
  line.hidden = !place;
  if (!place) return;
  const y = above ? above.element.offsetTop + above.element.offsetHeight : 0;
  line.style.top = `${y}px`;
  line.style.setProperty("--l", place.level);
  const after = moved(outline().rows, held.ids, place.parent, place.after);
  const sizes = measured(after, course);
  const [first, last] = [held.ids[0], held.ids.at(-1)].map((id) => sizes.get(id).number);
  const values = { first, last, rows: amount(held.tops) };
  const words = held.ids.length > 1 ? "drop_many" : "drop_one";
  line.querySelector("span").textContent = first ? say(words, values) : say("drop_here");
}

function speedAt(y) {
  const top = EDGE + (document.querySelector(".w-slim-header")?.parentElement.offsetHeight ?? 0) / 2;
  if (y < top) return -Math.min(1, (top - y) / EDGE) * FASTEST;
  const bottom = innerHeight - EDGE;
  return y > bottom ? Math.min(1, (y - bottom) / EDGE) * FASTEST : 0;
}

function scroll() {
  if (!held) return;
  const speed = speedAt(held.at.y);
  held.scrolls = speed ? requestAnimationFrame(scroll) : null;
  if (!speed) return;
  scroller().scrollBy(0, speed);
  aim();
}

function scroller() {
  for (let one = grid.parentElement; one; one = one.parentElement) {
    const { overflowY } = getComputedStyle(one);
    const scrolls = overflowY === "auto" || overflowY === "scroll";
    if (scrolls && one.scrollHeight > one.clientHeight) return one;
  }
  return document.scrollingElement;
}

function letGo(isDropped) {
  const { id, ids, going, place, ghost, scrolls } = held ?? {};
  const { grip, pointer } = press;
  press = null;
  if (grip.hasPointerCapture(pointer)) grip.releasePointerCapture(pointer);
  if (!ids) return;
  held = null;
  cancelAnimationFrame(scrolls);
  ghost.remove();
  line.hidden = true;
  document.documentElement.classList.remove("outline-holds");
  for (const one of going) elementOf(one)?.classList.remove("held");
  if (isDropped && place) move(ids, place.parent, place.after);
  hold(false);
  view.current = id;
  focusRow(id);
}
