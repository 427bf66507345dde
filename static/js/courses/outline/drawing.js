/* The rows on the screen. Each stays the same element as long as it is shown, and whatever holds
   the focus is not moved in the page: the others are moved around it. */

import { say } from "./words.js";
import { outline, row, when } from "./state.js";
import { refresh, view, visible, whenSeen } from "./view.js";
import { drawRow, idsUnsent, isDraft, makeReachable, newRow, WIDGETS } from "./rows.js";
import { whenSent } from "./sending.js";

export const grid = document.getElementById("outline-rows");
const nothing = document.getElementById("outline-nothing");
const empty = document.getElementById("outline-empty");
const drawn = new Map();
let order = [];
let isHeld = false;
let isLate = false;
let reachable = null;

const idOf = ({ dataset: { id } }) => (/^\d+$/.test(id) ? Number(id) : id);
export const rowAt = (target) => {
  const element = target.closest?.(".st-row");
  return element && grid.contains(element) ? idOf(element) : null;
};
export const elementOf = (id) => drawn.get(id)?.element ?? null;
/** The ids on the screen, in order. */
export const seen = () => order;

/** A row that another module draws, such as the one being typed, stands where ``view`` has it. */
export function lend(id, element, drawIt) {
  drawn.set(id, { element, drawIt });
}

/** While something is held nothing moves under it; what came meanwhile is drawn afterwards. */
export function hold(on) {
  isHeld = on;
  if (!on && isLate) draw();
}

export function draw() {
  isLate = isHeld;
  if (isHeld) return;
  const shown = visible();
  const notSaved = idsUnsent();
  order = shown.map(({ id }) => id);
  const elements = shown.map((one) => {
    const known = drawn.get(one.id) ?? newRow(one.id);
    drawn.set(one.id, known);
    if (known.parts) drawRow(known, one, notSaved);
    else known.drawIt(one);
    return known.element;
  });
  const standing = new Set(order);
  const lost = lostFocus(standing);
  for (const [id, { element }] of drawn) {
    if (standing.has(id)) continue;
    element.remove();
    drawn.delete(id);
  }
  arrange(elements);
  reach();
  if (lost) focusRow(lost);
  empty.hidden = outline().rows.length > 0 || Boolean(view.draft);
  nothing.hidden = order.length > 0 || !empty.hidden;
  grid.hidden = !order.length;
}

/* The row that had the focus goes: whoever now stands at its place gets it. */
function lostFocus(standing) {
  const here = rowAt(document.activeElement ?? grid);
  if (here === null || standing.has(here)) return null;
  const elements = [...grid.querySelectorAll(":scope > .st-row")];
  const at = elements.findIndex((element) => idOf(element) === here);
  const stays = (element) => standing.has(idOf(element));
  const next = elements.slice(at).find(stays) ?? elements.slice(0, at).findLast(stays);
  return next ? idOf(next) : null;
}

function arrange(elements) {
  const still = elements.find((element) => element.contains(document.activeElement));
  let cursor = grid.firstElementChild.nextElementSibling; // after the row of headings
  if (!cursor) {
    grid.append(...elements);
    return;
  }
  for (const element of elements) {
    if (element === still) {
      while (cursor !== still) {
        const next = cursor.nextElementSibling;
        grid.append(cursor); // its turn comes
        cursor = next;
      }
    }
    if (element === cursor) cursor = cursor.nextElementSibling;
    else grid.insertBefore(element, cursor);
  }
}

/* Exactly one row can be reached by the Tab key. */
function reach() {
  if (!order.includes(view.current)) view.current = order.find((id) => row(id)) ?? null;
  const element = elementOf(view.current);
  if (reachable && reachable !== element) makeReachable(reachable, false);
  if (element && !isDraft(element)) makeReachable(element, true);
  reachable = element;
}

/** Makes ``id`` the row where the person is; with the focus in it, unless they only passed by. */
export function focusRow(id, { cell } = {}) {
  const element = elementOf(id);
  if (!element) return;
  view.current = id;
  reach();
  const target = cell === undefined ? element : cellTarget(element, cell);
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

export const cellsOf = (element) => [...element.children];

/** What gets the focus in a cell: what can be used there, else the cell. */
export function cellTarget(element, at) {
  const cells = cellsOf(element);
  const cell = cells[Math.max(0, Math.min(at, cells.length - 1))];
  const widget = [...cell.querySelectorAll(WIDGETS)].find(
    (one) => one.offsetParent && !one.matches(".fold"),
  );
  if (widget) return widget;
  cell.tabIndex = -1;
  return cell;
}

grid.addEventListener("focusin", ({ target }) => {
  const id = rowAt(target);
  if (id === null || id === view.current || isDraft(target.closest(".st-row"))) return;
  view.current = id;
  reach();
});

when("named", (temporary, id) => {
  const known = drawn.get(temporary);
  if (!known) return;
  drawn.delete(temporary);
  known.element.dataset.id = id;
  drawn.set(id, known);
});

grid.setAttribute("aria-label", say("outline_of", { title: grid.dataset.title }));
when("changed", refresh);
whenSent("line", refresh);
whenSeen(draw);
