/* Finding rows by title, and by what is true of them. */

import { lessons, say } from "./words.js";
import { outline, whole } from "./state.js";
import { announce } from "./telling.js";
import { isFiltered, MARKS, refresh, unchooseHidden, view, whenSeen } from "./view.js";
import { seen } from "./drawing.js";

const place = document.getElementById("outline-filters");
const field = place.querySelector("input");
const chips = place.querySelector(".chips");
const nothing = document.getElementById("outline-nothing");
const drawn = new Map();

function changed() {
  unchooseHidden();
  refresh();
  announce(isFiltered() ? say("shown", { n: seen().length }) : say("all_shown"));
}

function drawChips() {
  for (const [name, isTrue] of Object.entries(MARKS)) {
    const count = outline().rows.filter(isTrue).length;
    if (!count && view.marks.delete(name)) queueMicrotask(refresh);
    const chip = drawn.get(name) ?? newChip(name);
    chip.hidden = !count;
    const words = say(`mark_${name}`, { n: count });
    if (chip.textContent !== words) chip.textContent = words;
    chip.setAttribute("aria-pressed", String(view.marks.has(name)));
  }
  const words = say("find_in", { lessons: lessons(whole().lessons) });
  if (field.placeholder !== words) field.placeholder = words;
  place.hidden = !outline().rows.length;
  nothing.querySelector("p").textContent = view.find.trim()
    ? say("nothing_called", { words: view.find.trim() })
    : say("nothing_such");
}

function newChip(name) {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "st-chip";
  chip.addEventListener("click", () => {
    if (!view.marks.delete(name)) view.marks.add(name);
    changed();
  });
  drawn.set(name, chip);
  chips.append(chip);
  return chip;
}

field.addEventListener("input", () => {
  view.find = field.value;
  changed();
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && field.value) showAll();
});

export function showAll() {
  field.value = "";
  view.find = "";
  view.marks.clear();
  changed();
}
nothing.querySelector("button").addEventListener("click", () => {
  showAll();
  field.focus();
});

whenSeen(drawChips);
