/* "Move to …": every place there is, in reading order, to be searched and picked. For whoever
   cannot or would not hold a row and carry it. */

import { amount, say } from "./words.js";
import { course, outline, row, size } from "./state.js";
import { isChapter, lastIn, mayHold, uppermost, withBelow } from "./tree.js";
import { focusRow } from "./drawing.js";
import { openDialog } from "./dialogs.js";
import { move } from "./verbs.js";

const dialog = document.getElementById("outline-places");
const field = dialog.querySelector("input");
const list = dialog.querySelector("[role=listbox]");
const none = dialog.querySelector(".none");
let places = [];
let picked = 0;

/* A chapter is a place to go into, and every row one to stand after. */
function placesFor(ids) {
  const { rows } = outline();
  const going = new Set(withBelow(rows, ids).map(({ id }) => id));
  const kinds = new Set(uppermost(rows, ids).map(({ kind }) => kind));
  const fits = (where) => [...kinds].every((kind) => mayHold(outline(), where, kind));
  const found = [];
  if (fits(null)) found.push({ text: say("at_the_top"), parent: course, after: null, level: 1 });
  for (const one of rows) {
    const { number, level, retired } = size(one.id);
    if (going.has(one.id) || retired) continue;
    const name = `${number} ${one.title}`;
    if (isChapter(one) && fits(one)) {
      const after = lastIn(rows, one.id);
      found.push({ text: say("into", { name }), parent: one.id, after, level, isChapter: true });
    }
    const up = row(one.parent);
    if (fits(up)) found.push({ text: say("after", { name }), parent: one.parent, after: one.id, level });
  }
  return found;
}

export function openPlaces(ids, done) {
  const tops = uppermost(outline().rows, ids);
  if (!tops.length) return;
  const first = tops[0];
  places = placesFor(ids);
  dialog.querySelector("h2").textContent =
    tops.length === 1 ? say("move_one_to", { title: first.title }) : say("move_to", { rows: amount(tops) });
  field.value = "";
  show();
  openDialog("outline-places", () => {
    const place = shown()[picked];
    if (!place) return;
    move(tops.map(({ id }) => id), place.parent, place.after);
    done?.();
    focusRow(first.id);
  });
  field.focus();
}

const shown = () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  return places.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
};

function show() {
  const found = shown();
  picked = 0;
  none.hidden = found.length > 0;
  list.replaceChildren(
    ...found.map((place, at) => {
      const option = document.createElement("div");
      option.setAttribute("role", "option");
      option.id = `outline-place-${at}`;
      option.className = place.isChapter ? "chapter" : "";
      option.style.setProperty("--l", place.level);
      option.textContent = place.text;
      return option;
    }),
  );
  pick(0);
}

function pick(at) {
  const options = [...list.children];
  picked = Math.max(0, Math.min(at, options.length - 1));
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === picked)));
  const option = options[picked];
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

field.addEventListener("input", show);
field.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
  if (by) {
    event.preventDefault();
    pick(picked + by);
  }
});
list.addEventListener("click", ({ target }) => {
  const option = target.closest("[role=option]");
  if (!option) return;
  pick([...list.children].indexOf(option));
  dialog.querySelector("form").requestSubmit();
});
