/* Titles: rows that are typed one after the other like a list, and names changed in place. */

import { say } from "./words.js";
import { announce, drawing, showToast } from "./telling.js";
import { course, outline, row } from "./state.js";
import { childrenOf, isChapter, lastIn, mayHold } from "./tree.js";
import { DRAFT, fold, isFiltered, refresh, view } from "./view.js";
import { showAll } from "./filtering.js";
import { draw, elementOf, focusRow, grid, lend } from "./drawing.js";
import { add, rename } from "./verbs.js";

const draftTemplate = document.getElementById("outline-draft").content.firstElementChild;
const renameTemplate = document.getElementById("outline-rename").content;
const LONGEST = 255;
let returnTo = null;
let askToPaste = () => {};
let isLeaving = false; // the Tab key was of no use here just now

/** Who takes what is pasted with more than one line: ``(text, parent)``. */
export const whenListIsPasted = (taker) => (askToPaste = taker);
export const isTyping = () => Boolean(view.draft || view.renaming);
/** What is typed and not yet a change. */
const typed = () => grid.querySelector(".st-row.edit .title")?.value.trim() ?? "";

/* ---- A new row ---- */

/** Opens a row to type in, below ``parent`` and right after ``after``. */
function startRow({ kind, parent, after }) {
  endRename();
  if (isFiltered()) showAll(); // nobody types into what is out of sight
  returnTo ??= view.current;
  isLeaving = false;
  if (!elementOf(DRAFT)) lend(DRAFT, newDraft(), drawDraft);
  view.draft = { kind, parent, after };
  if (view.folded.has(parent)) fold([parent], false);
  refresh();
  const field = elementOf(DRAFT).querySelector("input");
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "nearest" });
}

/** A row of ``kind`` where it is expected beside ``id``: after a lesson, at a chapter's end. */
export function startBeside(id, kind = "lesson") {
  const one = id === null ? null : row(id);
  if (!one) startAtEnd(kind);
  else if (isChapter(one) && kind === "lesson" && mayHold(outline(), one, kind)) {
    startRow({ kind, parent: id, after: lastIn(outline().rows, id) });
  } else startRow({ kind, parent: one.parent, after: id });
}

/** A row of ``kind`` at the end: a lesson in the last chapter, a chapter after it. */
export function startAtEnd(kind) {
  const { rows } = outline();
  const top = childrenOf(rows, course).findLast(({ state }) => state !== "retired");
  const last = lastIn(rows, course);
  if (kind === "lesson" && top && isChapter(top)) {
    startRow({ kind, parent: top.id, after: lastIn(rows, top.id) });
  } else startRow({ kind, parent: course, after: last });
}

function newDraft() {
  const element = draftTemplate.cloneNode(true);
  const field = element.querySelector("input");
  element.dataset.id = DRAFT;
  field.maxLength = LONGEST;
  field.addEventListener("keydown", onDraftKey);
  field.addEventListener("blur", leaveDraft);
  field.addEventListener("paste", onPaste);
  return element;
}

function drawDraft({ level, number, place, among }) {
  const element = elementOf(DRAFT);
  const { kind } = view.draft;
  element.classList.toggle("chapter", kind === "chapter");
  element.style.setProperty("--l", level);
  for (const [name, value] of [["level", level], ["posinset", place], ["setsize", among]]) {
    element.setAttribute(`aria-${name}`, value);
  }
  element.querySelector("[data-way=in]").hidden = !canIndent();
  element.querySelector("[data-way=out]").hidden = view.draft.parent === course;
  const cell = element.querySelector(".no");
  if (cell.textContent !== number) cell.textContent = number;
  const field = element.querySelector("input");
  const words = say(kind === "chapter" ? "new_chapter" : "new_lesson");
  if (field.placeholder !== words) {
    field.placeholder = words;
    field.setAttribute("aria-label", words);
    element.querySelector(".kind").replaceChildren(drawing(kind === "chapter" ? "list" : "book-open"));
  }
}

function onDraftKey(event) {
  if (event.isComposing) return;
  const { key, target } = event;
  if (key === "Enter") {
    event.preventDefault();
    if (target.value.trim()) enterRow(target);
    else closeDraft();
  } else if (key === "Escape") {
    event.preventDefault();
    closeDraft();
  } else if (key === "Tab") onTab(event);
  if (key !== "Tab" && key !== "Shift") isLeaving = false;
  event.stopPropagation();
}

/* Deeper or out; where that cannot be it says why, and pressed once more it leaves the row as it
   leaves any field. */
