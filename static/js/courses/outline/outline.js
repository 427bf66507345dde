/* The course on one screen. What it may ask of the server stands in courses/outline/schemas.py, what
   it is told in telling.py. This file only puts the parts together. */

import { say } from "./words.js";
import { callOut, showToast } from "./telling.js";
import { course, outline, row, size, takeUpUnsent, unsent } from "./state.js";
import { childrenOf, isChapter, lastIn, mayHold } from "./tree.js";
import { fold, isFiltered, view, visible, whenSeen } from "./view.js";
import { focusRow, grid, rowAt } from "./drawing.js";
import { send, whenSent } from "./sending.js";
import { chooseNone, offer } from "./choosing.js";
import { offerKeys } from "./keys.js";
import { offerMenu, openMenu } from "./menu.js";
import { openPlaces } from "./places.js";
import { ask, openDialog } from "./dialogs.js";
import { openPaste } from "./pasting.js";
import { startAtEnd, startBeside, startRename } from "./typing.js";
import { duplicate, hasLessons, redo, remove, restore, setPreview, step, undo, wantsPreview } from "./verbs.js";
import { linked } from "./summary.js";
import { startWatching } from "./watching.js";
import { arriveAtFirst } from "./arriving.js";
import "./arranging.js";
import "./bin.js";
import "./clashes.js";
import "./files.js";
import "./filtering.js";
import "./holding.js";
import "./icons.js";

const byId = (id) => document.getElementById(id);
const mayWrite = outline().may_write;

/* ---- Removing ---- */

/* What a release holds stays open to those who began it: that is said before. */
function removeRows(ids) {
  const rows = ids.map(row).filter((one) => one && !isRetired(one));
  const held = rows.filter(({ released }) => released);
  const going = rows.map(({ id }) => id);
  if (!held.length) {
    if (going.length) remove(going);
    return;
  }
  const values = { title: held[0].title, n: held.length };
  const head = held.length === 1 ? say("retire_head", values) : say("retire_many_head", values);
  const question = { head, body: say("retire_body"), yes: say("retire_yes"), takesAway: true };
  ask(question, () => remove(going));
}

/* ---- What menus, bars and keys offer ---- */

const isRetired = (one) => one.state === "retired";
const duplicateRow = (id) => focusRow(duplicate([id]));

offerMenu({
  open: { state: ({ edit }) => ({ hidden: !edit, href: edit }) },
  rename: { act: startRename, state: () => ({ hidden: !mayWrite }) },
  lesson: {
    act: (id) => startBeside(id),
    state: (one) => ({ hidden: !mayWrite || isRetired(one) }),
  },
  chapter: {
    act: (id) => startRow(id),
    state: (one) => ({ hidden: !mayWrite || !isChapter(one) || outline().structure === "flat" }),
  },
  duplicate: { act: duplicateRow, state: () => ({ hidden: !mayWrite }) },
  move: { act: (id) => openPlaces([id]), state: () => ({ hidden: !mayWrite }) },
  in: {
    act: (id) => step(id, "in") && focusRow(id),
    state: (one) => ({ hidden: !mayWrite || isFiltered() || !hasChapterAbove(one) }),
  },
  out: {
    act: (id) => step(id, "out") && focusRow(id),
    state: (one) => ({ hidden: !mayWrite || isFiltered() || one.parent === course }),
  },
  preview: {
    act: (id) => setPreview([id], wantsPreview([id])),
    state: (one) => ({
      hidden: !mayWrite || !hasLessons([one.id]),
      label: say(wantsPreview([one.id]) ? "preview_on" : "preview_off"),
    }),
  },
  remove: {
    act: (id) => removeRows([id]),
    state: (one) => ({
      hidden: !mayWrite || isRetired(one),
      label: say(one.released ? "retire" : "remove"),
    }),
  },
  restore: {
    act: (id) => restore([id]),
    state: (one) => ({ hidden: !mayWrite || !isRetired(one) }),
  },
});

function startRow(id) {
  startBeside(id, "chapter");
}

function hasChapterAbove({ id, kind, parent }) {
  const beside = childrenOf(outline().rows, parent);
  const above = beside[beside.findIndex((one) => one.id === id) - 1];
  return Boolean(above) && mayHold(outline(), above, kind) && isChapter(above);
}

