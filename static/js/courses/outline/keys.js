/* The keys of the tree: to go about in rows and cells as a treegrid is gone about, and one for
   each thing that can be done. Only while the focus is in it, so that no key means two things. */

import { say } from "./words.js";
import { showToast } from "./telling.js";
import { course, outline, row } from "./state.js";
import { isChapter } from "./tree.js";
import { fold, isFiltered, view } from "./view.js";
import { cellsOf, elementOf, focusRow, grid, rowAt, seen } from "./drawing.js";
import { beginAt, chooseAll, chooseNone, chooseUpTo, toggle } from "./choosing.js";
import { startBeside, startRename } from "./typing.js";
import { duplicate, redo, step, togetherWith, undo } from "./verbs.js";

const PAGE = 10;
const mayWrite = outline().may_write;
let acts = {};

/** What keys do that open something: ``{menu, moveTo, remove, shortcuts}``. */
export const offerKeys = (named) => (acts = named);

const isRightToLeft = () => getComputedStyle(grid).direction === "rtl";
const isText = (target) => target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

/* Up and down a row at a time, in the same column. */
function go(id, by, cell) {
  const order = seen().filter((one) => row(one));
  const at = order.indexOf(id);
  const to = order[Math.max(0, Math.min(order.length - 1, at + by))];
  focusRow(to, { cell });
  return to;
}

function stepAside(element, id, cell, isForward) {
  const one = row(id);
  if (cell < 0) {
    const isShut = view.folded.has(id);
    if (isForward && isChapter(one) && isShut) fold([id], false);
    else if (isForward) focusRow(id, { cell: 0 });
    else if (isChapter(one) && !isShut) fold([id], true);
    else if (one.parent !== course) focusRow(one.parent);
    return;
  }
  const cells = cellsOf(element);
  const seenCells = cells.map((each, at) => (each.offsetParent ? at : -1)).filter((at) => at >= 0);
  const next = seenCells[seenCells.indexOf(cell) + (isForward ? 1 : -1)];
  if (next !== undefined) focusRow(id, { cell: next });
  else if (!isForward) focusRow(id);
}

function moveBy(id, way) {
  if (isFiltered()) showToast(say("not_while_filtered"));
  else if (step(id, way)) focusRow(id);
}

const WAYS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const MIRRORED = { ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight" };

function onKey(event) {
  if (isText(event.target) || event.isComposing) return;
  const element = event.target.closest(".st-row");
  const id = element ? rowAt(element) : null;
  if (id === null || !row(id)) return;
  const handler = pick(event, element, id);
  if (!handler) return;
  event.preventDefault();
  event.stopPropagation(); // Wagtail has keys of its own
  handler();
}

function pick(event, element, id) {
  const key = isRightToLeft() ? (MIRRORED[event.key] ?? event.key) : event.key;
  const isWith = event.ctrlKey || event.metaKey;
  const cell = cellsOf(element).findIndex((each) => each.contains(event.target));
  if (event.altKey) return mayWrite && !isWith && WAYS[key] && (() => moveBy(id, WAYS[key]));
  if (isWith) return withControl(key, id, cell);
  if (event.shiftKey && (key === "ArrowUp" || key === "ArrowDown")) {
    return () => {
      beginAt(id);
      chooseUpTo(go(id, key === "ArrowUp" ? -1 : 1, undefined));
    };
  }
  return goes(key, element, id, cell) ?? does(event, key, id);
}

function withControl(key, id, cell) {
  if (key === "Home") return () => go(id, -Infinity, cell < 0 ? undefined : cell);
  if (key === "End") return () => go(id, Infinity, cell < 0 ? undefined : cell);
  if (key === "a" && mayWrite) return chooseAll;
  return null;
}

function goes(key, element, id, cell) {
  const same = cell < 0 ? undefined : cell;
  const ways = {
    ArrowUp: () => go(id, -1, same),
    ArrowDown: () => go(id, 1, same),
    PageUp: () => go(id, -PAGE, same),
    PageDown: () => go(id, PAGE, same),
    ArrowRight: () => stepAside(element, id, cell, true),
    ArrowLeft: () => stepAside(element, id, cell, false),
    Home: () => (cell < 0 ? go(id, -Infinity) : focusRow(id, { cell: 0 })),
    End: () => (cell < 0 ? go(id, Infinity) : focusRow(id, { cell: cellsOf(element).length - 1 })),
  };
  return ways[key] ?? null;
}

function does(event, key, id) {
  const isWidget = event.target.matches("button, a, input");
  if (key === "Enter") {
    const link = elementOf(id).querySelector("a[href]");
    return isWidget || !link ? null : () => link.click();
  }
  if (key === "?") return acts.shortcuts;
  if (!mayWrite) return null;
  if (key === " ") return isWidget ? null : () => toggle(id);
  if (key === "Escape") return view.chosen.size ? chooseNone : null;
  if (key === "F2") return () => startRename(id);
  if (key === "Delete") return () => acts.remove(togetherWith(id));
  if (key === "ContextMenu" || (key === "F10" && event.shiftKey)) return () => acts.menu(id);
  const letters = {
    n: () => startBeside(id),
    d: () => duplicateHere(id),
    m: () => acts.moveTo(togetherWith(id)),
  };
  return event.shiftKey ? null : (letters[key.toLowerCase()] ?? null);
}

function duplicateHere(id) {
  const copy = duplicate(togetherWith(id));
  focusRow(copy);
}

grid.addEventListener("keydown", onKey);

/* Undo and redo hold wherever nothing is typed: after a press in a bar or a dialog, too. */
document.addEventListener("keydown", (event) => {
  if (!mayWrite || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (isText(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) redo();
  else undo();
});