function onTab(event) {
  const isMoved = event.shiftKey ? outdent() : indent();
  if (!isMoved && isLeaving) return;
  event.preventDefault();
  isLeaving = !isMoved;
  if (!isMoved) showToast(whyNot(event.shiftKey));
}

function whyNot(isOut) {
  if (isOut) return say("no_further_out_typed");
  return say(outline().structure === "flat" ? "is_flat_here" : "no_deeper");
}

/* The next row is where a list would go on: in a chapter just named, or below a lesson. */
function enterRow(field) {
  const { kind, parent, after } = view.draft;
  const title = field.value.trim();
  field.value = "";
  const id = add({ kind, title, parent, after });
  const inside = kind === "chapter" && mayHold(outline(), row(id), "lesson");
  startRow(inside ? { kind: "lesson", parent: id, after: null } : { kind, parent, after: id });
}

function place(draft) {
  view.draft = draft;
  refresh();
  elementOf(DRAFT).scrollIntoView({ block: "nearest" });
  const words = draft.kind === "chapter" ? "now_chapter" : "now_lesson";
  announce(say(words, { number: elementOf(DRAFT).querySelector(".no").textContent }));
  return true;
}

function canIndent() {
  const { after } = view.draft;
  const above = after === null ? null : row(after);
  return Boolean(above) && isChapter(above) && mayHold(outline(), above, "lesson");
}

/* Deeper: into the chapter above, where a row becomes a lesson. */
function indent() {
  if (!canIndent()) return false;
  const { rows } = outline();
  const { after } = view.draft;
  fold([after], false);
  return place({ kind: "lesson", parent: after, after: lastIn(rows, after) });
}

/* Out of its chapter; right below the course what is typed next is a chapter. */
function outdent() {
  const { parent } = view.draft;
  if (parent === course) return false;
  const outer = row(parent).parent;
  const kind = outer === course ? "chapter" : view.draft.kind;
  return place({ kind, parent: outer, after: parent });
}

function closeDraft({ refocus = true } = {}) {
  const back = view.draft?.after ?? returnTo;
  view.draft = null;
  const former = returnTo;
  returnTo = null;
  if (refocus) {
    const id = [back, former].find((one) => one !== null && elementOf(one));
    if (id !== undefined) focusRow(id);
  }
  refresh();
}

/* Whoever clicks elsewhere has typed what stands there. A window that loses the focus has not. */
function leaveDraft({ target }) {
  if (!document.hasFocus() || !view.draft || !target.isConnected) return;
  const title = target.value.trim();
  const { draft } = view;
  target.value = "";
  closeDraft({ refocus: false });
  if (title) add({ ...draft, title });
}

function onPaste(event) {
  const text = event.clipboardData.getData("text/plain");
  if (text.trim().split("\n").length < 2) return;
  event.preventDefault();
  const { parent } = view.draft;
  event.target.value = "";
  closeDraft({ refocus: false });
  askToPaste(text, parent);
}

/* ---- Another name ---- */

export function startRename(id) {
  const element = elementOf(id);
  if (!element || view.renaming === id) return;
  endRename();
  view.renaming = id;
  const name = element.querySelector(".name");
  name.append(renameTemplate.cloneNode(true));
  element.classList.add("edit");
  const field = name.querySelector(".title");
  field.maxLength = LONGEST;
  field.value = row(id).title;
  field.addEventListener("keydown", onRenameKey);
  field.addEventListener("blur", () => document.hasFocus() && endRename({ isSaved: true }));
  const button = name.querySelector(".button");
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // no blur before the click
  button.addEventListener("click", () => finish(true));
  field.focus();
  field.select();
}

function onRenameKey(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" || event.key === "Escape") {
    event.preventDefault();
    finish(event.key === "Enter");
  }
  event.stopPropagation();
}

function finish(isSaved) {
  const id = view.renaming;
  endRename({ isSaved });
  focusRow(id);
}

function endRename({ isSaved = false } = {}) {
  const id = view.renaming;
  if (id === null) return;
  view.renaming = null; // before the field goes, which blurs it
  const element = elementOf(id);
  const title = element?.querySelector(".title")?.value.trim();
  element?.classList.remove("edit");
  element?.querySelectorAll(".renaming").forEach((part) => part.remove());
  if (isSaved && title && row(id)) rename(id, title);
  else draw();
}

window.addEventListener("beforeunload", (event) => {
  if (view.draft && typed()) event.preventDefault();
});