offer({
  move: { act: (ids) => openPlaces(ids) },
  duplicate: { act: (ids) => focusRow(duplicate(ids)) },
  preview: {
    act: (ids) => setPreview(ids, wantsPreview(ids)),
    state: (ids) => ({
      hidden: !hasLessons(ids),
      label: say(wantsPreview(ids) ? "preview_all" : "preview_none"),
    }),
  },
  remove: {
    act: removeRows,
    state: (ids, tops, retired) => ({
      hidden: retired.length === tops.length,
      label: say(tops.some(({ released }) => released) ? "retire" : "remove"),
    }),
  },
  restore: { act: restore, state: (ids, tops, retired) => ({ hidden: retired.length < tops.length }) },
  none: {
    act: (ids) => {
      chooseNone();
      focusRow(ids.at(-1));
    },
  },
});

offerKeys({
  menu: (id) => openMenu(id),
  moveTo: (ids) => openPlaces(ids),
  remove: removeRows,
  shortcuts: () => openDialog("outline-shortcuts"),
});
byId("outline-keys").addEventListener("click", () => openDialog("outline-shortcuts"));

/* ---- Buttons beside the rows ---- */

for (const button of document.querySelectorAll("[data-add]")) {
  button.addEventListener("click", () => startAtEnd(button.dataset.add));
}
for (const button of document.querySelectorAll("[data-paste]")) {
  button.addEventListener("click", () => openPaste());
}

const foldAll = byId("outline-fold");
const allChapters = () => outline().rows.filter(isChapter).map(({ id }) => id);
const isAllShut = () => allChapters().every((id) => view.folded.has(id));
foldAll.addEventListener("click", () => fold(allChapters(), !isAllShut()));
whenSeen(() => {
  foldAll.hidden = !allChapters().length;
  foldAll.querySelector("span").textContent = say(isAllShut() ? "unfold_all" : "fold_all");
  for (const part of document.querySelectorAll("[data-structure]")) {
    part.hidden = part.dataset.structure !== outline().structure;
  }
});

grid.addEventListener("click", (event) => {
  const id = rowAt(event.target);
  if (event.target.closest(".fold")) fold([id], !view.folded.has(id));
  else if (event.target.closest(".problems")) showProblems(id, event.target.closest(".problems"));
});
grid.addEventListener("dblclick", (event) => {
  const id = rowAt(event.target);
  if (mayWrite && event.target.closest(".name") && !event.target.closest("a, input, button")) startRename(id);
});

/* ---- What is missing in a row, each a link to the very field ---- */

const popover = byId("outline-missing");
function showProblems(id, button) {
  const { title, problems } = row(id);
  popover.querySelector("h2").textContent = say("missing_in", { title });
  popover.querySelector("ul").replaceChildren(...problems.map(linked));
  popover.showPopover();
  const at = button.getBoundingClientRect();
  const most = { left: innerWidth - popover.offsetWidth - 8, top: innerHeight - popover.offsetHeight - 8 };
  popover.style.left = `${Math.max(8, Math.min(at.left, most.left))}px`;
  popover.style.top = `${Math.max(8, Math.min(at.bottom + 4, most.top))}px`;
  popover.querySelector("a").focus();
}

/* ---- What the server says when it is done ---- */

const QUIET = new Set(["add", "rename"]);
const SAID = new Set(["move", "duplicate"]); // when they were made, with their place
const AFTERWARDS = { undo: "redo", redo: "undo" };
whenSent("answered", (change, { said, outline: news }) => {
  if (!said || QUIET.has(change.verb)) return;
  const other = AFTERWARDS[change.verb] ?? "undo";
  const act = other === "redo" ? redo : undo;
  const keys = say(other === "redo" ? "redo_keys" : "undo_keys");
  const offer = news[other] && { label: say(other), keys, act };
  showToast(change.told ?? said, offer, { isSaid: SAID.has(change.verb) });
  if (change.verb === "paste" || change.verb === "restore") showMade(change, news);
});

/* What was pasted or brought back is where one looks. */
function showMade(change, news) {
  const ids = change.verb === "restore" ? change.args.pages : [];
  const id = ids.find((one) => size(one)) ?? lastIn(news.rows, change.args.parent);
  if (id !== null && size(id)) focusRow(id);
}

/* ---- Start ---- */

takeUpUnsent();
if (!visible().length && !mayWrite) callOut("read", { icon: "lock", head: say("nothing_yet") });
if (unsent().length) send();
startWatching();
arriveAtFirst();
